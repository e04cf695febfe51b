"""`winset elicit`: from answers to judgements with their author, and refusals that name the place."""

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result

from winset.cli.main import winset

CASE = {
    "schema": "winset-case/1", "title": "Two",
    "parties": [{"id": "a", "name": "A"}, {"id": "b", "name": "B"}],
    "issues": [
        {"id": "pay", "question": "Pay?", "kind": "discrete", "options": ["low", "mid", "high"]},
        {"id": "days", "question": "Days?", "kind": "discrete", "options": ["few", "many"]},
    ],
    "judgements": [
        {"quantity": "utility", "party": "b", "issue": i, "by": "x", "options": o}
        for i, o in (("pay", {"low": 1, "mid": 0.5, "high": 0}), ("days", {"few": 0, "many": 1}))
    ],
}  # fmt: skip
ANSWERS: dict[str, Any] = {
    "points": {"pay": 60, "days": 40},
    "ratings": {"pay": {"low": 0, "mid": 50, "high": 100}, "days": {"few": 100, "many": 0}},
    "trade_offs": [
        {"first": {"pay": "high", "days": "many"}, "second": {"pay": "low", "days": "few"}, "prefer": "first"}
    ],
}


def run(*words: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(winset, list(words), input=stdin)


@pytest.fixture
def made(tmp_path: Path) -> tuple[str, Path]:
    (tmp_path / "c.json").write_text(json.dumps(CASE), encoding="utf-8")
    case = str(tmp_path / "c.winset")
    assert run("new", case).exit_code == 0
    assert run("import", case, str(tmp_path / "c.json")).exit_code == 0
    answers = tmp_path / "a.json"
    answers.write_text(json.dumps(ANSWERS), encoding="utf-8")
    return case, answers


def test_judgements_are_saved_under_their_author_and_solved_with(made: tuple[str, Path]) -> None:
    case, answers = made
    done = run("elicit", case, "--party", "a", "--answers", str(answers), "--by", "Ana", "--save", "--json")
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    jsonschema.validate(found, json.loads(run("schema", "elicit").stdout))
    assert 0.489 <= found["weights"]["pay"]["low"] <= found["weights"]["pay"]["best"] <= found["weights"]["pay"]["high"]
    assert sum(w["best"] for w in found["weights"].values()) == pytest.approx(1)
    held = json.loads(run("export", case).stdout)["judgements"]
    mine = [j for j in held if j["party"] == "a"]
    assert {(j["quantity"], j["issue"]) for j in mine} == {
        (q, i) for q in ("salience", "utility", "answer") for i in ("pay", "days")
    } | {("answer", None)}
    told = [(j["value"], j["note"]) for j in mine if j["quantity"] == "answer"]
    assert (1, "whether pay at high with days at many is better than pay at low with days at few") in told
    assert (60, "points put on the issue") in told
    assert {j["by"] for j in mine} == {"Ana"}
    solved = json.loads(run("solve", "bargaining", case, "--json").stdout)
    assert solved["solutions"]["utilitarian"]["outcome"]


def test_an_answer_is_kept_once_and_can_be_taken_back(made: tuple[str, Path]) -> None:
    case, answers = made
    words = ["elicit", case, "--party", "a", "--answers", str(answers), "--by", "Ana", "--save"]

    def held() -> list[str]:
        return sorted(j["quantity"] for j in json.loads(run("export", case).stdout)["judgements"] if j["by"] == "Ana")

    run(*words)
    once = held()
    assert once.count("answer") == 3
    run(*words)
    assert held().count("answer") == 3
    while json.loads(run("export", case).stdout)["judgements"][2:]:
        assert run("undo", case).exit_code == 0
    assert held() == []


def test_questions_at_the_terminal_are_kept_and_stop(made: tuple[str, Path]) -> None:
    case, answers = made
    done = run("elicit", case, "--party", "a", "--answers", str(answers), "--ask", stdin="second\n" * 20)
    assert done.exit_code == 0, done.output
    assert len(json.loads(answers.read_text(encoding="utf-8"))["trade_offs"]) > 1
    assert "No more questions" in done.output


def test_answers_that_do_not_fit_are_shown(made: tuple[str, Path]) -> None:
    case, answers = made
    given = dict(ANSWERS)
    given["trade_offs"] = [
        {"first": {"pay": "mid", "days": "many"}, "second": {"pay": "low", "days": "few"}, "prefer": "first"}
    ]
    given["points"] = {"pay": 20, "days": 80}
    answers.write_text(json.dumps(given), encoding="utf-8")
    told = run("elicit", case, "--party", "a", "--answers", str(answers)).output
    assert "does not fit: trade-off 1" in told


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"points": {"x": 1}}, "points names 'x'"),
        ({"points": {"pay": -1}}, "points are 0 or more"),
        ({"ratings": {"pay": {"low": 0, "mid": 50}}}, "nothing on 'high'"),
        ({"ratings": {"pay": {"low": 0, "mid": 50, "high": 900}}}, "900; ratings are 0 to 100"),
        ({"ratings": {"pay": {"huge": 1}}}, "names 'huge'"),
        ({"ratings": {}}, "ratings has nothing on 'pay'"),
        ({"packages": [{"outcome": {"pay": "low"}, "rating": 3}]}, "packages\\[0\\].outcome says nothing on 'days'"),
        ({"trade_offs": [{"first": {"pay": "low"}, "second": {"days": "few"}, "prefer": "first"}]}, "same issues"),
        ({"trade_offs": [{"first": {"pay": "low"}, "second": {"pay": "mid"}, "prefer": "maybe"}]}, "first, second or same"),
        ({"wishes": 1}, "no answer is called 'wishes'"),
        ({"points": [1]}, "points is no object"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_refused_with_its_place(
    change: dict[str, Any], says: str, made: tuple[str, Path]
) -> None:
    case, answers = made
    answers.write_text(json.dumps(ANSWERS | change), encoding="utf-8")
    done = run("elicit", case, "--party", "a", "--answers", str(answers))
    assert done.exit_code != 0
    assert re.search(says, str(done.exception))
