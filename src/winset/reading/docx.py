"""Word documents: paragraphs and table cells in their order, each with its part and number."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from winset.errors import ReadingError
from winset.reading.archive import open_archive
from winset.reading.limits import Limits
from winset.reading.parsed import OriginList, Parsed, sized
from winset.reading.xml import refuse_doctype

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BREAKS = {_W + "tab": "\t", _W + "br": "\n", _W + "cr": "\n", _W + "noBreakHyphen": "\u2011"}
_TEMPLATE = datetime(2013, 12, 23, 23, 15)  # noqa: DTZ001 - as stored: the date of python-docx's own template


def read_docx(data: bytes, *, limits: Limits, charset: str | None = None) -> Parsed:
    """Body text with paragraphs apart by an empty line, then foot- and endnotes; title and date of its properties.

    Text that a tracked change deletes is left out, text that it inserts is in; a remark says so.
    Raises LimitExceeded or ReadingError from the look through the archive and its XML, before python-docx sees it.
    """
    archive = open_archive(data, limits=limits)
    names = set(archive.namelist())
    if "[Content_Types].xml" not in names or not any(name.startswith("word/") for name in names):
        raise ReadingError("a ZIP archive that is no Word document; unpack it and give the files in it")
    for name in sorted(names):
        if name.endswith((".xml", ".rels")):
            refuse_doctype(archive.read(name), name=f"part {name}")
    document = _opened(data)
    paragraphs = list(_paragraphs(document.element.body, "word/document.xml"))
    paragraphs += _notes(document)
    kept = [(text, place) for text, place in paragraphs if text.strip()]
    text = sized("\n\n".join(text for text, _ in kept), limits)
    if not text:
        raise ReadingError("a Word document without text (perhaps a scanned picture)")
    origins, at = OriginList(len(text)), 0
    for words, place in kept:
        origins.add(at, place)
        at += len(words) + 2
    properties = document.core_properties
    deleted = sum(1 for _ in document.element.body.iter(_W + "del"))
    remarks = [f"{deleted} tracked deletions left out"] if deleted else []
    return Parsed(
        text=text,
        origins=origins.done(),
        title=(properties.title or "").strip() or None,
        date=_date(properties),
        remarks=tuple(remarks),
    )


def _opened(data: bytes) -> Any:
    import docx
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError

    try:
        return docx.Document(io.BytesIO(data))
    except (OpcError, LxmlError, KeyError, ValueError, AttributeError, zipfile.BadZipFile) as error:
        raise ReadingError(f"a damaged Word document: {error}") from None


def _paragraphs(root: Any, part: str) -> Iterator[tuple[str, str]]:
    """Text and place of every paragraph below `root`, tables included, numbered from 1 in the order of the file."""
    for number, paragraph in enumerate(root.iter(_W + "p"), 1):
        yield _text(paragraph), f"{part} paragraph {number}"


def _text(paragraph: Any) -> str:
    """The characters of one paragraph: runs, links, insertions; not deletions, not a text box's own paragraphs."""
    parts: list[str] = []
    stack = list(reversed(paragraph))
    while stack:
        node = stack.pop()
        if node.tag == _W + "t":
            parts.append(node.text or "")
        elif node.tag in _BREAKS:
            parts.append(_BREAKS[node.tag])
        elif node.tag not in (_W + "p", _W + "del", _W + "pPr", _W + "rPr"):
            stack.extend(reversed(node))
    return "".join(parts)


def _notes(document: Any) -> list[tuple[str, str]]:
    """Foot- and endnotes; python-docx keeps their parts as bytes."""
    from winset.reading.xml import parse_xml

    found: list[tuple[str, str]] = []
    for part in document.part.package.iter_parts():
        name = str(part.partname).lstrip("/")
        if name in ("word/footnotes.xml", "word/endnotes.xml"):
            found += _paragraphs(parse_xml(part.blob, name=f"part {name}"), name)
    return found


def _date(properties: Any) -> date | None:
    try:
        made = properties.created
    except ValueError:
        return None
    if not isinstance(made, datetime) or made.replace(tzinfo=None, second=0, microsecond=0) == _TEMPLATE:
        return None
    return made.date()
