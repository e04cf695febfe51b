"""`winset proposals` and `propose`: the same answer as the service, reviews that can be undone, refusals in plain words."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner
from tests.cli.running import case_of, run

from winset.cli.main import winset
from winset.errors import UsageError, WinsetError
from winset.services import proposals as service

ARTICLE = (
    "Arden presented a peace plan to Belmar on Monday. The plan would freeze the current front line and keep the country out of NATO. "
    "Belmar's foreign minister, Ilan Dorvath, said his government accepted the plan except for its clause on NATO."
)


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return case_of(tmp_path, ARTICLE)


def asked(case: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run("proposals", str(case), "--json").stdout)
    jsonschema.validate(found, json.loads(run("schema", "proposals").stdout))
    return found


def test_text_and_json_say_what_the_service_says(case: Path) -> None:
    found = asked(case)
    assert found == service.proposals(case)
    (one,) = found["proposals"]
    (answer,) = one["acceptances"]
    assert (one["author"], answer["party"], answer["issues"]) == ("arden", "belmar", ["alliance-membership"])
    assert [(f["issue"], f["value"], f["held"]) for f in answer["follows"]] == [("territory", 50.0, 50.0)]
    text = run("proposals", str(case)).stdout
    assert "not reviewed" in text
    assert "but for: its clause on NATO" in text


def test_a_review_is_laid_over_it_and_undone(case: Path) -> None:
    (one,) = asked(case)["proposals"]
    listed = json.loads(run("reviews", str(case), "--suggestions", "--json").stdout)
    jsonschema.validate(listed, json.loads(run("schema", "reviews").stdout))
    assert [each["target"] for each in listed] == [one["target"], one["acceptances"][0]["target"]]
    assert (
        run("review", str(case), one["target"], "--set", 'terms={"territory": 75}', "--why", "the map").exit_code == 0
    )
    now = asked(case)["proposals"][0]
    assert (now["terms"], now["note"], now["suggested"]) == ({"territory": 75}, "the map", False)
    assert run("undo", str(case)).exit_code == 0
    assert asked(case)["proposals"][0]["terms"] == one["terms"]


@pytest.mark.parametrize(
    "correction", ['terms={"nowhere": 1}', 'terms={"territory": 101}', "colour=red", "date=yesterday", "terms=[1]"]
)
def test_a_correction_that_does_not_fit_is_refused(case: Path, correction: str) -> None:
    (one,) = asked(case)["proposals"]
    done = run("review", str(case), one["target"], "--set", correction)
    assert isinstance(done.exception, WinsetError)
    assert str(done.exception)
    assert asked(case)["proposals"] == [one]


def test_writing_a_proposal_and_an_answer(tmp_path: Path) -> None:
    path = tmp_path / "c.winset"
    text = tmp_path / "c.json"
    text.write_text(json.dumps({"schema": "winset-case/1", "parties": [{"id": "a", "name": "A"}, {"id": "b", "name": "B"}],
                                "issues": [{"id": "x", "question": "How much?", "kind": "continuous", "range": [0, 10]}]}))  # fmt: skip
    assert run("import", str(path), str(text)).exit_code == 0
    assert run("proposals", str(path)).exit_code == 0
    assert (
        run(
            "propose", str(path), "p1", "--name", "First plan", "--author", "a", "--term", "x=4", "--date", "2026-01-02"
        ).exit_code
        == 0
    )
    assert run("propose", str(path), "p1", "--accepted-by", "b", "--reservation", "not yet").exit_code == 0
    assert run("propose", str(path), "p1", "--note", "seen").exit_code == 0
    (one,) = asked(path)["proposals"]
    assert (one["terms"], one["note"], one["acceptances"][0]["reservations"]) == ({"x": 4}, "seen", ["not yet"])
    assert run("undo", str(path)).exit_code == 0
    assert asked(path)["proposals"][0]["note"] is None
    for words in (("--term", "x=eleven"), ("--term", "x=nan"), ("--term", "x=11"), ("--term", "x"), ("--except", "x"),
                  ("--revises", "p0"), ("--revises", "p1"), ("--answers", "p0"), ("--accepted-by", "b", "--except", "y"),
                  ("--accepted-by", "nobody"), ("--accepted-by", "b", "--turned-down-by", "a")):  # fmt: skip
        assert isinstance(run("propose", str(path), "p1", *words).exception, UsageError), words


def test_a_case_of_articles_only_takes_issues_of_the_codebook_in_use(case: Path) -> None:
    before = json.loads(run("positions", str(case), "--json").stdout)["rows"]
    assert (
        run("propose", str(case), "l", "--name", "L plan", "--author", "arden", "--term", "territory=50").exit_code == 0
    )
    assert run("propose", str(case), "l", "--accepted-by", "belmar", "--except", "alliance-membership").exit_code == 0
    (one,) = [one for one in asked(case)["proposals"] if one["id"] == "l"]
    assert (one["terms"], one["acceptances"][0]["issues"]) == ({"territory": 50}, ["alliance-membership"])
    rows = json.loads(run("positions", str(case), "--json").stdout)["rows"]
    assert {(r["party"], r["issue"]) for r in before} <= {(r["party"], r["issue"]) for r in rows}
    run("undo", str(case))
    run("undo", str(case))
    assert json.loads(run("positions", str(case), "--json").stdout)["rows"] == before


@pytest.mark.parametrize(
    "words",
    [
        ("--author", "nobody"), ("--to", "nobody"), ("--term", "nothing=5"), ("--accepted-by", "nobody"), ("--term", "territory=500"),
        ("--revises", "second"),
    ],
)  # fmt: skip
def test_what_the_case_does_not_have_is_refused(case: Path, words: tuple[str, ...]) -> None:
    run("propose", str(case), "first", "--name", "Plan")
    run("propose", str(case), "second", "--name", "Plan", "--number", "2", "--revises", "first")
    done = CliRunner().invoke(winset, ["propose", str(case), "first", *words])
    assert isinstance(done.exception, WinsetError)
