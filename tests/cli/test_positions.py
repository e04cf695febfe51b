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
    assert "invoked by b, a for a model" in run("precedents", str(path))[1]
