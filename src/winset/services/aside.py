"""Answers that need the whole record of a case: kept until the case changes, and for a large record computed aside.

A page must not wait for a hundred thousand statements to be read. What needs them runs in a process of its own, one at
a time; meanwhile whoever asked is told so, or given the last answer with the remark that the case has changed since.
"""

import multiprocessing
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Lock
from typing import Any

from winset.errors import ModelError, WinsetError
from winset.store.casefile import CaseFile

LARGE = 2_000
"""Statements above which an answer is computed aside."""
KEPT = 32  # answers
PATIENCE = 1.0  # seconds that whoever asks waits for an answer before being told that it takes longer


@dataclass(frozen=True, slots=True)
class Answer:
    """A result; `behind` where the case has changed since it was computed."""

    value: Any
    behind: bool = False


@dataclass(frozen=True, slots=True)
class Wait:
    """The answer is being computed, or another one before it: for how many seconds, over how many statements."""

    seconds: float
    statements: int


State = tuple[int, int, int]  # the file, its last operation, its statements
Key = tuple[Any, ...]


class Asides:
    """The answers on one case. May be asked by several threads at once."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known: OrderedDict[Key, tuple[State, Any]] = OrderedDict()
        self._running: _Running | None = None
        self._lock = Lock()

    def ask(
        self, function: Callable[..., Any], *, aside: bool = True, fresh: bool = False, **asked: Any
    ) -> Answer | Wait:
        """`function(path, **asked)`, for the case as it is now; both must be plain values, the function importable.

        aside  whether it reads the whole record, so that a large one is read in another process
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
        if not aside or state[2] <= LARGE:
            value = function(self._path, **asked)
            with self._lock:
                self._keep(key, state, value)
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
                waiting = Wait(time.monotonic() - self._running.began, state[2])
            if time.monotonic() >= end:
                return waiting if known is None or fresh else _answer(known[1], behind=True)
            time.sleep(0.05)

    def _state(self) -> State:
        with CaseFile.open(self._path) as file:
            last = file.history(1)
            return (self._path.stat().st_ino, last[0].id if last else 0, file.counts()["statements"])

    def _collect(self) -> None:
        """Takes the answer of the process that runs, if it has one, or what went wrong there."""
        running = self._running
        if running is None or not running.done():
            return
        self._running = None
        self._keep(running.key, running.state, running.value())

    def _keep(self, key: Key, state: State, value: Any) -> None:
        self._known[key] = (state, value)
        self._known.move_to_end(key)
        while len(self._known) > KEPT:
            self._known.popitem(last=False)


class _Running:
    """One computation in a process of its own, which ends with this one."""

    def __init__(self, key: Key, state: State, function: Callable[..., Any], path: Path, asked: dict[str, Any]) -> None:
        self.key, self.state, self.began = key, state, time.monotonic()
        spawn = multiprocessing.get_context("spawn")
        self._answer, given = spawn.Pipe(duplex=False)
        self._process = spawn.Process(target=_compute, args=(given, function, path, asked), daemon=True)
        self._process.start()
        given.close()

    def done(self) -> bool:
        return self._answer.poll()  # true also where the process ended without an answer

    def value(self) -> Any:
        """The answer, or the error that its computation ended with."""
        try:
            found = self._answer.recv()
        except EOFError:
            found = ModelError("the process that read the record was stopped, perhaps for want of memory")
        self._process.join()
        self._answer.close()
        return found


def _answer(found: Any, behind: bool = False) -> Answer:
    if isinstance(found, WinsetError):
        raise found
    return Answer(found, behind)


def _compute(given: Connection, function: Callable[..., Any], path: Path, asked: dict[str, Any]) -> None:
    try:
        given.send(function(path, **asked))
    except WinsetError as error:
        given.send(error)
