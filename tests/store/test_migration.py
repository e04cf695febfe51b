"""An older file is brought up to date after a backup, or left exactly as it was."""

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from winset.errors import CaseError, StoreError
from winset.store import casefile, operations, schema
from winset.store.backups import sound
from winset.store.casefile import CaseFile
from winset.store.connection import backups
from winset.store.queue import Wanted

AT = datetime(2025, 2, 12, tzinfo=UTC)


def next_format(monkeypatch: pytest.MonkeyPatch, *statements: str) -> None:
    """As if this program knew one format more."""
    monkeypatch.setattr(schema, "STEPS", (*schema.STEPS, statements))
    monkeypatch.setattr(schema, "VERSION", len(schema.STEPS))
    monkeypatch.setattr(casefile, "VERSION", len(schema.STEPS))


def old_case(tmp_path: Path) -> Path:
    path = tmp_path / "a.winset"
    with CaseFile.create(path, title="Old", at=AT, author="Ann") as file:
        file.put("parties", {"id": "a"}, at=AT, author="Ann")
    for backup in backups(path):
        backup.unlink()
    return path


def test_an_older_file_is_backed_up_and_brought_up_to_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = old_case(tmp_path)
    next_format(monkeypatch, "CREATE TABLE extra (id INTEGER PRIMARY KEY) STRICT")
    before = path.read_bytes()
    with CaseFile.open(path) as file:  # to read in, it is left as it is
        assert [party.id for party in file.case().parties] == ["a"]
        with pytest.raises(StoreError, match="cannot be written"):
            file.put("parties", {"id": "b"}, at=AT, author="Ann")
    assert path.read_bytes() == before
    with CaseFile.open(path, at=AT) as file:
        assert [party.id for party in file.case().parties] == ["a"]
        file.undo(at=AT, author="Ann")
        assert file.case().parties == ()
    CaseFile.open(path).close()
    assert len(backups(path)) == 1


def test_a_step_that_fails_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = old_case(tmp_path)
    before = path.read_bytes()
    with monkeypatch.context() as patched:
        next_format(patched, "CREATE TABLE extra (id INTEGER PRIMARY KEY) STRICT")
        broken = (*schema.STEPS[-1], "INSERT INTO nowhere VALUES (1)")
        real = schema.STEPS

        def build(connection: object, version: int, start: int = 0) -> None:
            patched.setattr(schema, "STEPS", (*real[:-1], broken))
            try:
                schema.build(connection, version, start)  # type: ignore[arg-type]  # an open connection
            finally:
                patched.setattr(schema, "STEPS", real)

        patched.setattr(casefile, "build", build)
        with pytest.raises(CaseError, match="nowhere"):
            CaseFile.open(path, at=AT)
    assert path.read_bytes() == before
    with CaseFile.open(path) as file:
        assert [party.id for party in file.case().parties] == ["a"]


def test_a_file_of_a_newer_format_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = old_case(tmp_path)
    with monkeypatch.context() as patched:
        next_format(patched, "CREATE TABLE extra (id INTEGER PRIMARY KEY) STRICT")
        CaseFile.open(path, at=AT).close()
    before = path.read_bytes()
    with pytest.raises(CaseError, match="update winset"):
        CaseFile.open(path, at=AT)
    assert path.read_bytes() == before


MIGRATE = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from winset.store import casefile, operations, schema
from winset.store.casefile import CaseFile
step = tuple(f"CREATE TABLE extra_{n} (id INTEGER PRIMARY KEY) STRICT" for n in range(40))
schema.STEPS = (*schema.STEPS, step)
schema.VERSION = casefile.VERSION = len(schema.STEPS)
print("ready", flush=True)
CaseFile.open(Path(sys.argv[1]), at=datetime(2025, 2, 12, tzinfo=UTC)).close()
print("done", flush=True)
"""


def kill_in_a_migration(path: Path, seed: int, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Kills a migration; the file is in the old format or the new, whole either way. Whether it was the new."""
    running = subprocess.Popen([sys.executable, "-c", MIGRATE, str(path)], stdout=subprocess.PIPE, text=True)
    assert running.stdout is not None
    assert running.stdout.readline() == "ready\n"
    time.sleep(random.Random(seed).uniform(0, 0.02))
    os.kill(running.pid, signal.SIGKILL)
    running.wait()
    running.stdout.close()
    assert all(sound(one) for one in backups(path))
    step = tuple(f"CREATE TABLE extra_{n} (id INTEGER PRIMARY KEY) STRICT" for n in range(40))
    with monkeypatch.context() as patched:
        next_format(patched, *step)
        with CaseFile.open(path, at=AT) as file:  # finishes what was cut off
            assert file.problems() == []
            assert [party.id for party in file.case().parties] == ["a"]
            version: int = file._connection.execute("PRAGMA user_version").fetchone()[0]
    return version == len(schema.STEPS) + 1


