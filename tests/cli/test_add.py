"""`winset add`: documents are kept whole or not at all, and adding again changes nothing."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from winset.domain.text import Document
from winset.evidence.rules import RuleAnnotator
from winset.language.annotation import Annotation
from winset.services import adding, cases
from winset.services.files import Source

SAID = "“We will not sign anything,” the minister said on Tuesday, and he left the room with delegation number {}."


def winset(*arguments: str) -> tuple[int, str, str]:
    done = subprocess.run([sys.executable, "-m", "winset", *arguments], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "articles"
    made.mkdir()
    for number in range(12):
        (made / f"a{number:02}.txt").write_text(SAID.format(number))
    return made


def contents(case: Path) -> dict[str, Any]:
    """Documents and statements of the case in its text form."""
    code, out, said = winset("export", str(case), "--format", "json")
    assert code == 0, said
    found = json.loads(out)
    return {"documents": found["documents"], "statements": found["statements"]}


def test_adding_twice_gives_the_same_case(folder: Path, tmp_path: Path) -> None:
    case = tmp_path / "x.winset"
    assert winset("new", str(case))[0] == 0
    code, out, said = winset("add", str(case), str(folder), "--json")
    assert code == 0, said
    assert len(json.loads(out)["added"]) == 12
    once = contents(case)
    code, out, _ = winset("add", str(case), str(folder), "--json")
    assert (code, json.loads(out)["added"], json.loads(out)["already"]) == (0, [], 12)
    assert contents(case) == once
    assert [one["doc"] for one in once["documents"]][:2] == ["a00", "a01"]


def test_nobody_looks_for_statements_in_what_the_case_holds_already(folder: Path, tmp_path: Path) -> None:
    case = tmp_path / "x.winset"
    cases.new(case)
    sources = [Source(file=str(path)) for path in sorted(folder.glob("*.txt"))]

    class Counting(RuleAnnotator):
        seen = 0

        def annotate(self, documents: list[Document]) -> Iterator[Annotation]:
            Counting.seen += len(documents)
            return super().annotate(documents)

    first = adding.add(case, sources[:5], Counting())
    again = adding.add(case, sources[:7], Counting())
    assert (len(first.documents), first.already) == (5, 0)
    assert (len(again.documents), again.already) == (2, 5)
    assert Counting.seen == 7


def test_what_cannot_be_read_is_set_aside_and_the_rest_is_kept(folder: Path, tmp_path: Path) -> None:
    case = tmp_path / "x.winset"
    (folder / "a05.txt").write_bytes(bytes(range(256)))
    winset("new", str(case))
    code, out, said = winset("add", str(case), str(folder), "--json")
    assert code == 6
    assert len(json.loads(out)["added"]) == 11
    assert json.loads(out)["set_aside"][0]["doc"] == "a05"
    assert "a05.txt: a binary file" in said


@pytest.mark.parametrize("seed", [pytest.param(n, marks=[] if n % 10 == 0 else [pytest.mark.slow]) for n in range(40)])
def test_a_killed_add_leaves_the_case_whole_and_can_be_repeated(folder: Path, tmp_path: Path, seed: int) -> None:
    case, other = tmp_path / "x.winset", tmp_path / "y.winset"
    for one in (case, other):
        assert winset("new", str(one), "--title", "x")[0] == 0
    started = subprocess.Popen(
        [sys.executable, "-m", "winset", "add", str(case), str(folder)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    time.sleep(random.Random(seed).uniform(0.05, 0.6))
    os.killpg(started.pid, signal.SIGKILL)
    started.wait()
    found = contents(case)
    assert len(found["documents"]) in (0, 12)
    assert winset("add", str(case), str(folder))[0] == 0
    assert winset("add", str(other), str(folder))[0] == 0
    assert contents(case) == contents(other)
