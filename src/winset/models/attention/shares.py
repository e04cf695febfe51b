"""Shares of attention with what chance leaves open: counts by article, articles drawn anew, a share for each drawn."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

PRIOR = 0.5  # Jeffreys' prior: half a saying on every issue before anything is read


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Shares:
    """share      (issues,), of all sayings counted, summing to 1
    interval      (issues, 2), ends of the central interval at `level`
    relative      (issues,), 100 for the issue spoken of most
    relative_interval  (issues, 2)
    """

    share: NDArray[np.float64]
    interval: NDArray[np.float64]
    relative: NDArray[np.float64]
    relative_interval: NDArray[np.float64]
    level: float


def shares(counts: NDArray[np.int64], *, draws: int = 2000, level: float = 0.9, rng: np.random.Generator) -> Shares:
    """How one party's sayings divide over issues.

    counts  (articles, issues), whole numbers from 0 on, at least one above 0
    draws   articles are drawn with replacement and, given their counts, shares from the Dirichlet distribution with Jeffreys'
            prior, so that few articles and few sayings both widen the interval. With one article these are the Beta
            intervals of Dirichlet marginals.
    level   0..1, of the central interval

    Raises ValueError where nothing was counted.
    Sources: Efron 1979, Annals of Statistics 7(1) (drawing clusters anew); Jeffreys 1946, Proc. R. Soc. A 186.
    """
    table = np.asarray(counts)
    if table.ndim != 2 or table.sum() <= 0 or (table < 0).any():
        raise ValueError(f"counts are articles by issues, not negative and not all 0, got shape {table.shape}")
    whole = table.sum(axis=0)
    articles = len(table)
    picked = rng.multinomial(articles, np.full(articles, 1 / articles), size=draws) @ table
    drawn = rng.standard_gamma(picked + PRIOR)
    drawn /= drawn.sum(axis=1, keepdims=True)
    tails = (1 - level) / 2
    ratio = drawn / drawn.max(axis=1, keepdims=True)
    ends = np.quantile(drawn, [tails, 1 - tails], axis=0).T
    relative_ends = 100 * np.quantile(ratio, [tails, 1 - tails], axis=0).T
    share, relative = whole / whole.sum(), 100 * whole / whole.max()
    return Shares(
        share=share, interval=_around(ends, share), relative=relative, relative_interval=_around(relative_ends, relative),
        level=level,
    )  # fmt: skip


def _around(ends: NDArray[np.float64], point: NDArray[np.float64]) -> NDArray[np.float64]:
    """The interval, never without the point that was counted."""
    return np.stack([np.minimum(ends[:, 0], point), np.maximum(ends[:, 1], point)], axis=1)
