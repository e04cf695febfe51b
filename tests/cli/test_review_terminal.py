"""`winset review` on a terminal of its own: every key, a narrow screen, no colours, and what an interruption leaves."""

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from winset.cli.review import KEYS
from winset.services import reviews
from winset.services.sources import load_case

KEY = {word: key for key, word in KEYS.items()}
PATIENCE = 30.0
AGAIN = 3.0  # seconds after which a key is pressed again
STYLE = re.compile(r"\x1b\[[0-9;]*m")


def _as_at_a_terminal() -> None:
    """A terminal of its own, and Ctrl-C as it is there: a suite run in the background may have it ignored."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Terminal:
    """A program on a pseudo-terminal of a given width."""

    def __init__(self, words: list[str], width: int, **environment: str) -> None:
        self._ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, width, 0, 0))
        inherited = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES", "NO_COLOR")}
        self.program = subprocess.Popen(
            [sys.executable, "-m", "winset", *words], stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
            env={**inherited, "TERM": "xterm-256color", "PYTHONUTF8": "1", **environment},
            preexec_fn=_as_at_a_terminal,
        )  # fmt: skip
        os.close(theirs)
        self.shown = ""
        self._told = 0

    def until(self, words: str) -> str:
        """What is shown since the last call, up to `words`."""
        start = time.monotonic()
        while words not in self.shown[self._told :]:
            ready, _, _ = select.select([self._ours], [], [], 0.5)
            if ready:
                try:
                    more = os.read(self._ours, 65_536)
                except OSError:
                    more = b""
                if not more:
                    raise AssertionError(f"ended before {words!r}: {self.shown[-2000:]!r}")
                self.shown += more.decode(errors="replace")
            assert time.monotonic() - start < PATIENCE, f"no {words!r} in {self.shown[-2000:]!r}"
        end = self.shown.index(words, self._told) + len(words)
        part, self._told = self.shown[self._told : end], end
        return part

    def press(self, keys: str) -> None:
        os.write(self._ours, keys.encode())

    def end(self, *, pressing: str = "") -> int:
        """Its exit status, once it has ended; `pressing` the same keys again where it has not within seconds."""
        start = again = time.monotonic()
        with contextlib.suppress(OSError):
            while time.monotonic() - start < PATIENCE:
                if pressing and time.monotonic() - again > AGAIN:
                    self.press(pressing)
                    again = time.monotonic()
                ready, _, _ = select.select([self._ours], [], [], 0.5)
                more = os.read(self._ours, 65_536) if ready else b"-"
                if not more:
                    break
                self.shown += more.decode(errors="replace") if ready else ""
        return self.program.wait(PATIENCE)

    def hang_up(self) -> None:
        os.close(self._ours)


@contextlib.contextmanager
def reviewing(case: Path, width: int = 80, **environment: str) -> Iterator[Terminal]:
    terminal = Terminal(["review", str(case)], width, **environment)
    try:
        terminal.until(last_hint())
        yield terminal
    finally:
        if terminal.program.poll() is None:
            terminal.program.kill()
            terminal.program.wait(PATIENCE)


def last_hint() -> str:
    key, word = list(KEYS.items())[-1]
    return f"[{key}] {word}"


def verdicts(case: Path) -> dict[str, str]:
    return {one.target: one.verdict for one in load_case(case).reviews}


def waiting(case: Path) -> list[str]:
    return [one.id for one in reviews.page(case, reviews.Wanted())]


def test_every_key_does_what_its_hint_says(case: Path) -> None:
    first, second, third, fourth, fifth, *_ = waiting(case)
    with reviewing(case) as terminal:
        for word in ("why", "source"):
            terminal.press(KEY[word])
            assert terminal.until(last_hint()).count("\n") > 2
        for word in ("accept", "reject", "skip"):
            terminal.press(KEY[word])
            terminal.until(last_hint())
        terminal.press(KEY["correct"])
        terminal.until("speaker.name='Ann Bell'")
        terminal.press("act=threat\r")
        terminal.until(last_hint())
        terminal.press(KEY["next"])
        terminal.until(last_hint())
        terminal.press(KEY["accept"])
        terminal.until(last_hint())
        terminal.press(KEY["undo"])
        assert "Took back: accept" in terminal.until(last_hint())
        terminal.press("\x1b[A")  # an arrow is no key of ours
        terminal.until(last_hint())
        terminal.press(KEY["quit"])
        assert terminal.end() == 0
    assert verdicts(case) == {
        f"statement:{first}": "accept", f"statement:{second}": "reject", f"statement:{third}": "skip", f"statement:{fourth}": "correct",
    }  # fmt: skip
    assert f"statement:{fifth}" not in verdicts(case)


def test_keys_typed_ahead_are_not_lost(case: Path) -> None:
    first, second, third, *_ = waiting(case)
    with reviewing(case) as terminal:
        terminal.press("a\nrsq")
        assert terminal.end() == 0
    assert verdicts(case) == {
        f"statement:{first}": "accept",
        f"statement:{second}": "reject",
        f"statement:{third}": "skip",
    }


@pytest.mark.parametrize("width", [24, 40])
def test_a_narrow_terminal_without_colours_holds_every_line(case: Path, width: int) -> None:
    with reviewing(case, width, NO_COLOR="1") as terminal:
        for word in ("why", "source", "accept"):
            terminal.press(KEY[word])
            terminal.until(last_hint())
        terminal.press(KEY["quit"])
        assert terminal.end() == 0
    assert not STYLE.search(terminal.shown)
    assert [line for line in terminal.shown.splitlines() if len(line) > width] == []


@pytest.mark.parametrize("how", ["key", "prompt", "hang up", "kill"])
def test_an_interruption_loses_nothing(case: Path, how: str) -> None:
    first, second, *_ = waiting(case)
    with reviewing(case) as terminal:
        for _ in range(2):
            terminal.press(KEY["accept"])
            terminal.until(last_hint())
        if how == "prompt":
            terminal.press(KEY["correct"])
            terminal.until("speaker.name='Ann Bell'")
            terminal.press("act=thr")
        if how == "hang up":
            terminal.hang_up()
        elif how == "kill":
            terminal.program.kill()
        else:
            terminal.press("\x03")
            # A line editor that is about to wait notices an interruption at the next key only, so a person presses again.
            assert terminal.end(pressing="\x03" if how == "prompt" else "") in (0, 1, 130)
        terminal.program.wait(PATIENCE)
        assert "Traceback" not in terminal.shown
    assert verdicts(case) == {f"statement:{first}": "accept", f"statement:{second}": "accept"}
