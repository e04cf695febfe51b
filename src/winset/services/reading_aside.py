"""Files read into a case by a process of its own, so that a cancelled one stops at once and pages do not wait meanwhile."""

import contextlib
import multiprocessing
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Lock
from typing import Any

from winset.errors import ModelError, WinsetError
from winset.services import workbench

LOOKS = 0.05  # seconds between two looks whether it was cancelled
IDLE = 120.0  # seconds after which a reader that nobody asks ends, and with it its memory
GRACE = 0.5  # seconds to end by itself, and the parser that it started with it


class ReadingAside:
    """Reads one file after the other into the case at `path`. May be asked by several threads at once.

    The process is started for the first file and kept for the next; one that was cancelled takes it along.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._turn = Lock()
        self._process: Any = None
        self._link: Connection | None = None

    @property
    def running(self) -> int | None:
        """The number of the process that reads, None where there is none."""
        return self._process.pid if self._process is not None and self._process.is_alive() else None

    def add(
        self, name: str, data: bytes, *, keep: Callable[[], bool], stopped: Callable[[], bool]
    ) -> dict[str, Any] | None:
        """As `workbench.add_file`; None where it was stopped before it was written.

        keep     asked once, when the file is read: whether it may be written
        stopped  asked all the time; once true the reading ends within GRACE seconds and nothing is written

        Raises what `add_file` raises, and ModelError where the process ended without an answer.
        """
        while not self._turn.acquire(timeout=LOOKS):
            if stopped():
                return None
        try:
            link = self._linked()
            link.send(name)
            link.send_bytes(data)
            while True:
                if stopped():
                    self._end()
                    return None
                if not link.poll(LOOKS):
                    continue
                kind, said = link.recv()
                if kind == "keep":
                    link.send(keep())
                elif kind == "failed":
                    raise said
                else:
                    return None if stopped() else said
        except (EOFError, OSError):
            self._end()
            raise ModelError(
                f"the process that read {name[:80]!r} was stopped, perhaps for want of memory; nothing was added"
            ) from None
        finally:
            self._turn.release()

    def _linked(self) -> Connection:
        if self._link is not None and self.running is not None and not self._link.poll():
            return self._link
        self._end()
        spawn = multiprocessing.get_context("spawn")
        self._link, given = spawn.Pipe()
        self._process = spawn.Process(target=_read, args=(given, self._path), daemon=True)
        self._process.start()
        given.close()
        return self._link

    def _end(self) -> None:
        process, link, self._process, self._link = self._process, self._link, None, None
        if process is None or link is None:
            return
        process.terminate()
        process.join(GRACE)
        if process.is_alive():
            process.kill()
            process.join()
        link.close()


def _read(link: Connection, path: Path) -> None:
    """What the process does until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the workbench, whose end this one hears of
    signal.signal(signal.SIGTERM, _ended)  # an exception, so that a parser at work is ended too

    def keep() -> bool:
        link.send(("keep", None))
        return bool(link.recv())

    with contextlib.suppress(EOFError, OSError):
        while link.poll(IDLE):
            name, data = link.recv(), link.recv_bytes()
            answer: tuple[str, Any]
            try:
                answer = ("done", workbench.add_file(path, name, data, keep))
            except WinsetError as error:
                answer = ("failed", error)
            link.send(answer)


def _ended(*_: object) -> None:
    raise SystemExit(0)
