"""A deal looked at closely: trades that hurt nobody, answers that keep one's own worth."""

import json
import random
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.models.bargaining.drawn import tangled
from tests.models.bargaining.test_deals import problem, problems
from tests.models.bargaining.test_unlisted import pies

from winset.cli.main import winset
from winset.errors import ModelError
from winset.models.bargaining.deals import solve_listed
from winset.models.bargaining.problem import Problem
from winset.models.bargaining.proposal import choice_of, look_at
from winset.models.bargaining.solve import solve


@settings(deadline=None)
@given(problems(), st.data())
def test_what_is_suggested_hurts_nobody(p: Problem, data: st.DataObject) -> None:
    choice = tuple(data.draw(st.integers(0, n - 1)) for n in p.shape)
    found = look_at(solve_listed(p), choice)
    here = np.array(p.worth(choice))
    for trade in found.trades:
        after = np.array(p.worth(trade.choice))
        assert (after >= here).all()
        assert (after > here).any()
        assert after - here == pytest.approx(trade.gains)
    everything = [np.array(p.worth(p.choice(i))) for i in range(p.size)]
    better = any((w >= here).all() and (w > here).any() for w in everything)
    assert (found.improvement is not None) == better
    assert (found.distances["frontier"] == 0) == (not better)
    for i, answer in enumerate(found.answers):
        if answer is not None and len(p.parties) == 2:
            most = max(w[1 - i] for w in everything if w[i] >= here[i])
            assert p.worth(answer)[i] >= here[i]
            assert p.worth(answer)[1 - i] == most


@pytest.mark.parametrize("listed", [True, False])
@pytest.mark.parametrize("seed", range(80))
def test_counter_offers_are_worth_as_much_to_one_and_more_to_others(
    seed: int, listed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw = random.Random(seed)
    p = tangled(seed, kind="cents")
    choice = tuple(draw.randrange(n) for n in p.shape)
    if not p.allows(choice):
        return
    if not listed:
        monkeypatch.setattr("winset.models.bargaining.solve.MOST", 0)
    deals = solve(p)
    found = look_at(deals, choice)
    spread = np.ptp(deals.frontier, axis=0)
    scale = np.where(spread > 1e-9, spread, np.maximum(np.abs(deals.frontier).max(axis=0), 1e-9))
    over = {p.choice(k): (np.array(p.worth(p.choice(k))) - found.utilities) / scale for k in range(p.size)}
    for i, counters in enumerate(found.counters):
        fit = {
            c: np.delete(gain, i) for c, gain in over.items()
            if p.allows(c) and (gain >= -1e-9).all() and gain[i] <= 0.01 and (np.delete(gain, i) > 1e-9).any()
        }  # fmt: skip
        best = {
            c for c, gain in fit.items()
            if not any((w >= gain - 1e-12).all() and (w > gain + 1e-8).any() for w in fit.values())
        }  # fmt: skip
        assert set(counters) <= set(best)
        if listed:
            assert len(counters) == min(5, len(best))
        else:  # each vector once
            vectors = {tuple(np.round(fit[c], 9)) for c in best}
            assert len(counters) == len({tuple(np.round(fit[c], 9)) for c in counters}) == min(5, len(vectors))
        if counters:
            assert fit[counters[0]].min() == pytest.approx(max(fit[c].min() for c in best), abs=1e-8)


def test_opposite_priorities_are_traded() -> None:
    """Each gives on the issue it cares little about: from the middle of both, +3 for each, by hand."""
    p = problem([[[0, 4, 8], [0, 1, 2]], [[2, 1, 0], [8, 4, 0]]], [0, 0])
    best = look_at(solve_listed(p), (1, 1)).trades[0]
    assert best.changes == (("i0", "o1", "o2"), ("i1", "o1", "o0"))
    assert best.gains == (3, 3)
    assert best.gives == (("i1",), ("i0",))
    assert best.gets == (("i0",), ("i1",))


def test_a_deal_that_is_none_is_refused() -> None:
    p = problem([[[0, 1]], [[1, 0]]], [0, 0])
    for terms, says in (
        ({}, "nothing on 'i0'"),
        ({"i0": "x"}, "no option 'x'"),
        ({"i0": "o1", "k": 1}, "no issue 'k'"),
    ):
        with pytest.raises(ModelError, match=says):
            choice_of(p, terms)


def test_a_proposal_through_the_command_line(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(
        "issue,option,A,B\npay,low,0,2\n,mid,4,1\n,high,8,0\ndays,few,0,8\n,some,1,4\n,many,2,0\n", encoding="utf-8"
    )
    words = ["solve", "bargaining", str(path), "--deal", "pay=mid", "--deal", "days=some"]
    found = json.loads(CliRunner().invoke(winset, [*words, "--json"], catch_exceptions=False).stdout)["proposal"]
    assert found["utilities"] == [5, 5]
    assert found["improvement"]["utilities"] == [8, 8]
    assert found["trades"][0]["gives"] == {"A": ["days"], "B": ["pay"]}
    said = CliRunner().invoke(winset, words, catch_exceptions=False).stdout
    assert "A gives on days and gets pay (+3)" in said


def test_counter_offers_over_what_can_be_divided() -> None:
    """Weights .8/.2 and .2/.8, from the middle of both: who keeps .5 gives up all of what it values less, by hand."""
    found = look_at(solve(pies([0.8, 0.2], [0.2, 0.8], [0, 0])), (0.5, 0.5))
    (mine,), (yours,) = found.counters
    assert mine == pytest.approx((0.625, 0), abs=1e-5)
    assert yours == pytest.approx((1, 0.375), abs=1e-5)
