"""Which divisions both sides prefer to war."""

from dataclasses import dataclass

from winset.errors import ModelError
from winset.models.crisis.checks import cost, share

TOLERANCE = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True)
class BargainingRange:
    """range      (low, high) share of the first side, cut to 0..1; None where no division is left
    peaceful   whether some division that can be made lies in it
    war        (first, second) what war is worth to each, in its own utility
    divisions  the divisions that can be made and lie in the range, where the stake is indivisible; else None
    """

    range: tuple[float, float] | None
    peaceful: bool
    war: tuple[float, float]
    divisions: tuple[float, ...] | None = None


def bargaining_range(
    p: float,
    costs: tuple[float, float],
    *,
    risk: tuple[float, float] = (1.0, 1.0),
    stakes: tuple[float, float] = (1.0, 1.0),
    divisions: tuple[float, ...] | None = None,
) -> BargainingRange:
    """Shares of the first side that neither would rather fight over.

    p          chance that the first side wins
    costs      of war to each, in units of what the whole pie is worth to it times `stakes`
    risk       exponent of each side's utility of a share: below 1 risk-averse, above 1 risk-seeking
    stakes     what the whole pie is worth to each, > 0; the larger, the less the same cost of war matters
    divisions  the shares that can be made at all (0 and 1 for an indivisible stake)
    Source: Fearon 1995, IO 49(3), 386-390. Risk-seeking sides or stakes that cannot be divided may leave nothing.
    """
    p = share("the chance that the first side wins", p)
    for side in (0, 1):
        if not risk[side] > 0 or not stakes[side] > 0:
            raise ModelError(f"risk exponents and stakes are above 0, got {list(risk)} and {list(stakes)}")
    first = p - cost("a cost of war", costs[0]) / stakes[0]
    second = 1 - p - cost("a cost of war", costs[1]) / stakes[1]
    low = max(first, 0.0) ** (1 / risk[0]) if risk[0] != 1 else max(first, 0.0)
    if risk[1] == 1:  # p + c, and not 1 - (1 - p - c), which would lose digits
        high = min(p + costs[1] / stakes[1], 1.0)
    else:
        high = 1 - max(second, 0.0) ** (1 / risk[1])
    return _range(low, high, (first, second), divisions)


def first_strike(
    first: float, struck: float, costs: tuple[float, float], *, divisions: tuple[float, ...] | None = None
) -> BargainingRange:
    """The range where striking first pays: the first side wins with `first` if it strikes, with `struck` if struck.

    Source: Fearon 1995, 402-404: empty exactly where the advantage exceeds the sum of the costs.
    """
    first, struck = share("the chance of winning by striking first", first), share("the chance if struck", struck)
    low = first - cost("a cost of war", costs[0])
    high = struck + cost("a cost of war", costs[1])
    return _range(max(low, 0.0), min(high, 1.0), (low, 1 - high), divisions)


def tied_hands(
    p: float, costs: tuple[float, float], demands: tuple[float, float], audience: tuple[float, float]
) -> BargainingRange:
    """The range after each side has said in public what share it will not settle below.

    demands   the share each demands for itself, 0..1;  audience  what giving way would cost it at home, >= 0
    Settling below its demand is worth that much less to a side. Strong words on both sides can leave no peace.
    Source: Fearon 1997, JCR 41(1).
    """
    plain = bargaining_range(p, costs)
    low, high = p - costs[0], p + costs[1]
    mine, theirs = share("a demand", demands[0]), 1 - share("a demand", demands[1])
    if mine > low:
        low = min(mine, low + cost("an audience cost", audience[0]))
    if theirs < high:
        high = max(theirs, high - cost("an audience cost", audience[1]))
    return _range(max(low, 0.0), min(high, 1.0), plain.war, None)


def _range(low: float, high: float, war: tuple[float, float], divisions: tuple[float, ...] | None) -> BargainingRange:
    if low > high + TOLERANCE:
        return BargainingRange(range=None, peaceful=False, war=war, divisions=None if divisions is None else ())
    high = max(low, high)
    if divisions is None:
        return BargainingRange(range=(low, high), peaceful=True, war=war)
    fits = tuple(share("a division", x) for x in divisions)
    fits = tuple(x for x in fits if low - TOLERANCE <= x <= high + TOLERANCE)
    return BargainingRange(range=(low, high), peaceful=bool(fits), war=war, divisions=fits)
