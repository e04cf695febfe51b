"""`winset solve spatial`."""

from datetime import datetime
from pathlib import Path

import click

from winset.cli.output import json_option, print_json


@click.command()
@click.argument("source", type=click.Path(path_type=Path))
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Use judgements up to this day.")
@click.option("--rounds", default=10, show_default=True, type=click.IntRange(0, 1000), help="Of the challenge model.")
@json_option
def spatial(source: Path, as_of: datetime | None, rounds: int, as_json: bool) -> None:
    """What the group would settle on, issue by issue: a case, a KTAB CSV or a table of actors."""
    from winset.report import spatial as report
    from winset.services.spatial import spatial as solve

    found = solve(source, as_of=as_of.date() if as_of else None, rounds=rounds)
    if as_json:
        print_json(report.as_json(found.issues, found.assumptions, found.gaps))
    else:
        click.echo(report.as_text(found.issues, found.assumptions, found.gaps))
