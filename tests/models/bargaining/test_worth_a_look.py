"""Ten deals worth a look, what would open an empty zone, lotteries of many, power: laws and answers by hand."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.models.bargaining.test_deals import problem, problems

from winset.cli.main import winset
from winset.errors import NoBargainingZone
from winset.models.bargaining.deals import solve_listed
from winset.models.bargaining.lotteries import hull_solutions
from winset.models.bargaining.lotteries_of_many import hull_of_many
from winset.models.bargaining.problem import Problem
from winset.models.bargaining.proposal import look_at
from winset.models.bargaining.solve import solve
from winset.models.bargaining.unlisted import solve_unlisted
from winset.models.bargaining.worth_a_look import worth_a_look

TABLE = "issue,option,A,B\npay,low,0,2\n,mid,4,1\n,high,8,0\ndays,few,0,8\n,some,1,4\n,many,2,0\n"


def solved(tmp_path: Path, *words: str, table: str = TABLE) -> dict[str, Any]:
    path = tmp_path / "t.csv"
    path.write_text(table, encoding="utf-8")
    done = CliRunner().invoke(winset, ["solve", "bargaining", str(path), *words, "--json"], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    result: dict[str, Any] = json.loads(done.stdout)
    schema = json.loads(CliRunner().invoke(winset, ["schema", "solve-bargaining"]).stdout)
    jsonschema.validate(result, schema)
    return result


@settings(deadline=None)
@given(problems(), st.data())
def test_each_deal_worth_a_look_is_what_it_says(p: Problem, data: st.DataObject) -> None:
    deals = solve(p)
    choice = tuple(data.draw(st.integers(0, n - 1)) for n in p.shape)
    here, found = np.array(p.worth(choice)), worth_a_look(deals, look_at(deals, choice))
    assert 0 < len(found) <= 10
    assert len({one.choice for one in found}) == len(found)
    everything = [np.array(p.worth(p.choice(i))) for i in range(p.size) if p.allows(p.choice(i))]
    zone = [w for w in everything if (w >= p.reservation).all()]
    for one in found:
        worth = np.array(p.worth(one.choice))
        for kind, party in one.why:
            at = p.parties.index(party) if party else None
            if kind in deals.solutions:
                assert one.choice == deals.solutions[kind].choice
            elif kind in {"better", "trade"}:
                assert (worth >= here).all()
                assert (worth > here).any()
            elif kind == "answer":
                assert at is not None
                assert worth[at] >= here[at]
            elif kind == "best_for":
                assert at is not None
                assert worth[at] == max(w[at] for w in zone)
            elif kind == "one_reservation":
                assert [x for x, a, b in zip(p.parties, worth, p.reservation, strict=True) if a < b] == [party]
            elif kind in {"nearest", "concession", "side_payment", "linkage"}:
                assert not zone
            elif kind == "between":
                assert (worth >= p.reservation).all()


@settings(deadline=None, max_examples=25)
@given(problems())
def test_what_would_open_a_zone_is_the_same_without_listing(p: Problem) -> None:
    listed, unlisted = solve(p).no_zone, solve_unlisted(p).no_zone
    assert (listed is None) == (unlisted is None)
    if listed is None or unlisted is None:
        return
    assert max(unlisted["nearest"][0]["shortfall"]) == pytest.approx(max(listed["nearest"][0]["shortfall"]))
    assert unlisted["beyond_reach"] == listed["beyond_reach"]
    assert [one["change"] for one in unlisted["one_reservation"]] == pytest.approx(
        [one["change"] for one in listed["one_reservation"]]
    )
    assert sum(unlisted["concession"]["shortfall"]) == pytest.approx(sum(listed["concession"]["shortfall"]))
    for key in ("outside", "total"):
        if listed["side_payment"]["outside"] == 0 or key == "outside":
            assert unlisted["side_payment"][key] == pytest.approx(listed["side_payment"][key], abs=1e-7)


def test_what_would_open_a_zone_by_hand(tmp_path: Path) -> None:
    """A wants 9, B wants 7: (8, 8) leaves A 1 short and B 1 over, so B could pay, or be linked to something."""
    found = solved(tmp_path, "--reservation", "A=9", "--reservation", "B=7")["no_zone"]
    assert {one["party"]: one["change"] for one in found["one_reservation"]} == {"A": -1, "B": -3}
    assert found["side_payment"]["total"] == 1
    assert found["side_payment"]["outside"] == 0
    assert found["linkage"]["worth_at_least"] == {"A": 1}
    assert found["linkage"]["may_cost"] == {"B": 1}


@settings(deadline=None, max_examples=30)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=8))
def test_lotteries_of_many_are_those_of_two(vectors: list[tuple[int, int]]) -> None:
    d = [2, 1]
    try:
        want = hull_solutions(vectors, d)
    except NoBargainingZone:
        with pytest.raises(NoBargainingZone):
            hull_of_many(vectors, d)
        return
    found = hull_of_many(vectors, d)
    gains = np.array(want.nash.utilities) - d
    if gains.min() > 1e-6:
        assert found.nash.utilities == pytest.approx(want.nash.utilities, abs=1e-6)
    assert min(np.array(found.egalitarian.utilities) - d) == pytest.approx(
        min(np.array(want.egalitarian.utilities) - d), abs=1e-7
    )
    assert found.ideal == pytest.approx(want.ideal, abs=1e-7)


def test_three_draw_lots_for_three_prizes() -> None:
    """Each wins one third of the time, by symmetry; with twice the power, half of it."""
    even = hull_of_many(np.eye(3), np.zeros(3))
    assert even.nash.utilities == pytest.approx((1 / 3, 1 / 3, 1 / 3), abs=1e-7)
    assert even.gap < 1e-8
    assert even.kalai_smorodinsky.utilities == pytest.approx((1 / 3, 1 / 3, 1 / 3), abs=1e-7)
    uneven = hull_of_many(np.eye(3), np.zeros(3), power=[2, 1, 1])
    assert uneven.nash.utilities == pytest.approx((1 / 2, 1 / 4, 1 / 4), abs=1e-7)
    assert [row for row, _ in uneven.nash.mix] == [0, 1, 2]


def test_three_parties_have_lotteries_at_the_command_line(tmp_path: Path) -> None:
    found = solved(tmp_path, table="issue,option,A,B,C\nprize,a,1,0,0\n,b,0,1,0\n,c,0,0,1\n")
    assert found["lotteries"]["nash"]["utilities"] == pytest.approx([1 / 3] * 3, abs=1e-7)
    assert found["lotteries"]["raiffa"] is None


def test_power_turns_the_nash_deal_and_a_forbidden_deal_is_none(tmp_path: Path) -> None:
    """Products of (8, 8) and (9, 4): with power 4 to 1 for A, 8^5 = 32,768 beats 9^4 4 = 26,244; at 20 to 1 it does not."""
    plain = solved(tmp_path)["solutions"]["nash"]["utilities"]
    assert plain == [8, 8]
    assert solved(tmp_path, "--power", "A=4")["solutions"]["nash"]["utilities"] == [8, 8]
    assert solved(tmp_path, "--power", "A=20")["solutions"]["nash"]["utilities"] == [9, 4]
    without = solved(tmp_path, "--forbid", "pay=high,days=few")
    assert without["outcomes"] == 8
    assert sorted(without["solutions"]["nash"]["utilities"]) == [4, 9]


def test_steps_and_refusals_at_the_command_line(tmp_path: Path) -> None:
    now = ["--now", "pay=low", "--now", "days=many"]
    found = solved(tmp_path, *now, "--step", "pay", "--step", "days", "--reservation", "A=2", "--reservation", "B=2")
    assert found["steps"]["worth_if_stopped"] == [[2, 2], [10, 0], [8, 8]]
    assert found["steps"]["stops"] == [["B"], ["A"]]
    path = tmp_path / "t.csv"
    for words, says in (
        (["--step", "pay"], "where things stand"),
        (["--power", "C=2"], "no party 'C'"),
        (["--power", "A=0"], "above 0"),
        (["--power", "capability"], "for cases"),
        (["--forbid", "x=1"], "no issue 'x'"),
        (["--forbid", "pay=huge"], "no option 'huge'"),
        (["--reservation", "A=nan"], "finite"),
        ([*now, "--step", "pay", "--walk-away", "A=1"], "PARTY@STEPS=WORTH"),
    ):
        done = CliRunner().invoke(winset, ["solve", "bargaining", str(path), *words])
        assert done.exit_code != 0
        assert says in str(done.exception)


def test_the_words_name_reasons_and_openings(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(TABLE, encoding="utf-8")
    words = ["solve", "bargaining", str(path), "--deal", "pay=mid", "--deal", "days=some"]
    told = CliRunner().invoke(winset, words, catch_exceptions=False).output
    assert "Deals worth a look:" in told
    assert "A keeps what the deal looked at gives it" in told
    told = CliRunner().invoke(winset, [*words, "--reservation", "A=9", "--reservation", "B=7"]).output
    assert "opens if A alone asks for 1 less" in told
    assert "worth at least A 1 that costs at most B 1" in told


def test_an_improvement_is_searched_for_where_the_frontier_is_not_known_whole() -> None:
    p = problem([[[0, 4, 8], [0, 1, 2]], [[2, 1, 0], [8, 4, 0]]], [0, 0])
    whole, part = look_at(solve_listed(p), (1, 1)), look_at(solve_unlisted(p, bounds_only=True), (1, 1))
    assert part.improvement == whole.improvement == (2, 0)
    for a, b in zip(whole.answers, part.answers, strict=True):
        assert a is not None
        assert b is not None
        assert p.worth(a) == p.worth(b)
    assert not look_at(solve_unlisted(p, bounds_only=True), (2, 0)).improvements
