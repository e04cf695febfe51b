"""What the judgements of a party's position on one issue come to: on one day, and over the days that say the same.

Grounds are whatever tells one ground from another: `Grounds` where judgements are at hand, their texts where a file is read.
"""

import math
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Generic, NamedTuple, TypeVar

from winset.domain.estimates import Estimate, Judgement, Range, Table
from winset.domain.text import Grounds

G = TypeVar("G", bound=Hashable)


class Saying(NamedTuple, Generic[G]):
    """What one judgement says. `source` is the document that it rests on, something of its own where there is none;
    `score` how sure it is, 0 to 1."""

    value: Estimate
    condition: str | None
    source: Hashable
    score: float
    grounds: tuple[G, ...]
    by: str


class Said(NamedTuple, Generic[G]):
    """What the judgements of one day come to. `tellings`: the source of each, and how sure it is."""

    value: Estimate
    condition: str | None
    tellings: tuple[tuple[Hashable, float], ...]
    grounds: tuple[G, ...]
    why: tuple[str, ...]
    by: str

    def same_as(self, other: "Said[G]") -> bool:
        """Whether both are one position."""
        return self.value == other.value and self.condition == other.condition


class Held(NamedTuple, Generic[G]):
    """A position as it was taken on one day and perhaps again later."""

    value: Estimate
    condition: str | None
    score: float
    grounds: tuple[G, ...]
    why: tuple[str, ...]
    by: str


def no_condition(judgement: Judgement) -> str | None:
    """A judged position hangs on nothing."""
    return None


def whole_word(judgement: Judgement) -> float:
    """Everybody's word counts whole."""
    return 1.0


def saying(
    judgement: Judgement, condition: Callable[[Judgement], str | None] = no_condition,
    word: Callable[[Judgement], float] = whole_word,
) -> Saying[Grounds]:  # fmt: skip
    """`condition` tells on what a position depends, `word` what the word of its source is worth where a reader suggests it."""
    assert not isinstance(judgement.value, Table)
    score = 1.0 if judgement.score is None else judgement.score
    if judgement.suggested and judgement.score is not None:
        score *= word(judgement)
    source: Hashable = judgement.grounds[0].doc if judgement.grounds else (id(judgement),)
    return Saying(judgement.value, condition(judgement), source, score, judgement.grounds, judgement.by)


def said_of_day(same: Sequence[Saying[G]]) -> Said[G]:
    """Those that differ make a range over all of them; a person's take the place of a reader's."""
    if len(same) == 1:
        (one,) = same
        return Said(one.value, one.condition, ((one.source, one.score),), one.grounds, (), one.by)
    judged = [one for one in same if not one.by.startswith("reader")] or same
    values = [one.value for one in judged]
    tellings = tuple([(one.source, one.score) for one in judged])
    alike = values.count(values[0]) == len(values)
    return Said(
        values[0] if alike else Range(min(v.ends[0] for v in values), max(v.ends[1] for v in values)),
        next((one.condition for one in judged if one.condition), None),
        tellings if alike else (min(tellings, key=lambda one: one[1]),),
        tuple(dict.fromkeys(ground for one in judged for ground in one.grounds)),
        () if alike else (f"{len(values)} judgements of the same day differ",),
        judged[0].by,
    )


def held(said: Sequence[Said[G]]) -> Held[G]:
    """What days that say the same come to, the first of which sets the position."""
    first = said[0]
    if len(said) == 1:
        score, by, grounds, why = independent(first.tellings), first.by, first.grounds, first.why
    else:
        score = independent(telling for one in said for telling in one.tellings)
        by = next((one.by for one in said if not one.by.startswith("reader")), first.by)
        grounds = tuple(dict.fromkeys(ground for one in said for ground in one.grounds))
        why = tuple(dict.fromkeys(reason for one in said for reason in one.why))
    return Held(first.value, first.condition, score, grounds, why, by)


def independent(tellings: Iterable[tuple[Hashable, float]]) -> float:
    """How sure one is of what several documents tell alike: of each document only its surest telling counts."""
    tellings = tuple(tellings)
    if len(tellings) == 1:
        return tellings[0][1]
    surest: dict[Hashable, float] = {}
    for source, score in tellings:
        surest[source] = max(score, surest.get(source, 0.0))
    return next(iter(surest.values())) if len(surest) == 1 else together(surest.values())


def together(scores: Iterable[float]) -> float:
    """How sure one is of what several independent sources say alike, each sure to a degree 0 to 1."""
    return 1 - math.prod(1 - score for score in scores)
