"""Positions over time the slow way, one judgement after the other: what the columns are compared with."""

import math
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from winset.domain.estimates import Estimate, Judgement, Range, Table
from winset.domain.positions import Position
from winset.domain.text import Grounds
from winset.evidence.said import no_condition, whole_word


def histories(
    judgements: Sequence[Judgement], condition: Callable[[Judgement], str | None] = no_condition,
    word: Callable[[Judgement], float] = whole_word,
) -> tuple[Position, ...]:  # fmt: skip
    """As `timeline.histories`."""
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


def together(scores: Iterable[float]) -> float:
    """How sure one is of what several independent sources say alike, each sure to a degree 0 to 1."""
    return 1 - math.prod(1 - score for score in scores)
