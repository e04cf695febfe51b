"""Where parties stand over time, from what somebody judged: each position holds until the next one."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from winset.domain.estimates import Judgement, Range, Table
from winset.domain.positions import Position
from winset.domain.text import Grounds
from winset.evidence.courses import courses, judged
from winset.evidence.said import Held, Said, Saying, held, no_condition, said_of_day, saying, together, whole_word

HALF_LIFE = 365  # days of silence after which a position counts half
_A_DAY = timedelta(days=1)


def histories(
    judgements: Sequence[Judgement], condition: Callable[[Judgement], str | None] = no_condition,
    word: Callable[[Judgement], float] = whole_word,
) -> tuple[Position, ...]:  # fmt: skip
    """Positions by party, issue and day, each holding from the day that set it until a later one differs.

    Undated ones hold until the first dated one and come first. Judgements of one party on one issue on one day that differ become
    a range over all of them, with all grounds: a contradiction stays visible and is not settled here. A person's
    judgement of a day replaces a reader's. The same value judged again on a later day is a repeat: it strengthens the
    position and does not start a new one. `condition` tells on what a judged position depends, `word` what the word of its
    source is worth, 0 to 1, where a reader suggests it (see `weights`).
    """
    taken = [one for one in judgements if one.quantity == "position" and one.issue and not isinstance(one.value, Table)]
    over_time = courses(judged(taken, condition, word))
    days = {day: date.fromordinal(day) for day in set(over_time.days.tolist()) if day}
    said = [days.get(day) for day in over_time.days.tolist()]
    found: list[Position] = []
    columns = zip(
        over_time.rests_on.tolist(), over_time.first.tolist(), over_time.last.tolist(), over_time.follows.tolist(),
        over_time.stands.party.tolist(), over_time.stands.issue.tolist(), strict=True,
    )  # fmt: skip
    for at, (number, first, last, follows, party, issue) in enumerate(columns):
        one: Held[Grounds] | Saying[Grounds] = (
            saying(taken[number], condition, word) if number >= 0 else over_time.several[at]
        )
        found.append(
            position_of(
                over_time.stands.parties[party], over_time.stands.issues[issue], said[first:last], one, said[last] if follows else None
            )
        )  # fmt: skip
    return tuple(found)


def upto(judgements: Iterable[Judgement], day: date | None) -> list[Judgement]:
    """Those of days up to `day` and of unknown ones; all without a day."""
    return [one for one in judgements if day is None or one.as_of is None or one.as_of <= day]


def holding(party: str, issue: str, back: Iterable[tuple[date | None, Sequence[Judgement]]]) -> Position | None:
    """The one position of a party on an issue that holds on a day, as `histories` of what was judged up to it gives it: from those
    days, the latest first. They are read no further than to where something else was said."""
    earlier = iter(back)
    last = next(earlier, None)
    if last is None:
        return None
    days, said = [last[0]], [_of_day(last[1])]
    for day, each in earlier if last[0] is not None else ():
        one = _of_day(each)
        if day is None or not one.same_as(said[0]):
            break
        days.append(day)
        said.append(one)
    days.reverse()
    said.reverse()
    return position_of(party, issue, days, held(said), None)


def _of_day(same: Iterable[Judgement]) -> Said[Grounds]:
    return said_of_day([saying(one) for one in same])


def position_of(
    party: str, issue: str, days: Sequence[date | None], one: Held[Grounds] | Saying[Grounds], until: date | None
) -> Position:
    """One position as it was taken on the first of the days and again on the others, up to the day before `until`."""
    return Position(
        party=party, issue=issue, value=one.value, voice="own", valid_from=days[0],
        valid_to=until - _A_DAY if until else None, condition=one.condition, score=one.score, grounds=one.grounds,
        why=() if isinstance(one, Saying) else one.why, by=one.by,
        repeats=tuple([day for day in days[1:] if day is not None]),
    )  # fmt: skip


def succession(positions: Iterable[Position]) -> list[Position]:
    """Positions of one party on one issue in one voice, in the order of their days, each up to the one that follows it.

    One of the same value and condition as the one before is folded into it as a repeat; two of one day make a range.
    """
    line: list[Position] = []
    for position in positions:
        before = line[-1] if line else None
        if before is None:
            line.append(position)
        elif before.valid_from is not None and _same(before, position):
            line[-1] = _strengthened(before, position)
        elif before.valid_from is not None and before.valid_from == position.valid_from:
            line[-1] = _contradicted(before, position)
        else:
            if position.valid_from is not None:
                line[-1] = replace(before, valid_to=position.valid_from - timedelta(days=1))
            line.append(position)
    return line


def _same(a: Position, b: Position) -> bool:
    return a.value == b.value and a.condition == b.condition


def _strengthened(position: Position, again: Position) -> Position:
    """With the grounds of a repeat, surer than either, and a person's where one of them is."""
    repeats = position.repeats
    if again.valid_from is not None and again.valid_from != position.valid_from:
        repeats = (*repeats, again.valid_from)
    by = position.by if not position.by.startswith("reader") else again.by
    return replace(
        position, repeats=repeats, by=by, score=_either(position, again),
        grounds=(*position.grounds, *(one for one in again.grounds if one not in position.grounds)),
        why=tuple(dict.fromkeys(position.why + again.why)),
    )  # fmt: skip


def _either(position: Position, again: Position) -> float:
    """How sure a position is with one more telling: one from a document that it rests on already counts only if it is surer."""
    if {one.doc for one in position.grounds} & {one.doc for one in again.grounds}:
        return max(position.score, again.score)
    return together((position.score, again.score))


def _contradicted(position: Position, other: Position) -> Position:
    """Both as one range with both grounds, as sure as the less sure of them."""
    ends = (*position.value.ends, *other.value.ends)
    return replace(
        position, value=Range(min(ends), max(ends)), score=min(position.score, other.score),
        grounds=(*position.grounds, *(one for one in other.grounds if one not in position.grounds)),
        why=tuple(dict.fromkeys((*position.why, *other.why, "said otherwise on the same day"))),
    )  # fmt: skip


def as_of(positions: Sequence[Position], at: date | None) -> tuple[Position, ...]:
    """The positions that hold on a day; without a day, the last ones. Order as given."""
    if at is None:
        return tuple(p for p in positions if p.valid_to is None)
    return tuple(
        p for p in positions
        if (p.valid_from is None or p.valid_from <= at) and (p.valid_to is None or at <= p.valid_to)
    )  # fmt: skip


def undated(positions: Iterable[Position], held: Iterable[Position]) -> tuple[Position, ...]:
    """The own positions of an unknown day that are not among those that hold: known positions have taken their place, but nobody
    knows that these are the later ones. Until when they held is not known either."""
    shown = {(one.party, one.issue) for one in held if one.voice == "own" and one.valid_from is None}
    return tuple(
        replace(one, valid_to=None) for one in positions
        if one.voice == "own" and one.valid_from is None and (one.party, one.issue) not in shown
    )  # fmt: skip


def last_said(position: Position, at: date | None) -> date | None:
    """The last day up to `at` on which the position was taken or repeated, None where that is not known."""
    days = [day for day in (position.valid_from, *position.repeats) if day is not None and (at is None or day <= at)]
    return max(days, default=None)


def aged(days: int) -> float:
    """What silence of so many days leaves of a position's weight: half after a year, a quarter after two."""
    return float(0.5 ** (max(days, 0) / HALF_LIFE))
