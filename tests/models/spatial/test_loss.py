"""Nash and Kalai-Smorodinsky on spatial loss against a fine grid, closed forms, and laws."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from winset.errors import ModelError
from winset.models.spatial.loss import LOSSES, Loss, bargain

GROUPS = st.lists(st.tuples(st.integers(0, 100), st.integers(1, 9)), min_size=1, max_size=6)


@pytest.mark.parametrize("loss", LOSSES)
@given(group=GROUPS, q=st.one_of(st.none(), st.integers(0, 100)))
@settings(max_examples=80, deadline=None)
def test_no_point_of_a_grid_is_better(loss: Loss, group: list[tuple[int, int]], q: int | None) -> None:
    x, w = np.array(group, float).T
    found = bargain(x, w, (0, 100), status_quo=q, loss=loss)
    k = 1 if loss == "linear" else 2
    worst = np.maximum(x, 100 - x) if q is None else np.abs(x - q)
    y = np.linspace(0, 100, 2001)

    def gains(at: np.ndarray) -> np.ndarray:
        return np.asarray(worst**k - np.abs(x - at[:, None]) ** k)

    inside = (gains(y) >= -1e-9).all(axis=1)
    low, high = found.zone
    assert low <= found.nash <= high
    assert low <= found.kalai_smorodinsky <= high
    assert inside.sum() == (((y >= low - 1e-9) & (y <= high + 1e-9)).sum())
    if high > low:
        with np.errstate(divide="ignore"):
            product = np.log(np.maximum(gains(y[inside]), 0)) @ w
            mine = float((np.log(np.maximum(gains(np.array([found.nash])), 0)) @ w)[0])
        assert mine >= product.max() - 1e-7
        ideal = gains(y[inside]).max(axis=0)
        relative = (gains(y[inside]) / ideal).min(axis=1).max()
        assert float((gains(np.array([found.kalai_smorodinsky])) / ideal).min()) >= relative - 1e-3
    else:
        assert found.nash == found.kalai_smorodinsky == q


@given(GROUPS, st.integers(-50, 50), st.sampled_from([0.5, 4.0]))
@settings(max_examples=40, deadline=None)
def test_solutions_move_with_the_scale(group: list[tuple[int, int]], shift: int, times: float) -> None:
    x, w = np.array(group, float).T
    for loss in LOSSES:
        one = bargain(x, w, (0, 100), loss=loss)
        other = bargain(x * times + shift, 5 * w, (shift, 100 * times + shift), loss=loss)
        assert other.nash == pytest.approx(one.nash * times + shift, abs=1e-6)
        assert other.kalai_smorodinsky == pytest.approx(one.kalai_smorodinsky * times + shift, abs=1e-6)


def test_two_at_the_ends_split_as_by_formula() -> None:
    # linear loss, positions 0 and 100, worst ends 100 away: gains are 100 - y and y, so Nash is 100 w2 / (w1 + w2)
    found = bargain(np.array([0.0, 100.0]), np.array([1.0, 3.0]), (0, 100))
    assert found.nash == pytest.approx(75)
    assert found.kalai_smorodinsky == pytest.approx(50)
    assert found.disagreement == "worst end"
    # quadratic: gains 1 - y^2 and 1 - (1 - y)^2 with equal weights meet in the middle
    assert bargain(np.array([0.0, 100.0]), np.ones(2), (0, 100), loss="quadratic").nash == pytest.approx(50)


def test_without_common_gain_the_status_quo_stays() -> None:
    found = bargain(np.array([10.0, 60.0]), np.ones(2), (0, 100), status_quo=30)
    assert (found.zone, found.nash, found.kalai_smorodinsky) == ((30, 30), 30, 30)


def test_far_disagreement_makes_quadratic_nash_the_weighted_mean() -> None:
    # Achen 2006: the worse no agreement, the nearer Nash comes to the weighted mean
    x, w = np.array([10.0, 30.0, 80.0]), np.array([2.0, 1.0, 1.0])
    near = bargain(x, w, (-1e4, 1e4), loss="quadratic").nash
    assert near == pytest.approx(np.average(x, weights=w), abs=0.5)


def test_bad_input_is_refused() -> None:
    with pytest.raises(ModelError, match="all weights are 0"):
        bargain(np.array([1.0]), np.zeros(1), (0, 1))
    with pytest.raises(ModelError, match="no loss 'cubic'"):
        bargain(np.array([1.0]), np.ones(1), (0, 1), loss="cubic")  # type: ignore[arg-type]  # a caller's mistake
