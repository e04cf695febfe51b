"""Reading a corpus part by part into a folder of Parquet files, on as many workers as there are; resumable.

The folder holds `documents-N.parquet` and `statements-N.parquet` for each part of the corpus and `manifest.jsonl`: a line that
says what was asked, a line a part once its files are whole, and a last line once all of it is read. Ended at any moment, the
same command goes on behind the last part. Nothing grows with the corpus but the files.
"""

import atexit
import hashlib
import io
import json
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

from winset import __version__
from winset.errors import ClusterLost, LimitExceeded, ReadingError, ResourceError, StoreError, UsageError
from winset.language.annotation import Annotator
from winset.reading.host import ReaderProcess
from winset.reading.limits import Limits
from winset.services import annotators, files, reading
from winset.services.corpora import Member, expanded
from winset.services.extraction import Read, read_statements
from winset.services.pools import opened

SCHEMA = "winset-corpus/1"
MANIFEST = "manifest.jsonl"
PART_DOCUMENTS, PART_BYTES = 64, 4 << 20
"""A part ends where it holds so many articles or bytes."""
Note = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Given:
    """One article as it goes to a worker: its id and bytes, or why there are none."""

    id: str
    source: Member


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What a worker answers for one part: two Parquet files, and what stands in the manifest."""

    documents: bytes
    statements: bytes
    counts: dict[str, int]
    set_aside: list[dict[str, Any]]


def read_into(
    names: tuple[str, ...], folder: Path, *, annotator: str | None, limits: tuple[str, ...] = (),
    charset: str | None = None, workers: int | None = None, cluster: str | None = None, note: Note = print,
    tell: Callable[[dict[str, Any]], None] | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Reads everything behind `names` into `folder`; what it holds in the end. `tell` hears of each part.

    Raises UsageError where the folder was filled by another question or other files, StoreError where the disk refuses,
    ClusterLost, naming what is kept, where a cluster vanishes.
    """
    _arrow()
    chosen = annotators.choose_or_say(annotator, note)
    bounds = Limits().raised(limits)
    asked = {
        "schema": SCHEMA, "winset": __version__, "sources": list(names), "annotator": chosen.name if chosen else None,
        "limits": asdict(bounds), "encoding": charset, "part_documents": PART_DOCUMENTS, "part_bytes": PART_BYTES,
    }  # fmt: skip
    shelf = Shelf(folder, asked)
    if shelf.complete:
        return {**shelf.totals(), "resumed_parts": shelf.parts}
    resumed, digests = shelf.parts, []

    def waiting() -> Iterator[list[Given]]:
        given = _given(names, bounds, note)
        for n, part in enumerate(_parts(given)):
            found = _digest(part)
            if n < resumed:
                if found != shelf.digests[n]:
                    raise UsageError(
                        f"{folder} was begun with other articles: its part {n} is not what {', '.join(names)} gives now; "
                        "choose another folder, or empty it"
                    )
                continue
            digests.append(found)
            yield part

    kind = None if chosen is None else "rules" if chosen.name.startswith("rules") else "model"
    shared = json.dumps({"annotator": kind, "limits": limits, "charset": charset})
    try:
        with opened(workers, cluster) as pool:
            for done in pool.each(work, shared, waiting()):
                shelf.add(done, digests[shelf.parts - resumed])
                if tell is not None:
                    tell(shelf.totals())
    except ClusterLost as error:
        raise ClusterLost(
            f"{error}; {shelf.parts} parts are kept in {folder}: the same command goes on from there, with another cluster or without one"
        ) from None
    shelf.close()
    return {**shelf.totals(), "resumed_parts": resumed}


def _given(names: tuple[str, ...], limits: Limits, note: Note) -> Iterator[Given]:
    ids = files.Ids()
    for source in expanded(files.sources(names, note), limits):
        if isinstance(source, Member):
            id = source.stem if ":" in source.stem else ids.take(source.stem)
            yield Given(id, source)
            continue
        id, shown = ids.take(source.stem), source.shown or "-"
        try:
            data, wrong, limit = source.bytes(limits), None, None
        except ReadingError as error:
            data, wrong = b"", str(error)
            limit = error.limit if isinstance(error, LimitExceeded) else None
        yield Given(id, Member(shown=shown, stem=source.stem, named=shown, data=data, wrong=wrong, limit=limit))


def _parts(given: Iterable[Given]) -> Iterator[list[Given]]:
    part: list[Given] = []
    size = 0
    for one in given:
        part.append(one)
        size += len(one.source.data)
        if len(part) >= PART_DOCUMENTS or size >= PART_BYTES:
            yield part
            part, size = [], 0
    if part:
        yield part


def _digest(part: list[Given]) -> str:
    found = hashlib.sha256()
    for one in part:
        m = one.source
        found.update(json.dumps([one.id, m.shown, m.named, m.title, str(m.date), m.wrong]).encode())
        found.update(hashlib.sha256(m.data).digest())
    return found.hexdigest()


