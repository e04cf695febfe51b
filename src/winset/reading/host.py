"""The parent's half of the reading process: starts it, hands documents over, kills it when it overstays."""

import json
import os
import select
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import asdict
from types import TracebackType
from typing import Any

from winset.errors import LimitExceeded, ReadingError
from winset.reading.child import LENGTH
from winset.reading.limits import Limits, in_words
from winset.reading.parsed import Parsed
from winset.reading.table import Format

_CHUNK = 1 << 16


class ReaderProcess:
    """Parses hostile formats in a limited process of its own, started at the first document and kept.

    Use it as a context manager, or call `close`. Not for use by several threads at once: give each its own.
    """

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._process: subprocess.Popen[bytes] | None = None
        self._done = 0

    def __enter__(self) -> "ReaderProcess":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def read(self, data: bytes, format: Format, *, charset: str | None = None) -> Parsed:
        """The document's text. Raises ReadingError or LimitExceeded; the process is then as good as new."""
        if self._done >= self.limits.child_documents:
            self.close()
        process = self._process or self._start()
        self._done += 1
        deadline = time.monotonic() + self.limits.child_wall
        request = {"format": format.name, "charset": charset, "limits": asdict(self.limits)}
        head = json.dumps(request).encode("ascii")
        try:
            _send(process, LENGTH.pack(len(head)) + head + LENGTH.pack(len(data)), deadline)
            _send(process, data, deadline)
            answer = _receive(process, self._longest_answer(), deadline)
        except TimeoutError:
            self.close()
            raise LimitExceeded(
                f"its parser took more than {self.limits.child_wall} seconds and was stopped", limit="child-wall"
            ) from None
        except (BrokenPipeError, EOFError):
            raise self._autopsy() from None
        except BaseException:  # Ctrl-C: the pipe holds half a message, so this process is of no use any more
            self.close()
            raise
        return _understood(answer)

    def close(self) -> None:
        """Ends the process and whatever it started."""
        process, self._process, self._done = self._process, None, 0
        if process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        _close_pipes(process)
        process.wait()

    def _start(self) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-m", "winset.reading.child"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            start_new_session=True, bufsize=0, env=_environment(),
        )  # fmt: skip
        assert process.stdin is not None
        assert process.stdout is not None
        os.set_blocking(process.stdin.fileno(), False)
        self._process = process
        return process

    def _autopsy(self) -> ReadingError:
        """Why the process ended without an answer."""
        process, self._process, self._done = self._process, None, 0
        assert process is not None
        _close_pipes(process)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode == -signal.SIGXCPU:
            return LimitExceeded(
                f"its parser used more than {self.limits.child_cpu} seconds of processor time", limit="child-cpu"
            )
        if usage.ru_maxrss * 1024 > self.limits.child_memory // 4:
            return LimitExceeded(
                f"its parser needed more than {in_words(self.limits.child_memory)} of memory", limit="child-memory"
            )
        return ReadingError(f"its parser crashed ({_ending(process.returncode)}); the file is damaged or hostile")

    def _longest_answer(self) -> int:
        """Bytes: every character as a pair of \\u escapes, and room for the origins."""
        return 12 * self.limits.text_chars + 16 * 2**20


def _environment() -> dict[str, str]:
    """What an interpreter needs to find itself and this package, and nothing else of the caller's."""
    kept = ("PATH", "PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "HOME", "LANG", "LC_ALL", "TMPDIR", "SYSTEMROOT")
    environment = {name: os.environ[name] for name in kept if name in os.environ}
    return environment | {"PYTHONHASHSEED": "0", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


def _send(process: subprocess.Popen[bytes], data: bytes, deadline: float) -> None:
    assert process.stdin is not None
    pipe, rest = process.stdin.fileno(), memoryview(data)
    while rest:
        _, ready, _ = select.select([], [pipe], [], max(0.0, deadline - time.monotonic()))
        if not ready:
            raise TimeoutError
        rest = rest[os.write(pipe, rest[:_CHUNK]) :]


def _receive(process: subprocess.Popen[bytes], longest: int, deadline: float) -> bytes:
    """The next message. Raises EOFError where the process ended, TimeoutError past the deadline."""
    assert process.stdout is not None
    pipe = process.stdout.fileno()
    got, wanted = bytearray(), LENGTH.size
    length: int | None = None
    while len(got) < wanted:
        ready, _, _ = select.select([pipe], [], [], max(0.0, deadline - time.monotonic()))
        if not ready:
            raise TimeoutError
        chunk = os.read(pipe, min(_CHUNK, wanted - len(got)))
        if not chunk:
            raise EOFError
        got += chunk
        if length is None and len(got) == LENGTH.size:
            (length,) = LENGTH.unpack(got)
            if length > longest:
                raise EOFError
            got, wanted = bytearray(), length
    return bytes(got)


def _understood(answer: bytes) -> Parsed:
    try:
        value: dict[str, Any] = json.loads(answer)
        if "parsed" in value:
            return Parsed.from_json(value["parsed"])
        reason, limit = str(value["reason"]), value["limit"]
    except (ValueError, KeyError, TypeError) as error:
        raise ReadingError(f"its parser gave no sense ({type(error).__name__})") from None
    if limit is not None:
        raise LimitExceeded(reason, limit=str(limit))
    raise ReadingError(reason)


def _close_pipes(process: subprocess.Popen[bytes]) -> None:
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()


def _ending(code: int) -> str:
    try:
        return signal.Signals(-code).name if code < 0 else f"exit code {code}"
    except ValueError:
        return f"signal {-code}"
