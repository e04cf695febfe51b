"""The examples on the pages of offers, talks and crisis print what the pages say."""

import json
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from winset.cli.main import winset

PAGES = Path(__file__).parents[2] / "docs" / "models"
BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)


@pytest.mark.parametrize("name", ["offers", "talks", "crisis", "ratification"])
def test_every_command_prints_what_the_page_shows(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("pie.json").write_text(json.dumps({"utilities": [[x / 100, 1 - x / 100] for x in range(101)]}))
    case = {
        "schema": "winset-case/1", "parties": [{"id": p, "name": p} for p in ("home", "foreign")],
        "issues": [{"id": "x", "question": "Where?", "kind": "continuous", "range": [0, 30], "status_quo": 14}],
        "judgements": [{"quantity": "position", "party": p, "issue": "x", "value": v, "by": "editor"}
                       for p, v in (("home", 0), ("foreign", 10))],
        "ratifiers": [{"name": "the house", "party": "home", "chamber": "house", "position": {"x": 13}}],
    }  # fmt: skip
    Path("line.json").write_text(json.dumps(case))
    shown = BLOCK.findall((PAGES / f"{name}.md").read_text(encoding="utf-8"))
    assert shown
    for block in shown:
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, printed = part.partition("\n")
            done = CliRunner().invoke(winset, shlex.split(command)[1:], catch_exceptions=False)
            assert done.exit_code == 0, done.output
            assert [line.rstrip() for line in done.stdout.splitlines()] == [
                line.rstrip() for line in printed.strip("\n").splitlines()
            ]
