"""Learning from verdicts: a hand calculation, laws of the optimum, and no departure without a pattern."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from winset.models.learning.grouped import learn

VERDICTS = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 1)), min_size=8, max_size=40)


def test_the_level_by_hand() -> None:
    # 30 of 40 right at even odds, no kinds: the level w solves 30 - 40/(1 + exp(-w)) = w, ridge 1
    odds = learn(np.zeros(40), {}, range(40), [1.0] * 30 + [0.0] * 10).odds
    assert odds == pytest.approx(odds[0])
    assert 30 - 40 / (1 + np.exp(-odds[0])) == pytest.approx(odds[0], abs=1e-8)


def test_a_kind_that_is_always_wrong_sinks_and_is_named() -> None:
    kinds = {"party": list("ab" * 30), "source": list("xxyyzz" * 10)}
    right = [float(one == "a") for one in kinds["party"][:30]]
    found = learn(np.full(60, 0.5), kinds, range(30), right)
    assert found.groups == ("party",)
    assert found.odds[kinds["party"].index("b")] < 0 < found.odds[0]


@given(st.integers(0, 10_000))
def test_verdicts_all_alike_leave_the_order_as_it_was(seed: int) -> None:
    draw = np.random.default_rng(seed)
    before = draw.normal(size=40)
    found = learn(before, {"party": [str(x) for x in draw.integers(0, 4, 40)]}, range(20), np.ones(20))
    assert found.groups == ()
    assert np.argsort(found.odds).tolist() == np.argsort(before).tolist()


@given(VERDICTS, st.randoms(use_true_random=False))
def test_the_order_of_verdicts_does_not_matter(said: list[tuple[int, int]], mix: object) -> None:
    kinds = {"party": [str(kind) for kind, _ in said]}
    known = list(range(len(said)))
    mixed = known.copy()
    mix.shuffle(mixed)  # type: ignore[attr-defined]  # a random.Random
    right = np.array([float(one) for _, one in said])
    a, b = learn(np.zeros(len(said)), kinds, known, right), learn(np.zeros(len(said)), kinds, mixed, right[mixed])
    assert a.groups == b.groups
    assert a.odds == pytest.approx(b.odds, abs=1e-6)


def test_without_verdicts_the_odds_are_those_known_beforehand() -> None:
    assert learn([0.3, -2.0], {"party": ["a", "b"]}, [], []).odds.tolist() == [0.3, -2.0]


def test_shapes_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="one verdict for each"):
        learn([0.0, 1.0], {}, [0], [1, 0])
