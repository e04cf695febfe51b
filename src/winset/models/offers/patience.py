"""From what people say about waiting to discount factors, with how sure one can be of them."""

from dataclasses import dataclass

import numpy as np

from winset.errors import ModelError


@dataclass(frozen=True, slots=True)
class Factor:
    """A discount factor a round: low, most likely, high."""

    low: float
    likely: float
    high: float

    @classmethod
    def spanning(cls, values: tuple[float, ...]) -> "Factor":
        """From one value, two ends, or low, likely, high, in any order of the ends."""
        ordered = sorted(values)
        middle = ordered[1] if len(ordered) == 3 else float(np.mean(ordered))
        return cls(ordered[0], middle, ordered[-1])


def from_worth(worth: tuple[float, ...], wait: float, round_length: float) -> Factor:
    """A deal after `wait` is worth `worth` (one number, two ends, or three) of one today.

    worth  0 to 1;  wait and round_length  > 0, in the same unit of time
    """
    if not all(0 <= w <= 1 for w in worth):
        raise ModelError(f"what a later deal is worth lies between nothing and one today (0..1), got {list(worth)}")
    if wait <= 0 or round_length <= 0:
        raise ModelError(f"a wait and the length of a round are longer than nothing, got {wait:g} and {round_length:g}")
    return Factor.spanning(tuple(float(w) ** (round_length / wait) for w in worth))


def from_cost(cost: tuple[float, ...], round_length: float) -> Factor:
    """Waiting one unit of time costs `cost`, a share (0..1) of what a deal is then still worth."""
    if not all(0 <= c <= 1 for c in cost):
        raise ModelError(f"a cost of waiting is a share of the deal (0..1), got {list(cost)}")
    return Factor.spanning(tuple((1 - float(c)) ** round_length for c in cost))


def from_rate(rate: tuple[float, ...], round_length: float) -> Factor:
    """Continuous impatience at `rate` (>= 0) a unit of time."""
    if not all(r >= 0 for r in rate):
        raise ModelError(f"a rate of impatience is not negative, got {list(rate)}")
    return Factor.spanning(tuple(float(np.exp(-r * round_length)) for r in rate))


def half_life(factor: float, round_length: float) -> float:
    """Time after which a deal is worth half; infinite for a factor of 1, nothing for 0."""
    if factor >= 1:
        return float("inf")
    return 0.0 if factor <= 0 else float(round_length * np.log(0.5) / np.log(factor))
