"""The ledger from columns, of a case file and of its text form, is the one that plain routines find one after the other."""

import json
import random
import sqlite3
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from tests.evidence import histories_one_by_one, moves_one_by_one

from winset.domain.actors import Party
from winset.domain.case import Case
from winset.domain.estimates import Estimate, Exact, Judgement, Likely, Range
from winset.domain.issues import Issue
from winset.domain.plain.estimates import judgement_from
from winset.domain.plain.fields import Fields, record
from winset.domain.plain.positions import move_to
from winset.domain.reviews import Review, judgement_target, statement_target
from winset.domain.statements import Act, Modality, Statement, Tense, Voice
from winset.domain.text import Document, Grounds, Span
from winset.errors import CaseError
from winset.evidence.tellings import tellings, told
from winset.services.judged_columns import judged_columns, judged_of
from winset.services.ledger import ledger
from winset.services.sources import reviewed_case
from winset.store.casefile import CaseFile
from winset.store.textform import dump

AT = datetime(2025, 2, 12, tzinfo=UTC)
START = date(2024, 1, 1)
WORDS = "We gave you a loan of ten. "


def made(seed: int) -> Case:
    """Ties of a day, repeats, ranges, unknown days, joint, conditional, past and reported words, verdicts, rewards from outside."""
    draw = random.Random(seed)
    acts: list[Act] = ["offer", "concession", "commitment", "demand", "report", "threat"]
    modalities: list[Modality] = ["asserted", "asserted", "possible", "conditional"]
    tenses: list[Tense | None] = ["past", "present", None]
    said = tuple(
        Statement(
            id=f"d{n % 3}#{n}", doc=f"d{n % 3}", source=(), cue=(), content=(Span(n * 27, n * 27 + 26),), kind="indirect",
            acts=(draw.choice(acts),), modality=draw.choice(modalities), tense=draw.choice(tenses),
            condition=draw.choice([None, None, "if you sign"]),
            speaker=Voice(
                id="v", kind="named", name="Bo", party=draw.choice([None, "a", "b", "c"]),
                members=draw.choice([(), (), ("a", "b")]),
            ),
        )
        for n in range(1, 30)
    )  # fmt: skip

    def judged(quantity: str, value: Estimate, day: date | None) -> Judgement:
        there = draw.sample(said, draw.choice([0, 1, 1, 1, 1, 2]))
        return Judgement(
            quantity=quantity, party=draw.choice("abc"), issue=draw.choice("ijk"), value=value,
            by=draw.choice(["ana", "ana", "reader 1"]), as_of=day, score=draw.choice([None, None, 0.5, 0.875]),
            note=draw.choice([None, 'as "she" said']),
            grounds=tuple(Grounds(doc=one.doc, statement=draw.choice([one.id, one.id, None]), spans=one.content) for one in there),
        )  # fmt: skip

    values: list[Estimate] = [Exact(10.0), Exact(20.0), Exact(30.5), Exact(90.0), Range(10, 40), Likely(0, 25, 30)]
    judgements = [
        judged(
            "position", draw.choice(values), START + timedelta(days=draw.randrange(90)) if draw.random() < 0.9 else None
        )
        for _ in range(120)
    ] + [judged("salience", Exact(draw.randrange(100)), START + timedelta(days=draw.randrange(90))) for _ in range(8)]
    draw.shuffle(judgements)
    verdicts = [
        Review(target=judgement_target(one), verdict="correct", by="eva", at=AT, changes=(("value", 40),))
        if draw.random() < 0.3
        else Review(target=judgement_target(one), verdict=draw.choice(("accept", "reject")), by="eva", at=AT)
        for one in draw.sample(judgements[:100], 10) if one.quantity == "position"
    ] + [Review(target=statement_target(one.id), verdict="reject", by="eva", at=AT) for one in draw.sample(said, 2)]  # fmt: skip
    return Case(
        title="t", statements=said, judgements=tuple(judgements), reviews=tuple(verdicts) if seed % 2 else (),
        documents=tuple(
            Document(id=f"d{n}", text=WORDS * 30, sha256=sha256((WORDS * 30).encode()).hexdigest(), date=START) for n in range(3)
        ),
        parties=tuple(Party(id=one, name=one.upper()) for one in "abc"),
        issues=(
            Issue(id="i", question="?", kind="continuous", range=(0, 100)), Issue(id="j", question="?", kind="continuous"),
            Issue(id="k", question="?", kind="integer", range=(0, 200)),
        ),
    )  # fmt: skip


