"""Solutions on the hull: against fine grids, and what each solution promises."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from winset.errors import NoBargainingZone
from winset.models.bargaining.lotteries import hull_solutions

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
