"""Which judgement matters, on cases whose answer is known."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner

from winset.cli.main import winset
from winset.errors import UsageError
from winset.services.schemas import schema
from winset.services.sensitivity import sensitivity

RIVER: dict[str, Any] = {
    "schema": "winset-case/1", "title": "The river",
    "parties": [{"id": "north", "name": "North"}, {"id": "south", "name": "South"}],
    "issues": [{"id": "share", "question": "How much water goes south?", "kind": "integer", "range": [0, 100]}],
    "judgements": [
        {"quantity": "position", "party": "north", "issue": "share", "range": [10, 20]},
        {"quantity": "position", "party": "south", "issue": "share", "range": [60, 90]},
    ],
}  # fmt: skip


@pytest.fixture
def river(tmp_path: Path) -> Path:
    (path := tmp_path / "river.json").write_text(json.dumps(RIVER))
    return path


def test_the_mean_of_two_uniform_positions_splits_its_variance_one_to_nine(river: Path) -> None:
    found = sensitivity("spatial", river, output="outcome:share", base=1024).result
    jsonschema.validate(found, schema("sensitivity"))
    assert found["inputs"] == ["position of north on share", "position of south on share"]
    assert found["first"] == pytest.approx([0.1, 0.9], abs=0.01)
    assert found["total"] == pytest.approx([0.1, 0.9], abs=0.01)
    widest = found["tornado"][0]
    assert widest["input"] == "position of south on share"
    assert (widest["low"], widest["high"]) == pytest.approx(((15 + 61.5) / 2, (15 + 88.5) / 2))
    assert found["next"][0]["narrows"] == pytest.approx(1 - 0.1**0.5, abs=0.02)


def test_a_correlated_group_has_one_index(tmp_path: Path) -> None:
    members = [{"quantity": "position", "party": p, "issue": "share"} for p in ("north", "south")]
    (path := tmp_path / "case.json").write_text(
        json.dumps({**RIVER, "correlations": [{"members": members, "rho": 0.5}]})
    )
    found = sensitivity("spatial", path, output="outcome:share", base=512).result
    assert found["inputs"] == ["position of north on share; position of south on share"]
    assert found["first"] == pytest.approx([1.0], abs=0.01)


def test_what_would_have_to_be_true_is_said_in_words(river: Path) -> None:
    found = sensitivity("spatial", river, output="outcome:share", base=64, target=(50, 60)).result["target"]
    assert found["conditions"][0]["input"] == "position of south on share"
    assert found["conditions"][0]["then"][0] > 80
    assert "Then the position of south on share is typically" in found["text"][1]
    nowhere = sensitivity("spatial", river, output="outcome:share", base=64, target=(0, 1)).result["target"]
    assert "too few to say when" in nowhere["text"][0]


def test_the_same_seed_gives_the_same_indices_with_any_number_of_workers(river: Path) -> None:
    one, two = (sensitivity("bargaining", river, base=256, workers=w).result for w in (1, 3))
    assert one == two


def test_an_unknown_output_names_those_there_are(river: Path) -> None:
    with pytest.raises(UsageError, match=r"no output 'x'; there are outcome:share"):
        sensitivity("spatial", river, output="x")
    said = CliRunner().invoke(winset, ["sensitivity", "spatial", str(river), "--base", "64", "--target", "40", "45"])
    assert said.exit_code == 0
    assert "Share of the variance" in said.output
