"""Laws of power under any number of quotas and ways to win."""

from fractions import Fraction

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from winset.models.coalitions import counting
from winset.models.coalitions.power import INDICES, Power, power
from winset.models.coalitions.rules import Quota, VotingRule, blocking

Way = tuple[Quota, ...]
SEEDS = st.integers(0, 2**32)


def drawn_way(rng: np.random.Generator, n: int) -> Way:
    way = []
    for _ in range(rng.integers(1, 3)):
        weights = [np.ones(n, dtype=int), rng.integers(0, 6, n), rng.integers(0, 2, n)][rng.integers(3)]
        weights[rng.integers(n)] += 1
        whole = tuple(Fraction(int(w)) for w in weights)
        way.append(Quota(whole, Fraction(max(1, int(sum(whole) * rng.uniform(0.3, 1))))))
    return tuple(way)


def drawn(seed: int, n: int, ways: int) -> VotingRule:
    rng = np.random.default_rng(seed)
    return VotingRule(players=tuple(f"p{i}" for i in range(n)), ways=tuple(drawn_way(rng, n) for _ in range(ways)))


def solved(rule: VotingRule) -> Power:
    return power(rule, rng=np.random.default_rng(0))


def shares(found: Power, index: str) -> dict[str, Fraction]:
    values = found.indices[index].values
    assert values is not None
    return {p: Fraction(v) for p, v in zip(found.players, values, strict=True)}


def rows(rule: VotingRule) -> list[tuple[Fraction, ...]]:
    return list(zip(*(c.weights for way in rule.ways for c in way), strict=True))


@given(SEEDS, st.integers(1, 7), st.integers(1, 3))
@settings(max_examples=80, deadline=None)
def test_every_index_shares_out_one_treats_alike_who_is_alike_and_gives_dummies_nothing(
    seed: int, n: int, ways: int
) -> None:
    rule = drawn(seed, n, ways)
    found, players = solved(rule), rows(rule)
    for index in INDICES:
        values = shares(found, index)
        if index != "banzhaf_absolute":
            assert sum(values.values()) == 1
        assert all(0 <= v <= 1 for v in values.values())
        assert all((values[p] == 0) == (p in found.dummies) for p in found.players)
        assert all(
            values[p] == values[q]
            for p, a in zip(found.players, players, strict=True) for q, b in zip(found.players, players, strict=True) if a == b
        )  # fmt: skip
        assert all(values[p] == max(values.values()) for p in found.vetoes)  # nobody is needed more often


@given(SEEDS, st.integers(2, 7), st.integers(1, 3))
@settings(max_examples=60, deadline=None)
def test_order_and_units_of_players_and_quotas_do_not_matter(seed: int, n: int, ways: int) -> None:
    rule = drawn(seed, n, ways)
    rng = np.random.default_rng(seed + 1)
    order = rng.permutation(n).tolist()

    def other(c: Quota) -> Quota:
        unit = Fraction(int(rng.integers(1, 50)), int(rng.integers(1, 50)))
        return Quota(tuple(c.weights[i] * unit for i in order), c.quota * unit)

    moved = VotingRule(
        players=tuple(rule.players[i] for i in order),
        ways=tuple(tuple(map(other, way[::-1])) for way in rule.ways[::-1]),
    )
    one, two = solved(rule), solved(moved)
    assert all(shares(one, index) == shares(two, index) for index in INDICES)
    assert (one.minimal, one.winning, one.blocking, set(one.vetoes)) == (
        two.minimal, two.winning, two.blocking, set(two.vetoes)
    )  # fmt: skip


@given(SEEDS, st.integers(2, 7), st.integers(1, 3))
@settings(max_examples=60, deadline=None)
def test_who_is_as_heavy_in_every_quota_has_as_much_power(seed: int, n: int, ways: int) -> None:
    # not so with Deegan-Packel and Holler, which count smallest coalitions only
    rule = drawn(seed, n, ways)
    found, players = solved(rule), rows(rule)
    for index in ("shapley_shubik", "banzhaf", "banzhaf_absolute", "johnston"):
        values = list(shares(found, index).values())
        for a, x in zip(players, values, strict=True):
            for b, y in zip(players, values, strict=True):
                assert x <= y or not all(v <= w for v, w in zip(a, b, strict=True))


