"""Judgements and their values as plain JSON values."""

from typing import Any

from winset.domain.estimates import QUANTITIES, Estimate, Exact, Judgement, Likely, Range, Table, Value
from winset.domain.plain.fields import Fields, number, plain_day, plain_number
from winset.domain.plain.texts import grounds_from, grounds_to
from winset.errors import CaseError

FORMS = ("value", "range", "likely", "options")


def value_to(value: Value) -> dict[str, Any]:
    """One key of `value`, `range`, `likely`, `options`, by the form of the value."""
    match value:
        case Exact():
            return {"value": plain_number(value.value)}
        case Range():
            return {"range": [plain_number(value.low), plain_number(value.high)]}
        case Likely():
            return {"likely": [plain_number(value.low), plain_number(value.likely), plain_number(value.high)]}
        case Table():
            return {"options": {name: plain_number(worth) for name, worth in value.options}}


def value_from(fields: Fields, what: str = "judgement") -> Value:
    """The value of `fields`, which must hold exactly one of the four forms."""
    given = [form for form in FORMS if fields.has(form)]
    if len(given) != 1:
        has = " and ".join(given) or "none"
        raise CaseError(f"{fields.path}: a {what} has exactly one of {', '.join(FORMS)}; this one has {has}")
    match given[0]:
        case "value":
            return Exact(fields.number("value"))
        case "range":
            low, high = fields.numbers("range", 2)
            return Range(low, high)
        case "likely":
            low, likely, high = fields.numbers("likely", 3)
            return Likely(low, likely, high)
        case _:
            worths, path = fields.mapping("options"), fields.at("options")
            return Table(tuple((name, number(worth, f"{path}.{name}")) for name, worth in worths.items()))


def estimate_to(estimate: Estimate) -> Any:
    """The short form inside another record: a number, or an object with `range` or `likely`."""
    return plain_number(estimate.value) if isinstance(estimate, Exact) else value_to(estimate)


def estimate_from(value: object, path: str, remarks: list[str]) -> Estimate:
    """A number, a pair [low, high], a triple [low, likely, high], or an object with `value`, `range` or `likely`."""
    if isinstance(value, list | tuple) and len(value) in (2, 3):
        ends = [number(one, f"{path}[{n}]") for n, one in enumerate(value)]
        return Range(ends[0], ends[1]) if len(ends) == 2 else Likely(ends[0], ends[1], ends[2])
    if isinstance(value, dict):
        fields = Fields(value, path, remarks)
        found = value_from(fields, "value")
        fields.done()
        if isinstance(found, Table):
            raise CaseError(f"{path}: expected value, range or likely, got options")
        return found
    return Exact(number(value, path))


def judgement_to(judgement: Judgement) -> dict[str, Any]:
    """One judgement."""
    made = {
        "quantity": judgement.quantity,
        "party": judgement.party,
        "issue": judgement.issue,
        "as_of": plain_day(judgement.as_of),
        **value_to(judgement.value),
        "by": judgement.by,
        "grounds": grounds_to(judgement.grounds),
        "note": judgement.note,
    }
    if judgement.score is not None:
        made["score"] = plain_number(judgement.score)
    return made


def judgement_from(fields: Fields) -> Judgement:
    """One judgement; without `by` it is an analyst's."""
    return Judgement(
        quantity=fields.one_of("quantity", QUANTITIES),
        party=fields.id("party"),
        issue=fields.id("issue", None),
        value=value_from(fields),
        by=fields.id("by", "analyst"),
        as_of=fields.day("as_of"),
        grounds=grounds_from(fields),
        note=fields.text("note", None),
        score=fields.number("score", None),
    )
