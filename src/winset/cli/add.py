"""`winset add CASE SOURCE...`: documents into a case."""

import os
from pathlib import Path

import click

from winset.cli.output import Bar, json_option, print_json, printable, remark
from winset.cli.paths import PATH
from winset.cli.sources import note, reading_options, set_aside_line, sources_argument

_NAMED = 5  # documents that a remark names
PARTIAL = 6  # exit code: some or all inputs set aside


@click.command()
@click.argument("case", type=PATH)
@sources_argument
@json_option
@reading_options
@click.pass_context
def add(
    ctx: click.Context,
    case: Path,
    sources: tuple[str, ...],
    as_json: bool,
    annotator: str | None,
    encoding: str | None,
    limits: tuple[str, ...],
) -> None:
    """Read documents into CASE, with who says what in each.

    What the case already holds is passed over, so a call that was cut off can simply be repeated. What cannot be read
    is set aside with its reason; the exit code is then 6.
    """
    from winset.reading.limits import Limits
    from winset.services import adding, annotators, files

    found = list(files.sources(sources, note))
    done = adding.add(
        case,
        found,
        annotators.choose_or_say(annotator, remark),
        limits=Limits().raised(limits),
        charset=encoding,
        progress=Bar(len(found)).show,
    )
    for one in done.set_aside:
        set_aside_line(one.doc, one.file, one.reason)
    if as_json:
        print_json(done.as_json())
    else:
        click.echo(
            f"{len(done.documents)} added, {done.already} already there, {len(done.set_aside)} set aside; "
            f"{done.statements} new statements in {os.fspath(case)}"
        )
    for ids, said in (
        (
            done.undated,
            "no date is known; what they say stands apart from the positions of known days (winset document gives one)",
        ),
        (
            done.ahead,
            "dated in the future; check the date, since what they say counts as said last (winset document puts it right)",
        ),
    ):
        if ids:
            remark(printable(f"{_some(ids)}: {said}"))
    if done.set_aside:
        ctx.exit(PARTIAL)


def _some(ids: list[str]) -> str:
    more = f" and {len(ids) - _NAMED} more" if len(ids) > _NAMED else ""
    return ", ".join(ids[:_NAMED]) + more
