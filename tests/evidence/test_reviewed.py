"""Reviews laid over a case: what is rejected is gone, what is corrected says the correction, the case itself is kept."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from winset.domain.actors import Party
from winset.domain.case import Case
from winset.domain.estimates import Exact, Judgement
from winset.domain.issues import Issue, ScalePoint
from winset.domain.reviews import Review, Verdict, judgement_target, statement_target
from winset.domain.statements import Statement, Voice
from winset.domain.text import Document, Grounds, Span
from winset.errors import CaseError
from winset.evidence.reviewed import lay

AT = datetime(2025, 2, 12, tzinfo=UTC)
TEXT = "The envoy said talks go on. He said they end soon."


def statement(id: str, start: int, end: int, within: str | None = None) -> Statement:
    return Statement(
        id=id, doc="d", source=(), cue=(), content=(Span(start, end),), kind="indirect", acts=("report",), score=0.4,
        speaker=Voice(id="e", kind="named", name="The envoy", role="envoy"), within=within,
    )  # fmt: skip


def judgement(value: float, *grounds: str, by: str = "reader 1") -> Judgement:
    return Judgement(
        quantity="position", party="a", issue="i", value=Exact(value), by=by, as_of=date(2025, 2, int(value)),
        grounds=tuple(Grounds(doc="d", statement=one) for one in grounds),
    )  # fmt: skip


CASE = Case(
    parties=(Party(id="a", name="A"),),
    issues=(Issue(id="i", question="?", scale=(ScalePoint(0, "no"), ScalePoint(10, "yes"))),),
    documents=(Document(id="d", text=TEXT, sha256="0" * 64),),
    statements=(statement("d#1", 15, 26), statement("d#2", 36, 49, within="d#1")),
    judgements=(judgement(1, "d#1"), judgement(2, "d#1", "d#2"), judgement(3, "d#1", by="Ann"), judgement(4)),
)


def review(target: str, verdict: Verdict, **changes: object) -> Review:
    return Review(target=target, verdict=verdict, by="Bo", at=AT, changes=tuple(changes.items()))


def laid(*reviews: Review) -> Case:
    once = lay(replace(CASE, reviews=reviews))
    assert lay(once) == once
    return once


def test_a_rejected_statement_is_gone_with_every_suggestion_that_rests_on_it_alone() -> None:
    case = laid(review("statement:d#1", "reject"))
    assert [(one.id, one.within) for one in case.statements] == [("d#2", None)]
    assert [one.value.best for one in case.judgements if isinstance(one.value, Exact)] == [2, 3, 4]
    assert [[ground.statement for ground in one.grounds] for one in case.judgements] == [["d#2"], [], []]


def test_only_the_last_review_of_a_target_counts() -> None:
    case = laid(review("statement:d#1", "reject"), review("statement:d#1", "accept"))
    assert case.statements == CASE.statements
    assert case.judgements == CASE.judgements


def test_a_correction_shows_and_the_rest_of_the_statement_stays() -> None:
    case = laid(review("statement:d#1", "correct", act="demand", content=[[15, 20]], speaker={"name": "Ann Bell"}))
    one = case.statements[0]
    assert (one.acts, one.content, one.score, one.by) == (("demand",), (Span(15, 20),), 0.4, "Bo")
    assert (one.speaker.name, one.speaker.role) == ("Ann Bell", "envoy")


def test_a_rejected_judgement_is_gone_an_accepted_or_corrected_one_is_the_reviewers_own() -> None:
    first, second, third, fourth = (judgement_target(one) for one in CASE.judgements)
    assert first == "position:a/i/2025-02-01/d#1"
    case = laid(review(first, "reject"), review(second, "accept"), review(third, "correct", range=[2, 5]))
    assert [one.by for one in case.judgements] == ["Bo", "Bo", "reader 1"]
    assert [one.suggested for one in case.judgements] == [False, False, True]
    assert case.judgements[1].value.ends == (2, 5)  # type: ignore[union-attr]  # a range
    assert fourth.endswith("/")


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"content": [[10, 900]]}, "document has 50"),
        ({"content": [[9, 3]]}, "start < end"),
        ({"mood": "glad"}, "no field 'mood'"),
        ({"act": "sigh"}, "expected one of"),
        ({"speaker": "Ann"}, "expected an object"),
    ],
)
def test_a_correction_that_does_not_fit_is_refused_by_name(changes: dict[str, object], says: str) -> None:
    with pytest.raises(CaseError, match=says):
        laid(review(statement_target("d#1"), "correct", **changes))
