"""The examples on the page of bargaining print what the page says."""

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from winset.cli.main import winset

PAGE = (Path(__file__).parents[2] / "docs" / "models" / "bargaining.md").read_text(encoding="utf-8")
TABLE = re.compile(r"```csv ?(\S*)\n(.*?)```", re.DOTALL)
BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)


def test_every_command_prints_what_the_page_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in TABLE.findall(PAGE):
        Path(name or "pay.csv").write_text(text, encoding="utf-8")
    commands = 0
    for block in BLOCK.findall(PAGE):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, printed = part.partition("\n")
            done = CliRunner().invoke(winset, shlex.split(command)[1:], catch_exceptions=False)
            assert done.exit_code == 0, done.output
            assert [line.rstrip() for line in done.stdout.splitlines()] == printed.strip("\n").splitlines()
            commands += 1
    assert commands == 6
