"""Games counted by diagrams: against every coalition looked at, against binomials, and against grown estimates."""

from fractions import Fraction
from itertools import combinations
from math import comb, prod

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from winset.models.coalitions import counting, enumeration, lattice, sampling
from winset.models.coalitions.diagram import grow
from winset.models.coalitions.generating import shapley_and_swings
from winset.models.coalitions.growing import minimal_under_any
from winset.models.coalitions.power import power
from winset.models.coalitions.rules import Quota, VotingRule, blocking, weighted


def drawn(seed: int) -> VotingRule:
    """Up to three ways of up to three quotas: heads, vetoes of some, small weights, weights of very different size."""
    rng = np.random.default_rng(seed)
    n = int(rng.integers(1, 11))
    ways = []
    for _ in range(rng.integers(1, 4)):
        way = []
        for _ in range(rng.integers(1, 4)):
            weights = [
                np.ones(n, dtype=int),
                rng.integers(0, 2, n),
                rng.integers(0, 8, n),
                rng.integers(0, 10 ** rng.integers(1, 7), n),
            ][rng.integers(4)]
            weights[rng.integers(n)] += not weights.any()
            whole = tuple(Fraction(int(w)) for w in weights)
            way.append(Quota(whole, Fraction(max(1, int(sum(whole) * rng.uniform(0.2, 1))))))
        ways.append(tuple(way))
    return VotingRule(players=tuple(f"p{i}" for i in range(n)), ways=tuple(ways))


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 2**32))
def test_what_a_diagram_counts_is_what_looking_at_every_coalition_counts(seed: int) -> None:
    rule = drawn(seed)
    shapley, swings, winning = enumeration.shapley_and_swings(rule)
    counted = counting.swings(rule)
    assert counted is not None
    assert (list(counted.shapley or ()), list(counted.swings), counted.winning) == (shapley, swings, winning)
    one_by_one = lattice.minimal(rule, listed=10_000)
    least = counting.least(rule, listed=10_000)
    assert least is not None
    assert (least.count, least.member, least.shared) == (one_by_one.count, one_by_one.holler, one_by_one.deegan_packel)
    assert least.listed == tuple(
        sorted(tuple(i for i in range(len(rule.players)) if k >> i & 1) for k in one_by_one.listed or ())
    )


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32))
def test_blocking_coalitions_are_those_that_meet_every_winning_one(seed: int) -> None:
    rule = drawn(seed)
    n = len(rule.players)
    sets = [frozenset(c) for k in range(n + 1) for c in combinations(range(n), k)]
    winning = [s for s in sets if rule.wins(s)]
    meets = {s for s in sets if all(s & w for w in winning)}
    against = blocking(rule, 100)
    assert against is not None
    assert {s for s in sets if against.wins(s)} == meets
    found = power(rule, rng=np.random.default_rng(0))
    least = {frozenset(rule.players[i] for i in s) for s in meets if not any(s - {i} in meets for i in s)}
    assert found.blocking == len(least)
    assert {frozenset(one) for one in found.blocking_listed or ()} == least


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32))
def test_blocking_what_blocks_is_winning(seed: int) -> None:
    rule = drawn(seed)
    if (against := blocking(rule, 100)) is not None and (again := blocking(against, 100)) is not None:
        assert counting.swings(again) == counting.swings(rule)
        assert counting.least(again, listed=1000) == counting.least(rule, listed=1000)


def chambers(*houses: tuple[int, int]) -> VotingRule:
    """Every house must have enough of its members, who are told apart by nothing."""
    n = sum(size for size, _ in houses)
    way, start = [], 0
    for size, enough in houses:
        way.append(Quota(tuple(Fraction(start <= i < start + size) for i in range(n)), Fraction(enough)))
        start += size
    return VotingRule(players=tuple(map(str, range(n))), ways=(tuple(way),))


