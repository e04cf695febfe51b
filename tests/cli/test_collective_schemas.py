"""What the commands of collective choice print is what their published schemas describe."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator, ValidationError, validate

from winset.cli.main import winset
from winset.errors import WinsetError
from winset.services.schemas import names, schema


def answer(*args: str) -> Any:
    ran = CliRunner().invoke(winset, [*args, "--json"], catch_exceptions=False)
    assert ran.exit_code == 0, ran.output
    return json.loads(ran.stdout)


def decisions(issues: int) -> str:
    rows = ["issue,group,actor,position,salience,capability,reference,outcome"]
    for i in range(issues):
        outcome, reference = (37 * i) % 101, (13 * i) % 101
        for a in range(4):
            rows.append(f"i{i},g{i // 2},a{a},{(29 * i + 31 * a) % 101},{20 + 15 * a},{1 + a},{reference},{outcome}")
    return "\n".join(rows) + "\n"


@pytest.mark.parametrize("name", ["solve-spatial", "solve-coalitions", "solve-shares", "solve-peeling", "backtest"])
def test_the_schema_is_listed_and_sound(name: str) -> None:
    assert name in names()
    Draft202012Validator.check_schema(schema(name))


def test_spatial(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("Actor,Capability,Position,Salience\nA,1,0,1\nB,1,40,0.5\nC,2,100,0.5\n")
    found = answer("solve", "spatial", str(path))
    validate(found, schema("solve-spatial"))
    del found["issues"][0]["forecasts"]["compromise"]
    with pytest.raises(ValidationError, match="compromise"):
        validate(found, schema("solve-spatial"))


def test_spatial_over_several_issues(tmp_path: Path) -> None:
    path = tmp_path / "talks.csv"
    path.write_text(
        "Talks,x,3,2\nActor,Description,Power,Border Position,Border Salience,Trade Position,Trade Salience\n"
        "A,a,1,0,60,0,20\nB,b,1,100,20,100,80\nC,c,2,40,50,30,40\n"
    )
    found = answer("solve", "spatial", str(path), "--status-quo", "10")
    validate(found, schema("solve-spatial"))
    assert found["joint"]["rounds"][1]["moves"]
    assert found["exchange"]["trades"]
    del found["joint"]["settled"]
    with pytest.raises(ValidationError, match="settled"):
        validate(found, schema("solve-spatial"))


@pytest.mark.parametrize(
    ("weights", "quota"),
    [
        ("4,4,2", "6"),  # counted
        (",".join(str(w) for w in range(1, 41)), "600"),  # by generating functions, the rest sampled
        (",".join(str(10**15 + 7**i) for i in range(17)) + ",1" * 18, str(9 * 10**15)),  # too many, too large: sampled
    ],
)
def test_coalitions(weights: str, quota: str) -> None:
    found = answer("solve", "coalitions", "--weights", weights, "--quota", quota)
    validate(found, schema("solve-coalitions"))
    assert isinstance(found["dummies"], list)


def test_backtest(tmp_path: Path) -> None:
    path = tmp_path / "decisions.csv"
    path.write_text(decisions(24))
    validate(answer("backtest", str(path)), schema("backtest"))


GAME = {
    "players": ["a", "b", "c"],
    "worth": [{"of": ["a", "b"], "is": 4}, {"of": ["b", "c"], "is": "1/2"}, {"of": ["a", "b", "c"], "is": 6}],
}


def test_shares(tmp_path: Path) -> None:
    path = tmp_path / "game.json"
    path.write_text(json.dumps(GAME))
    found = answer("solve", "shares", str(path), "--division", "1,2,3")
    validate(found, schema("solve-shares"))
    assert found["division"]["leavers"] == [{"of": ["a", "b"], "worth": "4", "gets": "3"}]
    assert not found["core"]["empty"]
    assert "3 coalitions not listed" not in found["assumptions"][0]["text"]
    assert found["assumptions"][0]["text"].startswith("4 coalitions not listed")
    text = CliRunner().invoke(winset, ["solve", "shares", str(path), "--division", "1,2,3"]).stdout
    assert "a, b would leave: 3 against 4 alone." in text
    rule = tmp_path / "rule.json"
    rule.write_text(json.dumps({"players": ["a", "b", "c"],
                                "rule": {"weights": {"a": 1, "b": 1, "c": 1}, "quota": 2}}))  # fmt: skip
    majority = answer("solve", "shares", str(rule))
    validate(majority, schema("solve-shares"))
    assert (majority["core"]["empty"], majority["core"]["needed"]) == (True, "3/2")
    assert majority["nucleolus"] == ["1/3", "1/3", "1/3"]
    assert answer("solve", "coalitions", str(rule))["blocking"] == [["a", "b"], ["a", "c"], ["b", "c"]]


@pytest.mark.parametrize(
    ("change", "options", "message"),
    [
        ({"worth": [{"of": ["z"], "is": 1}]}, (), r"worth\[0\]: 'z' is no player; players are a, b, c"),
        ({"worth": [{"of": ["a"], "is": "much"}]}, (), "'much' is not a number"),
        ({"worth": [{"of": ["a"], "is": 1}, {"of": ["a"], "is": 2}]}, (), "the coalition a occurs twice"),
        ({"worth": {"a": 1}}, (), "worth is a list of"),
        ({"players": ["a", "b", "c", "a"]}, (), "'a' occurs twice"),
        ({"players": list("abcdefghijklmn")}, (), "14 players; shares are computed for 1 to 12"),
        ({}, ("--division", "1,2"), "2 shares for 3 players"),
        ({}, ("--division", "1,2,4"), "sums to 7, all together are worth 6"),
    ],
)
def test_a_game_that_cannot_be_is_refused(
    tmp_path: Path, change: dict[str, Any], options: tuple[str, ...], message: str
) -> None:
    path = tmp_path / "game.json"
    path.write_text(json.dumps({**GAME, **change}))
    with pytest.raises(WinsetError, match=message):
        CliRunner().invoke(winset, ["solve", "shares", str(path), *options], catch_exceptions=False)
