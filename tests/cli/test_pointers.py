"""`winset pointers`: suggestions with their words, reviewed and undone, never computed with."""

import json
from pathlib import Path

import jsonschema
import pytest
from tests.cli.running import case_of, run

from winset.errors import FormulationError, UsageError, WinsetError
from winset.services import pointers as service

ARTICLE = (
    "Arden and Belmar held talks on Monday. Corvia's president welcomed Corvia's envoy. Belmar's envoy left.\n\nArden cannot wait until the summer for a deal, its finance minister said. Any treaty must be ratified by "
    "Arden's parliament. Corvia supplies Belmar with missiles, Arden's envoy said."
)


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return case_of(tmp_path, ARTICLE)


def test_json_text_and_service_agree_and_fit_the_schema(case: Path) -> None:
    found = json.loads(run("pointers", str(case), "--json").stdout)
    jsonschema.validate(found, json.loads(run("schema", "pointers").stdout))
    assert found == service.pointers(case)
    told = {(one["kind"], one["direction"], one["party"], one["toward"]) for one in found["pointers"]}
    assert told >= {
        ("haste", "hurries", "arden", None),
        ("consent", "needed", "arden", None),
        ("backing", "arms", "corvia", "belmar"),
    }
    text = run("pointers", str(case)).stdout
    assert all(one["target"] in text and one["words"][0] in text for one in found["pointers"])
    assert {"party": "arden", "quantity": "haste", "pointers": 1, "reviewed": 0} in found["bears_on"]


def test_reviews_count_and_are_undone(case: Path) -> None:
    one = service.pointers(case, kind="haste")["pointers"][0]
    assert run("review", str(case), one["target"], "--accept", "--why", "he said it twice").exit_code == 0
    now = service.pointers(case, kind="haste")["pointers"][0]
    assert (now["suggested"], now["note"]) == (False, "he said it twice")
    run("undo", str(case))
    assert run("review", str(case), one["target"], "--reject").exit_code == 0
    assert run("pointers", str(case), "--kind", "haste").exit_code == 0
    run("undo", str(case))
    assert service.pointers(case, kind="haste")["pointers"] == [one]


@pytest.mark.parametrize("correction", ["direction=sideways", "kind=mood", "party=nobody", "score=2x"])
def test_a_correction_that_does_not_fit_is_refused(case: Path, correction: str) -> None:
    one = service.pointers(case, kind="haste")["pointers"][0]
    assert isinstance(run("review", str(case), one["target"], "--set", correction).exception, WinsetError)


def test_an_unknown_kind_names_those_there_are(case: Path) -> None:
    done = run("pointers", str(case), "--kind", "mood")
    assert isinstance(done.exception, UsageError)
    assert "tactic" in str(done.exception)


def test_the_brief_shows_them_and_methods_only_point_to_them(case: Path, tmp_path: Path) -> None:
    brief = json.loads(run("brief", str(case), "--json").stdout)
    assert {one["kind"] for one in brief["pointers"]} >= {"haste", "consent", "backing"}
    out = tmp_path / "b.md"
    run("brief", str(case), "--out", str(out))
    assert "Suggested by words, not yet judged" in out.read_text(encoding="utf-8")
    done = run("solve", "offers", str(case))
    assert isinstance(done.exception, FormulationError)
    assert "not computed with" in str(done.exception)
