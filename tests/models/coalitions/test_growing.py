"""Minimal winning coalitions grown player by player: against full counts, binomials and the routine for one quota."""

from fractions import Fraction
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from winset.models.coalitions import counting
from winset.models.coalitions.growing import minimal_under_any
from winset.models.coalitions.power import power
from winset.models.coalitions.rules import Quota, VotingRule, weighted
from winset.models.coalitions.sampling import minimal


def drawn_rule(seed: int, n: int, ways: list[int]) -> VotingRule:
    """As many quotas in each way as `ways` says, one of them a count of heads."""
    rng = np.random.default_rng(seed)
    made = []
    for conditions in ways:
        way = [Quota((Fraction(1),) * n, Fraction(int(n * rng.uniform(0.4, 0.8)) + 1))]
        for _ in range(conditions - 1):
            weights = tuple(Fraction(int(w)) for w in np.maximum(1, rng.lognormal(3, 1, n)))
            way.append(Quota(weights, sum(weights) * Fraction(int(rng.integers(40, 80)), 100)))
        made.append(tuple(way))
    return VotingRule(players=tuple(f"p{i}" for i in range(n)), ways=tuple(made))


@settings(max_examples=12)
@given(st.integers(0, 2**32), st.integers(5, 13), st.lists(st.integers(1, 3), min_size=1, max_size=2))
def test_estimates_are_what_a_full_count_gives(seed: int, n: int, ways: list[int]) -> None:
    rule = drawn_rule(seed, n, ways)
    exact = power(rule, rng=np.random.default_rng(0)).indices
    found = minimal_under_any(rule, np.random.default_rng(seed))
    assert found is not None
    for name in ("deegan_packel", "holler"):
        gap = np.abs(found[name].values - [float(v) for v in exact[name].values or ()])
        assert gap.max() <= 2.5 * found[name].error + 1e-12  # five standard errors of the least certain player
        assert found[name].values.sum() == pytest.approx(1)


def test_every_member_of_many_equals_counts_alike() -> None:
    # 40 heads, 24 needed, and two who must be among them: both are in each of the comb(38, 22) coalitions, the others in
    # 22 of 38
    n = 40
    two = tuple(Fraction(int(i < 2)) for i in range(n))
    rule = VotingRule(players=tuple(map(str, range(n))),
                      ways=((Quota((Fraction(1),) * n, Fraction(24)), Quota(two, Fraction(2))),))  # fmt: skip
    found = minimal_under_any(rule, np.random.default_rng(1))
    assert found is not None
    assert comb(38, 22) > 10**10
    assert found["holler"].values[:2] == pytest.approx([1 / 24] * 2, abs=1e-12)
    assert found["holler"].values[2:] == pytest.approx([22 / 38 / 24] * 38, abs=2.5 * found["holler"].error)


def test_one_quota_is_what_drawing_them_alike_gives() -> None:
    weights = tuple(int(w) for w in np.random.default_rng(3).integers(1, 40, 45))
    quota = sum(weights) * 6 // 10
    alike = minimal(weights, quota, np.random.default_rng(1), samples=100_000)
    grown = minimal_under_any(weighted(tuple(map(Fraction, weights)), Fraction(quota)), np.random.default_rng(2))
    assert grown is not None
    for name, one in grown.items():
        assert np.abs(one.values - alike[name].values).max() <= 2 * (one.error + alike[name].error)


def test_a_game_too_large_for_a_diagram_has_every_index_with_its_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "STATES", 1000)
    found = power(drawn_rule(7, 40, [2, 1]), rng=np.random.default_rng(0))
    for name in ("deegan_packel", "holler"):
        index = found.indices[name]
        assert index.values is not None
        assert not index.exact
        assert index.error is not None
        assert 0 < index.error < 0.002
    again = power(drawn_rule(7, 40, [2, 1]), rng=np.random.default_rng(0))
    assert again.indices == found.indices
