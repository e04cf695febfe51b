"""Sobol indices of functions whose indices are known."""

import numpy as np
import pytest
from tests.conftest import oracle_cases

from winset.models.uncertainty.indices import Answer, morris, sobol
from winset.models.uncertainty.marginals import Floats

CASES = {case["id"]: case for case in oracle_cases("10_sensitivity")}
pytestmark = pytest.mark.skipif(not CASES, reason="needs oracles/10_sensitivity.json (set WINSET_SHARED)")


def answer(id: str) -> Answer:
    given = CASES[id]["inputs"]

    def ishigami(u: Floats) -> Floats:
        x = (2 * u - 1) * np.pi
        return np.asarray(np.sin(x[:, 0]) * (1 + given["b"] * x[:, 2] ** 4) + given["a"] * np.sin(x[:, 1]) ** 2)

    def g(u: Floats) -> Floats:
        a = np.array(given["a"])
        return np.asarray(((np.abs(4 * u - 2) + a) / (1 + a)).prod(axis=1))

    def linear(u: Floats) -> Floats:
        return np.asarray(u @ np.array(given["weights"], float))

    return {"ishigami": ishigami, "sobol-g": g, "linear": linear}[id]


@pytest.mark.parametrize("id", list(CASES))
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_indices_are_the_exact_ones_within_the_stated_tolerance(id: str, seed: int) -> None:
    expected, tolerance = CASES[id]["expected"], CASES[id]["tolerance"]["estimate_abs_at_n_8192"]
    groups = [(k,) for k in range(len(expected["S1"]))]
    found = sobol(answer(id), groups, 8192, seed)
    assert found.first == pytest.approx(expected["S1"], abs=tolerance)
    assert found.total == pytest.approx(expected["ST"], abs=tolerance)


def test_morris_puts_the_inputs_in_the_order_of_their_weights() -> None:
    found = morris(answer("linear"), [(0,), (1,), (2,)], 8, np.random.default_rng(1))
    assert found.mu_star == pytest.approx([4, 2, 1], abs=0.05)
    assert found.sigma == pytest.approx([0, 0, 0], abs=0.05)