@pytest.mark.parametrize("seed", range(16))
def test_the_ledger_is_what_plain_routines_find(tmp_path: Path, seed: int) -> None:
    path, text = tmp_path / "c.winset", tmp_path / "c.json"
    CaseFile.create(path, title="t", at=AT, author="ana").close()
    with CaseFile.open(path, at=AT) as file:
        file.replace(made(seed), at=AT, author="ana", label="made")
    text.write_text(dump(made(seed)), encoding="utf-8")
    case = reviewed_case(path)
    words = tellings(case.statements, case.documents)
    positions = histories_one_by_one.histories(case.judgements)
    for since, until, days in (
        (None, None, 30),
        (None, START + timedelta(days=50), 0),
        (START + timedelta(days=20), None, 9),
    ):
        window = timedelta(days=days)
        moves = told(
            (
                one for one in moves_one_by_one.moves(positions, case.issues, window=window, judgements=case.judgements, until=until)
                if since is None or (one.date is not None and one.date > since)
            ), words,
        )  # fmt: skip
        quick, whole = (ledger(one, since=since, until=until, window=window) for one in (path, text))
        assert moves
        assert quick["inducements"] or since or seed  # where all words are on issues there is none
        assert quick == whole
        assert quick["moves"] == [move_to(one) for one in moves]
        for found, one in zip(quick["balance"], moves_one_by_one.balance(moves), strict=True):
            assert found == {
                name: value if isinstance(value, str) else pytest.approx(value) for name, value in asdict(one).items()
            }
        for found, pace in zip(quick["pace"], moves_one_by_one.paces(moves), strict=True):
            assert (found["party"], found["gives"], found["word"]) == (pace.party, pace.gives, pace.word)
            assert found["gave"] == pytest.approx(pace.gave)
            assert found["per_month"] == (pace.per_month and pytest.approx(pace.per_month))


def body(**changed: object) -> str:
    """A judgement as the program writes it."""
    plain = {
        "quantity": "position", "party": "a", "issue": "i", "as_of": "2024-01-02", "value": 10, "by": "ana",
        "grounds": [{"doc": "d", "statement": "d#1", "spans": [[3, 20]]}], "note": 'as "she" said',
    }  # fmt: skip
    if "range" in changed:
        del plain["value"]
        plain = {**dict(list(plain.items())[:4]), "range": None, **dict(list(plain.items())[4:])}
    return json.dumps({**plain, **changed})


ODD = [
    body(party='a "b"'), body(party="a\\b"), body(range=[10, 20.5]), body(range=[10, 10]), body(value=1e-3), body(value=-4), body(score=0.5),
    body(note=None), body(grounds=[]), body(as_of=None), body(grounds=[{"doc": "d", "statement": None, "spans": []}]), body(by="reader 1"),
    body(grounds=[{"doc": "d", "statement": "d#1", "spans": [[9, 10]]}]), body(grounds=[{"doc": 'd", "note": ', "statement": "d#1", "spans": [[9, 10]]}]),
    body(grounds=[{"doc": "d], note: x", "statement": "}], note: ", "spans": [[9, 10]]}]), body(by=', grounds: [], note: '),
    body(grounds=[{"doc": "d", "statement": one, "spans": [[9, 99]]} for one in ("d#1", "d#2")]), body(issue="i j"),
]  # fmt: skip


def holding(path: Path, bodies: Sequence[str]) -> Path:
    """A case file that holds judgements exactly as they are written here."""
    CaseFile.create(path, title="t", at=AT, author="ana").close()
    connection = sqlite3.connect(path)
    rows = [(f"{n:08d}", n, one) for n, one in enumerate(bodies)]
    connection.executemany(
        "INSERT INTO records (kind, key, place, version, body) VALUES ('judgements', ?, ?, 1, ?)", rows
    )
    connection.commit()
    connection.close()
    return path


def read(body: str) -> Judgement:
    """Field by field."""
    return record(Fields(json.loads(body), "judgement"), judgement_from)


@pytest.mark.parametrize("odd", ODD)
def test_a_judgement_read_as_text_is_the_one_that_the_field_by_field_reader_finds(tmp_path: Path, odd: str) -> None:
    texts = [body(), odd, body(quantity="salience"), body(party="z", value=3)]
    with CaseFile.open(holding(tmp_path / "c.winset", texts)) as file:
        quick = judged_columns(file)
    plain = judged_of(Case(title="t", judgements=tuple(map(read, texts))))
    assert quick.others == plain.others
    assert (quick.judged.parties, quick.judged.issues) == (plain.judged.parties, plain.judged.issues)
    for name in ("party", "issue", "day", "value", "low", "high", "form"):
        assert getattr(quick.judged, name).tolist() == getattr(plain.judged, name).tolist(), name
    assert quick.score.tolist() == plain.score.tolist()
    assert list(quick.statement) == list(plain.statement)
    for n in range(len(quick.judged.day)):
        assert quick.grounds(n) == plain.grounds(n)
        one, other = quick.judged.saying(n), plain.judged.saying(n)
        assert one._replace(source=None) == other._replace(source=None)
        assert one.source == other.source or not one.grounds


@pytest.mark.parametrize(
    "damaged",
    [
        body(range=[20, 10]), body(value=10).replace(": 10,", ": 1e999,"), body(range=[1, 2]).replace("[1, 2]", "[1, 1e999]"),
        body(as_of="2024-02-30"), body(grounds=[{"doc": "d", "statement": "d#1", "spans": [[20, 3]]}]),
        body(grounds=[{"doc": "d", "statement": "d#1", "spans": [[100, 99]]}]), body(grounds=[{"doc": "d", "statement": None, "spans": [[7, 7]]}]),
        body(party=" "),
    ],
)  # fmt: skip
def test_a_judgement_that_cannot_be_meant_so_is_refused_as_it_is_one_by_one(tmp_path: Path, damaged: str) -> None:
    with pytest.raises(CaseError):
        read(damaged)
    with CaseFile.open(holding(tmp_path / "c.winset", [body(), damaged])) as file, pytest.raises(CaseError):
        judged_columns(file)
