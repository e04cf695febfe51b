"""A small case is drafted once: who asks again for the same record is given what was found."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256

import pytest
from tests.evidence.test_drafting import annotator  # noqa: F401 - a fixture

from winset.domain.case import Case
from winset.domain.reviews import Review, statement_target
from winset.domain.text import Document
from winset.evidence.extract import extract
from winset.language.annotation import Annotator
from winset.services import drafting

TEXTS = (
    ("d1", "Arden demands a lasting ceasefire, its foreign minister said. Velmara ruled out any withdrawal of troops."),
    ("d2", "Velmara said it could accept a ceasefire of sixty days."),
)
AT = datetime(2031, 3, 5, tzinfo=UTC)


@pytest.fixture
def case(annotator: Annotator) -> Case:  # noqa: F811
    documents = [
        Document(id=id, text=text, date=date(2031, 3, 4), sha256=sha256(text.encode()).hexdigest())
        for id, text in TEXTS
    ]
    said = [
        one for document, found in zip(documents, annotator.annotate(documents), strict=True) for one in extract(document, found)
    ]  # fmt: skip
    return Case(title="t", documents=tuple(documents), statements=tuple(said))


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Case]]:
    """The cases that were read for a draft."""
    asked: list[Case] = []
    real = drafting._drawn

    def noted(case: Case, *rest: object) -> object:
        asked.append(case)
        return real(case, *rest)  # type: ignore[arg-type]  # passed on

    monkeypatch.setattr(drafting, "_drawn", noted)
    drafting._DRAWN.clear()
    yield asked
    drafting._DRAWN.clear()


def test_the_same_record_is_read_once_whatever_else_is_in_the_case(case: Case, drawn: list[Case]) -> None:
    first, found = drafting.drafted(case)
    assert found.positions
    again, same = drafting.drafted(case.with_(scenarios=({"name": "x"},)))
    assert len(drawn) == 1
    assert same is found
    assert again == first.with_(scenarios=({"name": "x"},))


def test_what_the_answer_rests_on_makes_another(case: Case, drawn: list[Case]) -> None:
    drafting.drafted(case)
    judged = Review(
        target=statement_target(case.statements[0].id), verdict="correct", by="ana", at=AT, changes=(("acts", ["offer"]),)
    )  # fmt: skip
    others = [
        case.with_(reviews=(judged,)), case.with_(reviews=(replace(judged, changes=(("acts", ["demand"]),)),)),
        case.with_(statements=case.statements[1:]), case.with_(documents=(replace(case.documents[0], date=date(2030, 1, 1)), *case.documents[1:])),
    ]  # fmt: skip
    for other in others:
        drafting.drafted(other)
    drafting.drafted(case, until=date(2031, 1, 1))
    drafting.drafted(case, [judged])
    assert len(drawn) == 7
    assert len(drafting._DRAWN) == drafting.KEPT


def test_a_large_record_is_not_kept(case: Case, drawn: list[Case], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafting, "SMALL", 1)
    drafting.drafted(case)
    drafting.drafted(case)
    assert len(drawn) == 2
    assert not drafting._DRAWN
