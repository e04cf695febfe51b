"""Web pages: the main text by trafilatura, each line led back to its bytes."""

from datetime import date
from typing import Any

from winset.errors import ReadingError
from winset.reading.decoding import Decoded, declared_charset, decode
from winset.reading.limits import Limits
from winset.reading.markup import Markup, Places, blocks, scan
from winset.reading.parsed import OriginList, Parsed, sized

_MARKERS = ("- ", "* ")  # that cleaning puts in front of list items


def read_html(data: bytes, *, limits: Limits, charset: str | None = None) -> Parsed:
    """The main text of a page, paragraphs apart by an empty line; title and date as the page's metadata state them.

    Where no main text can be told apart, all visible text outside navigation and forms, with a remark.
    Raises LimitExceeded before parsing (html-depth, html-attributes), ReadingError for a page without text.
    """
    decoded = decode(data, declared=charset or declared_charset(data))
    markup = scan(decoded.text, limits=limits)
    remarks = []
    found = _main_text(decoded.text)
    lines = [line.strip() for line in (found.text or "").split("\n")] if found else []
    lines = [line for line in lines if line]
    if not lines:
        lines = _visible(markup)
        remarks.append("no main text could be told apart: all visible text was taken")
    if not lines:
        raise ReadingError("an HTML page without text")
    text = sized("\n\n".join(lines), limits)
    origins = _origins(lines, decoded, markup)
    return Parsed(
        text=text,
        origins=origins.done(),
        title=_title(found),
        date=_date(found),
        remarks=(*remarks, *origins.remarks()),
    )


def _main_text(page: str) -> Any:
    """trafilatura's document; None where it finds nothing. No date is guessed from the running text."""
    from trafilatura.core import bare_extraction

    return bare_extraction(
        page,
        with_metadata=True,
        include_comments=False,
        include_tables=True,
        date_extraction_params={"original_date": True, "extensive_search": False, "max_date": "2199-12-31"},
    )


def _visible(markup: Markup) -> list[str]:
    return [text for _, text in blocks(markup)] or [text for _, text in blocks(markup, aside=True)]


def _origins(lines: list[str], decoded: Decoded, markup: Markup) -> OriginList:
    """Ranges of bytes for each line, in the order of the text."""
    places = Places(markup)
    ranges = [places.find(line.removeprefix(_MARKERS[0]).removeprefix(_MARKERS[1])) for line in lines]
    in_bytes = _byte_offsets(decoded, sorted({end for found in ranges if found for end in found}))
    origins = OriginList(sum(map(len, lines)) + 2 * len(lines))
    at = 0
    for line, found in zip(lines, ranges, strict=True):
        origins.add(at, f"bytes {in_bytes[found[0]]}-{in_bytes[found[1]]}" if found else None)
        at += len(line) + 2
    return origins


def _byte_offsets(decoded: Decoded, offsets: list[int]) -> dict[int, int]:
    """For rising offsets in characters, those in bytes."""
    done: dict[int, int] = {}
    before, at = 0, decoded.mark
    for offset in offsets:
        at += decoded.bytes_of(decoded.text[before:offset])
        before = offset
        done[offset] = at
    return done


def _title(found: Any) -> str | None:
    title = (found.title or "").strip() if found else ""
    return title or None


def _date(found: Any) -> date | None:
    try:
        return date.fromisoformat(found.date) if found and found.date else None
    except ValueError:
        return None
