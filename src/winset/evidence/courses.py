"""Positions over time as columns, from judgements as columns: what `timeline.histories` gives, for records of any length."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from winset.domain.estimates import Judgement
from winset.domain.positions import Position
from winset.evidence.steps import OWN, Floats, Ints, Stands
from winset.evidence.timeline import Said, no_condition, position_of, said_of_day, whole_word


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Judged:
    """Judgements of positions as columns of one length, in their order.

    party, issue  numbers in `parties` and `issues`, which stand in the order of their first judgement
    day           ordinal, 0 for an unknown one
    value         the number, NaN where only `judgement` tells
    judgement     the judgement of this place, read when it is asked for; the same object each time
    """

    parties: tuple[str, ...]
    issues: tuple[str, ...]
    party: Ints
    issue: Ints
    day: Ints
    value: Floats
    judgement: Callable[[int], Judgement]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Courses:
    """Positions by party and issue, then day: as columns, and each by itself where it is asked for.

    rests_on  the only judgement of each, -1 for those that rest on several: these are in `several`
    """

    stands: Stands
    rests_on: Sequence[int]
    several: dict[int, Position]


def courses(judged: Judged) -> Courses:
    """The positions that `timeline.histories` makes of the same judgements, in the same order."""
    number = len(judged.day)
    line = _in_order_of_appearance(judged.party * len(judged.issues) + judged.issue)
    order = np.lexsort((judged.day, line))  # stable: those of one day stay as they are
    line, day, value = line[order], judged.day[order], judged.value[order]
    begin = np.flatnonzero(_changes(line) | _changes(day))  # of what was said on one day
    end = np.append(begin[1:], number)
    alone = (end - begin == 1) & ~np.isnan(value[begin])

    def said(at: int) -> Said:
        same = [judged.judgement(one) for one in order[begin[at] : end[at]].tolist()]
        return said_of_day(same, no_condition, whole_word)

    others = {at: said(at) for at in np.flatnonzero(~alone).tolist()}
    again = np.zeros(len(begin), dtype=bool)  # whether a day says what the one before it on its line said
    again[1:] = (
        ~_changes(line[begin])[1:] & (day[begin][:-1] > 0) & alone[1:] & alone[:-1] & (value[begin][1:] == value[begin][:-1])
    )  # fmt: skip
    for at in others:
        for before, after in ((at - 1, at), (at, at + 1)):
            if before >= 0 and after < len(begin) and line[begin[before]] == line[begin[after]] and day[begin[before]]:
                pair = (others[it] if it in others else said(it) for it in (before, after))
                again[after] = next(pair).same_as(next(pair))
    first = np.flatnonzero(~again)
    last = np.append(first[1:], len(begin))
    plain = alone[first] & (last - first == 1)
    sets = order[begin[first]]  # a judgement that sets each position
    best = value[begin[first]]
    low, high = best.copy(), best.copy()
    several: dict[int, Position] = {}
    for at in np.flatnonzero(~plain).tolist():
        days = range(first[at], last[at])
        follows = last[at] < len(begin) and line[begin[last[at]]] == line[begin[first[at]]]
        several[at] = one = position_of(
            judged.parties[judged.party[sets[at]]], judged.issues[judged.issue[sets[at]]], [_day(day[begin[it]]) for it in days],
            [others[it] if it in others else said(it) for it in days], _day(day[begin[last[at]]]) if follows else None,
        )  # fmt: skip
        best[at], (low[at], high[at]) = one.value.best, one.value.ends
    return Courses(
        stands=Stands(
            parties=judged.parties, issues=judged.issues, party=judged.party[sets], issue=judged.issue[sets],
            day=judged.day[sets], voice=np.full(len(sets), OWN), value=best, low=low, high=high,
        ),
        rests_on=np.where(plain, sets, -1).tolist(), several=several,
    )  # fmt: skip


def _in_order_of_appearance(keys: Ints) -> Ints:
    """Numbers from 0 on in the place of keys, by where each is first met."""
    _, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
    rank = np.empty(len(first), dtype=np.int64)
    rank[np.argsort(first)] = np.arange(len(first))
    return rank[inverse]


def _changes(column: Ints) -> NDArray[np.bool_]:
    """Whether each differs from the one before it; the first does."""
    found = np.ones(len(column), dtype=bool)
    found[1:] = column[1:] != column[:-1]
    return found


def _day(ordinal: int) -> date | None:
    return date.fromordinal(ordinal) if ordinal else None
