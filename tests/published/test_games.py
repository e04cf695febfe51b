"""Games whose equilibria are published or exact; and the models that are such games in disguise."""

import itertools
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from tests.conftest import oracle_cases

from winset.models.games.normal import bimatrix, pure, regret
from winset.models.games.tree import Move, backward_induction, strategic_form

CASES = {case["id"]: case for case in oracle_cases("06_games")}
pytestmark = pytest.mark.skipif(not CASES, reason="needs oracles/06_games.json (set WINSET_SHARED)")
BIMATRIX = [name for name, case in CASES.items() if {"row", "column"} <= case["inputs"].keys()]


@pytest.mark.parametrize("name", BIMATRIX)
def test_every_equilibrium_of_two_players(name: str) -> None:
    told, want = CASES[name]["inputs"], CASES[name]["expected"]
    found = {one.mixes for one in bimatrix(told["row"], told["column"])}
    assert found == {tuple(tuple(Fraction(p) for p in mix) for mix in pair) for pair in want["all_nash"]}


def test_three_players() -> None:
    told, want = CASES["local-max-cut-2x2x2"]["inputs"]["payoffs_by_profile"], CASES["local-max-cut-2x2x2"]["expected"]
    u = np.empty((3, 2, 2, 2))
    for profile in itertools.product("ab", repeat=3):
        u[(slice(None), *("ab".index(c) for c in profile))] = told["".join(profile)]
    assert sorted("".join("ab"[i] for i in spot) for spot in pure(u)) == sorted(want["pure_nash"])
    assert regret(u, [("1/2", "1/2")] * 3) == (0, 0, 0)
    assert max(regret(u, [("1/3", "2/3"), ("1/2", "1/2"), ("1/2", "1/2")])) > 0


def test_stripped_down_poker() -> None:
    told, want = CASES["stripped-down-poker"]["inputs"], CASES["stripped-down-poker"]["expected"]

    def ends(card: str) -> Move:
        replies = tuple((r, (told["payoff_alice"][f"{card} Bet {r}"],)) for r in ("Call", "Fold"))
        bob = Move(mover=1, actions=tuple((r, (x, -x)) for r, (x,) in replies), knows="bet seen")
        fold = told["payoff_alice"]["Fold"]
        return Move(mover=0, actions=(("Bet", bob), ("Fold", (fold, -fold))), knows=card)

    cards = told["chance"]
    root = Move(mover=None, actions=tuple((c, ends(c)) for c in cards), chances=tuple(cards.values()))
    form = strategic_form(root, 2)
    found = bimatrix(*form.payoffs)
    for one in found:
        alice, bob = one.mixes

        def bets(card: str, mix: Any = alice) -> Fraction:
            return sum(
                (p for p, plan in zip(mix, form.strategies[0], strict=True) if plan[card] == "Bet"), start=Fraction(0)
            )

        assert one.payoffs[0] == Fraction(want["value_alice"])
        assert bets("King") == want["equilibrium"]["king_bet"]
        assert bets("Queen") == Fraction(want["equilibrium"]["queen_bet"])
        assert bob[form.strategies[1].index({"bet seen": "Call"})] == Fraction(want["equilibrium"]["bob_call"])
    assert found


def test_the_centipede() -> None:
    told, want = CASES["centipede-6"]["inputs"], CASES["centipede-6"]["expected"]
    node: Any = tuple(told["all_pass"])
    for mover, take in reversed(list(zip(told["moves"], told["take_payoffs"], strict=True))):
        node = Move(mover=int(mover) - 1, actions=(("take", tuple(take)), ("pass", node)))
    found = backward_induction(node)
    assert set(found.plan.values()) == {"take"}
    assert found.payoffs == tuple(want["outcome"])
    assert found.unique


def test_entry_deterrence() -> None:
    told, want = CASES["entry-deterrence"]["inputs"]["payoffs"], CASES["entry-deterrence"]["expected"]
    after = Move(
        mover=1, actions=tuple((a, tuple(told[f"In {a}"])) for a in CASES["entry-deterrence"]["inputs"]["incumbent"])
    )
    stage = Move(mover=0, actions=(("Out", tuple(told["Out"])), ("In", after)))
    assert list(backward_induction(stage).path(stage)) == want["spne"]
    form = strategic_form(stage, 2)
    plans = [(*form.strategies[0][i].values(), *form.strategies[1][j].values()) for i, j in pure(form.payoffs)]
    assert sorted(plans) == sorted(map(tuple, want["nash_pure"]))

    def repeated(stages: int) -> tuple[Any, ...]:
        """Backward: whatever happened before, what follows adds the same to every end."""
        total = (0, 0)
        for _ in range(stages):
            once = backward_induction(stage)
            assert list(once.path(stage)) == want["spne"]
            total = tuple(a + b for a, b in zip(total, once.payoffs, strict=True))
        return total

    assert repeated(20) == (40, 40)
