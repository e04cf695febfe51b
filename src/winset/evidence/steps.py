"""The steps that parties take on issues, read off positions as columns, so that a long record costs little."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LEAST = 1e-9  # of a scale: a smaller step is no move
OWN, NO_LINE = -1, -2  # voices that are no number of an ascriber: its own words, and what is foretold or past
NOBODY = -1
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Scales = Mapping[str, tuple[float, float]]
_NONE: Ints = np.zeros(0, dtype=np.int64)
_NO_NUMBERS: Floats = np.zeros(0)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Stands:
    """Positions as columns of one length, in their order.

    party, issue  numbers in `parties` and `issues`, which stand in the order of their first position
    day           ordinal of the day that set it, 0 without one
    voice         OWN, NO_LINE, or the number of whoever ascribes it, in the order of names
    value         the best value; `low` and `high` its ends
    """

    parties: tuple[str, ...]
    issues: tuple[str, ...]
    party: Ints
    issue: Ints
    day: Ints
    voice: Ints
    value: Floats
    low: Floats
    high: Floats

    def seen(self, issue: str) -> tuple[float, float] | None:
        """From the lowest to the highest position ever taken on an issue, None where none was."""
        here = self.issue == self.issues.index(issue) if issue in self.issues else np.zeros(len(self.issue), dtype=bool)
        return (float(self.low[here].min()), float(self.high[here].max())) if here.any() else None


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Which steps belong to which: those of one are `other[begin[one] : end[one]]`, by day, then in the order given."""

    other: Ints
    begin: Ints
    end: Ints

    def of(self, one: int) -> list[int]:
        """The numbers of those that belong to one."""
        found: list[int] = self.other[self.begin[one] : self.end[one]].tolist()
        return found


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Steps:
    """Changes of parties' positions, by day, then in the order of the positions that they lead to (`at`).

    party, issue, toward  numbers as in `Stands`; NOBODY where a step nears nobody
    size, width, share    in units of the scale, the scale's own width, and the first by the second
    undone_by, undone     the later steps that took each back, and which share of it they took
    """

    at: Ints
    day: Ints
    party: Ints
    issue: Ints
    start: Floats
    end: Floats
    size: Floats
    width: Floats
    share: Floats
    toward: Ints
    undone_by: Pairs
    undone: Floats


def steps(stands: Stands, ends: Scales, until: int | None = None) -> Steps:
    """Every change between successive dated own positions of a party on an issue with a scale, up to the day `until`.

    A step is toward the party whose position on that day it comes nearest to by the most, the first in order among equals:
    by its own words, else by what others ascribe to it.
    """
    on_scale = [(number, ends[name]) for number, name in enumerate(stands.issues) if name in ends]
    lines = np.flatnonzero(stands.voice != NO_LINE)
    by_day = lines[np.lexsort((lines, stands.day[lines], stands.issue[lines]))]
    issue = stands.issue[by_day]
    kept: list[tuple[Ints, Floats, Floats, Ints, Floats]] = []
    for number, (low, high) in on_scale:
        dated = by_day[np.searchsorted(issue, number) : np.searchsorted(issue, number, side="right")]
        at, start = _changes(stands, dated, LEAST * (high - low))
        if until is not None:
            here = stands.day[at] <= until
            at, start = at[here], start[here]
        if len(at):
            end = stands.value[at]
            kept.append((at, start, end, _toward(stands, dated, at, start), np.full(len(at), high - low)))
    nothing = (_NONE, _NO_NUMBERS, _NO_NUMBERS, _NONE, _NO_NUMBERS)
    columns = [np.concatenate(each) for each in zip(nothing, *kept, strict=True)]
    order = np.lexsort((columns[0], stands.day[columns[0]]))
    at, start, end, toward, width = (column[order] for column in columns)
    size = np.abs(end - start)
    undone_by, undone = _undone(stands.party[at] * len(stands.issues) + stands.issue[at], start, end)
    return Steps(
        at=at, day=stands.day[at], party=stands.party[at], issue=stands.issue[at], start=start, end=end, size=size, width=width,
        share=size / width, toward=toward, undone_by=undone_by, undone=undone,
    )  # fmt: skip


def _changes(stands: Stands, dated: Ints, least: float) -> tuple[Ints, Floats]:
    """The own positions on one issue that differ from the party's one before, and where that was, by day."""
    own = dated[(stands.voice[dated] == OWN) & (stands.day[dated] > 0)]
    by_party = own[np.argsort(stands.party[own], kind="stable")]
    value, party = stands.value[by_party], stands.party[by_party]
    changed = np.flatnonzero((party[1:] == party[:-1]) & (np.abs(value[1:] - value[:-1]) > least)) + 1
    return by_party[changed], value[changed - 1]


