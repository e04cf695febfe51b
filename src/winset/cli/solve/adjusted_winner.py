"""`winset solve adjusted-winner`."""

from pathlib import Path

import click

from winset.cli.output import json_option, print_json
from winset.cli.paths import PATH


@click.command("adjusted-winner")
@click.argument("source", type=PATH)
@json_option
def adjusted_winner(source: Path, as_json: bool) -> None:
    """Divide items between two parties by the points in SOURCE (a table item, PARTY, PARTY; JSON; a case's saliences)."""
    from winset.report.division import as_text
    from winset.services.division import division

    result = division(source)
    print_json(result) if as_json else click.echo(as_text(result))
