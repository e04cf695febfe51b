"""Stable states of one conflict under many draws of what its parties want; draws lie along the first axis."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

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
