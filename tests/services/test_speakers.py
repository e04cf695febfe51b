"""Who may have said a statement beside the one taken for its speaker."""

from pathlib import Path

import pytest

from winset.errors import UsageError
from winset.services import adding, annotators, cases, reviews, speakers, writing
from winset.services.files import Source
from winset.services.sources import load_case

REPORTS = {
    "first.txt": 'Harbour talks\n\n3 March 2031\n\n"The pilots will not board a single ship before the contract is signed," Tom Quay said. '
    "Jon Abel said the harbour would stay open. Reporters were waiting outside.\n\nHe said the tugs would leave on Friday.",
    "second.txt": 'Harbour talks again\n\n5 March 2031\n\n"The pilots will not board a single ship before the contract is signed," Ilse Marran said on Wednesday.',
    "third.txt": 'Elsewhere\n\n6 March 2031\n\n"The pilots will board every single ship after the contract is signed," Ada Finn said on Thursday.',
}


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("harbour")
    for name, text in REPORTS.items():
        (folder / name).write_text(text)
    path = folder / "harbour.winset"
    cases.new(path)
    adding.add(path, [Source(file=str(folder / name)) for name in REPORTS], annotators.choose_or_say(None, print))
    return path


def said_by(case: Path, doc: str, words: str) -> str:
    held = load_case(case)
    text = next(one.text for one in held.documents if one.id == doc)
    return next(one.id for one in held.statements if one.doc == doc and words in one.content[0].of(text))


def test_whoever_else_may_be_meant_is_kept_with_the_reason(harbour: Path) -> None:
    id = said_by(harbour, "first", "tugs would leave")
    found = speakers.doubts(harbour, "first")[id]
    assert {one["name"] for one in found.candidates} == {"Jon Abel", "Tom Quay"}
    assert sum(one["score"] for one in found.candidates) == pytest.approx(1, abs=0.02)
    assert all(one["why"] for one in found.candidates)


def test_the_same_words_laid_to_somebody_else_are_found_from_both_sides_and_other_words_are_not(harbour: Path) -> None:
    first, second = said_by(harbour, "first", "pilots"), said_by(harbour, "second", "pilots")
    assert [(one["statement"], one["speaker"]) for one in speakers.doubts(harbour, "first")[first].laid] == [
        (second, "Ilse Marran")
    ]
    assert [(one["doc"], one["speaker"]) for one in speakers.doubts(harbour, "second")[second].laid] == [
        ("first", "Tom Quay")
    ]
    assert speakers.doubts(harbour, "third") == {}


def test_a_reviewers_word_stands_beside_the_readers_and_a_rejected_telling_says_nothing(
    harbour: Path, tmp_path: Path
) -> None:
    case = tmp_path / "harbour.winset"
    case.write_bytes(harbour.read_bytes())
    id = said_by(case, "first", "tugs would leave")
    before = next(one for one in load_case(case).statements if one.id == id).speaker.name
    writing.split(case, "first", [id], "Ada Finn")
    found = speakers.doubts(case, "first", id)
    assert list(found) == [id]
    assert found[id].read == before
    assert len(found[id].candidates) == 2
    reviews.decide(case, said_by(case, "second", "pilots"), "reject")
    assert said_by(case, "first", "pilots") not in speakers.doubts(case, "first")


def test_a_document_that_is_not_there_has_no_doubts(harbour: Path) -> None:
    assert speakers.doubts(harbour, "nowhere") == {}
    with pytest.raises(UsageError):
        reviews.seen(harbour, "nowhere#1")
