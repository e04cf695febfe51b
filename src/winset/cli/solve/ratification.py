"""`winset solve ratification`: who must consent, and to what."""

from datetime import datetime
from pathlib import Path

import click

from winset.cli.output import json_option, print_json
from winset.cli.paths import PATH


@click.command()
@click.argument("source", type=PATH)
@click.option("--draws", type=click.IntRange(min=1), default=2000, show_default=True)
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True)
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The date at which the case is asked.")
@json_option
def ratification(source: Path, draws: int, seed: int, as_of: datetime | None, as_json: bool) -> None:
    """Win-sets of the ratifiers of SOURCE, what passes all chambers, and the deal the table would choose."""
    from winset.report.ratification import as_text
    from winset.services.ratification import solve

    run = solve(source, at=as_of.date() if as_of else None, draws=draws, seed=seed)
    if as_json:
        print_json(run.result)
    else:
        click.echo(as_text(run.result))
