"""A take-it-or-leave-it offer to somebody whose cost of war is not known: the risk of miscalculation."""

from dataclasses import dataclass

from winset.errors import ModelError
from winset.models.crisis.checks import cost, share


@dataclass(frozen=True, slots=True, kw_only=True)
class Ultimatum:
    """offer            share that the proposer demands for itself
    war_probability  chance that it is refused and war follows
    value            the proposer's expected payoff
    """

    offer: float
    war_probability: float
    value: float


def private_cost(p: float, own: float, highest: float, *, lowest: float = 0.0) -> Ultimatum:
    """The best demand against a cost of war uniform on [lowest, highest].

    p  chance that the proposer wins;  own  its cost of war. The other side fights where its cost is below x - p.
    Source: Fearon 1995, IO 49(3), appendix: x = p + (highest - own) / 2, war with (highest - own) / (2 highest) where
    own < highest and x <= 1; else x = p (here with lowest = 0) and no war.
    """
    p, own = share("the chance that the proposer wins", p), cost("the proposer's cost", own)
    low, high = cost("the lowest cost", lowest), cost("the highest cost", highest)
    if high < low:
        raise ModelError(f"the highest cost is not below the lowest, got {high:g} < {low:g}")
    # Demanding m above p is refused with chance (m - low) / (high - low) and then brings p - own instead of p + m.
    extra = min(max((high + low - own) / 2 if high > low else low, low), high, 1 - p)
    return _at(p, own, extra, (extra - low) / (high - low) if high > low and extra > low else 0.0)


def screening(p: float, own: float, costs: tuple[float, ...], chances: tuple[float, ...]) -> Ultimatum:
    """The best demand against finitely many kinds of opponent: cost `costs[k]` with `chances[k]` (adding to 1).

    One of the demands p + cost is best: each leaves one kind just willing to yield. Ties: the least risk of war.
    """
    p, own = share("the chance that the proposer wins", p), cost("the proposer's cost", own)
    if len(costs) != len(chances) or not costs or min(chances) < 0 or abs(sum(chances) - 1) > 1e-9:
        raise ModelError(f"each kind needs a cost and a chance, adding to 1; got {list(costs)} and {list(chances)}")
    kinds = [cost("a cost of war", c) for c in costs]
    best: Ultimatum | None = None
    for extra in sorted({min(c, 1 - p) for c in kinds}):
        war = sum(chance for c, chance in zip(kinds, chances, strict=True) if c < extra)
        found = _at(p, own, extra, war)
        if best is None or found.value > best.value + 1e-12:
            best = found
    assert best is not None
    return best


def _at(p: float, own: float, extra: float, war: float) -> Ultimatum:
    war = min(max(war, 0.0), 1.0)
    return Ultimatum(offer=p + extra, war_probability=war, value=(1 - war) * (p + extra) + war * (p - own))
