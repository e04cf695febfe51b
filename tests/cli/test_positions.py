"""`winset positions`, `ledger`, `precedents` on the packaged example and on an empty case."""

import json
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner

from winset.cli.main import winset
from winset.services.schemas import schema

CASE = str(files("winset.catalog").joinpath("episodes", "riyadh-2025", "case.json"))


def run(*args: str) -> tuple[int, str]:
    done = CliRunner().invoke(winset, list(args))
    return done.exit_code, done.stdout


def test_positions_differ_before_and_after_the_week() -> None:
    def nato(day: str) -> object:
        rows = json.loads(run("positions", CASE, "--as-of", day, "--json")[1])["rows"]
        return next(r["value"] for r in rows if (r["party"], r["issue"]) == ("united-states", "nato"))

    assert (nato("2025-02-11"), nato("2025-02-20")) == (50, 0)


def test_the_week_holds_four_moves_of_one_side_without_an_answer() -> None:
    code, out = run("ledger", CASE, "--since", "2025-02-11", "--json")
    value = json.loads(out)
    assert code == 0
    assert {m["party"] for m in value["moves"]} == {"united-states"}
    assert len(value["moves"]) == 4
    assert {m["toward"] for m in value["moves"]} == {"russia"}
    assert value["balance"][0]["unanswered_a"] == 4


def test_precedents_stand_beside_today() -> None:
    value = json.loads(run("precedents", CASE, "--json")[1])
    assert value[0]["against_today"]["nato"] == "tougher"


def test_an_empty_case_is_nothing_found(tmp_path: Path) -> None:
    (tmp_path / "c.json").write_text('{"schema": "winset-case/1"}', encoding="utf-8")
    for command in ("positions", "ledger", "precedents"):
        assert run(command, str(tmp_path / "c.json"), "--json")[0] == 3


def test_a_ledger_by_hand_over_a_window_a_reversal_and_a_period(tmp_path: Path) -> None:
    """a gives .2 and .1 of x; b answers the first on y in 19 days and gives .2 of x 31 days after the second; then a goes back to
    12.5, the middle of what it said that day, which undoes the second give and 7.5 of 20 of the first."""

    def judged(party: str, issue: str, day: str, value: float) -> dict[str, object]:
        return {"quantity": "position", "party": party, "issue": issue, "as_of": day, "by": "ana", "value": value}

    scale = {"question": "?", "kind": "continuous"}
    case = {
        "schema": "winset-case/1", "as_of": "2031-12-31",
        "parties": [{"id": one, "name": one} for one in "ab"],
        "issues": [{"id": "x", "range": [0, 100], **scale}, {"id": "y", "range": [0, 10], **scale}],
        "judgements": [
            judged("a", "x", "2031-01-01", 0), judged("b", "x", "2031-01-01", 100), judged("a", "y", "2031-01-01", 10),
            judged("b", "y", "2031-01-01", 0), judged("a", "x", "2031-02-01", 20), judged("b", "y", "2031-02-20", 3),
            judged("a", "x", "2031-04-01", 30), judged("b", "x", "2031-05-02", 80), judged("a", "x", "2031-05-20", 10),
            judged("a", "x", "2031-05-20", 15),
        ],
    }  # fmt: skip
    path = tmp_path / "c.json"
    path.write_text(json.dumps(case), encoding="utf-8")

    def balance(*words: str) -> dict[str, float]:
        done = CliRunner().invoke(winset, ["ledger", str(path), "--json", *words])
        found = json.loads(done.stdout)
        jsonschema.validate(found, schema("ledger"))
        return {key: one for key, one in found["balance"][0].items() if key not in ("a", "b")}

    whole = balance()
    assert (whole["a_gave"], whole["b_gave"]) == pytest.approx((0.3, 0.5))
    assert (whole["unanswered_a"], whole["unanswered_b"]) == (1, 2)
    assert whole["a_took_back"] == pytest.approx(0.1 + 0.075)
    assert balance("--window", "31")["unanswered_a"] == 0
    part = balance("--since", "2031-03-01", "--until", "2031-05-05")
    assert (part["a_gave"], part["b_gave"], part["a_took_back"]) == pytest.approx((0.1, 0.2, 0))


