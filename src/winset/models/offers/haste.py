"""What being in a hurry costs, and what a credible delay would be worth."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from winset.errors import ModelError, NoBargainingZone
from winset.models.offers.alternating import Agreement
from winset.models.offers.terms import Terms

Solve = Callable[[Terms], Agreement]


@dataclass(frozen=True, slots=True, kw_only=True)
class Haste:
    """Pairs in the order of the parties, in the units of the deal's payoffs; None where the other deal has no answer.

    price    what a side would get with the other's discount factor, less what it gets
    delay    what it would gain by being able to stay away one more round after its own offer is turned down
    outside  what it would gain if its outside option were better by `step`
    patience what it would gain if its loss from a round of waiting were smaller by the tenth part
    """

    price: tuple[float | None, float | None]
    delay: tuple[float | None, float | None]
    outside: tuple[float | None, float | None]
    patience: tuple[float | None, float | None]


def price_of_haste(terms: Terms, solve: Solve, *, step: float = 0.01) -> Haste:
    """Each figure is a second equilibrium under changed terms, less the first.

    solve  Terms -> Agreement, the same question otherwise (horizon, frontier)
    A side's own discount factor works only while it is the responder, that is after it has turned an offer down; a
    delay that the proposer can impose then acts through the responder's factor, raised to the power of rounds waited.
    """
    base = solve(terms).payoffs

    def gain(side: int, changed: Terms) -> float | None:
        try:
            return solve(changed).payoffs[side] - base[side]
        except (ModelError, NoBargainingZone):
            return None

    prices, delays, outside, patience = [], [], [], []
    for side in (0, 1):
        own, other = terms.discount[side], terms.discount[1 - side]
        prices.append(0.0 if own == other else gain(side, terms.with_discount(side, other)))
        slower = terms.with_discount(1 - side, other**2)
        if any(terms.cost):
            costs = list(terms.cost)
            costs[1 - side] *= 2
            slower = replace(slower, cost=(costs[0], costs[1]))
        delays.append(gain(side, slower))
        outside.append(gain(side, terms.with_outside(side, terms.outside[side] + step)))
        patience.append(gain(side, terms.with_discount(side, own + (1 - own) / 10)))
    return Haste(price=_pair(prices), delay=_pair(delays), outside=_pair(outside), patience=_pair(patience))


def _pair(values: list[float | None]) -> tuple[float | None, float | None]:
    return values[0], values[1]
