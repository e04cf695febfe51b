"""Two people review one case, or copies of it; the machine is a coder like them."""

import json
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner, Result

from winset.cli.main import winset
from winset.errors import FormulationError
from winset.services.sources import load_case


def run(*words: str | Path, by: str = "ana") -> Result:
    return CliRunner().invoke(winset, [str(word) for word in words], env={"WINSET_AUTHOR": by})


@pytest.fixture
def case(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(
        "Velmara demanded a ceasefire. Korsund rejected the plan. Isk offered to host the talks. Velmara warned of force.",
        encoding="utf-8",
    )
    path = tmp_path / "talks.winset"
    assert run("new", path).exit_code == 0
    assert run("add", path, tmp_path / "a.txt", "--annotator", "rules").exit_code == 0
    return path


def test_two_reviewers_of_one_case_and_what_they_decided_differently(case: Path) -> None:
    ids = [one.id for one in load_case(case).statements]
    assert len(ids) >= 3
    assert isinstance(run("agreement", case).exception, FormulationError)
    for by in ("ana", "ben"):
        for id in ids:
            run("review", case, id, "--reject" if (by, id) == ("ben", ids[0]) else "--accept", by=by)
    found = json.loads(run("agreement", case, "--json").stdout)
    jsonschema.validate(found, json.loads(run("schema", "agreement").stdout))
    assert found["reviewers"] == ["ana", "ben"]
    read = load_case(case).statements[0].act
    (act,) = [one for one in found["disagreements"] if one["what"] == "act"]
    assert act == {
        "what": "act",
        "target": f"statement:{ids[0]}",
        "said": {"ana": read, "ben": "rejected"},
        "read": read,
    }
    alphas = {tuple(one["between"]): one["alpha"] for one in found["agreement"] if one["what"] == "act"}
    assert alphas["ana", "the reader"] == 1.0
    assert alphas["ana", "ben"] == alphas["ben", "the reader"] < 1.0
    assert run("undo", case).exit_code == 0  # the last review of ben is gone again
    units = {
        tuple(one["between"]): one["units"] for one in json.loads(run("agreement", case, "--json").stdout)["agreement"]
    }
    assert units["ana", "ben"] <= len(ids) - 1


def test_copies_that_two_people_reviewed_are_taken_together(case: Path, tmp_path: Path) -> None:
    copy, text = tmp_path / "copy.winset", tmp_path / "case.json"
    assert run("export", case, "-o", text).exit_code == 0
    assert run("import", copy, text).exit_code == 0
    first = load_case(case).statements[0].id
    run("review", case, first, "--accept", by="ana")
    run("review", copy, first, "--set", "act=threat", by="ben")
    found = json.loads(run("agreement", case, copy, "--json").stdout)
    assert found["reviewers"] == ["ana", "ben"]
    assert [one["said"]["ben"] for one in found["disagreements"] if one["what"] == "act"] == ["threat"]
    assert "threat" in run("agreement", case, copy).stdout


def test_a_suggestion_that_one_keeps_and_another_rejects_is_a_disagreement(tmp_path: Path) -> None:
    text, path = tmp_path / "c.json", tmp_path / "c.winset"
    judged = [
        {"quantity": "position", "party": party, "issue": "i", "as_of": "2025-01-02", "value": 3, "by": "reader 1"}
        for party in ("a", "b", "c")
    ]
    precedent = {"name": "the old deal", "parties": ["a"], "terms": {"i": 2}}
    text.write_text(
        json.dumps(
            {"schema": "winset-case/1", "parties": [{"id": one} for one in "abc"], "judgements": judged,
             "issues": [{"id": "i", "question": "?", "kind": "continuous", "range": [0, 9]}], "precedents": [precedent]}
        ),
        encoding="utf-8",
    )  # fmt: skip
    assert run("import", path, text).exit_code == 0
    first, second, third = (f"position:{party}/i/2025-01-02/" for party in "abc")
    for target, how, by in (
        (first, ("--accept",), "ana"), (first, ("--reject",), "ben"), (second, ("--set", "value=4"), "ana"),
        (second, ("--set", "value=5"), "ben"), (third, ("--accept",), "ana"), (third, ("--accept",), "ben"),
        ("precedent:the old deal", ("--accept",), "ana"), ("precedent:the old deal", ("--set", 'terms={"i": 4}'), "ben"),
    ):  # fmt: skip
        assert run("review", path, target, *how, by=by).exit_code == 0, (target, how)
    found = json.loads(run("agreement", path, "--json").stdout)
    jsonschema.validate(found, json.loads(run("schema", "agreement").stdout))
    assert [(one["what"], one["target"], one["said"]["ben"]) for one in found["disagreements"]] == [
        ("position", second, 5),
        ("verdict", first, "rejected"),
        ("verdict", "precedent:the old deal", 'kept with {"terms": {"i": 4}}'),
    ]
    (units,) = {
        one["units"] for one in found["agreement"] if one["what"] == "verdict" and one["between"] == ["ana", "ben"]
    }
    assert units == 4


def test_a_statement_that_one_rejects_keeps_what_another_said_of_its_position(case: Path) -> None:
    target = next(one["target"] for one in json.loads(run("reviews", case, "--judgements", "--json").stdout))
    run("review", case, target, "--accept", by="ana")

    def positions() -> list[int]:
        found = json.loads(run("agreement", case, "--json").stdout)["agreement"]
        return [one["units"] for one in found if one["what"] == "position" and one["between"] == ["ana", "the reader"]]

    assert positions() == [1]
    run("review", case, target.rpartition("/")[2], "--reject", by="ben")
    assert positions() == [1]
