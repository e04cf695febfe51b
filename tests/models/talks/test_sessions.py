"""Simulated talks: every session equals the plain steps."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from winset.errors import ModelError
from winset.models.talks.sessions import simulate, step_by_step
from winset.models.talks.tactics import concession


@given(st.integers(0, 2**32), st.integers(1, 40), st.integers(1, 30), st.sampled_from([1, 2, 9]))
def test_every_session_equals_the_plain_steps(seed: int, outcomes: int, rounds: int, digits: int) -> None:
    rng = np.random.default_rng(seed)
    u = rng.random((12, 2, outcomes)).round(digits)
    r = rng.random((12, 2)) * rng.choice([0.3, 1.2])
    beta = np.exp(rng.normal(size=(12, 2)))
    found = simulate(u, r, beta, rounds=rounds, k=0.05)
    for i in range(12):
        outcome, at, _ = step_by_step(u[i], r[i], beta[i], rounds=rounds, k=0.05)
        assert (found.outcome[i], found.round[i]) == (outcome, at)


def test_two_who_concede_all_meet_in_the_middle() -> None:
    x = np.linspace(0, 1, 101)
    found = simulate([[x, 1 - x]], [0, 0], [1, 1], rounds=101)
    assert found.outcome[0] == 50


def test_a_tactic_without_shape_is_refused() -> None:
    with pytest.raises(ModelError, match="beta is above 0"):
        concession(0.5, 0.0)
