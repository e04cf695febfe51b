"""The case file: undo and redo, batches, conflicts, crashes, full disks, damage."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winset.domain.runs import Assumption, Run
from winset.domain.statements import Statement, Voice
from winset.domain.text import Document, Span
from winset.errors import CaseError, ConflictError, StoreError, UsageError, WinsetError
from winset.store import backups
from winset.store.casefile import CaseFile
from winset.store.connection import backups as backup_files
from winset.store.textform import case_from_json

AT = datetime(2025, 2, 12, 9, 30, tzinfo=UTC)
WHO: dict[str, Any] = {"at": AT, "author": "Ann"}


def source(number: int) -> tuple[Document, bytes, list[Statement]]:
    """A small document with one statement."""
    text = f"“Nous n'irons pas à Genève {number},” said the minister."
    raw = text.encode()
    name = f"doc{number}"
    said = Statement(
        id=f"{name}#1", doc=name, source=(), cue=(), content=(Span(0, 20),), kind="direct",
        speaker=Voice(id="m", kind="named", name="Ann"), acts=("refusal",),
    )  # fmt: skip
    return Document(id=name, text=text, sha256=sha256(raw).hexdigest()), raw, [said]


def make(tmp_path: Path, documents: int = 0) -> Path:
    path = tmp_path / "a.winset"
    with CaseFile.create(path, title="A", **WHO) as file:
        if documents:
            file.add_documents([source(n) for n in range(documents)], **WHO)
    return path


def test_a_repeated_add_gives_the_same_case(tmp_path: Path) -> None:
    with CaseFile.open(make(tmp_path, 3)) as file:
        before = file.case()
        assert file.add_documents([source(n) for n in range(3)], **WHO) == []
        assert file.case() == before
        assert file.original(source(1)[0].sha256) == source(1)[1]


def test_another_source_of_the_same_name_gets_a_number(tmp_path: Path) -> None:
    document, _, said = source(1)
    other = Document(id="doc1", text=document.text + " ", sha256="a" * 64)
    with CaseFile.open(make(tmp_path, 3)) as file:
        assert file.add_documents([(other, None, said)], **WHO) == ["doc1-2"]
        assert file.case().statements[-1].id == "doc1-2#1"


def test_search_does_not_mind_case_and_accents(tmp_path: Path) -> None:
    with CaseFile.open(make(tmp_path, 3)) as file:
        assert sorted(file.search("GENEVE")) == ["doc0", "doc1", "doc2"]
        assert file.search("geneve", kind="statements") == []  # outside the content
        assert len(file.search("irons", kind="statements")) == 3
        file.undo(**WHO)
        assert file.search("geneve") == []
        file.redo(**WHO)
        assert len(file.search("irons", kind="statements")) == 3
        assert file.search('"; DROP') == []


steps = st.lists(
    st.one_of(
        st.tuples(st.just("party"), st.sampled_from("abc"), st.text("xyz", min_size=1, max_size=3)),
        st.tuples(st.just("import"), st.lists(st.sampled_from("abcd"), unique=True), st.just("")),
        st.tuples(st.just("add"), st.integers(0, 5), st.just("")),
    ),
    max_size=8,
)


@given(steps=steps)
def test_undo_and_redo_walk_through_every_state_also_after_a_restart(
    steps: list[tuple[Any, ...]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = make(tmp_path_factory.mktemp("walk"))
    states = []
    for what, one, two in steps:
        with CaseFile.open(path) as file:
            before, operations = file.case(), len(file.history())
            if what == "party":
                file.put("parties", {"id": one, "name": two}, **WHO)
            elif what == "import":
                parts = {"schema": "winset-case/1", "parties": [{"id": p} for p in one]}
                file.replace(case_from_json(parts), label="import", **WHO)
            else:
                file.add_documents([source(one)], **WHO)
            if len(file.history()) > operations:
                states.append(before)
    with CaseFile.open(path) as file:
        states.append(file.case())
        for state in reversed(states[:-1]):
            assert file.undo(**WHO)
            assert file.case() == state
        assert file.undo(**WHO) is None
    with CaseFile.open(path) as file:
        for state in states[1:]:
            assert file.redo(**WHO)
            assert file.case() == state
        assert file.redo(**WHO) is None


def test_a_run_is_kept_undone_and_survives_an_import(tmp_path: Path) -> None:
    run = Run(
        method="spatial", version="1", inputs_digest="0" * 64, result={"mean": 4.5}, seed=3,
        assumptions=(Assumption(text="salience not stated", value=50.0),), parameters={"draws": 10},
    )  # fmt: skip
    with CaseFile.open(make(tmp_path)) as file:
        key = file.keep_run(run, **WHO)
        file.replace(case_from_json({"schema": "winset-case/1", "parties": [{"id": "a"}]}), label="import", **WHO)
        assert file.runs() == [replace(run, at=WHO["at"], by=WHO["author"])]
        assert [run.id] == [key]
        assert [p.id for p in file.case().parties] == ["a"]
        file.undo(**WHO)
        file.undo(**WHO)
        assert file.runs() == []


def test_what_was_overtaken_cannot_be_redone(tmp_path: Path) -> None:
    with CaseFile.open(make(tmp_path)) as file:
        file.put("parties", {"id": "a"}, **WHO)
        file.undo(**WHO)
        file.put("parties", {"id": "b"}, **WHO)
        assert file.redo(**WHO) is None
        file.undo(**WHO)
        file.redo(**WHO)
        assert [p.id for p in file.case().parties] == ["b"]


def test_an_undo_point_is_found_again_backwards_and_forwards(tmp_path: Path) -> None:
    path = make(tmp_path)
    with CaseFile.open(path) as file:
        file.mark("empty", **WHO)
        file.put("parties", {"id": "a"}, **WHO)
        file.mark("one party", **WHO)
        for name in "bcd":
            file.put("parties", {"id": name}, **WHO)
    with CaseFile.open(path) as file:
        assert len(file.back_to("one party", **WHO)) == 3
        assert [p.id for p in file.case().parties] == ["a"]
        assert file.back_to("one party", **WHO) == []
        assert [one.state for one in file.back_to("empty", **WHO)] == [1]
        assert file.case().parties == ()
        assert [one.state for one in file.back_to("one party", **WHO)] == [0]
        assert [p.id for p in file.case().parties] == ["a"]
        file.undo(**WHO)
        file.put("parties", {"id": "x"}, **WHO)
        with pytest.raises(UsageError, match="others done instead"):
            file.back_to("one party", **WHO)
        with pytest.raises(UsageError, match="'one party', 'empty'"):
            file.back_to("two parties", **WHO)
        assert [p.id for p in file.case().parties] == ["x"]


@pytest.mark.parametrize(
    ("kind", "body", "problem"),
    [
        ("judgements", {"quantity": "position", "party": "b", "issue": "i", "value": 5, "by": "Ann"}, "no party 'b'"),
        (
            "judgements",
            {"quantity": "position", "party": "a", "issue": "i", "value": 500, "by": "Ann"},
            "off the scale",
        ),
        ("issues", {"id": "i", "question": "?", "kind": "continuous", "range": [6, 9]}, "off the scale"),
        (
            "statements",
            {
                "id": "x#1",
                "doc": "x",
                "content": [[0, 5]],
                "kind": "direct",
                "act": "report",
                "speaker": {"id": "n", "kind": "none"},
            },
            "no document 'x'",
        ),
        ("parties", {"name": "no id"}, "id"),
    ],
)
def test_a_record_that_does_not_fit_the_case_is_refused(
    tmp_path: Path, kind: str, body: dict[str, Any], problem: str
) -> None:
    with CaseFile.open(make(tmp_path)) as file:
        file.put("parties", {"id": "a"}, **WHO)
        file.put("issues", {"id": "i", "question": "?", "kind": "continuous", "range": [0, 10]}, **WHO)
        file.put("judgements", {"quantity": "position", "party": "a", "issue": "i", "value": 5, "by": "Ann"}, **WHO)
        before = file.case()
        with pytest.raises(CaseError, match=problem):
            file.put(kind, body, key=body.get("id", "z"), **WHO)
        assert file.case() == before


def test_a_stale_edit_shows_both_versions_and_changes_nothing(tmp_path: Path) -> None:
    path = make(tmp_path)
    with CaseFile.open(path) as ann, CaseFile.open(path) as bo:
        ann.put("parties", {"id": "a", "name": "A"}, **WHO)
        found = bo.get("parties", "a")
        assert found is not None
        ann.put("parties", {"id": "a", "name": "Ann's"}, expected=found[1], **WHO)
        with pytest.raises(ConflictError, match=r"Ann's[\s\S]*Bo's"):
            bo.put("parties", {"id": "a", "name": "Bo's"}, expected=found[1], at=AT, author="Bo")
        assert ann.case().party("a").name == "Ann's"


EDIT = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from winset.store.casefile import CaseFile
with CaseFile.open(Path(sys.argv[1])) as file:
    for n in range(int(sys.argv[3])):
        file.put("scenarios", {"who": sys.argv[2], "n": n}, at=datetime.now(UTC), author=sys.argv[2])
"""


