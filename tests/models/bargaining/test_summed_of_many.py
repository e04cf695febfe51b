"""Undominated sums of any number of parties, against listing every outcome."""

import random

import numpy as np
import pytest
from tests.models.bargaining.test_zone_count import drawn

from winset.models.bargaining.deals import solve_listed
from winset.models.bargaining.frontier import frontier
from winset.models.bargaining.summed import solve_summed


@pytest.mark.parametrize("seed", range(60))
def test_the_frontier_and_the_solutions_with_all_ties_are_those_of_listing(seed: int) -> None:
    draw = random.Random(seed)
    sizes = [draw.randint(1, 5) for _ in range(draw.randint(1, 5))]
    problem = drawn(draw, draw.choice([2, 3, 4, 5]), sizes, draw.choice(["whole", "cents", "real"]))
    every, found = solve_listed(problem), solve_summed(problem)
    assert found.frontier == pytest.approx(every.frontier, abs=1e-9)
    assert found.frontier_outcomes == every.frontier_outcomes
    assert found.solutions.keys() == every.solutions.keys()
    for name, one in every.solutions.items():
        assert (found.solutions[name].choice, found.solutions[name].ties) == (one.choice, one.ties), name
        assert found.solutions[name].tied == one.tied, name


@pytest.mark.parametrize("seed", range(20))
def test_three_parties_halved_again_and_again_have_the_frontier_of_the_definition(seed: int) -> None:
    rng = np.random.default_rng(seed)
    n, most = int(rng.integers(1, 1500)), int(rng.choice([3, 50, 10**6]))
    u = rng.integers(0, most, (3, n)).astype(float)
    if seed % 2:
        u[2] = 2 * most - u[0] - u[1] + rng.integers(0, 3, n)
    v = u.T
    over = (v[:, None, :] >= v[None, :, :]).all(axis=2) & (v[:, None, :] > v[None, :, :]).any(axis=2)
    assert (frontier(u) == np.flatnonzero(~over.any(axis=0))).all()
