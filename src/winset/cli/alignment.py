"""`winset alignment CASE`: how near parties stand, blocs, and points taken over."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from winset.cli.output import json_option, print_json, printable
from winset.cli.paths import PATH

DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.command()
@click.argument("case", type=PATH)
@click.option("--as-of", type=DAY, help="The day; the case's own by default.")
@click.option(
    "--near", type=click.FloatRange(0, 1), default=0.25, show_default=True,
    help="Share of a scale that members of one bloc may stand apart.",
)  # fmt: skip
@click.option("--history", is_flag=True, help="Also the distances on each day on which a position changed.")
@json_option
def alignment(case: Path, as_of: datetime | None, near: float, history: bool, as_json: bool) -> None:
    """Show how near the parties of CASE stand to each other, who forms a bloc, and who took over whose points."""
    from winset.services import alignment as service

    found = service.alignment(case, at=as_of.date() if as_of else None, near=near, history=history)
    if as_json:
        print_json(found)
        return
    click.echo(f"As of {found['as_of'] or 'the last on record'}; 0 is the same on all shared issues, 1 opposite ends.")
    if found["suggested"]:
        click.echo("Nobody judged a position: by those that the record suggests, not reviewed.")
    names = found["parties"]
    for a, name in enumerate(names):
        for b in range(a + 1, len(names)):
            click.echo(printable(_line(name, names[b], found["distance"][a][b], found["basis"][a][b], found["issues"])))
    for bloc in found["blocs"]:
        if len(bloc) > 1:
            click.echo(printable(f"Bloc: {', '.join(bloc)}"))
    for day in found.get("history", ()):
        blocs = "; ".join(", ".join(bloc) for bloc in day["blocs"] if len(bloc) > 1)
        click.echo(printable(f"{day['as_of']}: {blocs or 'no blocs'}"))
    for point in found["adopted"]:
        click.echo(printable(f"{point['by']} took over from {point['from']}"
                             f" (wording {point['wording']:.2f}, meaning {point['meaning']:.2f}):"))  # fmt: skip
        click.echo(printable(f"    {point['earlier']}: {point['earlier_words']}"))
        click.echo(printable(f"    {point['later']}: {point['later_words']}"))


def _line(a: str, b: str, distance: Any, basis: float, issues: int) -> str:
    if distance is None:
        return f"{a} and {b}: no shared issue"
    return f"{a} and {b}: {distance:.2f}, on {round(basis * issues)} of {issues} issue{'' if issues == 1 else 's'}"
