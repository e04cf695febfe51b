"""`winset solve peeling`."""

from datetime import datetime
from pathlib import Path

import click

from winset.cli.output import json_option, print_json
from winset.cli.paths import PATH


@click.command()
@click.argument("source", type=PATH)
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Use relations and judgements up to this day.")
@json_option
def peeling(source: Path, as_of: datetime | None, as_json: bool) -> None:
    """Who could be peeled away from whom, and at what price: SOURCE is a case with relations and positions."""
    from winset.report import peeling as report
    from winset.services.peeling import solve

    rows, asked = solve(source, as_of=as_of.date() if as_of else None)
    if as_json:
        print_json(report.as_json(rows, asked.assumptions, asked.gaps))
    else:
        click.echo(report.as_text(rows, asked.assumptions, asked.gaps))
