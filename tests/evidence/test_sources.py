"""How much a source's word weighs in a position: laws that hold for any sources, and the plain reasons."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winset.domain.estimates import Exact, Judgement
from winset.domain.statements import Statement, Voice
from winset.domain.text import Grounds, Span
from winset.evidence import timeline
from winset.evidence.weights import weigh

DAY = date(2031, 5, 1)
SCORES = st.lists(st.tuples(st.integers(0, 5), st.floats(0.01, 0.99)), min_size=1, max_size=8)


def said(doc: int, score: float, *, day: date = DAY, value: float = 10, by: str = "reader 1") -> Judgement:
    return Judgement(
        quantity="position", party="a", issue="i", value=Exact(value), by=by, as_of=day, score=score,
        grounds=(Grounds(doc=f"d{doc}", statement=f"d{doc}#1"),),
    )  # fmt: skip


def score(*judgements: Judgement, word: float = 1.0) -> float:
    (found,) = timeline.histories(judgements, word=lambda _: word)
    return found.score


@given(SCORES, st.sampled_from((0, 1)))
def test_a_copy_adds_nothing(tellings: list[tuple[int, float]], later: int) -> None:
    before = [said(doc, one) for doc, one in tellings]
    again = said(*tellings[0], day=DAY + timedelta(days=later))
    assert score(*before, again) == pytest.approx(score(*before))


@given(SCORES, st.floats(0.01, 0.99), st.floats(0, 1))
def test_an_independent_source_never_makes_it_less_sure(
    tellings: list[tuple[int, float]], one: float, word: float
) -> None:
    before = [said(doc, each) for doc, each in tellings]
    assert score(*before, said(9, one), word=word) >= score(*before, word=word) - 1e-12
    assert score(*before, said(9, one), word=word) <= 1


@given(SCORES)
def test_the_order_of_tellings_does_not_matter(tellings: list[tuple[int, float]]) -> None:
    each = [said(doc, one) for doc, one in tellings]
    assert score(*each) == pytest.approx(score(*each[::-1]))


def test_by_hand() -> None:
    # two papers, scores .6 and .5, each word worth .8: 1 - (1 - .48)(1 - .4)
    assert score(said(1, 0.6), said(2, 0.5), word=0.8) == pytest.approx(1 - 0.52 * 0.6)


def test_a_persons_judgement_is_not_weighed() -> None:
    assert score(said(1, 0.6, by="ana"), word=0.1) == 0.6


def test_a_contradiction_of_one_day_is_a_range_with_both_grounds_and_the_lesser_certainty() -> None:
    (found,) = timeline.histories([said(1, 0.9), said(2, 0.4, value=30)])
    assert found.value.ends == (10, 30)
    assert found.score == 0.4
    assert [one.doc for one in found.grounds] == ["d1", "d2"]


def voiced(**fields: object) -> Statement:
    return Statement(
        id="d#1", doc="d", source=(), cue=(), content=(Span(0, 4),), kind="indirect", acts=("demand",),
        speaker=Voice(id="v", **fields),  # type: ignore[arg-type]  # as a test says
    )  # fmt: skip


def test_who_speaks_for_itself_weighs_more_than_who_is_not_named_and_who_sits_across_the_table() -> None:
    parties = ("a", "b")
    cabinet = weigh(voiced(kind="collective", party="a"), "a", parties=parties).word
    unnamed = weigh(voiced(kind="anonymous", party="a", standing="official"), "a", parties=parties).word
    across = weigh(voiced(kind="named", party="b", standing="official"), "a", parties=parties, seated=parties).word
    outside = weigh(voiced(kind="named", standing="expert"), "a", parties=parties).word
    assert cabinet == 1.0
    assert cabinet > unnamed > across
    assert cabinet > outside
    assert weigh(voiced(kind="collective", party="a"), "a", parties=parties, record=0.0).word == 0
