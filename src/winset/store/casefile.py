"""One case as one file: what services hold while they work on it."""

import hashlib
import json
import os
import sqlite3
import tempfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from winset.domain.case import Case
from winset.domain.plain.cases import HEAD, LISTS, case_from, case_to
from winset.domain.plain.fields import Fields, record
from winset.domain.plain.reviews import review_from
from winset.domain.plain.runs import run_from, run_to
from winset.domain.plain.statements import statement_to
from winset.domain.plain.texts import document_to
from winset.domain.runs import Run
from winset.domain.statements import Statement
from winset.domain.text import Document
from winset.errors import CaseError, ConflictError, StoreError, UsageError
from winset.store import operations
from winset.store.backups import back_up, due
from winset.store.connection import bounded, connect, discard, prepare, publish, sync_folder, translated
from winset.store.operations import Change, Operation
from winset.store.reading import CaseReading
from winset.store.schema import VERSION, build, verify

IDS = {"parties": "id", "tables": "id", "issues": "id", "documents": "doc", "statements": "id", "runs": "id"}
"""Kinds whose records are known by a field of their own; the others are numbered."""

_LARGEST_ORIGINAL = 1 << 30


class CaseFile(CaseReading):
    """An open case file. Use as a context manager; every change is one logged operation in one transaction.

    Times and authors are passed in. Raises CaseError for a damaged or foreign file, StoreError where the disk
    refuses, ConflictError where somebody else changed the same record first.
    """

    @classmethod
    def create(cls, path: Path, *, title: str, at: datetime, author: str) -> "CaseFile":
        """A new case. It appears under its name only once it is whole. Raises StoreError where the name is taken."""
        if path.exists():
            raise StoreError(f"{path} is there already; choose another name")
        with translated(path):
            path.absolute().parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".new", dir=path.absolute().parent)
            os.close(handle)
            new = Path(name)
            try:
                connection = sqlite3.connect(new, isolation_level=None)
                prepare(connection)
                connection.execute("BEGIN IMMEDIATE")
                build(connection)
                head = [Change(kind="case", key="title", place=0, body=title)]
                operations.record(connection, head, at=at, author=author, kind="new", label="new case")
                connection.execute("DELETE FROM standing")  # a case cannot be undone out of existence
                connection.execute("COMMIT")
                connection.close()
                publish(new, path)
                try:
                    sync_folder(path.absolute().parent)
                except OSError:
                    discard(path)
                    raise
            finally:
                discard(new)
        return cls.open(path)

    @classmethod
    def open(cls, path: Path, *, at: datetime | None = None) -> "CaseFile":
        """An existing case, verified before anything in it is used. A file of an older format is brought up to date
        (a backup first); without the time `at`, that is for reading, the file is left as it is and a copy in memory is."""
        connection = connect(path)
        try:
            with translated(path):
                try:
                    with bounded(connection):
                        version = verify(connection)
                except CaseError as error:
                    raise CaseError(f"{path}: {error}") from None
                if version < VERSION:
                    if at is None:
                        connection = _in_memory(connection)
                    else:
                        back_up(connection, path, at)
                    connection.execute("BEGIN IMMEDIATE")
                    build(connection, VERSION, start=version)
                    connection.execute("COMMIT")
                    connection.execute(f"PRAGMA query_only = {int(at is None)}")
        except BaseException:
            connection.close()
            raise
        return cls(path, connection)

    def __enter__(self) -> "CaseFile":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Gives the file back."""
        self._connection.close()

    # --- changing

    def add_document(
        self, document: Document, raw_bytes: bytes | None, statements: Sequence[Statement], *, at: datetime, author: str
    ) -> bool:
        """One document with its original bytes and statements, as one operation; see `add_documents`."""
        return bool(self.add_documents([(document, raw_bytes, statements)], at=at, author=author))

    def add_documents(
        self, batch: Iterable[tuple[Document, bytes | None, Sequence[Statement]]], *, at: datetime, author: str
    ) -> list[str]:
        """Documents with their statements as one operation: all of the batch, or after a crash none of it.

        A document whose SHA-256 the case already holds is passed over, so that a repeated or resumed `add` gives the
        same case. One whose id is taken by other bytes gets `-2`, `-3` ... and its statements with it. Returns the
        ids under which new documents were added. About 200 documents a call is a good batch.
        """
        with self._writing(at):
            held, taken = self._held_documents()
            place, statement_place = self._next("documents"), self._next("statements")
            changes: list[Change] = []
            added = []
            for document, raw, statements in batch:
                if document.sha256 in held:
                    continue
                if raw is not None:
                    self._keep(document.sha256, raw)
                name = _free(document.id, taken)
                held.add(document.sha256)
                taken.add(name)
                added.append(name)
                body = {**document_to(document), "doc": name}
                changes.append(Change(kind="documents", key=name, place=place, body=body))
                place += 1
                for statement in statements:
                    value = _moved(statement_to(statement), document.id, name)
                    changes.append(Change(kind="statements", key=value["id"], place=statement_place, body=value))
                    statement_place += 1
            if changes:
                label = f"added {', '.join(added[:3])}" + (f" and {len(added) - 3} more" if len(added) > 3 else "")
                operations.record(self._connection, changes, at=at, author=author, kind="add", label=label)
        return added

    def put(
        self, kind: str, body: dict[str, Any], *, at: datetime, author: str, key: str | None = None,
        expected: int | None = None, label: str | None = None, before: Sequence[tuple[str, dict[str, Any]]] = (),
    ) -> str:  # fmt: skip
        """Writes one record of the text form's list `kind`; its key.

        With `expected`, the version that the editor saw, a record changed since then raises ConflictError, which
        shows both. Without a `key` a record without an id of its own is a new one. New records `before` it (kind, body), which it
        names, are written in the same operation. Raises CaseError where the case could not be read again with the record in it.
        """
        if kind == "forecasts":
            raise UsageError("the forecast ledger is append only; `winset forecast` adds to it")
        with self._writing(at):
            first = self._new(before)
            if key is None:
                key = str(body[IDS[kind]]) if kind in IDS else self._new([*before, (kind, body)])[-1].key
            row = self._connection.execute(
                "SELECT place, version, body FROM records WHERE kind = ? AND key = ?", (kind, key)
            ).fetchone()
            if expected is not None and (row is None or row[1] != expected):
                now = row[2] if row else "removed"
                raise ConflictError(
                    f"{kind} {key}: changed by somebody else since you read it\n  now:   {now}\n"
                    f"  yours: {json.dumps(body, ensure_ascii=False)}\nread it again and repeat your change",
                    json.loads(now) if row else None, int(row[1]) if row else 0,
                )  # fmt: skip
            place = row[0] if row else self._next(kind) + sum(one.kind == kind for one in first)
            changes = [*first, Change(kind=kind, key=key, place=place, body=body)]
            said = label or f"{'changed' if row else 'added'} {kind} {key}"
            operations.record(self._connection, changes, at=at, author=author, kind="put", label=said)
            for change in changes:
                self._check(change.kind, change.key, change.body or {})
        return key

    def _new(self, records: Sequence[tuple[str, dict[str, Any]]]) -> list[Change]:
        """New records behind those of their kinds; one that somebody else wrote alike meanwhile is left as it is.

        Raises ConflictError, showing both, where somebody else gave its id to another record.
        """
        counts: Counter[str] = Counter()
        made: list[Change] = []
        for kind, body in records:
            if kind in IDS and (there := self.get(kind, str(body[IDS[kind]]))) is not None:
                held, version = there
                if held == body:
                    continue
                raise ConflictError(
                    f"{kind} {body[IDS[kind]]}: added by somebody else since you read it\n  now:   {json.dumps(held, ensure_ascii=False)}\n"
                    f"  yours: {json.dumps(body, ensure_ascii=False)}\nread it again and repeat your change", held, version,
                )  # fmt: skip
            n = counts[kind]
            counts[kind] += 1
            name = str(body[IDS[kind]]) if kind in IDS else f"{int(self._next_key(kind)) + n:08d}"
            made.append(Change(kind=kind, key=name, place=self._next(kind) + n, body=body))
        return made

    def remove(self, kind: str, key: str, *, at: datetime, author: str, label: str) -> None:
        """Takes one record that no other names out of the case, as an operation that can be undone."""
        with self._writing(at):
            change = Change(kind=kind, key=key, place=0, body=None)
            operations.record(self._connection, [change], at=at, author=author, kind="put", label=label)

    def review(
        self, reviews: Sequence[tuple[dict[str, Any], int]], *, at: datetime, author: str, label: str,
        records: Sequence[tuple[str, dict[str, Any]]] = (), instead: Sequence[tuple[str, str]] = (),
    ) -> None:  # fmt: skip
        """Lays reviews over their targets, each in place of an earlier one, with new `records` (kind, body) that follow from
        them, as one operation. Records `instead` (kind, key) of which the new ones come go in the same operation.

        With each comes the version of the review that the editor saw, 0 for none. Raises ConflictError, showing both,
        where another was written since; then nothing is written.
        """
        with self._writing(at):
            changes: list[Change] = []
            key, place = int(self._next_key("reviews")), self._next("reviews")
            for body, expected in reviews:
                row = self._connection.execute(
                    "SELECT key, place, version, body FROM targets JOIN records USING (row)"
                    " WHERE target = ? ORDER BY place DESC LIMIT 1",
                    (body["target"],),
                ).fetchone()
                if (row[2] if row else 0) != expected:
                    theirs = json.loads(row[3]) if row else None
                    said = f"{theirs['verdict']} by {theirs['by']}" if theirs else "no review: it was taken back"
                    raise ConflictError(
                        f"{body['target']}: changed by somebody else since you read it\n  now:   {said}\n"
                        f"  yours: {body['verdict']} by {body['by']}\nread it again and repeat your change",
                        theirs, int(row[2]) if row else 0,
                    )  # fmt: skip
                record(Fields(body, f"review of {body['target']}"), review_from)
                if row:
                    changes.append(Change(kind="reviews", key=row[0], place=row[1], body=body))
                else:
                    changes.append(Change(kind="reviews", key=f"{key:08d}", place=place, body=body))
                    key, place = key + 1, place + 1
            changes += [Change(kind=kind, key=key, place=0, body=None) for kind, key in instead]
            changes += self._new(records)
            operations.record(self._connection, changes, at=at, author=author, kind="put", label=label)
            for change in changes[len(changes) - len(records) :]:
                self._check(change.kind, change.key, change.body or {})

    def rewrite(
        self, records: Sequence[tuple[str, str, dict[str, Any]]], *, expected: int, at: datetime, author: str, label: str
    ) -> None:  # fmt: skip
        """Writes records (kind, key, body) that are there already, as one operation; `expected` is the version of the first.

        Raises ConflictError where the first was changed since or one is gone, CaseError where the case could not be read with them.
        """
        with self._writing(at):
            changes: list[Change] = []
            for kind, key, body in records:
                row = self._connection.execute(
                    "SELECT place, version FROM records WHERE kind = ? AND key = ?", (kind, key)
                ).fetchone()
                if row is None or (not changes and row[1] != expected):
                    raise ConflictError(f"{kind} {key}: changed by somebody else since you read it; repeat your change")
                changes.append(Change(kind=kind, key=key, place=row[0], body=body))
            operations.record(self._connection, changes, at=at, author=author, kind="put", label=label)
            for change in changes:
                self._check(change.kind, change.key, change.body or {})

    def put_head(
        self, head: dict[str, Any], reviews: Sequence[dict[str, Any]] | None = None, *, at: datetime, author: str,
        label: str,
    ) -> None:  # fmt: skip
        """Changes what a case has one of (see `HEAD`), and where given its reviews with it, in their order, as one
        operation."""
        with self._writing(at):
            rows = self._connection.execute(
                "SELECT key, place, body FROM records WHERE kind = 'reviews' ORDER BY place"
            ).fetchall()
            reviews = [json.loads(body) for _, _, body in rows] if reviews is None else reviews
            if len(rows) != len(reviews):
                raise ConflictError(f"{self.path}: reviews were written since you read it; repeat your change")
            changes = [Change(kind="case", key=key, place=0, body=body) for key, body in head.items()]
            changes += [
                Change(kind="reviews", key=key, place=place, body=body)
                for (key, place, before), body in zip(rows, reviews, strict=True) if json.loads(before) != body
            ]  # fmt: skip
            for change in changes[: len(head)]:
                self._check_head(change)
            operations.record(self._connection, changes, at=at, author=author, kind="put", label=label)

    def keep_run(self, run: Run, *, at: datetime, author: str) -> str:
        """Keeps an answer with its question; its id. It is one operation, like everything else; one that is kept already
        is left as it is."""
        if self.get("runs", run.id) is not None:
            return run.id
        body = run_to(replace(run, at=at, by=author))
        return self.put("runs", body, at=at, author=author, label=f"kept the {run.method} {run.name or run.id}")

    def runs(self) -> list[Run]:
        """The answers kept, in order."""
        with self._reading():
            rows = self._connection.execute("SELECT key, body FROM records WHERE kind = 'runs' ORDER BY place")
            return [record(Fields(json.loads(body), f"runs {key}"), run_from) for key, body in rows]

    def seal(
        self, make: Callable[[list[dict[str, Any]]], dict[str, Any]], *, at: datetime, author: str
    ) -> dict[str, Any]:
        """Adds to the forecast ledger what `make` answers to the entries there are; for good, in one transaction."""
        with self._writing(at):
            rows = self._connection.execute("SELECT body FROM records WHERE kind = 'forecasts' ORDER BY place")
            entry = make([json.loads(body) for (body,) in rows])
            place = self._next("forecasts")
            change = Change(kind="forecasts", key=self._next_key("forecasts"), place=place, body=entry)
            operations.append(self._connection, change, at=at, author=author, label=entry["seal"])
        return entry

    def seals(self) -> list[str]:
        """The seals of all entries ever added to the forecast ledger of this file, by its log."""
        with self._reading():
            return operations.appended(self._connection)

    def replace(self, case: Case, *, at: datetime, author: str, label: str) -> None:
        """Makes the case equal to `case`, as one operation; what is the same on both sides is left alone.

        Answers that were kept are not lost: those of `case` come beside them.
        """
        value = case_to(case)
        with self._writing(at):
            changes: list[Change] = []
            rows = self._connection.execute("SELECT kind, key, place, body FROM records WHERE kind <> 'runs'")
            there = {(kind, key): (place, body) for kind, key, place, body in rows}
            wanted: dict[tuple[str, str], tuple[int, Any]] = {("case", key): (0, value[key]) for key in HEAD}
            held = {run.id for run in self.runs()}
            after = self._next("runs")
            for place, body in enumerate(one for one in value.pop("runs") if one["id"] not in held):
                changes.append(Change(kind="runs", key=body["id"], place=after + place, body=body))
            for kind in (one for one in LISTS if one != "runs"):
                for place, body in enumerate(value[kind]):
                    key = str(body[IDS[kind]]) if kind in IDS else f"{place:08d}"
                    wanted[kind, key] = place, body
            for (kind, key), (place, _) in there.items():
                if (kind, key) not in wanted:
                    changes.append(Change(kind=kind, key=key, place=place, body=None))
            for (kind, key), (place, body) in wanted.items():
                found = there.get((kind, key))
                if body is None and found is None:
                    continue
                if found is None or found[0] != place or json.loads(found[1]) != body:
                    changes.append(Change(kind=kind, key=key, place=place, body=body))
            if changes:
                operations.record(self._connection, changes, at=at, author=author, kind="import", label=label)

    def undo(self, *, at: datetime, author: str) -> Operation | None:
        """Takes back the last operation in force, however long ago; None where there is none."""
        with self._writing(at):
            return operations.undo(self._connection, at=at, author=author)

    def redo(self, *, at: datetime, author: str) -> Operation | None:
        """Repeats the operation undone last; None where there is none or something else was done since."""
        with self._writing(at):
            return operations.redo(self._connection, at=at, author=author)

    def mark(self, name: str, *, at: datetime, author: str) -> None:
        """Names the present state, as an undo point for `back_to`."""
        with self._writing(at):
            operations.mark(self._connection, name, at=at, author=author)

    def back_to(self, name: str, *, at: datetime, author: str) -> list[Operation]:
        """Undoes (or repeats) all that lies between now and the undo point, in one transaction; see `operations`."""
        with self._writing(at):
            return operations.back_to(self._connection, name, at=at, author=author)

    def back_up(self, at: datetime) -> Path:
        """A checked copy of the file as it is now; see `store.backups`."""
        with translated(self.path):
            return back_up(self._connection, self.path, at)

    def keep_originals(self, found: Iterable[bytes], *, at: datetime) -> int:
        """Keeps the bytes of documents that the case holds; how many of those given were some."""
        kept = 0
        with self._writing(at):
            held, _ = self._held_documents()
            for data in found:
                sha256 = hashlib.sha256(data).hexdigest()
                if sha256 in held:
                    self._keep(sha256, data)
                    kept += 1
        return kept

    # --- inside

    @contextmanager
    def _writing(self, at: datetime) -> Iterator[None]:
        with translated(self.path):
            if due(self.path, at):
                back_up(self._connection, self.path, at)
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):  # a full disk has rolled back by itself
                    self._connection.execute("ROLLBACK")
                raise

    def _check_head(self, change: Change) -> None:
        case_from({"schema": "winset-case/1", "parties": [], change.key: change.body}, [])

    def _check(self, kind: str, key: str, body: dict[str, Any]) -> None:
        """Raises CaseError where the record is malformed or no longer fits what it names or what names it."""
        if kind == "runs":
            record(Fields(body, f"runs {key}"), run_from)
            return
        kinds = {
            "parties": tuple(one for one in LISTS if one not in ("documents", "statements", "runs")),
            "issues": tuple(one for one in LISTS if one not in ("documents", "statements", "runs")),
            "documents": ("documents", "statements"),
            "statements": (),
        }.get(kind, ("parties", "issues"))
        value: dict[str, Any] = {"schema": "winset-case/1", "parties": [], kind: [body]}
        for one in kinds:
            where, about = "kind = ? AND NOT (kind = ? AND key = ?)", [one, kind, key]
            if kind == "documents":
                field = "key" if one == "documents" else "json_extract(body, '$.doc')"
                where, about = f"{where} AND {field} = ?", [*about, key]
            rows = self._connection.execute(f"SELECT body FROM records WHERE {where} ORDER BY place", about)  # noqa: S608 - all parts are literals
            value.setdefault(one, []).extend(json.loads(row) for (row,) in rows)
        if kind == "statements" and (found := self.get("documents", str(body.get("doc")))):
            value["documents"] = [found[0]]
        case_from(value, [])

    def _next(self, kind: str) -> int:
        row = self._connection.execute("SELECT max(place) FROM records WHERE kind = ?", (kind,)).fetchone()
        return 0 if row[0] is None else int(row[0]) + 1

    def _next_key(self, kind: str) -> str:
        row = self._connection.execute("SELECT max(key) FROM records WHERE kind = ?", (kind,)).fetchone()
        return f"{0 if row[0] is None else int(row[0]) + 1:08d}"

    def _held_documents(self) -> tuple[set[str], set[str]]:
        rows = self._connection.execute(
            "SELECT key, json_extract(body, '$.sha256') FROM records WHERE kind = 'documents'"
        ).fetchall()
        return {sha256 for _, sha256 in rows}, {key for key, _ in rows}

    def _keep(self, sha256: str, raw: bytes) -> None:
        if hashlib.sha256(raw).hexdigest() != sha256:
            raise ValueError(f"the bytes given do not have the SHA-256 {sha256}")
        self._connection.execute(
            "INSERT OR IGNORE INTO originals VALUES (?, ?, ?)", (sha256, len(raw), zlib.compress(raw, 6))
        )


def _in_memory(connection: sqlite3.Connection) -> sqlite3.Connection:
    """A copy of the case that no file knows; the connection given is closed."""
    copy = sqlite3.connect(":memory:", isolation_level=None)
    try:
        connection.backup(copy)
        prepare(copy)
    except BaseException:
        copy.close()
        raise
    connection.close()
    return copy


def _free(name: str, taken: set[str]) -> str:
    found, n = name, 2
    while found in taken:
        found, n = f"{name}-{n}", n + 1
    return found


def _moved(statement: dict[str, Any], old: str, new: str) -> dict[str, Any]:
    if old == new:
        return statement
    renamed = {**statement, "doc": new}
    for key in ("id", "within"):
        if renamed[key] and renamed[key].startswith(f"{old}#"):
            renamed[key] = new + renamed[key][len(old) :]
    return renamed
