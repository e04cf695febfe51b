"""Means and medians of many draws of positions at once; draws lie along the first axis."""

import numpy as np

from winset.models.spatial.averages import TOLERANCE, Floats
from winset.models.spatial.challenge import Variant, challenge

VARIANT: Variant = "scholz-code"
"""The variant of the challenge model that draws go through: the one that reproduces published tables."""


def means(position: Floats, weight: Floats) -> Floats:
    """(draws,) weighted means of (draws, parties); nan where nobody has weight."""
    total, sum_ = np.zeros(len(position)), np.zeros(len(position))
    for i in range(position.shape[1]):  # in order, so that no sum depends on the number of draws
        total = total + weight[:, i]
        sum_ = sum_ + weight[:, i] * position[:, i]
    result: Floats = np.divide(sum_, total, out=np.full(len(position), np.nan), where=total > 0)
    return result


def after_challenges(position: Floats, capability: Floats, salience: Floats, rounds: int) -> Floats:
    """(draws,) power-weighted medians after `rounds` rounds of the challenge model, variant VARIANT.

    Arrays (draws, parties), salience 0 to 100. On a line that median is the Condorcet winner, where there is one.
    """
    moved = challenge(position, capability, salience / 100, variant=VARIANT, rounds=rounds)[-1].position
    return medians(moved, capability * salience)


def spreads(position: Floats, weight: Floats) -> Floats:
    """(draws,) weighted standard deviations."""
    return np.sqrt(means((position - means(position, weight)[:, None]) ** 2, weight))


def medians(position: Floats, weight: Floats) -> Floats:
    """(draws,) smallest position at which the cumulated weight reaches half; at an exact half the lower one."""
    order = np.argsort(position, axis=1, kind="stable")
    x, w = np.take_along_axis(position, order, axis=1), np.take_along_axis(weight, order, axis=1)
    below = np.cumsum(w, axis=1)
    total = below[:, -1]
    share = np.divide(below, total[:, None], out=np.zeros_like(below), where=total[:, None] > 0)
    at = np.argmax(share >= 0.5 - TOLERANCE, axis=1)
    return np.where(total > 0, x[np.arange(len(x)), at], np.nan)
