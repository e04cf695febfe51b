"""What-ifs through the command line: kept, listed, compared with paired draws."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result

from winset.cli.main import winset
from winset.errors import WinsetError
from winset.services.schemas import schema


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


def test_a_more_patient_side_gets_more_in_every_paired_draw(case: Path) -> None:
    answer("scenario", "add", case, "patient", "--set", "discount:velmara=0.99")
    assert [one["name"] for one in answer("scenario", "list", case)] == ["patient"]
    found = answer("scenario", "compare", case, f"{case}@patient", "--method", "offers", "--draws", 512)
    jsonschema.validate(found, schema("scenario-compare"))
    share = next(one for one in found if one["what"].startswith("offers: share") and "velmara" in one["what"])
    assert share["difference"] == pytest.approx(share["b"] - share["a"])
    assert share["interval"][0] > 0, "paired: what is the same on both sides cancels"


def test_the_same_case_twice_differs_in_nothing_and_a_seed_repeats(case: Path) -> None:
    found = answer("scenario", "compare", case, case, "--draws", 128)
    assert {one["method"] for one in found} >= {"bargaining", "spatial", "offers", "ratification"}
    assert all(one["difference"] in (0, None) for one in found)
    answer("scenario", "add", case, "x", "--set", "salience:velmara:pact=10..90")
    asked = ("scenario", "compare", case, f"{case}@x", "--method", "bargaining", "--draws", 256, "--seed", 3)
    assert answer(*asked) == answer(*asked, "--workers", 1)


def test_a_party_that_leaves_and_one_that_signs(case: Path) -> None:
    answer("scenario", "add", case, "alone", "--leaves", "isk")
    answer("scenario", "add", case, "three", "--must-sign", "velmara,korsund,isk")
    found = answer("scenario", "compare", case, f"{case}@alone", "--method", "bargaining", "--draws", 64)
    assert all(one["difference"] == 0 for one in found if one["difference"] is not None)
    done = said("scenario", "compare", case, f"{case}@three", "--method", "offers")
    assert "isk" in str(done.exception), "patience of the new signatory is not known and not made up"
    assert said("undo", case).exit_code == 0
    assert [one["name"] for one in answer("scenario", "list", case)] == ["alone"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--set", "salience velmara"), "wants QUANTITY:PARTY"),
        (("--set", "salience:nobody:pact=3"), "nobody"),
        (("--set", "salience:velmara:nothing=3"), "nothing"),
        (("--set", "salience:velmara:pact=300"), "0..100"),
        (("--set", "mood:velmara=3"), "mood"),
        (("--set", "salience:velmara:pact=9..1"), "low <= high"),
        (("--set", "salience:velmara:pact=much"), "number or LOW..HIGH"),
        (("--leaves", "nobody"), "nobody"),
        ((), "changes something"),
    ],
)
def test_a_change_that_does_not_fit_is_named(case: Path, arguments: tuple[str, ...], message: str) -> None:
    done = said("scenario", "add", case, "x", *arguments)
    assert isinstance(done.exception, WinsetError)
    assert message in str(done.exception)
    assert answer("scenario", "list", case) == []


def test_an_unknown_scenario_and_too_few_are_named(case: Path) -> None:
    assert "no scenario 'y'" in str(said("scenario", "compare", case, f"{case}@y").exception)
    assert "two scenarios" in str(said("scenario", "compare", case).exception)


def test_an_issue_off_the_table_or_linked_and_another_status_quo(case: Path, tmp_path: Path) -> None:
    whole = answer("scenario", "compare", case, case, "--method", "bargaining", "--draws", 16)
    answer("scenario", "add", case, "no pact", "--drops", "pact")
    without = answer("scenario", "compare", case, f"{case}@no pact", "--method", "bargaining", "--draws", 16)
    assert any(one["output"] == "outcome:pact" for one in whole)
    (pact,) = [one for one in without if one["output"] == "outcome:pact"]
    assert (pact["b"], pact["difference"]) == (None, None)
    (more := tmp_path / "more.json").write_text(json.dumps({
        "issues": [{"id": "aid", "question": "How much aid?", "kind": "integer", "range": [0, 4], "status_quo": 0}],
        "judgements": [
            {"quantity": q, "party": p, "issue": "aid", "value": v, "by": "Ann"}
            for q, p, v in (("position", "velmara", 4), ("position", "korsund", 0), ("salience", "velmara", 90), ("salience", "korsund", 1))
        ],
    }))  # fmt: skip
    answer("scenario", "add", case, "aid", "--adds", more)
    linked = answer("scenario", "compare", case, f"{case}@aid", "--method", "bargaining", "--draws", 16)
    (aid,) = [one for one in linked if one["output"] == "outcome:aid"]
    assert aid["b"] == 4, "what costs one side next to nothing goes to the side that wants it"
    answer("scenario", "add", case, "quo", "--status-quo", "patrols=50")
    assert "stands at 50" in said("scenario", "list", case).output
    for arguments, message in (
        (("--drops", "nothing"), "no issue 'nothing'"), (("--status-quo", "patrols"), "wants ISSUE=VALUE"),
        (("--adds", case), "UTF-8"), (("--status-quo", "patrols=999"), "patrols"),
    ):  # fmt: skip
        done = said("scenario", "add", case, "x", *arguments)
        assert isinstance(done.exception, WinsetError), (arguments, done.output)
        assert message in str(done.exception)
