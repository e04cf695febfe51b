"""`winset solve coalitions`."""

from datetime import datetime
from pathlib import Path

import click

from winset.cli.output import json_option, print_json, remark
from winset.cli.paths import PATH


@click.command()
@click.argument("source", required=False, type=PATH)
@click.option("--weights", help="One weight a player, as in 4,4,2; decimals are read exactly.")
@click.option("--quota", help="Met by coalitions whose weights sum to this or more.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Use a case's judgements up to this day.")
@click.option("--seed", default=0, show_default=True, help="For indices that have to be sampled.")
@click.option(
    "--charts",
    "into",
    type=PATH,
    help="Also draw power and the smallest winning coalitions into this folder, as SVG, PNG, PDF and CSV.",
)
@json_option
def coalitions(
    source: Path | None,
    weights: str | None,
    quota: str | None,
    as_of: datetime | None,
    seed: int,
    into: Path | None,
    as_json: bool,
) -> None:
    """Power under a voting rule: in SOURCE (any of several lists of quotas, a case, a table of actors) or from --weights
    and --quota."""
    from winset.report import coalitions as report
    from winset.services.coalitions import coalitions as solve
    from winset.services.coalitions import save_charts

    found = solve(source, weights, quota, at=as_of.date() if as_of else None, seed=seed)
    if into is not None:
        for path in save_charts(found, into):
            remark(f"Wrote {path}")
    told = (found.power, found.placed, found.assumptions, found.gaps)
    if as_json:
        print_json(report.answer_json(*told))
    else:
        click.echo(report.answer_text(*told))
