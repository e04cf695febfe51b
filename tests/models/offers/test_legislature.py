"""Bargaining by votes against routines of another kind: mixing found by linear programming, values by iteration, divisions
by trying them all, and cases worked out by hand."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from winset.models.offers.legislature import closed_rule, open_rule
from winset.models.offers.rounds import Waiting, by_quota

factor = st.floats(0.05, 0.99)


def short_of(d: np.ndarray, r: np.ndarray, q: int, price: np.ndarray) -> float:
    """By how much the best chances z[i, j] that i buys j, one of the q - 1 cheapest to it, miss the prices; 0: not at all."""
    n = len(d)
    keep = np.empty(n)
    low, high = np.zeros((n, n)), np.ones((n, n))
    for i in range(n):
        others = np.delete(np.arange(n), i)
        ranked = np.sort(price[others])
        keep[i] = 1 - ranked[: q - 1].sum()
        if q > 1:
            dearest = ranked[q - 2]
            low[i, others] = (price[others] < dearest - 1e-9).astype(float)
            high[i, others] = (price[others] <= dearest + 1e-9).astype(float)
        low[i, i] = high[i, i] = 0.0
    # expected_j = r_j keep_j + sum_i r_i z_ij price_j, and price_j = d_j expected_j
    rows = [np.where(np.arange(n * n) // n == i, 1.0, 0.0) for i in range(n)]
    sides = [float(q - 1)] * n
    for j in range(n):
        row = np.zeros((n, n))
        row[:, j] = r * price[j] * d[j]
        rows.append(row.ravel())
        sides.append(price[j] - d[j] * r[j] * keep[j])
    # the least violation of any row, as one more variable
    left, right = np.array(rows), np.array(sides)
    one = np.ones((len(right), 1))
    found = linprog(
        np.append(np.zeros(n * n), 1.0), A_ub=np.vstack([np.hstack([left, -one]), np.hstack([-left, -one])]),
        b_ub=np.concatenate([right, -right]), bounds=[*zip(low.ravel(), high.ravel(), strict=True), (0, None)],
    )  # fmt: skip
    return float(found.x[-1])


@given(st.lists(st.tuples(factor, st.integers(1, 9)), min_size=3, max_size=6), st.data())
def test_proposers_can_mix_so_that_prices_come_out(rows: list[tuple[float, int]], data: st.DataObject) -> None:
    d = np.array([row[0] for row in rows])
    r = np.array([row[1] for row in rows], dtype=float)
    r /= r.sum()
    q = data.draw(st.integers(2, len(d)))
    price = closed_rule(len(d), d, quota=q, recognition=r).price
    assert short_of(d, r, q, price) <= 1e-7
    off = price.copy()
    off[int(price.argmax())] *= 1.05
    assert short_of(d, r, q, off) > 1e-6


@given(st.floats(0.05, 1.0), st.tuples(*[st.integers(1, 30)] * 3))
def test_three_members_by_hand(d: float, chances: tuple[int, int, int]) -> None:
    # If all three expect 1/3, a vote costs d/3 and i is bought with chance (1 - r_i (3 - d)) / d, which lies between 0 and
    # 1 - r_i where (1 - d) / (3 - 2 d) <= r_i <= 1 / (3 - d): there chances to propose do not matter
    r = np.array(chances, dtype=float) / sum(chances)
    found = closed_rule(3, d, recognition=r)
    if (r <= 1 / (3 - d)).all() and (r >= (1 - d) / (3 - 2 * d)).all():
        assert found.expected == pytest.approx(np.full(3, 1 / 3), abs=1e-9)
    else:
        assert np.ptp(found.expected) > 0
    order = np.argsort(r)
    assert (np.diff(found.expected[order]) >= -1e-9).all()  # a better chance to propose never hurts beside a worse one


@pytest.mark.parametrize("n", [3, 5, 7, 9, 21])
@pytest.mark.parametrize("d", [0.0, 0.2, 0.5, 0.73, 0.9, 0.99, 1.0])
def test_the_open_rule_is_what_iteration_finds_and_no_proposer_would_satisfy_another_number(n: int, d: float) -> None:
    deal, passes = open_rule(n, d)
    k = deal.partners
    assert passes == k / (n - 1)
    values = {}
    for j in range((n - 1) // 2, n):
        value = left = kept = 0.0  # of the floor, of one left out, of one satisfied, when all others satisfy j
        s = min(j / (n - 2), 1.0)
        for _ in range(4_000):  # half a step at a time: a whole one would swing about the answer
            amended = s * kept + (1 - s) * left
            new = np.array([
                j / (n - 1) * (1 - j * d * value) + (n - 1 - j) / (n - 1) * d * left,
                d * value / (n - 1) + max(n - 2 - j, 0) / (n - 1) * d * amended if j < n - 1 else 0.0,
                j / (n - 1) * d * value + (n - 1 - j) / (n - 1) * d * amended,
            ])  # fmt: skip
            step = 1 / (1 + j)
            value, left, kept = (1 - step) * np.array([value, left, kept]) + step * new
        values[j] = value, left
    value, left = values[k]
    assert deal.proposer[0] == pytest.approx(1 - k * d * value, abs=1e-6)
    for j in range((n - 1) // 2, n):
        deviation = j / (n - 1) * (1 - j * d * value) + (n - 1 - j) / (n - 1) * d * left
        assert deviation <= value + 1e-6
    assert deal.shares.sum() == pytest.approx(1)


@pytest.mark.parametrize("quota", [1, 2, 3])
@pytest.mark.parametrize("rounds", [1, 2, 3, 4])
def test_a_last_round_by_votes_is_what_trying_every_division_finds(quota: int, rounds: int) -> None:
    d, r, pieces = np.array([0.9, 0.7, 0.5]), np.array([0.5, 0.3, 0.2]), 400
    cuts = np.array([(a, b, pieces - a - b) for a in range(pieces + 1) for b in range(pieces + 1 - a)]) / pieces
    ahead = np.zeros(3)
    for t in range(rounds):
        price = d * ahead if t else ahead
        wanted = np.zeros((3, 3))
        for i in range(3):
            votes = (cuts >= price - 1e-9) | (np.arange(3) == i)
            passing = cuts[votes.sum(axis=1) >= quota]
            best = passing[passing[:, i] >= passing[:, i].max() - 1e-12]
            wanted[i] = best.mean(axis=0)
        ahead = r @ wanted
    found = by_quota(3, [Waiting.of(d)] * rounds, quota, recognition=r)
    assert found.expected == pytest.approx(ahead, abs=3 * rounds / pieces)


def test_members_who_are_alike_are_treated_alike() -> None:
    for order in itertools.permutations(range(4)):
        d, r = np.array([0.9, 0.6, 0.8, 0.7])[list(order)], np.array([0.4, 0.3, 0.2, 0.1])[list(order)]
        base = closed_rule(4, [0.9, 0.6, 0.8, 0.7], quota=3, recognition=[0.4, 0.3, 0.2, 0.1])
        assert closed_rule(4, d, quota=3, recognition=r).expected == pytest.approx(base.expected[list(order)], abs=1e-9)
