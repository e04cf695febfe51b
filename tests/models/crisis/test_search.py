"""The least guarantee against a grid of guarantees, and the trust that does in its place against sums of payoffs."""

import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from winset.cli.main import winset
from winset.domain.actors import Party
from winset.domain.case import Case
from winset.domain.terms import Precedent
from winset.formulation.crisis import trusted
from winset.models.crisis.guarantee import holding
from winset.models.crisis.search import ENDLESS, kept_together, least, trust_needed


def random_deal(rng: np.random.Generator) -> tuple[float, float, tuple[float, ...], tuple[float, float]]:
    path = tuple(float(v) for v in np.round(rng.uniform(0, 1, rng.integers(1, 5)), 2))
    costs = tuple(float(v) for v in np.round(rng.uniform(0, 0.6, 2), 2))
    return float(np.round(rng.uniform(0.2, 0.8), 2)), float(rng.choice([0.5, 0.8, 0.9])), path, (costs[0], costs[1])


def test_no_guarantee_of_a_grid_is_less_than_the_least() -> None:
    rng = np.random.default_rng(9)
    for _ in range(40):
        deal, d, path, costs = random_deal(rng)
        found = least(holding(deal, d, path, costs), cost_most=4.0, probability_most=0.8, duration_most=3)
        enough = [
            (penalty, chance, duration)
            for penalty in np.linspace(0, 4, 17) for chance in (0.2, 0.4, 0.8) for duration in range(4)
            if holding(deal, d, path, costs, penalty=penalty, probability=chance, duration=duration).sufficient
        ]  # fmt: skip
        if not found.enough:
            assert enough == []
            continue
        assert found.cost is not None
        assert min(c for c, p, _ in enough if p == 0.8) >= found.cost - 1e-9
        assert min(duration for *_, duration in enough) == found.duration != ENDLESS
        assert holding(deal, d, path, costs, penalty=found.cost, probability=0.8, duration=found.duration).sufficient
        assert min(c * p for c, p, _ in enough) >= found.expected - 1e-9


def test_the_trust_it_asks_for_makes_war_and_the_deal_worth_the_same() -> None:
    rng = np.random.default_rng(4)
    seen = 0
    for _ in range(300):
        deal, d, path, costs = random_deal(rng)
        found = holding(deal, d, path, costs)
        long = [*path, *[path[-1]] * 400]
        for i, needed in enumerate(trust_needed(found.left, deal, d, path, costs)):
            mine, win = (deal, 1 - deal)[i], [p if i == 0 else 1 - p for p in long]
            war = win[0] / (1 - d) - costs[i]
            theirs = [(1 - w) / (1 - d) - costs[1 - i] - (1 - mine) / (1 - d) for w in win]
            breach = next((t for t, gain in enumerate(theirs) if gain > 1e-12), None)
            keep = sum(mine * d**t for t in range(len(long)))
            broken = (
                keep
                if breach is None
                else sum(mine * d**t for t in range(breach)) + d**breach * (win[breach] / (1 - d) - costs[i])
            )
            if needed is None:
                assert keep < war + 1e-9
            elif needed == 0:
                assert min(keep, broken) >= war - 1e-9
            else:
                seen += 1
                assert needed * keep + (1 - needed) * broken == pytest.approx(war, abs=1e-9)
    assert seen > 20


def test_only_tempted_sides_need_to_be_trusted() -> None:
    left = holding(0.5, 0.9, (0.5, 0.9), (0.1, 0.1)).left  # the first side is tempted later
    assert kept_together(left, ((0.6, 0.7, 0.8), None)) == (0.6, 0.7, 0.8)
    assert kept_together(left, (None, (0.6, 0.7, 0.8))) is None
    assert kept_together(left - 10, (None, None)) == (1, 1, 1)


def test_precedents_of_a_case_are_the_trust_in_its_guarantee(tmp_path: Path) -> None:
    path = tmp_path / "case.json"
    judged = [("war cost", "a", 0.1), ("war cost", "b", 0.1), ("war probability", "a", 0.5), ("discount", "a", 0.9),
              ("trust", "b", 0.9)]  # fmt: skip
    kept = [{"name": f"deal {n}", "parties": ["a", "b"], "date": "2001-01-01", "kept": n > 0} for n in range(4)]
    path.write_text(json.dumps({
        "schema": "winset-case/1", "title": "T", "as_of": "2020-01-01", "precedents": kept,
        "parties": [{"id": "a", "name": "A"}, {"id": "b", "name": "B"}], "issues": [],
        "judgements": [{"quantity": q, "party": p, "value": v, "by": "me"} for q, p, v in judged]
        + [{"quantity": "power path", "party": "a", "value": 0.8, "by": "me", "as_of": "2021-01-01"}],
    }))  # fmt: skip
    done = CliRunner().invoke(winset, ["solve", "crisis", "guarantee", str(path), "--deal", "0.5", "--json"],
                              catch_exceptions=False)  # fmt: skip
    value = json.loads(done.stdout)
    # three of four kept: (3 + 1/2) / (4 + 1) under Jeffreys' prior; B's trust is judged
    assert [one["held"] for one in value["trust"]] == [0.9, 0.7]
    assert value["holds"]["probability"] == 0.7
    assert value["holds"]["interval"][0] < 0.4
    assert any("3 of 4 precedents between both were kept" in one["text"] for one in value["assumptions"])
    assert "On trust alone it holds with chance 0.7" in value["words"]
    done = CliRunner().invoke(winset, ["solve", "crisis", "guarantee", str(path), "--deal", "0.5", "--json", "--as-of",
                                       "2022-01-01"], catch_exceptions=False)  # fmt: skip
    # by then the path has come to 0.8 and stays: (0.8 - 0.5) / (1 - 0.9) - 0.1
    assert json.loads(done.stdout)["temptation"][0] == [pytest.approx(2.9)]


def test_a_deal_that_the_other_broke_says_nothing_of_a_side() -> None:
    def told(name: str, parties: tuple[str, ...], *, kept: bool, broken_by: tuple[str, ...] = ()) -> Precedent:
        return Precedent(name=name, parties=parties, kept=kept, broken_by=broken_by)

    case = Case(
        parties=tuple(Party(id=p, name=p.upper()) for p in "abc"),
        precedents=(told("one", ("a", "b"), kept=True), told("two", ("a", "b"), kept=False, broken_by=("b",)),
                    told("three", ("a", "b"), kept=False), told("four", ("a", "c"), kept=True)),
    )  # fmt: skip
    found = trusted(case, ("a", "b"))
    # A: one kept of two that count against it, (1 + 1/2) / 3; B: one of three, (1 + 1/2) / 4
    assert [one[1] for one in found.inputs if one is not None] == pytest.approx([0.5, 0.375])
    assert any(
        "1 of 2 precedents between both were kept (1 more that others broke left out)" in a.text
        for a in found.assumptions
    )
    alone = trusted(case.with_(precedents=case.precedents[3:]), ("a", "b"))
    assert "1 of 1 precedents with it were kept" in alone.assumptions[0].text
    assert "1 of 1 precedents of the case were kept" in alone.assumptions[1].text
