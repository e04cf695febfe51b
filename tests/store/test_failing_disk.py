"""Every write of a command fails in turn: full disk, quota, I/O error, read-only. Nothing is lost, and it is said."""

import errno
import os
import re
import shutil
import signal
import subprocess
import sys
import warnings
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.store.faults import FailingDisk

from winset.cli import add, brief, case  # noqa: F401 - here, so that no child has to import them
from winset.cli.main import main
from winset.formats import positions_table  # noqa: F401 - as above
from winset.services import adding, annotators, briefing, cases  # noqa: F401 - as above
from winset.services import brief as brief_service  # noqa: F401 - as above
from winset.store.casefile import CaseFile

ROOT = Path(__file__).parents[2]
SAID = "“We will not sign anything,” Foreign Minister Ana Marr said on Tuesday, and left with delegation number {}.\n"
TABLE = "party,issue,date,position,salience,capability,note\nNorth,Share,2025-01-02,40,80,3,by hand\n"
ACTIONS: dict[str, list[str]] = {
    "add": ["add", "a.winset", "articles", "--annotator", "rules"],
    "mark": ["mark", "a.winset", "Monday"],
    "undo": ["undo", "a.winset"],
    "import": ["import", "a.winset", "table.csv"],
    "import, new": ["import", "b.winset", "a.winset"],
    "new": ["new", "b.winset"],
    "export": ["export", "a.winset", "-o", "out.json"],
    "export, folder": ["export", "a.winset", "--format", "folder", "-o", "out"],
    "brief": ["brief", "a.winset", "--annotator", "rules", "--out", "out.html"],
    "restore": ["restore", "a.winset"],
    "recover": ["doctor", "a.winset", "--recover", "b.winset"],
}
FAILURES = ((errno.EIO, False), (errno.ENOSPC, True), (errno.EROFS, True), (errno.EIO, True), (errno.EDQUOT, True))
"""What the system answers, and whether it goes on answering so."""
TIMES_OUT = 60  # seconds


@pytest.fixture(autouse=True, scope="module")
def kernel() -> None:
    """Whether this system lets a process watch its own calls (some containers do not)."""
    if sys.platform != "linux":
        pytest.skip("needs seccomp of Linux")
    probe = "from tests.store.faults import FailingDisk; FailingDisk(5, 0, forever=False).start()"
    done = subprocess.run([sys.executable, "-c", probe], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"no filter on system calls here: {done.stderr[-200:]}")


@dataclass(frozen=True)
class Ended:
    """How a command went on a failing disk."""

    code: int
    said: str
    seen: int  # calls that write
    refused: int


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case with a few documents, a backup of it, articles to add and a table to import."""
    made = tmp_path_factory.mktemp("ground")
    for folder, numbers in (("first", range(3)), ("articles", range(3, 9))):
        (made / folder).mkdir()
        for number in numbers:
            (made / folder / f"a{number}.txt").write_text(SAID.format(number), encoding="utf-8")
    (made / "table.csv").write_text(TABLE, encoding="utf-8")
    for arguments in (["new", "a.winset"], ["add", "a.winset", "first", "--annotator", "rules"]):
        ended = run(made, arguments, errno.EIO, 0)
        assert ended.code == 0, ended.said
    return made


def run(folder: Path, arguments: list[str], error: int, at: int, *, forever: bool = False) -> Ended:
    """The command in a process of its own, in `folder`, on a disk that fails from the `at`-th write on."""
    out = folder / ".out"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # threads here are none that hold a lock
        child = os.fork()
    if child == 0:
        _child(folder, out, arguments, FailingDisk(error, at, forever=forever))
    _, status = os.waitpid(child, 0)
    said, _, counts = out.read_text(encoding="utf-8").rpartition("\0")
    out.unlink()
    assert os.WIFEXITED(status), f"ended by signal {os.WTERMSIG(status)}: {said}"
    seen, refused = map(int, counts.split())
    return Ended(code=os.WEXITSTATUS(status), said=said, seen=seen, refused=refused)


def _child(folder: Path, out: Path, arguments: list[str], disk: FailingDisk) -> None:
    code = 99
    try:
        signal.alarm(TIMES_OUT)
        os.chdir(folder)
        handle = os.open(out, os.O_CREAT | os.O_WRONLY | os.O_APPEND)
        for one in (1, 2):
            os.dup2(handle, one)
        sys.stdout, sys.stderr = os.fdopen(1, "w", encoding="utf-8"), os.fdopen(2, "w", encoding="utf-8")
        sys.dont_write_bytecode = True
        sys.argv = ["winset", *arguments]
        disk.start()
        try:
            main()
        except SystemExit as end:
            code = int(end.code or 0)
        sys.stdout.flush()
        os.write(1, f"\0{disk.seen} {disk.refused}".encode())
    finally:
        os._exit(code)


def state(folder: Path) -> dict[str, bytes | None]:
    """What a person would miss: the cases' contents, the files written."""
    found: dict[str, bytes | None] = {}
    for name in ("a.winset", "b.winset"):
        path = folder / name
        if path.exists():
            with CaseFile.open(path) as file:
                assert file.problems() == []
            found[name] = cases.export(path, "json")
    for path in sorted(folder.glob("out*")):
        inside = b" ".join(sorted(os.fsencode(one.name) for one in path.rglob("*")))
        found[path.name] = path.read_bytes() if path.is_file() else inside
    return found


