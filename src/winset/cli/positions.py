"""`winset positions`, `ledger`, `precedents`: what a case says about where parties stand."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from winset.cli.output import json_option, print_json, printable

NOTHING = 3  # exit code: everything was processed, and the list is empty
DAY = click.DateTime(formats=["%Y-%m-%d"])
case_argument = click.argument("case", type=click.Path(path_type=Path))


@click.command()
@case_argument
@click.option("--as-of", type=DAY, help="The day; the case's own by default.")
@json_option
@click.pass_context
def positions(ctx: click.Context, case: Path, as_of: datetime | None, as_json: bool) -> None:
    """Show who stands where on each issue as of a date."""
    from winset.services import positions as service

    found = service.positions(case, at=as_of.date() if as_of else None)
    _show(
        ctx,
        found,
        found["rows"],
        as_json,
        lambda row: f"{row['issue']:<24} {row['party']:<24} {_value(row)}  since {row['valid_from'] or 'always'}",
    )


@click.command()
@case_argument
@click.option("--since", type=DAY, help="Only moves after this day.")
@json_option
@click.pass_context
def ledger(ctx: click.Context, case: Path, since: datetime | None, as_json: bool) -> None:
    """Show who moved on what, toward whom, and what came back."""
    from winset.services import positions as service

    found = service.ledger(case, since=since.date() if since else None)
    _show(
        ctx, found, found["moves"], as_json,
        lambda m: f"{m['date']}  {m['party']:<20} {m['issue']:<20} {m['from']:g} to {m['to']:g}"
        f"  toward {m['toward'] or 'nobody'}; {len(m['answered_by']) or 'no'} answer{'' if len(m['answered_by']) == 1 else 's'}",
    )  # fmt: skip


@click.command()
@case_argument
@json_option
@click.pass_context
def precedents(ctx: click.Context, case: Path, as_json: bool) -> None:
    """Show earlier deals beside where the parties stand today."""
    from winset.services import positions as service

    found = service.precedents(case)
    _show(
        ctx,
        found,
        found,
        as_json,
        lambda p: (
            f"{p['name']} ({p['date'] or 'no date'}): {', '.join(f'{k} {v}' for k, v in p['against_today'].items()) or 'not comparable'}"
        ),
    )


def _value(row: dict[str, Any]) -> str:
    return f"{row['value']:g}" if "value" in row else f"{row['range'][0]:g} to {row['range'][1]:g}"


def _show(ctx: click.Context, whole: Any, rows: list[Any], as_json: bool, line: Any) -> None:
    if as_json:
        print_json(whole)
    else:
        for row in rows:
            click.echo(printable(line(row)))
    if not rows:
        if not as_json:
            click.echo("Nothing found.", err=True)
        ctx.exit(NOTHING)
