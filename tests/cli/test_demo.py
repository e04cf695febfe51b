"""The packaged examples: made from their reports, grounds that are exact words, methods that run."""

import json
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner

from winset.cli.main import winset
from winset.errors import UsageError
from winset.services.schemas import schema
from winset.services.sources import load_case

EPISODES = Path(__file__).parents[2] / "src" / "winset" / "catalog" / "episodes"
NAMES = sorted(folder.name for folder in EPISODES.iterdir() if (folder / "case.json").exists())


@pytest.mark.parametrize("name", NAMES)
def test_an_example_becomes_a_case_and_a_brief(name: str, tmp_path: Path) -> None:
    done = CliRunner().invoke(winset, ["demo", "--episode", name, "--into", str(tmp_path), "--json"])
    assert done.exit_code == 0, done.output
    made = json.loads(done.stdout)
    case = load_case(Path(made["case"]))
    assert len(case.documents) == made["documents"] == len(list((EPISODES / name / "reports").glob("*.txt"))) >= 8
    assert len(case.statements) == made["statements"] >= 20
    page = Path(made["brief"]).read_text(encoding="utf-8")
    assert case.title in page
    again = CliRunner().invoke(winset, ["demo", "--episode", name, "--into", str(tmp_path)])
    assert isinstance(again.exception, UsageError)
    assert "there already" in str(again.exception)


@pytest.mark.parametrize("name", NAMES)
def test_the_text_form_keeps_its_schema(name: str) -> None:
    jsonschema.validate(
        json.loads((EPISODES / name / "case.json").read_text(encoding="utf-8")), schema("winset-case/1")
    )


def test_grounds_of_the_fictional_example_are_words_of_its_reports() -> None:
    folder = EPISODES / "lorn-strait"
    case = json.loads((folder / "case.json").read_text(encoding="utf-8"))
    grounds = [ground for one in case["judgements"] for ground in one.get("grounds", ())]
    assert len(grounds) >= 15
    for ground in grounds:
        text = (folder / "reports" / f"{ground['doc']}.txt").read_text(encoding="utf-8")
        for start, end in ground["spans"]:
            assert text[start:end].strip() == text[start:end] != ""


@pytest.mark.parametrize("method", ["bargaining", "ratification", "spatial"])
def test_methods_run_on_the_fictional_example(method: str) -> None:
    done = CliRunner().invoke(winset, ["solve", method, str(EPISODES / "lorn-strait" / "case.json"), "--json"])
    assert done.exit_code == 0, done.output
    answer = json.loads(done.stdout)
    assert answer["win_sets"] if method == "ratification" else answer["issues"]
