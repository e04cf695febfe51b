"""Reading sources into documents, one at a time, in the order given."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from winset.domain.text import Document
from winset.errors import LimitExceeded, ReadingError
from winset.reading.documents import read_document
from winset.reading.host import ReaderProcess
from winset.reading.limits import Limits
from winset.services.corpora import Member, expanded
from winset.services.files import Ids, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """A source that could not be read: why, and which limit it hit if it hit one."""

    doc: str
    file: str | None
    reason: str
    limit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A source that was read: the document and the very bytes that it came from."""

    document: Document
    data: bytes


def read_sources(
    given: Iterable[Source], *, limits: Limits | None = None, charset: str | None = None, ids: Ids | None = None
) -> Iterator[Taken | SetAside]:
    """Each source as a document or set aside with its reason, one at a time, in the order given; a corpus article by
    article. Raises ResourceError where a corpus needs a library that is not there."""
    ids = ids or Ids()
    with ReaderProcess(limits or Limits()) as process:
        for source in expanded(given, process.limits):
            yield read_source(source, ids.take(source.stem), process=process, charset=charset)


def read_source(
    source: Source | Member, id: str, *, process: ReaderProcess, charset: str | None = None
) -> Taken | SetAside:
    """One source as a document, or set aside."""
    try:
        data = source.bytes(process.limits)
        if isinstance(source, Member):
            document = read_document(data, id=id, file=source.named, process=process, charset=source.charset or charset)
            document = replace(
                document, file=source.shown, title=source.title or document.title, date=source.date or document.date
            )
        else:
            document = read_document(data, id=id, file=source.shown, process=process, charset=charset)
        return Taken(document=document, data=data)
    except ReadingError as error:
        limit = error.limit if isinstance(error, LimitExceeded) else None
        return SetAside(doc=id, file=source.shown, reason=str(error), limit=limit)
