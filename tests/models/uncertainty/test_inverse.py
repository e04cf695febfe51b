"""The smallest change: against answers whose nearest point is known in closed form or found on a grid."""

import itertools

import numpy as np
import pytest

from winset.models.uncertainty.inverse import FARTHEST, nearest
from winset.models.uncertainty.marginals import Floats


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("width", [1, 3, 8, 20])
def test_of_a_linear_answer_it_is_the_foot_of_the_perpendicular(seed: int, width: int) -> None:
    rng = np.random.default_rng([seed, width])
    slope = rng.standard_normal(width)
    aim = 1.5 * float(np.linalg.norm(slope))
    found = nearest(lambda z: z @ slope, width, aim, aim + 100, points=6_000, seed=seed)
    assert found is not None
    assert found.distance == pytest.approx(1.5, rel=0.055), "leaving out what hardly matters may cost a twentieth"
    assert found.reached == 0
    assert found.scores @ slope >= aim - 1e-6


def test_of_a_jump_and_of_two_ways_it_is_the_nearer_one() -> None:
    def f(z: Floats) -> Floats:
        near, far = (z[:, 0] > 0.8) & (z[:, 1] < -0.6), z[:, 2] > 1.3
        return np.asarray(near | far, dtype=float)

    found = nearest(f, 4, 1, 1, points=6_000, seed=2)
    assert found is not None
    assert found.distance == pytest.approx(1.0, rel=0.055)
    assert np.flatnonzero(found.scores).tolist() == [0, 1]


@pytest.mark.parametrize("seed", range(4))
def test_against_a_fine_grid(seed: int) -> None:
    rng = np.random.default_rng(seed)
    a, b, c = rng.uniform(0.5, 2, 3)

    def f(z: Floats) -> Floats:
        return np.asarray(a * z[:, 0] * np.abs(z[:, 1]) + b * z[:, 1] ** 2 + np.sin(c * z[:, 0]))

    grid = np.array(list(itertools.product(np.linspace(-4, 4, 401), repeat=2)))
    best = np.linalg.norm(grid[f(grid) >= 3.0], axis=1).min()
    found = nearest(f, 2, 3.0, 99.0, points=6_000, seed=seed)
    assert found is not None
    assert best * 0.97 <= found.distance <= best * 1.055


def test_what_is_so_already_takes_no_change_and_what_never_is_none() -> None:
    already = nearest(lambda z: z[:, 0], 2, -1, 1, points=600, seed=1)
    assert already is not None
    assert (already.distance, already.scores.tolist()) == (0.0, [0.0, 0.0])
    assert nearest(lambda z: z[:, 0], 2, FARTHEST + 1, 99, points=600, seed=1) is None
    assert nearest(lambda z: np.full(len(z), np.nan), 2, 0, 1, points=600, seed=1) is None


def test_a_seed_repeats() -> None:
    a, b = (nearest(lambda z: z.sum(axis=1), 5, 3, 9, points=900, seed=3) for _ in range(2))
    assert a is not None
    assert b is not None
    assert a.scores.tolist() == b.scores.tolist()
