"""Positions and moves as columns give what one routine after the other gives."""

from dataclasses import asdict, replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.evidence import histories_one_by_one, moves_one_by_one

from winset.domain.estimates import Estimate, Exact, Judgement, Likely, Range
from winset.domain.issues import Issue
from winset.domain.positions import Position, PositionVoice
from winset.domain.text import Grounds, Span
from winset.evidence.courses import courses, judged
from winset.evidence.ledger import balance, gives, moves, paces, stands, upto
from winset.evidence.timeline import histories

START = date(2024, 1, 1)
ISSUES = (
    Issue(id="i", question="?", kind="continuous", range=(0.0, 100.0)),
    Issue(id="j", question="?", kind="integer", range=(0.0, 10.0)),
    Issue(id="k", question="?", kind="continuous"),
    Issue(id="d", question="?", kind="discrete", options=("x", "y")),
)
NUMBERS = st.sampled_from([0.0, 1.5, 3.0, 10.0, 70.1, 100.0])
VALUES: st.SearchStrategy[Estimate] = st.one_of(
    NUMBERS.map(Exact), NUMBERS.map(Exact), st.sampled_from([Range(1.0, 4.0), Likely(0.0, 2.0, 9.0)])
)
DAYS = st.one_of(st.none(), st.integers(0, 40).map(lambda n: START + timedelta(days=n)))


@st.composite
def positions(draw: st.DrawFn) -> Position:
    voices: list[PositionVoice] = ["own", "own", "own", "ascribed", "forecast", "past"]
    voice = draw(st.sampled_from(voices))
    return Position(
        party=draw(st.sampled_from("abcd")), issue=draw(st.sampled_from("ijkdz")), value=draw(VALUES), voice=voice,
        valid_from=draw(DAYS), ascribed_by=draw(st.sampled_from([None, "Z", "x"])) if voice != "own" else None,
        condition=draw(st.sampled_from([None, None, "if"])),
    )  # fmt: skip


@st.composite
def judgements(draw: st.DrawFn) -> Judgement:
    words = draw(st.lists(st.integers(1, 5), max_size=2, unique=True))
    return Judgement(
        quantity="position", party=draw(st.sampled_from("abc")), issue=draw(st.sampled_from("ij")), value=draw(VALUES),
        by=draw(st.sampled_from(["ana", "reader 1"])), as_of=draw(DAYS), score=draw(st.sampled_from([None, 0.5, 0.9])),
        grounds=tuple(Grounds(doc=f"d{n % 2}", statement=f"d{n % 2}#{n}", spans=(Span(n, n + 3),)) for n in words),
    )  # fmt: skip


@given(
    st.lists(positions(), max_size=30),
    st.sampled_from([0, 5, 400]),
    st.sampled_from([None, START + timedelta(days=20)]),
)
def test_moves_from_columns_are_those_found_one_by_one(given: list[Position], window: int, until: date | None) -> None:
    salient = [
        Judgement(quantity="salience", party=p, issue="i", value=Exact(value), by=by, as_of=START + timedelta(days=day))
        for p, value, by, day in (("a", 40.0, "ana", 5), ("a", 60.0, "ana", 20), ("a", 80.0, "ana", 20), ("b", 30.0, "reader 1", 0), ("b", 90.0, "ana", 30))
    ]  # fmt: skip
    answering = timedelta(days=window)
    found = moves(given, ISSUES, window=answering, judgements=salient, until=until)
    assert repr(list(found)) == repr(
        moves_one_by_one.moves(given, ISSUES, window=answering, judgements=salient, until=until)
    )


@given(st.lists(judgements(), max_size=30), st.booleans(), st.sampled_from([1.0, 0.5]))
def test_positions_from_columns_are_those_made_one_by_one(given: list[Judgement], hangs: bool, worth: float) -> None:
    def condition(one: Judgement) -> str | None:
        return "if" if hangs and one.grounds and one.grounds[0].spans[0].start > 2 else None

    def word(one: Judgement) -> float:
        return worth if one.score == 0.5 else 1.0

    assert histories(given, condition, word) == histories_one_by_one.histories(given, condition, word)
    columns, expected = courses(judged(given)).stands, stands(histories(given))
    for name in ("parties", "issues"):
        assert getattr(columns, name) == getattr(expected, name)
    for name in ("party", "issue", "day", "voice", "value", "low", "high"):
        np.testing.assert_array_equal(getattr(columns, name), getattr(expected, name))


@given(st.lists(positions(), max_size=30), st.sampled_from([0, 5, 400]))
def test_balance_and_pace_from_columns_are_those_added_up_one_by_one(given: list[Position], window: int) -> None:
    salient = [Judgement(quantity="salience", party=p, issue="i", value=Exact(40.0), by="ana") for p in "ab"]
    found = moves(given, ISSUES, window=timedelta(days=window), judgements=salient)
    for one, other in zip(balance(gives(found)), moves_one_by_one.balance(found), strict=True):
        assert {
            k: pytest.approx(v, abs=1e-12) if isinstance(v, float) else v for k, v in asdict(other).items()
        } == asdict(one)
    for pace, expected in zip(paces(gives(found)), moves_one_by_one.paces(found), strict=True):
        assert (pace.party, pace.gives, pace.word) == (expected.party, expected.gives, expected.word)
        assert (pace.gave, pace.per_month or 0, pace.trend or 0) == pytest.approx(
            (expected.gave, expected.per_month or 0, expected.trend or 0), abs=1e-9
        )


@pytest.mark.parametrize("taken", [(), (Position(party="a", issue="i", value=Exact(1.0), voice="forecast"),)])
def test_nothing_to_move_from_gives_no_moves(taken: tuple[Position, ...]) -> None:
    assert moves(taken, ISSUES) == ()


@given(st.lists(positions(), max_size=30), st.integers(0, 40), st.sampled_from([0, 5, 400]))
def test_moves_cut_at_a_day_are_those_known_on_it(given: list[Position], days: int, window: int) -> None:
    until, answering = START + timedelta(days=days), timedelta(days=window)
    known = moves(given, ISSUES, window=answering, until=until)
    cut = upto(moves(given, ISSUES, window=answering), until, window=answering)
    assert [replace(one, taken_back=round(one.taken_back, 9)) for one in cut] == [
        replace(one, taken_back=round(one.taken_back, 9)) for one in known
    ]
