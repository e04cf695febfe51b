"""The log of operations: each a set of record changes with its inverse, applied and logged in one transaction."""

import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from winset.errors import CaseError, UsageError
from winset.store import outline, queue

IN_FORCE, UNDONE, OVERTAKEN = 0, 1, 2
_LARGEST_PAYLOAD = 1 << 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One record as it shall be; `body` None means that it shall not be there."""

    kind: str
    key: str
    place: int
    body: Any | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One line of the log. `state` is 0 in force, 1 undone, 2 undone and overtaken; None for an undo or redo itself."""

    id: int
    at: datetime
    author: str
    kind: str
    label: str
    about: int | None
    state: int | None


def record(
    connection: sqlite3.Connection, changes: Sequence[Change], *, at: datetime, author: str, kind: str, label: str
) -> int:
    """Applies the changes and logs them with their inverse; the operation's id. The caller holds the transaction."""
    inverse = [_current(connection, change) for change in reversed(changes)]
    made = _log(connection, at, author, kind, label, None, _pack(changes), _pack(inverse))
    connection.execute("UPDATE standing SET state = ? WHERE state = ?", (OVERTAKEN, UNDONE))
    connection.execute("INSERT INTO standing VALUES (?, ?)", (made, IN_FORCE))
    _apply(connection, changes, made)
    return made


def append(connection: sqlite3.Connection, change: Change, *, at: datetime, author: str, label: str) -> int:
    """Adds one record for good: logged like any operation, but no undo ever reaches it."""
    made = _log(connection, at, author, "seal", label, None, _pack([change]), _pack([]))
    _apply(connection, [change], made)
    return made


def appended(connection: sqlite3.Connection) -> list[str]:
    """The labels of all records added for good, in order."""
    return [one for (one,) in connection.execute("SELECT label FROM operations WHERE kind = 'seal' ORDER BY id")]


def undo(connection: sqlite3.Connection, *, at: datetime, author: str) -> Operation | None:
    """Takes back the last operation in force and logs that; None where there is none."""
    return _again(connection, _top(connection), "undo", "inverse", UNDONE, at, author)


def redo(connection: sqlite3.Connection, *, at: datetime, author: str) -> Operation | None:
    """Repeats the operation undone last and logs that; None where there is none."""
    row = connection.execute("SELECT min(operation) FROM standing WHERE state = ?", (UNDONE,)).fetchone()
    return _again(connection, row[0], "redo", "payload", IN_FORCE, at, author)


def mark(connection: sqlite3.Connection, name: str, *, at: datetime, author: str) -> int:
    """Gives the present state a name in the log, to come back to with `back_to`; the entry's id."""
    return _log(connection, at, author, "mark", name, _top(connection), b"", b"")


def marks(connection: sqlite3.Connection) -> list[str]:
    """The names of the undo points, the newest first."""
    rows = connection.execute("SELECT label FROM operations WHERE kind = 'mark' GROUP BY label ORDER BY max(id) DESC")
    return [str(label) for (label,) in rows]


def back_to(connection: sqlite3.Connection, name: str, *, at: datetime, author: str) -> list[Operation]:
    """Undoes or repeats operations until the case stands where the newest mark `name` was set; what was done.

    Raises UsageError where no mark has that name, and where operations of the marked state were undone and others
    done instead: no chain of undo and redo leads back there.
    """
    target, state, _ = _marked(connection, name)
    step = redo if state == UNDONE else undo
    done: list[Operation] = []
    while _top(connection) != target:
        one = step(connection, at=at, author=author)
        if one is None:
            raise CaseError(f"the log does not lead back to the undo point {name!r}")
        done.append(one)
    return done


