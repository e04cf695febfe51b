"""Positions and moves as columns give what one routine after the other gives."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.evidence import moves_one_by_one

from winset.domain.estimates import Estimate, Exact, Judgement, Likely, Range
from winset.domain.issues import Issue
from winset.domain.positions import Position, PositionVoice
from winset.domain.text import Grounds, Span
from winset.evidence.courses import Judged, courses
from winset.evidence.ledger import moves, stands, upto
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
        Judgement(quantity="salience", party=p, issue="i", value=Exact(40.0), by="ana", as_of=START) for p in "ab"
    ]
    answering = timedelta(days=window)
    found = moves(given, ISSUES, window=answering, judgements=salient, until=until)
    plain = [replace(one, reversed_by=(), taken_back=0.0) for one in found]
    assert repr(plain) == repr(moves_one_by_one.moves(given, ISSUES, window=answering, judgements=salient, until=until))


@given(st.lists(judgements(), max_size=30), st.booleans())
def test_courses_are_the_histories_of_the_same_judgements(given: list[Judgement], aside: bool) -> None:
    parties, issues = (list(dict.fromkeys(each)) for each in zip(*((j.party, j.issue or "") for j in given), strict=True)) if given else ([], [])  # fmt: skip
    numbers = [
        j.value.best if isinstance(j.value, Exact) and not (aside and n % 3 == 0) else np.nan
        for n, j in enumerate(given)
    ]
    found = courses(
        Judged(
            parties=tuple(parties), issues=tuple(issues),
            party=np.array([parties.index(j.party) for j in given], dtype=np.int64),
            issue=np.array([issues.index(j.issue or "") for j in given], dtype=np.int64),
            day=np.array([j.as_of.toordinal() if j.as_of else 0 for j in given], dtype=np.int64),
            value=np.array(numbers, dtype=np.float64),
            judgement=given.__getitem__,
        )
    )  # fmt: skip
    expected = histories(given)
    columns = stands(expected)
    for name in ("parties", "issues"):
        assert getattr(found.stands, name) == getattr(columns, name)
    for name in ("party", "issue", "day", "voice", "value", "low", "high"):
        np.testing.assert_array_equal(getattr(found.stands, name), getattr(columns, name))
    for at, (one, number) in enumerate(zip(expected, found.rests_on, strict=True)):
        if number < 0:
            assert found.several[at] == one
        else:
            (alone,) = histories([given[number]])
            assert alone == replace(one, valid_to=None)


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
