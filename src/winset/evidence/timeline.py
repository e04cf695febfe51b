"""Where parties stand over time, from what somebody judged: each position holds until the next one."""

from collections.abc import Sequence
from datetime import date, timedelta

from winset.domain.estimates import Estimate, Judgement, Range, Table
from winset.domain.positions import Position


def histories(judgements: Sequence[Judgement]) -> tuple[Position, ...]:
    """A Position for each judged position, by party, issue and day; undated ones hold always and come first.

    Judgements of one party on one issue on one day that differ become a range over all of them, with all grounds:
    a contradiction stays visible and is not settled here. A person's judgement of a day replaces a reader's.
    """
    groups: dict[tuple[str, str], dict[date | None, list[Judgement]]] = {}
    for judgement in judgements:
        if judgement.quantity == "position" and judgement.issue and not isinstance(judgement.value, Table):
            days = groups.setdefault((judgement.party, judgement.issue), {})
            days.setdefault(judgement.as_of, []).append(judgement)
    found = []
    for (party, issue), days in groups.items():
        dated = sorted(day for day in days if day)
        for day in ([None] if None in days else []) + list(dated):
            later = [one for one in dated if day is None or one > day]
            found.append(_position(party, issue, day, later[0] if later else None, days[day]))
    return tuple(found)


def _position(party: str, issue: str, day: date | None, until: date | None, same: list[Judgement]) -> Position:
    judged = [j for j in same if not j.suggested] or same
    values = [j.value for j in judged if isinstance(j.value, Estimate)]
    if all(value == values[0] for value in values):
        value: Estimate = values[0]
        why: tuple[str, ...] = ()
    else:
        value = Range(min(v.ends[0] for v in values), max(v.ends[1] for v in values))
        why = (f"{len(values)} judgements of the same day differ",)
    return Position(
        party=party, issue=issue, value=value, voice="own", valid_from=day,
        valid_to=until - timedelta(days=1) if until else None,
        score=min(j.score if j.score is not None else 1.0 for j in judged),
        grounds=tuple(ground for j in judged for ground in j.grounds), why=why, by=judged[0].by,
    )  # fmt: skip


def as_of(positions: Sequence[Position], at: date | None) -> tuple[Position, ...]:
    """The positions that hold on a day; without a day, the last ones. Order as given."""
    if at is None:
        return tuple(p for p in positions if p.valid_to is None)
    return tuple(
        p for p in positions
        if (p.valid_from is None or p.valid_from <= at) and (p.valid_to is None or at <= p.valid_to)
    )  # fmt: skip
