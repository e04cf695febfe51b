"""How many outcomes of an additive space lie in the zone, without listing them.

Issue by issue, the number of ways to each sum of utilities is carried on, sums past what a party asks for being one
sum. Where numbers have a common unit and sums are few enough the count is exact. Otherwise utilities are rounded down
and up to a coarser unit, which gives a count that is surely not too large, and one that is surely not too small.
"""

import math
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from winset.models.bargaining.outcomes import STEP
from winset.models.bargaining.problem import Problem

Counts = NDArray[np.uint64]
MOST_CELLS = 1 << 23
"""Sums kept at a time: sums of that many counts below 2^36 stay below 2^60."""
MOST_WORK = 4_000_000_000
"""Cells times options times parties times moduli: a few seconds."""
_BETWEEN = 12  # options after which sums are taken modulo again
_WHOLE = 1e-4  # steps of 1e-9 within which a number counts as a multiple of one


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """The zone holds between `low` and `high` outcomes; `unit` is the grain of each party's sums, in its own units."""

    low: int
    high: int
    unit: tuple[float, ...]


def fits(problem: Problem) -> bool:
    """Whether utilities add up, over options alone, and nothing is forbidden."""
    return not problem.continuous and not problem.forbidden and all(u.additive for u in problem.utilities)


