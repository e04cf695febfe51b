"""Positions over time as columns, from judgements as columns, for records of any length: each holds until the next one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic

import numpy as np
from numpy.typing import NDArray

from winset.domain.estimates import Estimate, Exact, Judgement, Table
from winset.domain.text import Grounds
from winset.evidence.said import G, Held, Saying, held, no_condition, said_of_day, saying, whole_word
from winset.evidence.steps import OWN, Floats, Ints, Stands


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Judged(Generic[G]):
    """Judgements of positions as columns of one length, in their order.

    party, issue  numbers in `parties` and `issues`, which stand in the order of their first judgement
    day           ordinal, 0 for an unknown one
    value         the best value; `low` and `high` its ends
    form          0 for one exact number without a condition; others are the same where their numbers in `forms` are
    saying        what the judgement of this place says, made when it is asked for
    """

    parties: tuple[str, ...]
    issues: tuple[str, ...]
    party: Ints
    issue: Ints
    day: Ints
    value: Floats
    low: Floats
    high: Floats
    form: Ints
    forms: "Forms"
    saying: Callable[[int], Saying[G]]


class Forms:
    """Numbers for values that are not one exact number, and for those that hang on a condition: equal ones have one number."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[Estimate, str | None], int] = {}

    def of(self, value: Estimate, condition: str | None = None) -> int:
        """Above 0; 0 where the number says it all."""
        if type(value) is Exact and condition is None:
            return 0
        return self._numbers.setdefault((value, condition), len(self._numbers) + 1)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Courses(Generic[G]):
    """Positions by party and issue, then day, as columns.

    rests_on  the only judgement of each, -1 for those that rest on several: what these come to is in `several`
    days      on which anything was said, by party, issue and day; those of a position are `days[first:last]`
    follows   whether another position of the same party on the same issue takes its place on `days[last]`
    """

    stands: Stands
    rests_on: Ints
    several: dict[int, Held[G]]
    days: Ints
    first: Ints
    last: Ints
    follows: NDArray[np.bool_]


def judged(
    judgements: Sequence[Judgement], condition: Callable[[Judgement], str | None] = no_condition,
    word: Callable[[Judgement], float] = whole_word,
) -> Judged[Grounds]:  # fmt: skip
    """Of judgements of positions, none a table; see `said.saying` for `condition` and `word`."""
    forms = Forms()
    parties: dict[str, int] = {}
    issues: dict[str, int] = {}
    values = [one.value for one in judgements if not isinstance(one.value, Table)]
    form = [forms.of(one.value, condition(one)) for one in judgements if not isinstance(one.value, Table)]
    best, which = np.array([one.best for one in values], dtype=np.float64), np.array(form, dtype=np.int64)
    low, high = best.copy(), best.copy()
    for n in np.flatnonzero(which).tolist():
        low[n], high[n] = values[n].ends
    return Judged(
        party=np.array([parties.setdefault(one.party, len(parties)) for one in judgements], dtype=np.int64),
        issue=np.array([issues.setdefault(one.issue or "", len(issues)) for one in judgements], dtype=np.int64),
        parties=tuple(parties), issues=tuple(issues),
        day=np.array([one.as_of.toordinal() if one.as_of else 0 for one in judgements], dtype=np.int64),
        value=best, low=low, high=high, form=which, forms=forms,
        saying=lambda n: saying(judgements[n], condition, word),
    )  # fmt: skip


def courses(given: Judged[G]) -> Courses[G]:
    """Undated positions come first and hold until the first dated one. Judgements of one day that differ become a range, and what
    is judged the same again on a later day begins no new position (see `said`)."""
    number = len(given.day)
    line = _in_order_of_appearance(given.party * len(given.issues) + given.issue)
    order = np.lexsort((given.day, line))  # stable: those of one day stay as they are
    line, day = line[order], given.day[order]
    begin = np.flatnonzero(_changes(line) | _changes(day))  # of what was said on one day
    end = np.append(begin, number)[1:]
    several_that_day = np.flatnonzero(end - begin > 1)
    line, day = line[begin], day[begin]
    value, low, high = (column[order[begin]] for column in (given.value, given.low, given.high))
    form = given.form[order[begin]]

    def said(at: int) -> list[Saying[G]]:
        return [given.saying(one) for one in order[begin[at] : end[at]].tolist()]

    days = {at: said_of_day(said(at)) for at in several_that_day.tolist()}
    for at, one in days.items():
        value[at], (low[at], high[at]), form[at] = (
            one.value.best,
            one.value.ends,
            given.forms.of(one.value, one.condition),
        )
    again = np.zeros(len(begin), dtype=bool)  # whether a day says what the one before it on its line said
    again[1:] = (
        (line[1:] == line[:-1]) & (day[:-1] > 0) & (form[1:] == form[:-1]) & ((form[1:] > 0) | (value[1:] == value[:-1]))
    )  # fmt: skip
    first = np.flatnonzero(~again)
    last = np.append(first, len(begin))[1:]
    alone = (last - first == 1) & (end[first] - begin[first] == 1)
    several = {
        at: held([days.get(it) or said_of_day(said(it)) for it in range(first[at], last[at])])
        for at in np.flatnonzero(~alone).tolist()
    }
    sets = order[begin[first]]  # a judgement that sets each position
    return Courses(
        stands=Stands(
            parties=given.parties, issues=given.issues, party=given.party[sets], issue=given.issue[sets],
            day=day[first], voice=np.full(len(sets), OWN), value=value[first], low=low[first], high=high[first],
        ),
        rests_on=np.where(alone, sets, -1), several=several, days=day, first=first, last=last,
        follows=np.append(line, -1)[last] == line[first],
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
