"""Answers that need the whole record of a case: kept until the case changes, and for a large record computed aside.

A page must not wait for a hundred thousand statements to be read. What needs them runs in a process of its own, one at
a time. Meanwhile whoever asked is given the last answer, with the remark that the case has changed since, or what the
latest part of the record says by itself (`services.excerpt`), or is told how far the reading is.
"""

import multiprocessing
import tempfile
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Lock
from typing import Any

from winset.errors import ModelError, WinsetError
from winset.services import excerpt
from winset.services.progress import heard_by
from winset.store.casefile import CaseFile

LARGE = 2_000
"""Statements above which an answer is computed aside."""
KEPT = 32  # answers
PATIENCE = 1.0  # seconds that whoever asks waits for an answer before being told that it takes longer


@dataclass(frozen=True, slots=True)
class Answer:
    """A result; `behind` where the case has changed since it was computed, `part` where it is that of a part only."""

    value: Any
    behind: bool = False
    part: "Part | None" = None


@dataclass(frozen=True, slots=True)
class Part:
    """Of how many statements an answer is, while all are being read: for how many seconds, at which stage."""

    read: int
    of: int
    seconds: float
    stage: str


@dataclass(frozen=True, slots=True)
class Wait:
    """The answer is being computed, or another one before it: for how many seconds, over how many statements, and how
    far it is; `record` where it needs all of these, else it rests on judgements."""

    seconds: float
    statements: int
    stage: str = ""
    record: bool = True


State = tuple[int, int, int]  # the file, its last operation, its statements
Key = tuple[Any, ...]


class Asides:
    """The answers on one case. May be asked by several threads at once."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known: OrderedDict[Key, tuple[State, Any]] = OrderedDict()
        self._parts: OrderedDict[Key, tuple[State, Any]] = OrderedDict()
        self._running: _Running | None = None
        self._of_part: _Running | None = None
        self._folder = tempfile.TemporaryDirectory(prefix="winset-")  # excerpts, gone with this process
        self._lock = Lock()

    def ask(
        self,
        function: Callable[..., Any],
        *,
        aside: bool = True,
        heavy: bool = False,
        fresh: bool = False,
        **asked: Any,
    ) -> Answer | Wait:
        """`function(path, **asked)`, for the case as it is now; both must be plain values, the function importable.

        aside  whether it reads the whole record, so that a large one is read in another process
        heavy  whether it computes for long on the judgements alone, so that another process does it for any record
        fresh  never an answer for an earlier state of the case

        Raises what the function raises.
        """
        state = self._state()
        key = (
            function.__module__,
            function.__qualname__,
            *sorted((name, repr(value)) for name, value in asked.items()),
        )
        with self._lock:
            known = self._known.get(key)
        if known is not None and known[0] == state:
            return _answer(known[1])
        if not heavy and (not aside or state[2] <= LARGE):
            value = function(self._path, **asked)
            with self._lock:
                _keep(self._known, key, state, value)
            return Answer(value)
        end = time.monotonic() + (0.0 if known is not None and not fresh else PATIENCE)
        while True:
            with self._lock:
                self._collect()
                known = self._known.get(key)
                if known is not None and known[0] == state:
                    return _answer(known[1])
                if self._running is None:
                    self._running = _Running(key, state, function, self._path, asked)
                running = self._running
                waiting = Wait(time.monotonic() - running.began, state[2], running.stage, not heavy)
                part = None if known is not None or fresh or heavy else self._part(key, state, function, asked, waiting)
            if part is not None:
                return part
            if time.monotonic() >= end:
                return waiting if known is None or fresh else _answer(known[1], behind=True)
            time.sleep(0.05)

    def _state(self) -> State:
        with CaseFile.open(self._path) as file:
            last = file.history(1)
            return (self._path.stat().st_ino, last[0].id if last else 0, file.counts()["statements"])

    def _part(
        self, key: Key, state: State, function: Callable[..., Any], asked: dict[str, Any], waiting: Wait
    ) -> Answer | None:
        """What the latest part of the record says, None while that is not known or where it says nothing."""
        found = self._parts.get(key)
        if found is not None and found[0] == state:
            if isinstance(found[1], Exception):
                return None
            read, value = found[1]
            return Answer(value, part=Part(read, state[2], waiting.seconds, waiting.stage))
        if self._of_part is None and state[2] > excerpt.READ:
            folder = Path(self._folder.name)
            self._of_part = _Running(
                key, state, excerpt.answer, self._path, {"folder": folder, "function": function, "asked": asked}
            )
        return None

    def _collect(self) -> None:
        """Takes the answers of the processes that run, if they have any, or what went wrong there."""
        running, of_part = self._running, self._of_part
        if running is not None and running.done():
            self._running = None
            _keep(self._known, running.key, running.state, running.value())
        if of_part is not None and of_part.done():
            self._of_part = None
            _keep(self._parts, of_part.key, of_part.state, of_part.value())


class _Running:
    """One computation in a process of its own, which ends with this one."""

    def __init__(self, key: Key, state: State, function: Callable[..., Any], path: Path, asked: dict[str, Any]) -> None:
        self.key, self.state, self.began, self.stage = key, state, time.monotonic(), "reading the case"
        self._found: Any = None
        spawn = multiprocessing.get_context("spawn")
        self._answer, given = spawn.Pipe(duplex=False)
        self._process = spawn.Process(target=_compute, args=(given, function, path, asked), daemon=True)
        self._process.start()
        given.close()

    def done(self) -> bool:
        """Whether it has come to an end; meanwhile `stage` says how far it is."""
        while self._found is None and self._answer.poll():
            try:
                kind, said = self._answer.recv()
            except EOFError:  # it ended without an answer
                kind, said = (
                    "answer",
                    ModelError("the process that read the record was stopped, perhaps for want of memory"),
                )
            if kind == "stage":
                self.stage = said
            else:
                self._found = (said,)
        return self._found is not None

    def value(self) -> Any:
        """The answer, or the error that its computation ended with, once it is done."""
        self._process.join()
        self._answer.close()
        return self._found[0]


def _keep(known: OrderedDict[Key, tuple[State, Any]], key: Key, state: State, value: Any) -> None:
    known[key] = (state, value)
    known.move_to_end(key)
    while len(known) > KEPT:
        known.popitem(last=False)


def _answer(found: Any, behind: bool = False) -> Answer:
    if isinstance(found, WinsetError):
        raise found
    return Answer(found, behind)


def _compute(given: Connection, function: Callable[..., Any], path: Path, asked: dict[str, Any]) -> None:
    try:
        with heard_by(lambda stage: given.send(("stage", stage))):
            found = function(path, **asked)
    except WinsetError as error:
        found = error
    given.send(("answer", found))