@given(SEEDS, st.integers(2, 7))
@settings(max_examples=60, deadline=None)
def test_one_way_more_and_one_quota_more_share_out_what_two_rules_do(seed: int, n: int) -> None:
    # the transfer axiom (Dubey 1975): either of two rules and both together have as much power as the one and the other
    rng = np.random.default_rng(seed)
    a, b = drawn_way(rng, n), drawn_way(rng, n)
    players = tuple(f"p{i}" for i in range(n))
    one, other, either, both = (
        solved(VotingRule(players=players, ways=ways)) for ways in ((a,), (b,), (a, b), ((*a, *b),))
    )
    for index in ("shapley_shubik", "banzhaf_absolute"):
        for p in players:
            assert shares(one, index)[p] + shares(other, index)[p] == shares(either, index)[p] + shares(both, index)[p]
    assert one.winning is not None
    assert other.winning is not None
    assert one.winning + other.winning == (either.winning or 0) + (both.winning or 0)


def test_the_same_holds_among_players_too_many_to_go_through() -> None:
    n, rng = 33, np.random.default_rng(12)
    people = tuple(Fraction(int(v)) for v in rng.lognormal(8, 1.3, n))
    ones = (Fraction(1),) * n
    few = tuple(Fraction(int(v)) for v in rng.integers(1, 6, n))
    a: Way = (Quota(ones, Fraction(18)), Quota(people, sum(people) * Fraction(13, 20)))
    b: Way = (Quota(few, sum(few) * Fraction(7, 10)),)
    players = tuple(map(str, range(n)))
    found = [counting.swings(VotingRule(players=players, ways=ways)) for ways in ((a,), (b,), (a, b), ((*a, *b),))]
    one, other, either, both = (each for each in found if each is not None)
    assert [x + y for x, y in zip(one.swings, other.swings, strict=True)] == [
        x + y for x, y in zip(either.swings, both.swings, strict=True)
    ]
    first, second, third, fourth = (each.shapley for each in (one, other, either, both) if each.shapley is not None)
    assert [x + y for x, y in zip(first, second, strict=True)] == [x + y for x, y in zip(third, fourth, strict=True)]
    assert sum(third) == 1
    against = blocking(VotingRule(players=players, ways=(a, b)), 64)
    assert against is not None
    dual = counting.swings(against)
    assert dual is not None
    assert (dual.swings, dual.shapley) == (either.swings, either.shapley)
    assert (dual.winning or 0) + (either.winning or 0) == 2**n


@given(SEEDS, st.integers(1, 7), st.integers(1, 3))
@settings(max_examples=60, deadline=None)
def test_who_blocks_has_the_power_of_who_wins(seed: int, n: int, ways: int) -> None:
    rule = drawn(seed, n, ways)
    against = blocking(rule, 64)
    if against is None:
        return
    one, other = solved(rule), solved(against)
    for index in ("shapley_shubik", "banzhaf", "banzhaf_absolute"):
        assert shares(one, index) == shares(other, index)
    assert (one.minimal, one.blocking) == (other.blocking, other.minimal)
    assert set(one.vetoes) == {c[0] for c in one.blocking_listed or () if len(c) == 1}


@given(SEEDS, st.integers(2, 7), st.integers(1, 2))
@settings(max_examples=40, deadline=None)
def test_two_who_act_as_one_have_the_banzhaf_power_of_both(seed: int, n: int, ways: int) -> None:
    # Lehrer 1988: the absolute index of two players who vote as one is the sum of theirs
    rule = drawn(seed, n, ways)
    merged = VotingRule(
        players=("p0+p1", *rule.players[2:]),
        ways=tuple(
            tuple(Quota((c.weights[0] + c.weights[1], *c.weights[2:]), c.quota) for c in way) for way in rule.ways
        ),
    )
    apart, together = shares(solved(rule), "banzhaf_absolute"), shares(solved(merged), "banzhaf_absolute")
    assert together["p0+p1"] == apart["p0"] + apart["p1"]
