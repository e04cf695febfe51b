"""Weights of any size and fineness count as written."""

from fractions import Fraction
from math import comb

import numpy as np
import pytest

from winset.errors import ModelError
from winset.models.coalitions.power import Power, power
from winset.models.coalitions.quadrature import doubles
from winset.models.coalitions.rules import Quota, VotingRule, weighted
from winset.report.coalitions import as_json


def solved(weights: list[Fraction], quota: Fraction) -> Power:
    return power(weighted(tuple(weights), quota), rng=np.random.default_rng(0))


def test_weights_beyond_machine_numbers_are_told_apart_exactly() -> None:
    huge = Fraction(10) ** 40
    found = solved([huge + 1, huge, Fraction(1)], 2 * huge + 1)  # the last two fall short by huge
    assert found.minimal == 1
    assert found.vetoes == ("1", "2")
    assert found.dummies == ("3",)
    assert found.blocking_listed == (("1",), ("2",))
    found = solved([huge + 1, huge, Fraction(1)], 2 * huge + 2)
    assert found.vetoes == ("1", "2", "3")


def test_a_common_factor_changes_nothing_and_costs_nothing() -> None:
    weights = [Fraction(v) for v in (7, 5, 4, 4, 2)]
    plain, scaled = (solved([w * f for w in weights], 12 * f) for f in (Fraction(1), Fraction(10) ** 60 / 7))
    assert plain.indices == scaled.indices
    assert plain.listed == scaled.listed


def test_who_can_block_alone_is_who_the_others_cannot_do_without() -> None:
    rng = np.random.default_rng(8)
    for _ in range(60):
        n = int(rng.integers(1, 7))
        ways = tuple(
            tuple(Quota(w, Fraction(int(rng.integers(1, int(sum(w)) + 1))))
                  for w in [tuple(Fraction(int(v)) for v in rng.integers(1, 9, n)) for _ in range(rng.integers(1, 3))])
            for _ in range(rng.integers(1, 3))
        )  # fmt: skip
        rule = VotingRule(players=tuple(map(str, range(n))), ways=ways)
        assert rule.vetoes() == tuple(i for i in range(n) if not rule.wins(frozenset(range(n)) - {i}))


def test_numbers_no_float_holds_are_told_and_counted() -> None:
    with pytest.raises(ModelError, match="the weight of 2 is a number below -1e308"):
        solved([Fraction(1), -(Fraction(10) ** 400)], Fraction(1))
    with pytest.raises(ModelError, match="the quota a number beyond 1e308 is above the total of the weights, 2"):
        solved([Fraction(1), Fraction(1)], Fraction(10) ** 400)
    with pytest.raises(ModelError, match="at most 5000"):
        solved([Fraction(1)] * 5001, Fraction(3000))


def test_shares_of_thousands_are_written_whole() -> None:
    found = as_json(solved([Fraction(1)] * 1700 + [Fraction(2)] * 6, Fraction(900)))
    assert sum(map(Fraction, found["banzhaf"])) == 1
    top, _, bottom = found["banzhaf_absolute"][-1].partition("/")
    assert top.isdigit()
    assert set(found["shapley_shubik"][0]) <= set("0123456789/")
    assert len(bottom) > 300


def test_double_precision_among_thousands_does_not_overflow() -> None:
    # halves of a simple majority of 1,100 equals, by the binomial
    near = doubles((1,) * 1100, 551)
    assert near.banzhaf_absolute[0] == pytest.approx(comb(1099, 550) / 2**1099, abs=near.banzhaf_error)
    assert near.shapley[0] == pytest.approx(1 / 1100, abs=near.shapley_error)
    assert near.shapley_error < 1e-7
