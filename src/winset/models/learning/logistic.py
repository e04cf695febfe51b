"""Logistic regression with a ridge, by Newton's method: the same data give the same weights."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

STEPS = 30


def fit(
    features: ArrayLike, right: ArrayLike, *, offset: ArrayLike | None = None, ridge: float = 2.0
) -> NDArray[np.float64]:
    """(features,) weights that make the verdicts most likely, less ridge/2 times the square of each weight.

    features  (cases, features); a column of ones is an intercept and is shrunk like the others
    right     (cases,) 0 or 1
    offset    (cases,) log odds known beforehand, to which the features add
    The optimum is unique for ridge > 0, so where Newton's method starts does not matter.
    """
    x, y = np.asarray(features, float), np.asarray(right, float)
    if x.ndim != 2 or y.shape != x.shape[:1]:
        raise ValueError(f"features are (cases, features) with one verdict a case, got {x.shape} and {y.shape}")
    known = np.zeros(len(y)) if offset is None else np.asarray(offset, float)
    weights = np.zeros(x.shape[1])
    for _ in range(STEPS):
        chance = chances(x, weights, offset=known)
        slope = x.T @ (y - chance) - ridge * weights
        curve = (x * (chance * (1 - chance))[:, None]).T @ x + ridge * np.eye(len(weights))
        step = np.linalg.solve(curve, slope)
        weights += step / max(1.0, float(np.abs(step).max()))
        if float(np.abs(step).max(initial=0.0)) < 1e-10:
            break
    return weights


def chances(features: ArrayLike, weights: ArrayLike, *, offset: ArrayLike | None = None) -> NDArray[np.float64]:
    """(cases,) the chance of being right."""
    x = np.asarray(features, float) @ np.asarray(weights, float)
    odds = np.clip(x if offset is None else x + np.asarray(offset, float), -30, 30)
    return np.asarray(1 / (1 + np.exp(-odds)), float)
