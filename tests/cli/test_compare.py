"""Every method that can run on one case, side by side: nothing averaged, and disagreement in words."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result

from winset.cli.main import winset
from winset.errors import FormulationError
from winset.services.schemas import schema


def said(*arguments: object) -> Result:
    return CliRunner().invoke(winset, [str(one) for one in arguments])


def judged(quantity: str, party: str, value: float, issue: str | None = "x") -> dict[str, Any]:
    return {"quantity": quantity, "party": party, "issue": issue, "value": value, "by": "Ann"}


LINE: dict[str, Any] = {
    "schema": "winset-case/1", "as_of": "2025-03-01", "parties": [{"id": p, "name": p.upper()} for p in "ab"],
    "issues": [{"id": "x", "question": "Where?", "kind": "integer", "range": [0, 10], "status_quo": 5}],
    "judgements": [
        judged("position", "a", 0), judged("position", "b", 10), judged("capability", "a", 9, None),
        judged("capability", "b", 1, None), judged("reservation", "a", 0, None), judged("reservation", "b", 0, None),
        judged("trust", "a", 0.5, None),
    ],
}  # fmt: skip


@pytest.fixture
def line(tmp_path: Path) -> Path:
    (path := tmp_path / "line.json").write_text(json.dumps(LINE))
    return path


def test_each_method_says_what_it_was_told_and_ignores_and_how_it_has_done(line: Path) -> None:
    found = json.loads(said("compare", line, "--draws", 16, "--json").stdout)
    jsonschema.validate(found, schema("compare"))
    by = {one["method"]: one for one in found["methods"]}
    # by hand: (9 * 0 + 1 * 10) / 10 is 1; the largest product of (10 - x) / 10 and x / 10 is at 5
    assert by["spatial"]["answers"]["outcome:x"]["mean"] == pytest.approx(1)
    assert by["bargaining"]["answers"]["outcome:x"]["mean"] == 5
    assert {"what": "capability of a", "value": {"value": 9}, "by": "Ann"} in by["spatial"]["told"]
    assert by["spatial"]["ignores"] == ["reservation", "trust"]
    assert by["bargaining"]["ignores"] == ["capability", "trust"]
    assert by["spatial"]["record"]["issues"] == 351
    assert by["bargaining"]["record"] is None
    assert "unknown" in by["bargaining"]["record_note"]
    assert "discount" in by["offers"]["why_not"]
    assert [one["method"] for one in found["issues"]["x"]][:2] == ["spatial", "bargaining"]
    words = " ".join(found["disagreement"])
    assert "On “Where?” spatial says 1 and" in words
    assert "it is the methods that differ" in words
    assert "If all were equally strong, spatial would say 5 instead." in words
    assert "Nothing here is averaged." in words
    assert "Where and why they disagree" in said("compare", line, "--draws", 16).output


def test_methods_that_agree_are_said_to(tmp_path: Path) -> None:
    value = {**LINE, "judgements": [one for one in LINE["judgements"] if one["quantity"] != "capability"]}
    (path := tmp_path / "even.json").write_text(json.dumps(value))
    words = " ".join(json.loads(said("compare", path, "--draws", 16, "--json").stdout)["disagreement"])
    assert "agree within 5 % of the scale" in words


def test_a_case_that_no_method_can_use_is_named(tmp_path: Path) -> None:
    (path := tmp_path / "empty.json").write_text('{"schema": "winset-case/1", "parties": [{"id": "a", "name": "A"}]}')
    error = said("compare", path).exception
    assert isinstance(error, FormulationError)
    assert "no method can run: spatial:" in str(error)
