"""Codebooks refuse what cannot be coded with, and are changed by making another."""

from dataclasses import replace

import pytest

from winset.domain.vocabulary import Codebook, CodebookIssue, CodePoint
from winset.errors import CaseError


def issue(id: str, *phrases: str, top: float = 100) -> CodebookIssue:
    points = (CodePoint(value=0, label="none"), CodePoint(value=top, label="all", phrases=phrases))
    return CodebookIssue(id=id, question=f"How much {id}?", points=points)


def test_points_that_overlap_are_named() -> None:
    with pytest.raises(CaseError, match="rising values without overlap"):
        CodebookIssue(id="a", question="?", points=(CodePoint(value=5, label="x"), CodePoint(value=5, label="y")))


def test_a_phrase_stands_at_one_point_only() -> None:
    points = (CodePoint(value=0, label="x", phrases=("land",)), CodePoint(value=1, label="y", phrases=("land",)))
    with pytest.raises(CaseError, match="'land' stands under 'x' and under 'y'"):
        CodebookIssue(id="a", question="?", points=points)


def test_merging_joins_phrases_and_refuses_unlike_scales() -> None:
    book = Codebook(id="b", title="B", issues=(issue("a", "land"), issue("c", "soil"), issue("d", "sea", top=7)))
    assert book.merged("a", "c").issue("a").points[1].phrases == ("land", "soil")
    with pytest.raises(CaseError, match="bring both to one scale"):
        book.merged("a", "d")


def test_a_split_moves_phrases_and_is_undone_by_merging() -> None:
    book = Codebook(id="b", title="B", issues=(issue("a", "land", "sea"),))
    parted = book.split("a", "s", "How much sea?", ["sea"])
    assert parted.issue("a").points[1].phrases == ("land",)
    assert parted.issue("s").points[1].phrases == ("sea",)
    again = parted.merged("a", "s")
    assert again.issue("a").was == ("s",)  # all that is left of it: where reviews go
    assert again.put(replace(again.issue("a"), was=())) == book


def test_only_changed_issues_are_read_anew() -> None:
    book = Codebook(id="b", title="B", issues=(issue("a", "land"), issue("c", "soil")))
    assert book.changed(book.put(issue("c", "mud"))) == ("c",)
