"""The terms under which two sides bargain: what waiting leaves, what they can fall back on, how talks may end."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from winset.errors import ModelError

Pair = tuple[float, float]


class Wait(NamedTuple):
    """What a refusal is worth to somebody: `fixed + weight * (value at the next round)`, or `outside` if more."""

    fixed: float
    weight: float
    outside: float

    def worth(self, value: float) -> float:
        return max(self.outside, self.fixed + self.weight * value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Pairs in the order of the parties; the first proposes in round 1. All payoffs on the scale of the pie (1).

    discount   what a round of waiting leaves of a deal's value, 0 to 1
    outside    what a responder gets, at once, by leaving after it has turned an offer down
    inside     what talking on for ever would be worth: a flow of (1 - discount) * inside a round
    breakdown  chance that talks break down after a rejection, 0 to 1; then each gets its `payoffs`
    cost       a fixed cost of each round of waiting
    """

    discount: Pair = (1.0, 1.0)
    outside: Pair = (0.0, 0.0)
    inside: Pair = (0.0, 0.0)
    breakdown: float = 0.0
    payoffs: Pair = (0.0, 0.0)
    cost: Pair = (0.0, 0.0)

    def __post_init__(self) -> None:
        for name in ("discount", "outside", "inside", "payoffs", "cost"):
            pair = getattr(self, name)
            if len(pair) != 2 or not np.isfinite(pair).all():
                raise ModelError(f"{name} needs two finite numbers, one a side, got {list(pair)}")
        for side, value in enumerate(self.discount, start=1):
            if not 0 <= value <= 1:
                raise ModelError(f"the discount factor of side {side} lies in 0..1, got {value:g}")
        if not 0 <= self.breakdown <= 1:
            raise ModelError(f"the chance of breakdown lies in 0..1, got {self.breakdown:g}")
        if min(self.cost) < 0:
            raise ModelError(f"a cost of waiting is not negative, got {min(self.cost):g}")

    def wait(self, side: int, breakdown: float | None = None) -> Wait:
        """What `side` (0 or 1) gets by turning an offer down, with this round's chance of breakdown if it differs."""
        d, p = self.discount[side], self.breakdown if breakdown is None else breakdown
        fixed = (1 - d) * self.inside[side] + d * p * self.payoffs[side] - self.cost[side]
        return Wait(fixed, d * (1 - p), self.outside[side])

    def fallback(self) -> Pair:
        """The most each side is sure of without a deal: its outside option or what an endless impasse pays."""
        return (self._fallback(0), self._fallback(1))

    def _fallback(self, side: int) -> float:
        wait = self.wait(side)
        impasse = wait.fixed / (1 - wait.weight) if wait.weight < 1 else (0.0 if wait.fixed == 0 else -np.inf)
        return float(max(wait.outside, impasse))

    def with_discount(self, side: int, value: float) -> "Terms":
        """The same terms with another discount factor on one side."""
        return self._with("discount", side, value)

    def with_outside(self, side: int, value: float) -> "Terms":
        """The same terms with another outside option on one side."""
        return self._with("outside", side, value)

    def _with(self, name: str, side: int, value: float) -> "Terms":
        fields = {key: getattr(self, key) for key in ("discount", "outside", "inside", "breakdown", "payoffs", "cost")}
        pair = list(fields[name])
        pair[side] = value
        fields[name] = tuple(pair)
        return Terms(**fields)
