"""`winset solve crisis QUESTION`: what force would bring, and whether a deal would hold."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from winset.cli.output import json_option, print_json
from winset.cli.paths import PATH
from winset.cli.solve.numbers import NUMBERS, PAIR


@click.group()
def crisis() -> None:
    """What force would bring: which deals both sides prefer to war, when none holds, and what would make one hold.

    Every question also takes a JSON file: an object with the same names, or a list of them; or a case, whose judged
    chances of winning and costs of war are then asked of two of its parties.
    """


def _question(name: str, line: str, *options: Callable[[Any], Any]) -> None:
    def run(source: Path | None, as_json: bool, between: str | None, as_of: datetime | None, **given: Any) -> None:
        from winset.report.crisis import as_text
        from winset.services.crisis import solve

        if between:
            given["between"] = tuple(between.split(","))
        found = solve(name, source, given, at=as_of.date() if as_of else None)
        runs = found if isinstance(found, list) else [found]
        if as_json:
            print_json([one.result for one in runs] if isinstance(found, list) else runs[0].result)
        else:
            for one in runs:
                click.echo(as_text(one.result))

    command: Any = json_option(run)
    command = click.option("--between", help="Two parties of a case, whose shares are asked for: a,b.")(command)
    command = click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The date at which a case is asked.")(
        command
    )
    for option in reversed(options):
        command = option(command)
    command = click.argument("source", required=False, type=PATH)(command)
    crisis.command(name, help=line)(command)


P = click.option("--p", type=float, help="Chance that the first side wins.")
COSTS = click.option("--costs", type=PAIR, help="What war costs each side: a,b.")
COST = click.option("--cost", "--ca", type=float, help="Cost of war to the side that makes the demand.")
DIVISIONS = click.option("--divisions", type=NUMBERS, help="Shares that can be made at all: 0,1 if indivisible.")
DISCOUNT = click.option("--discount", "--d", "--delta", type=float, help="Discount factor a period, below 1.")
P1 = click.option("--p1", type=float, help="Chance of the rising side now.")
P2 = click.option("--p2", type=float, help="Chance of the rising side from the next period on.")

_question(
    "range", "Shares of the first side that both prefer to war.", P, COSTS,
    click.option("--risk", type=PAIR, help="Exponents of utility: below 1 risk-averse, above 1 risk-seeking."),
    click.option("--stakes", type=PAIR, help="What the whole pie is worth to each side."), DIVISIONS,
)  # fmt: skip
_question(
    "first-strike", "The range where striking first pays.",
    click.option("--first", "--pf", type=float, help="Chance of the first side if it strikes first."),
    click.option("--struck", "--second", "--ps", type=float, help="Chance of the first side if it is struck."),
    COSTS, DIVISIONS,
)  # fmt: skip
_question(
    "tied-hands", "The range after public demands.", P, COSTS,
    click.option("--demands", type=PAIR, help="The share each side says it will not settle below."),
    click.option("--audience", type=PAIR, help="What giving way would cost each at home."),
)  # fmt: skip
_question(
    "private-cost", "The best demand against an unknown cost of war, and its risk.", P, COST,
    click.option("--highest", "--max-cost", "--c", type=float, help="Highest cost the other side may have."),
    click.option("--lowest", "--min-cost", type=float, help="Lowest cost it may have.  [default: 0]"),
)  # fmt: skip
_question(
    "screening", "The best demand against several kinds of opponent.", P, COST,
    click.option("--kinds", type=NUMBERS, help="Cost of war of each kind."),
    click.option("--chances", type=NUMBERS, help="Chance of each kind."),
)  # fmt: skip
_question(
    "preventive", "Whether a declining side attacks before power shifts.", DISCOUNT, P1, P2,
    click.option("--cost", "--cb", type=float, help="Cost of war to the declining side."),
    click.option("--path", type=NUMBERS, help="A whole path of the rising side's chances, instead of --p1 and --p2."),
)  # fmt: skip
_question(
    "power-shift", "The same where war destroys part of the pie for ever.", DISCOUNT, P1, P2,
    click.option("--destroyed", "--destruction", "--k", type=float, help="Share of the pie that war destroys."),
)  # fmt: skip
_question(
    "guarantee", "Whether a deal enforces itself, and the guarantee it would need.",
    click.option("--deal", type=float, help="Share of the first side."), DISCOUNT,
    click.option("--path", "--power", type=NUMBERS, help="The first side's chance of winning in each period."), COSTS,
    click.option("--penalty", type=float, help="What the guarantor makes a breaker pay.  [default: 0]"),
    click.option("--probability", type=float, help="Chance that it does.  [default: 1]"),
    click.option("--duration", type=int, help="Periods for which the guarantee stands.  [default: without end]"),
    click.option("--most", type=float, help="The largest penalty that can be had."),
    click.option("--most-probability", type=float, help="The surest enforcement that can be had.  [default: as stated]"),
    click.option("--most-duration", type=int, help="The longest guarantee that can be had.  [default: as stated]"),
    click.option("--trust", type=PAIR, help="Chance that each side keeps the deal though breaking it would pay: a,b."),
    click.option("--record", type=PATH, help="A CSV of past deals (see `trust`) from which trust is taken instead."),
    click.option("--where", multiple=True, metavar="COLUMN=VALUE", help="What deals of it are the reference class."),
    click.option("--years", type=click.FloatRange(min=0), help="How long such a deal must have stood.  [default: 5]"),
    click.option("--observed-to", type=click.DateTime(["%Y-%m-%d"]), help="The last day that the record covers."),
)  # fmt: skip


@crisis.command()
@click.argument("table", type=PATH)
@click.option("--where", multiple=True, metavar="COLUMN=VALUE", help="What deals belong to the reference class.")
@click.option("--years", type=NUMBERS, default=(1.0, 2.0, 5.0, 10.0), help="When it is asked for.  [default: 1,2,5,10]")
@click.option("--observed-to", type=click.DateTime(["%Y-%m-%d"]), help="The last day that the table covers.")
@click.option("--case", "case", type=PATH, help="A case whose precedents stand beside it.")
@json_option
def trust(
    table: Path, where: tuple[str, ...], years: tuple[float, ...], observed_to: datetime | None, case: Path | None,
    as_json: bool,
) -> None:  # fmt: skip
    """Whether a deal lasts, from TABLE, a CSV record of past deals (signed, ended), such as UCDP's peace agreements."""
    from winset.report.crisis import as_text
    from winset.services.trust import trust as ask

    run = ask(table, where=where, years=years, observed_to=observed_to.date() if observed_to else None, case=case)
    if as_json:
        print_json(run.result)
    else:
        click.echo(as_text(run.result))
