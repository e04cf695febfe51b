"""The moves of a long ledger as the JSON texts that `domain.plain.positions.move_to` makes of one, without an object for each."""

import json
from collections.abc import Callable, Sequence
from datetime import date
from functools import cached_property

import numpy as np

from winset.domain.positions import MoveStatus, Told
from winset.evidence.ledger import Taken, name
from winset.evidence.steps import NOBODY, Floats, Ints, Pairs
from winset.report.written import Written

_text = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode


class MoveTexts:
    """The texts of the steps that are kept."""

    def __init__(
        self, found: Taken, kept: Ints, *, ways: Sequence[tuple[Told | None, MoveStatus]], grounds: Callable[[int], str],
        score: Floats, why: Sequence[str],
    ) -> None:  # fmt: skip
        """kept  numbers of steps, rising
        ways  how each of these was told and what became of it; `why` as JSON texts, `score` 0 to 1
        grounds  the JSON text of what one of them rests on
        """
        self._found, self._kept, self._ways = found, kept, ways
        self._grounds, self._score, self._why = grounds, score, why
        self._parties, self._issues = (
            [_text(one) for one in names] for names in (found.stands.parties, found.stands.issues)
        )

    def written(self) -> Written:
        """All of them."""
        return Written(len(self._kept), self._texts)

    @cached_property
    def _ids(self) -> list[str]:
        return [f'"{name(n)}"' for n in range(len(self._found.steps.at))]

    @cached_property
    def _answers(self) -> "_Lists":
        return _Lists(self._found.answers, self._ids)

    @cached_property
    def _undone_by(self) -> "_Lists":
        return _Lists(self._found.steps.undone_by, self._ids)

    def _texts(self, begin: int, end: int) -> list[str]:
        here, steps = slice(begin, end), self._found.steps
        kept, parties, issues = self._kept[here], self._parties, self._issues
        lines = _each(
            steps.party[kept] * len(issues) + steps.issue[kept],
            lambda line: f'"party": {parties[line // len(issues)]}, "issue": {issues[line % len(issues)]}',
        )
        days = _each(steps.day[kept], lambda day: _text(date.fromordinal(day).isoformat()))
        toward = _each(steps.toward[kept], lambda one: "null" if one == NOBODY else parties[one])
        ways = self._ways[here]
        manners = {way: (f'"status": {_text(way[1])}', f'"told": {_text(way[0])}') for way in set(ways)}
        columns = zip(
            [self._ids[n] for n in kept.tolist()], lines, _numbers(steps.start[kept]), _numbers(steps.end[kept]), days, toward,
            [manners[way] for way in ways], self._answers.of(kept), map(self._grounds, range(begin, begin + len(kept))), _numbers(steps.size[kept]),
            _numbers(steps.share[kept]), _numbers(self._found.weight[kept]), self._undone_by.of(kept),
            _numbers(steps.undone[kept], 9), _numbers(self._score[here]), self._why[here], strict=True,
        )  # fmt: skip
        return [
            f'{{"id": {id}, {line}, "from": {start}, "to": {end}, "date": {day}, "toward": {whom}, {status}, "answered_by": [{by}], '
            f'"grounds": {rests}, "size": {size}, "share": {share}, "weight": {weight}, {told}, "reversed_by": [{undone_by}], '
            f'"taken_back": {undone}, "score": {sure}, "why": {reason}}}'
            for id, line, start, end, day, whom, (status, told), by, rests, size, share, weight, undone_by, undone, sure, reason
            in columns
        ]  # fmt: skip


class _Lists:
    """The ids of those that belong to each step, cut out of one text of all."""

    def __init__(self, pairs: Pairs, ids: Sequence[str]) -> None:
        each = [ids[n] for n in pairs.other.tolist()]
        self._pairs, self._whole = pairs, ", ".join(each)
        self._begins = np.append(0, np.cumsum([len(one) + 2 for one in each], dtype=np.int64))

    def of(self, steps: Ints) -> list[str]:
        """Those of each of some steps, separated by commas."""
        begin = self._begins[self._pairs.begin[steps]]
        end = np.maximum(self._begins[self._pairs.end[steps]] - 2, begin)
        return [self._whole[first:last] for first, last in zip(begin.tolist(), end.tolist(), strict=True)]


def _each(column: Ints, tell: Callable[[int], str]) -> list[str]:
    """A text for each number, made once for all that are equal."""
    numbers = column.tolist()
    texts = {one: tell(one) for one in set(numbers)}
    return [texts[one] for one in numbers]


def _numbers(column: Floats, digits: int | None = None) -> list[str]:
    """As JSON writes them, null for NaN; rounded to so many digits behind the point."""
    column = column + 0.0  # no zero below 0
    values: list[float | None] = column.tolist()
    if np.isnan(column).any():
        values = [None if one != one else one for one in values]
    texts = {one: "null" if one is None else repr(one if digits is None else round(one, digits)) for one in set(values)}
    return [texts[one] for one in values]
