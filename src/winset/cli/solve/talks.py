"""`winset solve talks`: simulate how talks with given tactics would go."""

from datetime import datetime
from pathlib import Path
from typing import Literal

import click

from winset.cli.output import json_option, print_json
from winset.cli.paths import PATH

Protocol = Literal["in-turn", "simultaneous", "single-text"]


@click.command()
@click.argument("sources", nargs=-1, required=True, type=PATH)
@click.option(
    "--tactics", required=True, help="A tactic a side: boulware:0.2,conceder:2,tit-for-tat; 0.1..0.5 draws anew."
)
@click.option("--k", type=click.FloatRange(0, 1), default=0.0, show_default=True, help="Where the concession starts.")
@click.option("--rounds", type=click.IntRange(1, 100_000), default=100, show_default=True)
@click.option("--runs", type=click.IntRange(1, 10_000_000), default=1000, show_default=True)
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True)
@click.option("--noise", type=click.FloatRange(min=0), default=0.0, help="Deviation added to utilities, anew each run.")
@click.option("--end", type=click.FloatRange(0, 1), default=0.0, help="Chance after each round that talks break off.")
@click.option(
    "--protocol",
    type=click.Choice(["in-turn", "simultaneous", "single-text"]),
    default="in-turn",
    show_default=True,
    help="Offers in turn, all at once, or a mediator's text (tactics climber, annealer).",
)
@click.option("--tournament", is_flag=True, help="Play every tactic named against every other, in both seats.")
@click.option("--between", help="Two parties of a case, the first to speak first: a,b.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The date at which a case is asked.")
@click.option("--trace", type=PATH, help="Write every run to this file, a JSON line each.")
@json_option
def talks(
    sources: tuple[Path, ...], tactics: str, k: float, rounds: int, runs: int, seed: int, noise: float,
    end: float, protocol: Protocol, tournament: bool, between: str | None, as_of: datetime | None,
    trace: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Simulate talks over SOURCES (a case, another tool's scenario, a table of utilities): when and where they end."""
    from winset.report.talks import as_text
    from winset.services.talks import talks as run_talks

    run = run_talks(
        sources, tactics, rounds=rounds, runs=runs, seed=seed, k=k, noise=noise, end=end, protocol=protocol,
        tournament=tournament, trace=trace,
        between=tuple(between.split(",")) if between else None, at=as_of.date() if as_of else None,
    )  # fmt: skip
    if as_json:
        print_json(run.result)
    else:
        click.echo(as_text(run.result))
