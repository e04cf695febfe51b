"""Corpora: files that hold many articles (JSON Lines, WARC, Parquet), opened one article at a time.

A record that cannot be read stands in its place as an article that says why; the rest of the corpus goes on.
"""

import datetime as dt
import gzip
import json
import os
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import PurePosixPath
from typing import Any, BinaryIO

from winset.errors import LimitExceeded, ReadingError, ResourceError
from winset.reading.limits import Limits, in_words
from winset.services.files import Source

LINES = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")
WARCS = (".warc", ".warc.gz", ".wet", ".wet.gz")
PARQUET = (".parquet",)
TEXT = ("text", "body", "content", "maintext", "article")
HTML = ("html", "raw_html")
TITLE = ("title", "headline")
DATE = ("date", "published", "published_at", "publish_date", "date_publish")
NAME = ("id", "doc", "url", "link")
BATCH = 32  # rows of a Parquet file in memory at a time


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One article of a corpus, or why there is none at its place.

    named  a file name with the ending that says what the bytes are
    """

    shown: str
    stem: str
    named: str = "article.txt"
    data: bytes = b""
    title: str | None = None
    date: dt.date | None = None
    charset: str | None = None
    wrong: str | None = None
    limit: str | None = None

    def bytes(self, limits: Limits) -> bytes:
        """The article's own. Raises ReadingError where it could not be read."""
        if self.wrong is not None:
            raise LimitExceeded(self.wrong, limit=self.limit) if self.limit else ReadingError(self.wrong)
        if len(self.data) > limits.file_bytes:
            raise LimitExceeded(_large(limits), limit="file-bytes")
        return self.data


def is_corpus(source: Source) -> bool:
    """Whether a file holds many articles, by its ending."""
    return source.file is not None and source.file.lower().endswith((*LINES, *WARCS, *PARQUET))


def expanded(sources: Iterable[Source], limits: Limits) -> Iterator[Source | Member]:
    """Every source, a corpus article by article. Raises ResourceError where a corpus needs a library that is not there."""
    for source in sources:
        if not is_corpus(source):
            yield source
            continue
        name = (source.file or "").lower()
        read = _lines if name.endswith(LINES) else _warc if name.endswith(WARCS) else _parquet
        if read is not _lines:
            _library("fastwarc.warc" if read is _warc else "pyarrow.parquet")
        shown = source.shown or ""
        try:
            with source.opened() as file:
                yield from read(file, shown, _stem(shown), limits)
        except ReadingError as error:
            yield Member(shown=shown, stem=_stem(shown), wrong=str(error))


def _stem(shown: str) -> str:
    name = PurePosixPath(shown).name
    for ending in sorted((*LINES, *WARCS, *PARQUET), key=len, reverse=True):
        if name.lower().endswith(ending):
            return name[: -len(ending)] or "corpus"
    return name


