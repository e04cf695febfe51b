"""What a brief says of the table: forecasts with their record, power, coalitions and leverage."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from winset.cli.main import winset
from winset.errors import UsageError

PARTIES = {"ardia": (40, 80), "bornia": (25, 20), "caldia": (15, 55), "dorn": (12, 30), "estrin": (8, 70)}


def written(folder: Path, **more: Any) -> Path:
    judged = [
        {"quantity": quantity, "party": party, "issue": issue, "value": value, "by": "Ana"}
        for party, (capability, position) in PARTIES.items()
        for quantity, issue, value in (("capability", None, capability), ("position", "quota", position),
                                       ("salience", "quota", 50))
    ]  # fmt: skip
    judged += [{"quantity": "discount", "party": p, "value": 0.9 + n / 100, "by": "Ana"} for n, p in enumerate(PARTIES)]
    path = folder / "fish.json"
    path.write_text(json.dumps({
        "schema": "winset-case/1", "title": "Fish", "as_of": "2026-03-01",
        "parties": [{"id": p, "name": p.title()} for p in PARTIES],
        "issues": [{"id": "quota", "question": "How large is the quota?", "kind": "continuous", "range": [0, 100]}],
        "judgements": judged, **more,
    }))  # fmt: skip
    return path


def briefed(path: Path, *more: str) -> str:
    done = CliRunner().invoke(winset, ["brief", str(path), *more], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def test_forecast_methods_power_and_leverage_stand_in_the_brief(tmp_path: Path) -> None:
    told = briefed(written(tmp_path))
    # by hand, 54.45: weights 40, 25, 15, 12, 8 at 80, 20, 55, 30, 70
    assert "A group decision would lie near: How large is the quota? 54.5" in told
    assert "| Compromise | 54.5 | 23.0 (20.9 to 25.1) |" in told
    assert "The methods range from" in told
    assert "Ardia is decisive most often" in told
    assert "smallest coalitions win" in told
    assert "A round of waiting costs" in told
    assert "no voting rule stated; more than half of all capability is needed" in told.casefold()


def test_the_same_numbers_stand_in_its_json(tmp_path: Path) -> None:
    path = written(tmp_path)
    value = json.loads(briefed(path, "--json"))
    asked = {
        name: json.loads(CliRunner().invoke(winset, [*command, str(path), "--json"], catch_exceptions=False).stdout)
        for name, command in (("spatial", ["solve", "spatial"]), ("coalitions", ["solve", "coalitions"]),
                              ("leverage", ["leverage"]))
    }  # fmt: skip
    ours, theirs = value["collective"][0], asked["spatial"]["issues"][0]
    assert ours["distribution"] == theirs["distribution"]
    assert {k: v for k, v in ours["forecasts"].items() if k != "challenge"} == {
        k: v for k, v in theirs["forecasts"].items() if k != "challenge"
    }
    assert value["power"] == {k: v for k, v in asked["coalitions"].items() if k in value["power"]}
    assert value["leverage"]["rows"] == asked["leverage"]["rows"]
    schema = json.loads(CliRunner().invoke(winset, ["schema", "winset-brief/1"]).stdout)
    Draft202012Validator(schema).validate(value)


def test_without_judgements_nothing_is_computed(tmp_path: Path) -> None:
    value = json.loads(briefed(written(tmp_path, judgements=[]), "--json"))
    assert (value["collective"], value["power"], value["leverage"]) == (None, None, None)


def test_charts_of_power_are_files_with_their_numbers(tmp_path: Path) -> None:
    path, into = written(tmp_path), tmp_path / "drawn"
    command = ["solve", "coalitions", str(path), "--charts", str(into)]
    assert CliRunner().invoke(winset, command, catch_exceptions=False).exit_code == 0
    rows = list(csv.reader((into / "power.csv").read_text().splitlines()))
    assert rows[0] == ["Party", "Shapley-Shubik", "Banzhaf"]
    assert rows[1][0] == "ardia"
    assert "<svg" in (into / "coalitions.svg").read_text()
    again = CliRunner().invoke(winset, command)
    assert isinstance(again.exception, UsageError)
    with pytest.raises(UsageError, match="too many to draw"):
        CliRunner().invoke(winset, ["solve", "coalitions", "--weights", ",".join(["1"] * 50), "--quota", "26",
                                    "--charts", str(tmp_path / "other")], catch_exceptions=False)  # fmt: skip
