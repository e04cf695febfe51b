"""Stances drafted from the labelled negotiations, before any review: floors, and what must never happen."""

import pytest
from tests.extraction import labelled

from winset.language.annotation import Annotator
from winset.services.annotators import choose
from winset.services.drafting import codebook_of, drafted

NEGOTIATIONS = ("war", "trade", "labour", "climate", "coalition")


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    found = choose("model")
    assert found is not None
    return found


@pytest.mark.parametrize("name", NEGOTIATIONS)
def test_drafting_agrees_with_the_labels(name: str, annotator: Annotator) -> None:
    negotiation = labelled.negotiation(name)
    case = labelled.read(negotiation, annotator)
    book = codebook_of(case)
    assert book.id == negotiation.codebook, "the fitting codebook is chosen by itself"
    result = labelled.agreement(negotiation, labelled.suggestions(drafted(case)[1]), labelled.steps(book.issues))
    assert result.f1 >= 0.72
    assert result.near >= 0.7 * result.found
    assert result.voices >= 0.9 * result.found
    assert result.parties >= 0.9 * result.found
    assert not [one for one in result.extra if one.voice == "own" and one.score > 0.9], "sure and unfounded"


def test_there_are_four_hundred_labels_over_five_negotiations() -> None:
    assert sum(len(labelled.negotiation(name).labels) for name in NEGOTIATIONS) >= 400
