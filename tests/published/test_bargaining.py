"""Published multi-issue domains, through the library and, as GENIUS and table files, through the command line."""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import jsonschema
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
    second = result["next_best"]
    assert second["utilities"] == expected["second_best"]["gains"]
    assert second["utilities"][0] * second["utilities"][1] == expected["second_best_product"]
    for owner in owners:
        given = [good for good in goods[owner] if second["outcome"][good] == "give"]
        assert given == expected["second_best"][f"{owner}_gives"]
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


SHARES = [case for case in oracle_cases("02_bargaining") if "u1" in case["inputs"]]
FUNCTIONS = {"x": lambda x: x, "sqrt(1-x)": lambda x: np.sqrt(1 - x), "1-x": lambda x: 1 - x}


@pytest.mark.parametrize("case", SHARES, ids=lambda case: case["id"])
def test_a_pie_of_curved_worth(case: dict[str, Any], tmp_path: Path) -> None:
    """A continuous issue whose worth is given at 3,001 points, as a case in text form."""
    given, expected, tolerance = case["inputs"], case["expected"], case["tolerance"]["abs"]
    points = np.linspace(0, 1, 3001)
    worth = {party: FUNCTIONS[given[party]](points) for party in ("u1", "u2")}
    told = {
        "schema": "winset-case/1",
        "parties": [{"id": party, "name": party} for party in worth],
        "issues": [{"id": "x", "question": "Share of the first?", "kind": "continuous", "range": [0, 1]}],
        "judgements": [
            {"quantity": "utility", "party": party, "issue": "x", "by": "Analyst",
             "options": {repr(x): y for x, y in zip(points.tolist(), worth[party].tolist(), strict=True)}}
            for party in worth
        ] + [
            {"quantity": "reservation", "party": party, "issue": None, "value": least, "by": "Analyst"}
            for party, least in zip(worth, given["disagreement"], strict=True)
        ],
    }  # fmt: skip
    path = tmp_path / "dollar.json"
    path.write_text(json.dumps(told), encoding="utf-8")
    done = CliRunner().invoke(winset, ["solve", "bargaining", str(path), "--json"], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    result = json.loads(done.stdout)
    assert result["outcomes"] is None
    assert result["zone"] is None
    assert result["certificate"]["holds"]
    assert result["solutions"]["nash"]["outcome"]["x"] == pytest.approx(expected["nash_x"], abs=tolerance)
    assert result["solutions"]["nash"]["utilities"] == pytest.approx(expected["nash_u"], abs=tolerance)
    assert result["solutions"]["kalai_smorodinsky"]["outcome"]["x"] == pytest.approx(expected["ks_x"], abs=tolerance)
    assert result["solutions"]["egalitarian"]["outcome"]["x"] == pytest.approx(expected["egalitarian_x"], abs=tolerance)


LOGROLLS = [case for case in oracle_cases("07_integrative") if case["model"] == "logrolling"]


@pytest.mark.parametrize("case", LOGROLLS, ids=lambda case: case["id"])
def test_trading_beats_splitting(case: dict[str, Any], tmp_path: Path) -> None:
    """Pies divided 0..1 with positions at the ends and saliences as weights; the proposal splits each."""
    given, expected, tolerance = case["inputs"], case["expected"], case["tolerance"]["abs"]
    weights = {"a": given["weights_a"], "b": given["weights_b"]}
    names = [f"pie {k}" for k in range(len(weights["a"]))]
    told = {
        "schema": "winset-case/1",
        "parties": [{"id": party, "name": party} for party in weights],
        "issues": [
            {"id": name, "question": f"{name}?", "kind": "continuous", "range": [0, 1], "status_quo": at}
            for name, at in zip(names, expected["split_each_issue"], strict=True)
        ],
        "judgements": [
            {"quantity": quantity, "party": party, "issue": name, "by": "Analyst",
             "value": 100 * weights[party][k] if quantity == "salience" else float(party == "a")}
            for party in weights for k, name in enumerate(names) for quantity in ("salience", "position")
        ] + [
            {"quantity": "reservation", "party": party, "issue": None, "value": 0, "by": "Analyst"} for party in weights
        ],
    }  # fmt: skip
    path = tmp_path / "pies.json"
    path.write_text(json.dumps(told), encoding="utf-8")
    done = CliRunner().invoke(winset, ["solve", "bargaining", str(path), "--json"], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    result = json.loads(done.stdout)
    nash, split = result["solutions"]["nash"], result["proposal"]
    assert list(nash["outcome"].values()) == pytest.approx(expected["nash_shares"], abs=tolerance)
    assert nash["utilities"] == pytest.approx(expected["utility_at_nash"], abs=tolerance)
    assert sum(nash["utilities"]) - sum(split["utilities"]) == pytest.approx(
        expected["sum_gain_over_split"], abs=tolerance
    )
    best = split["trades"][0]
    after = np.array(split["utilities"]) + np.array(best["gains"])
    assert after == pytest.approx(expected["logroll_a_takes_1_b_takes_2"], abs=tolerance)
    for vector in result["frontier"]["utilities"]:  # undominated: one has all of a pie it values more
        first, second = (np.array(w) for w in weights.values())
        assert vector[1] == pytest.approx(max_second(first, second, vector[0]), abs=1e-6)


def max_second(first: np.ndarray, second: np.ndarray, worth: float) -> float:
    """The most the second party can have while the first has `worth`: pies given away by falling ratio."""
    order = np.argsort(-first / second)
    total, left = float(second.sum()), worth
    for k in order.tolist():
        share = min(1.0, max(0.0, left / first[k]))
        total -= share * second[k]
        left -= share * first[k]
    return total


@pytest.mark.parametrize("case", WINNERS, ids=lambda case: case["id"])
@pytest.mark.parametrize("ending", [".csv", ".json"])
def test_adjusted_winner_through_the_command_line(case: dict[str, Any], ending: str, tmp_path: Path) -> None:
    given, expected = case["inputs"], case["expected"]
    path = tmp_path / f"points{ending}"
    if ending == ".json":
        path.write_text(json.dumps(given), encoding="utf-8")
    else:
        rows = [f"{i},{p},{given['points_second'][i]}" for i, p in given["points_first"].items()]
        path.write_text("\n".join([f"item,{given['first']},{given['second']}", *rows]), encoding="utf-8")
    done = CliRunner().invoke(winset, ["solve", "adjusted-winner", str(path), "--json"], catch_exceptions=False)
    result = json.loads(done.stdout)
    assert result["parties"] == [given["first"], given["second"]]
    assert result["share_of_first"] == expected["share_of_first"]
    assert result["points_each"] == expected["points_each"]
    assert result["points_decimal"] == pytest.approx(expected["points_decimal"], abs=1e-6)
    assert all(result["certificate"].values())
    jsonschema.validate(result, json.loads(CliRunner().invoke(winset, ["schema", "solve-adjusted-winner"]).stdout))
    told = CliRunner().invoke(winset, ["solve", "adjusted-winner", str(path)], catch_exceptions=False).output
    assert f"{given['first']} and {given['second']} each have" in told


@pytest.mark.skipif(not oracle_cases("02_bargaining"), reason="needs the oracles (set WINSET_SHARED)")
def test_each_published_case_is_asked_by_name() -> None:
    """Those of alternating offers and legislatures are asked, by name, in `test_offers`."""
    asked = {
        "polygons": [case["id"] for case in POLYGONS], "barter": [case["id"] for case in BARTER],
        "shares": [case["id"] for case in SHARES], "winners": [case["id"] for case in WINNERS],
        "packages": [case["id"] for case in PACKAGES], "logrolls": [case["id"] for case in LOGROLLS],
    }  # fmt: skip
    assert asked == {
        "polygons": ["polygon-d0", "polygon-d21"], "barter": ["nash-1950-bill-jack"], "shares": ["sqrt-dollar"],
        "winners": ["aw-fapp", "aw-bob-carol", "aw-pirates", "aw-panama"], "packages": ["itex-cypress"],
        "logrolls": ["logrolling-two-issues"],
    }  # fmt: skip
    offers = {
        "rubinstein-infinite", "rubinstein-infinite-2", "finite-horizon", "outside-option", "breakdown-risk",
        "baron-ferejohn",
    }  # fmt: skip
    here = {name for names in asked.values() for name in names}
    known = {case["id"] for part in ("02_bargaining", "07_integrative") for case in oracle_cases(part)}
    assert here | offers == known


@pytest.mark.parametrize("case", POLYGONS, ids=lambda case: case["id"])
def test_a_polygon_of_utilities_through_the_command_line(case: dict[str, Any], tmp_path: Path) -> None:
    """Its corners are the options of one issue, between which lots may be drawn."""
    corners = case["inputs"]["frontier"]["vertices"]
    lines = ["issue,option,first,second", *(f"deal,{n},{u},{v}" for n, (u, v) in enumerate(corners))]
    lines.append("reservation,," + ",".join(map(str, case["inputs"]["disagreement"])))
    path = tmp_path / "polygon.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    done = CliRunner().invoke(winset, ["solve", "bargaining", str(path), "--json"], catch_exceptions=False)
    found, expected = json.loads(done.stdout)["lotteries"], case["expected"]
    for ours, theirs in (("nash", "nash"), ("kalai_smorodinsky", "ks"), ("egalitarian", "egalitarian")):
        assert found[ours]["utilities"] == pytest.approx(expected[theirs], abs=case["tolerance"]["abs"])
        corner_of = {str(n): corner for n, corner in enumerate(corners)}
        mixed = sum(lot["share"] * np.array(corner_of[lot["outcome"]["deal"]]) for lot in found[ours]["mix"])
        assert mixed == pytest.approx(expected[theirs], abs=1e-9)
        for side in (0, 1):
            if "exact" in expected:
                assert mixed[side] == pytest.approx(float(Fraction(expected["exact"][theirs][side])), abs=1e-9)
