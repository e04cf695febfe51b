"""Pairs of tellings by a table: which are one saying, and what they disagree on; and laws of the comparison."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winset.domain.text import Document
from winset.evidence.attribution import annotate
from winset.evidence.extract import extract
from winset.evidence.repeats import differences, fold
from winset.evidence.sayings import apart, holds, keys, saying

TABLE = Path(__file__).with_name("sayings.txt")
WORDS = st.lists(
    st.sampled_from(
        ["we", "will", "not", "sign", "40", "five", "peace", "Oslo", "the", "treaty", "don’t", "cannot", "…"]
    ),
    max_size=9,
)


def pairs() -> Iterator[tuple[list[str], str]]:
    """The texts of each row of the table and what they are."""
    for block in TABLE.read_text("utf-8").split("\n\n"):
        *texts, expected = [line for line in block.splitlines() if line and not line.startswith("#")] or [""]
        if texts:
            yield [text.replace("\\n", "\n") for text in texts], expected.removeprefix("= ")


def found(texts: list[str]) -> str:
    documents = [
        Document(id=f"d{n}", text=text, sha256="0" * 64, date=date(2026, 5, 14), language="en")
        for n, text in enumerate(texts, 1)
    ]
    statements = {one.id: one for document in documents for one in extract(document, annotate(document.text))}
    folded = fold(documents, list(statements.values()))
    if not folded:
        return "two"
    first, (again, *_) = next(iter(folded.items()))
    differs = differences(statements[first], statements[again], {one.id: one.text for one in documents})
    return "same" + (f": {', '.join(differs)}" if differs else "")


@pytest.mark.parametrize(("texts", "expected"), list(pairs()))
def test_a_pair_of_the_table_is_one_saying_or_two(texts: list[str], expected: str) -> None:
    assert found(texts) == expected


def test_the_table_holds_fifty_pairs_of_both_kinds() -> None:
    kinds = [expected.split(":")[0] for _, expected in pairs()]
    assert len(kinds) >= 50
    assert min(kinds.count("same"), kinds.count("two")) >= 20


@given(WORDS, WORDS)
def test_which_of_two_is_told_first_does_not_matter(one: list[str], two: list[str]) -> None:
    a, b = saying(" ".join(one)), saying(" ".join(two))
    assert apart(a, b, quoted=True) == apart(b, a, quoted=True)


@given(WORDS)
def test_a_saying_holds_itself_and_is_not_apart_from_itself(words: list[str]) -> None:
    one = saying(" ".join(words))
    assert not apart(one, one, quoted=True)
    assert holds(one, one) or not one.words


@given(st.lists(st.sampled_from(["we", "will", "not", "sign", "40", "peace"]), max_size=9), st.integers(0, 8))
def test_a_word_more_or_less_leaves_something_in_common(words: list[str], at: int) -> None:
    one, two = saying(" ".join(words)), saying(" ".join(words[:at] + words[at + 1 :]))
    if two.words and len(one.words) < 8:
        assert keys(one, 4) & keys(two, 4)
