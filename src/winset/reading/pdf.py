"""PDF by pdfium: lines joined to paragraphs by where they stand on the page, each line with its page and box."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from winset.errors import LimitExceeded, ReadingError
from winset.reading.limits import Limits
from winset.reading.parsed import OriginList, Parsed, sized

_SPLIT_HYPHEN = "\ufffe"  # what pdfium writes for a hyphen that a line end put into a word
_SENTENCE_END = tuple(".!?:;\"'”’»)]…")
_DIGITS = re.compile(r"\d+")
_MADE = re.compile(r"D:(\d{4})(\d{2})(\d{2})")
_FILE_NAME = re.compile(r"\.(?:docx?|pdf|odt|rtf|indd|tex|pptx?)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a page; edges in points from the lower left corner."""

    text: str
    page: int
    left: float
    bottom: float
    right: float
    top: float

    @property
    def place(self) -> str:
        return f"page {self.page} box {self.left:.0f},{self.bottom:.0f},{self.right:.0f},{self.top:.0f}"

    @property
    def height(self) -> float:
        return max(self.top - self.bottom, 0.1)


def read_pdf(data: bytes, *, limits: Limits, charset: str | None = None) -> Parsed:
    """Text of all pages, paragraphs apart by an empty line; running heads and page numbers left out with a remark.

    A word that a line end hyphenated is joined. Raises LimitExceeded (pdf-pages, text-chars), and ReadingError for an
    encrypted or damaged file and for one without text (scanned pages).
    """
    document = _opened(data)
    if len(document) > limits.pdf_pages:
        raise LimitExceeded(
            f"a PDF of {len(document):,} pages, more than {limits.pdf_pages:,}; raise the limit with --limit "
            f"pdf-pages={len(document)}",
            limit="pdf-pages",
        )
    lines: list[Line] = []
    damaged = chars = 0
    for number in range(len(document)):
        found = _lines(document, number)
        if found is None:
            damaged += 1
            continue
        lines += found
        chars += sum(len(line.text) for line in found)
        if chars > limits.text_chars:
            raise LimitExceeded(
                f"more than {limits.text_chars:,} characters of text in a PDF; split it, or raise the limit with "
                "--limit text-chars=N",
                limit="text-chars",
            )
    lines, running = _without_running_heads(lines, len(document))
    if not lines:
        raise ReadingError(f"a PDF without text in its {len(document)} pages (scanned pictures?); recognise it first")
    remarks = []
    if damaged:
        remarks.append(f"{damaged} of {len(document)} pages could not be read")
    if running:
        remarks.append(f"{running} running heads and page numbers left out")
    text, places = _joined(lines)
    origins = OriginList(len(text))
    for start, place in places:
        origins.add(start, place)
    meta = document.get_metadata_dict()
    return Parsed(
        text=sized(text, limits),
        origins=origins.done(),
        title=_title(meta.get("Title", "")),
        date=_date(meta.get("CreationDate", "")),
        remarks=tuple(remarks),
    )


def _opened(data: bytes) -> Any:
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            raise ReadingError("an encrypted PDF; save it without a password first") from None
        raise ReadingError(f"a damaged PDF: {error}") from None


def _lines(document: Any, number: int) -> list[Line] | None:
    """The lines of one page in the order of the file; None where the page cannot be loaded."""
    import pypdfium2

    try:
        page = document[number]
        try:
            words = page.get_textpage()
            text = words.get_text_range()
            return list(_boxed(text, words, number + 1))
        finally:
            page.close()
    except pypdfium2.PdfiumError:
        return None


def _boxed(text: str, words: Any, page: int) -> Iterator[Line]:
    from pypdfium2 import raw

    at = 0  # UTF-16 units, as pdfium counts
    for piece in text.split("\n"):
        units = len(piece) + sum(1 for c in piece if c > "\uffff")
        line = piece.rstrip("\r")
        solid = line.strip()
        if solid:
            lead = len(line) - len(line.lstrip())
            first = raw.FPDFText_GetCharIndexFromTextIndex(words, at + lead)
            last = raw.FPDFText_GetCharIndexFromTextIndex(words, at + max(lead, len(line.rstrip()) - 1))
            boxes = [words.get_charbox(index, loose=True) for index in (first, last) if index >= 0]
            left, bottom, right, top = (
                min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)
            ) if boxes else (0.0, 0.0, 0.0, 0.0)  # fmt: skip
            yield Line(text=solid, page=page, left=left, bottom=bottom, right=right, top=top)
        at += units + 1


def _without_running_heads(lines: list[Line], pages: int) -> tuple[list[Line], int]:
    """Without first and last lines that stand, but for their digits, on at least half of three or more pages."""
    edges: dict[int, tuple[int, int]] = {}
    for index, line in enumerate(lines):
        first, _ = edges.get(line.page, (index, index))
        edges[line.page] = (first, index)
    alike = Counter(
        _DIGITS.sub("#", lines[index].text) for ends in edges.values() for index in set(ends) if len(edges) >= 3
    )
    running = {text for text, count in alike.items() if count >= max(3, pages / 2)}
    at_edge = {index for ends in edges.values() for index in ends}
    kept = [
        line for i, line in enumerate(lines) if i not in at_edge or _DIGITS.sub("#", line.text) not in running
    ]  # fmt: skip
    return kept, len(lines) - len(kept)


def _joined(lines: list[Line]) -> tuple[str, list[tuple[int, str]]]:
    """The text, and where each line starts in it."""
    leading = _leading(lines)
    column = _column(lines)
    parts: list[str] = []
    places: list[tuple[int, str]] = []
    at = 0
    before: Line | None = None
    for line in lines:
        if before is not None:
            if _new_paragraph(before, line, leading, column):
                glue = "\n\n"
            elif before.text.endswith(_SPLIT_HYPHEN):
                glue = ""
            else:
                glue = " "
            parts.append(glue)
            at += len(glue)
        words = line.text.replace(_SPLIT_HYPHEN, "")
        places.append((at, line.place))
        parts.append(words)
        at += len(words)
        before = line
    return "".join(parts), places


def _leading(lines: list[Line]) -> float:
    """The distance between the feet of neighbouring lines within a paragraph: the lower quartile of all."""
    steps = [a.bottom - b.bottom for a, b in pairwise(lines) if a.page == b.page]
    steps = sorted(step for step in steps if step > 0.1)
    return steps[(len(steps) - 1) // 4] if steps else 12.0


def _column(lines: list[Line]) -> float:
    """The right edge that full lines reach."""
    edges = sorted(line.right for line in lines)
    return edges[int(0.9 * (len(edges) - 1))]


def _new_paragraph(before: Line, line: Line, leading: float, column: float) -> bool:
    ended = before.text.endswith(_SENTENCE_END)
    if before.page != line.page or line.bottom > before.top:  # another page or column
        return ended or line.text[:1].isupper()
    if before.bottom - line.bottom > 1.45 * leading:
        return True
    if abs(before.height - line.height) > 0.2 * before.height:
        return True
    if line.left - before.left > 0.6 * line.height:  # an indent, unless the line before was itself set back
        return ended
    return ended and before.right < column - 0.15 * (column - before.left)


def _title(title: str) -> str | None:
    title = " ".join(title.split())
    if not title or _FILE_NAME.search(title) or title.lower().startswith(("microsoft word", "untitled")):
        return None
    return title


def _date(made: str) -> date | None:
    found = _MADE.match(made)
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None
