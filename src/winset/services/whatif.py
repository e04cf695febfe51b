"""Scenarios of a case: kept under a name, and set beside each other with paired draws."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from winset.domain.case import Case
from winset.errors import FormulationError, UsageError
from winset.formulation.whatif import with_changes
from winset.models.uncertainty.draws import SCRAMBLINGS, Inputs, draw, scrambling_of
from winset.models.uncertainty.marginals import Floats
from winset.models.uncertainty.summary import summarise
from winset.services import cases, inputs
from winset.services.pools import Pool, opened
from winset.services.propagation import METHODS, MOST_DRAWS, Question, question
from winset.services.sources import judged_case, read_bytes, reviewed_case
from winset.store.casefile import CaseFile
from winset.store.textform import parse

INTERVAL = (0.05, 0.95)


def change_of(text: str) -> dict[str, Any]:
    """`QUANTITY:PARTY[:ISSUE]=VALUE` or `=LOW..HIGH` as a change. Raises UsageError, showing the form."""
    names, sign, number = text.strip().partition("=")
    parts = names.split(":")
    if not sign or not 2 <= len(parts) <= 3 or not all(parts) or not number:
        raise UsageError(f"--set wants QUANTITY:PARTY[:ISSUE]=VALUE, for example discount:north=0.9; got {text!r}")
    ends = number.split("..")
    try:
        numbers = [float(one) for one in ends]
    except ValueError:
        numbers = []
    if not 1 <= len(numbers) <= 2:
        raise UsageError(f"--set {text}: the value is a number or LOW..HIGH")
    value: Any = numbers[0] if len(numbers) == 1 else {"range": numbers}
    return {"quantity": parts[0], "party": parts[1], "issue": parts[2] if len(parts) == 3 else None, "value": value}


def stands_of(text: str) -> dict[str, Any]:
    """`ISSUE=VALUE` as a change of the status quo; the value is a number or an option. Raises UsageError."""
    issue, sign, value = text.partition("=")
    if not sign or not issue.strip() or not value.strip():
        raise UsageError(f"--status-quo wants ISSUE=VALUE, got {text!r}")
    try:
        return {"issue": issue.strip(), "status_quo": float(value)}
    except ValueError:
        return {"issue": issue.strip(), "status_quo": value.strip()}


def parts_in(path: Path) -> dict[str, Any]:
    """The parts of a case that a file holds. Raises CaseError where it is no JSON object."""
    value = parse(read_bytes(path))
    if not isinstance(value, dict):
        raise UsageError(f"{path}: expected an object with parties, issues, judgements ..., got {type(value).__name__}")
    return {key: one for key, one in value.items() if key not in ("schema", "title", "as_of")}


def add(path: Path, name: str, changes: Sequence[Mapping[str, Any]], *, at: date | None = None) -> dict[str, Any]:
    """Keeps a scenario in the case, in place of one of the same name, as an operation that can be undone.

    Raises UsageError for an empty name or no change, FormulationError for a change that does not fit the case.
    """
    name = name.strip()
    if not 0 < len(name) <= 200 or "@" in name:
        raise UsageError(f"a scenario's name has 1 to 200 characters and no @, got {name!r}")
    if not changes:
        raise UsageError(
            "a scenario changes something; give --set, --leaves, --must-sign, --drops, --status-quo or --adds"
        )
    case = reviewed_case(path)
    when = at or case.as_of
    with_changes(case, list(changes), when)
    body = {
        "name": name, "as_of": when.isoformat() if when else None, "changes": [dict(one) for one in changes],
        "deal": None, "by": cases.author(), "at": cases.now().isoformat(),
    }  # fmt: skip
    same = next((n for n, one in enumerate(case.scenarios) if one.get("name") == name), None)
    with CaseFile.open(path, at=cases.now()) as file:
        key = None if same is None else f"{same:08d}"
        file.put("scenarios", body, key=key, at=cases.now(), author=cases.author(), label=f"kept the scenario {name}")
    return body


def listed(path: Path) -> list[dict[str, Any]]:
    """The scenarios of a case, in order."""
    return [dict(one) for one in judged_case(path).scenarios]


def compare(
    sources: Sequence[str], *, methods: Sequence[str] = (), draws: int = 2_048, seed: int = 1,
    workers: int | None = None, cluster: str | None = None, at: date | None = None,
) -> list[dict[str, Any]]:  # fmt: skip
    """Each scenario beside the first: what, a, b, difference and its interval (90 in 100 of the paired draws).

    methods  by default every one that can run on all of them; naming one that cannot raises what it raises
    One draw takes every judgement that two scenarios share at the same place of its range, so what is the same on both
    sides cancels and `interval` is that of the difference. Where something is known on one side only, the rest is null.
    Raises UsageError on fewer than two sources, or where no method can run.
    """
    if len(sources) < 2:
        raise UsageError("give two scenarios or more: winset scenario compare CASE CASE@NAME")
    if not SCRAMBLINGS <= draws <= MOST_DRAWS:
        raise UsageError(f"--draws lies in {SCRAMBLINGS}..{MOST_DRAWS:,}, got {draws:,}")
    loaded = [(one, *inputs.load(one)) for one in sources]
    with opened(workers, cluster) as where:
        return beside(loaded, methods=methods, draws=draws, seed=seed, where=where, at=at)


def beside(
    loaded: Sequence[tuple[str, Case, date | None]], *, methods: Sequence[str] = (), draws: int, seed: int, where: Pool,
    at: date | None = None,
) -> list[dict[str, Any]]:  # fmt: skip
    """`compare` of cases in hand, (label, case, day) each."""
    found: list[dict[str, Any]] = []
    refused: list[str] = []
    place = scrambling_of(draws)
    for method in methods or METHODS:
        try:
            asked = [question(case, method, at or day) for _, case, day in loaded]
        except (UsageError, FormulationError) as error:
            if methods:
                raise
            refused.append(f"{method}: {error}")
            continue
        answers = _paired(asked, draws, seed, where)
        for (label, _, _), q, y in zip(loaded[1:], asked[1:], answers[1:], strict=True):
            found += _lines(method, (loaded[0][0], label), (asked[0].names, q.names), (answers[0], y), place)
    if not found:
        raise FormulationError("no method can run on all of these; " + "; ".join(refused))
    return found


def _paired(asked: Sequence[Question], draws: int, seed: int, where: Pool) -> list[Floats]:
    """The answers of every question, input by input at the same levels."""
    answers = []
    for q, x in zip(asked, paired([q.asked.inputs for q in asked], draws, seed), strict=True):
        if q.asked.keys:
            answers.append(np.asarray(q.evaluate(x, pool=where), dtype=float))
        else:
            answers.append(np.repeat(np.asarray(q.evaluate(x[:1], workers=1, block=1), dtype=float), draws, axis=0))
    return answers


def paired(asked: Sequence[Inputs], draws: int, seed: int) -> list[Floats]:
    """(draws, inputs) numbers for each of several questions; an input of the same name is at the same level in all."""
    names = tuple(dict.fromkeys(name for one in asked for name in one.names))
    known = {name: m for one in reversed(asked) for name, m in zip(one.names, one.marginals, strict=True)}
    place = {name: n for n, name in enumerate(names)}
    found = []
    for one in asked:
        own = dict(zip(one.names, one.marginals, strict=True))
        columns = [place[name] for name in one.names]
        groups = tuple(
            type(group)(columns=tuple(columns[c] for c in group.columns), matrix=group.matrix)
            for group in one.correlations
        )
        joint = Inputs(names=names, marginals=tuple(own.get(n, known[n]) for n in names), correlations=groups)
        found.append(draw(joint, draws, seed)[:, columns])
    return found


def _lines(
    method: str, labels: tuple[str, str], names: tuple[Sequence[str], Sequence[str]], y: tuple[Floats, Floats],
    place: Any,
) -> list[dict[str, Any]]:  # fmt: skip
    lines = []
    for name in dict.fromkeys((*names[0], *names[1])):
        sides = [values[:, list(of).index(name)] if name in of else None for of, values in zip(names, y, strict=True)]
        means = [None if side is None or np.isnan(side).all() else float(np.nanmean(side)) for side in sides]
        line: dict[str, Any] = {
            "what": f"{method}: {name}", "method": method, "output": name, "of": list(labels),
            "a": means[0], "b": means[1], "difference": None, "interval": None, "standard_error": None, "draws": 0,
        }  # fmt: skip
        if sides[0] is not None and sides[1] is not None:
            change = sides[1] - sides[0]
            both = ~np.isnan(change)
            told = summarise(change, place)
            if told.mean is not None:
                low, high = (float(np.quantile(change[both], q)) for q in INTERVAL)
                line |= {
                    "difference": told.mean, "interval": [low, high], "standard_error": told.standard_error,
                    "draws": int(both.sum()),
                }  # fmt: skip
        lines.append(line)
    return lines
