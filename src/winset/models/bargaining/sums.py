"""The undominated sums of a space of options, carried on through its diagram from the last layer to the first.

Choices that leave the same open lead to one node, and from a node on all go the same ways: of two sums there, the one
that is no better for anybody stays dominated whatever is added (Nemhauser and Ullmann 1969, Management Science 15(9)).
"""

import math
import time
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from winset.errors import TooLarge
from winset.models.bargaining.diagram import Diagram, Layer
from winset.models.bargaining.frontier import frontier, frontier_within, three_undominated
from winset.models.bargaining.problem import Array, Problem

MOST_POINTS = 400_000
"""Undominated sums of all nodes of a layer together."""

SECONDS = 3.0
"""Processor time for the sums of more than two parties."""

SECONDS_OF_TWO = 20.0
"""Processor time for the sums of two."""

_FINE = 1e-12
_SAFE = 4e18  # below 2^63
_GRAIN = 10**9  # utilities are compared in steps of a billionth: coarser multiples are told apart as they are
_DENOMINATOR = 10_000
_WORD = 1 << 62
Whole = NDArray[np.int64]
Places = NDArray[np.intp]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Tails:
    """What can still follow a node.

    sums    (parties, sums), undominated, falling lexicographically
    counts  (sums,) in how many ways
    words   (words, sums) of the outcome of lowest index among those, as `_Words` puts it
    """

    sums: Whole
    counts: NDArray[Any]
    words: Whole


