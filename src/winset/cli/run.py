"""`winset run METHOD SOURCE`: the uncertainty of the inputs carried into the answer."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from winset.cli.output import json_option, pairs, print_json, printable
from winset.cli.paths import PATH
from winset.errors import StoreError

if TYPE_CHECKING:
    from winset.domain.runs import Run

F = TypeVar("F", bound=Callable[..., Any])


def asking_options(command: F) -> F:
    """Every option that says how draws are made."""
    for option in (
        click.option("--rule", type=click.Choice(["nash", "kalai_smorodinsky", "egalitarian", "utilitarian"]),
                     default="nash", show_default=True, help="Which deal bargaining picks."),
        click.option("--rounds", default=3, show_default=True, type=click.IntRange(0, 100),
                     help="Of the challenge model, for spatial; 0 leaves it out."),
        click.option("--by-record", is_flag=True, help="Weigh experts in a pool by their graded forecasts in the case's ledger."),
        click.option("--weight", "weights", multiple=True, metavar="NAME=W", help="Weight of one expert in a pool."),
        click.option("--pool", type=click.Choice(["linear", "log"]),
                     help="Join all people's judgements of a quantity; else the one that holds is used alone."),
        click.option("--workers", type=click.IntRange(1, 256), help="Threads or processes; all processors if not given."),
        click.option("--seed", default=1, show_default=True, type=click.IntRange(0), help="Same seed, same numbers."),
        click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Use judgements up to this day."),
    ):  # fmt: skip
        command = option(command)
    return command


def keeping_options(command: F) -> F:
    """Whether and under which name an answer is kept."""
    for option in (
        click.option("--no-keep", is_flag=True, help="Do not keep the answer in the case."),
        click.option("--name", metavar="TEXT", help="A name for the answer that is kept."),
    ):
        command = option(command)
    return command


def print_kept(
    done: "Run", as_text: Callable[[Any], str], source: str, name: str | None, *, keep: bool, as_json: bool
) -> None:
    """Keeps an answer where its source is a case file, and prints it with its id; printed even where the disk refuses."""
    from winset.services import runs

    id, refused = None, None
    try:
        id = runs.keep(source, done, name=name) if keep else None
    except StoreError as error:
        refused = error
    if as_json:
        print_json({**done.result, "run": id})
    else:
        click.echo("\n".join(map(printable, as_text(done.result).splitlines())))
        if id is not None:
            click.echo(f"Kept as {id}; winset rerun asks it again.")
    if refused is not None:
        raise StoreError(f"the answer above could not be kept: {refused}; --no-keep leaves it out")


@click.command()
@click.argument("method")
@click.argument("source")
@click.option("--draws", type=int, default=4096, show_default=True, help="How many, or how many to begin with.")
@click.option("--tolerance", type=click.FloatRange(1e-6, 1), metavar="SHARE",
              help="Draw on until each standard error is at most this share of its spread.")  # fmt: skip
@click.option("--time-limit", type=click.FloatRange(min=0), metavar="SECONDS", help="Stop drawing on after this.")
@click.option("--record", type=PATH, metavar="FILE",
              help="Carry the errors of your own backtest: what winset backtest DATA --forecasts FILE wrote.")  # fmt: skip
@click.option("--cluster", metavar="ADDRESS", help="Draw on a Dask cluster, such as tcp://10.0.0.5:8786.")
@asking_options
@keeping_options
@json_option
def run(
    method: str, source: str, draws: int, tolerance: float | None, time_limit: float | None,
    as_of: datetime | None, seed: int, workers: int | None, pool: str | None, weights: tuple[str, ...], by_record: bool, record: Path | None, rule: str,
    rounds: int, cluster: str | None, name: str | None, no_keep: bool, as_json: bool,
) -> None:  # fmt: skip
    """Carry the uncertainty of a case's judgements through METHOD: spatial, bargaining, offers, ratification, stability.

    SOURCE is a case, or CASE@NAME with one of its scenarios. The answer is kept in a case file (`winset runs`).
    """
    from winset.report.uncertainty import as_text
    from winset.services import propagation

    done = propagation.run(
        method, source, at=as_of.date() if as_of else None, draws=draws, seed=seed, workers=workers,
        cluster=cluster, tolerance=tolerance, time_limit=time_limit, weights=pairs(weights, "--weight"), by_record=by_record, record=record, rounds=rounds,
        pool=pool, rule=rule,  # type: ignore[arg-type]  # click has checked the choices
    )  # fmt: skip
    print_kept(done, as_text, source, name, keep=not no_keep, as_json=as_json)
