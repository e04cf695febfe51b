"""One bad situation, one exit code, whatever command meets it: no case there (5), a folder (5), nothing or something else in it (4)."""

import shlex
from pathlib import Path

import pytest
from click.testing import Result
from tests.cli.running import run

ASKED = [
    "show X", "positions X", "ledger X", "alignment X", "diff X --since 2026-03-01", "precedents X", "proposals X",
    "attention X", "pointers X", "find X wages", "reviews X", "review X", "review X a#1 --accept", "review X --take-over",
    "agreement X", "history X", "runs X", "rerun X 1", "doctor X", "scenario list X", "forecast list X",
    "forecast score X", "forecast verify X", "leverage X", "compare X", "solve bargaining X", "solve spatial X", "solve offers X",
    "solve ratification X", "solve stability X", "run spatial X --draws 10", "sensitivity spatial X", "export X -o out.json",
    "export X --format qdpx -o out.qdpx", "codebook show X", "serve X --no-open",
]  # fmt: skip
WRITING = [
    "undo X", "redo X", "mark X monday", "codebook use X labour-and-pay", "codebook use X --packaged", "party rename X a B",
    "party merge X a b", "comment X deals hello", "add X a.txt", "restore X",
]  # fmt: skip
OR_ARTICLES = ["brief X -o b.html", "repeats X"]  # a folder is one of articles to them
SITUATIONS = {
    "missing": 5,
    "missing.json": 5,
    "no/folder": 5,
    "folder": 5,
    "empty": 4,
    "text": 4,
    "cut": 4,
    "half": 4,
    "newer": 4,
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text("“We want more,” Ann Bell said.", encoding="utf-8")
    assert run("new", "whole.winset").exit_code == 0
    return tmp_path


def made(situation: str) -> Path:
    """The path of a case in that situation."""
    if situation == "no/folder":
        return Path("nowhere", "talks.winset")
    path = Path("talks.json" if situation in ("missing.json", "half", "newer") else "talks.winset")
    match situation:
        case "folder":
            path.mkdir()
        case "empty":
            path.write_bytes(b"")
        case "text":
            path.write_text("The talks go on.", encoding="utf-8")
        case "cut":
            path.write_bytes(Path("whole.winset").read_bytes()[:5000])
        case "half":
            path.write_text('{"schema": "winset-case/1", "title":', encoding="utf-8")
        case "newer":
            path.write_text('{"schema": "winset-case/9"}', encoding="utf-8")
    return path


def ended(done: Result) -> int:
    """With what the program ends: an error on its way to the last line of the command line carries its code."""
    return 5 if isinstance(done.exception, OSError) else getattr(done.exception, "exit_code", done.exit_code)


def met(command: str, situation: str) -> tuple[int, str]:
    path = made(situation)
    before = path.read_bytes() if path.is_file() else None
    done = run(*(str(path) if word == "X" else word for word in shlex.split(command)))
    assert (path.read_bytes() if path.is_file() else None) == before, "and what lies there stays as it is"
    assert not list(Path().glob("*out.*")), "and nothing half done is left"
    return ended(done), str(done.exception) if done.exception else ""


@pytest.mark.parametrize(
    ("command", "situation"),
    [
        (command, situation)
        for command in (*ASKED, *WRITING, *OR_ARTICLES)
        for situation in SITUATIONS
        if command not in OR_ARTICLES or situation != "folder"  # a folder is one of articles there
    ],
)
def test_the_same_bad_case_ends_every_command_alike(folder: Path, command: str, situation: str) -> None:
    code, said = met(command, situation)
    expected = 5 if command == "restore X" else SITUATIONS[situation]  # no backup of any of these
    assert code == expected, said
    assert "talks" in said, "the message names the file"


@pytest.mark.parametrize(
    "command", ["brief a.txt nothere.txt --json", "repeats a.txt nothere.txt", "read a.txt nothere.txt"]
)
def test_an_article_that_is_not_there_is_set_aside(folder: Path, command: str) -> None:
    done = run(*command.split())
    assert ended(done) == 6
    assert "nothere.txt" in done.output


@pytest.mark.parametrize(
    "command",
    [
        "export whole.winset",
        "export whole.winset --format qdpx",
        "export whole.winset --format csv",
        "brief whole.winset",
    ],
)
def test_where_nothing_can_be_written_ends_as_input_and_output(folder: Path, command: str) -> None:
    done = run(*command.split(), "-o", "a.txt/below/out.html")
    assert ended(done) == 5
    assert "a.txt" in str(done.exception)
