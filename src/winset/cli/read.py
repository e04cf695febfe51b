"""`winset read SOURCE...`: who says what in these documents."""

import json
import shutil
import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from winset.cli.output import Bar, print_json, printable, remark
from winset.cli.paths import PATH
from winset.cli.sources import note, reading_options, set_aside_line, sources_argument

if TYPE_CHECKING:
    from winset.domain.statements import Statement
    from winset.services.extraction import Read

PARTIAL = 6  # exit code: some or all inputs set aside
SHOWN_ASIDE = 20


@click.command()
@sources_argument
@click.option("--json", "as_json", is_flag=True, help="JSON Lines, one line a document (`winset schema read`).")
@click.option("--explain", is_flag=True, help="Say for each statement why this speaker and this act.")
@click.option("--into", type=PATH, metavar="FOLDER",
              help="Write Parquet files there, part by part; a run that was ended goes on.")  # fmt: skip
@click.option("--workers", type=click.IntRange(1, 256), help="Processes for --into; all processors if not given.")
@click.option("--cluster", metavar="ADDRESS", help="Read on a Dask cluster, such as tcp://10.0.0.5:8786; with --into.")
@reading_options
@click.pass_context
def read(
    ctx: click.Context,
    sources: tuple[str, ...],
    as_json: bool,
    explain: bool,
    into: Path | None,
    workers: int | None,
    cluster: str | None,
    annotator: str | None,
    encoding: str | None,
    limits: tuple[str, ...],
) -> None:
    """Read documents and print who says what in each, in the order given.

    SOURCE is a file (text, HTML, PDF, DOCX, e-mail), a corpus (.jsonl, .warc, .parquet), a folder, or - for standard
    input. What cannot be read is set aside with its reason, in its place; the exit code is then 6.
    """
    if into is not None:
        _into(
            ctx,
            into,
            sources,
            as_json,
            annotator=annotator,
            limits=limits,
            charset=encoding,
            workers=workers,
            cluster=cluster,
        )
        return
    if workers is not None or cluster is not None:
        raise click.UsageError("--workers and --cluster are for corpora read --into a folder")
    from winset.reading.limits import Limits
    from winset.services import annotators, corpora, files, reading
    from winset.services.extraction import read_statements

    chosen = annotators.choose_or_say(annotator, remark)
    found = list(files.sources(sources, note))
    taken = reading.read_sources(found, limits=Limits().raised(limits), charset=encoding)
    countable = not sys.stdout.isatty() and not any(map(corpora.is_corpus, found))
    partial, bar = False, Bar(len(found) if countable else 0)
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


def _into(ctx: click.Context, folder: Path, sources: tuple[str, ...], as_json: bool, **asked: Any) -> None:
    """A corpus into a folder: its size in the end, and the first of what was set aside."""
    from winset.services import corpus_runs

    told = 0

    def tell(now: dict[str, Any]) -> None:
        nonlocal told
        if sys.stderr.isatty() and now["documents"] - told >= 500:
            told = now["documents"]
            click.echo(f"{told:,} articles, {now['statements']:,} statements", err=True)

    found = corpus_runs.read_into(sources, folder, note=note, tell=tell, **asked)
    for one in corpus_runs.set_aside(folder, SHOWN_ASIDE):
        set_aside_line(one["doc"], one["file"], one["reason"])
    if found["set_aside"] > SHOWN_ASIDE:
        remark(f"and {found['set_aside'] - SHOWN_ASIDE:,} more set aside; {folder / corpus_runs.MANIFEST} names all")
    if as_json:
        print_json(found)
    else:
        resumed = f", {found['resumed_parts']} of them from before" if found["resumed_parts"] else ""
        click.echo(
            f"{found['documents']:,} articles with {found['statements']:,} statements in {found['parts']:,} parts{resumed}: {folder}"
        )
    if found["set_aside"]:
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
