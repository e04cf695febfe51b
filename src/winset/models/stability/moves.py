"""What one decision maker can do from each state, and what it can do for the better.

A state is an index from 0. Two kinds of moves answer the same questions:

    OptionMoves   the decision maker sets its own options; states that agree on all other options form a group
    ArcMoves      any list of arcs

Both work on whole arrays: `least(values)` is, for each state, the smallest value in it or one move away.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from winset.errors import TooLarge

Index = NDArray[np.intp]
Values = NDArray[np.int64]
Flags = NDArray[np.bool_]
NOTHING = np.iinfo(np.int64).max
"""Larger than any value: what `beyond` gives where there is no move."""
_MOST_CELLS = 1 << 26
_MOST_PRODUCTS = 50_000_000


class Steps(Protocol):
    """One mover's steps, all states at once."""

    @property
    def transitive(self) -> bool:
        """Whether two steps running could always have been one: then sequences need not remember who moved last."""
        ...

    def least(self, values: Values) -> Values:
        """(states,) the smallest value in each state or one step from it."""
        ...

    def beyond(self, values: Values) -> Values:
        """(states,) the smallest value one step from each state, the state itself left out; NOTHING where stuck."""
        ...


class Moves(Steps, Protocol):
    """All moves of one decision maker."""

    def most(self, values: Values) -> Values:
        """(states,) the largest value in each state or one move from it."""
        ...

    def targets(self, state: int) -> list[int]:
        """The states one move away, rising."""
        ...

    def upward(self, own: Values) -> Steps:
        """Only the moves to a state with a larger number in `own` (states,): unilateral improvements."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """Moves from some states of a group to others of the same group.

    sources  states from which these moves start; each is also in `order`
    order    the states among which they choose, group by group
    starts   where each group starts in `order`
    group    the group of each source
    """

    sources: Index
    order: Index
    starts: Index
    group: Index


def _layer(sources: Index, targets: Index, keys: Values) -> Layer:
    order = targets[np.argsort(keys[targets], kind="stable")]
    sorted_keys = keys[order]
    starts = np.flatnonzero(np.concatenate(([True], sorted_keys[1:] != sorted_keys[:-1])))
    return Layer(sources, order, starts, np.searchsorted(sorted_keys[starts], keys[sources]))


class OptionMoves:
    """Moves of the owner of the options in `mask`.

    codes     (states,) rising; bit k is set where option k is taken
    mask      its options
    forward   those of its options that cannot be given up once taken; `backward`: not taken up once given up
    unseen    (states,) which it does not know of, or None: it neither leaves nor reaches them
    Raises TooLarge where many one-way options make too many layers.
    """

    transitive = True

    def __init__(
        self, codes: Values, mask: int, *, forward: int = 0, backward: int = 0, unseen: Flags | None = None
    ) -> None:
        seen = np.arange(len(codes)) if unseen is None else np.flatnonzero(~unseen)
        forward, backward = forward & mask, backward & mask
        keys = codes & ~mask
        self._n = len(codes)
        self.unseen = unseen
        if not forward | backward:
            self.layers = [_layer(seen, seen, keys)] if seen.size else []
            return
        pattern = codes & (forward | backward)
        self.layers, cells = [], 0
        for here in np.unique(pattern[seen]):
            kept = (here & forward & ~pattern[seen] | pattern[seen] & backward & ~here) == 0
            cells += int(kept.sum())
            if cells > _MOST_CELLS:
                bits = (forward | backward).bit_count()
                raise TooLarge(
                    f"{bits} one-way options of one decision maker over {self._n:,} states need more than "
                    f"{_MOST_CELLS * 24 >> 30} GiB; make some of them reversible or rule out states"
                )
            self.layers.append(_layer(seen[pattern[seen] == here], seen[kept], keys))

    @property
    def whole(self) -> bool:
        """Whether every state of a group reaches every other."""
        return len(self.layers) == 1 and len(self.layers[0].sources) == self._n

    def least(self, values: Values) -> Values:
        """Smallest in each state or one move away."""
        return self._over(values, np.minimum)

    def most(self, values: Values) -> Values:
        """Largest in each state or one move away."""
        return self._over(values, np.maximum)

    def _over(self, values: Values, choose: np.ufunc) -> Values:
        found = values.copy()
        for layer in self.layers:
            found[layer.sources] = choose.reduceat(values[layer.order], layer.starts)[layer.group]
        return found

    def beyond(self, values: Values) -> Values:
        """Smallest one move away, by the two smallest of each group."""
        found = np.full(self._n, NOTHING)
        for s in range(self._n):
            targets = self.targets(s)
            if targets:
                found[s] = values[targets].min()
        return found

    def targets(self, state: int) -> list[int]:
        """The states one move away, rising."""
        for layer in self.layers:
            at = int(np.searchsorted(layer.sources, state))
            if at < len(layer.sources) and layer.sources[at] == state:
                group = int(layer.group[at])
                last = group + 1 == len(layer.starts)
                stop = len(layer.order) if last else int(layer.starts[group + 1])
                return sorted(int(t) for t in layer.order[layer.starts[group] : stop] if t != state)
        return []

    def upward(self, own: Values) -> Steps:
        """Improvements, each layer sorted once by what the owner prefers."""
        return _Upward(self._n, self.layers, own)


class _Upward:
    """Improvements within the groups of option moves: in a group sorted from the best state down, what a state can
    improve to is everything before the run of states as good as itself."""

    transitive = True

    def __init__(self, n: int, layers: list[Layer], own: Values) -> None:
        self._n = n
        self._parts = []
        for layer in layers:
            group = np.repeat(np.arange(len(layer.starts)), np.diff(np.append(layer.starts, len(layer.order))))
            by = np.lexsort((-own[layer.order], group))
            order = layer.order[by]
            worth = own[order]
            first = np.ones(len(order), dtype=bool)
            first[1:] = (group[1:] != group[:-1]) | (worth[1:] != worth[:-1])
            run = np.maximum.accumulate(np.where(first, np.arange(len(order)), 0))
            at = np.empty(n, dtype=np.intp)
            at[order] = np.arange(len(order))
            place = at[layer.sources]
            before = run[place] - 1
            some = before >= layer.starts[layer.group]
            self._parts.append((order, group, layer.sources[some], before[some]))

    def beyond(self, values: Values) -> Values:
        """Smallest among the improvements."""
        found = np.full(self._n, NOTHING)
        span = int(values.max()) - int(values.min()) + 1
        low = int(values.min())
        for order, group, sources, before in self._parts:
            # later groups lie lower, so one running minimum over the whole array starts afresh at each group
            lift = (group[-1] - group).astype(np.int64) * span
            best = np.minimum.accumulate(values[order] - low + lift)
            found[sources] = best[before] - lift[before] + low
        return found

    def least(self, values: Values) -> Values:
        """Smallest in each state or one improvement away."""
        return np.minimum(values, self.beyond(values))


class ArcMoves:
    """Moves along listed arcs; starts and ends (arcs,) are states, loops and repeats are dropped."""

    def __init__(self, n: int, starts: Sequence[int] | Index, ends: Sequence[int] | Index) -> None:
        a, b = np.asarray(starts, dtype=np.intp), np.asarray(ends, dtype=np.intp)
        codes = np.unique(a[a != b] * n + b[a != b])
        self._n = n
        self.starts, self.ends = codes // n, codes % n
        self._known: bool | None = None

    @property
    def transitive(self) -> bool:
        """Whether whoever can go on twice could have gone at once; False too where finding out costs too much."""
        if self._known is None:
            out, into = np.bincount(self.starts, minlength=self._n), np.bincount(self.ends, minlength=self._n)
            if int(out @ into) > _MOST_PRODUCTS:
                self._known = False
            else:
                from scipy.sparse import csr_array  # slow to import, and needed by few

                a = csr_array((np.ones(len(self.starts)), (self.starts, self.ends)), shape=(self._n, self._n))
                twice = (a @ a).tocoo()
                far = twice.row != twice.col
                two = twice.row[far].astype(np.intp) * self._n + twice.col[far]
                self._known = bool(np.isin(two, self.starts * self._n + self.ends).all())
        return self._known

    def least(self, values: Values) -> Values:
        """Smallest in each state or one move away."""
        return np.minimum(values, self.beyond(values))

    def most(self, values: Values) -> Values:
        """Largest in each state or one move away."""
        found = values.copy()
        if self.starts.size:
            heads = np.flatnonzero(np.concatenate(([True], self.starts[1:] != self.starts[:-1])))
            best = np.maximum.reduceat(values[self.ends], heads)
            found[self.starts[heads]] = np.maximum(best, values[self.starts[heads]])
        return found

    def beyond(self, values: Values) -> Values:
        """Smallest one move away."""
        found = np.full(self._n, NOTHING)
        if self.starts.size:
            heads = np.flatnonzero(np.concatenate(([True], self.starts[1:] != self.starts[:-1])))
            found[self.starts[heads]] = np.minimum.reduceat(values[self.ends], heads)
        return found

    def targets(self, state: int) -> list[int]:
        """The states one move away, rising."""
        low, high = np.searchsorted(self.starts, [state, state + 1])
        return [int(t) for t in self.ends[low:high]]

    def upward(self, own: Values) -> "ArcMoves":
        """Improvements: the arcs that lead to a larger number."""
        better = own[self.ends] > own[self.starts]
        found = ArcMoves(self._n, self.starts[better], self.ends[better])
        if self.transitive:
            found._known = True
        return found


def least_by_sequences(values: Values, movers: Sequence[Steps], *, single: bool = False) -> Values:
    """(states,) the smallest value in each state or where `movers` can bring it.

    They go by legal sequences, in which nobody moves twice running, or with `single` by one step of one of them.
    Source: Fang, Hipel and Kilgour 1993, chapter 4.
    """
    if single or len(movers) < 2:
        found = values
        for mover in movers:
            found = np.minimum(found, mover.least(values))
        return found
    if all(mover.transitive for mover in movers):
        found, quiet, k = values, 0, 0
        while quiet < len(movers):
            new = movers[k].least(found)
            quiet = quiet + 1 if np.array_equal(new, found) else 1
            found, k = new, (k + 1) % len(movers)
        return found
    # reached[k]: by sequences that mover k does not open; so k may have moved just before
    reached = [values] * len(movers)
    while True:
        opened = [mover.beyond(reached[k]) for k, mover in enumerate(movers)]
        new_reached = []
        for k in range(len(movers)):
            best = values
            for j, one in enumerate(opened):
                if j != k:
                    best = np.minimum(best, one)
            new_reached.append(best)
        if all(np.array_equal(a, b) for a, b in zip(reached, new_reached, strict=True)):
            found = values
            for one in opened:
                found = np.minimum(found, one)
            return found
        reached = new_reached