def test_three_houses_have_a_product_of_binomials() -> None:
    houses = ((40, 21), (30, 20), (7, 7))
    least = counting.least(chambers(*houses), listed=10)
    assert least is not None
    whole = prod(comb(size, enough) for size, enough in houses)
    assert least.count == whole
    assert least.listed is None
    assert least.member == tuple(whole * enough // size for size, enough in houses for _ in range(size))
    assert least.shared == tuple(Fraction(m, 48) for m in least.member)
    swings = counting.swings(chambers(*houses))
    assert swings is not None
    tails = [sum(comb(size, k) for k in range(enough, size + 1)) for size, enough in houses]
    assert swings.winning == prod(tails)
    at = 0
    for h, (size, enough) in enumerate(houses):
        others = prod(t for k, t in enumerate(tails) if k != h)
        assert swings.swings[at] == comb(size - 1, enough - 1) * others
        at += size


def test_any_of_two_groups_that_share_nobody_has_the_sum_of_both() -> None:
    n = 60
    left = tuple(Fraction(i < 30) for i in range(n))
    right = tuple(Fraction(i >= 30) for i in range(n))
    rule = VotingRule(players=tuple(map(str, range(n))),
                      ways=((Quota(left, Fraction(16)),), (Quota(right, Fraction(11)),)))  # fmt: skip
    found = power(rule, rng=np.random.default_rng(0))
    assert found.minimal == comb(30, 16) + comb(30, 11)
    assert found.blocking == comb(30, 15) * comb(30, 20)


def council(n: int, seed: int) -> VotingRule:
    people = tuple(Fraction(int(v)) for v in np.random.default_rng(seed).lognormal(15, 1.4, n))
    ones = (Fraction(1),) * n
    return VotingRule(
        players=tuple(map(str, range(n))),
        ways=((Quota(ones, Fraction(-(-55 * n // 100))), Quota(people, sum(people) * Fraction(65, 100))),
              (Quota(ones, Fraction(n - 3)),)),
    )  # fmt: skip


def test_a_council_of_36_is_counted_exactly_and_lies_where_estimates_say() -> None:
    rule = council(36, 7)
    found = power(rule, rng=np.random.default_rng(0))
    names = ("shapley_shubik", "banzhaf", "banzhaf_absolute", "deegan_packel", "holler")
    assert all(found.indices[name].exact for name in names)
    assert not found.indices["johnston"].exact
    grown = minimal_under_any(rule, np.random.default_rng(1))
    assert grown is not None
    drawn_at_random = {"shapley_shubik": sampling.orders(rule, np.random.default_rng(2)), **grown,
                       **sampling.coalitions(rule, np.random.default_rng(3))}  # fmt: skip
    for name in names:
        estimate = drawn_at_random[name]
        assert estimate is not None
        gap = np.abs(estimate.values - [float(v) for v in found.indices[name].values or ()])
        assert gap.max() <= 2.5 * estimate.error  # five standard errors of the least certain player
    assert found.minimal is not None
    assert found.blocking is not None


def test_one_quota_by_diagram_and_by_generating_function_agree() -> None:
    weights = tuple(int(w) for w in np.random.default_rng(4).integers(1, 200, 50))
    quota = sum(weights) * 3 // 5
    rule = weighted(tuple(map(Fraction, weights)), Fraction(quota))
    swings = counting.swings(rule)
    assert swings is not None
    shapley, counted = shapley_and_swings(weights, quota)
    assert (list(swings.shapley or ()), list(swings.swings)) == (shapley, counted)
    least = counting.least(rule, listed=0)
    assert least is not None
    assert least.count == sampling.minimal_count(weights, quota)


def test_weights_of_many_digits_are_counted_exactly() -> None:
    # the same game in other units: a common factor of many digits, and a little more that no sum can make up
    few = weighted(tuple(map(Fraction, (5, 4, 3, 3, 2, 2, 1, 1))), Fraction(11))
    large = weighted(tuple(Fraction(w * 10**15 + w % 2) for w in (5, 4, 3, 3, 2, 2, 1, 1)), Fraction(11 * 10**15))
    assert counting.swings(few) == counting.swings(large)


def test_a_diagram_that_grows_too_large_is_given_up() -> None:
    rng = np.random.default_rng(1)
    n = 40
    lists = [tuple(Fraction(int(w)) for w in rng.integers(1, 10**9, n)) for _ in range(3)]
    rule = VotingRule(players=tuple(map(str, range(n))),
                      ways=(tuple(Quota(w, sum(w) * Fraction(3, 5)) for w in lists),))  # fmt: skip
    assert grow(rule, minimal=False, sized=False, most=100_000) is None
    huge = weighted((Fraction(2**70), Fraction(2**70 + 1), Fraction(1)), Fraction(2**70 + 1))
    assert grow(huge, minimal=False, sized=False) is None


@pytest.mark.parametrize("sized", [False, True])
def test_states_are_told_apart_by_size_only_where_asked(sized: bool) -> None:
    rule = weighted(tuple(map(Fraction, (5, 4, 3, 2, 1))), Fraction(9))
    diagram = grow(rule, minimal=True, sized=sized)
    assert diagram is not None
    assert all((level.size is not None) == sized for level in diagram.levels)