class Sums:
    """Undominated sums of a problem over its whole diagram, how often each comes about, and by which outcomes.

    exact  whether all numbers of each party are multiples of a common unit of at least 1e-9, so that sums are as exact
           as the numbers; otherwise they are in steps of 1e-12 (larger where numbers are)
    """

    def __init__(self, problem: Problem, space: Diagram) -> None:
        """Raises TooLarge where too many sums are undominated on the way, or take too long."""
        n = len(problem.parties)
        self.problem, self.layers = problem, space.layers
        self.until = time.process_time() + (SECONDS if n > 2 else SECONDS_OF_TWO)
        units = [_unit([layer.worth[i] for layer in space.layers]) for i in range(n)]
        self.exact = all(unit is not None for unit in units)
        step = _step(space)
        self.steps = [
            np.stack([_whole(own, unit, step) for own, unit in zip(layer.worth, units, strict=True)])
            for layer in space.layers
        ]
        self._words = _Words(problem.shape)
        nothing = np.zeros((n, 1), dtype=np.int64)
        end = _Tails(sums=nothing, counts=np.ones(1, dtype=np.int64), words=self._words.none(1))
        self._after: list[list[Whole]] = [[nothing]]  # sums at the nodes, from the last layer's to the first's
        tails = [end]
        for layer, steps in zip(reversed(self.layers), reversed(self.steps), strict=True):
            tails = self._before(layer, steps, tails)
            self._after.append([own.sums for own in tails])
        self._after.reverse()
        self.counts = tails[0].counts
        self.choices = self._words.places(tails[0].words)

    def _before(self, layer: Layer, steps: Whole, after: list[_Tails]) -> list[_Tails]:
        """The tails of the nodes before a layer from those after it."""
        name = self.problem.issues[layer.issue].name
        by_node = np.argsort(layer.source, kind="stable")
        cuts = np.searchsorted(layer.source[by_node], np.arange(layer.before + 1))
        found, total = [], 0
        for node in range(layer.before):
            edges = _worth_going(layer, steps, by_node[cuts[node] : cuts[node + 1]])
            width = sum(after[int(layer.target[e])].sums.shape[1] for e in edges)
            if width > 40 * MOST_POINTS:
                raise TooLarge(f"{width:,} sums at issue {name}; merge options")
            found.append(self._joined(layer, steps, edges, after, name))
            total += found[-1].sums.shape[1]
            if total > MOST_POINTS:
                raise TooLarge(f"more than {MOST_POINTS:,} undominated sums at issue {name}; merge options or issues")
        return found

    def _joined(self, layer: Layer, steps: Whole, edges: Places, after: list[_Tails], name: str) -> _Tails:
        """The tails of one node: each edge with each tail of the node that it leads to."""
        if time.process_time() > self.until:
            raise TooLarge(f"the undominated sums of {len(steps)} parties take too long at issue {name}; merge options")
        sums, words, counts = [], [], []
        for target in np.unique(layer.target[edges]):
            those, tails = edges[layer.target[edges] == target], after[int(target)]
            sums.append((steps[:, those, None] + tails.sums[:, None, :]).reshape(len(steps), -1))
            words.append(self._words.plus(tails.words, layer.issue, layer.place[those]))
            counts.append(np.tile(tails.counts, len(those)))
        if not any(part.shape[1] for part in sums):  # a node from which nothing is allowed
            return _Tails(sums=steps[:, :0], counts=np.ones(0, dtype=np.int64), words=self._words.none(0))
        return self._kept(np.concatenate(sums, axis=1), np.concatenate(words, axis=1), np.concatenate(counts), name)

    def _kept(self, sums: Whole, words: Whole, counts: NDArray[Any], name: str) -> _Tails:
        """What is undominated of sums, equal ones as one."""
        kept, same, group = _two_undominated(sums) if len(sums) == 2 else self._undominated(sums, name)
        starts = np.flatnonzero(np.concatenate((np.array([True]), group[1:] != group[:-1])))
        counts = counts[same]
        if counts.dtype != object and float(counts.astype(float).sum()) > _SAFE:
            counts = counts.astype(object)  # whole numbers of any size
        return _Tails(
            sums=sums[:, kept], counts=np.add.reduceat(counts, starts), words=_lowest(words[:, same], starts, group)
        )

    def _undominated(self, sums: Whole, name: str) -> tuple[Places, Places, Places]:
        """As `_two_undominated`, of any number of parties."""
        order = np.lexsort(tuple(-sums[::-1]))
        fallen = sums[:, order]
        new = np.concatenate((np.array([True]), (fallen[:, 1:] != fallen[:, :-1]).any(axis=0)))
        vectors = fallen[:, new]
        if len(vectors) == 3:
            best = np.sort(three_undominated(vectors))
        else:
            left = self.until - time.process_time()
            best, whole = frontier_within(vectors.astype(float), seconds=max(left, 0.0))
            if not whole:
                raise TooLarge(
                    f"the undominated sums of {len(sums)} parties take too long at issue {name}; merge options"
                )
        place = np.full(vectors.shape[1], -1)
        place[best] = np.arange(len(best))
        group = place[np.cumsum(new) - 1]
        same = group >= 0
        return order[np.flatnonzero(new)[best]], order[same], group[same]

    def outcomes(self, row: int, most: int) -> list[tuple[int, ...]]:
        """Outcomes with the sum at `row`, at most `most`, rising by index, that of lowest index among them.

        Where there are more, those of lowest index if the diagram takes issues in their order.
        """
        left = self._after[0][0][:, row : row + 1]
        node = np.zeros(1, dtype=np.intp)
        words = self._words.none(1)
        for layer, steps, after in zip(self.layers, self.steps, self._after[1:], strict=True):
            start, edge = np.nonzero(layer.source[None, :] == node[:, None])
            rest, to = left[:, start] - steps[:, edge], layer.target[edge]
            there = np.zeros(len(edge), dtype=bool)
            for target in np.unique(to):
                those = np.flatnonzero(to == target)
                there[those] = _among(after[int(target)], rest[:, those])
            start, edge = start[there], edge[there]
            longer = self._words.at(words[:, start], layer.issue, layer.place[edge])
            order = np.lexsort(tuple(longer[::-1]))[:most]
            left, node, words = rest[:, there][:, order], to[there][order], longer[:, order]
        found = [tuple(places) for places in self._words.places(words).tolist()]
        lowest = tuple(self.choices[row].tolist())
        return found if lowest in found else [lowest, *found[: most - 1]]


