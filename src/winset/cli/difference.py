"""`winset diff CASE --since D`: what changed since a day."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from winset.cli.output import json_option, print_json, printable
from winset.cli.paths import PATH

DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.command("diff")
@click.argument("case", type=PATH)
@click.option("--since", type=DAY, required=True, help="The day to compare with.")
@click.option("--as-of", type=DAY, help="The day the case is read at; its own by default.")
@json_option
def diff(case: Path, since: datetime, as_of: datetime | None, as_json: bool) -> None:
    """Show what CASE holds that it did not hold on a day: statements, positions, sources, numbers."""
    from winset.services.difference import difference

    found = difference(case, since=since.date(), at=as_of.date() if as_of else None)
    if as_json:
        print_json(found)
        return
    said = found["statements"]
    click.echo(f"Since {found['since']}, as of {found['as_of'] or 'the last on record'}:")
    click.echo(
        f"  {len(said['new'])} new statements, {len(said['repeated'])} repeated; {len(found['sources'])} sources"
    )
    for one in found["sources"]:
        click.echo(printable(f"  source {one['doc']}: {one['title'] or 'no title'} ({one['date']})"))
    for one in found["positions"]:
        before = _value(one["before"]) if one["before"] else "not known"
        click.echo(printable(f"  {one['party']} on {one['issue']}: {before} -> {_value(one['after'])}"))
    why = None
    for one in found["numbers"]:
        if one["why"] != why:
            why = one["why"]
            click.echo(printable(f"Because {why}:"))
        click.echo(printable(f"  {one['what']}: {_number(one['before'])} -> {_number(one['after'])}"))


def _value(row: dict[str, Any]) -> str:
    return f"{row['value']:g}" if "value" in row else f"{row['range'][0]:g} to {row['range'][1]:g}"


def _number(value: float | None) -> str:
    return "not known" if value is None else f"{value:.4g}"
