"""Where parties stand over time, from what somebody judged: each position holds until the next one."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from winset.domain.estimates import Estimate, Judgement, Range, Table
from winset.domain.positions import Position
from winset.domain.text import Grounds

HALF_LIFE = 365  # days of silence after which a position counts half


def no_condition(judgement: Judgement) -> str | None:
    return None


def whole_word(judgement: Judgement) -> float:
    return 1.0


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
    groups: dict[tuple[str, str], dict[date | None, list[Judgement]]] = {}
    for judgement in judgements:
        if judgement.quantity == "position" and judgement.issue and not isinstance(judgement.value, Table):
            days = groups.setdefault((judgement.party, judgement.issue), {})
            days.setdefault(judgement.as_of, []).append(judgement)
    found: list[Position] = []
    for (party, issue), days in groups.items():
        ordered = sorted(days, key=lambda one: one or date.min)
        said = [said_of_day(days[day], condition, word) for day in ordered]
        at = 0
        while at < len(ordered):
            last = at + 1  # the days from `at` to before `last` say the same
            while last < len(ordered) and ordered[at] is not None and said[last].same_as(said[at]):
                last += 1
            until = ordered[last] if last < len(ordered) else None
            found.append(position_of(party, issue, ordered[at:last], said[at:last], until))
            at = last
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
    days, said = [last[0]], [said_of_day(last[1], no_condition, whole_word)]
    for day, each in earlier if last[0] is not None else ():
        one = said_of_day(each, no_condition, whole_word)
        if day is None or not one.same_as(said[0]):
            break
        days.append(day)
        said.append(one)
    days.reverse()
    said.reverse()
    return position_of(party, issue, days, said, None)


class Said(NamedTuple):
    """What the judgements of one day come to. `tellings`: the document that each rests on, and how sure it is."""

    value: Estimate
    condition: str | None
    tellings: tuple[tuple[str, float], ...]
    grounds: tuple[Grounds, ...]
    why: tuple[str, ...]
    by: str

    def same_as(self, other: "Said") -> bool:
        return self.value == other.value and self.condition == other.condition


def said_of_day(
    same: Sequence[Judgement], condition: Callable[[Judgement], str | None], word: Callable[[Judgement], float]
) -> Said:
    if len(same) == 1:
        (one,) = same
        assert not isinstance(one.value, Table)
        return Said(one.value, condition(one), (_telling(one, word),), one.grounds, (), one.by)
    judged = [j for j in same if not j.suggested] or same
    values = [j.value for j in judged if not isinstance(j.value, Table)]
    tellings = tuple(_telling(j, word) for j in judged)
    alike = all(value == values[0] for value in values)
    return Said(
        values[0] if alike else Range(min(v.ends[0] for v in values), max(v.ends[1] for v in values)),
        next((said for j in judged if (said := condition(j))), None),
        tellings if alike else (min(tellings, key=lambda one: one[1]),),
        tuple(dict.fromkeys(ground for j in judged for ground in j.grounds)),
        () if alike else (f"{len(values)} judgements of the same day differ",),
        judged[0].by,
    )


def _telling(judgement: Judgement, word: Callable[[Judgement], float]) -> tuple[str, float]:
    """The document that a judgement rests on (without one it stands by itself), and how sure it is."""
    source = judgement.grounds[0].doc if judgement.grounds else f" {id(judgement)}"
    if not judgement.suggested or judgement.score is None:
        return source, 1.0 if judgement.score is None else judgement.score
    return source, judgement.score * word(judgement)


def independent(tellings: Iterable[tuple[str, float]]) -> float:
    """How sure one is of what several documents tell alike: of each document only its surest telling counts."""
    surest: dict[str, float] = {}
    for source, score in tellings:
        surest[source] = max(score, surest.get(source, 0.0))
    return next(iter(surest.values())) if len(surest) == 1 else together(surest.values())


def position_of(
    party: str, issue: str, days: Sequence[date | None], said: Sequence[Said], until: date | None
) -> Position:
    """One position from the days that say the same, the first of which sets it."""
    first = said[0]
    if len(said) == 1:
        score, by, grounds, why = independent(first.tellings), first.by, first.grounds, first.why
    else:
        score = independent(telling for one in said for telling in one.tellings)
        by = next((one.by for one in said if not one.by.startswith("reader")), first.by)
        grounds = tuple(dict.fromkeys(ground for one in said for ground in one.grounds))
        why = tuple(dict.fromkeys(reason for one in said for reason in one.why))
    return Position(
        party=party, issue=issue, value=first.value, voice="own", valid_from=days[0],
        valid_to=until - timedelta(days=1) if until else None, condition=first.condition, score=score, grounds=grounds,
        why=why, by=by, repeats=tuple(day for day in days[1:] if day is not None),
    )  # fmt: skip


def succession(positions: Iterable[Position]) -> list[Position]:
    """Positions of one party on one issue in one voice, in the order of their days, each up to the one that follows it.

    One of the same value and condition as the one before is folded into it as a repeat; two of one day make a range.
    """
    held: list[Position] = []
    for position in positions:
        before = held[-1] if held else None
        if before is None:
            held.append(position)
        elif before.valid_from is not None and _same(before, position):
            held[-1] = _strengthened(before, position)
        elif before.valid_from is not None and before.valid_from == position.valid_from:
            held[-1] = _contradicted(before, position)
        else:
            if position.valid_from is not None:
                held[-1] = replace(before, valid_to=position.valid_from - timedelta(days=1))
            held.append(position)
    return held


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


def together(scores: Iterable[float]) -> float:
    """How sure one is of what several independent sources say alike, each sure to a degree 0 to 1."""
    return 1 - math.prod(1 - score for score in scores)


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
