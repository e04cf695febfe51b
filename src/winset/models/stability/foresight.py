"""Stability for parties that look further than one answer ahead."""

import numpy as np

from winset.models.stability.conflict import Conflict, members, reach_sets
from winset.models.stability.moves import Flags, Values, least_by_sequences


def maximin(conflict: Conflict, party: int, horizon: int, *, single: bool = False) -> Flags:
    """(states,) whether moving away could secure the party more within `horizon` moves.

    The party moves first, then the others jointly against it, then the party, and so on; anyone may stop. Horizon 1
    is Nash, 2 is GMR, 3 is SMR. Source: Rego and Vieira 2020, IEEE Transactions on SMC: Systems 50(12).
    """
    return np.asarray(
        conflict.moves[party].most(_answered(conflict, party, horizon - 1, single)) <= conflict.worth[party]
    )


def policy(conflict: Conflict, party: int, *, single: bool = False) -> Flags:
    """(states,) whether the others have a policy, an answer for each state, that holds every departure for good.

    It is the limit of maximin over even horizons, where the others have the last word: a play that never ends is
    no gain. Source: Zeng, Fang, Hipel and Kilgour 2007, Journal of Systems Science and Systems Engineering 16(2).
    """
    moves, v = conflict.moves[party], conflict.worth[party]
    others = [conflict.moves[j] for j in conflict.others(party)]
    held = np.minimum(v, least_by_sequences(v, others, single=single))
    while True:
        again = np.minimum(v, least_by_sequences(np.maximum(v, moves.most(held)), others, single=single))
        if np.array_equal(again, held):
            return np.asarray(moves.most(held) <= v)
        held = again


def _answered(conflict: Conflict, party: int, moves_left: int, single: bool) -> Values:
    """(states,) what the party can count on where the others are to move and `moves_left` moves remain."""
    moves, v = conflict.moves[party], conflict.worth[party]
    others = [conflict.moves[j] for j in conflict.others(party)]
    found: Values = v
    for step in range(moves_left):
        if (moves_left - step) % 2 == 0:  # from the last move back; the others move first
            found = np.maximum(v, moves.most(found))
        else:
            found = np.minimum(v, least_by_sequences(found, others, single=single))
    return found


def limited_move(conflict: Conflict, horizon: int) -> Flags:
    """(parties, states) whether a party that foresees `horizon` moves, its own first, would stay.

    Each mover goes where the play it foresees from there ends best for it, or stays where none ends better; among
    equally good moves the first state. With more than two parties it is open who goes next: of those who would, the
    one whose choice ends worst for the party that reasons. Horizon 1 is Nash.
    Source: Kilgour 1985; Fang, Hipel and Kilgour 1993, section 3.2.5, for two parties.
    """
    reach = reach_sets(conflict, "limited-move stability")
    n, parties = len(conflict.labels), range(len(conflict.parties))
    worth = [v.tolist() for v in conflict.worth]
    ends = [list(range(n)) for _ in parties]  # ends[i][s]: where play foreseen by i ends if i is to move at s
    for _ in range(horizon):
        new_ends = []
        for i in parties:
            after = list(range(n))  # where i expects play to end once it has moved here
            for t in range(n):
                gone = [ends[j][t] for j in parties if j != i and ends[j][t] != t]
                if gone:
                    after[t] = min(gone, key=lambda end, v=worth[i]: v[end])  # type: ignore[misc]
            row = []
            for s in range(n):
                best = s
                for t in members(reach[i][s]):
                    if worth[i][after[t]] > worth[i][best]:
                        best = after[t]
                row.append(best)
            new_ends.append(row)
        ends = new_ends
    return np.array([[ends[i][s] == s for s in range(n)] for i in parties], dtype=bool)
