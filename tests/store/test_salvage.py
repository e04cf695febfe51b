"""A damaged case: what can still be read comes out, and nothing that was never in it."""

import random
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from winset.domain.statements import Statement, Voice
from winset.domain.text import Document, Span
from winset.errors import CaseError
from winset.store.casefile import CaseFile
from winset.store.salvage import salvage

WHO: dict[str, Any] = {"at": datetime(2025, 2, 12, 9, 30, tzinfo=UTC), "author": "Ann"}
PAGE = 4096


def source(number: int) -> tuple[Document, bytes, list[Statement]]:
    chance = random.Random(number)
    text = f"“We will not go to town {number},” said the minister. " + " ".join(
        "".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=7)) for _ in range(60)
    )
    said = Statement(
        id=f"doc{number}#1", doc=f"doc{number}", source=(), cue=(), content=(Span(0, 20),), kind="direct",
        speaker=Voice(id="m", kind="named", name="Ann"), acts=("refusal",),
    )  # fmt: skip
    raw = text.encode()
    return Document(id=f"doc{number}", text=text, sha256=sha256(raw).hexdigest()), raw, [said]


def make(tmp_path: Path, documents: int) -> Path:
    path = tmp_path / "a.winset"
    with CaseFile.create(path, title="A", **WHO) as file:
        for start in range(0, documents, 20):
            file.add_documents([source(n) for n in range(start, min(start + 20, documents))], **WHO)
        file.put("parties", {"id": "north", "name": "North"}, **WHO)
        file.put("parties", {"id": "south", "name": "South"}, **WHO)
        file.undo(**WHO)
    return path


def survive(tmp_path: Path, seeds: range) -> None:
    """One page of noise, anywhere but the first: nearly everything comes back, and only what was there."""
    path = make(tmp_path, 120)
    data = path.read_bytes()
    with CaseFile.open(path) as file:
        case = file.case()
    rows = len(case.documents) + len(case.statements) + len(case.parties)
    documents, statements = set(case.documents), set(case.statements)
    for seed in seeds:
        chance = random.Random(seed)
        at = chance.randrange(1, len(data) // PAGE) * PAGE
        path.write_bytes(data[:at] + chance.randbytes(PAGE) + data[at + PAGE :])
        left = salvage(path)
        found = len(left.case.documents) + len(left.case.statements) + len(left.case.parties)
        assert found >= 0.99 * rows, (seed, left.lost)
        assert set(left.case.documents) <= documents
        assert set(left.case.statements) <= statements
        assert all(sha256(raw).hexdigest() == name for name, raw in left.originals.items())
        assert len(left.originals) >= len(case.documents) - PAGE // 300


def test_one_damaged_page_loses_next_to_nothing(tmp_path: Path) -> None:
    survive(tmp_path, range(12))


@pytest.mark.slow
def test_one_damaged_page_loses_next_to_nothing_wherever_it_is(tmp_path: Path) -> None:
    survive(tmp_path, range(12, 120))


def test_a_sound_case_comes_out_equal(tmp_path: Path) -> None:
    path = make(tmp_path, 30)
    before = path.read_bytes()
    with CaseFile.open(path) as file:
        case = file.case()
    left = salvage(path)
    assert (left.case, left.lost, left.whole_log, len(left.originals)) == (case, (), True, 30)
    assert [party.id for party in left.case.parties] == ["north"], "what was undone stays undone"
    assert path.read_bytes() == before


def test_a_damaged_first_page_leads_to_the_backups(tmp_path: Path) -> None:
    path = make(tmp_path, 3)
    data = path.read_bytes()
    path.write_bytes(data[:100] + b"\xff" * 900 + data[1000:])
    with pytest.raises(CaseError, match=r"first page is damaged.*winset restore"):
        salvage(path)


def test_what_is_lost_is_named(tmp_path: Path) -> None:
    path = make(tmp_path, 60)
    data = bytearray(path.read_bytes())
    chance = random.Random(5)
    for at in range(PAGE * 8, len(data) - PAGE, PAGE * 3):
        data[at : at + PAGE] = chance.randbytes(PAGE)
    path.write_bytes(data)
    left = salvage(path)
    assert not left.whole_log
    kept = {("documents", one.id) for one in left.case.documents}
    assert not kept & set(left.lost)
    assert kept <= {("documents", f"doc{n}") for n in range(60)}


def test_what_is_no_case_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.winset"
    path.write_text("hello", encoding="utf-8")
    with pytest.raises(CaseError, match="is not a case file"):
        salvage(path)
