"""Scrambled Sobol points: the very numbers of `scipy.stats.qmc`, without `scipy.stats`, which alone takes a second to load.

Direction numbers are those that SciPy brings along (Joe and Kuo 2008, SIAM J. Sci. Comput. 30); points are scrambled by
a random lower triangular matrix of bits and a random shift (Matousek 1998, Journal of Complexity 14; Owen 1998, the same).
"""

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from winset.errors import ResourceError
from winset.models.uncertainty.marginals import Floats

BITS = 52
MOST = 21_201
"""Dimensions for which there are direction numbers."""

Words = NDArray[np.uint64]
_ONE = np.uint64(1)
_PLACES = np.arange(BITS, dtype=np.uint64)
_RISING, _FALLING = _ONE << _PLACES, (_ONE << _PLACES)[::-1].copy()


def scrambled(dimensions: int, count: int, rng: np.random.Generator) -> Floats:
    """(count, dimensions) levels in 0..1: the first points of one scrambling, which `rng` decides.

    dimensions  1 to MOST; count  1 or more; more points begin with the same ones
    """
    own = rng.spawn(1)[0]  # as scipy.stats.qmc draws
    shift = own.integers(0, 2, size=(dimensions, BITS), dtype=np.uint64) @ _RISING
    lower = np.tril(own.integers(0, 2, size=(dimensions, BITS, BITS), dtype=np.uint64)).astype(np.float32)
    lower[:, np.arange(BITS), np.arange(BITS)] = 1.0
    digits = ((directions(dimensions)[:, None, :] >> _PLACES[::-1, None]) & _ONE).astype(np.float32)
    steps = (((lower @ digits).astype(np.uint64) & _ONE) * _FALLING[:, None]).sum(axis=1)
    points = np.empty((count, dimensions), np.uint64)
    points[0] = shift
    points[1:] = steps[:, _lowest_zero(count - 1)].T
    result: Floats = np.bitwise_xor.accumulate(points, axis=0).astype(np.float64) * 2.0**-BITS
    return result


def _lowest_zero(count: int) -> NDArray[np.int64]:
    """Of 0, 1, 2 and on, the place of the lowest binary digit that is 0: which digit of Gray's code turns next."""
    numbers = np.arange(count, dtype=np.int64)
    result: NDArray[np.int64] = np.log2(~numbers & (numbers + 1)).astype(np.int64)
    return result


@lru_cache(maxsize=4)
def directions(dimensions: int) -> Words:
    """(dimensions, BITS) direction numbers; each has as many binary digits as its place says, written from the top.

    Raises ResourceError where SciPy's table of them is not where it has been since SciPy 1.7.
    """
    path = _table()
    if not path.is_file():
        raise ResourceError(f"{path} is missing: reinstall SciPy, which brings the direction numbers of Sobol points")
    with np.load(path) as table:
        polynomials, starts = table["poly"][:dimensions].tolist(), table["vinit"][:dimensions].tolist()
    found = np.empty((dimensions, BITS), np.uint64)
    found[0] = 1
    for d in range(1, dimensions):
        degree = polynomials[d].bit_length() - 1
        numbers = starts[d][:degree]
        taps = [k for k in range(1, degree + 1) if polynomials[d] >> (degree - k) & 1]
        for j in range(degree, BITS):
            new = numbers[j - degree]
            for k in taps:
                new ^= numbers[j - k] << k
            numbers.append(new)
        found[d] = numbers
    result: Words = found * _FALLING
    return result


def _table() -> Path:
    spec = find_spec("scipy")
    return Path(spec.origin if spec and spec.origin else "scipy").parent / "stats" / "_sobol_direction_numbers.npz"
