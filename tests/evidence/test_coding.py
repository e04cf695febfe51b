"""Packaged codebooks read, come back equal, and their phrases find their own example sentences."""

import json

import pytest

from winset.domain.plain.codebooks import codebook_from, codebook_to
from winset.domain.vocabulary import CodebookIssue, CodePoint
from winset.errors import CaseError
from winset.evidence.coding import PACKAGED, packaged
from winset.evidence.phrases import PhraseIndex, Words, longest


@pytest.mark.parametrize("id", PACKAGED)
def test_a_packaged_codebook_goes_out_and_comes_back_equal(id: str) -> None:
    book = packaged(id)
    assert codebook_from(json.loads(json.dumps(codebook_to(book)))) == book


@pytest.mark.parametrize("id", PACKAGED)
def test_every_point_has_words_and_a_sentence(id: str) -> None:
    for issue in packaged(id).issues:
        assert issue.counts
        assert issue.counts_not
        assert issue.topics
        for point in issue.points:
            assert point.phrases, (issue.id, point.label)
            assert point.examples, (issue.id, point.label)


@pytest.mark.parametrize("id", PACKAGED)
def test_every_example_is_spoken_of_in_phrases_of_its_issue(id: str) -> None:
    for issue in packaged(id).issues:
        index = PhraseIndex((phrase, point.value) for point in issue.points for phrase in point.phrases)
        for point in issue.points:
            for example in point.examples:
                assert issue.units or index.find(Words(example).lower), (issue.id, example)


def test_a_wrong_value_is_named_with_its_place() -> None:
    with pytest.raises(CaseError, match=r"issue 1 \(a\), point 1: value needs a number"):
        codebook_from({"id": "b", "issues": [{"id": "a", "question": "?", "points": [{"label": "x"}]}]})


def test_phrases_take_either_word_beginnings_and_gaps_but_cross_no_stop() -> None:
    index = PhraseIndex([("withdraw* ~ troops|forces", "out")])
    words = Words("It withdrew; it must withdraw its own troops. Withdraw. Troops stay.")
    assert [(found.what, found.phrase) for found in index.find(words.lower)] == [("out", "withdraw* ~ troops|forces")]


def test_of_overlapping_phrases_the_fuller_stays() -> None:
    index = PhraseIndex([("sanctions", 75), ("lift* ~ sanctions", 0)])
    found = longest(index.find(Words("They will lift all sanctions").lower))
    assert [one.what for one in found] == [0]


def test_words_keep_the_places_of_the_text() -> None:
    text = "The U.S. said Kyiv’s 4.5 per cent — no."
    words = Words(text, start=10)
    assert words.lower[:4] == ["the", "u.s.", "said", "kyiv"]
    assert all(
        text[s - 10 : e - 10].startswith(w) for s, e, w in zip(words.starts, words.ends, words.written, strict=True)
    )


def test_steps_and_opposites_follow_the_scale() -> None:
    issue = CodebookIssue(
        id="a", question="?", points=tuple(CodePoint(value=v, label=str(v)) for v in (0, 25, 100))
    )  # fmt: skip
    assert issue.step == 25
    assert [issue.opposed(point) for point in issue.points] == [100, 100, 0]
