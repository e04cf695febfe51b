"""Trust from the record: how long deals of a reference class lasted, with those that still stand counted as such."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from winset.errors import ModelError

Z95 = 1.959963984540054


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Survival:
    """Kaplan-Meier curve of n deals: at `times` (rising, of failures) `survival` with its 95 % interval."""

    n: int
    ended: int
    times: NDArray[np.float64]
    survival: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    longest: float

    def at(self, time: float) -> tuple[float, tuple[float, float]]:
        """(probability that a deal still stands after `time`, 95 % interval)."""
        k = int(np.searchsorted(self.times, time, side="right")) - 1
        if k < 0:
            return 1.0, (max(0.0, 1 - 3 / self.n), 1.0)  # rule of three: nothing has failed by then
        return float(self.survival[k]), (float(self.low[k]), float(self.high[k]))


def survival(durations: ArrayLike, ended: ArrayLike) -> Survival:
    """Kaplan-Meier with Greenwood's variance and the log-log interval.

    durations  (deals,) >= 0, to the end or to the last day observed;  ended  (deals,) False where it still stood then
    Source: Kaplan & Meier 1958, JASA 53; Kalbfleisch & Prentice 1980 (interval).
    """
    t, e = np.asarray(durations, dtype=float), np.asarray(ended, dtype=bool)
    if t.ndim != 1 or t.shape != e.shape or t.size == 0:
        raise ModelError(f"a record needs one deal or more, each with a duration and an end; got {t.shape}, {e.shape}")
    if not np.isfinite(t).all() or (t < 0).any():
        raise ModelError("durations are finite and not negative")
    times = np.unique(t[e])
    at_risk = np.array([(t >= one).sum() for one in times], dtype=float)
    failed = np.array([((t == one) & e).sum() for one in times], dtype=float)
    curve = np.cumprod(1 - failed / at_risk) if times.size else np.empty(0)
    with np.errstate(divide="ignore", invalid="ignore"):
        greenwood = np.cumsum(failed / (at_risk * (at_risk - failed)))
        spread = Z95 * np.sqrt(greenwood) / np.abs(np.log(curve))
        low, high = curve ** np.exp(spread), curve ** np.exp(-spread)
    usable = np.isfinite(low) & np.isfinite(high) & (curve > 0)
    low, high = np.where(usable, low, 0.0), np.where(usable, high, _last(high, usable))
    return Survival(
        n=int(t.size), ended=int(e.sum()), times=times, survival=curve, low=low, high=high, longest=float(t.max())
    )


def kept_share(kept: int, broken: int, *, prior: tuple[float, float] = (0.5, 0.5)) -> tuple[float, tuple[float, float]]:
    """(mean, 95 % interval) of the chance that a deal is kept, from few deals: a Beta prior, wide by default.

    Source: Jeffreys' prior; Brown, Cai & DasGupta 2001, Statistical Science 16(2).
    """
    from scipy.stats import beta  # slow to import, and needed by few

    if kept < 0 or broken < 0 or min(prior) <= 0:
        raise ModelError(f"counts are not negative and a prior is above 0, got {kept}, {broken}, {list(prior)}")
    a, b = prior[0] + kept, prior[1] + broken
    low, high = (float(x) for x in beta.ppf([0.025, 0.975], a, b))
    return a / (a + b), (low, high)


def _last(high: NDArray[np.float64], usable: NDArray[np.bool_]) -> float:
    return float(high[usable][-1]) if usable.any() else 1.0
