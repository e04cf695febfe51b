"""Shapley-Shubik and Banzhaf of one weighted quota in double precision, with a bound on the error, for many players.

If everybody takes part with chance p, player i is decisive with a chance that is a polynomial in p of degree n - 1. Its
mean over p is the Shapley-Shubik value, had exactly by Gauss-Legendre points; its value at 1/2 is absolute Banzhaf.
All chances are sums of products of numbers in 0..1, so their relative error stays below 4 n units of rounding.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
TOGETHER = 512  # players whose chances are scaled together: sums stay below 2^512


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Doubles:
    """Values a player in the order of the weights, and the bound on the absolute error of each kind."""

    shapley: Floats
    banzhaf_absolute: Floats
    shapley_error: float
    banzhaf_error: float


def _decisive(
    weights: tuple[int, ...], p: float, quotas: tuple[int, int]
) -> tuple[dict[int, tuple[float, float]], float]:
    """Chance of being decisive by weight, at chance p <= 1/2 for each quota, and the error bound; by deconvolution."""
    top, ratio = max(quotas), p / (1 - p)
    f = np.zeros(top + 1)
    f[0] = 1.0
    reach = 0  # the heaviest coalition so far
    for done, w in enumerate(sorted(weights), 1):
        reach = min(reach + w, top)
        if w <= top:
            f[w : reach + 1] += ratio * f[: reach + 1 - w]
        if done % TOGETHER == 0:
            f *= (1 - p) ** TOGETHER
    f *= (1 - p) ** (len(weights) % TOGETHER)
    below = np.concatenate([[0.0], np.cumsum(f)])  # [x]: chance of a weight below x
    powers = np.multiply.accumulate(np.full(top + 2, -ratio)) / (-ratio * (1 - p))
    sizes = np.abs(powers)
    rounding = (5 * len(weights) + 2 * top) * np.finfo(float).eps
    worst = 0.0
    found = {}
    for w in set(weights):
        if w == 0:
            found[w] = (0.0, 0.0)
            continue
        pair = []
        for quota in quotas:
            upper = below[quota::-w]  # at quota, quota - w, ...; below them the same one step on, and 0 at the end
            steps = upper.size
            lower = np.append(upper[1:], 0.0)
            pair.append(float(powers[:steps] @ (upper - lower)))
            worst = max(worst, float(sizes[:steps] @ (upper + lower)) * rounding)
        found[w] = (pair[0], pair[1])
    return found, worst


def doubles(weights: tuple[int, ...], quota: int) -> Doubles:
    """Weights whole and >= 0, quota whole and in 1..total."""
    n, dual = len(weights), sum(weights) - quota + 1
    nodes, shares = np.polynomial.legendre.leggauss(n // 2 + 1)
    shapley = dict.fromkeys(set(weights), 0.0)
    error = 0.0
    for node, share in zip((nodes + 1) / 2, shares / 2, strict=True):
        if node > 0.5 + 1e-12:
            continue  # its mirror image: taking part with chance 1 - p is the dual game at p
        found, bound = _decisive(weights, float(node), (quota, dual))
        middle = abs(node - 0.5) <= 1e-12
        for w, (own, mirrored) in found.items():
            shapley[w] += share * (own if middle else own + mirrored)
        error += 2 * float(share) * bound
    half, bound = _decisive(weights, 0.5, (quota, dual))
    return Doubles(
        shapley=np.array([shapley[w] for w in weights]),
        banzhaf_absolute=np.array([half[w][0] for w in weights]),
        shapley_error=error,
        banzhaf_error=bound,
    )
