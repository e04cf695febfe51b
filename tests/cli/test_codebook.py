"""`winset codebook`: listing, showing, and a wrong name."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result

from winset.cli.main import winset
from winset.errors import WinsetError
from winset.services.schemas import schema


def test_every_listed_issue_can_be_shown_with_its_points() -> None:
    books = json.loads(CliRunner().invoke(winset, ["codebook", "list", "--json"]).stdout)
    assert any(book["id"] == "conflict-and-peace" for book in books)
    for book in books:
        for issue in book["issues"]:
            shown = json.loads(CliRunner().invoke(winset, ["codebook", "show", book["id"], issue, "--json"]).stdout)
            assert shown["question"].endswith("?")
            assert len(shown["points"]) > 1


def test_a_wrong_name_is_an_error_that_names_those_there_are() -> None:
    done = CliRunner().invoke(winset, ["codebook", "show", "conflict-and-peace", "nothing"])
    assert isinstance(done.exception, WinsetError)
    assert "territory" in str(done.exception)


def test_a_copy_is_changed_converted_and_compared(tmp_path: Path) -> None:
    def run(*words: str) -> Any:
        done = CliRunner().invoke(winset, ["codebook", *words, "--json"])
        assert done.exit_code == 0, done.output + str(done.exception)
        found = json.loads(done.stdout)
        name = {"export": "codebook-export", "import": "codebook-export", "diff": "codebook-diff", "show": None}
        kind = name.get(words[0], "codebook-change")
        if kind is not None:
            jsonschema.validate(found, schema(kind))
        return found

    mine = str(tmp_path / "mine.toml")
    run("export", "labour-and-pay", mine)
    edited = run(
        "edit",
        mine,
        "pensions",
        "--point",
        "25=cut a little",
        "--phrase",
        "25=trimmed ~ pension*",
        "--topic",
        "old age",
    )
    assert edited["touched"] == ["pensions"]
    assert (
        "trimmed ~ pension*" in next(p for p in run("show", mine, "pensions")["points"] if p["value"] == 25)["phrases"]
    )
    assert run("split", mine, "pensions", "early", "--question", "How early?", "--phrase", "earlier retirement")[
        "touched"
    ] == ["pensions", "early"]
    assert run("merge", mine, "pensions", "early")["touched"] == ["pensions", "early"]
    assert "early" not in run("remove", mine, "one-off-payment")["issues"]
    issue = run("show", "climate", "adaptation")
    (tmp_path / "issue.json").write_text(json.dumps(issue), encoding="utf-8")
    assert run("add", mine, str(tmp_path / "issue.json"))["touched"] == ["adaptation"]
    run("export", mine, str(tmp_path / "mine.qdc"))
    run("import", str(tmp_path / "mine.qdc"), str(tmp_path / "again.json"))
    assert run("diff", mine, str(tmp_path / "again.json"))["touched"] == []
    assert set(run("diff", "labour-and-pay", mine)["touched"]) == {"pensions", "one-off-payment", "adaptation"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["edit", "labour-and-pay", "pensions", "--question", "?"], "packaged"),
        (["edit", "{}", "pensions", "--phrase", "7=x"], "no point 7"),
        (["edit", "{}", "pensions", "--phrase", "half"], "VALUE=TEXT"),
        (["edit", "{}", "pensions", "--phrase", "50=a* ~ b"], "three letters"),
        (["edit", "{}", "pensions", "--without", "nowhere"], "nowhere"),
        (["merge", "{}", "pensions", "working-time"], "one scale"),
        (["merge", "{}", "pensions", "pensions"], "not into itself"),
        (["remove", "{}", "nothing"], "no issue"),
    ],
)
def test_a_change_that_cannot_be_made_says_why_and_leaves_the_file(tmp_path: Path, words: list[str], said: str) -> None:
    mine = tmp_path / "mine.toml"
    CliRunner().invoke(winset, ["codebook", "export", "labour-and-pay", str(mine)])
    before = mine.read_bytes()
    done = CliRunner().invoke(winset, ["codebook", *(word.format(mine) for word in words)])
    assert isinstance(done.exception, WinsetError)
    assert said in str(done.exception)
    assert mine.read_bytes() == before


def run(*words: str) -> Result:
    return CliRunner().invoke(winset, list(words))


def test_every_part_of_an_issue_can_be_changed_and_is_shown(tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    assert run("codebook", "export", "labour-and-pay", str(mine)).exit_code == 0
    done = run(
        "codebook", "edit", str(mine), "pensions", "--example", "100=Better pensions for all.", "--counts", "Only what is asked.",
        "--counts-not", "Rumours.", "--exclude", "state pension", "--point", "75=better in part",
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    shown = run("codebook", "show", str(mine), "pensions").output
    for said in (
        "“Better pensions for all.”",
        "Counts: Only what is asked.",
        "Does not count: Rumours.",
        "state pension",
        "better in part",
        "(as things are)",
    ):
        assert said in shown
    done = run(
        "codebook", "edit", str(mine), "pensions", "--without-point", "75", "--without", "Better pensions for all."
    )
    assert done.exit_code == 0, done.output
    shown = run("codebook", "show", str(mine), "pensions").output
    assert "better in part" not in shown
    assert "“Better pensions" not in shown
    refused = run("codebook", "edit", str(mine), "pensions", "--without-point", "33")
    assert "no point 33; there are 0, 50, 100" in str(refused.exception)
