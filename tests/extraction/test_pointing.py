"""Pointers against the labelled sentences: precision of every kind, recall of all, near misses, and what each row's example shows."""

import pytest
from tests.extraction import pointing

from winset.evidence.lexicon import load
from winset.language.annotation import Annotator
from winset.services.annotators import choose


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    found = choose("model")
    assert found is not None
    return found


def test_there_are_a_hundred_and_fifty_sentences_and_a_third_is_held_out() -> None:
    known, held = pointing.rows("known"), pointing.rows("held")
    assert len(known) + len(held) >= 150
    assert len(held) >= len(known) / 3
    assert all(sum(label.kind == kind for row in held for label in row.labels) >= 4 for kind in pointing.KINDS)
    assert sum(not row.labels for row in (*known, *held)) >= 40, "near misses"


@pytest.mark.parametrize(
    ("name", "recall"),
    [
        ("known", 0.9),
        ("held", 0.8),
        ("looked-1", 0.95),
        ("looked-2", 0.85),
        ("looked-3", 0.9),
        ("looked-4", 0.9),
        ("looked-5", 0.9),
        ("looked-6", 0.85),
        ("looked-7", 0.8),
        ("looked-8", 0.75),
    ],
)
def test_precision_by_kind_and_recall(name: str, recall: float, annotator: Annotator) -> None:
    parties = pointing.parties(name)
    counts, wrong = pointing.counted((row, pointing.read(row.text, parties, annotator)) for row in pointing.rows(name))
    for kind, one in counts.items():
        assert one.right >= 0.8 * one.read, (kind, wrong)
    assert sum(one.right for one in counts.values()) >= recall * sum(one.labels for one in counts.values())


def test_what_is_read_names_its_words_exactly(annotator: Annotator) -> None:
    for row in pointing.rows("known"):
        for one in pointing.read(row.text, pointing.parties("known"), annotator):
            (span,) = one.grounds[0].spans
            assert span.end <= len(row.text)
            assert one.why[0].split("”")[0].removeprefix("“") in row.text
            assert 0 < one.score <= 1


@pytest.mark.parametrize("number", range(len(load("pointers")["row"])))
def test_each_row_fits_its_own_example(number: int) -> None:
    from winset.evidence.pointers import pattern_of

    lists = load("pointers")
    row = lists["row"][number]
    assert pattern_of(row["words"], lists["words"]).search(row["example"]), row["example"]


def test_rows_are_found_by_their_first_letters_as_by_trying_each(annotator: Annotator) -> None:
    from winset.evidence.pointers import index, rows

    texts = [row.text for name in ("known", "looked-1", "looked-2") for row in pointing.rows(name)]
    text = "\n".join([*texts, *(text.upper() for text in texts)])
    tried = {(n, found.span()) for n, row in enumerate(rows()) for found in row.pattern.finditer(text)}
    assert {(n, found.span()) for n, found in index().matches(text)} == tried
    assert len(tried) > 300


@pytest.mark.parametrize("number", range(len(load("pointers")["row"])))
def test_each_row_is_linear(number: int) -> None:
    import time

    from tests.hostile.test_regexes import FAMILIES

    from winset.evidence.pointers import pattern_of

    lists = load("pointers")
    pattern = pattern_of(lists["row"][number]["words"], lists["words"])
    for family, unit in FAMILIES.items():
        text = (unit * (20_000 // max(len(unit), 1) + 1))[:20_000]
        start = time.process_time()
        for _ in pattern.finditer(text):
            pass
        assert time.process_time() - start < 1.0, family
