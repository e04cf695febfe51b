"""A case of 5,000 documents and 100,000 statements: adding, opening, showing, paging, one edit, undo.

Promises: `show` <= 1 s; a page of 100 statements <= 0.3 s; memory of the reader <= 500 MiB.
Run: uv run python benchmarks/casefile.py
"""

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from winset.domain.statements import Statement, Voice
from winset.domain.text import Document, Span
from winset.store.casefile import CaseFile

DOCUMENTS, STATEMENTS, BATCH = 5_000, 20, 200
WHO: dict[str, Any] = {"at": datetime(2025, 2, 12, tzinfo=UTC), "author": "bench"}


def source(number: int) -> tuple[Document, bytes, list[Statement]]:
    """A document of about 400 words with its statements."""
    text = " ".join(f"word{(number * 7919 + n * 104729) % 20011}" for n in range(400))
    name = f"d{number}"
    voice = Voice(id="m", kind="named", name="Minister")
    said = [
        Statement(
            id=f"{name}#{n + 1}", doc=name, source=(), cue=(), content=(Span(n * 100, n * 100 + 90),), kind="indirect",
            speaker=voice, acts=("report",),
        )
        for n in range(STATEMENTS)
    ]  # fmt: skip
    raw = text.encode()
    return Document(id=name, text=text, sha256=sha256(raw).hexdigest()), raw, said


def timed(what: str, run: Callable[[], Any]) -> None:
    """Prints the CPU and wall seconds of one call."""
    cpu, wall = time.process_time(), time.perf_counter()
    run()
    print(f"{what:32} {time.process_time() - cpu:8.3f} s CPU {time.perf_counter() - wall:8.3f} s wall")


def main() -> None:
    """Builds the case in a temporary folder and prints what each thing took."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "big.winset"
        CaseFile.create(path, title="big", **WHO).close()

        def add() -> None:
            with CaseFile.open(path) as file:
                for start in range(0, DOCUMENTS, BATCH):
                    file.add_documents([source(n) for n in range(start, start + BATCH)], **WHO)

        timed(f"add {DOCUMENTS:,} documents", add)
        print(f"{'size':32} {path.stat().st_size / 2**20:8.1f} MiB")
        with CaseFile.open(path) as file:
            timed("counts", file.counts)
            timed("page at the start", lambda: file.page("statements"))
            timed("page at the end", lambda: file.page("statements", start=99_900))
            timed("search two words", lambda: file.search("word7 word19", kind="documents"))
            timed(
                "one edit with its backup", lambda: file.put("parties", {"id": "a"}, at=datetime.now(UTC), author="b")
            )
            timed("one edit", lambda: file.put("parties", {"id": "b"}, at=datetime.now(UTC), author="b"))
            timed("undo", lambda: file.undo(at=datetime.now(UTC), author="b"))
        print(f"{'memory so far':32} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:8.1f} MiB")
        command = [sys.executable, "-m", "winset", "show", str(path)]
        timed("winset show, a fresh process", lambda: subprocess.run(command, check=True, capture_output=True))
        with CaseFile.open(path) as file:
            timed("the whole case in memory", file.case)


if __name__ == "__main__":
    main()
