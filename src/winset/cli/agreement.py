"""`winset agreement`: how far reviewers agree, and where they do not."""

from pathlib import Path
from typing import Any

import click

from winset.cli.output import json_option, print_json, printable
from winset.cli.paths import PATH


@click.command()
@click.argument("cases", type=PATH, nargs=-1, required=True)
@click.option(
    "--draws",
    type=click.IntRange(0, 100_000),
    default=1000,
    show_default=True,
    help="Bootstrap samples of an interval.",
)
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True)
@json_option
def agreement(cases: tuple[Path, ...], draws: int, seed: int, as_json: bool) -> None:
    """Show how far the reviewers of CASE agree with each other and with what was read, and list what they decided differently.

    With several CASES (copies that different people reviewed) their reviews are taken together. Krippendorff's alpha is 1 for full
    agreement and 0 for agreement as by chance.
    """
    from winset.services.agreement import agreements

    found = agreements(cases, draws=draws, seed=seed)
    if as_json:
        print_json(found)
        return
    for one in found["agreement"]:
        if one["units"]:
            click.echo(printable(f"{one['what']}, {' and '.join(one['between'])}: {_alpha(one)}"))
    for one in found["disagreements"]:
        said = "; ".join(f"{who}: {what or 'nobody'}" for who, what in one["said"].items())
        click.echo(printable(f"{one['target']}: {one['what']}: {said} (read: {one['read'] or 'nobody'})"))
    if len(found["reviewers"]) > 1 and not found["disagreements"]:
        click.echo("No disagreement between reviewers.")


def _alpha(one: dict[str, Any]) -> str:
    if one["alpha"] is None:
        return f"alpha not defined: all {one['units']} are coded alike"
    interval = f" ({one['interval'][0]:.2f} to {one['interval'][1]:.2f} in 19 of 20 draws)" if one["interval"] else ""
    return f"alpha {one['alpha']:.2f}{interval} on {one['units']}"
