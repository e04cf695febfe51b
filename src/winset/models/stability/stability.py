"""Which states of a conflict nobody would leave.

Notation of Fang, Hipel and Kilgour 1993: R_i(s) is where party i can go from s in one move, R+_i(s) those it prefers to
s, R_H(s) where the parties of H can go by legal sequences of moves, in which nobody moves twice running. With worth v
of party i, a sanction is a state r with v(r) <= v(s). Each concept is one comparison of whole arrays:

    Nash  max of v over R_i(s)                                        <= v(s)
    GMR   max over t in R_i(s) of [min of v over R_others(t)]         <= v(s)
    SMR   as GMR, with r counted at the best i could still reach from it, max of v over R_i(r)
    SEQ   as GMR, with the others' sequences made of improvements of each mover
    symmetric SEQ   SMR's count over SEQ's sequences

State t itself may be counted among the answers to t: it is better than s, so it never sanctions.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from winset.errors import ModelError
from winset.models.stability.conflict import Conflict
from winset.models.stability.foresight import limited_move, maximin, policy
from winset.models.stability.moves import Flags, least_by_sequences
from winset.models.stability.simultaneous import simultaneous

VARIANTS = ("legal_sequences", "single_step_sanctions")
PLAIN = ("nash", "gmr", "smr", "seq", "sim")
FURTHER = ("symmetric_seq", "policy")
WITH_HORIZON = ("limited_move", "maximin")
_MOST_HORIZON = 100


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Stability:
    """stable[concept] is (parties, states), whether the state is stable for the party.

    `sim` is there only with two parties, and only where it was within reach; `left_out` says why it is not.
    """

    conflict: Conflict
    variant: str
    stable: dict[str, Flags]
    left_out: tuple[str, ...] = ()

    def equilibria(self, concept: str) -> list[int]:
        """The states stable for every party."""
        return [int(s) for s in np.flatnonzero(self.stable[concept].all(axis=0))]

    def members(self, concept: str, party: int) -> list[int]:
        """The states stable for one party."""
        return [int(s) for s in np.flatnonzero(self.stable[concept][party])]


def horizon_of(concept: str) -> tuple[str, int] | None:
    """("maximin", 4) of "maximin:4"; None of a concept without a horizon. Raises ModelError on a bad horizon."""
    name, mark, text = concept.partition(":")
    if name not in WITH_HORIZON:
        return None
    if not mark or not text.isascii() or not text.isdigit() or not 1 <= int(text[:9]) <= _MOST_HORIZON:
        raise ModelError(f"{concept!r} needs a horizon from 1 to {_MOST_HORIZON} moves, as in {name}:3")
    return name, int(text)


def solve(
    conflict: Conflict, *, variant: str = VARIANTS[0], concepts: Sequence[str] = ("nash", "gmr", "smr", "seq", "sim")
) -> Stability:
    """Stable states under `concepts`: nash, gmr, smr, seq, sim, symmetric_seq, policy, limited_move:h, maximin:h.

    Raises ModelError on an unknown variant or concept, TooLarge where a concept needs a list of all moves and there
    are too many states.
    Sources: Fang, Hipel and Kilgour 1993; symmetric SEQ: Rego and Vieira 2017.
    """
    if variant not in VARIANTS:
        raise ModelError(f"no variant {variant!r}; there are {', '.join(VARIANTS)}")
    for concept in concepts:
        if concept not in PLAIN + FURTHER and horizon_of(concept) is None:
            known = (*PLAIN, *FURTHER, *(f"{name}:h" for name in WITH_HORIZON))
            raise ModelError(f"no concept {concept!r}; there are {', '.join(known)}")
    wanted = set(concepts)
    single = variant == VARIANTS[1]
    shape = (len(conflict.parties), len(conflict.labels))
    stable = {c: np.zeros(shape, dtype=bool) for c in concepts if c != "sim"}
    upward = [moves.upward(own) for moves, own in zip(conflict.moves, conflict.worth, strict=True)] if wanted & {
        "seq", "symmetric_seq"
    } else []  # fmt: skip
    for i, (moves, v) in enumerate(zip(conflict.moves, conflict.worth, strict=True)):
        others = [conflict.moves[j] for j in conflict.others(i)]
        best = moves.most(v)  # where i can get from each state by itself
        if "nash" in wanted:
            stable["nash"][i] = best <= v
        if "gmr" in wanted:
            stable["gmr"][i] = moves.most(least_by_sequences(v, others, single=single)) <= v
        if "smr" in wanted:
            held = np.minimum(v, least_by_sequences(best, others, single=single))
            stable["smr"][i] = moves.most(held) <= v
        if wanted & {"seq", "symmetric_seq"}:
            credible = [upward[j] for j in conflict.others(i)]
            if "seq" in wanted:
                stable["seq"][i] = moves.most(least_by_sequences(v, credible, single=single)) <= v
            if "symmetric_seq" in wanted:
                held = np.minimum(v, least_by_sequences(best, credible, single=single))
                stable["symmetric_seq"][i] = moves.most(held) <= v
        if "policy" in wanted:
            stable["policy"][i] = policy(conflict, i, single=single)
        for concept in concepts:
            asked = horizon_of(concept)
            if asked is not None and asked[0] == "maximin":
                stable[concept][i] = maximin(conflict, i, asked[1], single=single)
    for concept in concepts:
        asked = horizon_of(concept)
        if asked is not None and asked[0] == "limited_move":
            stable[concept] = limited_move(conflict, asked[1])
    left_out: tuple[str, ...] = ()
    if "sim" in wanted and len(conflict.parties) == 2:
        found, why = simultaneous(conflict)
        if found is None:
            left_out = (why,)
        else:
            stable["sim"] = found
    return Stability(conflict=conflict, variant=variant, stable=stable, left_out=left_out)