def _toward(stands: Stands, dated: Ints, at: Ints, start: Floats) -> Ints:
    """For each step on one issue the party that it comes nearest to by the most; `dated` are all positions on it, by day."""
    voices = int(stands.voice.max()) + 2  # a party's own words, then what each other voice ascribes to it
    line = stands.party[dated] * voices + stands.voice[dated] + 1
    lines, column = np.unique(line, return_inverse=True)
    days, row = np.unique(stands.day[dated], return_inverse=True)
    held = np.full((len(days), len(lines)), np.nan)
    held[row, column] = stands.value[dated]  # of several of one line and day the last
    known = np.where(np.isnan(held), 0, np.arange(len(days))[:, None])
    held = held[np.maximum.accumulate(known, axis=0), np.arange(len(lines))]
    party, own = lines // voices, lines % voices == 0
    for column_of_own in np.flatnonzero(own):
        silenced = np.flatnonzero((party == party[column_of_own]) & ~own)
        if len(silenced):
            held[np.ix_(~np.isnan(held[:, column_of_own]), silenced)] = np.nan
    there = held[np.searchsorted(days, stands.day[at])]
    nearer = np.abs(there - start[:, None]) - np.abs(there - stands.value[at][:, None])
    nearer[party[None, :] == stands.party[at][:, None]] = np.nan
    nearer[np.isnan(nearer)] = -np.inf
    most = nearer.max(axis=1)
    first = (nearer >= most[:, None] - LEAST).argmax(axis=1)
    return np.where(most > LEAST, party[first], NOBODY)


def _undone(line: Ints, start: Floats, end: Floats) -> tuple[Pairs, Floats]:
    """Which steps later ones of the same party on the same issue took back, and which share of each.

    A later step takes back an earlier one of the other direction as far as it goes over its ground, which is as far as it goes
    beyond all steps between the two; nothing is taken back twice, and no more than the whole step.
    """
    number = len(line)
    order = np.argsort(line, kind="stable")
    line, start, end = line[order], start[order], end[order]
    up = end > start
    later_higher, later_lower = _next_beyond(line.tolist(), end.tolist())
    following = np.where(up, later_lower, later_higher)
    earlier, later = [_NONE], [_NONE]
    left = end.copy()
    going = np.flatnonzero(following < number)  # the steps of which more may yet be taken back
    at = following[going]
    while len(going):
        earlier.append(going)
        later.append(at)
        left[going] = np.where(up[going], np.maximum(end[at], start[going]), np.minimum(end[at], start[going]))
        at = np.where(up[going], later_lower[at], later_higher[at])
        more = (left[going] != start[going]) & (at < number)
        going, at = going[more], at[more]
    taken, taking = order[np.concatenate(earlier)], order[np.concatenate(later)]
    by = np.argsort(taken, kind="stable")
    span = np.abs(end - start)
    share = np.zeros(number)
    share[order] = np.divide(np.abs(end - left), span, out=np.zeros(number), where=span > 0)
    end_of = np.cumsum(np.bincount(taken, minlength=number))
    return Pairs(taking[by], np.append(0, end_of)[:-1], end_of), share


def _next_beyond(line: Sequence[int], end: Sequence[float]) -> tuple[Ints, Ints]:
    """Of each step the next one of its line that ends higher, and the next that ends lower; their number where there is none."""
    number = len(line)
    higher, lower = [number] * number, [number] * number
    for at in range(number - 2, -1, -1):
        if line[at + 1] != line[at]:
            continue
        here = end[at]
        after = at + 1
        while after < number and end[after] <= here:
            after = higher[after]
        higher[at] = after
        after = at + 1
        while after < number and end[after] >= here:
            after = lower[after]
        lower[at] = after
    return np.array(higher, dtype=np.int64), np.array(lower, dtype=np.int64)


def answers(party: Ints, toward: Ints, day: Ints, window: int) -> Pairs:
    """Which gives answer which: those of the other side back, within a window of days (the same day included).

    party, toward  by number, NOBODY where a step is toward nobody; `day` is an ordinal; `window` in days
    """
    numbers = int(max(party.max(initial=0), toward.max(initial=0))) + 1
    gives = np.flatnonzero(toward != NOBODY)
    days = int(day.max(initial=0)) + window + 2
    key = (party[gives] * numbers + toward[gives]) * days + day[gives]
    order = np.argsort(key, kind="stable")
    back = (toward[gives] * numbers + party[gives]) * days + day[gives]
    begin, end = np.zeros((2, len(party)), dtype=np.int64)
    begin[gives] = np.searchsorted(key[order], back)
    end[gives] = np.searchsorted(key[order], back + window, side="right")
    return Pairs(gives[order], begin, end)
