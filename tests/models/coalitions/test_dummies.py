"""Dummies decided without counting are those that counting finds."""

from fractions import Fraction

import numpy as np
import pytest

from winset.models.coalitions import counting
from winset.models.coalitions.dummies import dummies
from winset.models.coalitions.power import power
from winset.models.coalitions.rules import Quota, VotingRule, weighted


def quota(rng: np.random.Generator, n: int) -> Quota:
    weights = rng.integers(0, 8, n) * rng.integers(1, 4)
    weights[0] += 1
    return Quota(tuple(Fraction(int(w)) for w in weights), Fraction(int(rng.integers(1, weights.sum() + 1))))


def test_one_quota_agrees_with_counting() -> None:
    rng = np.random.default_rng(3)
    some = 0
    for _ in range(150):
        n = int(rng.integers(1, 8))
        rule = VotingRule(players=tuple(map(str, range(n))), ways=((quota(rng, n),),))
        idle, known = dummies(rule)
        assert known
        assert tuple(rule.players[i] for i in idle) == power(rule, rng=rng).dummies
        some += bool(idle)
    assert some > 10


def test_several_quotas_agree_with_counting() -> None:
    rng = np.random.default_rng(5)
    some = 0
    for _ in range(40):
        n = int(rng.integers(2, 7))
        ways = tuple(tuple(quota(rng, n) for _ in range(rng.integers(1, 3))) for _ in range(2))
        rule = VotingRule(players=tuple(map(str, range(n))), ways=ways)
        idle, known = dummies(rule)
        assert known
        assert tuple(rule.players[i] for i in idle) == power(rule, rng=rng).dummies
        some += bool(idle)
    assert some > 3


def test_dummies_of_a_sampled_rule_are_decided(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "STATES", 1000)
    # 40 members with weights in tens, and two with less than ten: with a quota of tens nobody needs those
    weights = [*range(10, 410, 10), 1, 4]
    people = [*range(20, 820, 20), 0, 3]
    rule = VotingRule(
        players=tuple(map(str, range(42))),
        ways=((Quota(tuple(map(Fraction, weights)), Fraction(4010)),
               Quota(tuple(map(Fraction, people)), Fraction(8000))),),
    )  # fmt: skip
    found = power(rule, rng=np.random.default_rng(1))
    assert not found.indices["shapley_shubik"].exact
    assert found.dummies_known
    assert found.dummies == ("40", "41")


def test_dummies_among_many_players_in_double_precision() -> None:
    rule = weighted(tuple(map(Fraction, [*[10] * 300, *range(20, 1020, 10), 1, 2])), Fraction(30_000))
    found = power(rule, rng=np.random.default_rng(1))
    assert found.dummies_known
    assert found.dummies == ("401", "402")
