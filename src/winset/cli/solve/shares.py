"""`winset solve shares`."""

from pathlib import Path

import click

from winset.cli.output import json_option, print_json
from winset.cli.paths import PATH


@click.command()
@click.argument("source", type=PATH)
@click.option("--division", help="One share a player, as in 50,75,75: who would leave it? Else the Shapley value.")
@json_option
def shares(source: Path, division: str | None, as_json: bool) -> None:
    """How to share what coalitions can get, and who would rather leave: SOURCE is a game or a voting rule."""
    from winset.report import shares as report
    from winset.services.coalitions import shares as solve

    s = solve(source, division)
    rows = (s.game, s.core, s.nucleolus, s.shapley, s.division, s.leavers, s.assumptions, s.gaps)
    if as_json:
        print_json(report.as_json(*rows))
    else:
        click.echo(report.as_text(*rows))
