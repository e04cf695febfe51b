"""What every model of force asks of its numbers."""

import math

from winset.errors import ModelError


def share(name: str, value: float) -> float:
    """A probability or share in 0..1. Raises ModelError naming it."""
    if not (math.isfinite(value) and 0 <= value <= 1):
        raise ModelError(f"{name} lies in 0..1, got {value:g}")
    return float(value)


def cost(name: str, value: float) -> float:
    """A finite cost, not negative. Raises ModelError naming it."""
    if not (math.isfinite(value) and value >= 0):
        raise ModelError(f"{name} is not negative, got {value:g}")
    return float(value)


def discount(value: float) -> float:
    """A discount factor of a game without end: 0 <= d < 1. Raises ModelError naming the limit at 1."""
    if not (math.isfinite(value) and 0 <= value < 1):
        raise ModelError(
            f"a discount factor of a game without end lies in 0..1 and below 1, got {value:g}; "
            "at 1 the sums of payoffs have no end: take a value close to 1"
        )
    return float(value)
