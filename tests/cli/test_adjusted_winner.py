"""`winset solve adjusted-winner` on a case, and what it refuses."""

import json
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from winset.cli.main import winset
from winset.models.bargaining.adjusted_winner import Points, solve
from winset.report.division import as_json

points = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=1, max_size=6).filter(
    lambda pairs: any(a for a, _ in pairs) and any(b for _, b in pairs)
)


@given(points)
def test_every_division_is_equitable_efficient_and_free_of_envy(pairs: list[tuple[int, int]]) -> None:
    first, second = ({f"i{k}": Fraction(pair[side]) for k, pair in enumerate(pairs)} for side in (0, 1))
    found = solve(Points(parties=("a", "b"), first=first, second=second))
    told = as_json(found)
    assert told["certificate"]["equitable"]
    assert told["certificate"]["efficient"]
    assert told["certificate"]["envy_free"]
    assert min(found.proportional.points) <= found.winner.points[0]


def test_saliences_of_a_case_are_points(tmp_path: Path) -> None:
    """60, 40 against 30, 70: each takes what it wants more, and y is split so that both have as much."""
    case = {
        "schema": "winset-case/1", "parties": [{"id": p, "name": p} for p in "ab"],
        "issues": [{"id": i, "question": "?", "kind": "discrete", "options": ["u", "v"]} for i in "xy"],
        "judgements": [
            {"quantity": "salience", "party": p, "issue": i, "value": v, "by": "e"}
            for p, i, v in (("a", "x", 60), ("a", "y", 40), ("b", "x", 30), ("b", "y", 70))
        ],
    }  # fmt: skip
    path = tmp_path / "c.json"
    path.write_text(json.dumps(case), encoding="utf-8")
    told = json.loads(CliRunner().invoke(winset, ["solve", "adjusted-winner", str(path), "--json"]).stdout)
    # the first has 60 of x and s of y: 60 + 40 s = 70 (1 - s), so s = 1/11
    assert told["share_of_first"] == {"x": "1", "y": "1/11"}
    assert told["split"] == "y"
    assert told["points_each"] == "700/11"
    assert "saliences are taken for points" in told["assumptions"][0]["text"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("item,A,B\nx,1,nan\n", "row 2, 'B' is 'nan'"),
        ("item,A,B\nx,1,-2\n", "points are 0 or more"),
        ("item,A,B\nx,1,1\nx,2,2\n", "'x' is there twice"),
        ("item,A\nx,1\n", "names of two parties"),
        ("item,A,B\n", "no items"),
        ("item,A,B\nx,0,1\n", "no points on anything"),
        ("item,A,B\nx,1/0,1\n", "'1/0'"),
        ("", "row 1"),
    ],
)
def test_what_cannot_be_divided_is_refused(text: str, says: str, tmp_path: Path) -> None:
    path = tmp_path / "p.csv"
    path.write_text(text, encoding="utf-8")
    done = CliRunner().invoke(winset, ["solve", "adjusted-winner", str(path)])
    assert done.exit_code != 0
    assert says in str(done.exception)


def test_points_that_do_not_sum_to_100_are_told(tmp_path: Path) -> None:
    path = tmp_path / "p.csv"
    path.write_text("item,A,B\nx,50,50\ny,50,49\n", encoding="utf-8")
    told = CliRunner().invoke(winset, ["solve", "adjusted-winner", str(path)], catch_exceptions=False).output
    assert "assumed: points of B sum to 99; they are counted as shares of 100" in told
    assert "points of A" not in told
