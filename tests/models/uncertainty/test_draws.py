"""Draws: the same seed gives the same numbers, correlated inputs move together, and intervals cover what they say."""

import numpy as np
import pytest
from scipy.stats import spearmanr

from winset.errors import ModelError
from winset.models.uncertainty.draws import Correlation, Inputs, alike, draw, levels, scrambling_of
from winset.models.uncertainty.marginals import Discrete, Piecewise, Triangular
from winset.models.uncertainty.summary import summarise

THREE = Inputs(
    names=("a", "b", "c"),
    marginals=(Piecewise.uniform(0, 1), Triangular(0, 20, 100), Discrete((1.0, 2.0), (0.3, 0.7))),
    correlations=(Correlation(columns=(0, 1), matrix=alike(2, 0.8)),),
)


def test_the_same_seed_gives_the_same_draws_whatever_the_batch() -> None:
    whole = draw(THREE, 500, 7)
    u = levels(3, 500, 7)
    for size in (1, 13, 500):
        parts = [THREE.values(u[at : at + size]) for at in range(0, 500, size)]
        assert np.array_equal(np.concatenate(parts), whole)
    assert not np.array_equal(draw(THREE, 500, 8), whole)


def test_more_draws_go_on_from_the_same_points() -> None:
    few, many = draw(THREE, 80, 3), draw(THREE, 800, 3)
    assert np.array_equal(few[scrambling_of(80) == 2], many[scrambling_of(800) == 2][:10])


def test_correlated_inputs_keep_their_own_distributions() -> None:
    x = draw(THREE, 8192, 1)
    # a normal copula with correlation r has rank correlation 6/pi asin(r/2)
    assert spearmanr(x[:, 0], x[:, 1]).statistic == pytest.approx(6 / np.pi * np.arcsin(0.4), abs=0.01)
    assert np.quantile(x[:, 0], [0.1, 0.5, 0.9]) == pytest.approx([0.1, 0.5, 0.9], abs=0.005)
    assert (x[:, 2] == 2).mean() == pytest.approx(0.7, abs=0.002)
    assert THREE.groups == ((0, 1), (2,))


def test_stated_intervals_of_the_mean_cover_it() -> None:
    # a smooth and a jumping function of two inputs; the interval mean +- t(7) standard errors should hold 95 in 100
    two = Inputs(names=("a", "b"), marginals=(Piecewise.uniform(0, 1), Piecewise.uniform(0, 1)))
    held = {"smooth": 0, "jump": 0}
    for seed in range(200):
        x = draw(two, 256, seed)
        for name, values, truth in (
            ("smooth", x[:, 0] * x[:, 1], 0.25), ("jump", (x.sum(axis=1) > 0.7).astype(float), 1 - 0.7**2 / 2)
        ):  # fmt: skip
            found = summarise(values, scrambling_of(256))
            assert found.mean is not None
            assert found.standard_error is not None
            held[name] += abs(found.mean - truth) <= 2.365 * found.standard_error
    assert all(178 <= count <= 200 for count in held.values()), held


def test_draws_without_a_value_are_left_out_and_counted() -> None:
    found = summarise(np.array([1.0, np.nan, 3.0, np.nan]), np.array([0, 0, 1, 1]))
    assert (found.share, found.mean) == (0.5, 2.0)


@pytest.mark.parametrize(
    ("matrix", "message"),
    [
        ([[1, 0.9, -0.9], [0.9, 1, 0.9], [-0.9, 0.9, 1]], "contradict each other"),
        ([[1, 0.5, 0], [0.4, 1, 0], [0, 0, 1]], "symmetric"),
        ([[2, 0, 0], [0, 1, 0], [0, 0, 1]], "1 on its diagonal"),
        ([[1, 0], [0, 1]], "3 by 3, got 2 by 2"),
        ([[1, 1.5, 0], [1.5, 1, 0], [0, 0, 1]], r"lies in -1..1, got 1.5"),
    ],
)
def test_a_matrix_of_correlations_that_is_none_is_refused(matrix: list[list[float]], message: str) -> None:
    with pytest.raises(ModelError, match=message):
        Correlation(columns=(0, 1, 2), matrix=np.array(matrix, dtype=float))
