"""Every hostile document ends in time, within memory, with its reason; its neighbours are read as if it were not there.

The normal run takes a seeded tenth of each corpus, the slow one all of it.
"""

import random
import resource
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.hostile import corpora
from tests.reading import makers

from winset.errors import ReadingError
from winset.reading.documents import read_document
from winset.reading.host import ReaderProcess
from winset.reading.limits import Limits

SIZES = {"html": 60, "pdf": 40, "docx": 30}
CORPORA = {"html": corpora.pages(), "pdf": corpora.pdfs(), "docx": corpora.archives()}
GOOD = "The two sides met for four hours at a palace in the capital and agreed to meet again before the end of March."
NEIGHBOURS = {"html": makers.page([GOOD, GOOD.replace("four", "five")]), "pdf": makers.pdf([["A good page."]]),
              "docx": makers.word([GOOD])}  # fmt: skip
SECONDS = {"html": 32, "pdf": 32, "docx": 32}


def _chosen() -> list[object]:
    """A tenth of each corpus for the normal run; the others are marked slow."""
    picks = random.Random(20250218)
    found: list[object] = []
    for kind, corpus in CORPORA.items():
        quick = set(picks.sample(sorted(corpus), len(corpus) // 10))
        for name in corpus:
            marks = [] if name in quick else [pytest.mark.slow]
            found.append(pytest.param(kind, name, marks=marks, id=f"{kind}: {name}"))
    return found


@pytest.fixture(scope="module")
def process() -> Iterator[ReaderProcess]:
    with ReaderProcess(Limits()) as made:
        yield made


def test_the_corpora_are_as_large_as_promised() -> None:
    assert {kind: len(corpus) for kind, corpus in CORPORA.items()} == SIZES


@pytest.mark.parametrize(("kind", "name"), _chosen())
def test_a_hostile_document_ends_in_bounds(process: ReaderProcess, kind: str, name: str) -> None:
    data = CORPORA[kind][name]()
    before, began, largest = _resident(), time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    try:
        outcome = read_document(data, id="a", file=f"a.{kind}", process=process).text
    except ReadingError as error:
        outcome = str(error)
    assert time.monotonic() - began <= SECONDS[kind]
    assert _resident() - before <= 100 * 2**20
    assert outcome
    neighbour = read_document(NEIGHBOURS[kind], id="b", file=f"b.{kind}", process=process)
    assert neighbour.text.startswith(("The two sides met", "A good page"))
    # ru_maxrss is the largest of all children so far, those of other tests among them: where it grew it was this one's
    now = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    assert now == largest or now * 1024 <= Limits().child_memory


def _resident() -> int:
    fields = Path("/proc/self/statm").read_text().split() if Path("/proc/self/statm").exists() else ["0", "0"]
    return int(fields[1]) * resource.getpagesize()
