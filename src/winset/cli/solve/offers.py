"""`winset solve offers`: who gains from waiting."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from winset.cli.output import json_option, print_json
from winset.cli.paths import PATH
from winset.cli.solve.numbers import NUMBERS, PAIR


class Chances(click.ParamType[Any]):
    """`3:0.2,6:0.8`: rounds with their chances."""

    name = "round:chance"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if isinstance(value, tuple):
            return value
        try:
            pairs = [part.split(":") for part in str(value).split(",")]
            return tuple((int(r), float(c)) for r, c in pairs)
        except ValueError:
            self.fail(f"{value!r} is not a list such as 3:0.2,6:0.8", param, ctx)


@click.command()
@click.argument("source", required=False, type=PATH)
@click.option("--discounts", type=NUMBERS, help="What a round of waiting leaves of a deal, one number a party (0..1).")
@click.option("--rates", type=NUMBERS, help="Rates of impatience instead: discount = exp(-rate * period).")
@click.option("--period", type=float, help="Time between offers, for --rates; 0 asks for the limit.  [default: 1]")
@click.option("--outside", type=NUMBERS, help="What each gets by leaving after it has turned an offer down.")
@click.option("--inside", type=NUMBERS, help="What talking on for ever is worth to each.")
@click.option("--breakdown", type=float, help="Chance of breakdown after each rejection; replaces discounting.")
@click.option("--payoffs", type=NUMBERS, help="What each gets at breakdown.")
@click.option("--both", is_flag=True, default=None, help="Let a risk of breakdown and discounting work together.")
@click.option("--cost", type=NUMBERS, help="A fixed cost of each round of waiting.")
@click.option("--horizon", type=int, help="Last round.")
@click.option("--deadline", type=Chances(), help="An uncertain last round: rounds with chances, 3:0.2,6:0.8.")
@click.option("--final", type=PAIR, help="What each gets when the last round passes without a deal.")
@click.option("--random", is_flag=True, default=None, help="Draw the proposer anew each round.")
@click.option("--recognition", type=NUMBERS, help="Chances to propose, one a party.")
@click.option("--rule", type=click.Choice(["unanimity", "majority", "open"]), help="Whose consent a division needs.")
@click.option("--members", type=int, help="Number of parties, where one discount factor holds for all.")
@click.option("--quota", type=int, help="Votes needed under --rule majority, the proposer's own included.")
@click.option("--lotteries/--no-lotteries", default=None, help="Whether deals of a frontier may be mixed.")
@click.option(
    "--patience",
    multiple=True,
    metavar="SAYING",
    help='In words, a party each: "a deal in half a year is worth three quarters of one today", "2 percent a week"; '
    'and "by 2025-06-30".',
)
@click.option("--round", "round_", help="Time between offers, for --patience.  [default: a month]")
@click.option("--between", help="Parties of the case, first proposer first: a,b.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The date at which the case is asked.")
@json_option
def offers(
    source: Path | None, between: str | None, as_of: datetime | None, round_: str | None, as_json: bool, **options: Any
) -> None:
    """Shares under offers in turn, from numbers or from SOURCE (a case, or a JSON question), and the price of haste."""
    from winset.report.offers import as_text
    from winset.services.offers import solve

    options["round"] = round_
    if between:
        options["parties"] = tuple(between.split(","))
    found = solve(source, options, as_of.date() if as_of else None)
    if as_json:
        print_json([run.result for run in found] if isinstance(found, list) else found.result)
    else:
        for run in found if isinstance(found, list) else [found]:
            click.echo(as_text(run.result))
