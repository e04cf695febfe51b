"""The matrix and the ledger of cases that grow: 50 issues, 20 parties, 1,000, 10,000 and 100,000 statements; one in ten sets a
position, and as the worst there can be every one does. What every issue matters to each party is judged too.

Promises at 100,000 in processor time: the matrix as of a date <= 0.3 s, the whole ledger <= 1 s, each <= 500 MiB; cost grows
linearly. `from the file` also opens the case file and reads what is judged in it; the ledger's moves are written as JSON where they
are printed, which the commands as a whole show, with starting Python and all that is printed. A promise that is not kept ends it
with 1: `matrix` and `ledger` count from the file; a step from 10,000 to 100,000 may cost 15 times as much.
Run: uv run python benchmarks/record.py
"""

import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from winset.domain.actors import Party
from winset.domain.case import Case
from winset.domain.estimates import Exact, Judgement
from winset.domain.issues import Issue
from winset.domain.statements import Statement, Voice
from winset.domain.text import Document, Grounds, Span
from winset.evidence import ledger as moves_of
from winset.evidence.courses import courses, judged
from winset.evidence.timeline import as_of, histories
from winset.services import ledger as moved
from winset.services import positions as service
from winset.store.casefile import CaseFile

ISSUES, PARTIES, A_DOCUMENT = 50, 20, 20
NOW = datetime(2025, 2, 12, tzinfo=UTC)
DAY = date(2024, 6, 1)
_MEASURE = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
"""  # by a small process of its own: a child's memory counts from when it still was its parent's


def case_of(statements: int, each: int = 1) -> Case:
    """A case in which one in `each` statements sets a position, drawn with a fixed seed."""
    draw = random.Random(7)
    documents, said, given = [], [], []
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
            given.append(
                Judgement(
                    quantity="position", party=party, issue=f"i{draw.randrange(ISSUES)}", value=Exact(draw.randrange(101)),
                    by="ana", as_of=day, grounds=(Grounds(doc=name, statement=f"{name}#{n + 1}", spans=(span,)),),
                )
            )  # fmt: skip
    given += [
        Judgement(quantity="salience", party=f"p{p}", issue=f"i{i}", value=Exact(draw.randrange(101)), by="ana", as_of=DAY)
        for p in range(PARTIES) for i in range(ISSUES)
    ]  # fmt: skip
    return Case(
        title="large", as_of=DAY, documents=tuple(documents), statements=tuple(said), judgements=tuple(given),
        parties=tuple(Party(id=f"p{n}", name=f"p{n}") for n in range(PARTIES)),
        issues=tuple(Issue(id=f"i{n}", question="?", kind="continuous", range=(0.0, 100.0)) for n in range(ISSUES)),
    )  # fmt: skip


def in_memory(case: Case) -> int:
    """The whole ledger of judgements in hand: moves, answers, what was taken back, balance and pace. The number of moves."""
    over_time = courses(judged([one for one in case.judgements if one.quantity == "position"]))
    found = moves_of.taken(over_time.stands, case.issues, moves_of.Saliences(case.judgements))
    number = len(found.steps.at)
    given = found.gives(np.arange(number), np.ones(number, dtype=bool))
    moves_of.balance(given)
    moves_of.paces(given)
    return number


def timed(what: str, run: Callable[[], Any]) -> float:
    """Prints the CPU and wall seconds of one call, the best of three, and gives the former."""
    best = []
    for _ in range(3):
        cpu, wall = time.process_time(), time.perf_counter()
        run()
        best.append((time.process_time() - cpu, time.perf_counter() - wall))
    cpu, wall = min(best)
    print(f"  {what:36} {cpu:8.3f} s CPU {wall:8.3f} s wall")
    return cpu


def command(*words: str) -> float:
    """Prints the CPU seconds and the most memory of one command as a whole, its output thrown away; gives the memory in MiB."""
    done = subprocess.run(
        [sys.executable, "-c", _MEASURE, sys.executable, "-m", "winset", *words],
        capture_output=True,
        check=True,
        text=True,
    )
    cpu, memory = map(float, done.stdout.split())
    print(f"  {' '.join(['winset', words[0], *words[2:]]):36} {cpu:8.3f} s CPU {memory:6.0f} MiB")
    return memory


def main() -> int:
    """Prints what each size took. 1 where a promise is not kept."""
    kept = True
    for each in (10, 1):
        before = 0.0
        for size in (1_000, 10_000, 100_000):
            case = case_of(size, each)
            positions = histories(case.judgements)
            print(f"{size:,} statements, {len(positions):,} positions, {in_memory(case):,} moves")
            timed("positions in memory, as objects", partial(histories, case.judgements))
            timed("matrix in memory", partial(as_of, positions, DAY))
            ledgers = [timed("ledger in memory", partial(in_memory, case))]
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / "large.winset"
                CaseFile.create(path, title="large", at=NOW, author="bench").close()
                with CaseFile.open(path, at=NOW) as file:
                    file.replace(case, at=NOW, author="bench", label="made")
                del case, positions
                matrix = timed("matrix from the file", partial(service.positions, path))
                ledgers.append(timed("ledger from the file", partial(moved.written, path)))
                memory = [
                    command(name, str(path), *more) for name in ("positions", "ledger") for more in ((), ("--json",))
                ]
            kept &= matrix <= 0.3 and max(ledgers) <= 1.0 and max(memory) <= 500
            kept &= not before or size < 100_000 or ledgers[-1] <= 15 * before
            before = ledgers[-1]
    print("every promise is kept" if kept else "a promise is NOT kept")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
