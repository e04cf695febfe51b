"""`winset solve coalitions`."""

from pathlib import Path

import click

from winset.cli.output import json_option, print_json


@click.command()
@click.argument("source", required=False, type=click.Path(path_type=Path))
@click.option("--weights", help="One weight a player, as in 4,4,2; decimals are read exactly.")
@click.option("--quota", help="Met by coalitions whose weights sum to this or more.")
@click.option("--seed", default=0, show_default=True, help="For indices that have to be sampled.")
@json_option
def coalitions(source: Path | None, weights: str | None, quota: str | None, seed: int, as_json: bool) -> None:
    """Power under a voting rule: in SOURCE (any of several lists of quotas) or from --weights and --quota."""
    from winset.report import coalitions as report
    from winset.services.coalitions import coalitions as solve

    result = solve(source, weights, quota, seed=seed)
    if as_json:
        print_json(report.as_json(result))
    else:
        click.echo(report.as_text(result))
