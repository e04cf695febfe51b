"""Power given positions, against the order of nearness looked at one proposal at a time."""

from fractions import Fraction
from itertools import pairwise, permutations

import numpy as np
import pytest

from winset.errors import ModelError
from winset.models.coalitions.placed import placed
from winset.models.coalitions.rules import Quota, VotingRule, weighted

HUNDRED = (Fraction(0), Fraction(100))


def pivot_shares(rule: VotingRule, distance: list[float]) -> list[float]:
    """Over all orders that respect nearness, how often each player is the one with whom the coalition first wins."""
    n = len(distance)
    orders = [o for o in permutations(range(n)) if all(distance[a] <= distance[b] for a, b in pairwise(o))]
    shares = [0.0] * n
    for order in orders:
        at = next(k for k in range(n) if rule.wins(frozenset(order[: k + 1])))
        shares[order[at]] += 1 / len(orders)
    return shares


def test_shares_are_those_of_a_fine_grid_of_proposals() -> None:
    rng = np.random.default_rng(11)
    for _ in range(6):
        n = int(rng.integers(2, 6))
        x = [int(v) for v in rng.integers(0, 11, n) * 10]
        weights = tuple(Fraction(int(v)) for v in rng.integers(1, 6, n))
        double = VotingRule(
            players=tuple(map(str, range(n))),
            ways=((Quota(weights, sum(weights) * Fraction(3, 5)), Quota((Fraction(1),) * n, Fraction(n // 2 + 1))),),
        )
        found = placed(double, [Fraction(v) for v in x], HUNDRED)
        grid = (np.arange(400) + 0.5) / 4
        each = np.mean([pivot_shares(double, [abs(y - v) for v in x]) for y in grid], axis=0)
        assert found.proposals is not None
        assert [float(v) for v in found.proposals] == pytest.approx(each.tolist(), abs=0.02)
        both = np.mean([pivot_shares(double, [float(s * v) for v in x]) for s in (1, -1)], axis=0)
        assert [float(v) for v in found.ends] == pytest.approx(both.tolist())
        assert sum(found.ends) == sum(found.proposals) == 1


def test_smallest_connected_coalitions_have_no_gap_and_need_both_their_ends() -> None:
    rule = weighted((Fraction(2), Fraction(3), Fraction(1), Fraction(4), Fraction(1)), Fraction(6))
    found = placed(rule, [Fraction(v) for v in (10, 20, 30, 40, 50)], HUNDRED)
    assert found.connected == ((0, 1, 2), (1, 2, 3), (2, 3, 4))


def test_the_middle_voter_holds_all_power_of_a_simple_majority_from_the_ends() -> None:
    rule = weighted((Fraction(1),) * 5, Fraction(3))
    found = placed(rule, [Fraction(v) for v in (90, 10, 50, 30, 70)], HUNDRED)
    assert found.ends == (0, 0, 1, 0, 0)


def test_positions_are_asked_for_of_everybody() -> None:
    with pytest.raises(ModelError, match="1 positions for 2 players"):
        placed(weighted((Fraction(1), Fraction(1)), Fraction(2)), [Fraction(0)], HUNDRED)
