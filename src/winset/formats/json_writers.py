"""Bargaining problems as GeniusWeb JSON and as NegMAS YAML, which `geniusweb` and `negmas` read back."""

import json
from collections.abc import Sequence
from typing import Any

import numpy as np

from winset.errors import FormatError
from winset.formats.geniusweb import LINEAR, steps
from winset.formats.normal import normal
from winset.models.bargaining.outcomes import MOST, fill
from winset.models.bargaining.problem import Curve, Issue, Problem, Value

_ADDITIVE = "LinearAdditiveUtilityFunction"


def write_geniusweb_domain(problem: Problem, name: str) -> bytes:
    """The issues: values, or a range where they are numbers at even steps. Raises FormatError on continuous issues."""
    return _json({"name": name, "issuesValues": {issue.name: _values(issue) for issue in problem.issues}})


def write_geniusweb_profile(problem: Problem, at: int, name: str) -> tuple[bytes, tuple[str, ...]]:
    """One party's profile in the current wording, and remarks on what is written otherwise than it stood.

    What no deal is worth is a bid there: that of the smallest worth no smaller, where there is one.
    """
    domain = json.loads(write_geniusweb_domain(problem, name))
    found = normal(problem, at)
    remarks = list(found.remarks)
    utilities = {}
    for issue, worth in zip(problem.issues, found.worths, strict=True):
        table = {v: float(u) for v, u in zip(_as_read(issue), worth.tolist(), strict=True)}
        utilities[issue.name] = {"DiscreteValueSetUtilities": {"valueUtilities": table}}
    space: dict[str, Any] = {
        "issueUtilities": utilities,
        "issueWeights": dict(zip((issue.name for issue in problem.issues), found.weights, strict=True)),
        "domain": domain,
        "name": problem.parties[at],
    }
    bid = _reserved(problem, at)
    if bid is not None:
        choice, worth_of_bid = bid
        space["reservationBid"] = {"issuevalues": problem.outcome(choice)}
        if abs(worth_of_bid - float(problem.reservation[at])) > 1e-9:
            remarks.append(
                f"{problem.parties[at]}: no deal is worth {problem.reservation[at]:g}, and there a bid says so; "
                f"the nearest no worse is worth {worth_of_bid:g}"
            )
    elif abs(found.reservation) > 1e-9:
        remarks.append(f"{problem.parties[at]}: no deal is worth less than any deal; there that is 0")
    return _json({LINEAR: space}), tuple(remarks)


def _reserved(problem: Problem, at: int) -> tuple[tuple[int, ...], float] | None:
    """The outcome of the smallest worth no smaller than no deal; None where every outcome is worth more."""
    utility, least = problem.utilities[at], float(problem.reservation[at])
    low = utility.constant + sum(float(np.min(np.asarray(t))) for t in utility.tables)
    if least < low - 1e-12:
        return None
    if problem.size > MOST:
        raise FormatError(f"{problem.parties[at]}: {problem.size:,} bids; too many to find one worth no deal")
    worth = np.empty(problem.size)
    fill(worth, utility, problem.shape, 1.0)
    above = np.flatnonzero(worth >= least - 1e-12)
    if not above.size:
        raise FormatError(f"{problem.parties[at]}: no bid is worth as much as no deal ({least:g}); it cannot be said")
    best = int(above[worth[above].argmin()])
    return problem.choice(best), float(worth[best])


def _values(issue: Issue) -> dict[str, Any]:
    if issue.kind == "continuous":
        raise FormatError(f"issue {issue.name!r}: GeniusWeb has no continuous issues; give it points")
    numbers = [v for v in issue.values if not isinstance(v, str)]
    if len(numbers) == len(issue.values) > 1 and numbers[1] > numbers[0]:
        step = float(numbers[1]) - float(numbers[0])
        if round((float(numbers[-1]) - float(numbers[0])) / step) + 1 != len(numbers):
            return {"values": [str(v) for v in issue.values]}
        given = {"range": [str(numbers[0]), str(numbers[-1]), str(numbers[1] - numbers[0])]}
        if list(steps(given["range"], issue.name)) == numbers:
            return given
    return {"values": [str(v) for v in issue.values]}


