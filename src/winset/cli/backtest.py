"""`winset backtest`."""

from pathlib import Path

import click

from winset.cli.output import json_option, print_json, remark
from winset.cli.paths import PATH


@click.command()
@click.argument("data", type=PATH)
@click.option("--forecasts", type=PATH, help="Write every forecast here, one line an issue.")
@click.option("--seed", default=0, show_default=True, help="For folds and the bootstrap over groups.")
@click.option("--workers", type=click.IntRange(1, 256), help="Processes; one for up to 2,000 issues if not given.")
@click.option("--cluster", metavar="ADDRESS", help="Work on a Dask cluster, such as tcp://10.0.0.5:8786.")
@json_option
def backtest(
    data: Path, forecasts: Path | None, seed: int, workers: int | None, cluster: str | None, as_json: bool
) -> None:  # fmt: skip
    """How well each method would have foretold DATA: a DEU table, or issue, group, actor, position, ... outcome."""
    from winset.services import backtest as service

    found = service.backtest(data, seed=seed, workers=workers, cluster=cluster)
    if forecasts is not None:
        service.write_forecasts(found, forecasts)
    value = service.as_json(found)
    if as_json:
        print_json(value)
        return
    click.echo(f"{value['issues']} issues in {value['groups']} groups: {value['rule']}.")
    click.echo(f"{'method':34}{'mae':>8}{'rmse':>8}{'in 10':>8}{'crps':>8}{'80 %':>8}   95 % interval of mae")
    for name, m in value["methods"].items():
        share = f"{100 * m['coverage']['0.8']:.0f} %" if m["coverage"] else ""
        low, high = m["interval"]["mae"]
        click.echo(f"{name:34}{m['mae']:8.2f}{m['rmse']:8.2f}{100 * m['within_10']:7.0f}%{m['crps']:8.2f}{share:>8}"
                   f"   {low:.2f} to {high:.2f}")  # fmt: skip
    if len(value["by_subgroup"]) > 1:
        click.echo(f"The default, {value['default']}, by subgroup:")
        for name, part in value["by_subgroup"].items():
            one = part["methods"][value["default"]]
            click.echo(f"  {name:16}{part['issues']:5} issues   crps {one['crps']:.2f}, {one['interval'][0]:.2f} to "
                       f"{one['interval'][1]:.2f}; 80 % interval held {100 * one['coverage']['0.8']:.0f} %")  # fmt: skip
    for text in value["remarks"]:
        remark(text)
