"""Published multi-issue domains, through the library."""

from typing import Any

import numpy as np
import pytest
from tests.conftest import oracle_cases

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
