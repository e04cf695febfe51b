"""Demands given up in so many words are moves, also where no issue of a codebook covers them; near-misses are not."""

import datetime as dt
from hashlib import sha256

import pytest

from winset.domain.case import Case
from winset.domain.positions import Move
from winset.domain.text import Document
from winset.evidence.rules import RuleAnnotator
from winset.services.drafting import drafted
from winset.services.extraction import Read, read_statements
from winset.services.reading import Taken

OPENING = "Envoys of Maravel and Torrin opened talks in Lys on Monday. A host said that it rained.\n\n"


def moves(words: str) -> list[Move]:
    text = OPENING + words
    day = dt.date(2031, 6, 2)
    document = Document(id="report", text=text, sha256=sha256(text.encode()).hexdigest(), language="en", date=day)
    taken = [Taken(document=document, data=text.encode())]
    (read,) = [one for one in read_statements(taken, RuleAnnotator()) if isinstance(one, Read)]
    return list(drafted(Case(documents=(read.document,), statements=read.statements))[1].moves)


@pytest.mark.parametrize(
    ("words", "party", "told"),
    [
        ("Maravel dropped its insistence that Torrin first repaint the lighthouses, officials said.", "maravel", "dropped its insistence"),
        ("\"We no longer demand that Maravel repaint the lighthouses,\" said Torrin\u2019s foreign minister, Oren Halt.", "torrin", "no longer demand"),
        ("Torrin took the question of the lighthouses off the table, a diplomat said.", "torrin", "took the question"),
        ("Maravel backed away from its demand that the lighthouses be repainted.", "maravel", "backed away"),
        ("Torrin has abandoned its objections to the new lighthouse keeper.", "torrin", "abandoned its objections"),
        ("Torrin has lowered its demand from forty lamps to thirty.", "torrin", "lowered its demand"),
        ("Maravel agreed to drop its objections to the new keeper, its envoy said.", "maravel", "drop its objections"),
    ],
)  # fmt: skip
def test_a_demand_given_up_is_a_move(words: str, party: str, told: str) -> None:
    (move,) = moves(words)
    assert (move.party, move.issue, move.date) == (party, None, dt.date(2031, 6, 2))
    assert move.toward == ({"maravel", "torrin"} - {party}).pop()
    assert not move.answered_by
    text = OPENING + words
    assert text[move.grounds[0].spans[0].start :].startswith(told)


@pytest.mark.parametrize(
    "words",
    [
        "Maravel will not drop its insistence that Torrin first repaint the lighthouses.",
        "Torrin refused to abandon its objections to the new lighthouse keeper.",
        '"Has Maravel dropped its insistence that Torrin repaint the lighthouses?" a reporter asked.',
        "Torrin might drop its objections to the new keeper, a diplomat said.",
        "Torrin will light the lamps if Maravel drops its claim to the harbour, its envoy said.",
        "A mediator urged Maravel to abandon its demand that the lighthouses be repainted.",
        "Torrin wants Maravel to drop its claim to the harbour.",
        "Unless Torrin withdraws its objections, the lamps stay dark, a harbour master said.",
        "The wind dropped and the boats came home.",
        "Maravel never took the question of the lighthouses off the table.",
    ],
)
def test_what_is_no_retreat_is_no_move(words: str) -> None:
    assert not moves(words)


def test_an_answer_within_the_window_is_counted() -> None:
    first, second = moves(
        "Maravel dropped its insistence that Torrin first repaint the lighthouses.\n\n"
        "Torrin backed away from its demand that Maravel close the harbour."
    )
    assert first.answered_by == (second.id,)
    assert second.answered_by == (first.id,)
