"""What can be asked of a case file that is open: records, the review queue, outlines, the log; nothing is changed."""

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from winset.domain.case import Case
from winset.domain.plain.cases import HEAD, LISTS, case_from
from winset.errors import CaseError
from winset.store import operations, outline, queue
from winset.store.connection import translated
from winset.store.operations import Operation
from winset.store.queue import Wanted

_LARGEST_ORIGINAL = 1 << 30


class CaseReading:
    """The reading half of `casefile.CaseFile`. Raises CaseError for damaged content, StoreError where the disk refuses."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection

    def counts(self) -> dict[str, int]:
        """How many records of each kind there are."""
        with self._reading():
            found = dict(self._connection.execute("SELECT kind, count(*) FROM records GROUP BY kind"))
        return {kind: found.get(kind, 0) for kind in LISTS}

    def holds_more(self, kind: str, than: int) -> bool:
        """Whether there are more records of one kind than that many, without counting on."""
        with self._reading():
            found = self._connection.execute("SELECT 1 FROM records WHERE kind = ? LIMIT 1 OFFSET ?", (kind, than))
            return found.fetchone() is not None

    def head(self) -> dict[str, Any]:
        """Title, date, conflict and codebook of the case."""
        with self._reading():
            rows = self._connection.execute("SELECT key, body FROM records WHERE kind = 'case'")
            found = {key: json.loads(body) for key, body in rows}
        return {key: found.get(key) for key in HEAD}

    def page(self, kind: str, *, start: int = 0, count: int = 100) -> list[dict[str, Any]]:
        """`count` records of one kind from the `start`-th on, as in the text form."""
        with self._reading():
            rows = self._connection.execute(
                "SELECT body FROM records WHERE kind = ? ORDER BY place LIMIT ? OFFSET ?", (kind, count, start)
            )
            return [json.loads(body) for (body,) in rows]

    def get(self, kind: str, key: str) -> tuple[Any, int] | None:
        """One record and its version, None where there is none."""
        with self._reading():
            row = self._connection.execute(
                "SELECT body, version FROM records WHERE kind = ? AND key = ?", (kind, key)
            ).fetchone()
            return (json.loads(row[0]), int(row[1])) if row else None

    def written(self, kind: str) -> list[str]:
        """All records of one kind as they are written, in order."""
        with self._reading():
            rows = self._connection.execute("SELECT body FROM records WHERE kind = ? ORDER BY place", (kind,))
            return [body for (body,) in rows]

    def named(self, kind: str, keys: Iterable[str]) -> dict[str, Any]:
        """Key -> record, for those that are there."""
        with self._reading():
            rows = self._connection.execute(
                "SELECT key, body FROM records WHERE kind = ? AND key IN (SELECT value FROM json_each(?))",
                (kind, json.dumps(list(keys))),
            )
            return {key: json.loads(body) for key, body in rows}

    def held_documents(self) -> set[str]:
        """The SHA-256 of every document's bytes."""
        with self._reading():
            rows = self._connection.execute(
                "SELECT json_extract(body, '$.sha256') FROM records WHERE kind = 'documents'"
            )
            return {sha256 for (sha256,) in rows}

    def judged_lines(self, day: str | None, most: int) -> dict[tuple[str, str], list[outline.Judged]]:
        """The latest judgements of each party on each issue up to a day; see `store.outline`."""
        with self._reading():
            return outline.judged_lines(self._connection, day, most)

    def judged_upto(self, party: str, issue: str, day: str | None) -> Iterator[outline.Judged]:
        """The judgements of one line up to a day, the latest first; see `store.outline`."""
        with self._reading():
            yield from outline.judged_upto(self._connection, party, issue, day)

    def judged_undated(self) -> list[outline.Judged]:
        """The judgements of positions whose day nobody knows, in order."""
        with self._reading():
            return outline.judged_undated(self._connection)

    def bodies(self, rows: Iterable[int]) -> dict[int, Any]:
        """Row -> record, for rows that an outline names."""
        with self._reading():
            return outline.bodies(self._connection, rows)

    def rejected_statements(self) -> set[str]:
        """Ids of the statements that a person rejected."""
        with self._reading():
            return outline.rejected_statements(self._connection)

    def voices(self, keys: Iterable[str]) -> dict[str, str]:
        """Who speaks in the statements of these ids, by one name each."""
        with self._reading():
            return outline.voices(self._connection, keys)

    def told(self, keys: Iterable[str] | None) -> list[outline.Told]:
        """What the statements of these ids (or all of them) tell, in outline."""
        with self._reading():
            return outline.told(self._connection, keys)

    def speaking(self, keys: Iterable[str]) -> list[outline.Speaking]:
        """Who speaks in the statements of these ids, in outline."""
        with self._reading():
            return outline.speaking(self._connection, keys)

    def within(self, kind: str, prefix: str) -> list[dict[str, Any]]:
        """The records of one kind whose key begins with `prefix`, in order."""
        with self._reading():
            rows = self._connection.execute(
                "SELECT body FROM records WHERE kind = ? AND key >= ? AND key < ? ORDER BY place",
                (kind, prefix, prefix + "\U0010ffff"),
            )
            return [json.loads(body) for (body,) in rows]

    def statements_acting(self, acts: Iterable[str]) -> list[dict[str, Any]]:
        """The statements whose first act is one of `acts` and that no review rejects, in order."""
        with self._reading():
            rows = self._connection.execute(
                "SELECT body FROM acts JOIN records USING (row) WHERE act IN (SELECT value FROM json_each(?))"
                " AND row NOT IN (SELECT row FROM waiting WHERE verdict = 'reject') ORDER BY place",
                (json.dumps(sorted(acts)),),
            )
            return [json.loads(body) for (body,) in rows]

    def waiting(self, wanted: Wanted, *, start: int = 0, count: int = 100) -> list[dict[str, Any]]:
        """`count` statements of the review queue from the `start`-th on; see `store.queue`."""
        with self._reading():
            return queue.page(self._connection, wanted, start=start, count=count)

    def waiting_as_written(self, wanted: Wanted, *, count: int) -> list[str]:
        """As `waiting`, each as its text stands in the file."""
        with self._reading():
            return queue.as_written(self._connection, wanted, start=0, count=count)

    def number_waiting(self, wanted: Wanted) -> int:
        """How many statements of the review queue are wanted."""
        with self._reading():
            return queue.number(self._connection, wanted)

    def next_waiting(self, wanted: Wanted, after: str | None = None) -> dict[str, Any] | None:
        """The first wanted statement behind `after` (or of all); None at the end."""
        with self._reading():
            return queue.following(self._connection, wanted, after)

    def lessons(self, most: int) -> list[tuple[str, str]]:
        """The statements last reviewed, each as its text stands in the file, with its verdict; see `store.queue`."""
        with self._reading():
            return queue.lessons(self._connection, most)

    def short_texts(self, keys: Iterable[str], most: int) -> dict[str, str]:
        """Document -> its text, for those of these documents whose record takes `most` bytes or less."""
        with self._reading():
            rows = self._connection.execute(
                "SELECT key, json_extract(body, '$.text') FROM records WHERE kind = 'documents'"
                " AND key IN (SELECT value FROM json_each(?)) AND length(CAST(body AS BLOB)) <= ?",
                (json.dumps(list(keys)), most),
            )
            return {str(key): str(text) for key, text in rows}

    def titles(self, keys: Iterable[str]) -> dict[str, str]:
        """Document -> its title, its id where it has none, without its text; for those that are there."""
        with self._reading():
            rows = self._connection.execute(
                "SELECT key, coalesce(json_extract(body, '$.title'), key) FROM records WHERE kind = 'documents'"
                " AND key IN (SELECT value FROM json_each(?))",
                (json.dumps(list(keys)),),
            )
            return {str(key): str(title) for key, title in rows}

    def docs_and_voices(self) -> tuple[list[str], list[str]]:
        """What the review queue can be narrowed to."""
        with self._reading():
            return queue.docs_and_voices(self._connection)

    def reviews_of(self, prefix: str, end: str | None = None) -> dict[str, tuple[dict[str, Any], int]]:
        """Target -> its latest review and that record's version, for the targets that begin with `prefix`, or that lie
        from `prefix` up to but not at `end` in the order of code points."""
        with self._reading():
            rows = self._connection.execute(
                "SELECT body, version FROM targets JOIN records USING (row) WHERE target >= ? AND target < ? ORDER BY place",
                (prefix, prefix + "\U0010ffff" if end is None else end),
            )
            found = [(json.loads(body), int(version)) for body, version in rows]
        return {body["target"]: (body, version) for body, version in found}

    def reviews_on(self, names: Iterable[str]) -> list[dict[str, Any]]:
        """The reviews of these targets."""
        with self._reading():
            if self._connection.execute("SELECT NOT EXISTS (SELECT 1 FROM targets)").fetchone()[0]:
                return []
            rows = self._connection.execute(
                "SELECT body FROM targets JOIN records USING (row) WHERE target IN (SELECT value FROM json_each(?))",
                (json.dumps(list(names)),),
            )
            return [json.loads(body) for (body,) in rows]

    def reasons(self) -> list[dict[str, Any]]:
        """The reviews whose reviewer said why, in order."""
        with self._reading():
            rows = self._connection.execute(
                "SELECT body FROM records WHERE kind = 'reviews' AND body NOT LIKE '%\"why\": null%' ORDER BY place"
            )
            return [json.loads(body) for (body,) in rows]

    def keyed(self, kind: str) -> list[tuple[str, int, Any]]:
        """(key, version, record) of all records of one kind, in order."""
        with self._reading():
            rows = self._connection.execute(
                "SELECT key, version, body FROM records WHERE kind = ? ORDER BY place", (kind,)
            )
            return [(str(key), int(version), json.loads(body)) for key, version, body in rows]

    def reviews_by_person(self) -> list[dict[str, Any]]:
        """The last review of each target by each person that an operation in force wrote, in the order of the log.

        A review of one person takes the place of another's in the case; the log keeps both.
        """
        with self._reading():
            found: dict[tuple[str, str], dict[str, Any]] = {}
            for body in operations.written(self._connection, "reviews"):
                found.pop((body["target"], body["by"]), None)
                found[body["target"], body["by"]] = body
            return list(found.values())

    def case(self, *, without: Sequence[str] = ()) -> Case:
        """Everything, as a Case; `without` names lists that are left empty (statements with documents only)."""
        try:
            return case_from(self.plain(without=without), [])
        except CaseError as error:
            raise CaseError(f"{self.path}: {error}") from None

    def plain(self, *, without: Sequence[str] = ()) -> dict[str, Any]:
        """Everything, as in the text form, without the lists that `without` names."""
        value: dict[str, Any] = {"schema": "winset-case/1", **self.head()}
        with self._reading():
            rows = self._connection.execute(
                "SELECT kind, body FROM records WHERE kind IN (SELECT value FROM json_each(?)) ORDER BY kind, place",
                (json.dumps([kind for kind in LISTS if kind not in without]),),
            )
            for kind, body in rows:
                value.setdefault(kind, []).append(json.loads(body))
        return {"parties": [], **value}

    def marks(self) -> list[str]:
        """The names of the undo points, the newest first."""
        with self._reading():
            return operations.marks(self._connection)

    def case_at(self, mark: str) -> tuple[Case, date]:
        """The case as it stood when the newest undo point of that name was set, and the day of that; the file stays as it is.

        Raises UsageError as `operations.back_to`.
        """
        with self._reading():
            rows = self._connection.execute("SELECT kind, key, place, body FROM records")
            there = {(kind, key): (place, body) for kind, key, place, body in rows}
            changes, at = operations.changes_back_to(self._connection, mark)
        found: dict[str, list[tuple[int, str, Any]]] = {}
        for (kind, key), (place, body) in there.items():
            if (kind, key) not in changes:
                found.setdefault(kind, []).append((place, key, json.loads(body)))
        for (kind, key), change in changes.items():
            if change.body is not None:
                found.setdefault(kind, []).append((change.place, key, change.body))
        head = {key: body for _, key, body in found.pop("case", [])}
        lists = {kind: [one for *_, one in sorted(each, key=lambda row: row[:2])] for kind, each in found.items()}
        value = {"schema": "winset-case/1", **{key: head.get(key) for key in HEAD}, "parties": [], **lists}
        try:
            return case_from(value, []), at.date()
        except CaseError as error:
            raise CaseError(f"{self.path}, at {mark!r}: {error}") from None

    def docs_by_day(self) -> list[str]:
        """The ids of all documents, the latest first; those without a day last."""
        with self._reading():
            rows = self._connection.execute(
                "SELECT key FROM records WHERE kind = 'documents'"
                " ORDER BY coalesce(json_extract(body, '$.date'), '') DESC, place DESC"
            )
            return [str(key) for (key,) in rows]

    def search(self, words: str, *, kind: str = "documents", count: int = 20) -> list[str]:
        """Keys of the records that hold all the words, best first; case and accents do not matter."""
        query = queue.all_words(words)
        if not query:
            return []
        with self._reading():
            rows = self._connection.execute(
                "SELECT key FROM search JOIN records ON row = search.rowid WHERE search MATCH ? AND kind = ?"
                " ORDER BY bm25(search), row LIMIT ?",
                (query, kind, count),
            )
            return [key for (key,) in rows]

    def original(self, sha256: str) -> bytes | None:
        """The bytes of a source as they came, None where the case does not hold them. Raises CaseError where they
        do not match their hash."""
        with self._reading():
            row = self._connection.execute("SELECT data FROM originals WHERE sha256 = ?", (sha256,)).fetchone()
            if row is None:
                return None
            try:
                data = zlib.decompressobj().decompress(row[0], _LARGEST_ORIGINAL)
            except zlib.error as error:
                raise CaseError(f"{self.path}: the original {sha256[:12]} is damaged ({error})") from None
        if hashlib.sha256(data).hexdigest() != sha256:
            raise CaseError(f"{self.path}: the original {sha256[:12]} does not match its hash")
        return data

    def originals(self) -> list[str]:
        """Hashes of the originals that the case holds."""
        with self._reading():
            return [one for (one,) in self._connection.execute("SELECT sha256 FROM originals ORDER BY sha256")]

    def history(self, limit: int | None = None) -> list[Operation]:
        """The log of operations, newest first."""
        with self._reading():
            return operations.history(self._connection, limit)

    def made(self) -> str:
        """When and by whom the case was made: the same for all its copies and backups, another for another case."""
        with self._reading():
            row = self._connection.execute("SELECT at, author FROM operations ORDER BY id LIMIT 1").fetchone()
        return f"{row[0]} {row[1]}" if row else ""

    def problems(self) -> list[str]:
        """What SQLite's own check of the whole file finds, empty where it is sound."""
        with translated(self.path):
            rows = self._connection.execute("PRAGMA integrity_check(20)").fetchall()
        return [str(text) for (text,) in rows if text != "ok"]

    @contextmanager
    def _reading(self) -> Iterator[None]:
        with translated(self.path):
            yield
