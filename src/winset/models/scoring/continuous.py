"""Scores of distributions over a number."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from winset.errors import ModelError
from winset.models.normal import below

Floats = NDArray[np.float64]


def crps_normal(mean: ArrayLike, sd: ArrayLike, y: ArrayLike) -> Floats:
    """Continuous ranked probability score of a normal (Gneiting and Raftery 2007); sd > 0, units of y."""
    m, s, at = (np.asarray(a, float) for a in (mean, sd, y))
    if (s <= 0).any():
        raise ModelError(f"a standard deviation is positive, got {s.min():g}")
    z = (at - m) / s
    density = np.exp(-z * z / 2) / np.sqrt(2 * np.pi)
    result: Floats = s * (z * (2 * below(z) - 1) + 2 * density - 1 / np.sqrt(np.pi))
    return result


def crps_ensemble(members: ArrayLike, y: float, *, weights: ArrayLike | None = None, fair: bool = False) -> float:
    """mean |x - y| - half the mean |x - x'|, over all pairs or (`fair`) over pairs of different members."""
    x = np.sort(np.asarray(members, float))
    if x.size == 0 or (fair and (x.size < 2 or weights is not None)):
        raise ModelError("needs a member, and for the fair score two members of equal weight")
    if fair:
        rank = np.arange(x.size)
        spread = 2 * float((x * (2 * rank - x.size + 1)).sum()) / (x.size * (x.size - 1))
        return float(np.abs(x - y).mean()) - spread / 2
    order = np.argsort(np.asarray(members, float), kind="stable")
    w = np.ones(x.size) if weights is None else np.asarray(weights, float)[order]
    w = w / w.sum()
    below = np.cumsum(w)[:-1]
    return float(w @ np.abs(x - y)) - float((below * (1 - below) * np.diff(x)).sum())


def crps_grid(distribution: ArrayLike, grid: ArrayLike, y: ArrayLike) -> Floats:
    """Integral of (F - 1[x >= y])^2 for F given at the points of `grid` and linear between them.

    distribution  (n, len(grid)), rising in 0..1; grid not falling, a step where it stands still; y (n,) inside the grid
    """
    F, g = np.atleast_2d(np.asarray(distribution, float)), np.asarray(grid, float)
    at = np.atleast_1d(np.asarray(y, float))
    total = np.zeros(len(F))
    for low, high, a, b in zip(g[:-1], g[1:], F.T[:-1], F.T[1:], strict=True):
        if high == low:
            continue
        split = np.clip(at, low, high)
        mid = a + (b - a) * (split - low) / (high - low)
        total += (split - low) * (a * a + a * mid + mid * mid) / 3
        total += (high - split) * ((1 - mid) ** 2 + (1 - mid) * (1 - b) + (1 - b) ** 2) / 3
    return total


def interval_score(low: ArrayLike, high: ArrayLike, y: ArrayLike, *, level: float) -> Floats:
    """Width plus 2 / (1 - level) times the distance by which y was missed (Winkler 1972)."""
    a, b, at = (np.asarray(v, float) for v in (low, high, y))
    missed = np.maximum(a - at, 0) + np.maximum(at - b, 0)
    result: Floats = b - a + 2 / (1 - level) * missed
    return result


def pinball(quantile: ArrayLike, y: ArrayLike, *, level: float) -> Floats:
    """The loss that the `level` quantile minimises."""
    gap = np.asarray(y, float) - np.asarray(quantile, float)
    result: Floats = np.where(gap >= 0, level * gap, (level - 1) * gap)
    return result


def covered(low: ArrayLike, high: ArrayLike, y: ArrayLike) -> NDArray[np.bool_]:
    """Whether each y lies in its closed interval, compared at 1e-9."""
    at = np.asarray(y, float)
    result: NDArray[np.bool_] = (at >= np.asarray(low, float) - 1e-9) & (at <= np.asarray(high, float) + 1e-9)
    return result
