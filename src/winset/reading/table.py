"""The literal table of formats: how each is told by its content, which names it goes by, and what reads it."""

import re
from dataclasses import dataclass
from importlib import import_module
from typing import Protocol

from winset.errors import ReadingError
from winset.reading.archive import NESTED
from winset.reading.decoding import MARKS
from winset.reading.limits import Limits
from winset.reading.parsed import Parsed


class Reader(Protocol):
    """What every parser is: bytes in, Parsed out, ReadingError where it cannot."""

    def __call__(self, data: bytes, *, limits: Limits, charset: str | None = None) -> Parsed: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One kind of document. `hostile`: its parser runs only in the limited child process."""

    name: str
    words: str
    media_type: str
    suffixes: tuple[str, ...]
    reader: str  # "module:function"
    hostile: bool

    def load(self) -> Reader:
        module, _, function = self.reader.partition(":")
        reader: Reader = getattr(import_module(module), function)
        return reader


FORMATS = (
    Format(
        name="text", words="plain text", media_type="text/plain", suffixes=(".txt", ".text", ".md", ".markdown"),
        reader="winset.reading.plain:read_plain", hostile=False,
    ),
    Format(
        name="html", words="HTML", media_type="text/html", suffixes=(".html", ".htm", ".xhtml"),
        reader="winset.reading.html:read_html", hostile=True,
    ),
    Format(
        name="pdf", words="PDF", media_type="application/pdf", suffixes=(".pdf",),
        reader="winset.reading.pdf:read_pdf", hostile=True,
    ),
    Format(
        name="docx", words="a Word document (DOCX)", suffixes=(".docx",),
        media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        reader="winset.reading.docx:read_docx", hostile=True,
    ),
    Format(
        name="mail", words="an e-mail", media_type="message/rfc822", suffixes=(".eml",),
        reader="winset.reading.mail:read_mail", hostile=True,
    ),
)  # fmt: skip
BY_NAME = {one.name: one for one in FORMATS}
BY_SUFFIX = {suffix: one for one in FORMATS for suffix in one.suffixes}

# Beginnings of files that are no documents, or none that can be read here, and what to do about them.
_OTHERS = (
    (b"\x89PNG\r\n", "a PNG picture"), (b"\xff\xd8\xff", "a JPEG picture"), (b"GIF8", "a GIF picture"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file or an encrypted one; save it as DOCX"),
    (b"\x7fELF", "a program"), (b"SQLite format 3\0", "a database"), (b"{\\rtf", "RTF; save it as DOCX or text"),
    (b"%!PS", "PostScript; save it as PDF"), (b"ID3", "a sound file"), (b"OggS", "a sound file"),
    *((magic, f"a {name} archive; unpack it first") for magic, name in NESTED if name != "ZIP"),
)  # fmt: skip
_HTML = re.compile(rb"<(?:!doctype[ \t\r\n]{1,9}html|html|head|body|article|div|p|h1|meta|title)\b", re.IGNORECASE)
_MAIL_LINE = re.compile(rb"[!-9;-~]{1,76}:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*")
_MAIL_NAMES = re.compile(
    rb"^(?:from|to|subject|date|received|message-id|mime-version|return-path|content-type|delivered-to|x-[\w-]{1,60}):",
    re.IGNORECASE,
)
_MAIL_SURE = re.compile(rb"^(?:from|received|message-id|mime-version|return-path|delivered-to):", re.IGNORECASE | re.M)


def format_of(data: bytes, suffix: str) -> Format:
    """What a file holds, from its content; the name's suffix must agree where it promises something.

    `suffix` with its dot, "" for none. A `.txt` file (and any other name for text) is text whatever it looks like,
    unless it is binary. Raises ReadingError for an empty file, a kind that is not read, or a mislabelled one.
    """
    if not data.strip(b" \t\r\n\v\f\0") and b"\0" not in data:
        raise ReadingError("an empty file" if not data else "a file of blanks only")
    named = BY_SUFFIX.get(suffix.lower())
    seen = _seen(data)
    if named is None:
        return seen
    if named.name == "text":
        if seen.name in ("pdf", "docx"):
            raise _mislabelled(suffix, seen)
        return named
    if seen is not named and not _harmless(named, seen, data):
        raise _mislabelled(suffix, seen)
    return named


def _seen(data: bytes) -> Format:
    if b"%PDF-" in data[:1024] and not data[:1024].lstrip().startswith(b"<"):
        return BY_NAME["pdf"]
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return BY_NAME["docx"]
    for magic, words in _OTHERS:
        if data.startswith(magic):
            raise ReadingError(f"not a document that can be read here: {words}")
    head = data[:4096]
    for mark, encoding in MARKS:
        if head.startswith(mark):
            head = head[len(mark) :].decode(encoding, "replace").encode("utf-8", "replace")
            break
    start = head.lstrip()
    if start.startswith(b"<") and _HTML.search(head):
        return BY_NAME["html"]
    if start.startswith(b"<?xml"):
        raise ReadingError("not a document that can be read here: XML; save it as text or HTML")
    if _is_mail(head):
        return BY_NAME["mail"]
    return BY_NAME["text"]


def _is_mail(head: bytes) -> bool:
    """Whether it begins with at least three lines of a mail's head, one of them of a kind that only mails have."""
    head = head.lstrip(b"\r\n")
    if head.startswith(b"From "):
        head = head.partition(b"\n")[2]
    at, names = 0, 0
    while found := _MAIL_LINE.match(head, at):
        names += bool(_MAIL_NAMES.match(found[0]))
        at = found.end()
    return names >= 3 and bool(_MAIL_SURE.search(head[:at]))


def _harmless(named: Format, seen: Format, data: bytes) -> bool:
    """Content that does not look like what the name says, but may well be: a fragment of HTML, a mail's short head."""
    if seen.name != "text":
        return False
    if named.name == "html":
        return b"<" in data and bool(re.search(rb"</?[A-Za-z][A-Za-z0-9]{0,20}[\s/>]", data[:65_536]))
    return named.name == "mail" and bool(_MAIL_LINE.match(data.lstrip(b"\r\n")))


def _mislabelled(suffix: str, seen: Format) -> ReadingError:
    hint = f"; rename it to {seen.suffixes[0]}" if seen.suffixes else ""
    return ReadingError(f"mislabelled: named {suffix} but it holds {seen.words}{hint}")
