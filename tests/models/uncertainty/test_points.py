"""Scrambled Sobol points are, bit for bit, those of `scipy.stats.qmc`; that is the second routine."""

import warnings

import numpy as np
import pytest
from scipy.stats import qmc

from winset.models.uncertainty.points import MOST, directions, scrambled


@pytest.mark.parametrize(("dimensions", "count"), [(1, 1), (1, 2), (2, 3), (17, 100), (60, 64), (700, 33)])
@pytest.mark.parametrize("seed", [0, 5, 2**40])
def test_points_are_those_of_scipy(dimensions: int, count: int, seed: int) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        theirs = qmc.Sobol(dimensions, scramble=True, bits=52, rng=np.random.default_rng(seed)).random(count)
    assert np.array_equal(scrambled(dimensions, count, np.random.default_rng(seed)), theirs)


def test_there_are_direction_numbers_for_every_dimension() -> None:
    assert qmc.Sobol.MAXDIM == MOST
    assert directions(MOST).shape == (MOST, 52)


def test_a_power_of_two_of_points_fills_every_stretch_once() -> None:
    # a digital net: each of 64 equal stretches of each axis holds one of the first 64 points
    points = scrambled(9, 64, np.random.default_rng(3))
    assert (np.sort((points * 64).astype(int), axis=0) == np.arange(64)[:, None]).all()
