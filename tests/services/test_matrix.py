"""The quick ways into a large record give what the slow ones give, whatever is judged and reviewed."""

import random
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from winset.domain.actors import Party
from winset.domain.case import Case
from winset.domain.estimates import Estimate, Exact, Judgement, Range
from winset.domain.issues import Issue
from winset.domain.plain.estimates import judgement_from, judgement_to
from winset.domain.plain.fields import Fields, record
from winset.domain.plain.quick import judgement_as_written, statement_as_written
from winset.domain.plain.statements import statement_from, statement_to
from winset.domain.reviews import Review, judgement_target, statement_target
from winset.domain.statements import Statement, Voice
from winset.domain.text import Document, Grounds, Period, Span
from winset.evidence import timeline
from winset.services import ledger as ledger_service
from winset.services import positions as service
from winset.services.matrix import matrix
from winset.services.sources import reviewed_case
from winset.store.casefile import CaseFile
from winset.store.textform import dump

AT = datetime(2025, 2, 12, tzinfo=UTC)
START = date(2024, 1, 1)


def made(seed: int) -> Case:
    """A small case in which days, values and grounds collide, with verdicts of all kinds."""
    draw = random.Random(seed)
    text = "A said this. " * 40
    said = tuple(
        Statement(
            id=f"d#{n}", doc="d", source=(), cue=(), content=(Span(n * 9, n * 9 + 8),), kind="indirect", acts=("offer",),
            speaker=Voice(id="v", kind="named", name=draw.choice(["Bo", "Cy"]), party=draw.choice("ab")),
        )
        for n in range(1, 20)
    )  # fmt: skip
    judged = []
    for _ in range(60):
        value: Estimate = Exact(draw.choice([10, 20, 30])) if draw.random() < 0.9 else Range(10, 40)
        grounds = (Grounds(doc="d", statement=draw.choice(said).id),) if draw.random() < 0.8 else ()
        judged.append(
            Judgement(
                quantity="position", party=draw.choice("ab"), issue=draw.choice("ij"), value=value,
                by=draw.choice(["ana", "reader 1"]), grounds=grounds, score=draw.choice([None, 0.5]),
                as_of=None if draw.random() < 0.1 else START + timedelta(days=draw.randrange(12)),
            )
        )  # fmt: skip
    verdicts = [
        Review(target=judgement_target(one), verdict=draw.choice(("accept", "reject", "correct")), by="eva", at=AT, changes=(("value", 40),))
        for one in draw.sample(judged, 12)
    ] + [Review(target=statement_target(one.id), verdict="reject", by="eva", at=AT) for one in draw.sample(said, 4)]  # fmt: skip
    kept = [one if one.verdict == "correct" else Review(target=one.target, verdict=one.verdict, by=one.by, at=one.at) for one in verdicts]  # fmt: skip
    return Case(
        title="t", documents=(Document(id="d", text=text, sha256=sha256(text.encode()).hexdigest(), date=START),),
        parties=(Party(id="a", name="A"), Party(id="b", name="B")), statements=said, judgements=tuple(judged),
        issues=tuple(Issue(id=id, question="?", kind="continuous", range=(0, 100)) for id in "ij"), reviews=tuple(kept),
    )  # fmt: skip


