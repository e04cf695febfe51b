"""Stable states of one conflict under many draws of what its parties want; draws lie along the first axis."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from winset.models.stability.conflict import Conflict
from winset.models.stability.moves import OptionMoves
from winset.models.stability.stability import solve

Floats = NDArray[np.float64]
Index = NDArray[np.int64]
STEP = 1e-9
"""Scores are compared after rounding to this."""
_CELLS = 1 << 19


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Wishes:
    """What one party's score of a state is made of: holds (statements, states), whether each statement is true."""

    holds: NDArray[np.bool_]


def moves(conflict: Conflict, party: int) -> tuple[Index, Index, bool]:
    """(states in order of their group, start of each group, whether groups are whole).

    Whole groups: every member reaches every other, so the best of the group is the best in reach of each. Otherwise
    the groups are the single states' own lists of what they reach.
    """
    mover = conflict.moves[party]
    if isinstance(mover, OptionMoves) and mover.whole:
        layer = mover.layers[0]
        return np.asarray(layer.order, dtype=np.int64), np.asarray(layer.starts, dtype=np.int64), True
    lists = [[s, *mover.targets(s)] for s in range(len(conflict.labels))]
    starts = np.concatenate(([0], np.cumsum([len(one) for one in lists])[:-1]))
    return np.array([s for one in lists for s in one]), starts, False


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """One party's choices, alike ones once: states whose statements hold alike have one score, and groups of states with the
    same scores to choose from have one best.

    patterns  (statements, patterns) which statements hold
    choices   patterns to choose from, one list after the other; `starts`: where each begins
    pattern, choice  of each cell
    cell_of   (states,) the cell of each state
    """

    patterns: Floats
    choices: Index
    starts: Index
    pattern: Index
    choice: Index
    cell_of: Index

    @classmethod
    def of(cls, conflict: Conflict, party: int, wish: Wishes) -> "Cells":
        """Of a party's moves and statements."""
        patterns, pattern_of = np.unique(wish.holds, axis=1, return_inverse=True)
        order, starts, whole = moves(conflict, party)
        sizes = np.diff(np.append(starts, len(order)))
        group_of = np.arange(len(starts))
        if whole:
            group_of = np.empty(len(conflict.labels), dtype=np.int64)
            group_of[order] = np.repeat(np.arange(len(starts)), sizes)
        pairs = np.unique(np.repeat(np.arange(len(starts)), sizes) * len(patterns.T) + pattern_of.ravel()[order])
        groups, members = np.divmod(pairs, len(patterns.T))
        bounds = np.searchsorted(groups, np.arange(len(starts) + 1))
        known: dict[bytes, int] = {}
        choice_of = np.empty(len(starts), dtype=np.int64)
        kept: list[Index] = []
        for n, (start, end) in enumerate(pairwise(bounds.tolist())):
            own = members[start:end]
            at = known.setdefault(own.tobytes(), len(known))
            if at == len(kept):
                kept.append(own)
            choice_of[n] = at
        cells, cell_of = np.unique(pattern_of.ravel() * len(kept) + choice_of[group_of], return_inverse=True)
        begin = np.concatenate(([0], np.cumsum([len(one) for one in kept])[:-1])).astype(np.int64)
        pattern, choice = np.divmod(cells, len(kept))
        return cls(patterns.astype(float), np.concatenate(kept), begin, pattern, choice, cell_of.ravel())

    def content(self, weight: Floats) -> NDArray[np.bool_]:
        """(cells, draws) whether nothing in reach is better; weight (draws, statements)."""
        score = np.rint(self.patterns.T @ weight.T / STEP)  # rounding also hides in which order a sum was taken
        best = np.maximum.reduceat(score[self.choices], self.starts, axis=0)
        result: NDArray[np.bool_] = score[self.pattern] >= best[self.choice]
        return result


def cells(conflict: Conflict, wishes: Sequence[Wishes]) -> list[Cells]:
    """What `nash_many` asks of a conflict, to be made once for any number of draws."""
    return [Cells.of(conflict, party, wish) for party, wish in enumerate(wishes)]


def nash_many(made: Sequence[Cells], weights: Sequence[Floats]) -> NDArray[np.bool_]:
    """(draws, states) whether nobody gains by moving away; weights one (draws, statements) array a party."""
    draws, states = len(weights[0]), len(made[0].cell_of)
    found = np.ones((states, draws), dtype=bool)  # a state's draws lie side by side, so that they are copied together
    for one, weight in zip(made, weights, strict=True):
        block = max(1, _CELLS // max(len(one.choices), len(one.pattern)))  # of the conflict alone
        for start in range(0, draws, block):
            part = slice(start, start + block)
            found[:, part] &= one.content(weight[part])[one.cell_of]
    return found.T


def stable_many(
    conflict: Conflict, wishes: list[Wishes], weights: list[Floats], concepts: Sequence[str]
) -> dict[str, NDArray[np.bool_]]:
    """{concept: (draws, states) whether the state is stable for everybody}; weights as for `nash_many`.

    Draws that rank the states alike have one answer, so only as many conflicts are solved as there are rankings.
    """
    draws, states = len(weights[0]), len(conflict.labels)
    found = {k: np.zeros((draws, states), dtype=bool) for k in concepts}
    ranks = np.empty((draws, len(wishes), states), dtype=np.int64)
    for party, (wish, weight) in enumerate(zip(wishes, weights, strict=True)):
        patterns, pattern_of = np.unique(wish.holds, axis=1, return_inverse=True)
        score = np.rint(weight @ patterns.astype(float) / STEP)
        order = np.argsort(score, axis=1, kind="stable")
        sorted_scores = np.take_along_axis(score, order, axis=1)
        steps = np.concatenate(
            (np.zeros((draws, 1), dtype=np.int64), np.cumsum(np.diff(sorted_scores, axis=1) > 0, axis=1)), axis=1
        )
        places = np.empty_like(steps)
        np.put_along_axis(places, order, steps, axis=1)
        ranks[:, party] = places[:, pattern_of]
    distinct, which = np.unique(ranks.reshape(draws, -1), axis=0, return_inverse=True)
    for k, flat in enumerate(distinct):
        one = solve(replace(conflict, worth=flat.reshape(len(wishes), states)), concepts=concepts)
        same = which == k
        for concept in concepts:
            found[concept][same] = one.stable[concept].all(axis=0)
    return found
