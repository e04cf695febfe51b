"""The steps that parties take on issues, read off positions as columns, so that a long record costs little."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

LEAST = 1e-9  # of a scale: a smaller step is no move
OWN, NO_LINE = -1, -2  # voices that are no number of an ascriber: its own words, and what is foretold or past
NOBODY = -1
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Scales = Mapping[str, tuple[float, float]]


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


class Undone(NamedTuple):
    """By which later steps, in order, and which share of it."""

    by: list[int]
    share: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Steps:
    """Changes of parties' positions, by day, then in the order of the positions that they lead to (`at`).

    party, issue, toward  numbers as in `Stands`; NOBODY where a step nears nobody
    size, width, share    in units of the scale, the scale's own width, and the first by the second
    undone                step -> what became of it, for those that were taken back
    """

    at: list[int]
    day: list[int]
    party: list[int]
    issue: list[int]
    start: list[float]
    end: list[float]
    size: list[float]
    width: list[float]
    share: list[float]
    toward: list[int]
    undone: dict[int, Undone]


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
    if not kept:
        return Steps(
            at=[], day=[], party=[], issue=[], start=[], end=[], size=[], width=[], share=[], toward=[], undone={}
        )  # fmt: skip
    columns = [np.concatenate(each) for each in zip(*kept, strict=True)]
    order = np.lexsort((columns[0], stands.day[columns[0]]))
    at, start, end, toward, width = (column[order] for column in columns)
    size = np.abs(end - start)
    party, line = stands.party[at].tolist(), (stands.party[at] * len(stands.issues) + stands.issue[at]).tolist()
    return Steps(
        at=at.tolist(), day=stands.day[at].tolist(), party=party, issue=stands.issue[at].tolist(),
        start=start.tolist(), end=end.tolist(), size=size.tolist(), width=width.tolist(), share=(size / width).tolist(),
        toward=toward.tolist(), undone=_undone(line, start.tolist(), end.tolist()),
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


def _undone(lines: Sequence[int], starts: Sequence[float], ends: Sequence[float]) -> dict[int, Undone]:
    """Which steps later ones of the same party on the same issue took back.

    A later step takes back an earlier one of the other direction as far as it goes over its ground; nothing is taken back twice.
    """
    standing: dict[int, tuple[list[tuple[int, float]], list[tuple[int, float]]]] = {}
    by: dict[int, list[int]] = {}
    share: dict[int, float] = {}
    for at, (line, start, end) in enumerate(zip(lines, starts, ends, strict=True)):
        ways = standing.get(line)  # (step, up to which point of it is left), downward and upward
        if ways is None:
            ways = standing[line] = [], []
        up = end > start
        behind = ways[not up]  # those on whose ground this one goes back, the nearest last
        while behind:
            earlier, point = behind[-1]
            first, last = starts[earlier], ends[earlier]
            left = max(min(point, end), first) if last > first else min(max(point, end), first)
            if left == point:
                break
            by.setdefault(earlier, []).append(at)
            share[earlier] = abs(last - left) / abs(last - first)
            if left != first:
                behind[-1] = earlier, left
                break
            behind.pop()
        ways[up].append((at, end))
    return {earlier: Undone(each, share[earlier]) for earlier, each in by.items()}


class Answers:
    """Which gives answer which: those of the other side back, within a window of days (the same day included).

    Those that answer one are `gives[begin[one] : end[one]]`, by day, then in the order given.
    """

    def __init__(self, party: Sequence[int], toward: Sequence[int], day: Sequence[int], window: int) -> None:
        """party, toward  by number, NOBODY where a step is toward nobody; `day` is an ordinal; `window` in days."""
        mover, other, when = (np.asarray(each, dtype=np.int64) for each in (party, toward, day))
        numbers = int(max(mover.max(initial=0), other.max(initial=0))) + 1
        gives = np.flatnonzero(other != NOBODY)
        days = int(when.max(initial=0)) + window + 2
        key = (mover[gives] * numbers + other[gives]) * days + when[gives]
        order = np.argsort(key, kind="stable")
        back = (other[gives] * numbers + mover[gives]) * days + when[gives]
        begin, end = np.zeros((2, len(mover)), dtype=np.int64)
        begin[gives] = np.searchsorted(key[order], back)
        end[gives] = np.searchsorted(key[order], back + window, side="right")
        self.gives: list[int] = gives[order].tolist()
        self.begin: list[int] = begin.tolist()
        self.end: list[int] = end.tolist()

    def of(self, give: int) -> list[int]:
        """The numbers of those that answer one."""
        return self.gives[self.begin[give] : self.end[give]]
