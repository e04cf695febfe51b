"""What to say when no outcome is acceptable to all: the nearest deals, and what would open a zone."""

from typing import Any

import numpy as np

from winset.models.bargaining.outcomes import Outcomes
from winset.models.bargaining.problem import Problem

_NEAREST = 5


def empty_zone(problem: Problem, space: Outcomes) -> dict[str, Any]:
    """Nearest deals and the smallest changes that would open the zone, in the parties' own units.

    nearest          outcomes with the smallest largest shortfall below a reservation value, then the smallest sum
    one_reservation  for each party: how far its reservation value alone would have to fall, and the deal that opens;
                     None where no such change suffices
    side_payment     smallest transfer that makes some outcome acceptable to all, if utility can be paid over one for
                     one; `outside` is what would have to come from a third party even so
    concession       outcome with the smallest sum of shortfalls
    linkage          what something from outside the deal would have to be worth to those who are short of it, and may
                     cost the others, for the outcome where the first is the smallest part of the second
    beyond_reach     parties to which no possible outcome at all is worth as much as no deal
    """
    u, r, unit = space.utilities, space.reservation, space.unit
    rows = np.arange(u.shape[1]) if space.allowed is None else np.flatnonzero(space.allowed)
    u = u[:, rows]
    short = np.maximum(r[:, None] - u, 0.0)
    most, total = short.max(axis=0), short.sum(axis=0)

    def deal(at: int) -> dict[str, Any]:
        choice = problem.choice(int(rows[at]))
        return {
            "outcome": problem.outcome(choice),
            "utilities": problem.worth(choice),
            "shortfall": [float(s) * unit for s in short[:, at]],
        }

    near = np.lexsort((total, most))[:_NEAREST]
    one: list[dict[str, Any]] = []
    for i, party in enumerate(problem.parties):
        others = np.flatnonzero((np.delete(short, i, axis=0) == 0).all(axis=0))
        if not others.size:
            one.append({"party": party, "change": None, "deal": None})
            continue
        at = int(others[short[i, others].argmin()])
        one.append({"party": party, "change": -float(short[i, at]) * unit, "deal": deal(at)})
    surplus = u.sum(axis=0) - r.sum()
    payable = np.flatnonzero(surplus >= 0)
    at = int(payable[total[payable].argmin()]) if payable.size else int(surplus.argmax())
    over = np.maximum(u - r[:, None], 0.0).sum(axis=0)
    tied = int(np.lexsort((total, np.divide(total, over, out=np.full(len(over), np.inf), where=over > 0)))[0])
    return {
        "nearest": [deal(int(i)) for i in near],
        "one_reservation": one,
        "side_payment": {
            "total": float(total[at]) * unit,
            "outside": max(0.0, -float(surplus[at])) * unit,
            "to": [float(s) * unit for s in short[:, at]],
            "deal": deal(at),
        },
        "concession": deal(int(total.argmin())),
        "linkage": linkage(problem, deal(tied)),
        "beyond_reach": [p for p, line, least in zip(problem.parties, u, r, strict=True) if line.max() < least],
    }


def linkage(problem: Problem, deal: dict[str, Any]) -> dict[str, Any]:
    """What a linked matter must be worth to those to whom `deal` is worth too little, and may cost the others."""
    gains = np.array(deal["utilities"]) - problem.reservation
    return {
        "deal": deal,
        "worth_at_least": {p: -float(g) for p, g in zip(problem.parties, gains, strict=True) if g < 0},
        "may_cost": {p: float(g) for p, g in zip(problem.parties, gains, strict=True) if g > 0},
    }
