"""Is one forecast better than another beyond chance? Bootstrap over groups, so that related questions stay together."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
POWER = 1.959964 + 0.841621  # two-sided 5 % level, 80 % power


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Resamples:
    """How often each question occurs in each bootstrap sample of whole groups: (samples, questions)."""

    counts: Floats

    def mean(self, losses: ArrayLike) -> Floats:
        """The mean loss in each sample."""
        result: Floats = self.counts @ np.asarray(losses, float) / self.counts.sum(axis=1)
        return result

    def interval(self, losses: ArrayLike, *, level: float = 0.95) -> tuple[float, float]:
        """Percentile interval of the mean loss."""
        low, high = np.quantile(self.mean(losses), [(1 - level) / 2, (1 + level) / 2])
        return float(low), float(high)


def resample(groups: Sequence[str], *, samples: int, rng: np.random.Generator) -> Resamples:
    """Draws as many groups as there are, with replacement, `samples` times."""
    names, index = np.unique(np.asarray(groups), return_inverse=True)
    drawn = rng.multinomial(len(names), np.full(len(names), 1 / len(names)), size=samples)
    return Resamples(counts=drawn[:, index].astype(float))


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Mean loss of a less that of b, its 95 % interval, and the smallest difference such data would show."""

    value: float
    interval: tuple[float, float]
    detectable: float


def difference(a: ArrayLike, b: ArrayLike, resamples: Resamples) -> Difference:
    """Paired: both losses are of the same questions, in the order that the resamples were drawn for."""
    gap = np.asarray(a, float) - np.asarray(b, float)
    return Difference(
        value=float(gap.mean()),
        interval=resamples.interval(gap),
        detectable=float(POWER * resamples.mean(gap).std(ddof=1)),
    )
