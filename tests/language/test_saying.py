"""Clauses of saying, read off words that no encoder has seen: sources completed, contents cleared, hollow cues."""

from dataclasses import replace

import numpy as np
import pytest

from winset.language.decode import Tie
from winset.language.pieces import Pieces, quotation, shape_of
from winset.language.saying import cleared, hollow


def pieces(text: str) -> Pieces:
    """One paragraph whose words and marks are split at spaces."""
    starts, ends, at = [], [], 0
    for word in text.split(" "):
        starts.append(at)
        ends.append(at + len(word))
        at += len(word) + 1
    columns = [np.zeros(len(starts)), np.arange(len(starts) + 1), starts, ends]
    shape = [shape_of(text[a:b]) for a, b in zip(starts, ends, strict=True)]
    quote, _ = quotation(text, (0, len(text)), starts, ends)
    return Pieces(*(np.asarray(column, dtype=np.int64) for column in (*columns, shape, quote)))


def place(text: str, part: str) -> tuple[int, int]:
    before = text[: text.index(part)].split()
    return len(before), len(before) + len(part.split())


def tie(text: str, cue: str, content: str, source: str = "", likely: str = "", score: float = 0.9) -> Tie:
    return Tie(
        place(text, cue),
        (place(text, source),) if source else (),
        (place(text, content),),
        score,
        likely=place(text, likely) if likely else None,
    )


def source_of(text: str, one: Tie) -> str:
    (fresh,) = cleared(pieces(text), text, [], [one])
    return " ".join(text.split(" ")[a] for start, end in fresh.source for a in range(start, end))


@pytest.mark.parametrize(
    ("cue", "source"),
    [
        ("adding", "the old harbour master"),
        ("wrote", "the old harbour master"),
        ("was mocked for", "the old harbour master"),
        ("was asked", ""),  # somebody else asks
        ("titled", ""),  # nobody need speak
        ("according to", ""),
    ],
)
def test_a_quotation_without_a_source_gets_the_likeliest_where_its_cue_says_that_somebody_speaks(
    cue: str, source: str
) -> None:
    text = f"the old harbour master left , {cue} “ No ship waits . ”"
    assert source_of(text, tie(text, cue, "“ No ship waits . ”", likely="the old harbour master")) == source


def test_an_article_alone_is_no_source_and_a_pronoun_is() -> None:
    text = "the old harbour master said “ No ship waits . ”"
    one = tie(text, "said", "“ No ship waits . ”", source="the", likely="the old harbour master")
    assert source_of(text, one) == "the old harbour master"
    text = "she said of the master “ No ship waits . ”"
    assert source_of(text, tie(text, "said", "“ No ship waits . ”", source="she", likely="the master")) == "she"


def test_what_is_told_without_quotation_marks_may_have_no_source() -> None:
    text = "the old harbour master left , adding that no ship waits"
    assert source_of(text, tie(text, "adding", "that no ship waits", likely="the old harbour master")) == ""


@pytest.mark.parametrize(
    ("cue", "score", "empty"),
    [("is", 0.5, True), ("has also", 0.5, True), ("officially", 0.2, True), ("is", 0.7, False), ("said", 0.2, False)],
)
def test_a_doubtful_cue_must_tell_that_somebody_speaks(cue: str, score: float, empty: bool) -> None:
    text = f"her show {cue} “ The Long Harbour ”"
    assert hollow(pieces(text), text, tie(text, cue, "“ The Long Harbour ”", score=score)) is empty


def test_nothing_is_lost_or_raised_on_ties_at_the_edges_of_a_text() -> None:
    text = "put it"
    one = Tie((0, 1), (), ((1, 2),), 0.9)
    assert cleared(pieces(text), text, [], [one]) == [one]
    assert cleared(pieces("put"), "put", [], [replace(one, content=())])[0].cue == (0, 1)
