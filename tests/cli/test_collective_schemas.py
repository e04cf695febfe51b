"""What the commands of collective choice print is what their published schemas describe."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator, ValidationError, validate

from winset.cli.main import winset
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


@pytest.mark.parametrize("name", ["solve-spatial", "solve-coalitions", "backtest"])
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
