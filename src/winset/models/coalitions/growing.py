"""Deegan-Packel and Holler under any rule, from minimal winning coalitions grown player by player, each with its chance.

Players are gone through from the heaviest to the lightest. One without whom the rest cannot win any more joins for sure; once
the coalition wins nobody else joins; otherwise a player joins with a chance that lies near the share of the remaining weight
that is still needed. A coalition that is minimal in the end counts by one over the chance with which it was grown, so that every
minimal winning coalition counts alike whatever the chances were. Source: Knuth 1975, Mathematics of Computation 29, 121-136.
"""

import numpy as np
from numpy.typing import NDArray

from winset.models.coalitions.rules import VotingRule
from winset.models.coalitions.sampling import Estimate, conditions, met

Floats = NDArray[np.float64]
GROWN = 40_000
LEAST = 0.02  # smallest chance of joining, or of not joining, where both can be
FEWEST = 400
"""As many coalitions drawn alike would tell as much; below, nothing is told."""


def minimal_under_any(rule: VotingRule, rng: np.random.Generator, samples: int = GROWN) -> dict[str, Estimate] | None:
    """Both indices with twice the largest standard error; None where too few coalitions carry nearly all the weight."""
    ways, n = conditions(rule), len(rule.players)
    weights = np.array([w for way in ways for w, _ in way])
    quotas = np.array([q for way in ways for _, q in way])
    order = np.argsort(-(weights / np.maximum(quotas, 1e-300)[:, None]).max(axis=0), kind="stable")
    after = weights.sum(axis=1)
    sums = np.zeros((len(quotas), samples))
    members = np.zeros((n, samples), dtype=bool)
    chance = np.zeros(samples)  # its logarithm
    for i in order:
        w = weights[:, i, None]
        won = met(ways, sums)
        needed = ~met(ways, sums + (after[:, None] - w))
        p = np.clip(_share_needed(ways, sums, after), LEAST, 1 - LEAST)
        joins = ~won & (needed | (rng.random(samples) < p))
        free = ~won & ~needed
        chance += np.where(free, np.log(np.where(joins, p, 1 - p)), 0.0)
        members[i] = joins
        sums += w * joins
        after = after - weights[:, i]
    minimal = met(ways, sums)
    for i in range(n):
        minimal &= ~(members[i] & met(ways, sums - weights[:, i, None]))
    if not minimal.any():
        return None
    counts = np.where(minimal, np.exp(np.where(minimal, chance[minimal].min() - chance, 0.0)), 0.0)
    counts /= counts.sum()
    if 1 / (counts**2).sum() < FEWEST:
        return None
    size = members.sum(axis=0)
    return {
        "deegan_packel": _ratio(counts, members / np.maximum(size, 1), np.ones(samples)),
        "holler": _ratio(counts, members.astype(float), size.astype(float)),
    }


def _share_needed(ways: list[list[tuple[Floats, float]]], sums: Floats, after: Floats) -> Floats:
    """(samples,) of the weight that is left, the share still needed in the condition that needs most, in the way that
    needs least."""
    found: Floats | None = None
    at = 0
    for way in ways:
        most = np.zeros(sums.shape[1])
        for _, quota in way:
            left = after[at]
            most = np.maximum(most, (quota - sums[at]) / left if left > 0 else np.where(sums[at] >= quota, 0.0, 1.0))
            at += 1
        found = most if found is None else np.minimum(found, most)
    assert found is not None
    return found


def _ratio(counts: Floats, own: Floats, whole: Floats) -> Estimate:
    """Sum of counts x own (players, samples) over that of counts x whole (samples,), with twice its standard error."""
    total = float(counts @ whole)
    values = own @ counts / total
    off = counts * (own - values[:, None] * whole)
    return Estimate(values=values, error=float(2 * np.sqrt((off**2).sum(axis=1)).max() / total))
