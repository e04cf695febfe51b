"""What a sentence says of a stance: given up, guessed, of before, of the other side."""

import pytest

from winset.evidence import asides


@pytest.mark.parametrize(
    "words",
    [
        "gave up its demand for a full phase-out",
        "it is no longer asking for unlimited credits",
        "has let go of the permanent panel",
        "withdrew its call for a local-content rule",
        "The Liberals have moved away from 68",
    ],
)
def test_what_is_given_up_is_told_by_its_verb(words: str) -> None:
    assert asides.given_up(words)


@pytest.mark.parametrize(
    "words", ["will not give the valley up lightly", "asks for no longer shifts", "wants a table for two"]
)
def test_other_words_give_nothing_up(words: str) -> None:
    assert not asides.given_up(words)


@pytest.mark.parametrize(
    ("words", "voice"),
    [
        ("The mine owners will presumably fight for free permits", "forecast"),
        ("My bet is that the union takes ten per cent", "forecast"),
        ("Ruvania had until then opposed any mention of labour", "past"),
        ("last autumn the CU proposed a retirement age of 68", "past"),
        ("The union wants ten per cent", "own"),
    ],
)
def test_a_report_tells_guesses_and_what_was(words: str, voice: str) -> None:
    assert asides.voice_of_report(words) == voice


def test_they_in_somebody_s_mouth_are_the_side_named_last() -> None:
    text = "The studio offers five percent. They want five years."
    places = [(0, 10, "studio")]
    at = text.index("They")
    assert asides.other_side(text, places, at, "union") == "studio"
    assert asides.other_side(text, places, at, "studio") is None
    assert asides.other_side(text, places, 0, "union") is False


def test_a_sentence_ends_where_it_ends_and_reads_only_so_far() -> None:
    text = "One. Two goes on here. Three."
    assert asides.sentence(text, 5, 8) == "Two goes on here"
    long = "a" * 1_000_000
    assert len(asides.sentence(long, 500_000, 500_001)) <= 1001
