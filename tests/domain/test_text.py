"""Places in a text: what a span may be, how spans join, where a character came from."""

import pkgutil
from datetime import date
from importlib import import_module

import pytest
from hypothesis import given
from hypothesis import strategies as st

import winset.domain
from winset.domain.text import Document, Origin, Period, Span, tidy

spans = st.tuples(st.integers(0, 60), st.integers(1, 20)).map(lambda pair: Span(pair[0], pair[0] + pair[1]))


@pytest.mark.parametrize("module", [module.name for module in pkgutil.iter_modules(winset.domain.__path__)])
def test_every_module_can_be_imported(module: str) -> None:
    assert import_module(f"winset.domain.{module}").__doc__


@given(st.lists(spans, max_size=12))
def test_tidy_keeps_every_character_once(given_spans: list[Span]) -> None:
    tidied = tidy(given_spans)
    covered = [at for span in tidied for at in range(span.start, span.end)]
    assert sorted({at for span in given_spans for at in range(span.start, span.end)}) == covered
    assert tidy(tidied) == tidied


def test_an_empty_span_is_refused() -> None:
    with pytest.raises(ValueError, match="0 <= start < end"):
        Span(3, 3)


def test_a_document_knows_where_each_character_came_from() -> None:
    document = Document(
        id="a",
        text="one\ntwo",
        sha256="0" * 64,
        origins=(Origin(0, "bytes 0-4"), Origin(4, None)),
        date=date(2025, 2, 18),
    )
    assert [document.place_of(at) for at in (0, 3, 4)] == ["bytes 0-4", "bytes 0-4", None]
    assert document.quote(Span(4, 7)) == "two"
    with pytest.raises(ValueError, match="past 7 characters"):
        document.quote(Span(4, 8))


def test_a_period_does_not_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="ends on or after"):
        Period(date(2025, 2, 18), date(2025, 2, 17))
