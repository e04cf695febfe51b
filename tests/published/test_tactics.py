"""Published time-dependent tactics, every case and beta."""

from typing import Any

import pytest
from tests.conftest import oracle_cases

from winset.models.talks.tactics import concession, offer, reaches

CASES = oracle_cases("11_tactics")
pytestmark = pytest.mark.skipif(not CASES, reason="needs oracles/11_tactics.json (set WINSET_SHARED)")
CONCEDING = [(case, beta) for case in CASES if "alpha" in case["expected"] for beta in case["inputs"]["betas"]]
REACHING = [case for case in CASES if "level" in case["inputs"]]


@pytest.mark.parametrize(("case", "beta"), CONCEDING, ids=[f"{c['id']}-{b}" for c, b in CONCEDING])
def test_concessions_and_offers(case: dict[str, Any], beta: float) -> None:
    told, want, tolerance = case["inputs"], case["expected"], case["tolerance"]["abs"]
    alpha = concession(told["t"], beta, k=told["k"], last=told["tmax"])
    assert alpha == pytest.approx(want["alpha"][f"{beta:g}"], abs=tolerance)
    for key, rises in (("buyer_offer_min100_max200", False), ("seller_offer_min100_max200", True)):
        assert offer(alpha, 100, 200, rises=rises) == pytest.approx(want[key][f"{beta:g}"], abs=tolerance)


@pytest.mark.parametrize("case", REACHING, ids=[c["id"] for c in REACHING])
def test_when_a_level_is_reached(case: dict[str, Any]) -> None:
    told = case["inputs"]
    found = reaches(told["level"], told["betas"], k=told["k"], last=told["tmax"])
    assert found == pytest.approx(case["expected"]["t"], abs=case["tolerance"]["abs"])
