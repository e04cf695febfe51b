"""The review queue: one small row a statement, kept in step with statements and reviews by every operation.

`waiting` is derived: what it holds can always be made again from `records`. It is there so that the next statement to
review, a filtered list of them and their number are found without reading the statements.
"""

import json
import sqlite3
from dataclasses import dataclass
from typing import Any, Literal

Order = Literal["case", "doubt", "sure"]
ORDERS: dict[Order, str] = {"case": "place, place", "doubt": "score, place", "sure": "-score, place"}

LAST_VERDICT = """(SELECT json_extract(body, '$.verdict') FROM targets JOIN records USING (row)
    WHERE target = ? ORDER BY records.place DESC LIMIT 1)"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which statements, in which order: of one document, of one speaker's party (or speaker), those named; `state`
    None means not reviewed yet, "any" all of them, else a verdict."""

    state: str | None = None
    order: Order = "case"
    doc: str | None = None
    who: str | None = None
    only: tuple[str, ...] | None = None
    phrase: str | None = None  # words that the content holds


def statement_written(connection: sqlite3.Connection, row: int, place: int, key: str, body: dict[str, Any]) -> None:
    """Keeps the row of one statement in step."""
    speaker = body.get("speaker") or {}
    who = next((speaker[k] for k in ("party", "name", "description", "kind") if speaker.get(k)), "")
    connection.execute(
        f"INSERT OR REPLACE INTO waiting VALUES (?, ?, ?, ?, ?, {LAST_VERDICT})",  # noqa: S608 - a literal
        (row, place, float(body.get("score", 1.0)), str(body["doc"]), str(who), f"statement:{key}"),
    )


def statement_removed(connection: sqlite3.Connection, row: int) -> None:
    """Takes the row of one statement away."""
    connection.execute("DELETE FROM waiting WHERE row = ?", (row,))


def review_written(connection: sqlite3.Connection, row: int, target: str) -> None:
    """Keeps in step what a review is about, and the verdict there."""
    before = _target(connection, row)
    connection.execute("INSERT OR REPLACE INTO targets VALUES (?, ?)", (row, target))
    for one in {before, target} - {None}:
        _say(connection, str(one))


def review_removed(connection: sqlite3.Connection, row: int) -> None:
    """Takes a review away, and its verdict with it."""
    before = _target(connection, row)
    connection.execute("DELETE FROM targets WHERE row = ?", (row,))
    if before is not None:
        _say(connection, before)


def _target(connection: sqlite3.Connection, row: int) -> str | None:
    found = connection.execute("SELECT target FROM targets WHERE row = ?", (row,)).fetchone()
    return str(found[0]) if found else None


def _say(connection: sqlite3.Connection, target: str) -> None:
    """Brings the verdict on a target up to date, if it is a statement that is there."""
    kind, _, key = target.partition(":")
    if kind == "statement":
        connection.execute(
            f"""UPDATE waiting SET verdict = {LAST_VERDICT}
                WHERE row = (SELECT row FROM records WHERE kind = 'statements' AND key = ?)""",  # noqa: S608 - a literal
            (target, key),
        )


def page(connection: sqlite3.Connection, wanted: Wanted, *, start: int, count: int) -> list[dict[str, Any]]:
    """`count` statements from the `start`-th on."""
    return [json.loads(body) for body in as_written(connection, wanted, start=start, count=count)]


def as_written(connection: sqlite3.Connection, wanted: Wanted, *, start: int, count: int) -> list[str]:
    """As `page`, each as its text stands in the file."""
    where, values = _where(wanted)
    rows = connection.execute(
        f"SELECT body FROM (SELECT row AS at FROM waiting WHERE {where} ORDER BY {ORDERS[wanted.order]}"  # noqa: S608 - literals
        " LIMIT ? OFFSET ?) JOIN records ON row = at",
        (*values, count, start),
    )
    return [str(body) for (body,) in rows]


def number(connection: sqlite3.Connection, wanted: Wanted) -> int:
    """How many there are."""
    where, values = _where(wanted)
    found: int = connection.execute(f"SELECT count(*) FROM waiting WHERE {where}", values).fetchone()[0]  # noqa: S608
    return found


def following(connection: sqlite3.Connection, wanted: Wanted, after: str | None) -> dict[str, Any] | None:
    """The first behind the statement `after` (or of all); None at the end."""
    where, values = _where(wanted)
    order = ORDERS[wanted.order]
    if after is not None:
        held = connection.execute(
            f"""SELECT {order} FROM waiting
                WHERE row = (SELECT row FROM records WHERE kind = 'statements' AND key = ?)""",  # noqa: S608 - a literal
            (after,),
        ).fetchone()
        if held is not None:
            where += f" AND ({order}) > (?, ?)"
            values = [*values, *held]
    row = connection.execute(
        f"SELECT row FROM waiting WHERE {where} ORDER BY {order} LIMIT 1",  # noqa: S608 - literals
        values,
    ).fetchone()
    if row is None:
        return None
    body = connection.execute("SELECT body FROM records WHERE row = ?", row).fetchone()[0]
    found: dict[str, Any] = json.loads(body)
    return found


def lessons(connection: sqlite3.Connection, most: int) -> list[tuple[str, str]]:
    """The statements last put under a verdict other than skipping, each as it was read and its text stands in the file, with
    that verdict; at most `most`."""
    rows = connection.execute(
        """SELECT target, said.body, verdict FROM (
            SELECT target, json_extract(body, '$.verdict') AS verdict, place FROM records JOIN targets USING (row)
            WHERE kind = 'reviews' AND target GLOB 'statement:*' AND json_extract(body, '$.verdict') <> 'skip'
            ORDER BY place DESC LIMIT ?
        ) AS made JOIN records AS said ON said.kind = 'statements' AND said.key = substr(target, 11)
        ORDER BY made.place DESC""",
        (most,),
    )
    latest: dict[str, tuple[str, str]] = {}
    for target, body, verdict in rows:
        latest.setdefault(str(target), (str(body), str(verdict)))
    return list(latest.values())


def docs_and_voices(connection: sqlite3.Connection, most: int = 200) -> tuple[list[str], list[str]]:
    """The documents and the speakers' parties (or speakers) there are to choose from, those with the most first."""
    found = []
    for column in ("doc", "who"):
        rows = connection.execute(
            f"SELECT {column} FROM waiting GROUP BY {column} ORDER BY count(*) DESC, {column} LIMIT ?",  # noqa: S608
            (most,),
        )
        found.append([str(one) for (one,) in rows])
    return found[0], found[1]


def all_words(words: str) -> str:
    """A full-text query for all the words, each taken literally; empty where there is none."""
    return " ".join('"' + word.replace('"', '""') + '"' for word in words.replace("\0", " ").split())


def _where(wanted: Wanted) -> tuple[str, list[Any]]:
    parts: list[str] = []
    said: list[Any] = []
    if wanted.state is None:
        parts.append("verdict IS NULL")
    elif wanted.state != "any":
        parts.append("verdict = ?")
        said.append(wanted.state)
    for column, value in (("doc", wanted.doc), ("who", wanted.who)):
        if value is not None:
            parts.append(f"{column} = ?")
            said.append(value)
    if wanted.only is not None:
        parts.append(
            "row IN (SELECT row FROM records WHERE kind = 'statements' AND key IN (SELECT value FROM json_each(?)))"
        )
        said.append(json.dumps(wanted.only))
    if query := all_words(wanted.phrase or ""):
        parts.append("row IN (SELECT rowid FROM search WHERE search MATCH ?)")
        said.append(query)
    return " AND ".join(parts) or "TRUE", said
