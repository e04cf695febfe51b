"""What `winset review` shows of one statement, within the width of the terminal."""

import os
import re
import shutil
import textwrap
from collections.abc import Iterable, Iterator
from typing import Any

import click

from winset.cli.output import printable

CONTEXT = 160  # code points shown on each side of what was said
AROUND = 1_200  # the same where its source is asked for
BEGIN, END = ">>", "<<"  # around the words that the statement gives, also where nothing is set off by weight
NARROWEST, WIDEST = 20, 100
LONGEST_WORD = 40  # code points by which an end is moved to keep a word whole
_INDENT = " " * len("  speaker: ")


def statement(seen: Any) -> None:
    """The words in their surroundings, and how they were read."""
    one = seen.now
    who = one["speaker"]["name"] or one["speaker"]["description"] or "no source given"
    act = f"{', '.join(one['acts'])}; {one['modality']}{'; negated' if one.get('negated') else ''}"
    click.echo()
    _wrapped(f"{seen.title}  ({seen.id})")
    spans = sorted((a, b) for role in ("source", "cue", "content") for a, b in one[role])
    _wrapped(_marked(seen.text, one["content"], spans[0][0] - CONTEXT, spans[-1][1] + CONTEXT))
    _wrapped(f"{who} ({one['speaker']['kind']})", "  speaker: ", _INDENT)
    _wrapped(f"{act}; score {one['score']:.2f}", "  act:     ", _INDENT)
    if one.get("condition"):
        _wrapped(one["condition"], "  if:      ", _INDENT)


def message(text: str) -> None:
    """A remark on what was done."""
    _wrapped(text)


def why(seen: Any) -> None:
    """The reasons that the reader gives."""
    reasons = seen.now.get("why") or ["the reader gives no reason"]
    for reason in reasons:
        _wrapped(reason, "  why: ", "       ")


def source(seen: Any) -> None:
    """The words in much more of their document, and where in it they stand."""
    spans = sorted((a, b) for a, b in seen.now["content"])
    place = ", ".join(f"{a} to {b}" for a, b in spans)
    click.echo()
    _wrapped(f"{seen.title}; {seen.day or 'no date'}; characters {place} of {seen.read['doc']}")
    start, end = spans[0][0] - AROUND, spans[-1][1] + AROUND
    for paragraph in re.split(r"\n\s*\n", _marked(seen.text, spans, start, end, keep=True)):
        _wrapped(paragraph)
        click.echo()


def hints(keys: Iterable[tuple[str, str]]) -> None:
    """The keys there are; no hint is broken over two lines."""
    line = ""
    for key, word in keys:
        hint = f"[{key}] {word}"
        if line and len(line) + 2 + len(hint) > _width():
            click.echo(line)
            line = hint
        else:
            line = f"{line}  {hint}" if line else hint
    click.echo(line)


def _width() -> int:
    return min(max(shutil.get_terminal_size().columns, NARROWEST), WIDEST)


def _wrapped(text: str, first: str = "", rest: str = "") -> None:
    lines = textwrap.wrap(
        printable(" ".join(text.split())), _width(), initial_indent=first, subsequent_indent=rest,
        break_on_hyphens=False,
    )  # fmt: skip
    for line in _set_off(lines) if "NO_COLOR" not in os.environ else lines:
        click.echo(line)


def _set_off(lines: Iterable[str]) -> Iterator[str]:
    """The marked words in bold, which a terminal shows and a file does not hold."""
    inside = False
    for line in lines:
        shown = ""
        for piece in re.split(f"({BEGIN}|{END})", line):
            shown += click.style(piece, bold=True) if inside or piece in (BEGIN, END) else piece
            inside = piece == BEGIN or (inside and piece != END)
        yield shown


def _marked(text: str, spans: Iterable[tuple[int, int]], start: int, end: int, *, keep: bool = False) -> str:
    """`text` from `start` to `end`, from a whole word to a whole word, with marks around the spans."""
    start, end = max(start, 0), min(end, len(text))
    for _ in range(LONGEST_WORD):
        start -= 0 < start < len(text) and not text[start - 1].isspace() and not text[start].isspace()
        end += 0 < end < len(text) and not text[end - 1].isspace() and not text[end].isspace()
    pieces, at = ["… " if start else ""], start
    for a, b in sorted(spans):
        pieces += [text[at:a], BEGIN, text[a:b], END]
        at = b
    pieces += [text[at:end], " …" if end < len(text) else ""]
    found = "".join(pieces)
    return found if keep else " ".join(found.split())
