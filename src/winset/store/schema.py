"""The tables of a case file, as numbered steps, and the proof that a file holds them and nothing else."""

import sqlite3

from winset.errors import CaseError

APPLICATION_ID = 0x57534554  # "WSET"

STEPS: tuple[tuple[str, ...], ...] = (
    (
        # One row a record of the case; `version` is the operation that last changed it.
        """CREATE TABLE records (
            row INTEGER PRIMARY KEY, kind TEXT NOT NULL, key TEXT NOT NULL, place INTEGER NOT NULL,
            version INTEGER NOT NULL, body TEXT NOT NULL, UNIQUE (kind, key)) STRICT""",
        "CREATE INDEX records_in_order ON records (kind, place)",
        # The log: nothing is ever changed or removed here. An undo or redo names the operation it is about.
        """CREATE TABLE operations (
            id INTEGER PRIMARY KEY, at TEXT NOT NULL, author TEXT NOT NULL, kind TEXT NOT NULL, label TEXT NOT NULL,
            about INTEGER REFERENCES operations (id), payload BLOB NOT NULL, inverse BLOB NOT NULL) STRICT""",
        # What the log amounts to: 0 in force, 1 undone, 2 undone and overtaken by a later operation.
        """CREATE TABLE standing (
            operation INTEGER PRIMARY KEY REFERENCES operations (id), state INTEGER NOT NULL) STRICT""",
        "CREATE INDEX standing_by_state ON standing (state)",
        # Bytes of the sources as they came, zlib-compressed, under their SHA-256.
        "CREATE TABLE originals (sha256 TEXT PRIMARY KEY, size INTEGER NOT NULL, data BLOB NOT NULL) STRICT",
        """CREATE VIRTUAL TABLE search USING fts5 (text, tokenize = "unicode61 remove_diacritics 2")""",
    ),
    (
        # Reviews are looked up by what they are about.
        # (No index on an expression: SQLite holds json_extract unsafe in a schema that is not trusted.)
        "CREATE TABLE targets (row INTEGER PRIMARY KEY, target TEXT NOT NULL) STRICT",
        "INSERT INTO targets SELECT row, json_extract(body, '$.target') FROM records WHERE kind = 'reviews'",
        "CREATE INDEX targets_by_name ON targets (target)",
        # The review queue, see `store.queue`: `row` is the statement's in `records`; `verdict` of its last review.
        """CREATE TABLE waiting (
            row INTEGER PRIMARY KEY, place INTEGER NOT NULL, score REAL NOT NULL, doc TEXT NOT NULL, who TEXT NOT NULL,
            verdict TEXT) STRICT""",
        """INSERT INTO waiting SELECT row, place, coalesce(json_extract(body, '$.score'), 1.0),
            json_extract(body, '$.doc'), coalesce(json_extract(body, '$.speaker.party'),
            json_extract(body, '$.speaker.name'), json_extract(body, '$.speaker.description'),
            json_extract(body, '$.speaker.kind'), ''),
            (SELECT json_extract(review.body, '$.verdict') FROM targets JOIN records AS review USING (row)
                WHERE target = 'statement:' || records.key ORDER BY review.place DESC LIMIT 1)
            FROM records WHERE kind = 'statements'""",
        "CREATE INDEX waiting_in_order ON waiting (verdict, place)",
        "CREATE INDEX waiting_by_score ON waiting (verdict, score, place)",
        "CREATE INDEX waiting_by_doc ON waiting (doc, verdict, place)",
        "CREATE INDEX waiting_by_who ON waiting (who, verdict, place)",
    ),
    (
        # What is judged and done, in outline, see `store.outline`: positions on issues with the first statement that each
        # rests on and how many grounds it has; the first act of each statement and who speaks in it. `row` is the record's.
        """CREATE TABLE judged (
            row INTEGER PRIMARY KEY, place INTEGER NOT NULL, party TEXT NOT NULL, issue TEXT NOT NULL, day TEXT NOT NULL,
            statement TEXT NOT NULL, grounds INTEGER NOT NULL) STRICT""",
        """INSERT INTO judged SELECT row, place, json_extract(body, '$.party'), json_extract(body, '$.issue'),
            coalesce(json_extract(body, '$.as_of'), ''),
            coalesce((SELECT json_extract(value, '$.statement') FROM json_each(body, '$.grounds')
                WHERE coalesce(json_extract(value, '$.statement'), '') <> '' LIMIT 1), ''),
            coalesce(json_array_length(body, '$.grounds'), 0)
            FROM records WHERE kind = 'judgements' AND json_extract(body, '$.quantity') = 'position'
            AND coalesce(json_extract(body, '$.party'), '') <> '' AND coalesce(json_extract(body, '$.issue'), '') <> ''""",
        "CREATE INDEX judged_by_line ON judged (party, issue, day, place, statement, grounds)",
        "CREATE TABLE acts (row INTEGER PRIMARY KEY, act TEXT NOT NULL, voice TEXT NOT NULL) STRICT",
        """INSERT INTO acts SELECT row, coalesce(json_extract(body, '$.act'), ''),
            coalesce(json_extract(body, '$.speaker.name'), json_extract(body, '$.speaker.description'),
            json_extract(body, '$.speaker.role'), '') FROM records WHERE kind = 'statements'""",
        "CREATE INDEX acts_by_name ON acts (act)",
    ),
    (
        # What each statement tells of a move, see `store.outline.told`: a ledger asks it of all of them.
        "DROP INDEX acts_by_name",
        "DROP TABLE acts",
        "CREATE TABLE acts (row INTEGER PRIMARY KEY, act TEXT NOT NULL, voice TEXT NOT NULL, tells TEXT NOT NULL) STRICT",
        """INSERT INTO acts SELECT row, coalesce(json_extract(body, '$.act'), ''),
            coalesce(json_extract(body, '$.speaker.name'), json_extract(body, '$.speaker.description'),
            json_extract(body, '$.speaker.role'), ''),
            json_extract(body, '$.speaker.party', '$.speaker.members', '$.act', '$.modality', '$.tense', '$.condition')
            FROM records WHERE kind = 'statements'""",
        "CREATE INDEX acts_by_name ON acts (act)",
    ),
)
"""Step n takes a file from version n to n + 1. A step is never changed once released; a new one is appended."""

