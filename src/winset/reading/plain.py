"""Plain text: the file, code point for code point."""

from winset.domain.text import Origin
from winset.errors import ReadingError
from winset.reading.decoding import Decoded, decode
from winset.reading.limits import Limits
from winset.reading.parsed import OriginList, Parsed, sized

BINARY_SHARE = 0.1  # of control characters that no text editor writes


def read_plain(data: bytes, *, limits: Limits, charset: str | None = None) -> Parsed:
    """Text as decoded: line ends, blanks and odd characters stay; only a byte-order mark is left out.

    An Origin for each line, with its range of bytes. Raises ReadingError for something that is no text.
    """
    decoded = decode(data, declared=charset)
    text = sized(decoded.text, limits)
    controls = control_characters(text)
    if (controls and decoded.encoding == "windows-1252") or controls > BINARY_SHARE * len(text):
        raise ReadingError("a binary file, not text: it holds control characters that no text has")
    remarks = []
    if decoded.encoding == "windows-1252":
        remarks.append("not valid UTF-8: read as Windows-1252")
    elif decoded.encoding != "utf-8":
        remarks.append(f"read as {decoded.encoding}")
    if controls:
        remarks.append(f"holds {controls} control characters, kept as they are")
    return Parsed(text=text, origins=line_origins(decoded), remarks=tuple(remarks))


def control_characters(text: str) -> int:
    """How many characters are C0 controls other than blanks, line ends, form feed, escape and backspace."""
    return sum(text.count(control) for control in _CONTROLS)


def line_origins(decoded: Decoded) -> tuple[Origin, ...]:
    """Where each line lies in the source, as half-open ranges of bytes."""
    origins = OriginList(len(decoded.text))
    at, start = decoded.mark, 0
    for line in decoded.text.splitlines(keepends=True):
        length = decoded.bytes_of(line)
        origins.add(start, f"bytes {at}-{at + length}")
        at, start = at + length, start + len(line)
    return origins.done()


_CONTROLS = tuple(chr(code) for code in range(32) if chr(code) not in "\t\n\v\f\r\b\x1b")
