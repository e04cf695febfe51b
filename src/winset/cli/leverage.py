"""`winset leverage`: who gains when patience, ways out, ratifiers, power or trust change."""

from datetime import datetime
from pathlib import Path

import click

from winset.cli.output import json_option, print_json
from winset.cli.paths import PATH


@click.command()
@click.argument("source", type=PATH)
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The date at which the case is asked.")
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True)
@json_option
def leverage(source: Path, as_of: datetime | None, seed: int, as_json: bool) -> None:
    """How far the terms move when one party's patience, way out, win-set, power or trust moves by one step."""
    from winset.report.leverage import as_text
    from winset.services.leverage import solve

    run = solve(source, as_of.date() if as_of else None, seed=seed)
    if as_json:
        print_json(run.result)
    else:
        click.echo(as_text(run.result))
