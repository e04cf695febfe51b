"""Means and medians of positions, and the Condorcet winner."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from winset.errors import ModelError

Floats = NDArray[np.float64]
TOLERANCE = 1e-9  # of the total weight: closer than this to one half is one half


@dataclass(frozen=True, slots=True)
class Median:
    """A median and what ties with it: the other end where weight splits exactly in half, else nothing."""

    value: float
    ties: tuple[float, ...] = ()


def weighted_mean(position: Floats, weight: Floats) -> float:
    """Sum of w x over sum of w; w >= 0, not all 0 (the compromise model of van den Bos 1991 with w = c s)."""
    if not weight.sum() > 0:
        raise ModelError("all weights are 0; give somebody weight")
    return float(np.average(position, weights=weight))


def weighted_median(position: Floats, weight: Floats) -> Median:
    """Smallest position at which the cumulated weight reaches half of the total; at an exact half, the lower one."""
    total = weight.sum()
    if not total > 0:
        raise ModelError("all weights are 0; give somebody weight")
    order = np.argsort(position, kind="stable")
    x, share = position[order], np.cumsum(weight[order]) / total
    value = float(x[int(np.argmax(share >= 0.5 - TOLERANCE))])
    above = x[(x > value) & (weight[order] > 0)]
    if above.size and abs(share[int(np.flatnonzero(x == value)[-1])] - 0.5) <= TOLERANCE:  # with all who stand there
        return Median(value, (float(above[0]),))
    return Median(value)


def net_votes(position: Floats, weight: Floats, a: float, b: float, width: float) -> float:
    """Votes for a against b less those for b, each actor voting w (|x - b| - |x - a|) / width."""
    return float(weight @ (np.abs(position - b) - np.abs(position - a)) / width)


def condorcet(position: Floats, weight: Floats) -> tuple[float | None, tuple[float, ...]]:
    """The held position that beats every other held one, or None with those that tie for it.

    On a line whole votes and votes in proportion to distance have the same winner: the one with the smallest
    weighted sum of distances.
    """
    held = np.unique(position)
    cost = np.array([weight @ np.abs(position - x) for x in held])
    slack = TOLERANCE * weight.sum() * max(float(np.ptp(position)), 1e-300)
    best = held[cost <= cost.min() + slack]
    return (float(best[0]), ()) if best.size == 1 else (None, tuple(map(float, best)))
