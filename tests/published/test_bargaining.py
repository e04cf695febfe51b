"""Published multi-issue domains, through the library and, as GENIUS and table files, through the command line."""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner
from lxml import etree
from lxml.builder import E
from tests.conftest import oracle_cases

from winset.cli.main import winset
from winset.models.bargaining.adjusted_winner import adjusted_winner
from winset.models.bargaining.deals import solve_listed
from winset.models.bargaining.lotteries import hull_solutions
from winset.models.bargaining.problem import Issue, Problem, Utility

PACKAGES = [case for case in oracle_cases("07_integrative") if case["model"].startswith("multi_issue_utilities")]


@pytest.mark.parametrize("case", PACKAGES, ids=lambda case: case["id"])
def test_a_domain_of_packages(case: dict[str, Any]) -> None:
    given, expected = case["inputs"], case["expected"]
    tables = []
    for party in given["parties"]:
        own = []
        for issue in given["issues"]:
            e = np.array([option["evaluation"][party] for option in issue["options"]])
            own.append(issue["weight"][party] * e / e.max())
        tables.append(tuple(own))
    problem = Problem(
        parties=tuple(given["parties"]),
        issues=tuple(
            Issue(name=issue["name"], values=tuple(option["value"] for option in issue["options"]))
            for issue in given["issues"]
        ),
        utilities=tuple(Utility(tables=t) for t in tables),
        reservation=np.array(given["reservation"], float),
    )
    deals = solve_listed(problem)
    assert deals.outcomes == expected["outcomes"]
    assert deals.frontier_outcomes == expected["pareto_count"]
    want = sorted(([u, v] for _, u, v in expected["pareto"]), reverse=True)
    assert np.allclose(deals.frontier, want, atol=1e-6)
    for ours, theirs in (("nash", "nash"), ("utilitarian", "max_sum"), ("egalitarian", "maximin")):
        assert list(problem.outcome(deals.solutions[ours].choice).values()) == expected[theirs]["package"]
        assert deals.solutions[ours].utilities == pytest.approx(expected[theirs]["utilities"], abs=1e-6)


def _profile(given: dict[str, Any], party: str) -> bytes:
    """The party's side of a published domain as GENIUS writes it: weights may come first, indexes from 1."""
    issues = []
    for at, issue in enumerate(given["issues"], 1):
        items = [
            E.item(index=str(n), value=o["value"], evaluation=str(o["evaluation"][party]))
            for n, o in enumerate(issue["options"], 1)
        ]
        issues.append(E.issue(*items, index=str(at), name=issue["name"], vtype="discrete", type="discrete"))
    weights = [E.weight(index=str(n), value=repr(i["weight"][party])) for n, i in enumerate(given["issues"], 1)]
    reserved = given["reservation"][given["parties"].index(party)]
    root = E.utility_space(E.objective(*weights, *issues, index="0", name="root"), E.reservation(value=str(reserved)))
    return b"\xef\xbb\xbf\n" + etree.tostring(root)


@pytest.mark.parametrize("case", PACKAGES, ids=lambda case: case["id"])
def test_a_domain_of_packages_as_genius_files(case: dict[str, Any], tmp_path: Path) -> None:
    given, expected = case["inputs"], case["expected"]
    for party in given["parties"]:
        (tmp_path / f"{party}.xml").write_bytes(_profile(given, party))
    files = [str(tmp_path / f"{party}.xml") for party in given["parties"]]
    done = CliRunner().invoke(winset, ["solve", "bargaining", *files, "--json"], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    result = json.loads(done.stdout)
    assert result["parties"] == given["parties"]
    assert result["outcomes"] == expected["outcomes"]
    assert result["frontier"]["outcomes"] == expected["pareto_count"]
    want = sorted(([u, v] for _, u, v in expected["pareto"]), reverse=True)
    assert np.allclose(result["frontier"]["utilities"], want, atol=1e-6)
    assert result["opposition"] == pytest.approx(expected["opposition"], abs=1e-6)
    for ours, theirs in (
        ("nash", "nash"),
        ("utilitarian", "max_sum"),
        ("egalitarian", "maximin"),
        ("kalai_smorodinsky", "kalai_smorodinsky_discrete"),
    ):
        assert list(result["solutions"][ours]["outcome"].values()) == expected[theirs]["package"]
        assert result["solutions"][ours]["utilities"] == pytest.approx(expected[theirs]["utilities"], abs=1e-6)


POLYGONS = [case for case in oracle_cases("02_bargaining") if "frontier" in case["inputs"]]


@pytest.mark.parametrize("case", POLYGONS, ids=lambda case: case["id"])
def test_a_polygon_of_utilities(case: dict[str, Any]) -> None:
    found = hull_solutions(case["inputs"]["frontier"]["vertices"], case["inputs"]["disagreement"])
    expected, tolerance = case["expected"], case["tolerance"]["abs"]
    assert found.nash.utilities == pytest.approx(expected["nash"], abs=tolerance)
    assert found.kalai_smorodinsky.utilities == pytest.approx(expected["ks"], abs=tolerance)
    assert found.egalitarian.utilities == pytest.approx(expected["egalitarian"], abs=tolerance)
    assert found.ideal == pytest.approx(expected["ideal"], abs=tolerance)


BARTER = [case for case in oracle_cases("02_bargaining") if "goods" in case["inputs"]]


@pytest.mark.parametrize("case", BARTER, ids=lambda case: case["id"])
def test_a_barter_of_whole_goods_as_a_table(case: dict[str, Any], tmp_path: Path) -> None:
    """Each good is an issue with the options keep and give; keeping everything is no deal."""
    goods, expected = case["inputs"]["goods"], case["expected"]
    owners = list(goods)
    lines = ["issue,option," + ",".join(owners)]
    for at, owner in enumerate(owners):
        for good, (first, second) in goods[owner].items():
            lines.append(f"{good},keep,0,0")
            lines.append(f"{good},give,{-first},{second}" if at == 0 else f"{good},give,{first},{-second}")
    path = tmp_path / "barter.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    done = CliRunner().invoke(winset, ["solve", "bargaining", str(path), "--json"], catch_exceptions=False)
    result = json.loads(done.stdout)
    nash = result["solutions"]["nash"]
    for owner in owners:
        given = [good for good in goods[owner] if nash["outcome"][good] == "give"]
        assert given == expected[f"{owner}_gives"]
    assert nash["utilities"] == [expected["gain_bill"], expected["gain_jack"]]
    lot = result["lotteries"]["nash"]["utilities"]
    assert lot[0] * lot[1] == pytest.approx(expected["best_with_lotteries"], abs=case["tolerance"]["abs"])


WINNERS = [case for case in oracle_cases("07_integrative") if case["model"] == "adjusted_winner"]


@pytest.mark.parametrize("case", WINNERS, ids=lambda case: case["id"])
def test_adjusted_winner(case: dict[str, Any]) -> None:
    given, expected = case["inputs"], case["expected"]
    first, second = (
        {item: Fraction(points) for item, points in given[side].items()} for side in ("points_first", "points_second")
    )
    found = adjusted_winner(first, second)
    assert {item: str(share) for item, share in found.shares.items()} == expected["share_of_first"]
    assert [str(points) for points in found.points] == [expected["points_each"]] * 2
