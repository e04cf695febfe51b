"""`winset solve bargaining`."""

from datetime import datetime
from pathlib import Path

import click

from winset.cli.output import json_option, print_json, quiet_solver
from winset.errors import UsageError


@click.command()
@click.argument("sources", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The date at which the case is asked.")
@click.option(
    "--loss", type=click.Choice(["linear", "quadratic"]), default="linear", show_default=True,
    help="How worth falls with the distance from a position.",
)  # fmt: skip
@click.option(
    "--deal", "terms", multiple=True, metavar="ISSUE=VALUE",
    help="Look closely at one deal (once for each issue): how far off, trades, what to answer.",
)  # fmt: skip
@json_option
def bargaining(
    sources: tuple[Path, ...], as_of: datetime | None, loss: str, terms: tuple[str, ...], as_json: bool
) -> None:
    """Which deals are possible in SOURCES, and which of them the bargaining solutions pick."""
    from winset.report.bargaining import as_text
    from winset.services.bargaining import bargaining as solve

    deal: dict[str, object] = {}
    for term in terms:
        issue, sign, value = term.partition("=")
        if not sign:
            raise UsageError(f"--deal: expected ISSUE=VALUE, got {term!r}")
        deal[issue.strip()] = value.strip()
    with quiet_solver():
        run = solve(
            sources,
            at=as_of.date() if as_of else None,
            loss="quadratic" if loss == "quadratic" else "linear",
            deal=deal or None,
        )
    if as_json:
        print_json(run.result)
    else:
        click.echo(as_text(run.result))
