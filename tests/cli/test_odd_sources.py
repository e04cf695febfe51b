"""Every command on sources that are missing, folders, empty, binary, too deep, damaged or something else: a message, the
right exit code, valid JSON, never a traceback. A new command fails here until it has its row."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import jsonschema
import pytest
from click.testing import CliRunner, Result

from winset.cli.main import winset
from winset.errors import WinsetError

MISSING, FOLDER = ("missing.winset", "missing.json"), ("folder",)
UNREADABLE = ("empty.json", "binary.json", "deep.json", "huge_number.json", "twice.json", "nan.json", "wrong.json")
LISTS = ("list.json",)
DAMAGED = ("empty.winset", "binary.winset", "cut.winset", "damaged.winset", "other.winset")
Codes = dict[tuple[str, ...], set[int]]

CASE: Codes = {MISSING: {5}, FOLDER: {5}, UNREADABLE: {4}, LISTS: {4}, DAMAGED: {4}}
"""A case file or a text form, or files of other tools beside them."""
QUESTION: Codes = CASE | {LISTS: {2}}
"""A question of its own, or a list of them; an empty list asks nothing."""
TABLE: Codes = {MISSING: {5}, FOLDER: {5}, UNREADABLE: {1, 4}, LISTS: {1}, DAMAGED: {4}}
"""A table; a damaged case in its place is said to be one."""
DOCUMENTS: Codes = {MISSING: {6}, FOLDER: {0, 6}, UNREADABLE: {0, 6}, LISTS: {0, 6}, DAMAGED: {6}}
"""Documents: one that cannot be read is set aside."""
OLD: Codes = {MISSING: {4, 5}, FOLDER: {5}, UNREADABLE: {4, 5}, LISTS: {4, 5}, DAMAGED: {0, 4, 5}}
"""A case whose backups, or whose sound parts, are asked for."""
NAMED: Codes = {MISSING: {2, 5}, FOLDER: {2, 5}, UNREADABLE: {4}, LISTS: {4}, DAMAGED: {4}}
"""A codebook: a name, or a file."""
MADE: Codes = {MISSING: {0}, FOLDER: {5}, UNREADABLE: {4, 5}, LISTS: {4, 5}, DAMAGED: {4, 5}}
"""A case that is made or written to."""

ROWS: dict[str, tuple[str, Codes]] = {
    "backtest": ("{odd}", TABLE),
    "add": ("sound.winset {odd}", DOCUMENTS),
    "read": ("{odd}", DOCUMENTS),
    "new": ("{odd}", MADE | {UNREADABLE: {5}, LISTS: {5}, DAMAGED: {5}}),
    "show": ("{odd}", CASE),
    "review": ("{odd} doc#1 --accept", CASE),
    "reviews": ("{odd}", CASE),
    "agreement": ("{odd}", CASE),
    "undo": ("{odd}", CASE),
    "mark": ("{odd} name", CASE),
    "redo": ("{odd}", CASE),
    "history": ("{odd}", CASE),
    "export": ("{odd}", CASE),
    "convert": ("{odd} --to negmas --into out", CASE),
    "import": ("sound.winset {odd}", CASE | {FOLDER: {2}}),
    "restore": ("{odd}", OLD),
    "doctor": ("{odd}", CASE),
    "brief": ("{odd}", CASE | {FOLDER: {0, 6}}),
    "comment": ("{odd} summary text", CASE),
    "positions": ("{odd}", CASE),
    "attention": ("{odd}", CASE),
    "pointers": ("{odd}", CASE),
    "document": ("{odd} doc --title T", CASE),
    "party add": ("{odd} Name", CASE),
    "party rename": ("{odd} a Name", CASE),
    "party merge": ("{odd} a b", CASE),
    "ledger": ("{odd}", CASE),
    "diff": ("{odd} --since 2020-01-01", CASE),
    "alignment": ("{odd}", CASE),
    "votes": ("{odd}", TABLE),
    "precedents": ("{odd}", CASE),
    "precedent": ("{odd} accord --date 2014 --party a --party b", CASE),
    "proposals": ("{odd}", CASE),
    "propose": ("{odd} plan --name Plan", CASE),
    "find": ("{odd} words", CASE),
    "repeats": ("{odd}", CASE | {FOLDER: {0, 6}}),
    "codebook add": ("{odd} issue.json", NAMED | {MISSING: {4}}),
    "codebook diff": ("{odd} climate", NAMED),
    "codebook edit": ("{odd} x", NAMED),
    "codebook export": ("{odd} out.json", NAMED),
    "codebook import": ("{odd} out.toml", NAMED),
    "codebook merge": ("{odd} a b", NAMED),
    "codebook remove": ("{odd} a", NAMED),
    "codebook show": ("{odd}", NAMED),
    "codebook split": ("{odd} a b --question q --phrase p", NAMED),
    "codebook use": ("{odd} climate", CASE),
    "run": ("bargaining {odd}", CASE),
    "compare": ("{odd}", CASE),
    "runs": ("{odd}", CASE),
    "rerun": ("{odd} x", CASE),
    "sensitivity": ("bargaining {odd}", CASE),
    "scenario add": ("{odd} name --set discount:north=0.9", CASE),
    "scenario compare": ("{odd} {odd}", CASE),
    "scenario list": ("{odd}", CASE),
    "scenario robust": ("{odd}", CASE),
    "elicit": ("{odd} --party a --answers answers.json", CASE),
    "forecast add": ("{odd} q --probability 0.5", CASE),
    "forecast ask": ("{odd} i t --rule r --closes 2030-01-01 --resolves 2031-01-01", CASE),
    "forecast list": ("{odd}", CASE),
    "forecast publish": ("{odd}", CASE),
    "forecast resolve": ("{odd} q yes --source s", CASE),
    "forecast score": ("{odd}", CASE),
    "forecast verify": ("{odd}", CASE),
    "leverage": ("{odd}", CASE),
    "solve bargaining": ("{odd}", CASE),
    "solve adjusted-winner": ("{odd}", CASE),
    "solve spatial": ("{odd}", CASE),
    "solve coalitions": ("{odd}", CASE),
    "solve shares": ("{odd}", CASE | {LISTS: {1}}),
    "solve peeling": ("{odd}", CASE),
    "solve offers": ("{odd}", QUESTION),
    "solve crisis first-strike": ("{odd}", QUESTION),
    "solve crisis guarantee": ("{odd}", QUESTION),
    "solve crisis power-shift": ("{odd}", QUESTION),
    "solve crisis preventive": ("{odd}", QUESTION),
    "solve crisis private-cost": ("{odd}", QUESTION),
    "solve crisis range": ("{odd}", QUESTION),
    "solve crisis screening": ("{odd}", QUESTION),
    "solve crisis tied-hands": ("{odd}", QUESTION),
    "solve crisis trust": ("{odd}", TABLE),
    "solve ratification": ("{odd}", CASE),
    "solve stability": ("{odd}", CASE),
    "solve talks": ("{odd} --tactics boulware:0.2,conceder:2 --rounds 5 --runs 2", CASE),
    "serve": ("{odd} --no-open", CASE),
}
NO_SOURCE = {"demo", "methods", "schema", "codebook list"}
PLAIN = {"serve", "forecast publish"}
"""Commands that print no JSON."""


def commands(group: click.Command, path: tuple[str, ...] = ()) -> Iterator[str]:
    if not isinstance(group, click.Group):
        yield " ".join(path)
        return
    context = click.Context(group)
    for name in group.list_commands(context):
        found = group.get_command(context, name)
        assert found is not None
        yield from commands(found, (*path, name))


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with every odd source, and a sound case."""
    made = tmp_path_factory.mktemp("odd")
    assert CliRunner().invoke(winset, ["new", str(made / "sound.winset")]).exit_code == 0
    sound = (made / "sound.winset").read_bytes()
    noise = bytes((37 * k * k + 11) % 256 for k in range(2000))
    contents = {
        "empty.json": b"", "binary.json": noise, "list.json": b"[]", "wrong.json": b'{"schema": "winset-case/1", "parties": 3}',
        "deep.json": b"[" * 3000 + b"]" * 3000, "huge_number.json": b'{"schema": "winset-case/1", "a": ' + b"9" * 5000 + b"}",
        "twice.json": b'{"schema": "winset-case/1", "schema": "winset-case/1"}',
        "nan.json": b'{"schema": "winset-case/1", "title": NaN}',
        "empty.winset": b"", "binary.winset": noise, "cut.winset": sound[:3000],
        "damaged.winset": bytes((b + 13 * (k % 7 == 0)) % 256 if k > 4000 else b for k, b in enumerate(sound)),
        "issue.json": b"{}", "answers.json": b"{}",
    }  # fmt: skip
    for name, content in contents.items():
        (made / name).write_bytes(content)
    (made / "folder").mkdir()
    with sqlite3.connect(made / "other.winset") as other:
        other.execute("create table t (a)")
    return made


