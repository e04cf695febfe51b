"""Games beyond profiles: every coalition looked at, or minimal coalitions drawn; each against plain enumeration."""

from fractions import Fraction
from itertools import combinations
from math import comb

import numpy as np
import pytest

from winset.models.coalitions import counting, lattice, sampling
from winset.models.coalitions.power import power
from winset.models.coalitions.profiles import count, types
from winset.models.coalitions.rules import Quota, VotingRule, weighted


def plainly(rule: VotingRule) -> tuple[list[Fraction], list[frozenset[int]]]:
    """Johnston's sums and the minimal winning coalitions, coalition by coalition."""
    n = len(rule.players)
    johnston, least = [Fraction(0)] * n, []
    for k in range(n + 1):
        for members in map(frozenset, combinations(range(n), k)):
            if rule.wins(members):
                critical = [i for i in members if not rule.wins(members - {i})]
                for i in critical:
                    johnston[i] += Fraction(1, len(critical))
                if len(critical) == k:
                    least.append(members)
    return johnston, least


@pytest.mark.parametrize("together", [1, 3, 16])
def test_blocks_of_coalitions_give_what_enumeration_gives(together: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lattice, "TOGETHER", together)
    rng = np.random.default_rng(together)
    for n in (1, 2, 5, 7):
        weights = [tuple(Fraction(int(v)) for v in rng.integers(0, 9, n)) for _ in range(2)]
        weights = [w if any(w) else (Fraction(1),) * n for w in weights]
        rule = VotingRule(
            players=tuple(map(str, range(n))),
            ways=((Quota(weights[0], sum(weights[0]) * Fraction(3, 5)), Quota(weights[1], sum(weights[1]) / 2)),
                  (Quota(weights[0], sum(weights[0]) * Fraction(9, 10)),)),
        )  # fmt: skip
        johnston, least = plainly(rule)
        found = lattice.minimal(rule)
        assert list(found.johnston) == johnston
        assert found.count == len(least)
        assert found.listed is not None
        assert {frozenset(i for i in range(n) if k >> i & 1) for k in found.listed} == set(least)
        assert list(found.holler) == [sum(i in m for m in least) for i in range(n)]
        assert list(found.deegan_packel) == [
            sum((Fraction(1, len(m)) for m in least if i in m), Fraction(0)) for i in range(n)
        ]


def test_minimal_coalitions_of_one_quota_are_counted_and_drawn_alike() -> None:
    rng = np.random.default_rng(3)
    for n in (1, 4, 8):
        weights = tuple(int(v) for v in rng.integers(0, 12, n) + (np.arange(n) == 0))
        quota = max(1, 2 * sum(weights) // 3)
        _, least = plainly(weighted(tuple(map(Fraction, weights)), Fraction(quota)))
        assert sampling.minimal_count(weights, quota) == len(least)
        drawn = sampling.minimal(weights, quota, np.random.default_rng(n))
        members = [sum(i in m for m in least) for i in range(n)]
        exact = {
            "holler": [m / sum(members) for m in members],
            "deegan_packel": [sum(1 / len(m) for m in least if i in m) / len(least) for i in range(n)],
        }
        for name, values in exact.items():
            assert np.abs(drawn[name].values - values).max() <= 2 * drawn[name].error + 1e-12


def test_counting_by_profiles_and_by_blocks_agree() -> None:
    rng = np.random.default_rng(14)
    weights = tuple(map(Fraction, rng.choice(40, 13, replace=False).tolist()))
    rule = VotingRule(
        players=tuple(map(str, range(13))),
        ways=((Quota(weights, sum(weights) * Fraction(11, 20)), Quota((Fraction(1),) * 13, Fraction(6))),),
    )
    by_blocks = power(rule, rng=rng)
    sums = count(types(rule), listed=10_000)
    assert by_blocks.winning == sums.winning
    assert by_blocks.minimal == sums.minimal
    assert by_blocks.indices["shapley_shubik"].values == sums.shapley
    whole = sum(sums.johnston or ())
    assert by_blocks.indices["johnston"].values == tuple(v / whole for v in sums.johnston or ())


def test_games_too_large_to_count_have_estimates_with_errors_for_every_index(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "STATES", 1000)
    found = power(weighted((Fraction(1),) * 40 + tuple(map(Fraction, range(41, 81))), Fraction(1400)),
                  rng=np.random.default_rng(0))  # fmt: skip
    assert found.indices["shapley_shubik"].exact
    for name in ("johnston", "deegan_packel", "holler"):
        index = found.indices[name]
        assert index.values is not None
        assert not index.exact
        assert index.error is not None
        assert 0 < index.error < 0.05
        assert sum(map(float, index.values)) == pytest.approx(1)


def test_the_number_of_minimal_coalitions_of_many_equals_is_a_binomial() -> None:
    assert sampling.minimal_count((1,) * 90, 46) == comb(90, 46)