class _Words:
    """Indices of outcomes as whole numbers of 64 bits, the first of which counts most: places of as many issues each as
    fit. Adding the place of one issue adds to one word."""

    def __init__(self, shape: tuple[int, ...]) -> None:
        self._shape = shape
        word, size, self._word, self._times = 0, 1, [0] * len(shape), [1] * len(shape)
        for k in reversed(range(len(shape))):
            if size * shape[k] > _WORD:
                word, size = word + 1, 1
            self._word[k], self._times[k] = word, size
            size *= shape[k]
        self._number = word + 1
        self._word = [word - w for w in self._word]

    def none(self, outcomes: int) -> Whole:
        """Words of so many outcomes without a place yet."""
        return np.zeros((self._number, outcomes), dtype=np.int64)

    def plus(self, words: Whole, issue: int, places: Places) -> Whole:
        """All words with each of the places of one issue that had none, one place after the other."""
        return self.at(np.tile(words, (1, len(places))), issue, np.repeat(places, words.shape[1]))

    def at(self, words: Whole, issue: int, places: Places) -> Whole:
        """Each of the words with its own place of one issue that had none."""
        found = words.copy()
        found[self._word[issue]] += places * self._times[issue]
        return found

    def places(self, words: Whole) -> Whole:
        """(outcomes, issues) the places."""
        return np.stack(
            [words[w] // times % size for w, times, size in zip(self._word, self._times, self._shape, strict=True)],
            axis=1,
        )


def _lowest(words: Whole, starts: Places, group: Places) -> Whole:
    """(words, groups) the lowest of each group, the first word counting most."""
    found = np.empty((len(words), len(starts)), dtype=np.int64)
    left = np.ones(words.shape[1], dtype=bool)
    for row, word in zip(found, words, strict=True):
        row[:] = np.minimum.reduceat(np.where(left, word, np.iinfo(np.int64).max), starts)
        left &= word == row[group]
    return found


def _worth_going(layer: Layer, steps: Whole, edges: Places) -> Places:
    """Of edges from one node, those that no other to the same node beats for all."""
    if len(edges) < 2:
        return edges
    kept = []
    for target in np.unique(layer.target[edges]):
        those = edges[layer.target[edges] == target]
        kept.append(those[frontier(steps[:, those].astype(float))])
    return np.sort(np.concatenate(kept))


def _among(sums: Whole, wanted: Whole) -> NDArray[np.bool_]:
    """(wanted,) whether it is one of the sums, which fall lexicographically."""
    first = -sums[0]
    low, high = np.searchsorted(first, -wanted[0]), np.searchsorted(first, -wanted[0], side="right")
    found = np.zeros(wanted.shape[1], dtype=bool)
    for at, (a, b) in enumerate(zip(low.tolist(), high.tolist(), strict=True)):
        found[at] = b > a and bool((sums[1:, a:b] == wanted[1:, at : at + 1]).all(axis=0).any())
    return found


def _two_undominated(sums: Whole) -> tuple[Places, Places, Places]:
    """(place of each undominated sum, the first of equal ones; places of all that equal one; which one each equals)."""
    order = np.lexsort((-sums[1], -sums[0]))
    x, y = sums[:, order]
    best = np.maximum.accumulate(y)
    new = np.concatenate((np.array([True]), y[1:] > best[:-1]))
    start = np.maximum.accumulate(np.where(new, np.arange(len(y)), 0))
    same = np.flatnonzero((x == x[start]) & (y == y[start]))
    return order[new], order[same], (np.cumsum(new) - 1)[same]


def _step(space: Diagram) -> float:
    """The step of sums of numbers without a common unit."""
    largest = max(float(np.abs(layer.worth).max(axis=1, initial=0.0).max()) for layer in space.layers)
    largest *= len(space.layers)
    return _FINE if largest <= _SAFE * _FINE else 10.0 ** math.ceil(math.log10(largest / _SAFE))


def _unit(worths: list[Array]) -> int | None:
    """Into how many parts of 1 a party's numbers fall without a rest, where that is not finer than utilities are compared
    and no sum leaves 64 bits; None without such a number."""
    numbers = np.unique(np.concatenate(worths))
    largest = float(np.abs(numbers).max())
    reach = sum(float(np.abs(own).max(initial=0.0)) for own in worths)
    for digits in range(10):
        scaled = numbers * 10.0**digits
        if np.abs(scaled - np.rint(scaled)).max() <= 1e-15 * max(1.0, largest * 10.0**digits):
            return 10**digits if reach * 10**digits <= _SAFE else None
    parts = 1
    for x in numbers.tolist():
        near = Fraction(x).limit_denominator(_DENOMINATOR)
        parts = math.lcm(parts, near.denominator)
        if abs(x - near) > 4e-15 * largest or parts > _GRAIN or reach * parts > _SAFE:
            return None
    return parts


def _whole(worths: Array, unit: int | None, step: float) -> Whole:
    """Numbers as multiples of a part of 1, or of the step."""
    scaled = worths / step if unit is None else worths * unit
    return np.rint(scaled).astype(np.int64)
