"""Vectors of sentences: of length one, the same alone and together, near where the meaning is; on any text."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from winset.language.meaning import SentenceVectors

PAIRS = (  # two sentences each that mean the same; written for this test
    ("The port must be open to every ship.", "All vessels should be let into the harbour."),
    ("Prisoners should be exchanged all for all.", "Every captive on either side ought to go home in one swap."),
    ("Wages ought to rise with prices.", "Pay should be adjusted to inflation."),
    ("The treaty has to be put to a referendum.", "The people should vote on the agreement."),
    ("Refugees have a right to go back to their villages.", "Those who fled should be able to return home."),
    ("A neutral country should host the next round.", "The coming talks ought to take place on neutral ground."),
)


@pytest.fixture(scope="module")
def meanings() -> SentenceVectors:
    return SentenceVectors()


def test_of_all_sentences_the_nearest_is_the_one_that_means_the_same(meanings: SentenceVectors) -> None:
    one, two = (meanings.vectors(side) for side in zip(*PAIRS, strict=True))
    assert (one @ two.T).argmax(axis=1).tolist() == list(range(len(PAIRS)))


def test_a_sentence_has_its_vector_whatever_it_is_read_with(meanings: SentenceVectors) -> None:
    sentences = [sentence for pair in PAIRS for sentence in pair]
    together = meanings.vectors(sentences)
    alone = np.concatenate([meanings.vectors([sentence]) for sentence in sentences])
    assert np.array_equal(together, alone)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=60))
def test_any_text_has_a_vector_of_length_one(meanings: SentenceVectors, text: str) -> None:
    (vector,) = meanings.vectors([text])
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)


def test_no_sentences_have_no_vectors_and_long_ones_are_cut(meanings: SentenceVectors) -> None:
    assert meanings.vectors([]).shape == (0, 384)
    assert meanings.vectors(["the port " * 5_000]).shape == (1, 384)
