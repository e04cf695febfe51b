"""Nash-stable states of one conflict under many draws of what its parties want; draws lie along the first axis."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from winset.models.stability.conflict import Conflict
from winset.models.stability.moves import OptionMoves

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


def nash_many(conflict: Conflict, wishes: list[Wishes], weights: list[Floats]) -> NDArray[np.bool_]:
    """(draws, states) whether nobody gains by moving away; weights one (draws, statements) array a party."""
    draws, states = len(weights[0]), len(conflict.labels)
    found = np.ones((draws, states), dtype=bool)
    block = max(1, _CELLS // states)  # fixed by the conflict alone, so that sums are the same for any batch
    for party, (wish, weight) in enumerate(zip(wishes, weights, strict=True)):
        patterns, pattern_of = np.unique(wish.holds, axis=1, return_inverse=True)
        held = patterns.astype(float)
        order, starts, whole = moves(conflict, party)
        sizes = np.diff(np.append(starts, len(order)))
        group_of = np.empty(states, dtype=np.int64)
        if whole:
            group_of[order] = np.repeat(np.arange(len(starts)), sizes)
        for start in range(0, draws, block):
            part = slice(start, min(start + block, draws))
            score = np.rint(weight[part] @ held / STEP)  # rounding also hides in which order a sum was taken
            own = score[:, pattern_of]
            best = np.maximum.reduceat(own[:, order], starts, axis=1)
            found[part] &= own >= (best[:, group_of] if whole else best)
    return found
