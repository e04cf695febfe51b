"""Ask who gains from waiting: of a case, or of bare numbers."""

from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import Any

from winset.domain.case import Case
from winset.domain.runs import Run, digest
from winset.errors import UsageError
from winset.formulation.offers import formulate
from winset.models.offers.inputs import OffersQuestion
from winset.models.offers.question import answer
from winset.report.offers import VERSION, as_json
from winset.services.patience import from_words
from winset.services.plain_values import (
    Check,
    chances,
    checked,
    flag,
    names,
    number,
    numbers,
    one_of,
    pairs,
    two_columns,
    whole,
)
from winset.services.pointers import hinting
from winset.services.questions import is_case, questions
from winset.services.sources import reviewed_case

FIELDS = tuple(field.name for field in fields(OffersQuestion))
MOST_MEMBERS = 1000
KINDS: dict[str, Check] = {
    "parties": names, "discounts": numbers, "ranges": pairs, "outside": numbers, "inside": numbers,
    "breakdown": number, "payoffs": numbers, "both": flag, "cost": numbers, "horizon": whole, "deadline": chances,
    "final": numbers, "rates": numbers, "period": number, "rule": one_of("unanimity", "majority", "open"),
    "random": flag, "recognition": numbers, "quota": whole, "utilities": two_columns, "lotteries": flag,
    "members": whole,
}  # fmt: skip
"""What each key of a question holds."""


def solve(source: Path | None, options: dict[str, Any], at: date | None = None) -> list[Run] | Run:
    """One run, or a list where the source is a list of questions. `options` are fields of OffersQuestion."""
    given = {key: value for key, value in options.items() if value is not None}
    words = from_words(given.pop("patience", ()), given.pop("round", None), at)
    if source is not None and is_case(source):
        between = given.pop("parties", None)
        case = reviewed_case(source)
        if words.last is not None and words.rounds is None:
            words = words.counted(case.as_of)
        with hinting(source, case, "haste", "no deal"):
            asked = formulate(case, at, between=between, **(words.fields() | given))
        notes = [one.as_json() for one in (*asked.assumptions, *words.notes)]
        return _run(asked.inputs, given, notes, at or case.as_of)
    if source is None:
        given = words.fields() | given
        return _run(question(given), given, [one.as_json() for one in words.notes], at)
    if words.notes:
        raise UsageError("a question in a file holds numbers; say --patience without a file, or of a case")
    asked_all, many = questions(source, ("discount_1", "discount_2"))
    runs = [_run(question(one | given), one | given, [], None) for one in asked_all]
    return runs if many else runs[0]


def of_case(case: Case, at: date | None = None) -> Run:
    """Who gains from waiting in a case as of a date. Raises FormulationError where nobody judged that."""
    asked = formulate(case, at)
    run = _run(asked.inputs, {}, [one.as_json() for one in asked.assumptions], at or case.as_of)
    return replace(run, assumptions=asked.assumptions)


def question(given: dict[str, Any]) -> OffersQuestion:
    """Plain values as a question; parties are numbered where they have no names."""
    values = dict(given)
    if "discount_1" in values:
        values["discounts"] = (values.pop("discount_1"), values.pop("discount_2"))
    if "frontier" in values:
        values["utilities"] = values.pop("frontier")
    values = checked(values, KINDS, "offers")
    members = values.pop("members", None)
    if members is not None and not 2 <= members <= MOST_MEMBERS:
        raise UsageError(f"members are 2 to {MOST_MEMBERS:,}, got {members}")
    if "parties" not in values:
        count = members or max([2] + [len(values[k]) for k in ("discounts", "recognition", "rates") if values.get(k)])
        values["parties"] = tuple(str(i) for i in range(1, count + 1))
    return OffersQuestion(**values)


def _run(asked: OffersQuestion, parameters: dict[str, Any], assumptions: list[dict[str, Any]], at: date | None) -> Run:
    value = as_json(answer(asked))
    if assumptions:
        value["assumptions"] = assumptions
    inputs = {name: getattr(asked, name) for name in FIELDS}
    if asked.utilities is not None:
        inputs["utilities"] = asked.utilities.tolist()
    return Run(
        method="offers", version=VERSION, inputs_digest=digest(inputs), result=value, as_of=at, parameters=parameters
    )
