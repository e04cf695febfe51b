"""Single keys from a terminal, none lost: what is typed while a screen is being drawn is read afterwards."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import click

INTERRUPTED = "\x03"
_ESCAPE = "\x1b"


class Keys:
    """The keys typed, one at a time; `\\x03` for an interruption, nothing where the terminal is gone."""

    def __init__(self, terminal: int | None = None, before: Any = None) -> None:
        """`terminal`: the descriptor of a terminal that gives keys at once; its state `before` that."""
        self._terminal, self._before, self._ahead = terminal, before, ""

    def next(self) -> str:
        """Waits for a key. A key that sends several characters (an arrow) comes as a whole."""
        if self._terminal is None:
            return click.getchar()
        try:
            if not self._ahead:
                self._ahead = os.read(self._terminal, 256).decode(errors="ignore")
        except KeyboardInterrupt:
            return INTERRUPTED
        except OSError:
            return ""
        size = len(self._ahead) if self._ahead.startswith(_ESCAPE) else 1
        key, self._ahead = self._ahead[:size], self._ahead[size:]
        return key

    @contextmanager
    def lines(self) -> Iterator[None]:
        """Whole lines for a while, as a prompt reads them."""
        if self._terminal is None:
            yield
            return
        import termios
        import tty

        termios.tcsetattr(self._terminal, termios.TCSADRAIN, self._before)
        try:
            yield
        finally:
            tty.setcbreak(self._terminal, termios.TCSADRAIN)


@contextmanager
def keys() -> Iterator[Keys]:
    """Keys of the terminal, which is left as it was found; without one those that `click` gives."""
    try:
        import termios
        import tty
    except ImportError:  # not a POSIX system
        yield Keys()
        return
    if not sys.stdin.isatty():
        yield Keys()
        return
    terminal = sys.stdin.fileno()
    before = termios.tcgetattr(terminal)
    tty.setcbreak(terminal, termios.TCSADRAIN)
    try:
        yield Keys(terminal, before)
    finally:
        with suppress(OSError, termios.error):  # the terminal may be gone
            termios.tcsetattr(terminal, termios.TCSADRAIN, before)
