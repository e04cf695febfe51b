"""`winset votes TABLE`: how alike voters voted."""

from datetime import datetime
from pathlib import Path

import click

from winset.cli.output import json_option, print_json, printable
from winset.cli.paths import PATH

DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.command()
@click.argument("table", type=PATH)
@click.option("--pair", "pairs", nargs=2, multiple=True, help="Two voters; may be given several times. All by default.")
@click.option("--from", "first", type=DAY, help="Only roll calls on or after this day.")
@click.option("--to", "last", type=DAY, help="Only roll calls up to this day.")
@json_option
def votes(
    table: Path, pairs: tuple[tuple[str, str], ...], first: datetime | None, last: datetime | None, as_json: bool
) -> None:
    """Compare voting records in TABLE: agreement, S, kappa and pi for each pair of voters."""
    from winset.services import votes as service

    found = service.votes(table, pairs=pairs, first=first.date() if first else None, last=last.date() if last else None)
    if as_json:
        print_json(found)
        return
    click.echo(
        f"{found['roll_calls']} roll calls; {found['coding']}. S: -1 opposite to 1 alike; kappa, pi: 0 is chance."
    )
    click.echo(f"{'pair':<24} {'votes':>6} {'agree':>7} {'S':>7} {'kappa':>7} {'pi':>7}")
    for row in found["pairs"]:
        measures = (row["agreement"], row["S_absolute"], row["kappa_weighted_squared"], row["pi_weighted_squared"])
        shown = " ".join(f"{'-' if one is None else format(one, '.2f'):>7}" for one in measures)
        click.echo(printable(f"{row['a'] + ' and ' + row['b']:<24} {row['n']:>6} {shown}"))