@pytest.mark.parametrize("seed", range(5))
def test_kill_in_a_migration_leaves_one_format_or_the_other(
    tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert kill_in_a_migration(old_case(tmp_path), seed, monkeypatch)


@pytest.mark.slow
def test_kill_in_a_migration_at_forty_instants(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = old_case(tmp_path)
    for seed in range(5, 45):
        copy = tmp_path / f"{seed}.winset"
        shutil.copy(path, copy)
        assert kill_in_a_migration(copy, seed, monkeypatch)


def test_a_file_of_the_first_format_gets_its_review_queue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "first.winset"
    with monkeypatch.context() as patched:
        patched.setattr(schema, "STEPS", schema.STEPS[:1])
        patched.setattr(schema, "VERSION", 1)
        connection = sqlite3.connect(path, isolation_level=None)
        schema.build(connection, 1)
    rows = [
        ("documents", "d", 0, {"doc": "d", "text": "Ann said no. Bo said yes.", "sha256": "0" * 64}),
        ("statements", "d#1", 0, {"id": "d#1", "doc": "d", "content": [[9, 11]], "score": 0.5, "speaker": {"name": "Ann"}}),
        ("statements", "d#2", 1, {"id": "d#2", "doc": "d", "content": [[21, 24]], "score": 0.9, "speaker": {"kind": "none"}}),
        ("reviews", "00000000", 0, {"target": "statement:d#1", "verdict": "accept"}),
        ("reviews", "00000001", 1, {"target": "statement:d#1", "verdict": "reject"}),
    ]  # fmt: skip
    for kind, key, place, body in rows:
        connection.execute(
            "INSERT INTO records (kind, key, place, version, body) VALUES (?, ?, ?, 1, ?)",
            (kind, key, place, json.dumps(body)),
        )
    connection.close()
    with CaseFile.open(path, at=AT) as file:
        assert [one["id"] for one in file.waiting(Wanted())] == ["d#2"]
        assert [one["id"] for one in file.waiting(Wanted(state="reject", who="Ann"))] == ["d#1"]
        assert file.reviews_of("statement:d#1")["statement:d#1"][0]["verdict"] == "reject"


def test_a_file_of_the_second_format_gets_the_outlines_that_a_new_one_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = tmp_path / "old.winset", tmp_path / "new.winset"
    ground = {"doc": "d", "statement": None, "spans": []}
    judged = [
        {"quantity": "position", "party": "a", "issue": "i", "as_of": "2025-01-02", "grounds": [ground, {**ground, "statement": "d#1"}]},
        {"quantity": "position", "party": "a", "issue": "i", "as_of": None, "grounds": []},
        {"quantity": "salience", "party": "a", "issue": "i", "as_of": None, "grounds": [ground]},
        {"quantity": "position", "party": "a", "issue": None, "as_of": None},
    ]  # fmt: skip
    said = {
        "doc": "d",
        "id": "d#1",
        "content": [[0, 3]],
        "act": "offer",
        "condition": 'if “all” \\ "sign"',
        "speaker": {"name": None, "description": "an aide", "party": "a", "members": ["a", "b"]},
    }
    with monkeypatch.context() as patched:
        patched.setattr(schema, "STEPS", schema.STEPS[:2])
        patched.setattr(schema, "VERSION", 2)
        connection = sqlite3.connect(old, isolation_level=None)
        schema.build(connection, 2)
    for kind, key, place, body in [("statements", "d#1", 0, said), *(("judgements", f"{n:08d}", n, one) for n, one in enumerate(judged))]:  # fmt: skip
        connection.execute(
            "INSERT INTO records (kind, key, place, version, body) VALUES (?, ?, ?, 1, ?)",
            (kind, key, place, json.dumps(body)),
        )
    connection.close()
    changes = [operations.Change(kind="documents", key="d", place=0, body={"doc": "d", "text": "Ann said no."})]
    changes += [operations.Change(kind="statements", key="d#1", place=0, body=said)]
    changes += [operations.Change(kind="judgements", key=f"{n:08d}", place=n, body=one) for n, one in enumerate(judged)]
    CaseFile.create(new, title="t", at=AT, author="Ann").close()
    with CaseFile.open(new, at=AT) as file:
        operations.record(file._connection, changes, at=AT, author="Ann", kind="import", label="made")
        upto = file.judged_lines("2025-01-01", 9)["a", "i"]
        after = [one for one in file.judged_lines(None, 9)["a", "i"] if one not in upto]
        assert ([one[1:] for one in upto], [one[1:] for one in after]) == ([("", "", 0)], [("2025-01-02", "d#1", 2)])
        wanted = file.judged_lines(None, 9)
        for time in (None, AT):
            with CaseFile.open(old, at=time) as older:
                found = older.judged_lines(None, 9)
                assert {key: [one[1:] for one in upto] for key, upto in found.items()} == {
                    key: [one[1:] for one in upto] for key, upto in wanted.items()
                }
                assert older.voices(["d#1", "d#2"]) == file.voices(["d#1"]) == {"d#1": "an aide"}
                assert older.statements_acting(["offer"]) == file.statements_acting(["offer"]) == [said]
                for each in (older.told(None), file.told(None), older.told(["d#1", "d#2"]), file.told(["d#1"])):
                    assert [(id, json.loads(tells)) for id, tells in each] == [
                        ("d#1", ["a", ["a", "b"], "offer", None, None, 'if “all” \\ "sign"'])
                    ]
        file.undo(at=AT, author="Ann")
        assert file.judged_lines(None, 9) == {}
        assert file.statements_acting(["offer"]) == []
        assert file.told(None) == []
