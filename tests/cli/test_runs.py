"""Answers kept in a case: listed, marked where the case has moved on, asked again, undone, carried through the text form."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result

from winset.cli.main import winset
from winset.errors import CaseError, UsageError
from winset.services.schemas import schema
from winset.store.textform import case_from_json


def said(*arguments: object) -> Result:
    return CliRunner().invoke(winset, [str(one) for one in arguments])


def answer(*arguments: object) -> Any:
    done = said(*arguments, "--json")
    assert done.exit_code == 0, (done.output, done.exception)
    return json.loads(done.stdout)


@pytest.fixture
def case(tmp_path: Path) -> Path:
    assert said("demo", "--episode", "lorn-strait", "--into", tmp_path).exit_code == 0
    return tmp_path / "lorn-strait.winset"


def test_an_answer_is_kept_unless_told_not_to_and_asking_again_gives_the_same_numbers(case: Path) -> None:
    first = answer("run", "offers", case, "--draws", 64, "--name", "before the summit")
    jsonschema.validate(first, schema("run"))
    assert answer("run", "offers", case, "--draws", 64)["run"] == first["run"], "the same answer is kept once"
    assert answer("run", "offers", case, "--draws", 80, "--no-keep")["run"] is None
    depends = answer("sensitivity", "spatial", case, "--base", 32)
    (one, two) = answer("runs", case)
    jsonschema.validate([one, two], schema("runs"))
    assert (one["id"], one["name"], one["seed"], two["id"]) == (first["run"], "before the summit", 1, depends["run"])
    assert one["out_of_date"] == two["out_of_date"] == []
    whole = answer("runs", case, "before the summit")
    assert whole["result"]["outputs"] == first["outputs"]
    assert whole["assumptions"]
    for asked in (first["run"], first["run"][:6], "last"):
        again = answer("rerun", case, asked, "--workers", 2)
        jsonschema.validate(again, schema("rerun"))
        assert again["reproduced"] is True
        assert again["differences"] == []
    assert len(answer("runs", case)) == 2


def test_a_case_that_moved_on_marks_what_it_changed(case: Path) -> None:
    answer("run", "offers", case, "--draws", 64)
    answer("run", "bargaining", case, "--draws", 16)
    value = json.loads(said("export", case).stdout)
    for one in value["judgements"]:
        if one["quantity"] == "discount" and one["party"] == "velmara":
            for form in ("value", "range", "likely"):
                one.pop(form, None)
            one["range"] = [0.95, 0.97]
    (text := case.parent / "changed.json").write_text(json.dumps(value))
    answer("import", case, text)
    kept = answer("runs", case)
    assert [one["out_of_date"] for one in kept] == [["judgements of discount"]] * 2
    assert "out of date: judgements of discount" in said("runs", case).output
    again = answer("rerun", case, kept[0]["id"])
    assert (again["same_inputs"], again["reproduced"], again["changed_inputs"]) == (
        False,
        None,
        ["judgements of discount"],
    )
    assert any("share:velmara" in one["what"] for one in again["differences"])
    new = answer("runs", case)[-1]
    assert (new["id"], new["out_of_date"]) == (again["kept"], [])


def test_a_kept_answer_is_undone_and_goes_through_the_text_form(case: Path) -> None:
    kept = answer("run", "spatial", case, "--draws", 32)["run"]
    assert said("undo", case).exit_code == 0
    assert answer("runs", case) == []
    assert said("redo", case).exit_code == 0
    text = said("export", case).stdout
    jsonschema.validate(json.loads(text), schema("winset-case"))
    (there := case.parent / "a.json").write_text(text)
    answer("import", case.parent / "b.winset", there)
    assert said("export", case.parent / "b.winset").stdout == text
    assert answer("rerun", case.parent / "b.winset", kept)["reproduced"]
    assert answer("runs", there)[0]["id"] == kept


def test_an_answer_of_a_scenario_is_out_of_date_once_the_scenario_is_another(case: Path) -> None:
    answer("scenario", "add", case, "x", "--set", "discount:velmara=0.99")
    answer("run", "offers", f"{case}@x", "--draws", 16)
    assert answer("runs", case)[0]["parameters"]["scenario"] == "x"
    assert answer("runs", case)[0]["out_of_date"] == []
    answer("scenario", "add", case, "x", "--set", "discount:velmara=0.9")
    assert answer("runs", case)[0]["out_of_date"] == ["judgements of discount"]
    assert "no scenario 'y'" in str(said("run", "offers", f"{case}@y").exception)


def test_a_run_that_was_altered_is_refused(case: Path) -> None:
    answer("run", "offers", case, "--draws", 16)
    value = json.loads(said("export", case).stdout)
    value["runs"][0]["result"]["outputs"]["agreement"]["mean"] = 0.5
    with pytest.raises(CaseError, match=r"runs\[0\].id: r\w+ is not the id of this run's content"):
        case_from_json(value)


def test_an_unknown_run_is_named_with_those_there_are(case: Path) -> None:
    assert isinstance((error := said("rerun", case, "r123").exception), UsageError)
    assert "none; `winset run METHOD CASE` keeps one" in str(error)


def test_a_run_answers_only_questions_of_its_kind(case: Path) -> None:
    offers = answer("run", "offers", case, "--draws", 16)["run"]
    dates = ("--rule", "as announced", "--closes", "2099-01-01", "--resolves", "2099-02-01")
    answer("forecast", "ask", case, "deal", "Is there a deal?", *dates)
    answer("forecast", "ask", case, "share", "What share?", "--number", *dates)
    made = answer("forecast", "add", case, "deal", "--run", offers, "--output", "agreement")
    assert (made["probability"], made["run"], made["method"]) == (1.0, offers, "run offers")
    number = answer("forecast", "add", case, "share", "--run", offers, "--output", "share:velmara")
    assert number["quantiles"]["0.1"] < number["quantiles"]["0.9"]
    for question, output, message in (
        ("deal", "share:velmara", "is a number, not whether something happens"),
        ("share", "agreement", "is whether something happens, not a number"),
        ("deal", "nothing", "has no output 'nothing'"),
    ):
        done = said("forecast", "add", case, question, "--run", offers, "--output", output)
        assert isinstance(done.exception, UsageError)
        assert message in str(done.exception)
