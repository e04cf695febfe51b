"""Every command that prints JSON has a published schema, and what the case commands print fits theirs."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import jsonschema
import pytest
from click.testing import CliRunner

from winset.cli.main import winset
from winset.services.schemas import names, schema

ELSEWHERE = {
    "undo": "history", "redo": "history", "review": "reviews", "scenario add": "scenario-list", "brief": "winset-brief/1",
    "codebook show": None, "schema": None, "codebook import": "codebook-export",
    "party add": "party-change", "party rename": "party-change", "party merge": "party-change",
    **{f"codebook {change}": "codebook-change" for change in ("use", "add", "edit", "remove", "merge", "split")},
    "forecast add": None, "forecast ask": None, "forecast resolve": None, "forecast publish": None,
}  # fmt: skip
"""Commands that print what another one's schema says; None: an entry of the case's text form, or a schema itself."""


def commands(group: click.Group, path: str = "") -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from commands(command, f"{path}{name} ")
        else:
            yield f"{path}{name}", command


def test_every_command_that_prints_json_has_a_schema() -> None:
    published = set(names())
    for path, command in commands(winset):
        if any("--json" in option.opts for option in command.params):
            group = "solve crisis" if path.startswith("solve crisis ") else path
            name = ELSEWHERE.get(path, group.replace(" ", "-"))
            assert name is None or name in published, path


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("case")
    (made / "a.txt").write_text("“We will not sign,” Foreign Minister Ana Marr said on Friday.", encoding="utf-8")
    (made / "b.pdf").write_bytes(b"%PDF-1.4 broken")
    (made / "t.csv").write_text("party,issue,position\nNorth,Share,40\nSouth,Share,60\n", encoding="utf-8")
    return made


STEPS: list[tuple[str, list[str], int]] = [  # in this order, on one case
    ("new", ["new", "a.winset"], 0),
    ("add", ["add", "a.winset", "a.txt", "b.pdf", "--annotator", "rules"], 6),
    ("show", ["show", "a.winset"], 0),
    ("document", ["document", "a.winset", "a"], 0),
    ("document", ["document", "a.winset", "a", "--date", "2026-03-06"], 0),
    ("history", ["undo", "a.winset"], 0),
    ("mark", ["mark", "a.winset", "Monday"], 0),
    ("import", ["import", "a.winset", "t.csv"], 0),
    ("history", ["undo", "a.winset"], 0),
    ("history", ["redo", "a.winset"], 0),
    ("history", ["undo", "a.winset", "--to", "Monday"], 0),
    ("history", ["redo", "a.winset"], 0),
    ("history", ["history", "a.winset"], 0),
    ("reviews", ["review", "a.winset", "a#1", "--accept"], 0),
    ("reviews", ["reviews", "a.winset"], 0),
    ("scenario-list", ["scenario", "list", "a.winset"], 0),
    ("export", ["export", "a.winset", "-o", "out.json"], 0),
    ("export", ["export", "a.winset", "--format", "folder", "-o", "out"], 0),
    ("winset-case/1", ["export", "a.winset"], 0),
    ("doctor", ["doctor"], 0),
    ("doctor", ["doctor", "a.winset"], 0),
    ("doctor-recover", ["doctor", "a.winset", "--recover", "r.winset"], 0),
    ("restore", ["restore", "a.winset"], 0),
    ("demo", ["demo"], 0),
    ("scenario-list", ["scenario", "list", "riyadh-2025.winset"], 0),
    ("methods", ["methods"], 0),
    ("codebook-list", ["codebook", "list"], 0),
    ("convert", ["convert", "riyadh-2025.winset", "--to", "genius", "--into", "g"], 0),
]


def test_what_the_case_commands_print_fits_their_schemas(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    for name, words, code in STEPS:
        done = CliRunner().invoke(winset, [*words, "--json"], catch_exceptions=False)
        assert done.exit_code == code, (words, done.output)
        value: Any = json.loads(done.stdout)
        found = schema(name)
        jsonschema.Draft202012Validator.check_schema(found)
        jsonschema.validate(value, found, format_checker=jsonschema.FormatChecker())
        if isinstance(value, dict) and name != "winset-case/1":
            assert set(value) <= set(found["properties"]), f"{words}: keys that the schema does not name"
