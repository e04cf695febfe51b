"""Force and its shadow: grids against formulas, laws, refusals."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from winset.errors import ModelError
from winset.models.crisis.commitment import first_war, preventive
from winset.models.crisis.guarantee import holding
from winset.models.crisis.information import private_cost, screening
from winset.models.crisis.ranges import bargaining_range, tied_hands
from winset.models.crisis.trust import kept_share, survival

share = st.floats(0, 1)
cost = st.floats(0, 1)


@given(share, cost, cost, st.floats(0, 0.5))
def test_a_dearer_war_never_narrows_the_range(p: float, a: float, b: float, more: float) -> None:
    narrow, wide = bargaining_range(p, (a, b)).range, bargaining_range(p, (a + more, b + more)).range
    assert narrow is not None
    assert wide is not None
    assert wide[0] <= narrow[0] + 1e-12
    assert wide[1] >= narrow[1] - 1e-12


@given(share, cost, st.floats(0.01, 1))
def test_the_best_demand_beats_a_grid_of_demands(p: float, own: float, highest: float) -> None:
    found = private_cost(p, own, highest)
    x = np.linspace(0, 1, 2001)
    war = np.clip((x - p) / highest, 0, 1)
    assert found.value >= ((1 - war) * x + war * (p - own)).max() - 1e-9
    assert 0 <= found.offer <= 1 + 1e-12


def test_screening_by_hand() -> None:
    # p 0.5, own cost 0.1; kinds cost 0.1 (half) and 0.5: demand 0.6 from all, or 1.0 from half: 0.5 * 1 + 0.5 * 0.4
    found = screening(0.5, 0.1, (0.1, 0.5), (0.5, 0.5))
    assert (found.offer, found.war_probability) == (1.0, 0.5)


def test_an_indivisible_stake_can_leave_no_peace() -> None:
    found = bargaining_range(0.5, (0.1, 0.1), divisions=(0.0, 1.0))
    assert found.range == pytest.approx((0.4, 0.6))
    assert not found.peaceful


def test_strong_words_on_both_sides_close_the_range() -> None:
    assert tied_hands(0.5, (0.1, 0.1), (0.6, 0.6), (0.5, 0.5)).range is None
    assert tied_hands(0.5, (0.1, 0.1), (0.5, 0.5), (0.5, 0.5)).range == pytest.approx((0.5, 0.5))


def test_the_guarantee_it_names_is_just_enough() -> None:
    found = holding(0.5, 0.9, (0.5, 0.6, 0.7), (0.5, 0.5))
    assert found.needed == pytest.approx(1.5)  # (0.7 - 0.5) / 0.1 - 0.5
    assert found.needed is not None
    assert holding(0.5, 0.9, (0.5, 0.6, 0.7), (0.5, 0.5), penalty=found.needed).sufficient
    assert not holding(0.5, 0.9, (0.5, 0.6, 0.7), (0.5, 0.5), penalty=found.needed - 1e-6).sufficient
    assert holding(0.5, 0.9, (0.5, 0.6, 0.7), (0.5, 0.5), duration=3).needed is None


def test_the_first_war_of_a_path_is_the_first_shift_that_brings_one() -> None:
    path = (0.3, 0.3, 0.34, 0.6)
    alone = [preventive(0.9, a, b, 0.5).war for a, b in itertools.pairwise(path)]
    assert first_war(0.9, path, 0.5) == alone.index(True)


def test_survival_without_censoring_is_the_share_still_standing() -> None:
    found = survival([1, 2, 3, 4], [True] * 4)
    assert found.at(2.5)[0] == pytest.approx(0.5)
    assert survival([1, 2, 3, 4], [False] * 4).at(9)[0] == 1.0
    # by hand: 3 of 4 survive 1; one is lost to sight at 2; of 2 left one fails at 3
    assert survival([1, 2, 3, 4], [True, False, True, False]).at(3)[0] == pytest.approx(0.75 * 0.5)


def test_few_deals_leave_a_wide_interval() -> None:
    mean, (low, high) = kept_share(1, 1)
    assert mean == pytest.approx(0.5)
    assert high - low > 0.8


@pytest.mark.parametrize("p", [-0.1, 1.1, float("nan")])
def test_power_outside_its_range_is_refused(p: float) -> None:
    with pytest.raises(ModelError, match=r"0\.\.1"):
        bargaining_range(p, (0.1, 0.1))
    with pytest.raises(ModelError, match="period 1"):
        holding(0.5, 0.9, (0.5, p), (0.1, 0.1))
