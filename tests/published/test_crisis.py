"""Every published number about force, as the command line would be asked for it."""

from typing import Any

import pytest
from tests.conftest import oracle_cases

from winset.services.crisis import QUESTIONS, solve

CASES = {case["id"]: case for case in oracle_cases("05_crisis")}
pytestmark = pytest.mark.skipif(not CASES, reason="needs oracles/05_crisis.json (set WINSET_SHARED)")

KEYS = {
    "fearon-range": ("range", {"range": "ranges", "width": "widths"}),
    "fearon-private-cost": ("private-cost", {"offer": "x", "war_probability": "war_probability"}),
    "fearon-preventive-war": ("preventive", {"lhs": "lhs", "rhs": "rhs", "war": "war"}),
    "powell-shift": ("power-shift", {"lhs": "lhs", "war": "war", "threshold_p2": "threshold_p2"}),
    "first-strike": ("first-strike", {"range": "range", "empty": "empty"}),
}


@pytest.mark.parametrize("name", KEYS)
def test_every_row(name: str) -> None:
    case = CASES[name]
    which, keys = KEYS[name]
    for row, numbers in enumerate(case["inputs"]["cases"]):
        found: Any = solve(which, None, dict(zip(QUESTIONS[which][1], numbers, strict=True)))
        for key, expected in keys.items():
            want = case["expected"][expected][row]
            if isinstance(want, float | list) and want is not None:
                assert found.result[key] == pytest.approx(want, abs=case["tolerance"]["abs"]), (key, numbers)
            else:
                assert found.result[key] == want, (key, numbers)
