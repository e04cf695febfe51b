"""Documents, spans, grounds and periods as plain JSON values."""

from typing import Any

from winset.domain.plain.fields import Fields, day, plain_day, shown
from winset.domain.text import Document, Grounds, Origin, Period, Span, Spans
from winset.errors import CaseError


def spans_to(spans: Spans) -> list[list[int]]:
    """`[[start, end], ...]`."""
    return [[span.start, span.end] for span in spans]


def spans_from(fields: Fields, key: str) -> Spans:
    """Spans under `key`, empty where absent."""
    found = []
    for n, one in enumerate(fields.items(key)):
        whole = isinstance(one, list | tuple) and len(one) == 2 and all(type(end) is int for end in one)
        if not whole or not 0 <= one[0] < one[1]:
            wanted = "a span [start, end] in code points with 0 <= start < end"
            raise CaseError(f"{fields.at(key)}[{n}]: expected {wanted}, got {shown(one)}")
        found.append(Span(one[0], one[1]))
    return tuple(found)


def grounds_to(grounds: tuple[Grounds, ...]) -> list[dict[str, Any]]:
    """`[{"doc", "statement", "spans"}, ...]`."""
    return [{"doc": g.doc, "statement": g.statement, "spans": spans_to(g.spans)} for g in grounds]


def grounds_from(fields: Fields, key: str = "grounds") -> tuple[Grounds, ...]:
    """Grounds under `key`, empty where absent; a statement id alone is enough."""

    def read(one: Fields) -> Grounds:
        statement = one.text("statement", None)
        doc = one.id("doc", statement.rpartition("#")[0] if statement and "#" in statement else None)
        if not doc:
            raise CaseError(f"{one.path}: 'doc' is missing; give the id of the document that this rests on")
        return Grounds(doc=doc, statement=statement, spans=spans_from(one, "spans"))

    return fields.records(key, read)


def period_to(period: Period | None) -> dict[str, str] | None:
    """`{"from", "to"}`."""
    return {"from": period.start.isoformat(), "to": period.end.isoformat()} if period else None


def period_from(fields: Fields, key: str) -> Period | None:
    """A period under `key`; a single date is a period of one day."""
    if not fields.has(key):
        return None
    if isinstance(fields.value[key], str):
        only = day(fields.value[key], fields.at(key))
        return Period(only, only)
    one = Fields(fields.value[key], fields.at(key), fields.remarks)
    start, end = one.day("from", None), one.day("to", None)
    one.done()
    if start is None and end is None:
        return None
    return Period(start or end, end or start)


def document_to(document: Document) -> dict[str, Any]:
    """One document with its text."""
    return {
        "doc": document.id,
        "file": document.file,
        "title": document.title,
        "date": plain_day(document.date),
        "language": document.language,
        "media_type": document.media_type,
        "sha256": document.sha256,
        "remarks": list(document.remarks),
        "origins": [[origin.start, origin.place] for origin in document.origins],
        "text": document.text,
    }


def document_from(fields: Fields) -> Document:
    """One document. Raises CaseError where a field is of the wrong kind."""
    origins = []
    for n, one in enumerate(fields.items("origins")):
        pair = isinstance(one, list | tuple) and len(one) == 2
        if not pair or type(one[0]) is not int or one[0] < 0 or not isinstance(one[1], str | None):
            raise CaseError(f"{fields.at('origins')}[{n}]: expected [start, place], got {shown(one)}")
        origins.append(Origin(one[0], one[1]))
    sha256 = fields.text("sha256").lower()
    if len(sha256) != 64 or set(sha256) - set("0123456789abcdef"):
        raise fields.wrong("sha256", "64 hexadecimal digits")
    return Document(
        id=fields.id("doc"),
        text=fields.text("text"),
        sha256=sha256,
        origins=tuple(origins),
        file=fields.text("file", None),
        media_type=fields.text("media_type", "text/plain"),
        title=fields.text("title", None),
        date=fields.day("date"),
        language=fields.text("language", "und"),
        remarks=fields.texts("remarks"),
    )
