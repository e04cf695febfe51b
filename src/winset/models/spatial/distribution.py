"""The default forecast: a normal around the weighted mean, with the weighted spread, cut at the ends of the scale."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from winset.models.normal import below, score

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class CutNormal:
    """A normal whose mass beyond the scale lies on its ends; sd 0 puts all of it on the mean."""

    mean: float
    sd: float
    low: float
    high: float

    def cdf(self, at: ArrayLike) -> Floats:
        """Share at or below each point; 1 from the upper end on, 0 below the lower one."""
        x = np.asarray(at, float)
        inside = (x >= self.mean).astype(float) if self.sd == 0 else below((x - self.mean) / self.sd)
        result: Floats = np.where(x >= self.high, 1.0, np.where(x < self.low, 0.0, inside))
        return result

    def quantile(self, level: ArrayLike) -> Floats:
        """The point below which a share `level` lies."""
        result: Floats = np.clip(self.mean + self.sd * score(np.asarray(level, float)), self.low, self.high)
        return result

    def crps(self, y: float) -> float:
        """Continuous ranked probability score at y inside the scale."""
        if self.sd == 0:
            return abs(y - min(max(self.mean, self.low), self.high))

        def square(z: Floats) -> Floats:  # antiderivative of ndtr(z)^2
            density = np.exp(-z * z / 2) / np.sqrt(2 * np.pi)
            result: Floats = z * below(z) ** 2 + 2 * density * below(z) - below(z * np.sqrt(2)) / np.sqrt(np.pi)
            return result

        a, b, at = (np.asarray((v - self.mean) / self.sd) for v in (self.low, self.high, y))
        return float(self.sd * (square(at) - square(a) + square(-at) - square(-b)))


def cut_normal(position: Floats, weight: Floats, scale: tuple[float, float], *, spread: float = 1.0) -> CutNormal:
    """From positions and weights (w >= 0, not all 0): weighted mean, weighted standard deviation times `spread`."""
    mean = float(np.average(position, weights=weight))
    sd = float(np.sqrt(np.average((position - mean) ** 2, weights=weight)))
    return CutNormal(mean=mean, sd=sd * spread, low=scale[0], high=scale[1])
