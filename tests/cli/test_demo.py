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


@pytest.mark.parametrize("name", NAMES)
def test_grounds_of_an_example_are_words_of_its_reports(name: str) -> None:
    folder = EPISODES / name
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


def test_the_brief_says_what_could_be_agreed_and_who_gains_from_waiting(tmp_path: Path) -> None:
    runner = CliRunner()
    assert runner.invoke(winset, ["demo", "--episode", "lorn-strait", "--into", str(tmp_path)]).exit_code == 0
    for ending in ("md", "json"):
        asked = ["brief", str(tmp_path / "lorn-strait.winset"), "--out", str(tmp_path / f"brief.{ending}")]
        assert runner.invoke(winset, asked).exit_code == 0
    found = json.loads((tmp_path / "brief.json").read_text(encoding="utf-8"))
    text = (tmp_path / "brief.md").read_text(encoding="utf-8")
    waiting = found["waiting"]
    assert waiting["parties"] == ["velmara", "korsund"], "only those who must sign share the surplus"
    assert sum(waiting["shares"]) == pytest.approx(1)
    assert f"Velmara pays for its haste: {100 * waiting['price_of_haste'][0]:.3g} of 100 points" in text
    assert f"{found['deals']['zone']:,} of {found['deals']['outcomes']:,} outcomes are better than no deal" in text
    page = (tmp_path / "lorn-strait.html").read_text(encoding="utf-8")
    assert "What deals are worth to Velmara and Korsund" in page
    assert ">status quo<" in page
