"""Similarity of two voting records: agreement, S, and the chance-corrected kappa and pi."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from winset.errors import ModelError


@dataclass(frozen=True, slots=True, kw_only=True)
class Similarity:
    """How alike two voters voted on the `n` roll calls where both did.

    S runs from -1 (always as far apart as the scale allows) to 1; kappa and pi are 1 where the two always agree and 0 where
    they agree as often as chance would have it. A measure that the votes do not define is None: everything without a
    common vote, kappa and pi where chance leaves no disagreement to correct for (both always vote alike, on one value).
    """

    n: int
    agreement: float | None
    s_absolute: float | None
    s_squared: float | None
    kappa_weighted_squared: float | None
    pi_weighted_squared: float | None
    kappa_nominal: float | None


def similarity(a: ArrayLike, b: ArrayLike, *, scale: tuple[float, float]) -> Similarity:
    """Compares two voting records.

    a, b   (votes,) codes on `scale`, such as yes 1, abstain 2, no 3; NaN where somebody did not vote
    scale  lowest and highest code there can be; their distance is the largest disagreement
    Raises ModelError for records of unlike length, codes off the scale, or a scale without width.
    Sources: Signorino and Ritter 1999, International Studies Quarterly 43(1) (S); Hage 2011, Political Analysis 19(3) (kappa
    and pi with squared distances); Cohen 1960 (kappa); Scott 1955 (pi).
    """
    x, y = np.asarray(a, float), np.asarray(b, float)
    low, high = scale
    if x.ndim != 1 or x.shape != y.shape:
        raise ModelError(f"two voting records need the same roll calls, got {x.shape} and {y.shape} codes")
    if not low < high:
        raise ModelError(f"a scale of votes needs low < high, got {low:g} to {high:g}")
    both = ~(np.isnan(x) | np.isnan(y))
    x, y = x[both], y[both]
    for codes in (x, y):
        off = codes[(codes < low) | (codes > high)]
        if off.size:
            raise ModelError(f"the code {off[0]:g} lies off the scale {low:g} to {high:g}")
    n = int(x.size)
    if n == 0:
        return Similarity(
            n=0, agreement=None, s_absolute=None, s_squared=None,
            kappa_weighted_squared=None, pi_weighted_squared=None, kappa_nominal=None,
        )  # fmt: skip
    apart, widest = np.abs(x - y), high - low
    codes = np.unique(np.concatenate([x, y]))
    share_x, share_y = _shares(x, codes), _shares(y, codes)
    pooled = (share_x + share_y) / 2
    squared = (codes[:, None] - codes[None, :]) ** 2
    unlike = (codes[:, None] != codes[None, :]).astype(float)
    observed = float(np.mean(apart**2))
    return Similarity(
        n=n,
        agreement=float(np.mean(apart == 0)),
        s_absolute=float(1 - 2 * apart.sum() / (n * widest)),
        s_squared=float(1 - 2 * (apart**2).sum() / (n * widest**2)),
        kappa_weighted_squared=_corrected(observed, float(share_x @ squared @ share_y)),
        pi_weighted_squared=_corrected(observed, float(pooled @ squared @ pooled)),
        kappa_nominal=_corrected(float(np.mean(apart > 0)), float(share_x @ unlike @ share_y)),
    )


def _shares(votes: NDArray[np.float64], codes: NDArray[np.float64]) -> NDArray[np.float64]:
    """The share of each code among `votes`."""
    return np.asarray([np.mean(votes == code) for code in codes])


def _corrected(observed: float, expected: float) -> float | None:
    """One less observed over expected disagreement."""
    return 1 - observed / expected if expected > 0 else None
