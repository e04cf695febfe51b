"""Which uncertain inputs an answer depends on: first-order and total Sobol indices, and Morris's screening.

Inputs that are correlated vary as one group and have one index. Functions take levels in 0..1, so that any marginal will do.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from winset.errors import ModelError
from winset.models.uncertainty.draws import SCRAMBLINGS, levels, scrambling_of
from winset.models.uncertainty.marginals import Floats

Answer = Callable[[Floats], Floats]
"""(points,) numbers, nan where there is none, of (points, inputs) levels."""
Groups = Sequence[tuple[int, ...]]

_T = 2.364624  # 97.5 % point of Student's t with SCRAMBLINGS - 1 degrees of freedom
GRID = 4
"""Morris's levels: an input stands at 0, 1/3, 2/3 or 1 and moves by 2/3."""
_INSIDE = 1e-3


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Indices:
    """Of each group: first-order and total index with 95 % intervals (groups, 2); variance and mean of the answer.

    share  of the points in which there is an answer
    """

    first: Floats
    total: Floats
    first_interval: Floats
    total_interval: Floats
    variance: float
    mean: float
    share: float


def sobol(f: Answer, groups: Groups, base: int, seed: int) -> Indices:
    """Indices from base x (groups + 2) points, `base` at least 8 and best a multiple of 8 by a power of two.

    First order by Saltelli et al. 2010 (Computer Physics Communications 181), total by Jansen 1999 (the same, 117), both on
    the centred answer; intervals from the spread over SCRAMBLINGS independent scramblings. An answer that never varies
    has indices nil. Raises ModelError where too few points have an answer.
    """
    width = 1 + max((c for group in groups for c in group), default=-1)
    u = levels(2 * width, base, seed)
    a, b = u[:, :width], u[:, width:]
    points = [a, b]
    for group in groups:
        mixed = a.copy()
        mixed[:, list(group)] = b[:, list(group)]
        points.append(mixed)
    y = f(np.concatenate(points)).reshape(len(points), base)
    both = y[:2][~np.isnan(y[:2])]
    if both.size < 2 * SCRAMBLINGS:
        raise ModelError("too few draws have an answer to say what it depends on")
    mean, variance = float(both.mean()), float(both.var())
    n, place = len(groups), scrambling_of(base)
    if variance <= 1e-24 * max(1.0, mean * mean):
        nil = np.zeros(n)
        return Indices(first=nil, total=nil, first_interval=np.zeros((n, 2)), total_interval=np.zeros((n, 2)),
                       variance=0.0, mean=mean, share=both.size / (2 * base))  # fmt: skip
    ya, yb = y[0] - mean, y[1] - mean
    first, total, first_at, total_at = np.zeros(n), np.zeros(n), np.zeros((n, 2)), np.zeros((n, 2))
    for k in range(n):
        mixed = y[2 + k] - mean
        first[k], first_at[k] = _over_scramblings(yb * (mixed - ya) / variance, place)
        total[k], total_at[k] = _over_scramblings((ya - mixed) ** 2 / (2 * variance), place)
    return Indices(first=first, total=total, first_interval=first_at, total_interval=total_at, variance=variance,
                   mean=mean, share=both.size / (2 * base))  # fmt: skip


def _over_scramblings(terms: Floats, place: np.ndarray[tuple[int], np.dtype[np.int64]]) -> tuple[float, Floats]:
    """The mean of the terms that there are, and its interval from the means of the scramblings."""
    there = ~np.isnan(terms)
    if not there.any():
        return 0.0, np.zeros(2)
    mean = float(terms[there].mean())
    parts = [terms[there & (place == s)] for s in range(SCRAMBLINGS)]
    means = [float(part.mean()) for part in parts if part.size]
    half = _T * float(np.std(means, ddof=1)) / np.sqrt(len(means)) if len(means) > 1 else np.inf
    return mean, np.array([mean - half, mean + half])


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Screening:
    """Morris's elementary effects of each group, per unit of level: mean size, mean and spread."""

    mu_star: Floats
    mu: Floats
    sigma: Floats


def morris(f: Answer, groups: Groups, trajectories: int, rng: np.random.Generator) -> Screening:
    """Effects along random paths on which one group at a time moves by 2/3; trajectories x (groups + 1) points.

    Sources: Morris 1991, Technometrics 33(2); Campolongo, Cariboni and Saltelli 2007, Environmental Modelling & Software
    22(10) (mean size, groups).
    """
    width = 1 + max((c for group in groups for c in group), default=-1)
    step = GRID / (2 * (GRID - 1))
    points = np.empty((trajectories, len(groups) + 1, width))
    orders, signs = [], []
    for r in range(trajectories):
        start = rng.integers(0, GRID // 2, width) / (GRID - 1)
        up = rng.random(len(groups)) < 0.5
        order = rng.permutation(len(groups))
        for k, group in enumerate(groups):
            if not up[k]:
                start[list(group)] += step
        points[r, 0] = start
        for at, k in enumerate(order, 1):
            points[r, at] = points[r, at - 1]
            points[r, at, list(groups[k])] += step if up[k] else -step
        orders.append(order)
        signs.append(np.where(up, 1.0, -1.0))
    inside = np.clip(points.reshape(-1, width), _INSIDE, 1 - _INSIDE)  # quantiles at 0 and 1 may be far out
    y = f(inside).reshape(trajectories, len(groups) + 1)
    effects = np.full((trajectories, len(groups)), np.nan)
    for r, (order, sign) in enumerate(zip(orders, signs, strict=True)):
        effects[r, order] = np.diff(y[r]) / step * sign[order]
    there = np.where(np.isnan(effects), 0.0, effects)
    count = np.maximum((~np.isnan(effects)).sum(axis=0), 1)
    mu = there.sum(axis=0) / count
    away = np.where(np.isnan(effects), 0.0, effects - mu)
    return Screening(
        mu_star=np.abs(there).sum(axis=0) / count, mu=mu,
        sigma=np.sqrt((away**2).sum(axis=0) / np.maximum(count - 1, 1)),
    )  # fmt: skip
