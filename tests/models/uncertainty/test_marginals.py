"""What is known about one number: distributions against closed forms, and pools against their definitions."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import triang

from winset.errors import ModelError
from winset.models.uncertainty.marginals import Discrete, LinearPool, LogPool, Marginal, Piecewise, Triangular, mean

LEVELS = (np.arange(2000) + 0.5) / 2000
numbers = st.floats(-100, 100, allow_nan=False, width=32)


@st.composite
def marginals(draw: st.DrawFn) -> Marginal:
    low, middle, high = sorted(draw(st.tuples(numbers, numbers, numbers)))
    if draw(st.booleans()):
        return Triangular(low, middle, high)
    if draw(st.booleans()):
        return Piecewise((0.1, 0.5, 0.9), (low, middle, high))
    return Discrete((low, high), (0.25, 0.75)) if low < high else Piecewise.uniform(low, high)


def test_triangular_agrees_with_scipy() -> None:
    ours, theirs = Triangular(10, 30, 90), triang(0.25, 10, 80)
    assert ours.quantile(LEVELS) == pytest.approx(theirs.ppf(LEVELS))
    x = np.linspace(0, 100, 301)
    assert ours.cdf(x) == pytest.approx(theirs.cdf(x))


@given(marginals(), st.lists(st.floats(0.001, 0.999), min_size=1, max_size=6))
def test_a_quantile_is_the_least_number_with_that_much_below(marginal: Marginal, levels: list[float]) -> None:
    u = np.sort(np.array(levels))
    q = marginal.quantile(u)
    low, high = marginal.ends
    assert (np.diff(q) >= 0).all()
    assert ((q >= low - 1e-9) & (q <= high + 1e-9)).all()
    assert (marginal.cdf(q + 1e-6 * max(1.0, high - low)) >= u - 1e-9).all()
    assert (marginal.cdf(q - 1e-6 * max(1.0, high - low)) <= u + 1e-6).all()


@given(marginals(), marginals(), st.floats(0.05, 0.95))
def test_a_linear_pool_mixes_and_its_mean_is_the_mean_of_means(a: Marginal, b: Marginal, w: float) -> None:
    pool = LinearPool((a, b), (w, 1 - w))
    x = np.linspace(pool.ends[0] - 1, pool.ends[1] + 1, 50)
    assert pool.cdf(x) == pytest.approx(w * a.cdf(x) + (1 - w) * b.cdf(x), abs=1e-12)
    width = pool.ends[1] - pool.ends[0]
    assert mean(pool) == pytest.approx(w * mean(a) + (1 - w) * mean(b), abs=2e-3 * max(width, 1e-6))


def test_a_log_pool_of_ranges_is_their_overlap() -> None:
    # by hand: densities 1/20 and 1/40 are constant where both are positive, so their product is flat on [20, 30]
    pool = LogPool((Piecewise.uniform(10, 30), Piecewise.uniform(20, 60)), (1, 1))
    assert pool.ends == (20, 30)
    assert pool.quantile(np.array([0.25, 0.5])) == pytest.approx([22.5, 25], abs=0.01)


def test_a_log_pool_of_chances_multiplies_them() -> None:
    # by hand: sqrt(.8 * .5) and sqrt(.2 * .5), normalised: 2/3 and 1/3
    pool = LogPool((Discrete((0, 1), (0.8, 0.2)), Discrete((0, 1), (0.5, 0.5))), (1, 1))
    assert float(pool.cdf(np.array([0.0]))[0]) == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Triangular(3, 1, 2), "low <= likely <= high"),
        (lambda: Piecewise.uniform(5, 2), r"low <= high, got \[5, 2\]"),
        (lambda: Piecewise((0.1, 0.9), (5, 2)), "do not fall"),
        (lambda: Piecewise((0.9, 0.1), (2, 5)), "rise within 0..1"),
        (lambda: Discrete((1, 2), (0.5, 0.6)), "add to 1, got a sum of 1.1"),
        (lambda: LogPool((Piecewise.uniform(0, 1), Piecewise.uniform(2, 3)), (1, 1)), "no number in common"),
        (lambda: LinearPool((Piecewise.uniform(0, 1),), (0,)), "not all nil"),
    ],
)
def test_what_cannot_be_is_refused(make: object, message: str) -> None:
    with pytest.raises(ModelError, match=message):
        make()  # type: ignore[operator]
