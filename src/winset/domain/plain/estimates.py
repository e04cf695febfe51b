"""Judgements and their values as plain JSON values."""

from typing import Any

from winset.domain.estimates import (
    QUANTITIES,
    Chances,
    Estimate,
    Exact,
    Judgement,
    Likely,
    Quantiles,
    Range,
    Table,
    Value,
)
from winset.domain.plain.fields import Fields, number, plain_day, plain_number, shown
from winset.domain.plain.texts import grounds_from, grounds_to
from winset.errors import CaseError

FORMS = ("value", "range", "likely", "quantiles", "chances", "options")


def value_to(value: Value) -> dict[str, Any]:
    """One key of FORMS, by the form of the value."""
    match value:
        case Exact():
            return {"value": plain_number(value.value)}
        case Range():
            return {"range": [plain_number(value.low), plain_number(value.high)]}
        case Likely():
            return {"likely": [plain_number(value.low), plain_number(value.likely), plain_number(value.high)]}
        case Quantiles():
            return {"quantiles": {f"{level:g}": plain_number(number) for level, number in value.points}}
        case Chances():
            return {"chances": [[plain_number(number), plain_number(chance)] for number, chance in value.options]}
        case Table():
            return {"options": {name: plain_number(worth) for name, worth in value.options}}


def value_from(fields: Fields, what: str = "judgement") -> Value:
    """The value of `fields`, which must hold exactly one of the forms."""
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
        case "quantiles":
            found, path = fields.mapping("quantiles"), fields.at("quantiles")
            levels = [(_level(name, path), number(one, f"{path}.{name}")) for name, one in found.items()]
            return Quantiles(tuple(sorted(levels)))
        case "chances":
            return Chances(tuple(_chance(one, f"{fields.at('chances')}[{n}]") for n, one in enumerate(_list(fields))))
        case _:
            worths, path = fields.mapping("options"), fields.at("options")
            return Table(tuple((name, number(worth, f"{path}.{name}")) for name, worth in worths.items()))


def _level(name: str, path: str) -> float:
    try:
        return float(name)
    except ValueError:
        raise CaseError(f'{path}: {name!r} is no level; write quantiles as {{"0.1": number, "0.9": number}}') from None


def _list(fields: Fields) -> list[object]:
    given = fields.any("chances")
    if not isinstance(given, list):
        raise CaseError(f"{fields.at('chances')}: expected a list of [number, probability], got {shown(given)}")
    return given


def _chance(pair: object, path: str) -> tuple[float, float]:
    if not isinstance(pair, list) or len(pair) != 2:
        raise CaseError(f"{path}: expected [number, probability], got {shown(pair)}")
    return number(pair[0], f"{path}[0]"), number(pair[1], f"{path}[1]")


def estimate_to(estimate: Estimate) -> Any:
    """The short form inside another record: a number, or an object with one of the other forms."""
    return plain_number(estimate.value) if isinstance(estimate, Exact) else value_to(estimate)


def estimate_from(value: object, path: str, remarks: list[str]) -> Estimate:
    """A number, a pair [low, high], a triple [low, likely, high], or an object with one of the other forms."""
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
