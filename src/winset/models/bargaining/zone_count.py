"""How many outcomes of a space of options lie in the zone, without listing them.

Issue by issue, the number of ways to each sum of utilities is carried on, for each node of the space's diagram, sums
past what a party asks for being one sum. Where numbers have a common unit and sums are few enough the count is exact.
Otherwise utilities are rounded down and up to a coarser unit, which gives a count that is surely not too large, and one
that is surely not too small.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from winset.models.bargaining.diagram import Diagram, Layer, diagram
from winset.models.bargaining.outcomes import STEP
from winset.models.bargaining.problem import Problem, Utility

Counts = NDArray[np.uint64]
MOST_CELLS = 1 << 24
"""Sums kept at a time: sums of that many counts below 2^36 stay below 2^60."""
MOST_WORK = 4_000_000_000
"""Cells times edges times parties times moduli: a few seconds."""
_ONE_BY_ONE = 200_000_000  # the same for each party by itself
_PAIR_BY_PAIR = 400_000_000
_PAIRED = 5  # parties of which all pairs are counted
_EDGE = 5_000  # cells that cost what an edge costs by itself
_BETWEEN = 12  # options after which sums are taken modulo again
_WHOLE = 1e-4  # steps of 1e-9 within which a number counts as a multiple of one


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """The zone holds between `low` and `high` outcomes; `unit` is the grain of each party's sums, in its own units."""

    low: int
    high: int
    unit: tuple[float, ...]


def count_allowed(problem: Problem) -> tuple[int, int]:
    """The least and the largest number of outcomes that nothing forbids; equal where it is exact."""
    if not problem.forbidden:
        return problem.size, problem.size
    space = diagram(_of_parties(problem, ()))
    moduli = _moduli(problem.size)
    found = _ways([], _sources(space), moduli, up=False) if space.layers else 0
    return max(0, found - space.ignored), found


def count_zone(problem: Problem) -> Counted:
    """The number of outcomes at or above every reservation value, of a problem without continuous issues."""
    pairs = list(zip(problem.utilities, problem.reservation, strict=True))
    steps = (STEP,) * len(problem.parties)
    if any(least / STEP > utility.most / STEP + 0.5 for utility, least in pairs):
        return Counted(low=0, high=0, unit=steps)
    low, high = count_allowed(problem)
    asking = [i for i, (utility, least) in enumerate(pairs) if utility.bounds[0] < least]  # the others always agree
    if not asking:
        return Counted(low=low, high=high, unit=())
    joint = _counted(_of_parties(problem, asking), MOST_WORK)
    if joint is not None:
        if joint.low == joint.high:
            return joint
        low_of_all, high, steps = joint.low, min(high, joint.high), joint.unit
    else:
        low_of_all = 0
    least, most = _by_parts(problem, asking, low, high)
    return Counted(low=max(low_of_all, least), high=most, unit=steps)


def _by_parts(problem: Problem, asking: Sequence[int], low: int, high: int) -> tuple[int, int]:
    """Bounds from each party and each pair by itself: what all accept, each pair accepts; and of what one accepts, no
    more is lost to all the others than each of them refuses.

    low, high  how many outcomes there are
    """
    nobody = Counted(low=0, high=high, unit=())
    alone = {i: _counted(_of_parties(problem, (i,)), _ONE_BY_ONE) or nobody for i in asking}
    least = low - sum(max(0, low - one.low) for one in alone.values())
    most = min([high, *(one.high for one in alone.values())])
    if 2 < len(asking) <= _PAIRED:
        pairs = {
            pair: _counted(_of_parties(problem, pair), _PAIR_BY_PAIR) or nobody for pair in combinations(asking, 2)
        }
        most = min([most, *(pair.high for pair in pairs.values())])
        for i in asking:
            kept = sum(pair.low for of, pair in pairs.items() if i in of)
            least = max(least, kept - (len(asking) - 2) * alone[i].high)
    return max(0, least), most


def _of_parties(problem: Problem, wanted: Sequence[int]) -> Problem:
    """The problem of some of its parties; of none, the first without utilities."""
    if not wanted:
        nothing = Utility(tables=tuple(np.zeros(n) for n in problem.shape))
        return replace(problem, parties=problem.parties[:1], utilities=(nothing,), reservation=np.zeros(1), power=None)
    return replace(
        problem, parties=tuple(problem.parties[i] for i in wanted), power=None,
        utilities=tuple(problem.utilities[i] for i in wanted), reservation=problem.reservation[list(wanted)],
    )  # fmt: skip


def _counted(problem: Problem, most_work: int) -> Counted | None:
    """The count over the diagram of the problem; None where even bounds would take too long."""
    space = diagram(problem)
    if not space.layers:
        return Counted(low=0, high=0, unit=(STEP,) * len(problem.parties))
    parties = [_Party.of(space, i, utility.constant, float(least)) for i, (utility, least) in enumerate(
        zip(problem.utilities, problem.reservation, strict=True)
    )]  # fmt: skip
    if any(one.reach < one.needed for one in parties):
        return Counted(low=0, high=0, unit=tuple(one.unit * STEP for one in parties))
    layers, moduli = _sources(space), _moduli(problem.size)
    coarse, room = parties, MOST_CELLS
    bounded = most_work // (4 if len(parties) < 3 else 16)  # of many parties bounds are wide whatever is spent
    while _work(coarse, layers, moduli) > (most_work if coarse is parties else bounded):
        room //= 2
        if room < 1 << (2 * len(parties)):
            return None
        coarse = _coarser(parties, room)
    low = _ways(coarse, layers, moduli, up=False)
    same = all(one.exact for one in coarse) and space.whole
    return Counted(
        low=max(0, low - space.ignored), high=low if same else _ways(coarse, layers, moduli, up=True),
        unit=tuple(one.unit * STEP for one in coarse),
    )  # fmt: skip