def changes_back_to(connection: sqlite3.Connection, name: str) -> tuple[dict[tuple[str, str], Change], datetime]:
    """(kind, key) -> what `back_to` would make of that record, and when the undo point was set; nothing is done.

    Raises as `back_to`.
    """
    target, state, at = _marked(connection, name)
    if state == UNDONE:
        rows = connection.execute(
            "SELECT payload FROM operations JOIN standing ON operation = id WHERE state = ? AND id <= ? ORDER BY id",
            (UNDONE, target),
        )
    else:
        rows = connection.execute(
            "SELECT inverse FROM operations JOIN standing ON operation = id WHERE state = ? AND id > ? ORDER BY id DESC",
            (IN_FORCE, target or 0),
        )
    return {(one.kind, one.key): one for (packed,) in rows for one in unpack(packed)}, at


def _marked(connection: sqlite3.Connection, name: str) -> tuple[int | None, int | None, datetime]:
    """The operation after which the newest mark `name` was set, that operation's state, and when. Raises UsageError."""
    row = connection.execute(
        "SELECT about, at FROM operations WHERE kind = 'mark' AND label = ? ORDER BY id DESC LIMIT 1", (name,)
    ).fetchone()
    if row is None:
        there = marks(connection)
        raise UsageError(
            f"no undo point is named {name!r}; there are {', '.join(map(repr, there))}" if there
            else f"no undo point is named {name!r}; `winset mark` sets one"
        )  # fmt: skip
    target, at = row
    state = connection.execute("SELECT state FROM standing WHERE operation = ?", (target,)).fetchone()
    if state == (OVERTAKEN,):
        raise UsageError(
            f"operations before the undo point {name!r} were undone and others done instead; `winset history` shows "
            "them, a backup may hold the state (`winset restore --backup`)"
        )
    return target, state[0] if state else None, datetime.fromisoformat(at)


def _top(connection: sqlite3.Connection) -> int | None:
    found: int | None = connection.execute(
        "SELECT max(operation) FROM standing WHERE state = ?", (IN_FORCE,)
    ).fetchone()[0]
    return found


def written(connection: sqlite3.Connection, kind: str) -> Iterator[Any]:
    """The bodies of records of one kind that operations in force wrote, in the order of the log."""
    rows = connection.execute(
        "SELECT payload FROM operations JOIN standing ON operation = id WHERE state = ? ORDER BY id", (IN_FORCE,)
    )
    for (payload,) in rows:
        for change in unpack(payload):
            if change.kind == kind and change.body is not None:
                yield change.body


def history(connection: sqlite3.Connection, limit: int | None = None) -> list[Operation]:
    """The log, newest first."""
    rows = connection.execute(
        "SELECT id, at, author, kind, label, about, state FROM operations LEFT JOIN standing ON operation = id"
        " ORDER BY id DESC LIMIT ?",
        (-1 if limit is None else limit,),
    )
    return [_operation(row) for row in rows]


def _operation(row: tuple[Any, ...]) -> Operation:
    number, at, author, kind, label, about, state = row
    return Operation(
        id=number, at=datetime.fromisoformat(at), author=author, kind=kind, label=label, about=about, state=state
    )


def _again(
    connection: sqlite3.Connection, target: int | None, word: str, column: str, state: int, at: datetime, author: str
) -> Operation | None:
    if target is None:
        return None
    packed, label, kind = connection.execute(
        f"SELECT {column}, label, kind FROM operations WHERE id = ?",  # noqa: S608 - column is one of two literals
        (target,),
    ).fetchone()
    made = _log(connection, at, author, word, label, target, b"", b"")
    connection.execute("UPDATE standing SET state = ? WHERE operation = ?", (state, target))
    _apply(connection, unpack(packed), made)
    return Operation(id=target, at=at, author=author, kind=kind, label=label, about=None, state=state)


def _log(
    connection: sqlite3.Connection, at: datetime, author: str, kind: str, label: str, about: int | None,
    payload: bytes, inverse: bytes,
) -> int:  # fmt: skip
    made = connection.execute(
        "INSERT INTO operations (at, author, kind, label, about, payload, inverse) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (at.isoformat(), author, kind, label, about, payload, inverse),
    ).lastrowid
    assert made is not None
    return made


