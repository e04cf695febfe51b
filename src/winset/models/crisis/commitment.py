"""Shifting power: when a side that will be weaker fights now."""

from dataclasses import dataclass

from winset.errors import ModelError
from winset.models.crisis.checks import cost, discount, share

EQUAL = 1e-12  # closer than this is the same: who gains nothing from war does not start one


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """war exactly where lhs > rhs; threshold: the later power above which it comes (may exceed 1: never)."""

    war: bool
    lhs: float
    rhs: float
    threshold: float | None


def preventive(d: float, p1: float, p2: float, cost_declining: float) -> Shift:
    """War before a shift from p1 to p2 (chances of the rising side), payoffs p/(1-d) - c; source Fearon 1995, 404-408.

    The declining side can be given at most the whole pie now and its war payoff from then on.
    """
    d, p1, p2 = discount(d), share("p1", p1), share("p2", p2)
    c = cost("the declining side's cost", cost_declining)
    lhs, rhs = d * p2 - p1, c * (1 - d) ** 2
    return Shift(war=lhs - rhs > EQUAL, lhs=lhs, rhs=rhs, threshold=(p1 + rhs) / d if d > 0 else None)


def power_shift(d: float, p1: float, p2: float, destroyed: float) -> Shift:
    """The same where war destroys the share `destroyed` of the pie for ever; source Powell 2006, IO 60(1), 169-203."""
    d, p1, p2, k = discount(d), share("p1", p1), share("p2", p2), share("the share destroyed", destroyed)
    lhs = (1 - k) * (d * p2 - p1)
    threshold = (k / (1 - k) + p1) / d if d > 0 and k < 1 else None
    return Shift(war=lhs - k > EQUAL, lhs=lhs, rhs=k, threshold=threshold)


def first_war(d: float, path: tuple[float, ...], cost_declining: float) -> int | None:
    """First period (from 0) of a path of power in which the declining side attacks; None where it never does."""
    if len(path) < 2:
        raise ModelError(f"a path of power needs two periods or more, got {len(path)}")
    for t in range(len(path) - 1):
        if preventive(d, path[t], path[t + 1], cost_declining).war:
            return t
    return None
