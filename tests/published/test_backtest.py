"""Errors of simple models on decided EU issues, as computed outside this project; and a small table by hand."""

import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from tests.conftest import oracle_cases, shared

from winset.cli.main import winset
from winset.errors import FormatError
from winset.formats.decisions import read_decisions, year
from winset.models.spatial.record import POINTS, RECORD
from winset.services.backtest import Tried, as_json, backtest

OURS = {
    "salience_weighted_mean": "salience_weighted_mean", "unweighted_mean": "mean", "median_actor": "median",
    "salience_weighted_median": "salience_weighted_median",
}  # fmt: skip


def test_errors_on_european_decisions(tmp_path: Path) -> None:
    data = shared("data", "deu3", "deu3.csv")
    case = next(c for c in oracle_cases("01_spatial") if c["id"] == "deu3-benchmark")
    found = as_json(backtest(data))
    assert found["issues"] == case["expected"]["n_issues"]
    for theirs, ours in OURS.items():
        for loss in ("mae", "rmse", "median_ae", "max_ae"):
            assert found["methods"][ours][loss] == pytest.approx(case["expected"][theirs][loss], abs=0.01)
    assert found["methods"]["compromise"]["mae"] == pytest.approx(22.99, abs=0.01)
    assert found["methods"]["normal"]["crps"] <= 16.0
    assert 0.75 <= found["methods"]["normal"]["coverage"]["0.8"] <= 0.85
    assert found["methods"]["normal"]["crps"] < found["methods"]["climatology"]["crps"]
    assert found["methods"]["normal"]["log"] < found["methods"]["climatology"]["log"]
    for name, (mae, low, high) in POINTS.items():  # what is printed beside every answer
        assert found["methods"][name]["mae"] == pytest.approx(mae, abs=0.01)
        assert found["methods"][name]["interval"]["mae"] == pytest.approx([low, high], abs=0.02)
    assert found["methods"]["normal"]["crps"] == pytest.approx(RECORD.crps, abs=0.001)
    for period, issues, score, share in RECORD.subgroups:
        part = found["by_subgroup"][period]
        assert part["issues"] == issues
        assert part["methods"]["normal"]["crps"] == pytest.approx(score, abs=0.01)
        assert part["methods"]["normal"]["coverage"]["0.8"] == pytest.approx(share, abs=0.001)
        low, high = part["methods"]["normal"]["interval"]
        assert low < score < high
        assert all(pair["difference"] > 0 for pair in part["pairs"])  # no other distribution is better in any period
    gap = next(p for p in found["pairs"] if (p["a"], p["b"]) == ("nash, linear loss", "compromise"))
    assert gap["interval"][1] > 0  # no point is better than the weighted mean beyond chance


TABLE = "issue,group,actor,position,salience,capability,reference,outcome\n" + "".join(
    f"i{i},g{i // 2},{actor},{position},50,{capability},0,{outcome}\n"
    for i, outcome in enumerate((10, 90, 50, 30))
    for actor, position, capability in (("a", 0, 1), ("b", 50, 1), ("c", 100, 2))
)


def test_a_plain_table_and_its_forecasts(tmp_path: Path) -> None:
    path, out = tmp_path / "t.csv", tmp_path / "f.jsonl"
    path.write_text(TABLE)
    ran = CliRunner().invoke(winset, ["backtest", str(path), "--json", "--forecasts", str(out)], catch_exceptions=False)
    found = json.loads(ran.stdout)
    # by hand: the mean is 50, so errors are 40, 40, 0, 20; the compromise is 62.5
    assert found["methods"]["mean"]["mae"] == 25
    assert found["methods"]["mean"]["crps"] == 25
    assert found["methods"]["compromise"]["mae"] == pytest.approx((52.5 + 27.5 + 12.5 + 32.5) / 4)
    lines = [json.loads(line) for line in out.read_text().splitlines()]
    assert len(lines) == 4
    assert all(len(m["cdf"]) == 101 and m["cdf"][-1] == 1 for line in lines for m in line["methods"].values())
    assert lines[0]["fold"] == lines[1]["fold"]
    assert lines[2]["fold"] == lines[3]["fold"]


def test_the_same_seed_gives_the_same_numbers(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(TABLE)
    assert as_json(backtest(path, seed=3)) == as_json(backtest(path, seed=3))


@pytest.mark.parametrize(
    ("text", "expected"),
    [("26-01-00", 2000), ("14-09-2016", 2016), ("2029-09-04", 2004), ("1930-05-01", 2001), ("999", None)],
)
def test_days_garbled_by_a_spreadsheet_are_read(text: str, expected: int | None) -> None:
    assert year(text) == expected


def test_a_wrong_cell_is_named() -> None:
    with pytest.raises(FormatError, match="line 2, column position: '101'"):
        read_decisions(TABLE.replace("a,0,", "a,101,").encode(), "t.csv")


def test_log_scores_by_hand() -> None:
    # all chance in the bin around 50 (48 to 52), then all of it in the bin of the outcome
    cdf = np.array([(np.arange(101) >= 50).astype(float)] * 2)
    found = Tried(point=np.array([50.0, 50.0]), cdf=cdf).log(np.array([90.0, 51.5]))
    assert found is not None
    assert found == pytest.approx([-np.log(0.01 / 21), -np.log(0.99 + 0.01 / 21)])
    assert Tried(point=np.array([50.0])).log(np.array([90.0])) is None
    even = Tried(point=np.zeros(1), cdf=np.arange(101)[None] / 100).log(np.array([0.0]))
    assert even == pytest.approx([-np.log(0.99 * 0.02 + 0.01 / 21)])  # the first bin ends at 2


def test_procedures_are_tried_where_a_status_quo_is_known(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(TABLE)
    found = as_json(backtest(path))
    # by hand: 2 of 4 votes lie at 100, so from 0 a majority of more than half takes 50, and everybody but a 0
    assert found["methods"]["procedure, simple majority"]["mae"] == pytest.approx((40 + 40 + 0 + 20) / 4)
    assert found["methods"]["procedure, unanimity"]["mae"] == pytest.approx((10 + 90 + 50 + 30) / 4)
    path.write_text(TABLE.replace(",0,10\n", ",,10\n"))
    assert "1 issues state no reference point" in " ".join(as_json(backtest(path))["remarks"])
