"""`winset run METHOD SOURCE`: the uncertainty of the inputs carried into the answer."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from winset.cli.output import json_option, print_json, quiet_solver

F = TypeVar("F", bound=Callable[..., Any])


def asking_options(command: F) -> F:
    """Every option that says how draws are made."""
    for option in (
        click.option("--rule", type=click.Choice(["nash", "kalai_smorodinsky", "egalitarian", "utilitarian"]),
                     default="nash", show_default=True, help="Which deal bargaining picks."),
        click.option("--weight", "weights", multiple=True, metavar="NAME=W", help="Weight of one expert in a pool."),
        click.option("--pool", type=click.Choice(["linear", "log"]),
                     help="Join all people's judgements of a quantity; else the one that holds is used alone."),
        click.option("--workers", type=click.IntRange(1, 256), help="Threads or processes; all processors if not given."),
        click.option("--seed", default=1, show_default=True, type=click.IntRange(0), help="Same seed, same numbers."),
        click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Use judgements up to this day."),
    ):  # fmt: skip
        command = option(command)
    return command


def weights_of(given: tuple[str, ...]) -> dict[str, float]:
    """NAME=W pairs as numbers. Raises a usage error."""
    found = {}
    for one in given:
        name, sign, number = one.rpartition("=")
        try:
            found[name] = float(number)
        except ValueError:
            sign = ""
        if not sign or not name:
            raise click.BadParameter(f"--weight wants NAME=NUMBER, got {one!r}")
    return found


@click.command()
@click.argument("method")
@click.argument("source", type=click.Path(path_type=Path))
@click.option("--draws", type=int, default=4096, show_default=True, help="How many, or how many to begin with.")
@click.option("--tolerance", type=click.FloatRange(1e-6, 1), metavar="SHARE",
              help="Draw on until each standard error is at most this share of its spread.")  # fmt: skip
@click.option("--time-limit", type=click.FloatRange(min=0), metavar="SECONDS", help="Stop drawing on after this.")
@asking_options
@json_option
def run(
    method: str, source: Path, draws: int, tolerance: float | None, time_limit: float | None,
    as_of: datetime | None, seed: int, workers: int | None, pool: str | None, weights: tuple[str, ...], rule: str,
    as_json: bool,
) -> None:  # fmt: skip
    """Carry the uncertainty of a case's judgements through METHOD: spatial, bargaining, offers, ratification, stability."""
    from winset.report.uncertainty import as_text
    from winset.services import propagation

    with quiet_solver():
        done = propagation.run(
            method, source, at=as_of.date() if as_of else None, draws=draws, seed=seed, workers=workers,
            tolerance=tolerance, time_limit=time_limit, pool=pool, weights=weights_of(weights), rule=rule,  # type: ignore[arg-type]  # click has checked the choices
        )  # fmt: skip
    if as_json:
        print_json(done.result)
    else:
        click.echo(as_text(done.result))
