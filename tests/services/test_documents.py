"""A document put right after it was added: what rests on its day follows, and one undo takes all of it back."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from winset.domain.text import Document
from winset.errors import ConflictError, UsageError
from winset.evidence.said_when import dated_anew
from winset.services import (
    adding,
    annotators,
    cases,
    demo,
    documents,
    positions,
    reviews,
    suggestion_queue,
    taking_over,
)
from winset.services.files import Source
from winset.services.sources import load_case

REPORT = """Ferry crews name their price

HALVEN - The Ferry Crews' Union said on Tuesday that it would not accept a pay rise below 6 percent. "We will strike on Monday," said union president Marta Oyelaran.

The Halven Ferry Company offered a pay rise of 3 percent last week.
"""


@pytest.fixture
def case(tmp_path: Path) -> Path:
    (tmp_path / "ferry.txt").write_text(REPORT, encoding="utf-8")
    cases.new(tmp_path / "a.winset")
    adding.add(tmp_path / "a.winset", [Source(file=str(tmp_path / "ferry.txt"))], annotators.choose_or_say(None, print))
    return tmp_path / "a.winset"


def days(case: Path) -> list[date | None]:
    return [one.date.start if one.date else None for one in load_case(case).statements]


def test_a_day_given_later_dates_what_the_document_says_and_what_is_said_relative_to_it(case: Path) -> None:
    assert set(days(case)) == {None}
    assert {row["valid_from"] for row in positions.positions(case)["undated"]} <= {None}
    found = documents.describe(case, "ferry", {"date": "2026-03-06"})
    assert found["date"] == "2026-03-06"
    assert found["followed"]["statements"] >= 1
    assert date(2026, 3, 3) in days(case)  # the Tuesday before that Friday
    rows = positions.positions(case)["rows"]
    assert {row["valid_from"] for row in rows} <= {"2026-03-03", "2026-03-06", "2026-02-23"}
    assert rows
    documents.describe(case, "ferry", {"date": "2026-03-13"})
    assert date(2026, 3, 10) in days(case)
    documents.describe(case, "ferry", {"date": ""})
    assert set(days(case)) == {None}


def test_days_are_those_that_the_reader_would_have_found(tmp_path: Path) -> None:
    annotator = annotators.choose_or_say(None, print)
    for episode in demo.EPISODES:
        held = load_case(demo.demo(tmp_path, annotator, episode).case)
        for document in held.documents:
            told = [one for one in held.statements if one.doc == document.id]
            bare = Document(id=document.id, text=document.text, sha256=document.sha256)
            before = dated_anew(document, told, document.date)
            assert before == {}, document.id
            gone = dated_anew(document, told, None)
            undated = [s if s.id not in gone else replace(s, date=gone[s.id]) for s in told]
            back = dated_anew(bare, undated, document.date)
            assert {id: back.get(id, None) for id in gone} == {s.id: s.date for s in told if s.id in gone}


def test_verdicts_and_judgements_follow_the_day_and_one_undo_takes_all_back(case: Path) -> None:
    targets = [one.target for one in suggestion_queue.suggested(case).rows if one.kind == "position"]
    assert targets
    for target in targets:
        reviews.decide(case, target, "accept")
    made = taking_over.take_over(case)
    assert {one["as_of"] for one in made} == {None}
    before = load_case(case)
    told = documents.describe(case, "ferry", {"date": "2026-03-06", "title": "Ferry crews want six"})["followed"]
    assert told["judgements"] == len(made)
    assert told["reviews"] == len(targets)
    after = load_case(case)
    assert None not in {one.as_of for one in after.judgements}
    assert {one.target for one in after.reviews}.isdisjoint({one.target for one in before.reviews})
    assert set(reviews.made_of(case, ("position",))) >= {
        one.target for one in suggestion_queue.suggested(case).rows if one.kind == "position"
    }
    cases.undo(case)
    assert load_case(case) == before


def test_what_does_not_fit_is_said_and_nobody_is_overwritten(case: Path) -> None:
    kept = load_case(case)
    for changes, says in (
        ({"date": "6 March"}, "a day such as 2025-02-18, got '6 March'"), ({"date": "0026-03-06"}, "year in full"),
        ({"title": "x" * 2_001}, "at most 2,000"), ({"language": "en"}, "can be put right"), ({"date": ""}, "nothing was changed"),
    ):  # fmt: skip
        with pytest.raises(UsageError, match=says):
            documents.describe(case, "ferry", changes)
    with pytest.raises(UsageError, match="no document 'nothing'"):
        documents.describe(case, "nothing", {"title": "x"})
    version = documents.described(case, "ferry")["version"]
    documents.describe(case, "ferry", {"title": "Theirs"}, expected=version)
    with pytest.raises(ConflictError) as late:
        documents.describe(case, "ferry", {"title": "Mine"}, expected=version)
    assert late.value.now["title"] == "Theirs"
    assert "text" not in late.value.now
    cases.undo(case)
    assert load_case(case) == kept
