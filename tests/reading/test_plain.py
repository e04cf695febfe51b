"""Plain text is the file, code point for code point."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winset.errors import LimitExceeded, ReadingError
from winset.reading.limits import Limits
from winset.reading.plain import BINARY_SHARE, control_characters, read_plain

LIMITS = Limits()
texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=80).filter(
    lambda text: control_characters(text) <= BINARY_SHARE * len(text) and text[0] != "\ufeff"
)


@given(texts)
def test_utf_8_comes_back_as_it_was(text: str) -> None:
    assert read_plain(text.encode(), limits=LIMITS).text == text


@given(texts, st.sampled_from(["utf-8-sig", "utf-16", "utf-32"]))
def test_a_byte_order_mark_is_the_only_thing_left_out(text: str, encoding: str) -> None:
    assert read_plain(text.encode(encoding), limits=LIMITS).text == text


@given(texts)
def test_every_line_leads_back_to_its_bytes(text: str) -> None:
    data = b"\xef\xbb\xbf" + text.encode()
    parsed = read_plain(data, limits=LIMITS)
    starts = [origin.start for origin in parsed.origins]
    for start, end, origin in zip(starts, [*starts[1:], len(text)], parsed.origins, strict=True):
        assert origin.place is not None
        first, _, last = origin.place.removeprefix("bytes ").partition("-")
        assert data[int(first) : int(last)].decode() == text[start:end]


@pytest.mark.parametrize(
    ("data", "charset", "text"),
    [
        ("a “quote” – it’s".encode("cp1252"), None, "a “quote” – it’s"),
        (b"a \x81 b", None, "a \x81 b"),  # unassigned in Windows-1252: a control character, as browsers read it
        ("Президент".encode("cp1251"), "windows-1251", "Президент"),
        ("Президент".encode(), "windows-1251", "Президент"),
        (b"caf\xe9", "no-such-charset", "café"),
        (b"caf\xe9", "hex", "café"),
        (b"one\r\ntwo\rthree\n", None, "one\r\ntwo\rthree\n"),
        (b"<html><p>Not parsed &amp; kept</p>", None, "<html><p>Not parsed &amp; kept</p>"),
    ],
)
def test_the_character_set_is_utf_8_then_the_declared_one_then_windows_1252(
    data: bytes, charset: str | None, text: str
) -> None:
    assert read_plain(data, limits=LIMITS, charset=charset).text == text


@pytest.mark.parametrize("data", [bytes(range(256)) * 4, b"\0" * 100, b"\x7fELF\0\0\x01\xff"])
def test_a_binary_file_is_no_text(data: bytes) -> None:
    with pytest.raises(ReadingError, match="binary"):
        read_plain(data, limits=LIMITS)


def test_a_text_that_is_too_long_names_its_limit() -> None:
    with pytest.raises(LimitExceeded, match="--limit text-chars=11") as caught:
        read_plain(b"x" * 11, limits=Limits(text_chars=10))
    assert caught.value.limit == "text-chars"


def test_a_text_of_a_million_lines_keeps_few_origins() -> None:
    parsed = read_plain(b"a\n" * 1_000_000, limits=LIMITS)
    assert 1_000 < len(parsed.origins) <= 20_001
    assert parsed.origins[-1].place == f"bytes {parsed.origins[-1].start}-{parsed.origins[-1].start + 2}"