def left_over(folder: Path) -> list[str]:
    """Files that were being written and belong to nobody."""
    return [path.name for path in folder.rglob(".*")]


def fails(ground: Path, folder: Path, name: str, points: int) -> None:
    """The command with a write refused at `points` places, in each of five ways, all places different."""
    before = state(ground)
    whole = shutil.copytree(ground, folder / "whole")
    undisturbed = run(whole, ACTIONS[name], errno.EIO, 0)
    assert undisturbed.code == 0, undisturbed.said
    after = state(whole)
    for nth, (error, forever) in enumerate(FAILURES):
        share = undisturbed.seen / points
        for at in sorted({1 + int(share * (k + nth / len(FAILURES))) for k in range(points)}):
            where = f"{name}, {errno.errorcode[error]} at write {at}"
            here = shutil.copytree(ground, folder / "here")
            ended = run(here, ACTIONS[name], error, at, forever=forever)
            assert ended.code in ((0,) if not ended.refused else (0, 5)), f"{where}: {ended}"
            found = state(here)
            if ended.code and forever and error not in (errno.ENOSPC, errno.EDQUOT):
                found.pop("b.winset", None)  # begun, and the disk refused to take it away again
            assert found in (before, after), f"{where}: half done"
            if ended.code == 0:
                assert found == after, f"{where}: acknowledged and lost"
            else:
                assert ended.said.startswith("winset: "), f"{where}: {ended}"
                assert "Traceback" not in ended.said
                assert re.search(r"disk|writable|Input/output|Read-only", ended.said), f"{where}: {ended.said}"
            if error in (errno.ENOSPC, errno.EDQUOT):  # what has been begun can still be removed
                assert left_over(here) == [], where
            if state(here) == before:
                again = run(here, ACTIONS[name], errno.EIO, 0)
                assert again.code == 0, f"{where}: {again}"
                assert state(here) == after, where
            shutil.rmtree(here)


@pytest.mark.parametrize("name", ACTIONS)
def test_a_failing_disk_is_named_and_nothing_is_lost_or_half_done(ground: Path, tmp_path: Path, name: str) -> None:
    fails(ground, tmp_path, name, 1)


@pytest.mark.slow
@pytest.mark.parametrize("name", ACTIONS)
def test_a_disk_that_fails_at_any_of_fifty_writes(ground: Path, tmp_path: Path, name: str) -> None:
    fails(ground, tmp_path, name, 50)


@pytest.mark.parametrize("command", ["show", "history", "export", "positions", "doctor", "brief --annotator rules"])
def test_a_case_that_cannot_be_written_can_still_be_read(ground: Path, tmp_path: Path, command: str) -> None:
    here = shutil.copytree(ground, tmp_path / "here")
    ended = run(here, [*command.split(), "a.winset"], errno.EROFS, 1, forever=True)
    assert ended.code in (0, 3), ended.said  # 3: no positions in it
