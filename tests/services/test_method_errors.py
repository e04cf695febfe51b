"""How wrong a method itself is: learnt from the user's backtest or ledger, apart from the doubt of the inputs."""

import csv
import json
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pytest
from click.testing import CliRunner
from tests.services.test_forecasts import asked, came, record, told

from winset.cli.main import winset
from winset.errors import FormatError, ModelError, UsageError
from winset.models.scoring.misses import Misses
from winset.services import backtest, propagation, runs
from winset.services.schemas import schema

RIVER: dict[str, Any] = {
    "schema": "winset-case/1", "title": "The river",
    "parties": [{"id": "north", "name": "North"}, {"id": "south", "name": "South"}],
    "issues": [{"id": "share", "question": "How much water goes south?", "kind": "integer", "range": [0, 200]}],
    "judgements": [
        {"quantity": "position", "party": "north", "issue": "share", "range": [20, 40]},
        {"quantity": "position", "party": "south", "issue": "share", "range": [120, 160]},
    ],
}  # fmt: skip


def case(tmp_path: Path, **more: Any) -> Path:
    (path := tmp_path / "river.json").write_text(json.dumps({**RIVER, **more}))
    return path


def table(path: Path, *, miss: float, issues: int = 40) -> Path:
    """Decisions whose outcome is the mean position and so many points more or less, in turn."""
    rng = np.random.default_rng(2)
    with path.open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["issue", "group", "actor", "position", "salience", "capability", "outcome"])
        for n in range(issues):
            middle = int(rng.integers(35, 65))
            for actor, position in (("a", middle - 20), ("b", middle + 20), ("c", middle)):
                rows.writerow([f"i{n}", f"g{n % 8}", actor, position, 50, 1, middle + (miss if n % 2 else -miss)])
    return path


def test_the_error_of_a_users_backtest_is_carried_apart_from_the_inputs(tmp_path: Path) -> None:
    lines = tmp_path / "forecasts.jsonl"
    backtest.write_forecasts(backtest.backtest(table(tmp_path / "decided.csv", miss=12)), lines)
    source = case(tmp_path)
    run = propagation.run("spatial", source, draws=512, record=lines)
    jsonschema.validate(run.result, schema("run"))
    error, out = run.result["model_error"], run.result["outputs"]["outcome:share"]
    assert (error["learnt_from"], error["record"]["issues"]) == ("backtest", 40)
    assert error["record"]["mae"] == pytest.approx(12, abs=1e-6)
    wide = error["outputs"]["outcome:share"]
    assert wide["sd"] == pytest.approx(24, abs=1e-6), "12 hundredths of a scale of 200"
    # half of the draws 24 up, half 24 down: the outer quantiles are those of the inputs, moved by that much
    x = np.sort(
        propagation.propagate(propagation.question(propagation.load("spatial", source)[0], "spatial"), draws=512).y[
            :, 0
        ]
    )
    both = np.sort(np.concatenate((x - 24, x + 24)))
    assert wide["quantiles_with_inputs"]["0.1"] == pytest.approx(np.quantile(both, 0.1), abs=0.2)
    assert wide["quantiles_with_inputs"]["0.9"] == pytest.approx(np.quantile(both, 0.9), abs=0.2)
    without = propagation.run("spatial", source, draws=512).result
    assert without["outputs"]["outcome:share"] == out, "the spread of the inputs is the same with and without"
    assert without["model_error"]["learnt_from"] == "packaged"
    with pytest.raises(UsageError, match="the error of bargaining is learnt from the ledger"):
        propagation.run("bargaining", source, draws=64, record=lines)