def _as_read(issue: Issue) -> list[str]:
    """The names of an issue's values in the file that is written."""
    given = _values(issue)
    return [str(v) for v in steps(given["range"], issue.name)] if "range" in given else list(given["values"])


def write_negmas_domain(problem: Problem, name: str) -> bytes:
    """The issues as NegMAS YAML, one document of plain values."""
    lines = [f"name: {_word(name)}", "type: CartesianOutcomeSpace" if problem.continuous else
             "type: DiscreteCartesianOutcomeSpace", "issues:"]  # fmt: skip
    for issue in problem.issues:
        kind, values = _negmas_issue(issue)
        lines += [f"  - name: {_word(issue.name)}", f"    type: {kind}", f"    values: {values}"]
    return ("\n".join(lines) + "\n").encode()


def write_negmas_profile(problem: Problem, at: int) -> bytes:
    """One party's utility as NegMAS YAML, numbers as they are. Raises FormatError on what counts together."""
    party, utility = problem.parties[at], problem.utilities[at]
    if not utility.additive or problem.forbidden or np.isfinite(utility.most):
        raise FormatError(
            "that a combination is forbidden is not written here; write a table"
            if problem.forbidden
            else f"{party}: what counts together or is cut is not written here; write genius or a table"
        )
    lines = [f"name: {_word(party)}", f"type: {_ADDITIVE}", f"weights: {_flow([1.0] * len(problem.issues))}", "values:"]
    for issue, table in zip(problem.issues, utility.tables, strict=True):
        if isinstance(table, Curve):
            if len(table.x) != 2:
                raise FormatError(f"{party}, issue {issue.name!r}: a curve through {len(table.x)} points; give options")
            (x0, x1), (y0, y1) = table.x.tolist(), table.y.tolist()
            slope = (y1 - y0) / (x1 - x0) if x1 > x0 else 0.0
            lines += ["  - type: AffineFun", f"    slope: {slope!r}", f"    bias: {y0 - slope * x0!r}"]
            continue
        lines += ["  - type: TableFun", "    mapping:"]
        for value, worth in zip(issue.values, np.asarray(table).tolist(), strict=True):
            lines.append(f"      {_word(value)}: {float(worth)!r}")
    lines += [f"bias: {float(utility.constant)!r}", f"reserved_value: {float(problem.reservation[at])!r}"]
    return ("\n".join(lines) + "\n").encode()


def _negmas_issue(issue: Issue) -> tuple[str, str]:
    if issue.kind == "continuous":
        return "ContinuousIssue", _flow([issue.low, issue.high])
    if issue.kind == "integer" and isinstance(issue.values, range) and issue.values.step == 1:
        return "ContiguousIssue", _flow([issue.values[0], issue.values[-1]])
    if all(not isinstance(v, str) for v in issue.values):
        return "CardinalIssue", _flow(list(issue.values))
    return "CategoricalIssue", _flow([str(v) for v in issue.values])


def _word(value: Value) -> str:
    """A word in quotation marks, a number as it is."""
    if not isinstance(value, str):
        return repr(value)
    return '"' + "".join(_letter(letter) for letter in value) + '"'


def _letter(letter: str) -> str:
    if letter in '"\\':
        return "\\" + letter
    if letter.isprintable() and letter != "\u2028":
        return letter
    if "\ud800" <= letter <= "\udfff":
        raise FormatError(f"{letter!r}: half a character, which no file can hold; rename it")
    return f"\\U{ord(letter):08x}"


def _flow(values: Sequence[Value]) -> str:
    return "[" + ", ".join(_word(v) for v in values) + "]"


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode("utf-8", "surrogatepass")
