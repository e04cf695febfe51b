"""Which judgement matters, on cases whose answer is known."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pytest
from click.testing import CliRunner

from winset.cli.main import winset
from winset.errors import UsageError
from winset.models.normal import score
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


def test_the_smallest_change_together_is_said_with_its_check(river: Path) -> None:
    found = sensitivity("spatial", river, output="outcome:share", base=64, target=(50, 60)).result
    jsonschema.validate(found, schema("sensitivity"))
    joint = found["target"]["together"]
    after = {one["input"]: one["to"] for one in joint["changes"]}
    assert sum(
        after.get(f"position of {p} on share", m) for p, m in (("north", 15), ("south", 75))
    ) / 2 == pytest.approx(50, abs=1e-4)
    # levels (u, v) with 10 + 10 u + 60 + 30 v = 100: nearest to the medians in normal scores, found on a fine line
    u = np.linspace(0.01, 0.99, 9_801)
    v = (30 - 10 * u) / 30
    best = np.sqrt(score(u) ** 2 + score(np.minimum(v, 1 - 1e-12)) ** 2).min()
    assert best * 0.99 <= joint["distance"] <= best * 1.055
    assert (joint["holds"], joint["reached"]) == (True, 0)
    assert joint["answer"] == pytest.approx(50, abs=1e-4)
    said = " ".join(joint["text"])
    assert "The smallest way there is changing" in said
    assert "none leads there" in said


def test_a_change_that_reaches_the_answer_but_not_as_the_likely_one_names_what_else_has_to_be_known(
    river: Path,
) -> None:
    joint = sensitivity("bargaining", river, base=64, target=(1, 1), output="zone").result["target"]["together"]
    assert joint["share_then"] > 0.5
    assert "It is then the likely answer" in joint["text"][-1]
    never = sensitivity("spatial", river, output="outcome:share", base=64, target=(99, 100)).result["target"][
        "together"
    ]
    assert (never["changes"], never["distance"]) == ([], None)
    assert "none gives that answer" in never["text"][0]
    narrow = sensitivity("spatial", river, output="outcome:share", base=64, target=(44.9, 45.1)).result["target"][
        "together"
    ]
    assert narrow["changes"] == []
    assert "lies there already" in narrow["text"][0]
    assert narrow["share_then"] < 0.5
    assert narrow["share_if_known"] == 1.0
