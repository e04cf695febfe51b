"""Published stability results."""

from typing import Any

import pytest
from tests.conftest import oracle_cases

from winset.formats.gmcr import conflict
from winset.models.stability.stability import solve
from winset.report.stability import as_json

CASES = {case["id"]: case for case in oracle_cases("03_gmcr")}


def from_case(case: dict[str, Any]) -> dict[str, Any]:
    given = case["inputs"]
    if "arcs" in given:
        prefs = given["preferences_most_to_least"]
        arcs = {p: [[int(a), b] for a, ends in row.items() for b in ends] for p, row in given["arcs"].items()}
        return {**given, "decision_makers": list(prefs), "preferences": prefs, "arcs": arcs}
    if "preferences" in given:
        arcs = {
            p: [[a, b] for a in given["states"] for b in given["states"] if a != b and a[2 - int(p)] == b[2 - int(p)]]
            for p in "12"
        }
        return {**given, "decision_makers": ["1", "2"], "arcs": arcs}
    prefs = given.get("preferences_most_to_least_by_group") or given["preferences_most_to_least"]
    codes = given.get("feasible_decimal") or given["feasible_states"]
    numbered = "feasible_decimal" in given
    labels = list(range(1, len(codes) + 1)) if numbered else codes
    masks = {"US": 3, "NK": 12, "USSR": 12, "Syria": 3, "Iraq": 4}
    once = 0 if case["id"] == "syriairaq" else 1
    deter = case["id"].endswith("deter")
    arcs = {
        p: [
            [x, y]
            for x, a in zip(labels, codes, strict=True)
            for y, b in zip(labels, codes, strict=True)
            if a != b and not (a ^ b) & ~masks[p] and not a & ~b & once
            and not (deter and p == "NK" and a in (4, 5, 6) and b in (0, 1, 2, 8, 9, 10))
        ]
        for p in prefs
    }  # fmt: skip
    return {"decision_makers": list(prefs), "states": labels, "arcs": arcs, "preferences": prefs}


@pytest.mark.skipif(not CASES, reason="needs oracles/03_gmcr.json (set WINSET_SHARED)")
@pytest.mark.parametrize("name", CASES)
def test_published(name: str) -> None:
    found = as_json(solve(conflict(from_case(CASES[name]), name)))
    expected = CASES[name]["expected"]
    for theirs, ours in {"R": "nash", "GMR": "gmr", "SMR": "smr", "SEQ": "seq"}.items():
        assert sorted(found["equilibria"][ours]) == sorted(expected[theirs]), theirs
        for party, states in expected.get("per_dm", {}).get(theirs, {}).items():
            assert found["stability"][party][ours] == states
