"""Time-dependent concession: how much of its range a side has given up at a moment."""

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from winset.errors import ModelError

Family = Literal["polynomial", "exponential"]


def concession(
    time: ArrayLike, beta: ArrayLike, *, k: ArrayLike = 0.0, last: float = 1.0, family: Family = "polynomial"
) -> NDArray[np.float64]:
    """alpha: 0 nothing given up, 1 all of it; `time`, `beta` and `k` broadcast.

    time  0 and later, `last` the deadline;  beta  > 0, below 1 Boulware, above 1 Conceder;  k  start, 0 to 1
    polynomial  k + (1 - k) (min(t, last) / last)^(1 / beta)
    exponential exp((1 - min(t, last) / last)^beta ln k), k > 0
    Source: Faratin, Sierra & Jennings 1998, Robotics and Autonomous Systems 24.
    """
    t, b, start = np.asarray(time, float), np.asarray(beta, float), np.asarray(k, float)
    if not (np.isfinite(b).all() and (b > 0).all()):
        raise ModelError(f"beta is above 0 (below 1 Boulware, above 1 Conceder), got {b.tolist()}")
    if not ((start >= 0) & (start <= 1)).all() or not last > 0 or (t < 0).any():
        raise ModelError("k lies in 0..1, the deadline is above 0 and time does not run before 0")
    done = np.minimum(t, last) / last
    if family == "polynomial":
        return np.asarray(start + (1 - start) * done ** (1 / b))
    if (start == 0).any():
        raise ModelError("the exponential tactic needs k above 0")
    return np.asarray(np.exp((1 - done) ** b * np.log(start)))


def reaches(level: ArrayLike, beta: ArrayLike, *, k: float = 0.0, last: float = 1.0) -> NDArray[np.float64]:
    """First time at which the polynomial tactic has given up `level` (0 to 1)."""
    share = np.maximum((np.asarray(level, float) - k) / (1 - k), 0.0) if k < 1 else np.zeros_like(np.asarray(level))
    return np.asarray(last * share ** np.asarray(beta, float))


def offer(alpha: ArrayLike, low: float, high: float, *, rises: bool) -> NDArray[np.float64]:
    """The value put forward on one issue by somebody whose utility rises (a seller) or falls (a buyer) with it."""
    a = np.asarray(alpha, float)
    return np.asarray(low + (1 - a) * (high - low) if rises else low + a * (high - low))
