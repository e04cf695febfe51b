"""Getting out of a damaged case file whatever can still be read, without touching it.

The records are in the file twice: in their table, and in the log, whose entries carry a checksum. Where the whole log can
be read, it alone says what the case held. Where it cannot, what the table still gives comes first and the log fills in.
"""

import hashlib
import json
import shutil
import sqlite3
import tempfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from winset.domain.case import Case
from winset.domain.plain.cases import HEAD, LISTS, case_from
from winset.errors import CaseError, StoreError
from winset.store.connection import MAGIC, connect, hint_at_backups
from winset.store.operations import Change, unpack
from winset.store.schema import verify

_CHUNK = 512  # rows asked for at once; halved where a page among them cannot be read
_LEAST_ROW = 16  # bytes: bounds the number of rows that a file can hold
_LARGEST_ORIGINAL = 1 << 30
Key = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Salvaged:
    """`lost`: kind and key of records that are known to have been there; `whole_log`: every operation could be read."""

    case: Case
    originals: dict[str, bytes]
    lost: tuple[Key, ...]
    whole_log: bool


def salvage(path: Path) -> Salvaged:
    """What is left of a case. Raises CaseError where not even the tables' names can be read, and names the backups;
    StoreError where there is no such file."""
    if not path.is_file():
        raise StoreError(f"{path} does not exist, or is no file; check the name")
    with tempfile.TemporaryDirectory(prefix="winset-") as folder:
        copy = Path(folder) / "case.winset"  # SQLite may write while it reads: into a journal, after a crash
        shutil.copyfile(path, copy)
        journal = path.with_name(path.name + "-journal")
        if journal.is_file():
            shutil.copyfile(journal, copy.with_name(copy.name + "-journal"))
        with copy.open("rb") as file:
            head = file.read(len(MAGIC))
        if head != MAGIC:
            raise CaseError(f"{path} is not a case file, or its first bytes are lost{hint_at_backups(path)}")
        try:
            connection = connect(copy)
        except CaseError:
            raise _beyond(path) from None
        try:
            verify(connection)
            return _salvage(connection, copy.stat().st_size // _LEAST_ROW)
        except (CaseError, sqlite3.Error):
            raise _beyond(path) from None
        finally:
            connection.close()


def _beyond(path: Path) -> CaseError:
    return CaseError(f"{path}: the first page is damaged, nothing can be read without it{hint_at_backups(path)}")


def _salvage(connection: sqlite3.Connection, most: int) -> Salvaged:
    logged, whole_log = _logged(connection, most)
    known = set(logged)
    found: dict[Key, tuple[int, Any]] = {}
    if whole_log:
        found = logged
    else:
        for row in _rows(connection, "records", "row", "kind, key, place, body", most):
            if row is None:
                continue
            try:
                found[str(row[0]), str(row[1])] = int(row[2]), json.loads(row[3])
            except (TypeError, ValueError):
                continue
        known |= _named(connection)
        found = {key: value for key, value in logged.items() if key not in found} | found
    case, kept = _fitting(found)
    return Salvaged(
        case=case, originals=dict(_originals(connection, most)),
        lost=tuple(sorted((known | set(found)) - kept)), whole_log=whole_log,
    )  # fmt: skip


def _logged(connection: sqlite3.Connection, most: int) -> tuple[dict[Key, tuple[int, Any]], bool]:
    """What the log amounts to, and whether all of it could be read."""
    done: dict[int, tuple[list[Change], list[Change]]] = {}
    state: dict[Key, tuple[int, Any]] = {}
    whole, last = True, 0
    for row in _rows(connection, "operations", "id", "id, kind, about, payload, inverse", most):
        try:
            changes = _changes(row, done)
        except (CaseError, KeyError, TypeError, ValueError, zlib.error):
            whole = False
            continue
        number = int(row[0]) if row else 0
        whole, last = whole and number == last + 1, number
        for change in changes:
            if change.body is None:
                state.pop((change.kind, change.key), None)
            else:
                state[change.kind, change.key] = change.place, change.body
    return state, whole


def _changes(row: tuple[Any, ...] | None, done: dict[int, tuple[list[Change], list[Change]]]) -> list[Change]:
    """What one entry of the log changed; `done` holds what those before it changed, and how that is taken back."""
    if row is None:
        raise ValueError("a stretch of the log that cannot be read")
    number, kind, about, payload, inverse = row
    if kind == "mark":
        return []
    if kind in ("undo", "redo"):
        return done[about][kind == "undo"]
    done[int(number)] = unpack(payload), unpack(inverse)
    return done[int(number)][0]


def _rows(
    connection: sqlite3.Connection, table: str, number: str, columns: str, most: int
) -> Iterator[tuple[Any, ...] | None]:
    """The rows of a table in the order of their number; None for each stretch of it that cannot be read."""
    try:
        top = int(connection.execute(f"SELECT max({number}) FROM {table}").fetchone()[0] or 0)  # noqa: S608 - literals
    except sqlite3.Error:
        top = most
    ranges = [(start, min(start + _CHUNK, top + 1)) for start in range(top - top % _CHUNK, -1, -_CHUNK)]
    ask = f"SELECT {columns} FROM {table} NOT INDEXED WHERE {number} >= ? AND {number} < ? ORDER BY {number}"  # noqa: S608 - literals
    while ranges:
        start, end = ranges.pop()
        try:
            yield from connection.execute(ask, (start, end)).fetchall()
        except (sqlite3.Error, UnicodeDecodeError):
            if end - start > 1:
                middle = (start + end) // 2
                ranges += [(middle, end), (start, middle)]
            else:
                yield None


def _named(connection: sqlite3.Connection) -> set[Key]:
    """Records by the index on their names, which is kept apart from them."""
    try:
        return set(connection.execute("SELECT kind, key FROM records INDEXED BY sqlite_autoindex_records_1"))
    except sqlite3.Error:
        return set()


def _originals(connection: sqlite3.Connection, most: int) -> Iterator[tuple[str, bytes]]:
    """The bytes of sources that still match their hash."""
    for row in _rows(connection, "originals", "rowid", "sha256, data", most):
        try:
            if row is not None:
                data = zlib.decompressobj().decompress(row[1], _LARGEST_ORIGINAL)
                if hashlib.sha256(data).hexdigest() == row[0]:
                    yield row[0], data
        except (zlib.error, TypeError):
            continue


def _fitting(found: dict[Key, tuple[int, Any]]) -> tuple[Case, set[Key]]:
    """The case of all records that are well formed and fit together, and their names."""
    value: dict[str, Any] = {"schema": "winset-case/1", "parties": []}
    kept: set[Key] = set()
    for key in HEAD:
        if ("case", key) in found:
            _take(value, key, [(("case", key), found["case", key][1])], kept)
    for kind in LISTS:
        records = sorted((place, key, body) for (one, key), (place, body) in found.items() if one == kind)
        value[kind] = []
        _take(value, kind, [((kind, key), body) for _, key, body in records], kept)
    return case_from(value, []), kept


def _take(value: dict[str, Any], part: str, records: list[tuple[Key, Any]], kept: set[Key]) -> None:
    """Adds to a part of the case all records with which it can still be read, by halves."""
    if not records:
        return
    before = value.get(part)
    bodies = [body for _, body in records]
    value[part] = before + bodies if isinstance(before, list) else bodies[0]
    try:
        case_from(value, [])
    except CaseError:
        if before is None:
            del value[part]
        else:
            value[part] = before
        if len(records) > 1:
            middle = len(records) // 2
            _take(value, part, records[:middle], kept)
            _take(value, part, records[middle:], kept)
        return
    kept.update(key for key, _ in records)