def work(shared: str, part: list[Given]) -> Done:
    """One part, read in whichever process."""
    asked = json.loads(shared)
    process = _reader(tuple(asked["limits"]))
    taken = [reading.read_source(one.source, one.id, process=process, charset=asked["charset"]) for one in part]
    documents: list[dict[str, Any]] = []
    statements: list[dict[str, Any]] = []
    aside: list[dict[str, Any]] = []
    for one in read_statements(taken, _annotator(asked["annotator"])):
        if isinstance(one, reading.SetAside):
            aside.append({"doc": one.doc, "file": one.file, "reason": one.reason, "limit": one.limit})
            documents.append(_document(one))
        else:
            documents.append(_document(one))
            statements += _statements(one)
    counts = {"documents": len(part), "statements": len(statements), "set_aside": len(aside),
              "characters": sum(len(row["text"] or "") for row in documents)}  # fmt: skip
    return Done(documents=_parquet(documents, "documents"), statements=_parquet(statements, "statements"), counts=counts,
                set_aside=aside)  # fmt: skip


@lru_cache(maxsize=1)
def _annotator(kind: str | None) -> Annotator | None:
    """One thread a worker: the workers are the parallelism."""
    return None if kind is None else annotators.choose(kind, threads=1)


@lru_cache(maxsize=1)
def _reader(limits: tuple[str, ...]) -> ReaderProcess:
    process = ReaderProcess(Limits().raised(limits))
    atexit.register(process.close)
    return process


def _document(one: Read | reading.SetAside) -> dict[str, Any]:
    if isinstance(one, reading.SetAside):
        empty = dict.fromkeys(("title", "date", "language", "sha256", "text", "extraction"))
        return {"doc": one.doc, "file": one.file, **empty, "reason": one.reason, "limit": one.limit, "set_aside": True,
                "statements": 0, "remarks": []}  # fmt: skip
    d = one.document
    return {
        "doc": d.id, "file": d.file, "title": d.title, "date": d.date, "language": d.language, "sha256": d.sha256,
        "text": _plain(d.text), "extraction": one.extraction, "reason": one.reason, "limit": None, "set_aside": False,
        "statements": len(one.statements), "remarks": list(d.remarks),
    }  # fmt: skip


def _statements(one: Read) -> Iterator[dict[str, Any]]:
    text = one.document.text
    for plain in one.as_json()["statements"]:
        speaker, day = plain["speaker"], plain["date"] or {}
        yield {
            "id": plain["id"], "doc": one.document.id,
            **{f"speaker_{key}": speaker[key] for key in ("id", "kind", "name", "description", "standing", "role", "party")},
            "speaker_members": speaker["members"], "speaker_candidates": speaker["candidates"],
            **{key: plain[key] for key in ("kind", "act", "acts", "modality", "negated", "tense", "about", "within",
                                           "condition", "event", "source", "cue", "content")},
            "date_from": day.get("from"), "date_to": day.get("to"), "score": float(plain["score"]),
            "words": _plain(" … ".join(text[start:end] for start, end in plain["content"])),
        }  # fmt: skip


