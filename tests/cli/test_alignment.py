"""`winset alignment` and `winset votes` on the packaged example and on a small case by hand."""

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner

from winset.cli.main import winset
from winset.services.schemas import schema

EXAMPLE = str(files("winset.catalog").joinpath("episodes", "riyadh-2025", "case.json"))


def run(*args: str) -> tuple[int, str]:
    done = CliRunner().invoke(winset, list(args))
    return done.exit_code, done.stdout


def _case(sayings: list[tuple[str, str, str]]) -> dict[str, Any]:
    """A case of two fictional parties that say these things: (party, day, words)."""
    documents, statements = [], []
    for n, (party, day, words) in enumerate(sayings):
        documents.append({"doc": f"d{n}", "date": day, "text": words, "sha256": "0" * 64})
        statements.append(
            {
                "id": f"d{n}#1", "doc": f"d{n}", "content": [[0, len(words)]], "kind": "indirect", "act": "demand",
                "speaker": {"kind": "collective", "name": party, "party": party},
            }
        )  # fmt: skip
    parties = [{"id": one, "name": one.title(), "fictional": True} for one in ("varra", "ostmark", "lund")]
    return {"schema": "winset-case/1", "parties": parties, "documents": documents, "statements": statements}


def _adopted(tmp_path: Path, *sayings: tuple[str, str, str]) -> list[dict[str, Any]]:
    (tmp_path / "c.json").write_text(json.dumps(_case(list(sayings))), encoding="utf-8")
    code, out = run("alignment", str(tmp_path / "c.json"), "--json")
    assert code == 0
    value = json.loads(out)
    jsonschema.validate(value, schema("alignment"))
    found: list[dict[str, Any]] = value["adopted"]
    return found


CORRIDOR = "The river corridor must be placed under a joint harbour commission before any troops withdraw"


def test_who_stood_apart_before_the_week_stands_nearer_after_it() -> None:
    then, now = (
        json.loads(run("alignment", EXAMPLE, "--as-of", day, "--json")[1]) for day in ("2025-02-11", "2025-02-20")
    )
    us, russia = then["parties"].index("united-states"), then["parties"].index("russia")
    ukraine = then["parties"].index("ukraine")
    assert now["distance"][us][russia] < then["distance"][us][russia]
    assert now["distance"][us][ukraine] > then["distance"][us][ukraine]
    jsonschema.validate(now, schema("alignment"))


def test_a_point_in_the_same_words_is_taken_over(tmp_path: Path) -> None:
    later = "We insist that the river corridor must be placed under a joint harbour commission first"
    found = _adopted(tmp_path, ("varra", "2031-03-01", CORRIDOR), ("ostmark", "2031-04-02", later))
    assert [(one["by"], one["from"], one["earlier"], one["later"]) for one in found] == [
        ("ostmark", "varra", "d0#1", "d1#1")
    ]
    assert found[0]["wording"] > 0.6


def test_a_point_in_other_words_scores_by_meaning(tmp_path: Path) -> None:
    later = "A joint commission of the harbour should get the river corridor; troops can be withdrawn afterwards"
    found = _adopted(
        tmp_path, ("varra", "2031-03-01", CORRIDOR), ("ostmark", "2031-04-02", later),
        ("lund", "2031-04-03", "Wages of the nurses rise by four per cent in two steps"),
    )  # fmt: skip
    assert len(found) == 1
    assert found[0]["meaning"] > 0.45 > found[0]["wording"]


def test_what_a_party_said_first_it_does_not_take_over(tmp_path: Path) -> None:
    found = _adopted(
        tmp_path,
        ("ostmark", "2031-02-01", CORRIDOR),
        ("varra", "2031-03-01", CORRIDOR),
        ("ostmark", "2031-04-02", CORRIDOR),
    )
    assert [(one["by"], one["from"]) for one in found] == [("varra", "ostmark")]


@pytest.mark.parametrize(
    "later",
    [
        "Nurses walked out of the hospital in the capital over their pay on Monday",
        "The troops must withdraw",
    ],
)
def test_other_points_are_not_taken_over(tmp_path: Path, later: str) -> None:
    assert _adopted(tmp_path, ("varra", "2031-03-01", CORRIDOR), ("ostmark", "2031-04-02", later)) == []


def test_an_empty_case_has_no_distances(tmp_path: Path) -> None:
    (tmp_path / "c.json").write_text('{"schema": "winset-case/1"}', encoding="utf-8")
    code, out = run("alignment", str(tmp_path / "c.json"), "--json")
    assert code == 0
    assert json.loads(out)["distance"] == []


def test_the_history_ends_where_the_table_of_today_stands() -> None:
    value = json.loads(run("alignment", EXAMPLE, "--history", "--json")[1])
    assert value["history"][-1]["distance"] == value["distance"]
    assert len(value["history"]) > 2


def test_votes_name_the_voter_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("A,B\nyes,no\nyes,yes\n", encoding="utf-8")
    value = json.loads(run("votes", str(tmp_path / "t.csv"), "--json")[1])
    jsonschema.validate(value, schema("votes"))
    assert value["pairs"][0]["agreement"] == 0.5
    done = CliRunner().invoke(winset, ["votes", str(tmp_path / "t.csv"), "--pair", "A", "C"])
    assert "no voter 'C'" in str(done.exception)


def test_where_nobody_judged_the_suggested_positions_count_and_are_said_to(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "Arden and Belmar resume talks\n\n14 March 2025\n\nArden's foreign minister said her country demands an immediate"
        " ceasefire.\nBelmar's envoy said Belmar demands an immediate ceasefire too.\n",
        encoding="utf-8",
    )
    case = tmp_path / "c.winset"
    assert run("new", str(case))[0] == run("add", str(case), str(tmp_path / "a.txt"))[0] == 0
    found = json.loads(run("alignment", str(case), "--json")[1])
    jsonschema.validate(found, schema("alignment"))
    assert found["suggested"]
    assert "nobody judged a position" in found["assumptions"][0]["text"]
    a, b = (found["parties"].index(one) for one in ("arden", "belmar"))
    assert found["distance"][a][b] == 0
    assert "Nobody judged a position" in run("alignment", str(case))[1]
    brief = json.loads(run("brief", str(case), "--json")[1])["alignment"]
    assert (brief["parties"], brief["distance"], brief["basis"]) == (
        found["parties"],
        found["distance"],
        found["basis"],
    )
    assert not json.loads(run("alignment", EXAMPLE, "--json")[1])["suggested"]
