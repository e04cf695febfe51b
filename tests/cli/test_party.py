"""A party that is renamed or merged in mid-case keeps its positions, reviews and history."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner

from winset.cli.main import winset
from winset.errors import WinsetError
from winset.services.schemas import schema

FIRST = "Talks\n\nBy Ann Bell, 3 May 2031\n\nOstrava and Lund met in Geneva. Ostrava demands a full withdrawal, Foreign Minister Petr Novak said. Lund is ready to exchange all prisoners, its president, Ida Holm, said.\n"  # fmt: skip
LATER = "Talks\n\nBy Ann Bell, 9 May 2031\n\nOstrovia is ready for a partial withdrawal, Foreign Minister Petr Novak said.\n"
TARGET = "position:ostrava/territory/2031-05-03/a#1"


def run(*words: str) -> Any:
    done = CliRunner().invoke(winset, [*words, "--json"])
    assert done.exit_code == 0, done.output + str(done.exception)
    found = json.loads(done.stdout)
    if words[0] == "party":
        jsonschema.validate(found, schema("party-change"))
    return found


@pytest.fixture
def case(tmp_path: Path) -> str:
    (tmp_path / "a.txt").write_text(FIRST, encoding="utf-8")
    (tmp_path / "b.txt").write_text(LATER, encoding="utf-8")
    made = str(tmp_path / "c.winset")
    run("new", made)
    run("add", made, str(tmp_path / "a.txt"))
    return made


def parties(case: str) -> dict[str, str]:
    return {row["issue"]: row["party"] for row in run("positions", case)["rows"]}


def test_a_new_name_keeps_the_id_and_both_names_are_understood(case: str, tmp_path: Path) -> None:
    run("review", case, TARGET, "--accept")
    assert run("party", "rename", case, "ostrava", "Ostrovia")["aliases"] == ["Ostrava"]
    run("add", case, str(tmp_path / "b.txt"))
    row = next(one for one in run("positions", case)["rows"] if one["issue"] == "territory")
    assert (row["party"], row["valid_from"]) == ("ostrava", "2031-05-09")
    assert [one["target"] for one in run("reviews", case)] == [TARGET]
    moved = [one for one in run("ledger", case)["moves"] if one["issue"] == "territory"]
    assert [one["party"] for one in moved] == ["ostrava"]


def test_two_that_are_one_bring_all_they_said_and_undo_takes_it_back(case: str) -> None:
    run("review", case, TARGET, "--set", "value=25")
    before = parties(case)
    done = run("party", "merge", case, "lund", "ostrava")
    assert done["moved"] == [{"from": TARGET, "to": TARGET.replace("ostrava", "lund")}]
    assert set(parties(case).values()) == {"lund"}
    assert next(one for one in run("positions", case)["rows"] if one["issue"] == "territory")["value"] == 25
    run("undo", case)
    assert parties(case) == before
    assert [one["target"] for one in run("reviews", case)] == [TARGET]


def test_all_records_that_name_a_party_follow(tmp_path: Path) -> None:
    judged = {"quantity": "position", "issue": "i", "as_of": "2031-05-01", "by": "ana"}
    text = {
        "schema": "winset-case/1", "parties": [{"id": "a", "name": "A"}, {"id": "b", "name": "B"}, {"id": "c", "name": "C"}],
        "issues": [{"id": "i", "question": "?", "kind": "continuous", "range": [0, 10]}],
        "tables": [{"id": "t", "seats": ["a", "b", "c"], "must_sign": ["b"]}],
        "judgements": [{**judged, "party": "a", "value": 2}, {**judged, "party": "b", "value": 6}],
        "relations": [{"kind": "backs", "of": "a", "to": "b"}, {"kind": "backs", "of": "b", "to": "c"}],
        "ratifiers": [{"name": "R", "party": "b", "chamber": "x"}],
        "precedents": [{"name": "P", "parties": ["a", "b"], "broken_by": ["b"]}],
        "reviews": [{"target": f"position:{one}/i/2031-05-01/", "verdict": "accept", "by": "eva", "at": "2031-06-01T00:00:00+00:00"} for one in "ab"],
    }  # fmt: skip
    path, out = tmp_path / "c.winset", tmp_path / "out.json"
    (tmp_path / "c.json").write_text(json.dumps(text), encoding="utf-8")
    run("import", str(path), str(tmp_path / "c.json"))
    done = run("party", "merge", str(path), "a", "b")
    assert "review of its own" in done["unsettled"][0]["why"]
    run("export", str(path), "-o", str(out))
    after = json.loads(out.read_text(encoding="utf-8"))
    assert [one["id"] for one in after["parties"]] == ["a", "c"]
    assert after["tables"][0]["seats"] == ["a", "c"]
    assert after["tables"][0]["must_sign"] == ["a"]
    assert [(one["of"], one["to"]) for one in after["relations"]] == [("a", "c")]
    assert after["ratifiers"][0]["party"] == "a"
    assert after["precedents"][0]["broken_by"] == ["a"]
    (row,) = run("positions", str(path))["rows"]
    assert row["range"] == [2, 6]  # both judged on one day: a range, nothing lost


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["rename", "nobody", "X"], "no party 'nobody'"), (["rename", "lund", " "], "1 to 300"),
        (["rename", "lund", "Ostrava"], "party merge"), (["merge", "lund", "lund"], "into another"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_told(case: str, words: list[str], said: str) -> None:
    done = CliRunner().invoke(winset, ["party", words[0], case, *words[1:]])
    assert isinstance(done.exception, WinsetError)
    assert said in str(done.exception)
