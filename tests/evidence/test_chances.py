"""Chances of classes by words, against counts by hand and laws."""

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from winset.evidence.chances import WordChances, softmax
from winset.evidence.likeness import weighty


def test_the_odds_are_those_of_the_counts() -> None:
    chances = WordChances([["more pay", "more pay"], ["less work", "less work"]], str.split)
    # Each class has two texts; "more", "pay" and both pairs of them stand in two of the first and none of the second.
    first, second, all_ = (2 + 0.3) / (2 + 0.6), 0.3 / (2 + 0.6), (2 + 0.3) / (4 + 0.6)
    odds = [math.log(first / all_) / 2.0, math.log(second / all_) / 2.0]
    expected = softmax(np.array([4 * odds[0], 4 * odds[1]]))
    assert np.allclose(chances.of("more pay"), expected)
    assert chances.of("tea").tolist() == [0.5, 0.5]


@given(st.lists(st.lists(st.text(max_size=40), min_size=1, max_size=4), min_size=2, max_size=4), st.text(max_size=60))
def test_chances_sum_to_one_and_order_of_texts_does_not_matter(classes: list[list[str]], text: str) -> None:
    found = WordChances(classes, weighty).of(text)
    assert math.isclose(float(found.sum()), 1.0, abs_tol=1e-9)
    assert np.allclose(found, WordChances([list(reversed(each)) for each in classes], weighty).of(text))