def edit_together(path: Path, editors: int, edits: int) -> None:
    """Several processes edit one case at once; every edit of each is there."""
    who = [f"editor {n}" for n in range(editors)]
    running = [subprocess.Popen([sys.executable, "-c", EDIT, str(path), one, str(edits)]) for one in who]
    assert [one.wait(600) for one in running] == [0] * editors
    with CaseFile.open(path) as file:
        found = [(f["who"], f["n"]) for f in file.case().scenarios]
        assert sorted(found) == [(one, n) for one in who for n in range(edits)]
        assert len(file.history()) == editors * edits + 1


def test_two_processes_lose_no_change(tmp_path: Path) -> None:
    edit_together(make(tmp_path), 2, 25)


@pytest.mark.slow
def test_four_processes_with_five_hundred_edits_each_lose_no_change(tmp_path: Path) -> None:
    edit_together(make(tmp_path), 4, 500)


ADD = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from test_casefile import WHO, source
from winset.store.casefile import CaseFile
with CaseFile.open(Path(sys.argv[1])) as file:
    print("ready", flush=True)
    for n in range(0, 300, 5):
        for name in file.add_documents([source(m) for m in range(n, n + 5)], **WHO):
            print(name, flush=True)
"""


def crash(tmp_path: Path, seed: int) -> None:
    """Kills an `add` at a random instant; what it acknowledged is there, nothing is there by half, and it resumes."""
    path = make(tmp_path)
    command = [sys.executable, "-c", ADD, str(path), str(Path(__file__).parent)]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert running.stdout is not None
    assert running.stdout.readline() == "ready\n"
    time.sleep(random.Random(seed).uniform(0, 0.25))
    os.kill(running.pid, signal.SIGKILL)
    acknowledged = running.stdout.read().split()
    running.wait()
    running.stdout.close()
    with CaseFile.open(path) as file:
        assert file.problems() == []
        case = file.case()
        there = {document.id for document in case.documents}
        assert there >= set(acknowledged)
        assert len(there) % 5 == 0
        assert {statement.doc for statement in case.statements} == there
        file.add_documents([source(n) for n in range(300)], **WHO)
        assert file.case().documents == tuple(source(n)[0] for n in range(300))


@pytest.mark.parametrize("seed", range(40))
def test_kill_leaves_the_case_whole(tmp_path: Path, seed: int) -> None:
    crash(tmp_path, seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(40, 160))
def test_kill_leaves_the_case_whole_at_every_instant(tmp_path: Path, seed: int) -> None:
    crash(tmp_path, seed)


BACK_UP = """
import sys
from datetime import timedelta
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from test_casefile import AT
from winset.store.casefile import CaseFile
with CaseFile.open(Path(sys.argv[1])) as file:
    print("ready", flush=True)
    for n in range(1000):
        file.back_up(AT + n * timedelta(seconds=1))
