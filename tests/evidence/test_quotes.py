"""Pairing of quotation marks: any text, exact spans, linear time."""

import itertools
import time

from hypothesis import given
from hypothesis import strategies as st

from winset.domain.text import Span
from winset.evidence.attribution import annotate
from winset.evidence.quotes import quotations

PIECES = [*"ab .,?!\n\"“”„«»'`’—:", "said", " he ", "\u202e", "😀", "и", "م"]
TEXT = st.lists(st.sampled_from(PIECES), max_size=120).map("".join)


@given(TEXT)
def test_quotations_are_apart_and_inside_their_paragraph(text: str) -> None:
    if not text:
        return
    found = quotations(text, Span(0, len(text)))
    for before, after in itertools.pairwise(found):
        assert before.span.end <= after.span.start
    assert all(q.span.end <= len(text) for q in found)


@given(TEXT)
def test_annotating_never_fails_and_never_leaves_the_text(text: str) -> None:
    for attribution in annotate(text).attributions:
        for span in attribution.source + attribution.cue + attribution.content:
            assert span.end <= len(text)
            assert span.of(text).strip()


def test_nested_and_unclosed_marks() -> None:
    text = "“He said “no” twice,” she said. “And then"
    assert [q.span.of(text) for q in quotations(text, Span(0, len(text)))] == ["“He said “no” twice,”", "“And then"]
    assert quotations(text, Span(0, len(text)))[1].closed is False


def test_time_grows_with_the_length_only() -> None:
    def cost(n: int) -> float:
        text = '"Yes," he said, and ' * n
        start = time.process_time()
        annotate(text)
        return time.process_time() - start

    cost(200)
    assert cost(20_000) <= 40 * max(cost(2_000), 0.002)
