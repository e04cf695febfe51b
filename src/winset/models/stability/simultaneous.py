"""SIM: both of two parties improve at once, and it turns out badly."""

import numpy as np

from winset.models.stability.conflict import MOST_LISTED, Conflict, better_sets, members, reach_sets
from winset.models.stability.moves import NOTHING, Flags, OptionMoves

MOST_TABLE = 1 << 31
"""Comparisons up to which the table of two parties' options is gone through."""


def simultaneous(conflict: Conflict) -> tuple[Flags | None, str]:
    """(2, states) whether each improvement of a party meets one of the other's that leaves it no better off.

    Both start from the state and take effect together; where that is no feasible state nothing is sanctioned.
    None, with the reason, where there are too many states. Source: Fraser and Hipel 1984, chapter 3.
    """
    if conflict.codes is not None and all(isinstance(m, OptionMoves) and m.whole for m in conflict.moves):
        masks = [sum(1 << k for k, owner in enumerate(conflict.owners) if owner == i) for i in (0, 1)]
        rows, row = np.unique(conflict.codes & masks[0], return_inverse=True)
        columns, column = np.unique(conflict.codes & masks[1], return_inverse=True)
        cost = len(rows) * len(columns) * (len(rows) + len(columns))
        if cost <= MOST_TABLE:
            return _table(conflict, row, column, (len(rows), len(columns))), ""
        return None, f"SIM would take {cost:,} comparisons, more than {MOST_TABLE:,}; rule out states"
    if len(conflict.labels) > MOST_LISTED:
        return None, f"SIM of {len(conflict.labels):,} states with one-way moves is not listed; rule out states"
    return _listed(conflict), ""


def _table(conflict: Conflict, row: Flags, column: Flags, shape: tuple[int, int]) -> Flags:
    there = np.zeros(shape, dtype=bool)
    there[row, column] = True
    found = np.zeros((2, len(conflict.labels)), dtype=bool)
    for i in (0, 1):
        mine, theirs = np.full(shape, -1), np.full(shape, -1)
        mine[row, column] = _places(conflict.worth[i])
        theirs[row, column] = _places(conflict.worth[1 - i])
        held = np.ones(shape, dtype=bool)
        a, b, c = (mine, theirs, there) if i == 0 else (mine.T, theirs.T, there.T)
        h = held if i == 0 else held.T
        for k in range(a.shape[0]):  # the focal party's present choice
            order = np.argsort(-b[k], kind="stable")
            worst = np.where(c, a, NOTHING)[:, order]  # (its other choices, the other's from best down)
            run = np.minimum.accumulate(worst, axis=1)
            ranked = b[k][order]
            before = np.searchsorted(-ranked, -b[k], side="left") - 1  # last of those the other prefers
            low = np.where((before >= 0)[None, :], run[:, before], NOTHING)
            gain = c & (a > a[k][None, :])
            h[k] = ~(gain & (low > a[k][None, :])).any(axis=0)
        found[i] = held[row, column]
    return found


def _places(worth: Flags) -> Flags:
    """Worth as whole numbers from 0, so that -1 is below all."""
    return np.asarray(np.unique(worth, return_inverse=True)[1])


def _listed(conflict: Conflict) -> Flags:
    reach = reach_sets(conflict, "SIM")
    n = len(conflict.labels)
    above = [better_sets(v) for v in conflict.worth]
    found = np.ones((2, n), dtype=bool)
    for i in (0, 1):
        j = 1 - i
        for s in range(n):
            good = above[i][s]
            answers = list(members(reach[j][s] & above[j][s]))
            found[i, s] = all(
                any(reach[j][t] & reach[i][r] & ~good for r in answers) for t in members(reach[i][s] & good)
            )
    return found
