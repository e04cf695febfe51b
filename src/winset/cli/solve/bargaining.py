"""`winset solve bargaining`."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from winset.cli.output import json_option, print_json
from winset.cli.paths import PATH
from winset.errors import UsageError

if TYPE_CHECKING:
    from winset.formulation.bargaining import Loss


@click.command()
@click.argument("sources", nargs=-1, required=True, type=PATH)
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The date at which the case is asked.")
@click.option(
    "--loss", type=click.Choice(["linear", "quadratic", "lexicographic"]), default="linear", show_default=True,
    help="How worth falls with the distance from a position.",
)  # fmt: skip
@click.option(
    "--deal", "terms", multiple=True, metavar="ISSUE=VALUE",
    help="Look closely at one deal (once for each issue): how far off, trades, what to answer.",
)  # fmt: skip
@click.option(
    "--now", multiple=True, metavar="ISSUE=VALUE",
    help="Where things stand before the deal, for --step; a case's status quo where not given.",
)  # fmt: skip
@click.option(
    "--step", "steps", multiple=True, metavar="ISSUE,ISSUE",
    help="Carry the deal out in steps (once for each step): what each then has, and where each would stop.",
)  # fmt: skip
@click.option(
    "--walk-away", multiple=True, metavar="PARTY@STEPS=WORTH",
    help="What a party has if all ends after so many steps, where that is known otherwise.",
)  # fmt: skip
@click.option(
    "--condition", "conditions", multiple=True, metavar="STEP=CHANCE",
    help="A step waits for something outside of the deal, with that chance (up to 1); else all ends before it.",
)  # fmt: skip
@click.option(
    "--power", multiple=True, metavar="PARTY=WEIGHT",
    help="Unequal weights of the Nash solution, 1 where not given; `capability` takes a case's judgements.",
)  # fmt: skip
@click.option(
    "--reservation", multiple=True, metavar="PARTY=WORTH", help="What no deal is worth to a party, instead of as given."
)  # fmt: skip
@click.option(
    "--forbid", multiple=True, metavar="ISSUE=VALUE,ISSUE=VALUE",
    help="A combination that cannot be (once for each); several options of an issue joined by |.",
)  # fmt: skip
@json_option
def bargaining(
    sources: tuple[Path, ...], as_of: datetime | None, loss: "Loss", terms: tuple[str, ...], now: tuple[str, ...],
    steps: tuple[str, ...], walk_away: tuple[str, ...], conditions: tuple[str, ...], power: tuple[str, ...], reservation: tuple[str, ...],
    forbid: tuple[str, ...], as_json: bool,
) -> None:  # fmt: skip
    """Which deals are possible in SOURCES, and which of them the bargaining solutions pick."""
    from winset.report.bargaining_words import as_text
    from winset.services.bargaining import Asked, Terms
    from winset.services.bargaining import bargaining as solve

    def pairs(given: tuple[str, ...], option: str) -> Terms:
        found: dict[str, object] = {}
        for term in given:
            name, sign, value = term.rpartition("=") if option == "--walk-away" else term.partition("=")
            if not sign:
                raise UsageError(f"{option}: expected NAME=VALUE, got {term!r}")
            if name.strip() in found:
                raise UsageError(f"{option}: {name.strip()!r} is given twice; leave one")
            found[name.strip()] = value.strip()
        return found

    asked = Asked(
        deal=pairs(terms, "--deal") or None,
        now=pairs(now, "--now") or None,
        steps=tuple(tuple(name.strip() for name in step.split(",")) for step in steps),
        walk_away=pairs(walk_away, "--walk-away"),
        conditions=pairs(conditions, "--condition"),
        power="capability" if power == ("capability",) else pairs(power, "--power"),
        reservation=pairs(reservation, "--reservation"),
        forbid=tuple(pairs(tuple(one.split(",")), "--forbid") for one in forbid),
    )
    run = solve(
        sources,
        at=as_of.date() if as_of else None,
        loss=loss,
        asked=asked,
    )
    if as_json:
        print_json(run.result)
    else:
        click.echo(as_text(run.result))
