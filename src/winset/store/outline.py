"""What is judged, in outline: columns that SQLite takes out of the records, so that only the few that matter are read whole."""

import json
import sqlite3
from collections.abc import Iterable
from typing import Any, NamedTuple


class Judged(NamedTuple):
    """One judgement of a position: its row, and where it belongs; `day` is empty where it has none."""

    row: int
    party: str
    issue: str
    day: str


def judged_positions(connection: sqlite3.Connection) -> list[Judged]:
    """The judgements of positions on issues, in their order."""
    rows = connection.execute(
        "SELECT row, body ->> '$.party', body ->> '$.issue', coalesce(body ->> '$.as_of', '') FROM records"
        " WHERE kind = 'judgements' AND body ->> '$.quantity' = 'position' ORDER BY place"
    )
    return [Judged(row, str(party), str(issue), str(day)) for row, party, issue, day in rows if issue]


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


Told = tuple[str, str | None, str, str, str, str | None, str | None]


def told(connection: sqlite3.Connection, keys: Iterable[str]) -> list[Told]:
    """(id, speaker's party, its members as JSON, act, modality, tense, condition) of the statements with these ids."""
    return connection.execute(
        "SELECT key, body ->> '$.speaker.party', coalesce(body -> '$.speaker.members', '[]'), body ->> '$.act',"
        " coalesce(body ->> '$.modality', 'asserted'), body ->> '$.tense', body ->> '$.condition'"
        " FROM records WHERE kind = 'statements' AND key IN (SELECT value FROM json_each(?))",
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