def _plain(text: str) -> str:
    """A lone surrogate cannot be written as UTF-8; one character for one, so that offsets hold."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _arrow() -> Any:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise ResourceError(
            "--into writes Parquet with pyarrow, which is not installed; install winset[corpora]"
        ) from None
    return pyarrow


def _columns(kind: str) -> Any:
    """The columns of both files."""
    pa = _arrow()
    text, texts, spans = pa.string(), pa.list_(pa.string()), pa.list_(pa.list_(pa.int32()))
    if kind == "documents":
        named = dict.fromkeys(("doc", "file", "title"), text) | {"date": pa.date32()}
        named |= dict.fromkeys(("language", "sha256", "text", "extraction", "reason", "limit"), text)
        return pa.schema({**named, "set_aside": pa.bool_(), "statements": pa.int32(), "remarks": texts})
    candidate = pa.struct({"name": text, "score": pa.float64(), "why": text})
    named = dict.fromkeys(("id", "doc"), text)
    named |= {f"speaker_{key}": text for key in ("id", "kind", "name", "description", "standing", "role", "party")}
    named |= {
        "speaker_members": texts,
        "speaker_candidates": pa.list_(candidate),
        "kind": text,
        "act": text,
        "acts": texts,
    }
    named |= {"modality": text, "negated": pa.bool_()}
    named |= dict.fromkeys(("tense", "about", "within", "condition", "event"), text)
    named |= dict.fromkeys(("source", "cue", "content"), spans)
    return pa.schema({**named, "date_from": text, "date_to": text, "score": pa.float64(), "words": text})


def _parquet(rows: list[dict[str, Any]], kind: str) -> bytes:
    pa = _arrow()
    table = pa.Table.from_pylist(rows, schema=_columns(kind))
    into = io.BytesIO()
    pa.parquet.write_table(table, into, compression="zstd")
    return into.getvalue()


class Shelf:
    """The folder that is being filled, with its manifest."""

    def __init__(self, folder: Path, asked: dict[str, Any]) -> None:
        self.folder, self.parts, self.complete = folder, 0, False
        self.digests: list[str] = []
        self._counts = dict.fromkeys(("documents", "statements", "set_aside", "characters"), 0)
        path = folder / MANIFEST
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if not path.exists():
                if next(folder.iterdir(), None) is not None:
                    raise UsageError(f"{folder} holds other files; give an empty or a new folder")
                path.write_text(_line(asked), encoding="utf-8")
            self._resume(path, asked)
            self._manifest = path.open("a", encoding="utf-8")
        except OSError as error:
            raise StoreError(f"{folder} cannot be written: {error.strerror or error}") from None

    def _resume(self, path: Path, asked: dict[str, Any]) -> None:
        """Takes up what is whole, and cuts off what is not."""
        kept = 0
        with path.open("rb") as file:
            head = file.readline()
            before = _parsed(head)
            if before is None or before.get("schema") != SCHEMA:
                raise UsageError(f"{path} is no manifest of {SCHEMA}; give an empty or a new folder")
            differs = [key for key in asked if before.get(key) != asked[key]]
            if differs:
                raise UsageError(
                    f"{self.folder} was begun with another {' and another '.join(differs)} ({differs[0]}: "
                    f"{before.get(differs[0])!r}, now {asked[differs[0]]!r}); choose another folder, or empty it"
                )
            kept = file.tell()
            for line in iter(file.readline, b""):
                entry = _parsed(line)
                if entry is None or not self._whole(entry):
                    break
                kept = file.tell()
                if entry.get("complete"):
                    self.complete = True
                    break
                self._count(entry)
        os.truncate(path, kept)

    def _whole(self, entry: dict[str, Any]) -> bool:
        if entry.get("complete"):
            return bool(entry.get("parts") == self.parts)
        sizes = entry.get("bytes", [])
        names = self._names(self.parts)
        return entry.get("part") == self.parts and all(
            path.is_file() and path.stat().st_size == size for path, size in zip(names, sizes, strict=True)
        )

    def _names(self, n: int) -> tuple[Path, Path]:
        return self.folder / f"documents-{n:06d}.parquet", self.folder / f"statements-{n:06d}.parquet"

    def _count(self, entry: dict[str, Any]) -> None:
        self.digests.append(entry["digest"])
        self.parts += 1
        for key in self._counts:
            self._counts[key] += entry[key]

    def add(self, done: Done, digest: str) -> None:
        """Writes one part: its files whole under their names first, then its line in the manifest."""
        try:
            for path, data in zip(self._names(self.parts), (done.documents, done.statements), strict=True):
                part = path.with_suffix(".part")
                with part.open("wb") as file:
                    file.write(data)
                    file.flush()
                    os.fsync(file.fileno())
                part.replace(path)
            entry = {
                "part": self.parts, **done.counts, "bytes": [len(done.documents), len(done.statements)], "digest": digest,
                "aside": done.set_aside,
            }  # fmt: skip
            self._write(entry)
        except OSError as error:
            raise StoreError(
                f"{self.folder}: {error.strerror or error}; {self.parts} parts are whole, and the same command goes on from there"
            ) from None
        self._count(entry)

    def close(self) -> None:
        """Says in the manifest that all is read."""
        try:
            self._write({"complete": True, "parts": self.parts, **self._counts})
            self._manifest.close()
        except OSError as error:
            raise StoreError(f"{self.folder}: {error.strerror or error}") from None
        self.complete = True

    def _write(self, entry: dict[str, Any]) -> None:
        self._manifest.write(_line(entry))
        self._manifest.flush()
        os.fsync(self._manifest.fileno())

    def totals(self) -> dict[str, Any]:
        """What the folder holds by now."""
        return {"folder": str(self.folder), "parts": self.parts, **self._counts, "complete": self.complete}


def set_aside(folder: Path, most: int) -> list[dict[str, Any]]:
    """The first articles that were set aside, by a folder's manifest."""
    with (folder / MANIFEST).open(encoding="utf-8") as file:
        return list(islice((one for line in file for one in json.loads(line).get("aside", [])), most))


def _line(entry: dict[str, Any]) -> str:
    return json.dumps(entry, ensure_ascii=False) + "\n"


def _parsed(line: bytes) -> dict[str, Any] | None:
    if not line.endswith(b"\n"):
        return None
    try:
        value = json.loads(line)
    except ValueError:
        return None
    return value if isinstance(value, dict) else None
