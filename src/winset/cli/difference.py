"""`winset diff CASE --since D` or `--mark NAME`: what changed since a day or an undo point."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from winset.cli.output import json_option, print_json, printable
from winset.cli.paths import PATH

DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.command("diff")
@click.argument("case", type=PATH)
@click.option("--since", type=DAY, help="The day to compare with.")
@click.option("--mark", help="The undo point to compare with instead (see `winset mark`).")
@click.option("--as-of", type=DAY, help="The day the case is read at; its own by default.")
@json_option
def diff(case: Path, since: datetime | None, mark: str | None, as_of: datetime | None, as_json: bool) -> None:
    """Show what CASE holds that it did not hold on a day or at an undo point: statements, positions, sources, numbers."""
    from winset.services.difference import difference

    if (since is None) == (mark is None):
        raise click.UsageError("give --since DAY or --mark NAME, one of them")
    found = difference(case, since=since.date() if since else None, mark=mark, at=as_of.date() if as_of else None)
    if as_json:
        print_json(found)
        return
    from winset.report.words import count

    said = found["statements"]
    begin = f"{found['mark']!r}, set {found['since']}" if found["mark"] else found["since"]
    click.echo(f"Since {begin}, as of {found['as_of'] or 'the last on record'}:")
    click.echo(
        f"  {count(len(said['new']), 'new statement')}, {len(said['repeated'])} repeated"
        f"{', ' + str(len(found['gone'])) + ' gone' if found['gone'] else ''}; {count(len(found['sources']), 'source')}"
    )
    for one in found["sources"]:
        click.echo(printable(f"  source {one['doc']}: {one['title'] or 'no title'} ({one['date'] or 'no date'})"))
    for one in found["positions"]:
        before, after = (_value(one[end]) if one[end] else "not known" for end in ("before", "after"))
        click.echo(printable(f"  {one['party']} on {one['issue']}: {before} -> {after}"))
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
