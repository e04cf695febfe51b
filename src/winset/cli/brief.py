"""`winset brief SOURCE...`: the brief of a case or of articles."""

from datetime import datetime
from pathlib import Path

import click

from winset.cli.output import Bar, print_json, remark
from winset.cli.paths import FOLDER, out_option
from winset.cli.sources import note, reading_options, set_aside_line, sources_argument

PARTIAL = 6
DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.command()
@sources_argument
@click.option("--json", "as_json", is_flag=True, help="Print one JSON value (`winset schema winset-brief/1`).")
@out_option("File to write: .html, .pdf, .docx, .md or .json.")
@click.option(
    "--charts",
    "folder",
    type=FOLDER,
    help="Also write its charts into this folder, as SVG, PNG and PDF, with their numbers as CSV.",
)
@click.option("--codebook", help="Read positions by this codebook: a packaged one's id, a file, or a case file.")
@click.option("--as-of", type=DAY, help="The day as of which positions are shown.")
@click.option("--since", type=DAY, help="The day since which changes are shown.")
@reading_options
@click.pass_context
def brief(
    ctx: click.Context, sources: tuple[str, ...], as_json: bool, out: Path | None, folder: Path | None, codebook: str | None,
    as_of: datetime | None, since: datetime | None, annotator: str | None, encoding: str | None, limits: tuple[str, ...],
) -> None:  # fmt: skip
    """Write the brief of a case file or of articles: who said what, who wants what, what is missing.

    Without --out the brief is printed as Markdown.
    """
    from winset.reading.limits import Limits
    from winset.services import annotators, briefing, codebooks, drawings
    from winset.services import brief as service

    chosen = annotators.choose_or_say(annotator, remark)
    case, aside = service.gather(
        sources, annotator=chosen, note=note, limits=Limits().raised(limits), charset=encoding,
        progress=lambda total: Bar(total).show,
    )  # fmt: skip
    if codebook is not None:
        case = codebooks.used(case, codebook)
    found = service.brief(
        case, as_of=as_of.date() if as_of else None, since=since.date() if since else None, aside=aside
    )
    if not case.documents and not case.parties:
        remark(f"Nothing to brief in {', '.join(sources)}: no document could be read.")
    for file, reason in aside:
        set_aside_line(file, file, reason)
    if folder is not None:
        for path in drawings.save(drawings.numbered(service.as_report(found)), folder):
            remark(f"Wrote {path}")
    if as_json:
        print_json(service.as_json(found))
    elif out is None:
        click.echo(briefing.render(found, ".md").decode("utf-8"), nl=False)
    else:
        briefing.write(found, out)
        remark(f"Wrote {out}")
    if aside:
        ctx.exit(PARTIAL)
