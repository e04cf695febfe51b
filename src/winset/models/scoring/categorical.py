"""Scores of probabilities over several categories, ordered or not."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from winset.errors import ModelError

Floats = NDArray[np.float64]


def _checked(forecast: ArrayLike, outcome: ArrayLike) -> tuple[Floats, Floats]:
    p, y = np.atleast_2d(np.asarray(forecast, float)), np.atleast_1d(np.asarray(outcome, int))
    if len(p) != len(y) or p.shape[1] < 2:
        raise ModelError(f"needs one outcome a row and two categories or more; got {p.shape} and {y.size}")
    if (p < 0).any() or (abs(p.sum(axis=1) - 1) > 1e-9).any():
        raise ModelError("each row needs probabilities in 0..1 that sum to 1")
    if ((y < 0) | (y >= p.shape[1])).any():
        raise ModelError(f"an outcome is a category index below {p.shape[1]}, got {y.tolist()}")
    return p, np.eye(p.shape[1])[y]


def brier_multi(forecast: ArrayLike, outcome: ArrayLike) -> Floats:
    """Sum of squared differences over the categories, 0..2; `forecast` (n, K), `outcome` (n,) indexes."""
    p, y = _checked(forecast, outcome)
    result: Floats = ((p - y) ** 2).sum(axis=1)
    return result


def ranked_probability(forecast: ArrayLike, outcome: ArrayLike, *, normalised: bool = False) -> Floats:
    """Ranked probability score over ordered categories (Epstein 1969); `normalised` divides by K - 1."""
    p, y = _checked(forecast, outcome)
    score: Floats = ((np.cumsum(p - y, axis=1)[:, :-1]) ** 2).sum(axis=1)
    return score / (p.shape[1] - 1) if normalised else score


def log_score(forecast: ArrayLike, outcome: ArrayLike) -> Floats:
    """Minus the natural logarithm of the probability of the category that came, infinite where that was nil."""
    p, y = _checked(forecast, outcome)
    with np.errstate(divide="ignore"):
        result: Floats = -np.log((p * y).sum(axis=1))
    return result + 0.0
