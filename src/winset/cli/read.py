"""`winset read SOURCE...`: who says what in these documents."""

import json
import shutil
import sys
import textwrap
from typing import TYPE_CHECKING

import click

from winset.cli.output import Bar, printable, remark
from winset.cli.sources import note, reading_options, set_aside_line, sources_argument

if TYPE_CHECKING:
    from winset.domain.statements import Statement
    from winset.services.extraction import Read

PARTIAL = 6  # exit code: some or all inputs set aside


@click.command()
@sources_argument
@click.option("--json", "as_json", is_flag=True, help="JSON Lines, one line a document (`winset schema read`).")
@click.option("--explain", is_flag=True, help="Say for each statement why this speaker and this act.")
@reading_options
@click.pass_context
def read(
    ctx: click.Context,
    sources: tuple[str, ...],
    as_json: bool,
    explain: bool,
    annotator: str | None,
    encoding: str | None,
    limits: tuple[str, ...],
) -> None:
    """Read documents and print who says what in each, in the order given.

    SOURCE is a file (text, HTML, PDF, DOCX, e-mail), a folder, or - for standard input. What cannot be read is set
    aside with its reason, in its place; the exit code is then 6.
    """
    from winset.reading.limits import Limits
    from winset.services import annotators, files, reading
    from winset.services.extraction import read_statements

    chosen = annotators.choose_or_say(annotator, remark)
    found = list(files.sources(sources, note))
    taken = reading.read_sources(found, limits=Limits().raised(limits), charset=encoding)
    partial, bar = False, Bar(0 if sys.stdout.isatty() else len(found))
    for count, one in enumerate(read_statements(taken, chosen), 1):
        bar.show(count)
        if isinstance(one, reading.SetAside):
            partial = True
            if as_json:
                _line({"doc": one.doc, "file": one.file, "error": {"reason": one.reason, "limit": one.limit}})
            set_aside_line(one.doc, one.file, one.reason)
        elif as_json:
            _line(one.as_json(explain=explain))
        else:
            _show(one, explain)
    if partial:
        ctx.exit(PARTIAL)


def _line(value: object) -> None:
    """One line of JSON, flushed, so that a program at the other end can work along."""
    sys.stdout.buffer.write(json.dumps(value, ensure_ascii=False, allow_nan=False).encode("utf-8", "replace") + b"\n")
    sys.stdout.buffer.flush()


def _show(one: "Read", explain: bool) -> None:
    """One document for a person: a heading, then a paragraph a statement."""
    document = one.document
    width = min(100, shutil.get_terminal_size().columns)
    click.secho(printable(document.title or document.id), bold=True)
    about = [document.id, document.date.isoformat() if document.date else "no date", document.language]
    count = len(one.statements)
    about.append(one.reason or f"{count} statement{'' if count == 1 else 's'} ({one.extraction})")
    click.echo(_wrapped(" · ".join(about), width))
    for text in document.remarks:
        click.echo(_wrapped(f"remark: {text}", width))
    for statement in one.statements:
        click.echo()
        click.echo(_wrapped(_sentence(one, statement), width, "  "))
        if explain:
            for why in statement.why:
                click.echo(_wrapped(f"because {why}", width, "      "))
    click.echo()


def _sentence(one: "Read", statement: "Statement") -> str:
    """Who, what kind of act, and the words themselves."""
    voice = statement.speaker
    who = voice.name or voice.description or {"author": "the author"}.get(voice.kind, "nobody named")
    words = " … ".join(one.document.quote(span) for span in statement.content)
    manner = "" if statement.modality == "asserted" else f", {statement.modality}"
    return f"{who} [{statement.act}, {statement.kind}{manner}]: {words}"


def _wrapped(text: str, width: int, indent: str = "") -> str:
    later = indent + "  " if indent else ""
    return textwrap.fill(printable(" ".join(text.split())), width, initial_indent=indent, subsequent_indent=later)