VERSION = len(STEPS)


def build(connection: sqlite3.Connection, version: int = VERSION, start: int = 0) -> None:
    """Runs the steps from `start` up to `version` inside the caller's transaction."""
    for step in STEPS[start:version]:
        for statement in step:
            connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {version:d}")
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID:d}")


def verify(connection: sqlite3.Connection) -> int:
    """The version of the file. Raises CaseError where it is no case, is newer than this program, or holds more than
    the tables of its version: a foreign trigger or view would run with our rights."""
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise CaseError("an SQLite file, but not a winset case (its application_id says so)")
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version > VERSION:
        raise CaseError(f"written by a newer winset (format {version}; this one knows {VERSION}); update winset")
    if version < 1:
        raise CaseError(f"format {version} does not exist; the file is damaged")
    model = sqlite3.connect(":memory:", isolation_level=None)
    try:
        build(model, version)
        expected, found = _tables(model), _tables(connection)
    finally:
        model.close()
    if foreign := sorted(set(found) - set(expected)):
        raise CaseError(
            f"holds {foreign[0][0]} {foreign[0][1]!r}, which no case has; it was altered by another program"
        )
    if missing := sorted(set(expected) - set(found)):
        raise CaseError(f"lacks {missing[0][0]} {missing[0][1]!r}; the file is damaged")
    return version


def _tables(connection: sqlite3.Connection) -> list[tuple[str, str, str]]:
    rows = connection.execute("SELECT type, name, coalesce(sql, '') FROM sqlite_schema").fetchall()
    return [(str(kind), str(name), " ".join(str(sql).split())) for kind, name, sql in rows]