def code_of(done: Result) -> int:
    """The exit code that `winset.cli.main.main` makes of it. A fault of the program raises."""
    error = done.exception
    if error is None or isinstance(error, SystemExit):
        return done.exit_code
    if isinstance(error, WinsetError | click.ClickException):
        return error.exit_code
    if isinstance(error, OSError):
        return 5
    raise error


@pytest.mark.parametrize(
    ("command", "wanted"),
    [
        ("solve shares sound.winset", "players and a rule"), ("votes sound.winset", "a table of roll calls"),
        ("backtest sound.winset", "a table of decisions"), ("solve crisis trust sound.winset", "a table of past deals"),
        ("solve shares text.json", "players and a rule"),
    ],
)  # fmt: skip
def test_a_sound_case_in_the_place_of_something_else_is_told_what_is_wanted(
    command: str, wanted: str, sources: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(sources)
    (sources / "text.json").write_text('{"schema": "winset-case/1"}', encoding="utf-8")
    done = CliRunner().invoke(winset, command.split())
    assert code_of(done) == 1
    assert "is a case; give" in str(done.exception)
    assert wanted in str(done.exception)


def test_a_number_beyond_reading_is_said_in_plain_words(tmp_path: Path) -> None:
    path = tmp_path / "rule.json"
    path.write_text('{"players": ["a"], "rule": {"weights": {"a": ' + "9" * 5000 + '}, "quota": 1}}', encoding="utf-8")
    for command in ("coalitions", "shares"):
        done = CliRunner().invoke(winset, ["solve", command, str(path)])
        assert code_of(done) == 4
        assert "more than 4,300 digits" in str(done.exception)
        assert "set_int_max" not in str(done.exception)


def test_a_value_from_outside_cannot_steer_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("issue,option,A\nx,\x1b[2J\u202ea,\x1b]0;x\x07\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "winset", "solve", "bargaining", str(path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "\x1b" not in done.stderr
    assert "\x07" not in done.stderr
    assert "row 2, column 'A'" in done.stderr


@pytest.mark.parametrize("form", ["json", "csv", "quotations.json", "csl", "jsonld", "ris"])
def test_what_export_prints_or_writes_fits_its_schema(form: str, sources: Path, tmp_path: Path) -> None:
    case, schema = str(sources / "sound.winset"), json.loads(CliRunner().invoke(winset, ["schema", "export"]).stdout)
    printed = CliRunner().invoke(winset, ["export", case, "--format", form, "--json"])
    if form in ("csv", "ris"):
        assert code_of(printed) == 2
        assert "--output" in str(printed.exception)
    else:
        jsonschema.validate(json.loads(printed.stdout), schema)
    words = ["export", case, "--format", form, "--json", "-o", str(tmp_path / "out")]
    jsonschema.validate(json.loads(CliRunner().invoke(winset, words).stdout), schema)


def test_one_party_is_no_parties(tmp_path: Path) -> None:
    path = tmp_path / "one.json"
    path.write_text('{"schema": "winset-case/1", "parties": [{"id": "a", "name": "A"}]}', encoding="utf-8")
    told = CliRunner().invoke(winset, ["import", str(tmp_path / "one.winset"), str(path)]).stdout
    assert "now holds 1 party" in told


def test_every_command_has_its_row() -> None:
    assert set(commands(winset)) == set(ROWS) | NO_SOURCE


@pytest.mark.parametrize("command", ROWS)
def test_an_odd_source_is_named_with_the_right_code(
    command: str, sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    template, expected = ROWS[command]
    wrong = []
    for group, codes in expected.items():
        for odd in group:
            here = tmp_path / odd.replace(".", "-")
            shutil.copytree(sources, here)
            monkeypatch.chdir(here)
            words = [*command.split(), *(word.replace("{odd}", odd) for word in template.split())]
            done = CliRunner().invoke(winset, words if command in PLAIN else [*words, "--json"], input="")
            code = code_of(done)
            if code not in codes:
                wrong.append(f"{odd}: exit {code}, not {sorted(codes)}: {done.exception} {done.stderr[:200]}")
            if isinstance(done.exception, WinsetError) and not done.exception.args[0]:
                wrong.append(f"{odd}: no message")
            for part in done.stdout.splitlines() if command == "read" else [done.stdout]:
                if part.strip() and command not in PLAIN:
                    json.loads(part, parse_constant=lambda word: pytest.fail(f"{word} is no JSON"))
            os.chdir(tmp_path)
            shutil.rmtree(here)
    assert not wrong, "\n".join(wrong)


def test_what_is_noted_on_the_way_is_said_once(tmp_path: Path) -> None:
    path = tmp_path / "c.json"
    path.write_text('{"precedents": [{"name": "old", "parties": []}]}', encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "winset", "precedents", str(path), "--json"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr.count('no "schema"')) == (0, 1)


@pytest.mark.parametrize(
    "command", ["positions", "ledger", "precedents", "alignment", "proposals", "pointers", "reviews"]
)
def test_an_article_where_a_case_is_wanted_says_how_to_make_a_case(tmp_path: Path, command: str) -> None:
    article = tmp_path / "a.txt"
    article.write_text("Arden demands a withdrawal, its minister said.", encoding="utf-8")
    for source, code in ((article, 4), (tmp_path, 5)):
        done = CliRunner().invoke(winset, [command, str(source), "--json"])
        assert isinstance(done.exception, WinsetError)
        assert (done.exception.exit_code, f"winset add CASE.winset {source}" in str(done.exception)) == (code, True)
