"""Bytes to characters: UTF-8, else the declared character set, else Windows-1252."""

import codecs
import re
from dataclasses import dataclass

MARKS = (  # longest first: the UTF-32 mark begins with the UTF-16 one
    (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
_DECLARED = re.compile(rb"charset[ \t]{0,9}=[ \t]{0,9}[\"']?([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)
_XML_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding=[\"']([A-Za-z0-9_.:-]{1,40})")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The characters, the encoding that gave them, and how many bytes of a byte-order mark came first."""

    text: str
    encoding: str
    mark: int = 0

    def bytes_of(self, text: str) -> int:
        """How many bytes of the source a stretch of the text is."""
        if self.encoding in ("windows-1252", "latin-1"):
            return len(text)
        return len(text.encode(self.encoding, "surrogatepass"))


def decode(data: bytes, *, declared: str | None = None) -> Decoded:
    """The text of `data`, every byte kept.

    A byte-order mark decides and is left out of the text. Without one: UTF-8 where it fits, else `declared` where
    Python knows it and it fits and gives the same bytes back, else Windows-1252 as browsers read it (its five
    unassigned bytes become control characters), which fits anything.
    """
    for mark, encoding in MARKS:
        if data.startswith(mark):
            try:
                return Decoded(data[len(mark) :].decode(encoding), encoding, len(mark))
            except UnicodeDecodeError:
                break
    for candidate in ("utf-8", declared):
        known = candidate and _codec(candidate)
        if not known:
            continue
        try:
            text = data.decode(known)
            if known == "utf-8" or text.encode(known) == data:
                return Decoded(text, known)
        except UnicodeError:
            continue
    try:
        return Decoded(data.decode("cp1252"), "windows-1252")
    except UnicodeDecodeError:
        return Decoded("".join(_WEB_1252[byte] for byte in data), "windows-1252")


def declared_charset(data: bytes) -> str | None:
    """The character set that an HTML page names in its first 1,024 bytes, or an XML declaration does."""
    head = data[:1024]
    found = _XML_DECLARED.search(head) or _DECLARED.search(head)
    return found[1].decode("ascii") if found else None


def _codec(name: str) -> str | None:
    """Python's own name of a text encoding; None where it knows none (`hex` and `rot13` are not text)."""
    try:
        info = codecs.lookup(name)
    except LookupError:
        return None
    return info.name if getattr(info, "_is_text_encoding", True) and info.name not in ("idna", "punycode") else None


def _web_1252() -> tuple[str, ...]:
    table = []
    for byte in range(256):
        try:
            table.append(bytes([byte]).decode("cp1252"))
        except UnicodeDecodeError:
            table.append(chr(byte))
    return tuple(table)


_WEB_1252 = _web_1252()
