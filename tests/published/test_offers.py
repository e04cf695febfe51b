"""Every published number of the Rubinstein family and of Baron and Ferejohn, through the command line's own service."""

import pytest
from tests.conftest import oracle_cases

from winset.services.offers import solve

CASES = {case["id"]: case for case in oracle_cases("02_bargaining")}
pytestmark = pytest.mark.skipif(not CASES, reason="needs oracles/02_bargaining.json (set WINSET_SHARED)")


def _first(**options: object) -> float:
    return solve(None, dict(options)).result["shares"][0]  # type: ignore[union-attr]


@pytest.mark.parametrize("name", ["rubinstein-infinite", "rubinstein-infinite-2"])
def test_shares_of_the_first_proposer(name: str) -> None:
    case = CASES[name]
    found = [_first(discounts=tuple(row)) for row in case["inputs"]["cases"]]
    assert found == pytest.approx(case["expected"]["share1"], abs=1e-12)
    if "limit" in case["inputs"]:
        limit = _first(rates=tuple(case["inputs"]["limit"]["rates"]), period=0.0)
        assert limit == pytest.approx(case["expected"]["limit_share1"], abs=1e-12)


def test_a_last_round() -> None:
    case = CASES["finite-horizon"]
    found = [_first(horizon=t, discounts=(a, b)) for t, a, b in case["inputs"]["cases"]]
    assert found == pytest.approx(case["expected"]["share1"], abs=1e-12)


def test_an_outside_option_of_the_responder() -> None:
    case = CASES["outside-option"]
    runs = [solve(None, {"discounts": (d, d), "outside": (0.0, w)}).result for d, w in case["inputs"]["cases"]]
    assert [run["shares"][0] for run in runs] == pytest.approx(case["expected"]["share1"], abs=1e-12)
    assert [run["binding"][1] for run in runs] == case["expected"]["binding"]


def test_a_risk_of_breakdown() -> None:
    case = CASES["breakdown-risk"]
    found = [_first(breakdown=p, payoffs=(a, b)) for p, a, b in case["inputs"]["cases"]]
    assert found == pytest.approx(case["expected"]["share1"], abs=1e-12)
    limit = _first(breakdown=0.0, payoffs=(0.2, 0.1))
    assert limit == pytest.approx(case["expected"]["limit_p0_for_b_02_01"], abs=1e-12)


def test_a_legislature_under_the_closed_rule() -> None:
    case = CASES["baron-ferejohn"]
    runs = [
        solve(None, {"members": n, "discounts": (d,), "rule": "majority"}).result for n, d in case["inputs"]["cases"]
    ]
    assert [run["proposer"] for run in runs] == pytest.approx(case["expected"]["proposer"], abs=1e-12)
    assert [run["partner"] for run in runs] == pytest.approx(case["expected"]["partner"], abs=1e-12)
