"""Two sides over any frontier, the proposer drawn anew each round, with or without a last round."""

import numpy as np
from numpy.typing import ArrayLike

from winset.errors import ModelError, NoBargainingZone
from winset.models.offers.alternating import Agreement
from winset.models.offers.frontier import Frontier, Pie
from winset.models.offers.terms import Pair, Terms

_EQUAL = 1e-12
_MOST = 2_000_000


def drawn(
    terms: Terms, chance: float, frontier: Frontier | None = None, *, horizon: int | None = None,
    hazards: ArrayLike | None = None, final: Pair = (0.0, 0.0),
) -> Agreement:  # fmt: skip
    """The deal when the first side is drawn first (`other`: when the second is); `chance` (0..1) of the first each round.

    Without a last round, rounds are added until nothing changes by 1e-14: values of both sides contract by their
    discount factors. Raises ModelError where nobody loses by waiting, NoBargainingZone where no offer is accepted.
    Source: Binmore 1987; Merlo & Wilson 1995, Econometrica 63(2).
    """
    space = Pie() if frontier is None else frontier
    if not 0 <= chance <= 1:
        raise ModelError(f"the chance to propose lies in 0..1, got {chance:g}")
    if horizon is None and terms.wait(0).weight * terms.wait(1).weight >= 1:
        raise ModelError("nobody loses by waiting, so every deal is an equilibrium; give a discount factor below 1")
    risk = None if hazards is None else np.asarray(hazards, dtype=float)
    value: Pair = final
    for step in range(horizon or _MOST):
        if step == 0:
            go_on = final if horizon is not None else (terms.wait(0).fixed, terms.wait(1).fixed)
        else:
            at = None if horizon is None or risk is None else float(risk[horizon - step - 1])
            waits = terms.wait(0, at), terms.wait(1, at)
            go_on = (waits[0].fixed + waits[0].weight * value[0], waits[1].fixed + waits[1].weight * value[1])
        first, took_first = _offer(terms, space, 0, go_on)
        second, took_second = _offer(terms, space, 1, go_on)
        fresh = (
            chance * first[0] + (1 - chance) * second[0],
            chance * first[1] + (1 - chance) * second[1],
        )
        settled = max(abs(fresh[0] - value[0]), abs(fresh[1] - value[1])) <= 1e-14
        value = fresh
        if horizon is None and settled and step > 0:
            break
    if not took_first and not took_second:
        raise NoBargainingZone("no deal leaves either side what refusing is worth to it")
    accepts = (max(terms.outside[0], go_on[0]), max(terms.outside[1], go_on[1]))
    binding = (terms.outside[0] > go_on[0], terms.outside[1] > go_on[1])
    return Agreement(payoffs=first, round=1 if took_first else 0, accepts=accepts, binding=binding, other=second)


def _offer(terms: Terms, space: Frontier, proposer: int, go_on: Pair) -> tuple[Pair, bool]:
    """(what this proposer's turn leads to, whether its offer is accepted)."""
    responder = 1 - proposer
    leaves = terms.outside[responder] > go_on[responder]
    failed = terms.outside if leaves else go_on
    offer = space.best(proposer, max(terms.outside[responder], go_on[responder]))
    if offer is not None and offer[proposer] >= failed[proposer] - _EQUAL:
        return offer, True
    return failed, False
