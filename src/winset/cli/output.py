"""How every command prints: results to standard output, remarks to standard error."""

import json
import logging
import sys
import time
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import click

from winset.report.written import Written

json_option = click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON value, as `winset schema` describes it."
)


_LONG = 500  # items from which on a list has one line an item


def print_json(value: Any) -> None:
    """One JSON value on standard output; floats as they are, never NaN. A long list is written bit by bit."""
    for piece in _pieces(value):
        click.echo(piece, nl=False)
    click.echo()


def _pieces(value: Any) -> Iterator[str]:
    """As `_indented`, in pieces where a long `Written` is in it; all else is made before the first piece is given."""
    if not isinstance(value, dict) or not any(isinstance(one, Written) and len(one) > _LONG for one in value.values()):
        yield _indented(value, "\n")
        return
    parts = [(_flat(key), one if isinstance(one, Written) else _indented(one, "\n  ")) for key, one in value.items()]
    for n, (key, one) in enumerate(parts):
        yield f"{',' if n else '{'}\n  {key}: "
        if isinstance(one, str) or len(one) <= _LONG:
            yield one if isinstance(one, str) else _indented(one, "\n  ")
            continue
        texts = one.texts()
        between = "["
        while block := list(islice(texts, _LONG)):
            yield between + "\n    " + ",\n    ".join(block)
            between = ","
        yield "\n  ]"
    yield "\n}"


def _indented(value: Any, line: str) -> str:
    """As `json.dumps` indents by 2, but for long lists, whose items are written ten times faster in a line each."""
    inner = line + "  "
    if isinstance(value, dict) and value:
        return (
            "{"
            + ",".join(f"{inner}{_flat({k: 0})[1:-4]}: {_indented(one, inner)}" for k, one in value.items())
            + line
            + "}"
        )
    if isinstance(value, Written):
        value = list(value)
    if isinstance(value, list | tuple) and value:
        write = _flat if len(value) > _LONG else lambda one: _indented(one, inner)
        return "[" + ",".join(inner + write(one) for one in value) + line + "]"
    return _flat(value)


_flat = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode


def remark(text: str) -> None:
    """A line for the person at the terminal."""
    click.echo(text, err=True)


def print_lines(lines: Iterable[str]) -> None:
    """Lines for a person, fit for a terminal, many at once: 100,000 of them take no longer than they must."""
    lines = iter(lines)
    while block := list(islice(lines, _LONG)):
        click.echo("\n".join(map(printable, block)))


def printable(text: str) -> str:
    """A text from outside, fit for a terminal: what would steer it (escapes, direction marks) shows as a mark."""
    if text.isprintable():
        return text
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in text)


class Remarks(logging.Handler):
    """What services note on their way, on standard error, each once: several of them may read the same file."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._said: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        """Says one."""
        text = record.getMessage()
        if text not in self._said:
            self._said.add(text)
            remark(printable(text))


def is_text(data: bytes) -> bool:
    """Whether these bytes can be shown as they are: UTF-8 without the control signs of a binary file."""
    try:
        return b"\0" not in data and data.decode("utf-8") is not None
    except UnicodeDecodeError:
        return False


class Bar:
    """A line on standard error that says how far it is; only on a terminal, and only once a second has gone by."""

    def __init__(self, total: int, what: str = "documents") -> None:
        self._total, self._what = total, what
        self._began = time.monotonic()
        self._on = sys.stderr.isatty()
        self._shown = False

    def show(self, done: int) -> None:
        """`done` of all are done; at the last one the line is taken away again."""
        spent = time.monotonic() - self._began
        if not self._on or (spent < 1 and not self._shown):
            return
        self._shown = True
        left = spent / done * (self._total - done)
        line = f"{done} of {self._total} {self._what}, about {left:.0f} s left" if done < self._total else ""
        click.echo(f"\r\x1b[K{line}", nl=False, err=True)


def pairs(given: tuple[str, ...], option: str) -> dict[str, float]:
    """NAME=NUMBER pairs of an option that may be given again. Raises a usage error."""
    found: dict[str, float] = {}
    for one in given:
        name, sign, number = one.rpartition("=")
        try:
            found[name] = float(number)
        except ValueError:
            sign = ""
        if not sign or not name:
            raise click.BadParameter(f"{option} wants NAME=NUMBER, got {one!r}")
    return found