def _sources(space: Diagram) -> list[Layer]:
    """The layers, and one more of a single edge, for what is added to every outcome."""
    one = np.zeros(1, dtype=np.intp)
    n = space.layers[0].worth.shape[0]
    last = Layer(issue=-1, before=1, after=1, source=one, target=one, place=one, worth=np.zeros((n, 1)))
    return [*space.layers, last]


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
    def of(cls, space: Diagram, party: int, constant: float, least: float) -> "_Party":
        target = round(least / STEP)
        below, above = [], []
        exact = True
        ends = ((constant + float(space.low[party]),), (constant + float(space.high[party]),))
        tables = [(layer.worth[party], layer.worth[party]) for layer in space.layers]
        for lows, highs in [*tables, (np.array(ends[0]), np.array(ends[1]))]:
            (down, whole), (up, fits) = _steps(lows, up=False), _steps(highs, up=True)
            exact &= whole and fits
            least_here = min(down)
            target -= least_here
            below.append(tuple(x - least_here for x in down))
            above.append(tuple(x - least_here for x in up))
        unit = math.gcd(*(x for table in (*below, *above) for x in table)) if exact else 1
        return cls(below=tuple(below), above=tuple(above), needed=max(0, target), unit=max(1, unit), exact=exact)

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


def _steps(worths: NDArray[np.float64], *, up: bool) -> tuple[list[int], bool]:
    """Numbers in steps of 1e-9, rounded where they are no multiples, and whether all are."""
    known, at = np.unique(worths, return_inverse=True)
    steps = [Fraction(float(x)) / Fraction(1, 10**9) for x in known]
    near = [round(x) for x in steps]
    whole = all(abs(x - k) <= _WHOLE * max(1.0, abs(k) * 1e-12) for x, k in zip(steps, near, strict=True))
    found = near if whole else [math.ceil(x) if up else math.floor(x) for x in steps]
    return [found[k] for k in at.tolist()], whole


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


def _work(parties: list[_Party], layers: list[Layer], moduli: list[int]) -> float:
    """Cells gone through; infinite where more would be kept at a time than fit."""
    every = [_windows([one.table(k, up=True) for k in range(len(layers))], one.goal) for one in parties]
    total = 0.0
    for k, layer in enumerate(layers):
        cells = math.prod(max(w[k][1], w[k + 1][1]) - min(w[k][0], w[k + 1][0]) + 1 for w in every)
        if cells * max(layer.before, layer.after) > MOST_CELLS:
            return math.inf
        total += (cells + _EDGE) * len(layer.source)
    return total * len(parties) * len(moduli)


def _ways(parties: list[_Party], layers: list[Layer], moduli: list[int], *, up: bool) -> int:
    """The number of outcomes whose sums, rounded table by table, reach what every party needs."""
    tables = [[one.table(k, up=up) for k in range(len(layers))] for one in parties]
    goals = [one.goal for one in parties]
    windows = [_windows(own, goal) for own, goal in zip(tables, goals, strict=True)]
    if any(w[0][0] > 0 for w in windows):
        return 0  # even the best of every table is not enough for somebody
    edges = [_merged(layer, [own[k] for own in tables]) for k, layer in enumerate(layers)]
    total, product = 0, 1
    for m in moduli:
        counts = np.ones((1,) * (1 + len(parties)), dtype=np.uint64)
        for k, layer in enumerate(layers):
            before, after = [w[k] for w in windows], [w[k + 1] for w in windows]
            added = np.zeros([layer.after, *(high - low + 1 for low, high in after)], dtype=np.uint64)
            met = [0] * layer.after
            with np.errstate(over="ignore"):  # arithmetic modulo 2^64 is meant
                for (source, target, *steps), times in edges[k].items():
                    block = counts[source, ...]
                    if times > 1:
                        block = block * np.uint64(times)
                        if m < 1 << 64:
                            block %= np.uint64(m)
                    _add(added[target, ...], block, steps, before, after, goals)
                    met[target] += 1
                    if m < 1 << 64 and met[target] % _BETWEEN == 0:
                        added[target] %= np.uint64(m)
            counts = added if m == 1 << 64 else added % np.uint64(m)
        rest = int(counts[(-1,) * counts.ndim])
        # the number that leaves `total` by what came before and `rest` by m
        total += product * ((rest - total) * pow(product, -1, m) % m)
        product *= m
    return total


def _merged(layer: Layer, steps: list[list[int]]) -> dict[tuple[int, ...], int]:
    """Edges between the same nodes that add the same, as one, and how many they are."""
    found: dict[tuple[int, ...], int] = {}
    for edge in zip(layer.source.tolist(), layer.target.tolist(), *steps, strict=True):
        found[edge] = found.get(edge, 0) + 1
    return found


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
