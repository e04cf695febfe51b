"""Ask what force would bring: one function for every question, from numbers or a file of them."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from winset.domain.estimates import Table
from winset.domain.runs import Assumption, Run, digest
from winset.errors import UsageError
from winset.formulation.crisis import formulate, power_path, trusted
from winset.models.crisis.commitment import first_war, power_shift, preventive
from winset.models.crisis.guarantee import holding
from winset.models.crisis.information import private_cost, screening
from winset.models.crisis.question import Three
from winset.models.crisis.question import solve as solve_case
from winset.models.crisis.ranges import bargaining_range, first_strike, tied_hands
from winset.models.crisis.search import kept_together, least, trust_needed
from winset.report.crisis import (
    VERSION,
    case_json,
    guarantee_json,
    range_json,
    reference_words,
    shift_json,
    ultimatum_json,
)
from winset.services.plain_values import Check, checked, number, numbers, pair, whole
from winset.services.pointers import hinting
from winset.services.questions import is_case, questions
from winset.services.sources import reviewed_case
from winset.services.trust import trust as trust_of_record

Answer = Callable[..., dict[str, Any]]
RECORD_YEARS = 5.0
"""How long a deal of a record must have stood to count as kept."""


def _believed(name: str, value: Any) -> tuple[Three | None, Three | None]:
    """For each side a chance, or its low, likely and high value, or null where nothing is known."""
    if not isinstance(value, list | tuple) or len(value) != 2:
        raise UsageError(f"{name} needs two entries, one a side: a chance, three of them rising, or null")
    sides: list[Three | None] = []
    for one in value:
        if one is None:
            sides.append(None)
            continue
        found = numbers(name, one)
        three = (found[0],) * 3 if len(found) == 1 else found
        if len(three) != 3 or not 0 <= three[0] <= three[1] <= three[2] <= 1:
            raise UsageError(f"{name} is a chance in 0..1, or its low, likely and high value; got {list(found)}")
        sides.append((three[0], three[1], three[2]))
    return sides[0], sides[1]


KINDS: dict[str, Check] = {
    "p": number, "costs": pair, "cost": number, "risk": pair, "stakes": pair, "divisions": numbers, "first": number,
    "struck": number, "demands": pair, "audience": pair, "highest": number, "lowest": number, "kinds": numbers,
    "chances": numbers, "discount": number, "p1": number, "p2": number, "path": numbers, "destroyed": number,
    "deal": number, "penalty": number, "probability": number, "duration": whole, "most": number,
    "most_probability": number, "most_duration": whole, "trust": _believed, "kept": numbers,
}  # fmt: skip
"""What each key of a question holds."""


def _range(p: float, costs: Any, **more: Any) -> dict[str, Any]:
    return range_json(bargaining_range(p, costs, **more))


def _first_strike(first: float, struck: float, costs: Any, **more: Any) -> dict[str, Any]:
    return range_json(first_strike(first, struck, costs, **more))


def _tied_hands(p: float, costs: Any, demands: Any, audience: Any) -> dict[str, Any]:
    pairs = (costs, demands, audience)
    return range_json(tied_hands(p, *pairs))


def _private_cost(p: float, cost: float, highest: float, lowest: float = 0.0) -> dict[str, Any]:
    return ultimatum_json(private_cost(p, cost, highest, lowest=lowest))


def _screening(p: float, cost: float, kinds: Any, chances: Any) -> dict[str, Any]:
    return ultimatum_json(screening(p, cost, tuple(kinds), tuple(chances)))


def _preventive(discount: float, p1: float, p2: float, cost: float) -> dict[str, Any]:
    return shift_json(preventive(discount, p1, p2, cost))


def _preventive_path(discount: float, path: Any, cost: float) -> dict[str, Any]:
    at = first_war(discount, tuple(path), cost)
    return {"war": at is not None, "period": at}


def _power_shift(discount: float, p1: float, p2: float, destroyed: float) -> dict[str, Any]:
    return shift_json(power_shift(discount, p1, p2, destroyed))


def _guarantee(
    deal: float, discount: float, path: Any, costs: Any, trust: tuple[Three | None, Three | None] = (None, None),
    most_probability: float | None = None, most_duration: int | None = None, kept: Three | None = None, **more: Any,
) -> dict[str, Any]:  # fmt: skip
    """Whether the deal holds, the least guarantee of the stated range that would make it, and the trust it asks for.

    kept  chance (low, likely, high) that a deal of a record is kept by both, where trust comes from that record
    """
    found = holding(deal, discount, tuple(path), costs, **more)
    within = least(
        found, cost_most=more.get("most", float("inf")),
        probability_most=more.get("probability", 1.0) if most_probability is None else most_probability,
        duration_most=more.get("duration") if most_duration is None else most_duration,
    )  # fmt: skip
    return guarantee_json(found, within, trust_needed(found.left, deal, discount, tuple(path), costs), trust,
                          kept_together(found.left, trust, kept))  # fmt: skip


QUESTIONS: dict[str, tuple[Answer, tuple[str, ...]]] = {
    "range": (_range, ("p", "cost_first", "cost_second")),
    "first-strike": (_first_strike, ("first", "struck", "cost_first", "cost_second")),
    "tied-hands": (_tied_hands, ("p", "costs", "demands", "audience")),
    "private-cost": (_private_cost, ("p", "cost", "highest")),
    "screening": (_screening, ("p", "cost", "kinds", "chances")),
    "preventive": (_preventive, ("discount", "p1", "p2", "cost")),
    "power-shift": (_power_shift, ("discount", "p1", "p2", "destroyed")),
    "guarantee": (_guarantee, ("deal", "discount", "path", "costs")),
}


def solve(which: str, source: Path | None, options: dict[str, Any], *, at: date | None = None) -> Run | list[Run]:
    """The answer to one question, or to each of a file's. `options` come before the file's numbers.

    `at` is the day as of which a case is asked; else its own.
    """
    answer, order = QUESTIONS[which]
    given = {key: value for key, value in options.items() if value is not None and value != ()}
    case = source if source is not None and is_case(source) else None
    record = _from_record(given, case)
    if case is not None:
        runs, many = [_of_case(which, case, given, at)], False
    elif source is None:
        runs, many = [_run(which, answer, order, given)], False
    else:
        rows, many = questions(source, order)
        runs = [_run(which, answer, order, row | given) for row in rows]
    if record is not None:
        for run in runs:
            run.result["reference"] = record
            run.result["words"] += reference_words(record)
    return runs if many else runs[0]


def _from_record(given: dict[str, Any], case: Path | None) -> dict[str, Any] | None:
    """Puts trust from the table named by `record` into what is given, and says what class it comes from.

    A table tells when deals ended and not who ended them, so neither side is trusted with more than the whole deal,
    and both together with exactly that. Raises UsageError where trust is given as well, or a class without a record.
    """
    asked = {key: given.pop(key) for key in ("record", "where", "years", "observed_to") if key in given}
    table = asked.pop("record", None)
    if table is None:
        if asked.keys() - {"years"}:
            raise UsageError(
                "--where and --observed-to say what to take of a record of past deals; give --record TABLE"
            )
        return None
    if "trust" in given:
        raise UsageError("trust is given and a record of past deals is named; give --trust or --record, not both")
    years, last = float(asked.get("years", RECORD_YEARS)), asked.get("observed_to")
    found = trust_of_record(table, where=tuple(asked.get("where", ())), years=(years,), case=case,
                            observed_to=last.date() if isinstance(last, datetime) else last).result  # fmt: skip
    point = found["points"][0]
    three = (point["interval"][0], point["probability"], point["interval"][1])
    given["trust"], given["kept"] = (three, three), three
    return {"years": years, "probability": point["probability"], "interval": point["interval"],
            **{key: found[key] for key in ("reference_class", "n", "ended", "observed_to", "precedents", "warnings")}}  # fmt: skip


def _of_case(which: str, source: Path, given: dict[str, Any], at: date | None) -> Run:
    """The question asked of two parties of a case; what is given on the command line comes before its judgements."""
    case = reviewed_case(source)
    when = at or case.as_of
    with hinting(source, case, "guarantee", "trust", "no deal"):
        asked = formulate(case, when, between=given.pop("between", None))
    notes, gaps = [one.as_json() for one in asked.assumptions], list(asked.gaps)
    first, second = asked.inputs.parties
    p, costs = asked.inputs.p[1], (asked.inputs.costs[0][1], asked.inputs.costs[1][1])
    if which == "range" and not given:
        value = {"method": "crisis/range", "version": VERSION, **case_json(solve_case(asked.inputs))}
        run = Run(method="crisis", version=VERSION, inputs_digest=digest(str(asked.inputs)), result=value)
    else:
        factor = case.judgement("discount", first, None, when)
        path = power_path(case, first, when) or (p,)
        deal = case.judgement("guarantee", second, None, when)
        facts: dict[str, dict[str, Any]] = {
            "range": {"p": p, "costs": costs},
            "tied-hands": {"p": p, "costs": costs},
            "private-cost": {
                "p": p, "cost": costs[0], "lowest": asked.inputs.costs[1][0], "highest": asked.inputs.costs[1][2]
            },
            "screening": {"p": p, "cost": costs[0]},
            "guarantee": {"path": path, "costs": costs},
            "preventive": {"path": path, "cost": costs[1]},
            "first-strike": {"costs": costs},
        }  # fmt: skip
        known = facts.get(which, {})
        if factor is not None and not isinstance(factor.value, Table) and which in ("guarantee", "preventive"):
            known["discount"] = factor.value.best
        if deal is not None and not isinstance(deal.value, Table) and which == "guarantee":
            known["probability"] = deal.value.best
        if which == "guarantee" and "trust" not in given:
            believed = trusted(case, (first, second), when)
            known["trust"] = believed.inputs
            notes += [one.as_json() for one in believed.assumptions]
            gaps += believed.gaps
        elif which == "guarantee" and "kept" in given:
            for party in (first, second):
                held = case.judgement("trust", party, None, when)
                if held is not None and not isinstance(held.value, Table):
                    notes.append(Assumption(
                        text=f"Trust in {case.party(party).name} is judged {held.value.best:g}; that of the record is used.",
                        quantity="trust", party=party, value=held.value.best,
                    ).as_json())  # fmt: skip
        answer, order = QUESTIONS[which]
        run = _run(which, answer, order, known | given)
    run.result["parties"] = [first, second]
    run.result["assumptions"] = notes
    run.result["gaps"] = gaps
    return run


def _run(which: str, answer: Answer, order: tuple[str, ...], given: dict[str, Any]) -> Run:
    values = dict(given)
    if "cost_first" in values and "cost_second" in values:
        values["costs"] = (values.pop("cost_first"), values.pop("cost_second"))
    values = checked(values, KINDS, "force")
    if which == "preventive" and "path" in values:
        answer = _preventive_path
    try:
        result = answer(**values)
    except TypeError as error:
        if "argument" in str(error):
            missing = [name for name in order if name not in values and not name.startswith("cost_")]
            missing += ["costs"] if "cost_first" in order and "costs" not in values else []
            unknown = [name for name in values if name not in (*order, "costs") and f"'{name}'" in str(error)]
            if unknown:
                raise UsageError(f"crisis {which} does not ask for {', '.join(unknown)}; leave it out") from None
            raise UsageError(f"crisis {which} also needs {', '.join(missing)}; give a number for each") from None
        raise UsageError(f"crisis {which} takes numbers: {error}") from None
    except ValueError as error:
        raise UsageError(f"crisis {which} takes numbers: {error}") from None
    value = {"method": f"crisis/{which}", "version": VERSION, **result}
    return Run(method="crisis", version=VERSION, inputs_digest=digest([which, values]), result=value, parameters=values)
