"""Published multi-issue domains, through the library and, as GENIUS and table files, through the command line."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner
from lxml import etree
from lxml.builder import E
from tests.conftest import oracle_cases

from winset.cli.main import winset
from winset.models.bargaining.deals import solve_listed
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
    for ours, theirs in (
        ("nash", "nash"),
        ("utilitarian", "max_sum"),
        ("egalitarian", "maximin"),
        ("kalai_smorodinsky", "kalai_smorodinsky_discrete"),
    ):
        assert list(result["solutions"][ours]["outcome"].values()) == expected[theirs]["package"]
        assert result["solutions"][ours]["utilities"] == pytest.approx(expected[theirs]["utilities"], abs=1e-6)
