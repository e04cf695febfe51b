"""What is judged and done, in outline: small rows that every operation keeps in step, so that only the few records that
matter are read whole.

`judged` and `acts` are derived: what they hold can always be made again from `records`.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

_text = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode  # as SQLite writes it
_ALL = "\U0010ffff"  # later than any day


class Judged(NamedTuple):
    """One judgement of a position: its row, its day (empty where it has none), the first statement it rests on (empty
    where it rests on none) and how many grounds it has."""

    row: int
    day: str
    statement: str
    grounds: int


def judgement_written(connection: sqlite3.Connection, row: int, place: int, body: dict[str, Any]) -> None:
    """Keeps the row of one judgement in step."""
    party, issue, grounds = body.get("party"), body.get("issue"), body.get("grounds") or []
    if body.get("quantity") != "position" or not party or not issue:
        judgement_removed(connection, row)
        return
    first = next((one["statement"] for one in grounds if one.get("statement")), "")
    connection.execute(
        "INSERT OR REPLACE INTO judged VALUES (?, ?, ?, ?, ?, ?, ?)",
        (row, place, party, issue, body.get("as_of") or "", first, len(grounds)),
    )


def judgement_removed(connection: sqlite3.Connection, row: int) -> None:
    """Takes the row of one judgement away."""
    connection.execute("DELETE FROM judged WHERE row = ?", (row,))


def statement_written(connection: sqlite3.Connection, row: int, body: dict[str, Any]) -> None:
    """Keeps the act, the voice and what is told of one statement in step."""
    speaker = body.get("speaker") or {}
    voice = next((speaker[key] for key in ("name", "description", "role") if speaker.get(key) is not None), "")
    tells = [speaker.get("party"), speaker.get("members"), *map(body.get, ("act", "modality", "tense", "condition"))]
    connection.execute(
        "INSERT OR REPLACE INTO acts VALUES (?, ?, ?, ?)", (row, body.get("act") or "", voice, _text(tells))
    )


def statement_removed(connection: sqlite3.Connection, row: int) -> None:
    """Takes the row of one statement away."""
    connection.execute("DELETE FROM acts WHERE row = ?", (row,))


def judged_lines(
    connection: sqlite3.Connection, day: str | None, most: int
) -> dict[tuple[str, str], list[Judged]]:  # fmt: skip
    """(party, issue) -> its `most` latest judgements up to a day (of all days without one), the latest first; in the order in
    which the lines were begun."""
    keys = connection.execute("SELECT party, issue FROM judged GROUP BY party, issue ORDER BY min(place)").fetchall()
    lines: list[list[Judged]] = [[] for _ in keys]
    rows = connection.execute(
        "SELECT line.key, row, day, statement, grounds FROM json_each(?) AS line"
        " JOIN judged ON row IN (SELECT row FROM judged AS one WHERE one.party = json_extract(line.value, '$[0]')"
        " AND one.issue = json_extract(line.value, '$[1]') AND one.day <= ?"
        " ORDER BY one.day DESC, one.place DESC LIMIT ?) ORDER BY day DESC, place DESC",
        (json.dumps(keys), _ALL if day is None else day, most),
    )
    for n, *rest in rows:
        lines[n].append(Judged(*rest))
    return dict(zip(keys, lines, strict=True))


def judged_upto(connection: sqlite3.Connection, party: str, issue: str, day: str | None) -> Iterator[Judged]:
    """The judgements of a party's position on an issue up to a day (all without one), the latest first."""
    rows = connection.execute(
        "SELECT row, day, statement, grounds FROM judged WHERE party = ? AND issue = ? AND day <= ?"
        " ORDER BY day DESC, place DESC",
        (party, issue, _ALL if day is None else day),
    )
    return map(Judged._make, rows)


def judged_undated(connection: sqlite3.Connection) -> list[Judged]:
    """The judgements of positions whose day nobody knows, in order."""
    rows = connection.execute("SELECT row, day, statement, grounds FROM judged WHERE day = '' ORDER BY place")
    return list(map(Judged._make, rows))


def bodies(connection: sqlite3.Connection, rows: Iterable[int]) -> dict[int, Any]:
    """Row -> record."""
    found = connection.execute(
        "SELECT row, body FROM records WHERE row IN (SELECT value FROM json_each(?))", (json.dumps(list(rows)),)
    )
    return {row: json.loads(body) for row, body in found}


def rejected_statements(connection: sqlite3.Connection) -> set[str]:
    """Ids of the statements that a person rejected."""
    rows = connection.execute("SELECT key FROM waiting JOIN records USING (row) WHERE verdict = 'reject'")
    return {str(key) for (key,) in rows}


def voices(connection: sqlite3.Connection, keys: Iterable[str]) -> dict[str, str]:
    """Statement -> its speaker's name, else what describes the speaker."""
    return dict(
        connection.execute(
            "SELECT key, voice FROM records JOIN acts USING (row)"
            " WHERE kind = 'statements' AND key IN (SELECT value FROM json_each(?))",
            (json.dumps(list(keys)),),
        )
    )


Told = tuple[str, str]


def told(connection: sqlite3.Connection, keys: Iterable[str] | None) -> list[Told]:
    """(id, what it tells) of the statements with these ids, or of all: speaker's party and members, act, modality, tense and
    condition as one JSON list, because thousands of statements tell the same."""
    if keys is None:
        return connection.execute(
            "SELECT key, tells FROM records JOIN acts USING (row) WHERE kind = 'statements'"
        ).fetchall()
    return connection.execute(
        "SELECT key, tells FROM records JOIN acts USING (row)"
        " WHERE kind = 'statements' AND key IN (SELECT value FROM json_each(?))",
        (json.dumps(list(keys)),),
    ).fetchall()


Speaking = tuple[str, str | None, str | None, str | None, str | None, str]


def speaking(connection: sqlite3.Connection, keys: Iterable[str]) -> list[Speaking]:
    """(id, name, description, role, party of the speaker, its members as JSON) of the statements with these ids."""
    return connection.execute(
        "SELECT key, body ->> '$.speaker.name', body ->> '$.speaker.description', body ->> '$.speaker.role',"
        " body ->> '$.speaker.party', coalesce(body -> '$.speaker.members', '[]')"
        " FROM records WHERE kind = 'statements' AND key IN (SELECT value FROM json_each(?))",
        (json.dumps(list(keys)),),
    ).fetchall()
