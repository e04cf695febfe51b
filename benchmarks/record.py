"""The matrix and the ledger of large cases: 50 issues, 20 parties, 1,000 to 100,000 statements, one in ten of which
sets a position; then, as the worst there can be, 100,000 of which each does.

Promises: at 100,000 the matrix as of a date <= 0.3 s, the whole ledger <= 1 s, memory <= 500 MiB; cost grows linearly.
`from the file` also opens the case file and reads what is judged in it, as `winset positions` and `winset ledger` do.
Run: uv run python benchmarks/record.py
"""

import random
import resource
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from winset.domain.actors import Party
from winset.domain.case import Case
from winset.domain.estimates import Exact, Judgement
from winset.domain.issues import Issue
from winset.domain.statements import Statement, Voice
from winset.domain.text import Document, Grounds, Span
from winset.evidence.ledger import balance, moves
from winset.evidence.timeline import as_of, histories
from winset.services import ledger as moved
from winset.services import positions as service
from winset.store.casefile import CaseFile

ISSUES, PARTIES, A_DOCUMENT = 50, 20, 20
NOW = datetime(2025, 2, 12, tzinfo=UTC)
DAY = date(2024, 6, 1)


def case_of(statements: int, each: int = 1) -> Case:
    """A case in which one in `each` statements sets a position, drawn with a fixed seed."""
    draw = random.Random(7)
    documents, said, judged = [], [], []
    for number in range(statements // A_DOCUMENT):
        text, name = f"report {number} " * 40, f"d{number}"
        day = date(2020, 1, 1) + timedelta(days=draw.randrange(2000))
        documents.append(Document(id=name, text=text, sha256=sha256(text.encode()).hexdigest(), date=day))
        for n in range(A_DOCUMENT):
            party, span = f"p{draw.randrange(PARTIES)}", Span(n * 10, n * 10 + 9)
            said.append(
                Statement(
                    id=f"{name}#{n + 1}", doc=name, source=(), cue=(), content=(span,), kind="indirect",
                    speaker=Voice(id=party, kind="collective", name=party, party=party), acts=("demand",),
                )
            )  # fmt: skip
            if (number * A_DOCUMENT + n) % each:
                continue
            judged.append(
                Judgement(
                    quantity="position", party=party, issue=f"i{draw.randrange(ISSUES)}", value=Exact(draw.randrange(101)),
                    by="ana", as_of=day, grounds=(Grounds(doc=name, statement=f"{name}#{n + 1}", spans=(span,)),),
                )
            )  # fmt: skip
    return Case(
        title="large", as_of=DAY, documents=tuple(documents), statements=tuple(said), judgements=tuple(judged),
        parties=tuple(Party(id=f"p{n}", name=f"p{n}") for n in range(PARTIES)),
        issues=tuple(Issue(id=f"i{n}", question="?", kind="continuous", range=(0.0, 100.0)) for n in range(ISSUES)),
    )  # fmt: skip


def timed(what: str, run: Callable[[], Any]) -> None:
    """Prints the CPU and wall seconds of one call, the best of three."""
    best = []
    for _ in range(3):
        cpu, wall = time.process_time(), time.perf_counter()
        run()
        best.append((time.process_time() - cpu, time.perf_counter() - wall))
    cpu, wall = min(best)
    print(f"  {what:32} {cpu:8.3f} s CPU {wall:8.3f} s wall")


def main() -> None:
    """Prints what each size took, and the most memory that the process ever held."""
    for size, each in ((1_000, 10), (10_000, 10), (100_000, 10), (100_000, 1)):
        case = case_of(size, each)
        positions = histories(case.judgements)
        print(f"{size:,} statements, {len(positions):,} positions, {len(moves(positions, case.issues)):,} moves")
        timed("positions from judgements", lambda case=case: histories(case.judgements))
        timed("matrix as of a date", lambda positions=positions: as_of(positions, DAY))
        timed(
            "ledger",
            lambda positions=positions, case=case: balance(moves(positions, case.issues, judgements=case.judgements)),
        )
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "large.winset"
            CaseFile.create(path, title="large", at=NOW, author="bench").close()
            with CaseFile.open(path, at=NOW) as file:
                file.replace(case, at=NOW, author="bench", label="made")
            del case, positions
            timed("matrix from the file", lambda path=path: service.positions(path))
            timed("ledger from the file", lambda path=path: moved.written(path))
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB, making the cases included")


if __name__ == "__main__":
    main()