def _library(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError:
        raise ResourceError(
            f"this corpus needs {name.split('.')[0]}, which is not installed; install winset[corpora]"
        ) from None


def _large(limits: Limits) -> str:
    return f"larger than {in_words(limits.file_bytes)}; raise the limit with --limit file-bytes=N"


def _lines(file: BinaryIO, shown: str, stem: str, limits: Limits) -> Iterator[Member]:
    """JSON Lines: an object a line with its text or HTML, and title, date and id where there are any."""
    lines: Any = gzip.GzipFile(fileobj=file) if shown.lower().endswith(".gz") else file
    most, n = limits.file_bytes, 0
    while True:
        n += 1
        place, name = f"{shown}#{n}", f"{stem}:{n}"
        try:
            line = lines.readline(most + 1)
            if len(line) > most:
                while line and not line.endswith(b"\n"):
                    line = lines.readline(most)
                yield Member(shown=place, stem=name, wrong=f"line {n} is {_large(limits)}", limit="file-bytes")
                continue
        except (OSError, EOFError, zlib.error) as error:
            yield Member(shown=place, stem=name, wrong=f"damaged from line {n} on: {error}")
            return
        if not line:
            return
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield Member(shown=place, stem=name, wrong=f"line {n} is not JSON: {error}")
            continue
        if isinstance(value, dict):
            yield _member(value, place, name, f"line {n}")
        else:
            yield Member(shown=place, stem=name, wrong=f"line {n} is no object with a text, but {type(value).__name__}")


def _member(value: Mapping[str, Any], place: str, name: str, where: str) -> Member:
    key = next((key for key in (*TEXT, *HTML) if isinstance(value.get(key), str) and value[key].strip()), None)
    if key is None:
        has = ", ".join(map(str, list(value)[:8])) or "nothing"
        return Member(
            shown=place, stem=name, wrong=f"{where} has no text: none of {', '.join((*TEXT, *HTML))}; it has {has}"
        )
    own = next((str(value[key]) for key in NAME if isinstance(value.get(key), str | int)), None)
    title = next((value[key] for key in TITLE if isinstance(value.get(key), str) and value[key].strip()), None)
    return Member(
        shown=f"{place} {own[:200]}" if own else place, stem=name, named="article.html" if key in HTML else "article.txt",
        data=value[key].encode("utf-8", "replace"), title=" ".join(title.split())[:500] if title else None,
        date=next((day for key in DATE if (day := _day(value.get(key)))), None), charset="utf-8",
    )  # fmt: skip


def _day(value: Any) -> dt.date | None:
    if isinstance(value, dt.date):
        return dt.date(value.year, value.month, value.day)
    try:
        return dt.date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def _warc(file: BinaryIO, shown: str, stem: str, limits: Limits) -> Iterator[Member]:
    """WARC: pages that a server gave, resources, and texts taken from pages; other records are no articles."""
    warc = _library("fastwarc.warc")
    kinds = warc.WarcRecordType
    wanted = kinds.response | kinds.resource | kinds.conversion
    n, size = 0, os.fstat(file.fileno()).st_size
    try:
        for record in warc.ArchiveIterator(file, record_types=wanted, parse_http=True, auto_decode="content"):
            member = _page(record, kinds, shown, f"{stem}:{n + 1}", limits)
            if member is not None:
                n += 1
                yield member
    except (OSError, ValueError, EOFError, RuntimeError) as error:
        yield Member(shown=f"{shown}#{file.tell()}", stem=f"{stem}:{n + 1}",
                     wrong=f"damaged at or before byte {file.tell():,} of {size:,}: {error}")  # fmt: skip
        return
    if n == 0:
        yield Member(
            shown=shown, stem=stem, wrong="no page in it: no WARC, or one without responses, resources or texts"
        )


def _page(record: Any, kinds: Any, shown: str, name: str, limits: Limits) -> Member | None:
    kind = (record.http_content_type or record.headers.get("Content-Type") or "").partition(";")[0].strip().lower()
    text = record.record_type == kinds.conversion or kind == "text/plain"
    status = record.http_headers.status_code if record.http_headers is not None else 200
    if not (text or "html" in kind or not kind) or not 200 <= (status or 200) < 300:
        return None
    address = record.headers.get("WARC-Target-URI") or ""
    place = f"{shown}#{record.stream_pos} {address[:200]}".rstrip()
    try:
        data = record.reader.read(limits.file_bytes + 1)
    except (OSError, ValueError, EOFError) as error:
        return Member(shown=place, stem=name, wrong=f"the record at byte {record.stream_pos:,} is damaged: {error}")
    if not text and len(data) < record.content_length and record.http_headers is not None:
        stated = record.http_headers.get("Content-Length") or ""
        encoded = record.http_headers.get("Content-Encoding")
        if stated.isdecimal() and not encoded and len(data) < int(stated):
            return Member(shown=place, stem=name, wrong=f"the record at byte {record.stream_pos:,} is cut short: "
                          f"{len(data):,} of {int(stated):,} bytes")  # fmt: skip
    return Member(shown=place, stem=name, named="article.txt" if text else "article.html", data=data,
                  charset="utf-8" if text else record.http_charset)  # fmt: skip


def _parquet(file: BinaryIO, shown: str, stem: str, limits: Limits) -> Iterator[Member]:
    """Parquet: a row with its text or HTML, and title, date and id where there are any; a few rows at a time."""
    parquet = _library("pyarrow.parquet")
    arrow = _library("pyarrow")
    broken = (OSError, ValueError, arrow.ArrowException)
    try:
        table = parquet.ParquetFile(file)
        names = table.schema_arrow.names
    except broken as error:
        raise ReadingError(f"not a Parquet file that can be read: {str(error).splitlines()[0]}") from None
    columns = [one for one in (*TEXT, *HTML, *TITLE, *DATE, *NAME) if one in names]
    n = 0
    for group in range(table.num_row_groups):
        rows = table.metadata.row_group(group).num_rows
        after = n + rows
        try:
            for batch in table.iter_batches(BATCH, row_groups=[group], columns=columns, use_threads=False):
                for value in batch.to_pylist():
                    n += 1
                    yield _member(value, f"{shown}#{n}", f"{stem}:{n}", f"row {n}")
        except broken as error:
            yield Member(shown=f"{shown}#{n + 1}", stem=f"{stem}:{n + 1}",
                         wrong=f"rows {n + 1:,} to {after:,} are damaged: {str(error).splitlines()[0]}")  # fmt: skip
        n = after
