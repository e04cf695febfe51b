"""Core and nucleolus against published divisions, a rule that needs no programme, and Kohlberg's criterion."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from winset.errors import ModelError
from winset.models.coalitions.shares import Game, core, leavers, nucleolus, shapley, sums

F = Fraction


def game(worth: list[int]) -> Game:
    n = len(worth).bit_length() - 1
    return Game(players=tuple("abcdefgh"[:n]), worth=tuple(map(F, worth)))


def bankruptcy(estate: F, claims: list[int]) -> Game:
    """What is left of the estate when the others have been paid in full."""
    n, whole = len(claims), sum(claims)
    worth = []
    for k in range(1 << n):
        inside = sum(c for i, c in enumerate(claims) if k >> i & 1)
        worth.append(max(F(0), estate - (whole - inside)))
    return Game(players=tuple(map(str, range(n))), worth=tuple(worth))


def talmud(estate: F, claims: list[int]) -> list[F]:
    """Half claims are filled alike from below; beyond half of all, losses are shared alike (Aumann and Maschler)."""
    half = [F(c, 2) for c in claims]

    def alike(amount: F) -> list[F]:
        shares, left, open_ = [F(0)] * len(half), amount, list(range(len(half)))
        while open_ and left > 0:
            least = min(half[i] - shares[i] for i in open_)
            step = min(least, left / len(open_))
            for i in open_:
                shares[i] += step
            left -= step * len(open_)
            open_ = [i for i in open_ if shares[i] < half[i]]
        return shares

    total = F(sum(claims))
    if 2 * estate <= total:
        return alike(estate)
    return [c - lost for c, lost in zip(claims, alike(total - estate), strict=True)]


@pytest.mark.parametrize(
    ("estate", "shares"),
    [(100, [F(100, 3)] * 3), (200, [50, 75, 75]), (300, [50, 100, 150])],
)
def test_the_three_widows_of_the_talmud(estate: int, shares: list[F]) -> None:
    # Aumann and Maschler 1985, Journal of Economic Theory 36, table 1: claims of 100, 200 and 300
    assert list(nucleolus(bankruptcy(F(estate), [100, 200, 300]))) == shares


@given(st.lists(st.integers(1, 20), min_size=2, max_size=5), st.integers(0, 100))
@settings(max_examples=40, deadline=None)
def test_the_nucleolus_of_a_bankruptcy_is_the_rule_of_the_talmud(claims: list[int], percent: int) -> None:
    estate = F(sum(claims) * percent, 100)
    assert list(nucleolus(bankruptcy(estate, claims))) == talmud(estate, claims)


WORTHS = st.integers(2, 4).flatmap(lambda n: st.lists(st.integers(0, 9), min_size=(1 << n) - 2, max_size=(1 << n) - 2))


def rich(worth: list[int], add: int) -> Game:
    """All together are worth at least what the players are alone."""
    n = (len(worth) + 2).bit_length() - 1
    return game([0, *worth, sum(worth[(1 << i) - 1] for i in range(n)) + add])


@given(WORTHS, st.integers(0, 30))
@settings(max_examples=80, deadline=None)
def test_complaints_at_the_nucleolus_are_balanced(worth: list[int], add: int) -> None:
    # Kohlberg 1971: at every level, the coalitions with the largest complaints, with players held at what they get
    # alone, have weights under which all players weigh alike, positive on the coalitions
    g = rich(worth, add)
    x = nucleolus(g)
    n = len(x)
    held = sums(x)
    assert held[-1] == g.worth[-1]
    assert all(x[i] >= g.worth[1 << i] for i in range(n))
    excess = {k: g.worth[k] - held[k] for k in range(1, (1 << n) - 1)}
    at_bound = [1 << i for i in range(n) if x[i] == g.worth[1 << i]]
    for level in sorted(set(excess.values()), reverse=True):
        top = [k for k, e in excess.items() if e >= level]
        columns = np.array([[k >> i & 1 for k in (*top, *at_bound)] for i in range(n)], float)
        weights = linprog(
            np.zeros(columns.shape[1]), A_eq=columns, b_eq=np.ones(n) * 1000,
            bounds=[(1e-2, None)] * len(top) + [(0, None)] * len(at_bound),
        )  # fmt: skip
        assert weights.status == 0, (level, top)


@given(WORTHS, st.integers(0, 12))
@settings(max_examples=80, deadline=None)
def test_the_core_proves_itself(worth: list[int], add: int) -> None:
    g = rich(worth, add)
    found = core(g)
    n = len(g.players)
    for i in range(n):  # every player is in the balanced coalitions once
        assert sum((w for k, w in found.balance if k >> i & 1), F(0)) == 1
    assert all(w >= 0 for _, w in found.balance)
    assert sum((w * g.worth[k] for k, w in found.balance), F(0)) == found.needed
    assert found.empty == (found.needed > g.worth[-1])
    assert not [k for k, v in enumerate(sums(found.point)[:-1]) if v < g.worth[k]]
    assert sum(found.point) == max(found.needed, g.worth[-1])
    if not found.empty:  # the nucleolus is in every core that is not empty
        assert leavers(g, found.point) == leavers(g, nucleolus(g)) == ()


def test_majority_of_three_has_no_core_and_shares_alike() -> None:
    g = game([0, 0, 0, 1, 0, 1, 1, 1])
    found = core(g)
    assert (found.empty, found.needed) == (True, F(3, 2))
    assert nucleolus(g) == shapley(g) == (F(1, 3),) * 3
    assert [g.members(one.coalition) for one in leavers(g, (F(1, 3),) * 3)] == [("a", "b"), ("a", "c"), ("b", "c")]
    assert leavers(g, (F(1), F(0), F(0)))[0].coalition == 6


def test_gloves_go_to_who_has_the_scarce_one() -> None:
    # one left glove, two right ones (Shapley 1959): the core gives all to the left; Shapley's value 2/3, 1/6, 1/6
    g = game([0, 0, 0, 1, 0, 1, 0, 1])
    assert core(g).point == nucleolus(g) == (1, 0, 0)
    assert shapley(g) == (F(2, 3), F(1, 6), F(1, 6))


@given(WORTHS, st.integers(0, 9), st.fractions(F(1, 9), 9))
@settings(max_examples=30, deadline=None)
def test_units_do_not_matter(worth: list[int], add: int, times: F) -> None:
    g = rich(worth, add)
    other = Game(players=g.players, worth=tuple(times * v for v in g.worth))
    assert nucleolus(other) == tuple(times * v for v in nucleolus(g))
    assert core(other).needed == times * core(g).needed


def test_bad_games_are_refused() -> None:
    with pytest.raises(ModelError, match="alone the players are worth 4, together 3"):
        nucleolus(game([0, 2, 2, 3]))
    with pytest.raises(ModelError, match="3 shares for 2 players"):
        leavers(game([0, 1, 1, 3]), (F(1),) * 3)
    with pytest.raises(ModelError, match="13 players; shares are computed for 1 to 12"):
        Game(players=tuple("abcdefghijklm"), worth=(F(0),) * (1 << 13))
    with pytest.raises(ModelError, match="'a' occurs twice"):
        Game(players=("a", "a"), worth=(F(0),) * 4)
