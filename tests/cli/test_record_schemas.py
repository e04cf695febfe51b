"""What the commands on the record print fits the schemas that ship with the package."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result

from winset.cli.main import winset


def run(*words: str) -> Result:
    return CliRunner().invoke(winset, list(words), catch_exceptions=False)


def schema(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run("schema", name).stdout)
    jsonschema.Draft202012Validator.check_schema(found)
    return found


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = json.loads(run("demo", "--into", str(tmp_path_factory.mktemp("demo")), "--json").stdout)
    return Path(made["case"])


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (("brief",), "winset-brief/1"),
        (("positions",), "positions"),
        (("ledger",), "ledger"),
        (("precedents",), "precedents"),
    ],
)
def test_the_example_fits_the_schema(demo: Path, words: tuple[str, ...], name: str) -> None:
    done = run(*words, str(demo), "--json")
    assert done.exit_code == 0
    value = json.loads(done.stdout)
    jsonschema.validate(value, schema(name), format_checker=jsonschema.FormatChecker())
    full = value if isinstance(value, list) else value.get("rows") or value.get("moves")
    assert full  # an empty answer would fit any schema


def test_a_brief_of_articles_fits_the_schema(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("“We will sign,” Ann Marr said. Bo Lund said he would not.", encoding="utf-8")
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.4 broken")
    done = run("brief", str(tmp_path / "a.txt"), str(tmp_path / "b.pdf"), "--json", "--annotator", "rules")
    assert done.exit_code == 6
    value = json.loads(done.stdout)
    jsonschema.validate(value, schema("winset-brief/1"), format_checker=jsonschema.FormatChecker())
    assert value["statements"]
