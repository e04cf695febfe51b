"""Probabilistic Condorcet elections against eigenvectors, by hand, and as laws."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.conftest import oracle_cases

from winset.errors import ModelError
from winset.models.spatial.election import (
    CHAINS,
    VICTORIES,
    Chain,
    Victory,
    election,
    probabilities,
    stationary,
    victory_chance,
)

CASES = {case["id"]: case for case in oracle_cases("01_spatial")}
GROUPS = st.lists(st.tuples(st.integers(0, 20), st.integers(1, 9)), min_size=2, max_size=7)


@pytest.mark.skipif(not CASES, reason="needs oracles/01_spatial.json (set WINSET_SHARED)")
def test_runs_of_the_reference_program() -> None:
    case = CASES["ktab-pce-3"]
    c, expected, near = np.array(case["inputs"]["coalition_strength"], float), case["expected"], 1e-3
    np.testing.assert_allclose(victory_chance(c), expected["p_win"], atol=near)
    np.testing.assert_allclose(probabilities(c), expected["stationary_markov_uniform"], atol=near)
    np.testing.assert_allclose(
        probabilities(c, chain="markov-incentive"), expected["stationary_markov_incentive"], atol=near
    )
    np.testing.assert_allclose(probabilities(c, chain="conditional"), expected["conditional"], atol=near)
    two = CASES["ktab-pce-2"]
    strength = np.array(two["inputs"]["coalition_strength"], float)
    np.testing.assert_allclose(victory_chance(strength), two["expected"]["p_win"], atol=5e-4)
    np.testing.assert_allclose(
        probabilities(np.array(two["inputs"]["coalition_strength"], float)), two["expected"]["stationary"], atol=5e-4
    )


@given(st.integers(2, 7), st.integers(0, 10_000))
@settings(max_examples=40, deadline=None)
def test_elimination_finds_the_left_eigenvector(n: int, seed: int) -> None:
    p = np.random.default_rng(seed).dirichlet(np.ones(n), n)
    values, vectors = np.linalg.eig(p.T)
    vector = np.real(vectors[:, np.argmax(np.real(values))])
    np.testing.assert_allclose(stationary(p), vector / vector.sum(), atol=1e-9)


def test_a_chain_with_an_option_that_absorbs_ends_there() -> None:
    assert stationary(np.array([[0, 0.5, 0.5], [0, 0, 0], [0, 1, 0]])).tolist() == [0, 1, 0]
    with pytest.raises(ModelError, match="separate parts"):
        stationary(np.eye(2))


@pytest.mark.parametrize("chain", CHAINS)
@pytest.mark.parametrize("victory", VICTORIES)
@given(group=GROUPS, scale=st.sampled_from([0.5, 3.0]), shift=st.integers(-5, 5))
@settings(max_examples=15, deadline=None)
def test_units_and_order_of_parties_do_not_matter(
    chain: Chain, victory: Victory, group: list[tuple[int, int]], scale: float, shift: int
) -> None:
    x, w = np.array(group, float).T
    one = election(x, w, victory=victory, chain=chain)
    other = election(x[::-1] * scale + shift, 7 * w[::-1], victory=victory, chain=chain)
    assert one.probability.sum() == pytest.approx(1)
    assert (one.probability >= 0).all()
    np.testing.assert_allclose(other.options, one.options * scale + shift)
    np.testing.assert_allclose(other.probability, one.probability, atol=1e-9)
    mirrored = election(-x, w, victory=victory, chain=chain)
    np.testing.assert_allclose(mirrored.probability[::-1], one.probability, atol=1e-9)


@pytest.mark.parametrize("chain", ["markov-uniform", "conditional"])
def test_two_options_are_one_contest(chain: Chain) -> None:
    # by hand: 3 against 1 of weight at the same distance, so 9 to 1 under the square
    found = election(np.array([0.0, 10.0]), np.array([1.0, 3.0]), chain=chain)
    assert found.probability.tolist() == pytest.approx([0.1, 0.9])
    assert found.mean == pytest.approx(9)
    assert (found.quantile(0.05), found.quantile(0.1), found.quantile(0.11)) == (0, 0, 10)


@pytest.mark.parametrize("chain", CHAINS)
def test_the_strongest_for_sure_is_the_condorcet_winner(chain: Chain) -> None:
    found = election(np.array([0.0, 4.0, 10.0]), np.array([2.0, 2.0, 3.0]), victory="binary", chain=chain)
    assert found.options[found.probability.argmax()] == 4
    assert found.probability.max() == pytest.approx(1)


@pytest.mark.parametrize("chain", CHAINS)
def test_one_option_is_certain(chain: Chain) -> None:
    assert election(np.array([5.0, 5.0]), np.array([1.0, 2.0]), chain=chain).probability.tolist() == [1]


def test_unknown_variants_are_named() -> None:
    with pytest.raises(ModelError, match="'cubic'; there are linear"):
        victory_chance(np.ones((2, 2)), "cubic")  # type: ignore[arg-type]  # what a caller could get wrong
    with pytest.raises(ModelError, match="no chain 'x'"):
        probabilities(np.ones((2, 2)), chain="x")  # type: ignore[arg-type]  # the same