def count_zone(problem: Problem) -> Counted | None:
    """The number of outcomes at or above every reservation value; None where even bounds would take too long."""
    parties = []
    for utility, least in zip(problem.utilities, problem.reservation, strict=True):
        if least / STEP > utility.most / STEP + 0.5:
            return Counted(low=0, high=0, unit=(STEP,) * len(problem.parties))
        tables = [np.asarray(table, dtype=float) for table in (*utility.tables, np.array([utility.constant]))]
        parties.append(_Party.of(tables, float(least)))
    parties = [one for one in parties if one.needed > 0]  # the others are content with anything
    if any(one.reach < one.needed for one in parties):
        return Counted(low=0, high=0, unit=tuple(one.unit * STEP for one in parties))
    if not parties:
        return Counted(low=problem.size, high=problem.size, unit=())
    sizes = [*problem.shape, 1]
    moduli = _moduli(problem.size)
    coarse, room = parties, MOST_CELLS
    while _work(coarse, sizes, moduli) > (MOST_WORK if coarse is parties else MOST_WORK // 2):
        room //= 2
        if room < 1 << (3 * len(parties)):
            return None
        coarse = _coarser(parties, room)
    low = _ways(coarse, sizes, moduli, up=False)
    same = all(one.exact for one in coarse)
    return Counted(
        low=low, high=low if same else _ways(coarse, sizes, moduli, up=True),
        unit=tuple(one.unit * STEP for one in coarse),
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class _Party:
    """One party's tables in steps of 1e-9, each from 0 up: as whole numbers below and above, and what they must sum to.

    exact  every number is a multiple of `unit` steps
    """

    below: tuple[tuple[int, ...], ...]
    above: tuple[tuple[int, ...], ...]
    needed: int
    unit: int
    exact: bool

    @classmethod
    def of(cls, tables: list[NDArray[np.float64]], least: float) -> "_Party":
        target = round(least / STEP)
        below, above = [], []
        exact = True
        for table in tables:
            steps = [Fraction(float(x)) / Fraction(1, 10**9) for x in table]
            near = [round(x) for x in steps]
            whole = all(abs(x - k) <= _WHOLE * max(1.0, abs(k) * 1e-12) for x, k in zip(steps, near, strict=True))
            exact &= whole
            down = near if whole else [math.floor(x) for x in steps]
            up = near if whole else [math.ceil(x) for x in steps]
            least_here = min(down)
            target -= least_here
            below.append(tuple(x - least_here for x in down))
            above.append(tuple(x - least_here for x in up))
        unit = math.gcd(*(x for table in below for x in table)) if exact else 1
        return cls(below=tuple(below), above=tuple(above), needed=target, unit=max(1, unit), exact=exact)

    @property
    def reach(self) -> int:
        """The largest sum."""
        return sum(map(max, self.above))

    @property
    def goal(self) -> int:
        """What is needed, in units: this and all above it is one sum."""
        return -(-self.needed // self.unit)

    @property
    def cells(self) -> int:
        """Sums that are told apart."""
        return self.goal + 1

    def with_cells(self, most: int) -> "_Party":
        """The same with so coarse a unit that there are at most this many cells."""
        if self.cells <= most:
            return self
        unit = -(-self.needed // max(1, most - 1))
        return _Party(below=self.below, above=self.above, needed=self.needed, unit=unit, exact=False)

    def table(self, k: int, *, up: bool) -> list[int]:
        """Table `k` in units, rounded up or down."""
        if up:
            return [-(-x // self.unit) for x in self.above[k]]
        return [x // self.unit for x in self.below[k]]


def _coarser(parties: list[_Party], room: int) -> list[_Party]:
    """Parties with cells that fit into `room` together: those with few keep them, the rest share what is left."""
    order = sorted(range(len(parties)), key=lambda i: parties[i].cells)
    found = list(parties)
    left = room
    for n, i in enumerate(order):
        share = int(left ** (1 / (len(order) - n)))
        found[i] = parties[i].with_cells(max(2, share))
        left //= found[i].cells
    return found


def _moduli(most: int) -> list[int]:
    """Numbers without a common factor whose product is larger than `most`; the first is that of 64-bit arithmetic."""
    found = [1 << 64]
    candidate = (1 << 36) - 1
    while math.prod(found) <= most:
        if all(math.gcd(candidate, m) == 1 for m in found):
            found.append(candidate)
        candidate -= 2
    return found


Window = tuple[int, int]


def _windows(tables: list[list[int]], goal: int) -> list[Window]:
    """Before the first table and after each: the least sum from which the goal can still be reached, and the largest."""
    most = [max(table) for table in tables]
    found = []
    for k in range(len(tables) + 1):
        low = max(0, goal - sum(most[k:]))
        found.append((low, max(low, min(goal, sum(most[:k])))))
    return found


def _work(parties: list[_Party], sizes: list[int], moduli: list[int]) -> float:
    """Cells gone through; infinite where more would be kept at a time than fit."""
    every = [_windows([one.table(k, up=True) for k in range(len(sizes))], one.goal) for one in parties]
    total = 0.0
    for k, size in enumerate(sizes):
        cells = math.prod(max(w[k][1], w[k + 1][1]) - min(w[k][0], w[k + 1][0]) + 1 for w in every)
        if cells > MOST_CELLS:
            return math.inf
        total += cells * size
    return total * len(parties) * len(moduli)


def _ways(parties: list[_Party], sizes: list[int], moduli: list[int], *, up: bool) -> int:
    """The number of outcomes whose sums, rounded table by table, reach what every party needs."""
    tables = [[one.table(k, up=up) for k in range(len(sizes))] for one in parties]
    goals = [one.goal for one in parties]
    windows = [_windows(own, goal) for own, goal in zip(tables, goals, strict=True)]
    if any(w[0][0] > 0 for w in windows):
        return 0  # even the best of every table is not enough for somebody
    total, product = 0, 1
    for m in moduli:
        counts = np.ones((1,) * len(parties), dtype=np.uint64)
        for k, size in enumerate(sizes):
            before, after = [w[k] for w in windows], [w[k + 1] for w in windows]
            added = np.zeros([high - low + 1 for low, high in after], dtype=np.uint64)
            with np.errstate(over="ignore"):  # arithmetic modulo 2^64 is meant
                for option in range(size):
                    _add(added, counts, [own[k][option] for own in tables], before, after, goals)
                    if m < 1 << 64 and option % _BETWEEN == 0:
                        added %= np.uint64(m)
            counts = added if m == 1 << 64 else added % np.uint64(m)
        rest = int(counts[(-1,) * len(parties)])
        # the number that leaves `total` by what came before and `rest` by m
        total += product * ((rest - total) * pow(product, -1, m) % m)
        product *= m
    return total


def _add(
    target: Counts, block: Counts, steps: list[int], before: list[Window], after: list[Window], goals: list[int]
) -> None:
    """Adds counts of sums to `target`, `steps` higher along each axis: what passes the goal is gathered there, what
    lies outside of the window is dropped."""
    if not steps:
        target += block
        return
    axis = block.ndim - len(steps)
    (start, end), (low, high) = before[0], after[0]
    rest = steps[1:], before[1:], after[1:], goals[1:]
    whole: list[slice] = [slice(None)] * block.ndim
    first, last = max(start, low - steps[0]), min(end, high - steps[0])
    if first <= last:
        here, there = whole.copy(), whole.copy()
        here[axis] = slice(first - start, last - start + 1)
        there[axis] = slice(first + steps[0] - low, last + steps[0] - low + 1)
        _add(target[tuple(there)], block[tuple(here)], *rest)
    past = max(start, goals[0] - steps[0] + 1)
    if past <= end:
        here, there = whole.copy(), whole.copy()
        here[axis] = slice(past - start, None)
        there[axis] = slice(goals[0] - low, goals[0] - low + 1)
        _add(target[tuple(there)], np.add.reduce(block[tuple(here)], axis=axis, keepdims=True), *rest)
