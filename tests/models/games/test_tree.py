"""Backward induction over a written-out tree is what the models of bargaining and of crisis say."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from winset.errors import ModelError
from winset.models.crisis.information import screening
from winset.models.games.normal import bimatrix, regret
from winset.models.games.tree import Move, Payoffs, backward_induction
from winset.models.offers.alternating import finite
from winset.models.offers.frontier import Deals
from winset.models.offers.terms import Terms

ODD = [0.317, 0.5413, 0.7071, 0.8339, 0.9127, 0.98765]  # no ties between offers and waiting


@given(
    st.integers(1, 3), st.sampled_from(ODD), st.sampled_from(ODD), st.integers(2, 5), st.sampled_from([0, 0.131, 0.377])
)
def test_offers_in_turn_are_a_tree_of_moves(horizon: int, d1: float, d2: float, pieces: int, out: float) -> None:
    deals = [(i / pieces, 1 - i / pieces) for i in range(pieces + 1)]

    def game(at: int) -> Move | Payoffs:
        if at > horizon:
            return 0.0, 0.0
        proposer = (at - 1) % 2
        rest = game(at + 1)
        left = d1 ** (at - 1), d2 ** (at - 1)
        offers = []
        for deal in deals:
            yes = (deal[0] * left[0], deal[1] * left[1])
            leave = (0.0, out * left[1]) if proposer == 0 else (0.0, 0.0)  # the second side alone has a way out
            reply = Move(mover=1 - proposer, actions=(("yes", yes), ("leave", leave), ("no", rest)))
            offers.append((f"{deal}", reply))
        return Move(mover=proposer, actions=tuple(offers))

    root = game(1)
    assert isinstance(root, Move)
    written = backward_induction(root)
    try:
        solved = finite(Terms(discount=(d1, d2), outside=(0.0, out)), horizon, Deals.of(deals))
    except ModelError:
        return
    left = (d1 ** (solved.round - 1), d2 ** (solved.round - 1))
    expected = (solved.payoffs[0] * left[0], solved.payoffs[1] * left[1])
    assert written.payoffs == pytest.approx(expected, abs=1e-9)


def test_a_demand_against_unknown_kinds_is_a_tree_with_chance() -> None:
    p, own, kinds, chances = 0.5, 0.1, (0.05, 0.2, 0.4), (0.2, 0.5, 0.3)
    demands = [p + k for k in kinds]

    def answers(x: float) -> Move:
        replies = tuple(
            (f"kind {k}", Move(mover=1, actions=(("yield", (x, 1 - x)), ("fight", (p - own, 1 - p - k)))))
            for k in kinds
        )
        return Move(mover=None, actions=replies, chances=chances)

    tree = Move(mover=0, actions=tuple((f"{x:.2f}", answers(x)) for x in demands))
    found, formula = backward_induction(tree), screening(p, own, kinds, chances)
    assert float(found.payoffs[0]) == pytest.approx(formula.value)
    assert found.plan[()] == f"{formula.offer:.2f}"


@given(st.integers(0, 2**32), st.integers(1, 4), st.integers(1, 4))
def test_equilibria_leave_no_regret_and_exist(seed: int, m: int, n: int) -> None:
    rng = np.random.default_rng(seed)
    u = rng.integers(-3, 4, (2, m, n))
    found = bimatrix(*u)
    assert found
    for one in found:
        assert regret(u, one.mixes) == (0, 0)
        assert all(sum(mix) == 1 for mix in one.mixes)


def test_a_move_that_is_not_known_is_refused() -> None:
    hidden = Move(mover=1, actions=(("l", (0, 0)), ("r", (1, 1))), knows="same")
    with pytest.raises(ModelError, match="every move known"):
        backward_induction(Move(mover=0, actions=(("a", hidden), ("b", hidden))))
