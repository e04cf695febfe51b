"""What is said on behind a joint at which the reader stopped."""

import pytest

from winset.domain.text import Span
from winset.evidence import predicates
from winset.language.annotation import Attribution


def told(text: str, source: str, cue: str, content: str) -> Attribution:
    def span(words: str) -> Span:
        start = text.index(words)
        return Span(start, start + len(words))

    return Attribution(source=(span(source),), cue=(span(cue),), content=(span(content),), score=0.9)


@pytest.mark.parametrize(
    ("text", "content", "whole"),
    [
        ("Holm said her side liked the patrols but still wanted 70 tonnes. It rained.", "her side liked the patrols but", "her side liked the patrols but still wanted 70 tonnes"),
        ("Holm said the offer was fair, but the strike goes on.", "the offer was fair, but", "the offer was fair"),
        ("Holm said the offer was fair and", "the offer was fair and", "the offer was fair"),
        ("Holm said the offer was fair.", "the offer was fair", "the offer was fair"),
    ],
)  # fmt: skip
def test_a_clause_that_stops_at_a_joint_goes_on_or_ends_before_it(text: str, content: str, whole: str) -> None:
    one = predicates.rejoined(text, told(text, "Holm", "said", content), [5])
    assert one.content[0].of(text) == whole


@pytest.mark.parametrize(
    ("text", "first", "cue", "content"),
    [
        ("Holm said the office could help, but ruled out sending troops.", "the office could help", "ruled out", "sending troops"),
        ("Holm welcomed the draft and called for a vote.", "the draft", "called for", "a vote"),
        ("Holm praised the envoy but said the text was thin.", "the envoy", "said", "the text was thin"),
        ("Holm rejected the draft but pledged to return.", "the draft", "pledged", "to return"),
    ],
)  # fmt: skip
def test_the_next_predicate_of_a_subject_is_told_by_it(text: str, first: str, cue: str, content: str) -> None:
    head = text.split()[1]
    (more,) = predicates.further(text, [told(text, "Holm", head, first)])
    assert (more.cue[0].of(text), more.content[0].of(text)) == (cue, content)
    assert more.source[0].of(text) == "Holm"


def test_somebody_else_s_predicate_is_not_added() -> None:
    text = "Holm said the text was thin, but many companies have asked for more."
    assert predicates.further(text, [told(text, "Holm", "said", "the text was thin")]) == []