"""


def crash_in_backup(path: Path, seed: int) -> None:
    """Kills a loop of backups; every backup under its name is sound, the case is as it was, the next one works."""
    command = [sys.executable, "-c", BACK_UP, str(path), str(Path(__file__).parent)]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert running.stdout is not None
    assert running.stdout.readline() == "ready\n"
    time.sleep(random.Random(seed).uniform(0, 0.15))
    os.kill(running.pid, signal.SIGKILL)
    running.wait()
    running.stdout.close()
    assert all(backups.sound(one) for one in backup_files(path))
    with CaseFile.open(path) as file:
        assert file.problems() == []
        assert len(file.case().documents) == 60
        assert backups.sound(file.back_up(AT + timedelta(days=1)))


@pytest.mark.parametrize("seed", range(5))
def test_kill_in_a_backup_leaves_only_sound_ones(tmp_path: Path, seed: int) -> None:
    crash_in_backup(make(tmp_path, 60), seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(5, 45))
def test_kill_in_a_backup_leaves_only_sound_ones_at_every_instant(tmp_path: Path, seed: int) -> None:
    crash_in_backup(make(tmp_path, 60), seed)


def fill(path: Path, room: int) -> None:
    """An `add` on a disk with `room` pages left fails whole, says so, and works once there is room."""
    with CaseFile.open(path) as file:
        before = file.case()
        pages = file._connection.execute("PRAGMA page_count").fetchone()[0]
        file._connection.execute(f"PRAGMA max_page_count = {pages + room}")
        with pytest.raises(StoreError, match=r"disk is full .* needed\); make room") as caught:
            file.add_documents([source(n) for n in range(500)], **WHO)
        assert caught.value.exit_code == 5
        assert file.case() == before
        assert file.problems() == []
    with CaseFile.open(path) as file:
        assert file.add_documents([source(900 + room)], **WHO)


def test_a_full_disk_is_named_and_loses_nothing(tmp_path: Path) -> None:
    path = make(tmp_path, 3)
    for room in range(0, 50, 10):
        fill(path, room)


@pytest.mark.slow
def test_a_disk_that_fills_at_any_of_fifty_points_loses_nothing(tmp_path: Path) -> None:
    path = make(tmp_path, 3)
    for room in range(50):
        fill(path, room)


def test_ten_backups_are_kept_and_the_newest_sound_one_comes_back(tmp_path: Path) -> None:
    path = make(tmp_path)
    with CaseFile.open(path) as file:
        for n in range(13):
            file.put("parties", {"id": f"p{n}"}, at=AT + n * timedelta(hours=1), author="Ann")
    found = backup_files(path)
    assert len(found) == 10
    assert all(backups.sound(one) for one in found)
    found[-1].write_bytes(found[-1].read_bytes()[:5000])
    used, aside = backups.restore(path, None, AT)
    assert used == found[-2]
    assert aside is not None
    with CaseFile.open(path) as file, CaseFile.open(aside) as old:
        assert len(file.case().parties) == 11
        assert len(old.case().parties) == 13


def mutant(data: bytes, seed: int) -> bytes:
    """A damaged copy: flipped bits, a cut, swapped pages or a page of noise."""
    chance = random.Random(seed)
    found = bytearray(data)
    page = 4096
    match seed % 4:
        case 0:
            for _ in range(chance.choice([1, 8, 64])):
                found[chance.randrange(len(found))] ^= 1 << chance.randrange(8)
        case 1:
            del found[chance.randrange(len(found)) :]
        case 2:
            a, b = (chance.randrange(len(found) // page) * page for _ in range(2))
            found[a : a + page], found[b : b + page] = found[b : b + page], found[a : a + page]
        case _:
            a = chance.randrange(len(found) // page) * page
            found[a : a + page] = chance.randbytes(page)
    return bytes(found)


def damage(tmp_path: Path, seeds: range) -> None:
    """Every damaged copy is either read in full or refused with a message, within ten seconds."""
    data = make(tmp_path, 40).read_bytes()
    target = tmp_path / "mutant.winset"
    for seed in seeds:
        target.write_bytes(mutant(data, seed))
        start = time.monotonic()
        try:
            with CaseFile.open(target) as file:
                file.counts()
                file.case()
                file.search("minister")
                file.history()
                file.problems()
                for one in file.originals():
                    file.original(one)
                file.undo(**WHO)
        except WinsetError as error:
            told, code = str(error), error.exit_code
        else:
            told, code = str(target), 4
        assert str(target) in told
        assert code in (4, 5)
        assert time.monotonic() - start < 10


def test_damage_is_told_without_a_traceback(tmp_path: Path) -> None:
    damage(tmp_path, range(30))


@pytest.mark.slow
def test_three_hundred_kinds_of_damage_are_told_without_a_traceback(tmp_path: Path) -> None:
    damage(tmp_path, range(30, 300))


@pytest.mark.parametrize(
    ("foreign", "message"),
    [
        ("CREATE TRIGGER t AFTER INSERT ON records BEGIN DELETE FROM records; END", "trigger 't'"),
        ("CREATE VIEW v AS SELECT * FROM records", "view 'v'"),
        ("CREATE VIRTUAL TABLE w USING fts5 (x)", "'w'"),
        ("DROP TABLE originals", "lacks .*originals"),
        ("PRAGMA application_id = 7", "not a winset case"),
        ("PRAGMA user_version = 999", "update winset"),
    ],
)
def test_an_altered_file_is_refused(tmp_path: Path, foreign: str, message: str) -> None:
    path = make(tmp_path)
    connection = sqlite3.connect(path)
    connection.execute(foreign)
    connection.commit()
    connection.close()
    with pytest.raises(CaseError, match=message) as caught:
        CaseFile.open(path)
    assert caught.value.exit_code == 4


def test_what_is_no_case_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.winset"
    with pytest.raises(StoreError, match="does not exist"):
        CaseFile.open(path)
    for content in (b"", b"hello", b"SQLite format 3\x00" + b"\x00" * 50):
        path.write_bytes(content)
        with pytest.raises(CaseError, match=r"x\.winset"):
            CaseFile.open(path)
    with pytest.raises(StoreError, match="already"):
        CaseFile.create(path, title="A", **WHO)


def test_records_written_together_are_all_kept(tmp_path: Path) -> None:
    path = make(tmp_path)
    judged = [
        {"quantity": "haste", "party": "ann", "value": n / 10, "confidence": 1.0, "grounds": []} for n in (1, 2, 3)
    ]
    with CaseFile.open(path) as file:
        file.put("parties", {"id": "ann", "name": "Ann"}, **WHO)
        file.put("judgements", judged[2], before=[("judgements", judged[0]), ("judgements", judged[1])], **WHO)
        case = file.case()
    assert [one.value.best for one in case.judgements] == [0.1, 0.2, 0.3]


def test_a_record_that_another_writer_added_meanwhile_is_not_replaced(tmp_path: Path) -> None:
    path = make(tmp_path)
    judged = {"quantity": "haste", "party": "ann", "value": 0.1, "confidence": 1.0, "grounds": []}
    with CaseFile.open(path) as file:
        file.put("parties", {"id": "ann", "name": "Ann"}, **WHO)
        file.put("judgements", judged, before=[("parties", {"id": "ann", "name": "Ann"})], **WHO)
        with pytest.raises(ConflictError, match="added by somebody else"):
            file.put("judgements", judged, before=[("parties", {"id": "ann", "name": "Another"})], **WHO)
        case = file.case()
    assert [one.name for one in case.parties] == ["Ann"]
    assert len(case.judgements) == 1
