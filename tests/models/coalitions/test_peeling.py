"""Prices of peeling away against sums over rounds, by hand, and what a case makes of them."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import validate

from winset.cli.main import winset
from winset.errors import FormulationError, ModelError
from winset.models.coalitions.peeling import Ties, peeling
from winset.services.schemas import schema


def ties(gives: float, to_side: float, to_rival: float, discount: float = 0.8) -> Ties:
    """The member m is tied to s; r is the rival."""
    distance = np.zeros((3, 3))
    distance[0, 1], distance[0, 2] = to_side, to_rival
    backing = np.zeros((3, 3))
    backing[1, 0] = gives
    return Ties(parties=("m", "s", "r"), gives=backing, distance=distance, won=np.full((3, 3, 3), 0.25),
                lost=np.zeros((3, 3, 3)), discount=np.array([discount, np.nan, np.nan]))  # fmt: skip


SHARES = st.floats(0, 1).map(lambda v: round(v, 3))


@given(SHARES.map(lambda v: v + 0.001), SHARES, SHARES, st.floats(0, 0.95))
@settings(max_examples=60, deadline=None)
def test_at_the_price_staying_and_going_are_worth_the_same_over_all_rounds(
    gives: float, near: float, far: float, discount: float
) -> None:
    bid = peeling(ties(gives, near, far, discount))[0].bids[0]
    rounds = discount ** np.arange(2000)
    stay = float((rounds * (gives - near)).sum())
    go = float((rounds * (bid.price - far)).sum())
    # a one-off payment of all that: it takes it, is out for a round, and is back for the rest
    assert bid.total == pytest.approx(float((rounds * bid.price).sum()), abs=1e-6)
    pocket = bid.total - far + float((rounds[1:] * (gives - near)).sum())
    if bid.price > 0:
        assert go == pytest.approx(stay, abs=1e-6)
        assert bid.pockets
        assert pocket >= go - 1e-6
    else:
        assert go >= stay - 1e-6
        assert not bid.pockets


def test_a_member_that_gets_much_and_stands_near_is_dear() -> None:
    bid = peeling(ties(0.5, 0.1, 0.4))[0].bids[0]
    assert (bid.policy, bid.price, bid.pays) == (pytest.approx(0.3), pytest.approx(0.8), False)
    assert bid.total == pytest.approx(4)
    cheap = peeling(ties(0.1, 0.4, 0.3))[0].bids[0]
    assert (cheap.price, cheap.pays, cheap.pockets) == (0, True, False)


def case(**changes: Any) -> dict[str, Any]:
    value = {
        "schema": "winset-case/1", "title": "T", "as_of": "2025-06-01",
        "parties": [{"id": p, "name": p.upper()} for p in ("m", "s", "r")],
        "issues": [{"id": "x", "question": "?", "kind": "continuous", "range": [0, 100]}],
        "judgements": [
            {"quantity": "position", "party": p, "issue": "x", "value": v, "by": "me"}
            for p, v in (("m", 40), ("s", 20), ("r", 80))
        ] + [
            {"quantity": q, "party": p, "issue": None, "value": v, "by": "me"}
            for p, c in (("m", 2), ("s", 1), ("r", 1)) for q, v in (("capability", c), ("salience", 50))
        ] + [{"quantity": "discount", "party": "m", "issue": None, "value": 0.5, "by": "me"}],
        "relations": [
            {"kind": "backs", "of": "s", "to": "m", "as_of": "2025-01-01", "strength": 0.9},
            {"kind": "backs", "of": "s", "to": "m", "as_of": "2025-03-01", "strength": 0.1},
            {"kind": "depends on", "of": "s", "to": "m", "as_of": "2025-01-01"},
        ],
    }  # fmt: skip
    return {**value, **changes}


def ask(tmp_path: Path, value: dict[str, Any], *options: str) -> Any:
    path = tmp_path / "case.json"
    path.write_text(json.dumps(value))
    ran = CliRunner().invoke(winset, ["solve", "peeling", str(path), *options, "--json"], catch_exceptions=False)
    assert ran.exit_code == 0, ran.output
    return json.loads(ran.stdout)


def test_a_case_gives_ties_and_prices(tmp_path: Path) -> None:
    found = ask(tmp_path, case())
    validate(found, schema("solve-peeling"))
    member, side = found["ties"]
    # by hand: s gives 0.1; s stands 0.2 away and r 0.4, so r must offer 0.3 a round, 0.6 in all at a discount of 1/2
    assert (member["member"], member["side"], member["backing"], member["loss"]) == ("m", "s", 0.1, 0.5)
    (bid,) = member["bids"]
    assert (bid["price"], bid["total"], bid["pockets"]) == (pytest.approx(0.3), pytest.approx(0.6), True)
    # by hand: m has half the weight; with it at 20 the mean is 35, with it at 80 it is 65
    assert (bid["gain"], bid["costs_side"]) == (pytest.approx(0.3), pytest.approx(0.3))
    assert bid["pays"]
    assert (side["member"], side["backing"], side["loss"]) == ("s", 0.5, 0.1)
    assert any("strength not stated; set to 0.5" in a["text"] for a in found["assumptions"])
    earlier = ask(tmp_path, case(), "--as-of", "2025-02-01")
    assert earlier["ties"][0]["backing"] == 0.9
    text = CliRunner().invoke(winset, ["solve", "peeling", str(tmp_path / "case.json")]).stdout
    assert "m could keep it and return" in text


def test_a_case_without_relations_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "case.json"
    path.write_text(json.dumps(case(relations=[{"kind": "likes", "of": "s", "to": "m"}])))
    with pytest.raises(FormulationError, match="no relation between parties; add to relations"):
        CliRunner().invoke(winset, ["solve", "peeling", str(path)], catch_exceptions=False)


def test_bad_ties_are_refused() -> None:
    with pytest.raises(ModelError, match=r"discount of m is 1\.5"):
        ties(0.1, 0.1, 0.1, 1.5)
    with pytest.raises(ModelError, match="0 or more"):
        ties(-0.1, 0.1, 0.1)
