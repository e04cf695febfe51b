"""Leverage: rows against hand calculations, laws, words, and what is missing."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner

from winset.cli.main import winset
from winset.domain.actors import Party
from winset.domain.case import Case
from winset.domain.estimates import Exact, Judgement
from winset.errors import FormulationError
from winset.report.leverage import points, waiting_words
from winset.services.leverage import of_case
from winset.services.schemas import schema

EPISODES = Path(__file__).parents[2] / "src" / "winset" / "catalog" / "episodes"


def judged(quantity: str, party: str, value: float, note: str | None = None) -> Judgement:
    return Judgement(quantity=quantity, party=party, issue=None, value=Exact(value), by="test", note=note)


CASE = Case(
    parties=(Party(id="a", name="A"), Party(id="b", name="B")), as_of=date(2025, 1, 1),
    judgements=(judged("discount", "a", 0.9, "per month"), judged("discount", "b", 0.9, "per month of talks")),
)  # fmt: skip


def test_rows_by_hand() -> None:
    found = of_case(CASE).result
    assert found["shares"] == pytest.approx([10 / 19, 9 / 19])
    assert found["unit"] == "month"
    assert found["waiting"] == {"a": pytest.approx(1 / 19), "b": pytest.approx(0.9 / 19)}
    first, second = (row for row in found["rows"] if row["lever"] == "patience")
    assert first["moves"]["a"] == pytest.approx(0.1 / (1 - 0.91 * 0.9) - 10 / 19)
    assert second["moves"]["a"] == pytest.approx(0.09 / (1 - 0.91 * 0.9) - 10 / 19)
    # a way out of 0.05 is no threat: the deal is worth more to a responder (the outside-option principle)
    assert all(x == 0 for row in found["rows"] if row["lever"] == "outside option" for x in row["moves"].values())
    assert found["words"][0] == "A month of waiting costs A five points and B five."
    assert len(found["gaps"]) == 4  # nothing is judged of power, of trust in either, and nobody ratifies


def test_power_and_trust_by_hand() -> None:
    more = (
        judged("outside option", "a", 0.0), judged("outside option", "b", 0.0), judged("war probability", "a", 0.8),
        judged("war cost", "a", 0.1), judged("war cost", "b", 0.1), judged("trust", "b", 0.5),
    )  # fmt: skip
    rows = of_case(replace(CASE, judgements=CASE.judgements + more)).result["rows"]
    power = [row["moves"] for row in rows if row["lever"] == "power"]
    # war gives A 0.7, which binds: B as responder gets 0.9 (1 - 0.7) = 0.27 however it comes about, then 0.9 * 0.25
    assert power[0]["a"] == pytest.approx(0.9 * 0.05)
    assert power[1]["a"] == pytest.approx(-0.9 * 0.05)
    trust = next(row["moves"] for row in rows if row["lever"] == "trust")
    assert trust == {"a": pytest.approx(0.1 * 10 / 19), "b": 0.0}


def test_war_is_the_way_out_where_no_other_is_judged() -> None:
    war = (judged("war probability", "a", 0.8), judged("war cost", "a", 0.1), judged("war cost", "b", 0.1))
    found = of_case(replace(CASE, judgements=CASE.judgements + war)).result
    assert found["shares"] == pytest.approx([0.73, 0.27])
    assert any("The way out of A is war" in one["text"] for one in found["assumptions"])


@pytest.mark.parametrize("name", ["riyadh-2025", "lorn-strait"])
def test_the_examples_through_the_command_line(name: str) -> None:
    case = EPISODES / name / "case.json"
    done = CliRunner().invoke(winset, ["leverage", str(case), "--json"], catch_exceptions=False)
    value = json.loads(done.stdout)
    jsonschema.validate(value, schema("leverage"))
    assert value["unit"] == "month"
    plain = CliRunner().invoke(winset, ["leverage", str(case)], catch_exceptions=False).stdout
    assert all(value["names"][party] in plain.splitlines()[0] for party in value["parties"])
    assert {"patience", "outside option", "win-set", "trust"} <= {row["lever"] for row in value["rows"]}
    for row in value["rows"]:
        own = row["moves"][row["party"]]
        if row["lever"] in ("patience", "outside option", "power") and own is not None:
            assert own >= -1e-12  # with two sides and complete information these never hurt
    told = CliRunner().invoke(winset, ["leverage", str(case)], catch_exceptions=False).stdout
    assert "A month of waiting costs" in told


def test_words() -> None:
    assert [points(x) for x in (0.04, 0.01, 0.004, 0.0, 0.25)] == [
        "four points", "one point", "less than half a point", "no points", "25 points",
    ]  # fmt: skip
    assert waiting_words(("a", "b"), {"a": "A", "b": "B"}, (0.04, 0.01), "month") == (
        "A month of waiting costs A four points and B one."
    )


def test_without_patience_there_is_nothing_to_move() -> None:
    with pytest.raises(FormulationError, match="no discount factor"):
        of_case(replace(CASE, judgements=()))