def test_who_points_to_an_earlier_deal_is_told_with_or_without_a_purpose(tmp_path: Path) -> None:
    path = tmp_path / "c.json"
    earlier = {
        "name": "the old deal",
        "parties": [],
        "invoked_by": ["b"],
        "invocations": [{"by": "a", "for": "a model"}],
    }
    path.write_text(json.dumps({"schema": "winset-case/1", "precedents": [earlier]}), encoding="utf-8")
    text = run("precedents", str(path))[1]
    assert "b invokes it\n" in text
    assert "a invokes it for a model\n" in text


def test_a_position_of_an_unknown_day_stands_apart_and_files_of_odd_days_are_named(tmp_path: Path) -> None:
    def one(day: str | None, value: float) -> dict[str, object]:
        return {"quantity": "position", "party": "n", "issue": "pay", "value": value, "as_of": day, "by": "ana"}

    case = {
        "schema": "winset-case/1", "title": "t", "as_of": "2024-12-01", "parties": [{"id": "n", "name": "Norland"}],
        "issues": [{"id": "pay", "question": "?", "kind": "continuous", "range": [0, 100]}],
        "judgements": [one("2024-01-10", 80), one(None, 75), one("2024-03-01", 60)],
    }  # fmt: skip
    text, made = tmp_path / "t.json", tmp_path / "t.winset"
    text.write_text(json.dumps(case), encoding="utf-8")
    assert run("import", str(made), str(text))[0] == 0
    for path in (text, made):
        found = json.loads(run("positions", str(path), "--json")[1])
        assert [(row["value"], row["valid_from"]) for row in found["rows"]] == [(60, "2024-03-01")]
        assert [(row["value"], row["valid_from"], row["valid_to"]) for row in found["undated"]] == [(75, None, None)]
        early = json.loads(run("positions", str(path), "--json", "--as-of", "2023-01-01")[1])
        assert ([row["value"] for row in early["rows"]], early["undated"]) == ([75], [])
        assert "since an unknown day" in run("positions", str(path))[1]
    (tmp_path / "plain.txt").write_text("Norland demands 80 marks, its minister said.", encoding="utf-8")
    (tmp_path / "later.txt").write_text(
        "OSLO, March 3, 2091 - Norland demands 80 marks, its minister said.", encoding="utf-8"
    )
    added = CliRunner().invoke(winset, ["add", str(made), str(tmp_path / "plain.txt"), str(tmp_path / "later.txt")])
    assert "plain: no date is known" in added.stderr
    assert "later: dated in the future" in added.stderr


def test_a_brief_as_of_a_day_knows_no_later_move_and_agrees_with_the_ledger_of_that_period(tmp_path: Path) -> None:
    def one(party: str, day: str, value: float) -> dict[str, object]:
        return {"quantity": "position", "party": party, "issue": "pay", "value": value, "as_of": day, "by": "ana"}

    case = {
        "schema": "winset-case/1", "title": "t", "parties": [{"id": "n", "name": "N"}, {"id": "s", "name": "S"}],
        "issues": [{"id": "pay", "question": "?", "kind": "continuous", "range": [0, 100]}],
        "judgements": [
            one("n", "2024-01-01", 80), one("s", "2024-01-01", 20), one("s", "2024-02-12", 40),
            one("n", "2024-03-01", 60), one("s", "2024-06-01", 20),
        ],
    }  # fmt: skip
    path = tmp_path / "t.json"
    path.write_text(json.dumps(case), encoding="utf-8")
    for since in ("2023-01-01", "2024-02-20"):
        brief = json.loads(run("brief", str(path), "--as-of", "2024-03-05", "--since", since, "--json")[1])
        period = json.loads(run("ledger", str(path), "--until", "2024-03-05", "--since", since, "--json")[1])
        assert brief["moves"] == period["moves"]
        assert all(move["date"] <= "2024-03-05" and not move["reversed_by"] for move in brief["moves"])
