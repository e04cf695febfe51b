"""The Council's rule since 2014 on 27 members: 55 % of the states with 65 % of the people, or fewer than four against."""

from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest

from winset.models.coalitions.enumeration import shapley_and_swings
from winset.models.coalitions.power import power
from winset.models.coalitions.rules import Quota, VotingRule

MEMBERS, STATES, ENOUGH = 27, 15, 24


def winning_with(people: list[int], need: int, player: int | None) -> int:
    """Winning coalitions (with `player` where given), by meeting in the middle on sorted sums of two halves."""
    free = [p for i, p in enumerate(people) if i != player]
    already, count = (0, 0) if player is None else (people[player], 1)
    halves = free[: len(free) // 2], free[len(free) // 2 :]
    sums = [[np.sort([sum(c) for c in combinations(half, s)]) for s in range(len(half) + 1)] for half in halves]
    won = 0
    for a, left in enumerate(sums[0]):
        for b, right in enumerate(sums[1]):
            states = a + b + count
            if states >= ENOUGH:
                won += len(left) * len(right)
            elif states >= STATES:
                won += int((len(right) - np.searchsorted(right, need - already - left)).sum())
    return won


def test_shares_are_exact_and_agree_with_meeting_in_the_middle() -> None:
    rng = np.random.default_rng(2014)
    people = sorted((int(v) for v in rng.lognormal(8.7, 1.4, MEMBERS)), reverse=True)
    need = -(-65 * sum(people) // 100)
    ones = (Fraction(1),) * MEMBERS
    rule = VotingRule(
        players=tuple(map(str, range(MEMBERS))),
        ways=(
            (Quota(ones, Fraction(STATES)), Quota(tuple(map(Fraction, people)), Fraction(65 * sum(people), 100))),
            (Quota(ones, Fraction(ENOUGH)),),
        ),
    )
    shapley, counted, won = shapley_and_swings(rule)
    total = winning_with(people, need, None)
    assert won == total
    # a winning coalition without the player wins with it, so the swings are the rest of those with it
    assert counted == [2 * winning_with(people, need, i) - total for i in range(MEMBERS)]
    assert sum(shapley) == 1
    assert shapley == sorted(shapley, reverse=True)


@pytest.mark.slow
def test_a_council_of_27_has_every_index_exactly() -> None:
    rng = np.random.default_rng(2020)
    people = tuple(Fraction(int(v)) for v in rng.lognormal(8.7, 1.4, MEMBERS))
    ones = (Fraction(1),) * MEMBERS
    rule = VotingRule(
        players=tuple(map(str, range(MEMBERS))),
        ways=((Quota(ones, Fraction(STATES)), Quota(people, sum(people) * Fraction(65, 100))),
              (Quota(ones, Fraction(ENOUGH)),)),
    )  # fmt: skip
    found = power(rule, rng=rng)
    for index in found.indices.values():
        assert index.exact
        assert index.values is not None
    assert all(
        sum(map(Fraction, index.values or ())) == 1
        for name, index in found.indices.items()
        if name != "banzhaf_absolute"
    )