@pytest.mark.parametrize("seed", range(12))
def test_the_matrix_of_a_file_is_that_of_the_whole_case(tmp_path: Path, seed: int) -> None:
    case = made(seed)
    path, text = tmp_path / "c.winset", tmp_path / "c.json"
    CaseFile.create(path, title="t", at=AT, author="ana").close()
    with CaseFile.open(path, at=AT) as file:
        file.replace(case, at=AT, author="ana", label="made")
    text.write_text(dump(case), encoding="utf-8")
    judged = reviewed_case(path).judgements
    for day in (None, *(START + timedelta(days=n) for n in (-1, 0, 3, 7, 11, 99))):
        found = matrix(path, day, 6)
        assert found is not None
        histories = timeline.histories(timeline.upto(judged, day))

        def order(one: object) -> str:
            return f"{getattr(one, 'party')} {getattr(one, 'issue')}"  # noqa: B009 - any position

        assert sorted(found.rows, key=order) == sorted(timeline.as_of(histories, day), key=order)
        whole, quick = service.positions(text, at=day), service.positions(path, at=day)
        assert sorted(map(str, quick["rows"])) == sorted(map(str, whole["rows"]))
    for since, until, window in (
        (None, None, 30),
        (START, START + timedelta(days=8), 2),
        (START + timedelta(days=3), None, 400),
    ):
        asked: dict[str, Any] = {"since": since, "until": until, "window": timedelta(days=window)}
        quick, whole = ledger_service.written(path, **asked), ledger_service.written(text, **asked)
        assert list(quick["moves"].texts()) == list(whole["moves"].texts())
        assert ledger_service.ledger(path, **asked) == ledger_service.ledger(text, **asked)


def test_a_correction_that_moves_a_judgement_is_followed(tmp_path: Path) -> None:
    case = made(1)
    target = judgement_target(case.judgements[0])
    moved = Review(target=target, verdict="correct", by="eva", at=AT, changes=(("issue", "j"),))
    path = tmp_path / "c.winset"
    CaseFile.create(path, title="t", at=AT, author="ana").close()
    with CaseFile.open(path, at=AT) as file:
        file.replace(case.with_(reviews=(moved,)), at=AT, author="ana", label="made")
    assert matrix(path, None, 6) is None
    assert service.positions(path)["rows"]


def test_records_as_written_are_read_as_the_checked_readers_read_them() -> None:
    case = made(3)
    for one in case.judgements:
        value = judgement_to(one)
        assert judgement_as_written(value) in (None, record(Fields(value, "j"), judgement_from))
        assert (judgement_as_written(value) is None) == isinstance(one.value, Range)
    for said in case.statements:
        value = statement_to(said)
        assert statement_as_written(value) == record(Fields(value, "s"), statement_from) == said


@pytest.mark.parametrize(
    "change",
    [
        {"value": True}, {"value": "3"}, {"value": float("nan")}, {"value": 10**400}, {"party": ""}, {"party": "\ud800"},
        {"as_of": "20240101"}, {"as_of": "2024-13-01"}, {"as_of": 3}, {"quantity": "mood"}, {"grounds": [{"doc": "d"}]},
        {"grounds": "d"}, {"grounds": [{"doc": "d", "statement": None, "spans": [[3, 2]]}]}, {"extra": 1}, {"score": None},
        {"quantity": "salience", "value": 900}, {"note": 3}, {"by": None},
    ],
)  # fmt: skip
def test_a_judgement_written_otherwise_is_left_to_the_checked_reader(change: dict[str, object]) -> None:
    value = judgement_to(Judgement(quantity="position", party="a", issue="i", value=Exact(3), by="ana"))
    assert judgement_as_written(value | change) is None
    assert judgement_as_written(None) is None
    assert judgement_as_written([]) is None


@pytest.mark.parametrize(
    "change",
    [
        {"content": []}, {"content": [[0, 5], [4, 9]]}, {"content": [[0, 1.5]]}, {"acts": ["shout"], "act": "shout"},
        {"acts": []}, {"act": "demand"}, {"negated": 1}, {"modality": "loud"}, {"score": 2}, {"id": " "}, {"speaker": {}},
        {"speaker": None}, {"date": {"from": "2024-01-02", "to": "2024-01-01"}}, {"date": "2024-01-01"}, {"why": "x"},
        {"kind": ["direct"]}, {"tense": "soon"},
    ],
)  # fmt: skip
def test_a_statement_written_otherwise_is_left_to_the_checked_reader(change: dict[str, object]) -> None:
    said = Statement(
        id="d#1", doc="d", source=(), cue=(), content=(Span(0, 4),), kind="direct", acts=("offer",),
        speaker=Voice(id="v", kind="none"), date=Period(START, START),
    )  # fmt: skip
    assert statement_as_written(statement_to(said)) == said
    assert statement_as_written(statement_to(said) | change) is None
