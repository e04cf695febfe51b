"""The four commands about time, force and consent: their schemas, the examples, and what they refuse."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from tests.cli.running import run

from winset.errors import WinsetError
from winset.services.schemas import names, schema


def answer(*words: str) -> Any:
    done = run("solve", *words, "--json")
    assert done.exit_code == 0, (done.output, done.exception)
    value = json.loads(done.stdout)
    jsonschema.validate(value, schema(f"solve-{words[0]}"))
    return value


@pytest.fixture(scope="module", params=["riyadh-2025", "lorn-strait"])
def episode(request: pytest.FixtureRequest) -> Path:
    return Path(__file__).parents[2] / "src" / "winset" / "catalog" / "episodes" / request.param / "case.json"


@pytest.mark.parametrize("name", ["solve-offers", "solve-talks", "solve-crisis", "solve-ratification"])
def test_the_schema_is_listed_and_sound(name: str) -> None:
    assert name in names()
    jsonschema.Draft202012Validator.check_schema(schema(name))


@pytest.mark.parametrize(
    "words",
    [
        "--discounts 0.9,0.8",
        "--discounts 0.9,0.8 --outside 0,0.6",
        "--discounts 0.9,0.9 --outside 0.6,0.6",  # no zone
        "--breakdown 0.1 --payoffs 0.2,0.1",
        "--breakdown 1 --payoffs 0.2,0.1",
        "--discounts 0.9,0.9 --horizon 3",
        "--discounts 0.9,0.9 --deadline 3:0.2,6:0.8",
        "--discounts 0,0.5",
        "--discounts 1,0.5",
        "--rates 0.05,0.1 --period 0",
        "--discounts 0.9,0.8,0.7",
        "--discounts 0.9,0.8,0.7 --random",
        "--discounts 0.9 --members 5 --rule majority --quota 4",
        "--discounts 0.9 --members 5 --rule open",
    ],
)
def test_offers(words: str) -> None:
    value = answer("offers", *words.split())
    if value["shares"] is not None:
        assert sum(value["shares"]) == pytest.approx(1)


@pytest.mark.parametrize(
    "words",
    [
        "range --p 0.7 --costs 0.15,0.05",
        "range --p 0.5 --costs 0.1,0.1 --divisions 0,1",
        "first-strike --first 0.8 --struck 0.4 --costs 0.1,0.1",
        "tied-hands --p 0.5 --costs 0.1,0.1 --demands 0.6,0.6 --audience 0.5,0.5",
        "private-cost --p 0.5 --cost 0.1 --highest 0.4",
        "screening --p 0.5 --cost 0.1 --kinds 0.1,0.5 --chances 0.5,0.5",
        "preventive --discount 0.9 --p1 0.3 --p2 0.6 --cost 0.5",
        "preventive --discount 0.9 --path 0.3,0.3,0.6 --cost 0.5",
        "power-shift --discount 0.95 --p1 0.3 --p2 0.7 --destroyed 0.2",
        "guarantee --deal 0.5 --discount 0.9 --path 0.5,0.7 --costs 0.5,0.5",
        "guarantee --deal 0.5 --discount 0.9 --path 0.5,0.9 --costs 0.1,0.1 --penalty 1 --most 2 --duration 3",
    ],
)
def test_crisis(words: str) -> None:
    assert answer("crisis", *words.split())["method"] == f"crisis/{words.split()[0]}"


def test_the_examples_are_answered(episode: Path) -> None:
    offers = answer("offers", str(episode))
    assert len(offers["parties"]) == 2  # a mediator does not bargain
    assert answer("ratification", str(episode), "--draws", "50")["agreement"]
    talks = answer("talks", str(episode), "--tactics", "boulware,conceder", "--runs", "20")
    assert talks["agreed"] == 1
    assert talks["outcomes"][0]["outcome"].keys() == {
        issue["id"] for issue in json.loads(episode.read_text())["issues"]
    }


def test_force_in_the_strait() -> None:
    path = Path(__file__).parents[2] / "src" / "winset" / "catalog" / "episodes" / "lorn-strait" / "case.json"
    found = answer("crisis", "range", str(path))
    # Korsund wins with 0.5 and war costs it 0.25, Velmara 0.2: Velmara, who comes first, gets 0.3 to 0.75
    assert found["range"] == pytest.approx([0.3, 0.75])
    assert found["sure"] == pytest.approx([0.5, 0.55])  # 0.6 - 0.1 and 0.4 + 0.15
    assert answer("crisis", "range", str(path), "--between", "korsund,velmara")["range"] == pytest.approx([0.25, 0.7])


def test_a_mediator_is_asked_for_nothing_and_that_is_written_down() -> None:
    path = Path(__file__).parents[2] / "src" / "winset" / "catalog" / "episodes" / "lorn-strait" / "case.json"
    found = answer("offers", str(path))
    assert found["parties"] == ["velmara", "korsund"]
    assert any("Isk sits at the table without having to sign" in one["text"] for one in found["assumptions"])


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("offers --discounts 1,1", "nobody loses by waiting"),
        ("offers --discounts 1.2,0.9", "0..1, got 1.2"),
        ("offers --discounts -0.1,0.9", "0..1, got -0.1"),
        ("offers --breakdown 1.5", "0..1, got 1.5"),
        ("offers --discounts 1 --members 3", "lose nothing by waiting"),
        ("offers --discounts 0.9,0.9 --horizon 0", "1 or later, got 0"),
        ("offers --discounts 0.9,0.9 --deadline 3:0.2,6:0.9", "add to 1"),
        ("crisis range --p 1.2 --costs 0.1,0.1", "0..1, got 1.2"),
        ("crisis range --p 0.5 --costs=-0.1,0.1", "not negative"),
        ("crisis guarantee --deal 0.5 --discount 0.9 --path 0.5,1.4 --costs 0.5,0.5", "period 1 lies in 0..1"),
        ("crisis guarantee --deal 0.5 --discount 1 --path 0.5,0.6 --costs 0.5,0.5", "below 1"),
        ("crisis preventive --discount 0.9 --path 0.5,-1 --cost 0.5", "0..1"),
    ],
)
def test_what_cannot_be_asked_is_said(words: str, says: str) -> None:
    done = run("solve", *words.split(), "--json")
    assert isinstance(done.exception, WinsetError)
    assert says in str(done.exception)
    assert done.exception.exit_code in (1, 2)
    assert not done.stdout


def test_no_zone_and_certain_breakdown_are_answers() -> None:
    none = answer("offers", "--discounts", "0.9,0.9", "--outside", "0.6,0.6")
    assert none["shares"] is None
    assert "no_zone" in none
    # one offer, then each gets its payoff: the first keeps all that the second would not have
    assert answer("offers", "--breakdown", "1", "--payoffs", "0.2,0.1")["shares"] == pytest.approx([0.9, 0.1])


def test_ratifiers_without_positions_are_named(tmp_path: Path) -> None:
    case = {
        "schema": "winset-case/1", "parties": [{"id": "a", "name": "A"}, {"id": "b", "name": "B"}],
        "issues": [{"id": "x", "question": "x", "kind": "continuous", "range": [0, 1]}],
        "judgements": [{"quantity": "position", "party": p, "issue": "x", "value": v, "by": "t"}
                       for p, v in (("a", 0), ("b", 1))],
        "ratifiers": [{"name": "the house", "party": "a", "chamber": "house"}],
    }  # fmt: skip
    path = tmp_path / "case.json"
    path.write_text(json.dumps(case))
    done = run("solve", "ratification", str(path), "--json")
    assert isinstance(done.exception, WinsetError)
    assert "the house has no position" in str(done.exception)


@pytest.mark.parametrize(
    ("tactics", "says"),
    [
        ("boulware", "every side needs a tactic"),
        ("boulware:0,linear", "beta is above 0"),
        ("stubborn,linear", "unknown tactic"),
        ("boulware:x,linear", "number above 0"),
    ],
)
def test_tactics_that_are_none(tmp_path: Path, tactics: str, says: str) -> None:
    source = tmp_path / "pie.json"
    source.write_text(json.dumps({"utilities": [[0, 1], [1, 0]]}))
    done = run("solve", "talks", str(source), "--tactics", tactics, "--json")
    assert isinstance(done.exception, WinsetError)
    assert says in str(done.exception)


@pytest.mark.parametrize(
    "words",
    [
        "--tactics tit-for-tat,conceder --rounds 40",
        "--tactics resource:5,averaged-tit-for-tat:3+learns --rounds 40 --end 0.02 --noise 0.01",
        "--tactics linear,linear --protocol simultaneous --rounds 40",
        "--tactics annealer,climber --protocol single-text --rounds 60",
        "--tactics boulware,linear,random-tit-for-tat --tournament --rounds 30",
    ],
)
def test_talks_of_every_kind(tmp_path: Path, words: str) -> None:
    source = tmp_path / "pie.json"
    source.write_text(json.dumps({"utilities": [[x / 20, 1 - x / 20] for x in range(21)]}))
    found = answer("talks", str(source), *words.split(), "--runs", "5")
    assert found == answer("talks", str(source), *words.split(), "--runs", "5")  # the seed decides
    assert ("standings" in found) == ("--tournament" in words)


def test_three_sides_talk_in_turn(tmp_path: Path) -> None:
    source = tmp_path / "three.json"
    table = [[1, 0, 0], [0, 1, 0], [0, 0, 1], [0.6, 0.6, 0.6]]
    source.write_text(json.dumps({"utilities": table, "outcomes": ["a's", "b's", "c's", "all's"]}))
    found = answer("talks", str(source), "--tactics", "linear,linear,linear", "--runs", "3")
    assert found["outcomes"][0]["outcome"] == "all's"
