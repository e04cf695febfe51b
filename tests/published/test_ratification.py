"""Two-level bargaining on a line, as a case through the service that the command line calls."""

import json
from pathlib import Path

import pytest
from tests.conftest import oracle_cases

from winset.services.ratification import solve

CASES = {case["id"]: case for case in oracle_cases("05_crisis")}


@pytest.mark.skipif(not CASES, reason="needs oracles/05_crisis.json (set WINSET_SHARED)")
@pytest.mark.parametrize("row", range(4))
def test_two_levels_on_a_line(row: int, tmp_path: Path) -> None:
    case = CASES["two-level-line"]
    told, want = case["inputs"], case["expected"]
    ideal = told["ratifier_cases"][row]
    source = tmp_path / "line.json"
    held = {"quantity": "position", "issue": "x", "by": "test"}
    value = {
        "schema": "winset-case/1",
        "parties": [{"id": "home", "name": "home"}, {"id": "foreign", "name": "foreign"}],
        "issues": [{"id": "x", "question": "x", "kind": "continuous", "range": [0, 30], "status_quo": 14}],
        "judgements": [held | {"party": p, "value": told[p]} for p in ("home", "foreign")],
    }
    if ideal is not None:
        value["ratifiers"] = [{"name": "L", "party": "home", "chamber": "house", "position": {"x": ideal}}]
    source.write_text(json.dumps(value))
    found = solve(source).result
    assert found["win_sets"].get("L") == (want["winsets"][row] and pytest.approx(want["winsets"][row], abs=1e-9))
    assert found["agreement"]["x"] == pytest.approx(want["agreement"][row], abs=1e-9)
    assert found["gains"]["home"] == pytest.approx(want["home_gain"][row], abs=1e-9)
    assert found["gains"]["foreign"] == pytest.approx(want["foreign_gain"][row], abs=1e-9)
    assert found["probability"] == 1.0