def test_stated_intervals_of_a_learnt_error_cover_what_they_say_in_simulation() -> None:
    rng = np.random.default_rng(5)
    inside = {0.5: 0.0, 0.8: 0.0, 0.9: 0.0}
    for _ in range(200):
        known = Misses(errors=np.clip(rng.normal(3, 15, 60), -100, 100), groups=tuple(f"g{n % 30}" for n in range(60)))
        q = known.quantiles_with(np.array([50.0]), (0.0, 100.0))
        outcome = 50 + rng.normal(3, 15, 50)
        for width, (a, b) in {0.5: (0.25, 0.75), 0.8: (0.1, 0.9), 0.9: (0.05, 0.95)}.items():
            inside[width] += float(((outcome >= q[a]) & (outcome <= q[b])).mean()) / 200
    assert inside[0.5] == pytest.approx(0.5, abs=0.03)
    assert inside[0.8] == pytest.approx(0.8, abs=0.03)
    assert inside[0.9] == pytest.approx(0.9, abs=0.03)
    assert known.coverage()[0.8] == pytest.approx(0.8, abs=0.15)


def graded(count: int, method: str, **form: Any) -> list[dict[str, Any]]:
    kind = {} if "probability" in form else {"type": "number"}
    bodies = [asked(f"q{n}", **kind) for n in range(count)]
    bodies += [told(f"q{n}", method, method=method, output="outcome:share", **form) for n in range(count)]
    return record(*bodies, *(came(f"q{n}", 1 if not kind else 100 + (20 if n % 2 else -20)) for n in range(count)))


def test_graded_forecasts_of_a_method_say_how_wrong_it_is_and_fewer_than_ten_do_not(tmp_path: Path) -> None:
    q = {"0.1": 80.0, "0.5": 90.0, "0.9": 110.0}
    enough = propagation.run(
        "bargaining", case(tmp_path, forecasts=graded(12, "run bargaining", quantiles=q)), draws=256
    )
    error = enough.result["model_error"]
    assert error["learnt_from"] == "ledger"
    assert error["record"]["mae"] == pytest.approx((15 * 6 + 5 * 6) / 12), "30 and 10 of a scale of 200"
    assert set(error["outputs"]) == {"outcome:share"}
    few = propagation.run(
        "bargaining", case(tmp_path, forecasts=graded(9, "run bargaining", quantiles=q)), draws=256
    ).result
    assert few["model_error"] is None
    assert few["model_error_note"].startswith("unknown: 9 forecasts of this method are graded")
    other = propagation.run(
        "bargaining", case(tmp_path, forecasts=graded(12, "run offers", quantiles=q)), draws=256
    ).result
    assert other["model_error"] is None
    assert other["model_error_note"].startswith("unknown: this method has no backtest")
    chances = propagation.run(
        "bargaining", case(tmp_path, forecasts=graded(10, "run bargaining", probability=0.7)), draws=256
    )
    jsonschema.validate(chances.result, schema("run"))
    assert chances.result["model_error"]["chances"]["brier"] == pytest.approx(0.09)
    spoilt = graded(12, "run bargaining", quantiles=q)
    spoilt[14]["quantiles"]["0.5"] = 100.0
    odd = propagation.run("bargaining", case(tmp_path, forecasts=spoilt), draws=256).result
    assert "not as it was sealed" in odd["model_error_note"]


def test_a_kept_answer_with_a_record_is_reproduced_and_what_is_no_record_is_said(tmp_path: Path) -> None:
    lines, file = tmp_path / "forecasts.jsonl", tmp_path / "river.winset"
    backtest.write_forecasts(backtest.backtest(table(tmp_path / "decided.csv", miss=7)), lines)
    run = CliRunner()
    assert run.invoke(winset, ["import", str(file), str(case(tmp_path))]).exit_code == 0
    done = run.invoke(winset, ["run", "spatial", str(file), "--draws", "64", "--record", str(lines)])
    assert "your backtest forecasts.jsonl" in done.output
    assert runs.rerun(file, "last")["reproduced"] is True
    lines.write_text('{"issue": 1}\n')
    with pytest.raises(FormatError, match=r"line 1: not a line of forecasts; --record wants what winset backtest"):
        propagation.run("spatial", file, draws=64, record=lines)
    lines.write_text("")
    with pytest.raises(FormatError, match="holds no forecasts"):
        propagation.run("spatial", file, draws=64, record=lines)
    with pytest.raises(ModelError, match="3 graded forecasts"):
        Misses(errors=np.zeros(3), groups=("a", "b", "c"))
