"""`winset positions`, `ledger`, `precedents` on the packaged example and on an empty case."""

import json
from importlib.resources import files
from pathlib import Path

from click.testing import CliRunner

from winset.cli.main import winset

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
