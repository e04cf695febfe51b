"""Logistic regression against a hand calculation and laws of its optimum."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from winset.models.learning.logistic import chances, fit


def test_one_feature_by_hand() -> None:
    # three of four right, hardly any ridge: the intercept is the log odds log(3)
    assert fit(np.ones((4, 1)), [1, 1, 1, 0], ridge=1e-9)[0] == pytest.approx(np.log(3), abs=1e-6)


@given(arrays(np.int64, (12, 3), elements=st.integers(0, 1)), arrays(np.int64, 12, elements=st.integers(0, 1)))
def test_the_slope_is_nil_at_the_optimum(x: np.ndarray, y: np.ndarray) -> None:
    weights = fit(x, y, ridge=0.5)
    assert np.abs(x.T @ (y - chances(x, weights)) - 0.5 * weights).max() < 1e-8


@given(arrays(np.int64, (12, 3), elements=st.integers(0, 1)), arrays(np.int64, 12, elements=st.integers(0, 1)))
def test_the_order_of_cases_does_not_matter(x: np.ndarray, y: np.ndarray) -> None:
    assert fit(x, y) == pytest.approx(fit(x[::-1], y[::-1]), abs=1e-9)


def test_shapes_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="one verdict a case"):
        fit(np.ones((4, 1)), [1, 0])
