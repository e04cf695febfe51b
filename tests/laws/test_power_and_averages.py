"""Laws that power indices and forecasts obey whatever the numbers."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from winset.models.coalitions.power import Power, power
from winset.models.coalitions.rules import weighted
from winset.models.spatial.averages import weighted_median
from winset.models.spatial.forecasts import forecasts
from winset.models.spatial.inputs import SpatialInputs

GAMES = st.lists(st.integers(0, 9), min_size=1, max_size=6).filter(any).flatmap(
    lambda w: st.tuples(st.just(w), st.integers(1, sum(w)))
)  # fmt: skip
GROUPS = st.lists(
    st.tuples(st.integers(0, 100), st.integers(1, 20), st.integers(1, 100)), min_size=2, max_size=7
)  # fmt: skip
AVERAGES = ("mean", "salience_weighted_mean", "compromise")


def solved(weights: list[int], quota: int | Fraction, times: Fraction = Fraction(1)) -> Power:
    rule = weighted(tuple(w * times for w in weights), quota * times)
    return power(rule, rng=np.random.default_rng(0))


def values(found: Power, index: str) -> list[float | Fraction]:
    return list(found.indices[index].values or ())


@given(GAMES)
@settings(max_examples=60, deadline=None)
def test_shares_sum_to_one_are_symmetric_and_grow_with_weight(game: tuple[list[int], int]) -> None:
    weights, quota = game
    found = solved(weights, quota)
    for index in ("shapley_shubik", "banzhaf"):
        shares = values(found, index)
        assert sum(shares) == 1
        for a, x in zip(weights, shares, strict=True):
            for b, y in zip(weights, shares, strict=True):
                assert x == y if a == b else (x <= y) == (a < b) or x == y


@given(GAMES)
@settings(max_examples=60, deadline=None)
def test_dummies_are_those_without_power_and_leaving_them_out_changes_nothing(game: tuple[list[int], int]) -> None:
    weights, quota = game
    found = solved(weights, quota)
    shares = values(found, "shapley_shubik")
    assert found.dummies == tuple(p for p, v in zip(found.players, shares, strict=True) if v == 0)
    kept = [w for p, w in zip(found.players, weights, strict=True) if p not in found.dummies]
    if sum(kept) >= quota:
        assert values(solved(kept, quota), "shapley_shubik") == [v for v in shares if v]


@given(GAMES, st.fractions(Fraction(1, 50), 50))
@settings(max_examples=40, deadline=None)
def test_power_does_not_depend_on_the_unit_of_weights(game: tuple[list[int], int], times: Fraction) -> None:
    one, other = solved(*game), solved(*game, times=times)
    assert {k: v.values for k, v in one.indices.items()} == {k: v.values for k, v in other.indices.items()}


def group(rows: list[tuple[int, int, int]], shift: float = 0.0, scale: float = 1.0) -> SpatialInputs:
    position, capability, salience = np.array(rows, dtype=float).T
    return SpatialInputs(
        parties=tuple(map(str, range(len(rows)))), position=position * scale + shift, capability=capability,
        salience=salience, scale=(shift, 100 * scale + shift),
    )  # fmt: skip


@given(GROUPS, st.integers(-50, 50), st.sampled_from([0.5, 2.0, 4.0]))
@settings(max_examples=40, deadline=None)
def test_forecasts_move_with_the_scale(rows: list[tuple[int, int, int]], shift: int, scale: float) -> None:
    one = forecasts(group(rows), rounds=0).points
    other = forecasts(group(rows, shift, scale), rounds=0).points
    for name, value in one.items():
        expected = None if value is None else pytest.approx(value * scale + shift, abs=1e-9)
        assert other[name] == expected


@given(GROUPS, st.integers(1, 30))
@settings(max_examples=40, deadline=None)
def test_forecasts_never_fall_when_a_position_rises(rows: list[tuple[int, int, int]], step: int) -> None:
    a, c, s = rows[0]
    risen = [(min(a + step, 100), c, s), *rows[1:]]
    before, after = forecasts(group(rows), rounds=0).points, forecasts(group(risen), rounds=0).points
    for name in (*AVERAGES, "median", "salience_weighted_median", "power_weighted_median"):
        low, high = before[name], after[name]
        assert low is not None
        assert high is not None
        assert high >= low - 1e-9


@given(
    st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=7).filter(
        lambda r: any(w for _, w in r)
    )
)
def test_a_weighted_median_ties_only_where_whole_places_split_the_weight_in_half(rows: list[tuple[int, int]]) -> None:
    x, w = np.array([a for a, _ in rows], float), np.array([b for _, b in rows], float)
    found = weighted_median(x, w)
    below, above = w[x <= found.value].sum(), w[x > found.value].sum()
    assert below >= w.sum() / 2
    assert w[x < found.value].sum() < w.sum() / 2
    heavier = x[(x > found.value) & (w > 0)]
    assert found.ties == ((heavier.min(),) if below == above else ())
