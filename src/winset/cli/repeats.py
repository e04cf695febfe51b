"""`winset repeats SOURCE...`: what is told more than once, and what its tellings disagree on."""

from collections.abc import Iterator
from typing import Any

import click

from winset.cli.output import Bar, json_option, print_json, printable, remark
from winset.cli.sources import note, reading_options, set_aside_line, sources_argument

PARTIAL = 6
SHOWN = 160  # characters of a saying
NAMED = 12  # tellings that differ in nothing


@click.command()
@sources_argument
@click.option("--differing", is_flag=True, help="Only sayings whose tellings disagree on who speaks or on the words.")
@json_option
@reading_options
@click.pass_context
def repeats(
    ctx: click.Context, sources: tuple[str, ...], differing: bool, as_json: bool, annotator: str | None,
    encoding: str | None, limits: tuple[str, ...],
) -> None:  # fmt: skip
    """List the sayings that a case file or articles tell more than once, each under its first telling.

    A wire report in ten papers is one saying with ten sources. Where a telling lays it to somebody else or words it
    otherwise, both are shown and neither is chosen.
    """
    from winset.reading.limits import Limits
    from winset.services import annotators, brief, repeating

    case, aside = brief.gather(
        sources, annotator=annotators.choose_or_say(annotator, remark), note=note, limits=Limits().raised(limits),
        charset=encoding, progress=lambda total: Bar(total).show,
    )  # fmt: skip
    found = repeating.repeats(case, differing=differing)
    for file, reason in aside:
        set_aside_line(file, file, reason)
    if as_json:
        print_json(found)
    else:
        for one in found:
            for line in _told(one):
                click.echo(printable(line))
        if not found:
            kept = f"Nothing is told twice{' with a difference' if differing else ''}"
            remark(f"{kept} among {len(case.statements)} statements of {len(case.documents)} documents.")
    if aside:
        ctx.exit(PARTIAL)


def _told(one: dict[str, Any]) -> Iterator[str]:
    yield _short(one["words"])
    times = f"told {len(one['tellings']) + 1} times in {one['articles']} article{'' if one['articles'] == 1 else 's'}"
    who = one["speaker"] or one["party"] or "no source"
    yield f"  {one['statement']}  {one['date'] or 'no date'}  {who} [{one['act']}], {times}"
    alike = [again["statement"] for again in one["tellings"] if not again["differs"]]
    if alike:
        more = f" and {len(alike) - NAMED} more" if len(alike) > NAMED else ""
        yield f"    also {', '.join(alike[:NAMED])}{more}"
    for again in one["tellings"]:
        said = []
        if "speaker" in again["differs"]:
            said.append(f"laid to {again['speaker'] or 'nobody'}")
        if "wording" in again["differs"]:
            said.append(f"in other words: {_short(again['words'])}")
        if said:
            yield f"    {again['statement']}  {again['date'] or 'no date'}  {', '.join(said)}"


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= SHOWN else f"{words[: SHOWN - 1].rstrip()}…"
