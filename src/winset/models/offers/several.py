"""More than two parties, and votes: which routine answers which question."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from winset.errors import ModelError, NoBargainingZone
from winset.models.offers.alternating import uncertain_deadline
from winset.models.offers.inputs import Numbers, OffersAnswer, OffersQuestion, matching
from winset.models.offers.legislature import LegislativeDeal, closed_rule, open_rule
from winset.models.offers.rounds import LastRound, Waiting, by_quota, unanimous
from winset.models.offers.unanimity import at_random, in_turn

Floats = NDArray[np.float64]
Solved = tuple[Numbers, int | None, dict[str, Any], tuple[str, ...]]


def many_sides(q: OffersQuestion) -> OffersAnswer:
    """Shares of a pie of 1 under unanimity or by votes. The price of haste compares with the most patient other."""
    n = len(q.parties)
    if q.utilities is not None:
        raise ModelError("a frontier of deals is solved for two sides; drop it, or name two parties")
    d = _factors(q, n)
    shares, at, details, notes = _solved(q, d)
    prices: list[float | None] = []
    for i in range(n):
        other = float(np.delete(d, i).max())
        if other == d[i]:
            prices.append(0.0)
            continue
        changed = d.copy()
        changed[i] = other
        try:
            prices.append(_solved(q, changed)[0][i] - shares[i])
        except (ModelError, NoBargainingZone):
            prices.append(None)
    if n > 2:
        notes = (*notes, "The price of haste compares with the most patient of the others.")
    return OffersAnswer(
        parties=q.parties, shares=shares, agreement_round=at, price_of_haste=tuple(prices), details=details, notes=notes
    )


def _factors(q: OffersQuestion, n: int) -> Floats:
    """(parties,) discount factors; 1 where something else presses and breakdown takes their place."""
    if q.discounts is None or (q.breakdown is not None and not q.both):
        if q.breakdown is None and q.cost is None and q.horizon is None and q.deadline is None:
            raise ModelError(f"{n} parties need discount factors")
        return np.ones(n)
    d = np.array(q.discounts * n if len(q.discounts) == 1 else q.discounts, dtype=float)
    if d.shape != (n,):
        raise ModelError(f"discounts has {len(q.discounts)} numbers for {n} parties; give one for all or one for each")
    return d


def _solved(q: OffersQuestion, d: Floats) -> Solved:
    for name in ("outside", "inside", "payoffs", "cost", "final", "recognition"):
        given = getattr(q, name)
        if given is not None:
            matching(name, given, q)
    rounds = _rounds(q)
    if q.rule == "unanimity":
        found = _unanimous(q, d) if rounds is None else _unanimous_to_the_end(q, d, *rounds)
    elif q.outside is not None or q.inside is not None or q.breakdown is not None or q.cost is not None:
        raise ModelError("ways out, flows, breakdown and fixed costs are solved under unanimity; a vote here has none")
    else:
        found = _votes(q, d) if rounds is None else _votes_to_the_end(q, d, *rounds)
    return found


def _rounds(q: OffersQuestion) -> tuple[int, Floats | None] | None:
    if q.deadline is not None:
        return uncertain_deadline([r for r, _ in q.deadline], [c for _, c in q.deadline])
    if q.horizon is None:
        return None
    if q.horizon < 1:
        raise ModelError(f"a last round is 1 or later, got {q.horizon}")
    return q.horizon, None


def _waiting(q: OffersQuestion, d: Floats) -> Callable[[float], Waiting]:
    """Chance of breakdown in a round -> what waiting for the next is worth."""
    return lambda risk: Waiting.of(
        d, outside=q.outside, inside=q.inside, breakdown=risk, payoffs=q.payoffs, cost=q.cost
    )


def _unanimous(q: OffersQuestion, d: Floats) -> Solved:
    if q.cost is not None and any(q.cost):
        raise ModelError("fixed costs of more than two parties are solved with a last round; give a horizon")
    wait = _waiting(q, d)(q.breakdown or 0.0)
    if q.random or q.recognition is not None:
        deal = at_random(wait.weight, recognition=q.recognition, outside=q.outside, fixed=wait.fixed)
    else:
        deal = in_turn(wait.weight, outside=q.outside, fixed=wait.fixed)
    details = {
        "expected": deal.expected.tolist(), "proposals": deal.proposals.tolist(), "binding": deal.binding.tolist(),
    }  # fmt: skip
    notes = ("The stationary equilibrium; with more than two parties there are others.",) if len(d) > 2 else ()
    return tuple(deal.shares.tolist()), 1, details, notes


def _unanimous_to_the_end(q: OffersQuestion, d: Floats, horizon: int, hazards: Floats | None) -> Solved:
    wait = _waiting(q, d)
    risks = [q.breakdown or 0.0] * horizon if hazards is None else hazards.tolist()
    recognition = _recognition(q, len(d)) if q.random or q.recognition is not None else None
    found = unanimous([wait(risk) for risk in risks], final=q.final, recognition=recognition)
    return _last(found, ())


def _votes(q: OffersQuestion, d: Floats) -> Solved:
    n = len(d)
    if q.rule == "majority":
        vote, passes = closed_rule(n, d, quota=q.quota, recognition=q.recognition), 1.0
    else:
        if (d != d[0]).any() or q.recognition is not None or q.quota is not None:
            raise ModelError("the open rule is solved for equal members, one discount factor and simple majority")
        vote, passes = open_rule(n, float(d[0]))
    notes = ("Votes that cost the same are bought in the order of the members.",)
    return tuple(vote.shares.tolist()), 1, _vote_details(vote, passes), notes


def _vote_details(vote: LegislativeDeal, passes: float) -> dict[str, Any]:
    bought = vote.shares[1:][vote.shares[1:] > 0]
    return {
        "proposer": float(vote.proposer[0]), "partner": float(bought[0]) if bought.size else None,
        "partners": vote.partners, "proposers": vote.proposer.tolist(), "prices": vote.price.tolist(),
        "expected": vote.expected.tolist(), "passes_at_once": passes,
    }  # fmt: skip


def _votes_to_the_end(q: OffersQuestion, d: Floats, horizon: int, hazards: Floats | None) -> Solved:
    if q.rule == "open":
        raise ModelError("the open rule is solved without a last round; drop the horizon, or take --rule majority")
    n = len(d)
    risks = [0.0] * horizon if hazards is None else hazards.tolist()
    wait = _waiting(q, d)
    quota = n // 2 + 1 if q.quota is None else q.quota
    found = by_quota(n, [wait(risk) for risk in risks], quota, final=q.final, recognition=q.recognition)
    return _last(found, ("Votes that cost the same are bought with equal chances.",))


def _last(found: LastRound, notes: tuple[str, ...]) -> Solved:
    details = {"expected": found.expected.tolist(), "proposals": found.proposals.tolist()}
    return tuple(found.shares.tolist()), found.round, details, notes


def _recognition(q: OffersQuestion, n: int) -> Numbers:
    return (1 / n,) * n if q.recognition is None else q.recognition