def _current(connection: sqlite3.Connection, change: Change) -> Change:
    row = connection.execute(
        "SELECT place, body FROM records WHERE kind = ? AND key = ?", (change.kind, change.key)
    ).fetchone()
    if row is None:
        return Change(kind=change.kind, key=change.key, place=change.place, body=None)
    return Change(kind=change.kind, key=change.key, place=row[0], body=json.loads(row[1]))


def _rank(change: Change) -> int:
    """Documents first: statements are indexed by their text. Reviews last: they say how statements stand."""
    return {"documents": 0, "reviews": 2}.get(change.kind, 1)


def _apply(connection: sqlite3.Connection, changes: Iterable[Change], version: int) -> None:
    texts: dict[str, str] = {}
    for change in sorted(changes, key=_rank):
        row = connection.execute(
            "SELECT row FROM records WHERE kind = ? AND key = ?", (change.kind, change.key)
        ).fetchone()
        if row is not None:
            connection.execute("DELETE FROM search WHERE rowid = ?", row)
        if change.body is None:
            if row is not None:
                _left(connection, change, row[0])
            continue
        body = json.dumps(change.body, ensure_ascii=False, allow_nan=False)
        number = connection.execute(
            "INSERT INTO records (kind, key, place, version, body) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (kind, key) DO UPDATE SET place = excluded.place, version = excluded.version,"
            " body = excluded.body RETURNING row",
            (change.kind, change.key, change.place, version, body),
        ).fetchone()
        text = _words(connection, change, texts)
        if text:
            connection.execute("INSERT INTO search (rowid, text) VALUES (?, ?)", (number[0], text))
        if change.kind == "statements":
            queue.statement_written(connection, number[0], change.place, change.key, change.body)
            outline.statement_written(connection, number[0], change.body)
        elif change.kind == "judgements":
            outline.judgement_written(connection, number[0], change.place, change.body)
        elif change.kind == "reviews":
            queue.review_written(connection, number[0], str(change.body["target"]))


def _left(connection: sqlite3.Connection, change: Change, row: int) -> None:
    """Removes a record, and what it was in the review queue and the outlines."""
    connection.execute("DELETE FROM records WHERE row = ?", (row,))
    if change.kind == "statements":
        queue.statement_removed(connection, row)
        outline.statement_removed(connection, row)
    elif change.kind == "judgements":
        outline.judgement_removed(connection, row)
    elif change.kind == "reviews":
        queue.review_removed(connection, row)


def _words(connection: sqlite3.Connection, change: Change, texts: dict[str, str]) -> str:
    """What full-text search finds a record by: a document's title and text, a statement's content."""
    if change.kind == "documents":
        texts[change.key] = change.body["text"]  # type: ignore[index]  # bodies of documents are objects
        return f"{change.body.get('title') or ''}\n{texts[change.key]}"  # type: ignore[union-attr]  # as above
    if change.kind != "statements":
        return ""
    doc = change.body["doc"]  # type: ignore[index]  # bodies of statements are objects
    if doc not in texts:
        row = connection.execute("SELECT body FROM records WHERE kind = 'documents' AND key = ?", (doc,)).fetchone()
        texts[doc] = json.loads(row[0])["text"] if row else ""
    pieces = [texts[doc][start:end] for start, end in change.body["content"]]  # type: ignore[index]  # as above
    return "\n".join([*pieces, change.body.get("translation") or ""])  # type: ignore[union-attr]  # as above


def _pack(changes: Sequence[Change]) -> bytes:
    value = [[c.kind, c.key, c.place, c.body] for c in changes]
    return zlib.compress(json.dumps(value, ensure_ascii=False, allow_nan=False).encode(), 6)


def unpack(packed: bytes) -> list[Change]:
    """The changes of a log entry. Raises CaseError where its checksum does not hold."""
    unzip = zlib.decompressobj()
    try:
        data = unzip.decompress(packed, _LARGEST_PAYLOAD)
    except zlib.error as error:
        raise CaseError(f"an operation of the log is damaged ({error})") from None
    return [Change(kind=kind, key=key, place=place, body=body) for kind, key, place, body in json.loads(data)]
