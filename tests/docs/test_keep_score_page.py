"""The page on forecasts runs as printed."""

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from winset.cli.main import winset
from winset.services import cases

PAGE = (Path(__file__).parents[2] / "docs" / "how-to" / "keep-score.md").read_text(encoding="utf-8")


def test_every_command_of_the_page_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    cases.new(Path("riyadh.winset"))
    said = ""
    for line in re.findall(r"^\$ winset (.*)$", PAGE, re.MULTILINE):
        done = CliRunner().invoke(winset, shlex.split(line), catch_exceptions=False)
        assert done.exit_code == 0, done.output
        said += done.output
    assert "2 forecasts of 1 resolved questions." in said
    assert "5 entries" not in said
    assert "4 entries, all as they were sealed" in said
