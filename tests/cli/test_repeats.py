"""`winset repeats`: one saying in several articles, with what its tellings disagree on, from a case and from articles alike."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from tests.cli.running import run

SAID = "“The corridor will open on Friday and nobody will stop it,” said Karim Zadeh, the envoy of Oman.\n"
PAPERS = {
    "a": SAID,
    "b": f"Elsewhere it rained.\n\n{SAID}",
    "c": SAID.replace("Karim Zadeh", "Badr Lawati"),
    "d": SAID.replace("open on Friday", "open Friday"),
    "e": "“No deal,” said Ann Lee.\n",
    "f": "“No deal,” said Bob Orr.\n",
}


@pytest.fixture
def papers(tmp_path: Path) -> list[str]:
    for name, text in PAPERS.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    return [str(tmp_path / f"{name}.txt") for name in PAPERS]


def asked(*words: str) -> list[dict[str, Any]]:
    done = run("repeats", *words, "--json")
    assert done.exit_code == 0
    found: list[dict[str, Any]] = json.loads(done.stdout)
    jsonschema.validate(found, json.loads(run("schema", "repeats").stdout), format_checker=jsonschema.FormatChecker())
    return found


def test_a_case_and_its_articles_tell_the_same(papers: list[str], tmp_path: Path) -> None:
    case = str(tmp_path / "c.winset")
    run("new", case)
    run("add", case, *papers)
    found = asked(case)
    assert found == asked(*papers)
    (one,) = found
    assert (one["statement"], one["speaker"], one["articles"]) == ("a#1", "Karim Zadeh", 4)
    assert [(each["statement"], each["differs"]) for each in one["tellings"]] == [
        ("b#1", []), ("c#1", ["speaker"]), ("d#1", ["wording"]),
    ]  # fmt: skip
    assert one["tellings"][1]["speaker"] == "Badr Lawati"
    assert one["words"] in PAPERS["a"]


def test_people_get_each_disagreement_in_words(papers: list[str]) -> None:
    told = run("repeats", *papers).stdout
    assert "Karim Zadeh [forecast], told 4 times in 4 articles" in told
    assert "    also b#1\n" in told
    assert "c#1  no date  laid to Badr Lawati" in told
    assert "d#1  no date  in other words: “The corridor will open Friday" in told


def test_only_what_differs_and_nothing_at_all(papers: list[str]) -> None:
    assert len(asked(*papers, "--differing")) == 1
    assert asked(*papers[:2], "--differing") == []
    done = run("repeats", *papers[4:])
    assert (done.exit_code, done.stdout) == (0, "")
    assert "Nothing is told twice among 2 statements of 2 documents." in done.stderr


def test_what_cannot_be_read_is_set_aside_and_named(papers: list[str], tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(b"%PDF-1.7 no more")
    done = run("repeats", *papers[:2], str(tmp_path / "x.pdf"), "--json")
    assert done.exit_code == 6
    assert "x.pdf" in done.stderr
    assert len(json.loads(done.stdout)) == 1


def test_a_rejected_telling_is_none(papers: list[str], tmp_path: Path) -> None:
    case = str(tmp_path / "c.winset")
    run("new", case)
    run("add", case, *papers[:3])
    assert run("review", case, "statement:b#1", "--reject").exit_code == 0
    (one,) = asked(case)
    assert [each["statement"] for each in one["tellings"]] == ["c#1"]
