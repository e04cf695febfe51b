"""The standard normal distribution. `scipy.special` takes half a second to load, and many an answer needs no normal at all."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def below(score: ArrayLike) -> Floats:
    """The share of a standard normal that lies below each score."""
    from scipy.special import ndtr

    result: Floats = ndtr(np.asarray(score, float))
    return result


def score(share: ArrayLike) -> Floats:
    """The score below which each share (0..1) of a standard normal lies; -inf at 0, inf at 1."""
    from scipy.special import ndtri

    result: Floats = ndtri(np.asarray(share, float))
    return result
