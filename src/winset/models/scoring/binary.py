"""Scores of probabilities for yes/no questions, and what calibration and sharpness each contribute."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from winset.errors import ModelError

Floats = NDArray[np.float64]
CLIP = 1e-6  # stated in every place where clipped log scores are shown


def checked(forecast: ArrayLike, outcome: ArrayLike) -> tuple[Floats, Floats]:
    """Both as equally long arrays of at least one element, forecasts in 0..1, outcomes 0 or 1. Raises ModelError."""
    f, o = np.asarray(forecast, float), np.asarray(outcome, float)
    if f.shape != o.shape or f.ndim != 1 or f.size == 0:
        raise ModelError(f"needs as many outcomes as forecasts, at least one; got {f.size} and {o.size}")
    if not ((f >= 0) & (f <= 1)).all():
        bad = f[~((f >= 0) & (f <= 1))][0]
        raise ModelError(f"a probability lies in 0..1, got {bad:g}; give shares, not per cent")
    if not np.isin(o, (0, 1)).all():
        raise ModelError(f"an outcome is 0 or 1, got {o[~np.isin(o, (0, 1))][0]:g}")
    return f, o


def brier(forecast: ArrayLike, outcome: ArrayLike) -> Floats:
    """Squared error of each forecast, 0..1 (Brier 1950, one category); twice this is his two-category score."""
    f, o = checked(forecast, outcome)
    result: Floats = (f - o) ** 2
    return result


def log_score(forecast: ArrayLike, outcome: ArrayLike, *, clip: float | None = None, base: float = np.e) -> Floats:
    """Minus the logarithm of the probability given to what happened; infinite where that was nil, unless clipped."""
    f, o = checked(forecast, outcome)
    if clip is not None:
        f = np.clip(f, clip, 1 - clip)
    with np.errstate(divide="ignore"):
        result: Floats = -np.log(np.where(o == 1, f, 1 - f)) / np.log(base)
    return result + 0.0


def spherical(forecast: ArrayLike, outcome: ArrayLike) -> Floats:
    """Probability of what happened over the length of the forecast vector; higher is better."""
    f, o = checked(forecast, outcome)
    result: Floats = np.where(o == 1, f, 1 - f) / np.hypot(f, 1 - f)
    return result


@dataclass(frozen=True, slots=True, kw_only=True)
class Murphy:
    """reliability - resolution + uncertainty = mean Brier score (Murphy 1973), groups by distinct forecast."""

    reliability: float
    resolution: float
    uncertainty: float

    @property
    def brier(self) -> float:
        return self.reliability - self.resolution + self.uncertainty


def murphy(forecast: ArrayLike, outcome: ArrayLike) -> Murphy:
    """The three parts of the mean Brier score; forecasts that differ by less than 1e-12 are one group."""
    f, o = checked(forecast, outcome)
    _, group = np.unique(np.round(f, 12), return_inverse=True)
    count = np.bincount(group)
    mean_f, mean_o = np.bincount(group, f) / count, np.bincount(group, o) / count
    rate = o.mean()
    return Murphy(
        reliability=float(count @ (mean_f - mean_o) ** 2 / f.size),
        resolution=float(count @ (mean_o - rate) ** 2 / f.size),
        uncertainty=float(rate * (1 - rate)),
    )


def skill(forecast: ArrayLike, outcome: ArrayLike) -> float | None:
    """1 - mean Brier / Brier of the base rate; None where everything or nothing happened."""
    parts = murphy(forecast, outcome)
    return None if parts.uncertainty == 0 else 1 - float(brier(forecast, outcome).mean()) / parts.uncertainty


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """Forecasts in [low, high) (the last bin includes 1): how many, their mean, and how often it happened."""

    low: float
    high: float
    n: int
    forecast: float
    observed: float


def calibration(forecast: ArrayLike, outcome: ArrayLike, *, bins: int = 10) -> tuple[Bin, ...]:
    """Forecast against observed frequency in equal bins; empty bins are left out."""
    f, o = checked(forecast, outcome)
    index = np.minimum((np.round(f * bins, 9)).astype(int), bins - 1)
    return tuple(
        Bin(low=b / bins, high=(b + 1) / bins, n=int((index == b).sum()),
            forecast=float(f[index == b].mean()), observed=float(o[index == b].mean()))
        for b in np.unique(index)
    )  # fmt: skip
