"""Solutions on the hull: against fine grids, and what each solution promises."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.optimize import linprog

from winset.errors import NoBargainingZone
from winset.models.bargaining.lotteries import hull_solutions
from winset.models.bargaining.lotteries_of_many import hull_of_many

POINTS = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=1, max_size=8)


@given(POINTS, st.tuples(st.integers(-3, 8), st.integers(-3, 8)))
def test_solutions_beat_every_mixture_of_two_deals(points: list[tuple[int, int]], d: tuple[int, int]) -> None:
    v, least = np.array(points, float), np.array(d, float)
    share = np.linspace(0, 1, 41)
    mixed = (share[:, None, None, None] * v[:, None] + (1 - share)[:, None, None, None] * v).reshape(-1, 2)
    inside = mixed[(mixed >= least).all(axis=1)] - least
    try:
        found = hull_solutions(v, least)
    except NoBargainingZone:
        assert not inside.size
        return
    assume(inside.size)
    gains = {name: np.array(getattr(found, name).utilities) - least for name in ("nash", "egalitarian", "raiffa")}
    assert gains["nash"].prod() >= inside.prod(axis=1).max() - 1e-9
    assert gains["egalitarian"].min() >= inside.min(axis=1).max() - 1e-9
    for name, gain in gains.items():
        assert (gain >= -1e-9).all(), name
        solution = getattr(found, name)
        worth = sum(p * v[row] for row, p in solution.mix)
        assert (worth >= np.array(solution.utilities) - 1e-9).all(), name
        assert sum(p for _, p in solution.mix) == pytest.approx(1)


def test_raiffa_of_a_triangle_is_the_middle() -> None:
    assert hull_solutions([[0, 1], [1, 0]], [0, 0]).raiffa.utilities == pytest.approx((0.5, 0.5))


def test_power_moves_nash_along_the_line() -> None:
    """x^3 (1-x) is largest at 3/4."""
    found = hull_solutions([[0, 1], [1, 0]], [0, 0], power=[3, 1])
    assert found.nash.utilities == pytest.approx((0.75, 0.25))


@pytest.mark.parametrize("seed", range(12))
def test_lots_between_many_deals_are_those_of_one_programme_over_all(seed: int) -> None:
    """Thousands of deals of three to five parties near a sphere: few are taken into each programme, none is missed."""
    rng = np.random.default_rng(seed)
    n = 3 + seed % 3
    u = np.abs(rng.standard_normal((3_000, n)))
    u = u / np.sqrt((u**2).sum(axis=1, keepdims=True)) * (0.9 + 0.1 * rng.random((3_000, 1)))
    least = rng.random(n) * 0.3
    found = hull_of_many(u, least)
    ones, gains = np.ones((1, len(u))), u - least
    fair = linprog(np.r_[np.zeros(len(u)), -1.0], A_ub=np.c_[-gains.T, np.ones(n)], b_ub=np.zeros(n),
                   A_eq=np.c_[ones, 0.0], b_eq=[1.0], bounds=[(0, None)] * len(u) + [(None, None)])  # fmt: skip
    assert min(np.array(found.egalitarian.utilities) - least) == pytest.approx(-fair.fun, abs=1e-9)
    for i in range(n):
        top = linprog(-gains[:, i], A_ub=-gains.T, b_ub=np.zeros(n), A_eq=ones, b_eq=[1.0])
        assert found.ideal[i] - least[i] == pytest.approx(-top.fun, abs=1e-9)
    ideal = np.array(found.ideal) - least
    relative = linprog(np.r_[np.zeros(len(u)), -1.0], A_ub=np.c_[-gains.T, ideal], b_ub=np.zeros(n),
                       A_eq=np.c_[ones, 0.0], b_eq=[1.0], bounds=[(0, None)] * len(u) + [(None, None)])  # fmt: skip
    assert min((np.array(found.kalai_smorodinsky.utilities) - least) / ideal) == pytest.approx(-relative.fun, abs=1e-9)
    assert found.gap < 1e-7  # no deal's weighted gains exceed it by more, which bounds every mixture's product
    for solution in (found.nash, found.kalai_smorodinsky, found.egalitarian):
        assert sum(p * u[row] for row, p in solution.mix) == pytest.approx(solution.utilities)


def test_no_lot_between_many_deals_is_enough() -> None:
    with pytest.raises(NoBargainingZone):
        hull_of_many(np.random.default_rng(1).random((2_000, 3)), [0.99, 0.99, 0.99])
