"""Frames of classes of words: each fits its example, time is linear, and forms of verbs, nouns and passives are told apart."""

import re
import time

import pytest
from tests.hostile.test_regexes import FAMILIES

from winset.domain.text import Span
from winset.evidence.lexicon import inflected, load
from winset.evidence.word_classes import Words, class_names, entries, plural, words_of
from winset.evidence.word_frames import Frame, fits, patterns

NAMES = {"Orsa": "orsa", "Orsan": "orsa", "Velmara": "velmara", "Velmaran": "velmara", "the Pact": "pact", "The Pact": "pact",
         "Korsund": "korsund", "Guild": "guild", "The Guild": "guild", "the bank": "bank", "The bank": "bank"}  # fmt: skip


def read(text: str) -> Words:
    places = sorted(
        (at, at + len(name), id) for name, id in NAMES.items() for at in range(len(text)) if text.startswith(name, at)
    )  # fmt: skip
    whole = [one for one in places if not any(a < one[0] < b or (a == one[0] and b > one[1]) for a, b, _ in places)]
    return words_of(text, Span(0, len(text)), whole)


def fitting(text: str) -> list[Frame]:
    return [frame for frame, _ in fits(read(text))]


@pytest.mark.parametrize("number", range(len(load("word_frames")["frame"])))
def test_each_frame_fits_its_example(number: int) -> None:
    row = load("word_frames")["frame"][number]
    shown = {(frame.kind, frame.direction) for frame in fitting(row["example"])}
    assert (row["kind"], row["direction"]) in shown, row["example"]


def test_every_class_that_a_frame_names_exists() -> None:
    lists = load("word_frames")
    ways = [way for each in lists["parts"].values() for way in each]
    for line in [
        *ways,
        *(line for row in lists["frame"] for field in ("words", "beside", "never") for line in row.get(field, ())),
    ]:
        for names in re.findall(r"<([^>]*)>", line):
            assert any(name.partition(":")[0] in class_names() for name in names.split("|")), line
        for pattern in patterns(line, lists["parts"]):
            assert not any(set(word) & set("<>{}:@") for one in pattern.elements for word in one.words), line


@pytest.mark.parametrize("family", sorted(FAMILIES))
def test_time_is_linear(family: str) -> None:
    unit = FAMILIES[family]
    took = []
    for size in (5_000, 20_000):
        text = (unit * (size // max(len(unit), 1) + 1))[:size]
        start = time.process_time()
        list(fits(read(text)))
        took.append(time.process_time() - start)
    assert took[1] < 1.0


def test_words_of_the_classes_over_and_over_cost_little() -> None:
    text = (
        " ".join(sorted(entries())[:400]) + ". " + "Orsa will offer no guarantee if the talks fail without a deal " * 40
    )
    start = time.process_time()
    list(fits(read(text)))
    assert time.process_time() - start < 2.0


@pytest.mark.parametrize(
    ("lemma", "forms"),
    [
        ("stop", {"stop", "stops", "stopped", "stopping"}),
        ("deny", {"deny", "denies", "denied", "denying"}),
        ("underwrite", {"underwrite", "underwrites", "underwrote", "underwritten", "underwriting"}),
        ("cancel", {"cancel", "cancels", "cancelled", "cancelling", "canceled", "canceling"}),
        ("lie", {"lie", "lies", "lied", "lying"}),
        ("refer", {"refer", "refers", "referred", "referring"}),
        ("conceal", {"conceal", "conceals", "concealed", "concealing"}),
    ],
)
def test_forms_of_verbs(lemma: str, forms: set[str]) -> None:
    assert {form for form, _ in inflected(lemma)} == forms


def test_plurals() -> None:
    assert [plural(noun) for noun in ("treaty", "bus", "key", "guarantee")] == [
        "treaties",
        "buses",
        "keys",
        "guarantees",
    ]


def shown(text: str, direction: str) -> bool:
    return any(frame.direction == direction and frame.party == "subject" for frame in fitting(text))


def test_a_passive_is_no_deed_of_its_subject() -> None:
    assert shown("Korsund armed Velmara's militia.", "arms")
    assert not shown("Korsund was armed Velmara's militia.", "arms")


def test_a_noun_behind_an_article_is_no_verb() -> None:
    assert not any(
        f.party == "subject"
        for f in fitting("Orsa studied the offer of a security guarantee.")
        if f.direction == "given"
    )
    assert shown("The Pact will offer Orsa a security guarantee.", "given")


def test_what_is_done_may_stand_inside_the_phrase_or_behind_it() -> None:
    for text in (
        "The bank put a loan to Orsa on ice until it signs.",
        "The bank put on ice a loan to Orsa until it signs.",
    ):
        assert shown(text, "withdrawn"), text


def test_a_no_inside_is_told() -> None:
    (fit,) = [fit for frame, fit in fits(read("The Pact gave Orsa no guarantee.")) if frame.direction == "given"][:1]
    assert fit.negated


def test_talks_that_break_up_break_no_trust() -> None:
    for text in (
        "A quarrel broke up the peace talks with Orsa.",
        "Velmara broke off the ceasefire talks.",
        "The two sides broke up.",
    ):
        assert not any(frame.direction == "broke" for frame in fitting(text)), text
