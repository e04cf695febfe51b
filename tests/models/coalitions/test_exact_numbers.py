"""Weights of any size and fineness count as written."""

from fractions import Fraction

import numpy as np

from winset.models.coalitions.power import Power, power
from winset.models.coalitions.rules import weighted


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
