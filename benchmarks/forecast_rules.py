"""Rules that might forecast decisions better than the default: a normal around the compromise with the weighted spread.

    python benchmarks/forecast_rules.py deu3.csv

Everything learned is learned on other dossiers (ten folds, two divisions into folds). Prints the CRPS on a grid of half
points, the difference to the default with its 95 % interval (bootstrap over dossiers), and what each 80 % interval held.
"""

import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from winset.models.scoring.comparison import difference, resample
from winset.services.backtest import FOLDS, SAMPLES, backtest

Floats = NDArray[np.float64]
GRID = np.arange(0, 100.01, 0.5)
SEEDS = (0, 1)

found = backtest(Path(sys.argv[1]))
kept, y = found.decisions.kept, found.outcome
_, dossier = np.unique([d.group for d in kept], return_inverse=True)
positions = [np.array(d.position) for d in kept]
weights = [np.array(d.capability) * np.array(d.salience) for d in kept]
mean = found.methods["compromise"].point
nash, median = found.methods["nash, linear loss"].point, found.methods["power_weighted_median"].point
spread = np.array(
    [np.sqrt(np.average((x - m) ** 2, weights=w)) for x, m, w in zip(positions, mean, weights, strict=True)]
)
actors = np.array([len(x) for x in positions])
below = (y[:, None] <= GRID + 1e-9).astype(float)
again = resample([d.group for d in kept], samples=SAMPLES, rng=np.random.default_rng(0))


def normal(centre: Floats, sd: Floats) -> Floats:
    """Distribution functions on the grid, what lies beyond the scale put on its ends."""
    cdf: Floats = ndtr((GRID - centre[:, None]) / np.maximum(sd, 1e-6)[:, None])
    cdf[:, -1] = 1.0
    return cdf


def kernels(width: float) -> Floats:
    """The weighted mixture of normals around all positions; width 0: the positions themselves."""
    rows = []
    for x, w in zip(positions, weights, strict=True):
        parts = ndtr((GRID - x[:, None]) / width) if width else (x[:, None] <= GRID + 1e-9)
        rows.append(w @ parts / w.sum())
    cdf = np.array(rows)
    cdf[:, -1] = 1.0
    return cdf


def crps(cdf: Floats) -> Floats:
    found: Floats = np.trapezoid((cdf - below) ** 2, GRID, axis=1)
    return found


def folds(seed: int) -> NDArray[np.int64]:
    return (np.random.default_rng(seed).permutation(dossier.max() + 1) % FOLDS)[dossier]


def chosen(candidates: list[Floats], seed: int) -> Floats:
    """In each fold the candidate that was best in the others."""
    losses, fold, cdf = np.array([crps(c) for c in candidates]), folds(seed), np.zeros(below.shape)
    for f in range(FOLDS):
        cdf[fold == f] = candidates[int(losses[:, fold != f].mean(axis=1).argmin())][fold == f]
    return cdf


def pooled(parts: list[Floats], seed: int) -> Floats:
    """A linear pool whose weights have the least CRPS in the other folds, by exponentiated gradients."""
    fold, cdf, stack = folds(seed), np.zeros(below.shape), np.array(parts)
    for f in range(FOLDS):
        gaps = stack[:, fold != f] - below[fold != f]
        cost = np.einsum("aix,bix->ab", gaps, gaps) / (fold != f).sum()
        w = np.full(len(parts), 1 / len(parts))
        for _ in range(300):
            w = w * np.exp(-0.1 * cost @ w)
            w /= w.sum()
        cdf[fold == f] = np.einsum("a,aix->ix", w, stack[:, fold == f])
    return cdf


def climatology(seed: int) -> Floats:
    fold = folds(seed)
    return np.array([below[fold != f].mean(axis=0) for f in fold])


def held(cdf: Floats) -> float:
    """Share of outcomes in the 80 % interval; mass on an end counts by its part inside."""
    at = np.array([np.interp(v, GRID, row) for v, row in zip(y, cdf, strict=True)])
    under = np.where(y <= 0, 0.0, np.where(y >= 100, cdf[:, -2], at))
    inside = np.clip(np.minimum(at, 0.9) - np.maximum(under, 0.1), 0, None)
    mass = at - under
    return float(np.where(mass > 1e-9, inside / np.maximum(mass, 1e-9), (at >= 0.1) & (at <= 0.9)).mean())


default = normal(mean, spread)
base = crps(default)


def report(name: str, cdf: Floats) -> None:
    gap = difference(crps(cdf), base, again)
    print(f"{name:44}{crps(cdf).mean():8.2f}{gap.value:+8.2f}  ({gap.interval[0]:+.2f} to {gap.interval[1]:+.2f})"
          f"{100 * held(cdf):6.0f} %")  # fmt: skip


report("default", default)
report("normal around Nash, linear loss", normal(nash, spread))
report("normal half-way between both", normal((mean + nash) / 2, spread))
for seed in SEEDS:
    mark = f", folds {seed}"
    report("spread scaled" + mark, chosen([normal(mean, spread * k) for k in np.arange(0.5, 1.6, 0.1)], seed))
    report("spread and a floor" + mark, chosen([normal(mean, np.hypot(spread, k)) for k in range(0, 41, 4)], seed))
    report("width by number of actors" + mark, chosen(
        [normal(mean, spread * k * (actors / 10) ** e) for k in (0.6, 0.8, 1, 1.2, 1.4) for e in (-0.4, -0.2, 0, 0.2, 0.4)],
        seed))  # fmt: skip
    report("mixture over positions" + mark, chosen([kernels(h) for h in (5, 10, 15, 20, 25, 30)], seed))
    report("default with a mixture" + mark, chosen(
        [(1 - a) * default + a * kernels(h) for a in (0, 0.1, 0.2, 0.3, 0.5) for h in (0, 10, 20)], seed))  # fmt: skip
    report("centre and spread learned" + mark, chosen(
        [normal((1 - a) * mean + a * nash, spread * k) for a in (0, 0.25, 0.5, 0.75, 1) for k in (0.8, 0.9, 1, 1.1)],
        seed))  # fmt: skip
    report("pool of six" + mark, pooled([default, kernels(0), kernels(15), normal(mean, 1.5 * spread), normal(nash, spread),
                                         normal(median, spread)], seed))  # fmt: skip
    report("pool with climatology" + mark, pooled([default, kernels(0), kernels(15), climatology(seed)], seed))
