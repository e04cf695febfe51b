"""Bytes to a Document: told by content, parsed in the right place, dated, titled and hashed."""

import hashlib
from pathlib import PurePosixPath

from winset.domain.text import Document
from winset.reading.headings import headline, publication_date
from winset.reading.host import ReaderProcess
from winset.reading.languages import language_of
from winset.reading.table import format_of

_DATED_BY_FILE = ("pdf", "docx")  # whose own date is that of the file, not of what it says


def read_document(
    data: bytes, *, id: str, file: str | None, process: ReaderProcess, charset: str | None = None
) -> Document:
    """One document from its bytes.

    `file` is its name as given (only its suffix matters here), None for standard input. `charset` is used where the
    bytes are not UTF-8. Raises ReadingError, or LimitExceeded with the name of the limit.
    """
    suffix = PurePosixPath(file).suffix if file else ""
    kind = format_of(data, suffix)
    if kind.hostile:
        parsed = process.read(data, kind, charset=charset)
    else:
        parsed = kind.load()(data, limits=process.limits, charset=charset)
    remarks = list(parsed.remarks)
    stated = publication_date(parsed.text)
    if kind.name in _DATED_BY_FILE:
        day = stated or parsed.date
        if day and not stated:
            remarks.append("dated by the file's own properties, not by its text")
    else:
        day = parsed.date or stated
    return Document(
        id=id,
        text=parsed.text,
        sha256=hashlib.sha256(data).hexdigest(),
        origins=parsed.origins,
        file=file,
        media_type=kind.media_type,
        title=parsed.title or headline(parsed.text),
        date=day,
        language=language_of(parsed.text),
        remarks=tuple(remarks),
    )
