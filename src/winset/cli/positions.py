"""`winset positions`, `ledger`: what a case says about where parties stand."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import chain
from pathlib import Path
from typing import Any

import click

from winset.cli.output import json_option, print_json, print_lines, remark
from winset.cli.paths import PATH
from winset.errors import UsageError

NOTHING = 3  # exit code: everything was processed, and the list is empty
SILENT = 90  # days without a word that a line mentions
DAY = click.DateTime(formats=["%Y-%m-%d"])
case_argument = click.argument("case", type=PATH)


@click.command()
@case_argument
@click.option("--as-of", type=DAY, help="The day; the case's own by default.")
@click.option("--codebook", help="Read the record by this codebook; `winset codebook use` keeps one in the case.")
@json_option
@click.pass_context
def positions(ctx: click.Context, case: Path, as_of: datetime | None, codebook: str | None, as_json: bool) -> None:
    """Show who stands where on each issue as of a date."""
    from winset.services import positions as service

    found = service.positions(case, at=as_of.date() if as_of else None, codebook=codebook)
    if number := found["waiting"]:
        remark(
            f"{number} suggested position{'' if number == 1 else 's'} of parties on issues with judgements {'is' if number == 1 else 'are'} "
            f"not among these: `winset reviews CASE --judgements` lists them, `winset review CASE --take-over` takes over what was accepted"
        )
    rows = [*found["rows"], *found["undated"]]
    if as_json:
        print_json(found)
    else:
        print_lines(line for row in rows for line in _position(row).split("\n"))
    _end(ctx, bool(rows), as_json)


@click.command()
@case_argument
@click.option("--since", type=DAY, help="Only moves after this day.")
@click.option("--until", type=DAY, help="Only moves up to this day.")
@click.option(
    "--window",
    type=click.IntRange(min=0, max=36500),
    default=30,
    show_default=True,
    help="Days within which a move back counts as an answer.",
)
@json_option
@click.pass_context
def ledger(
    ctx: click.Context, case: Path, since: datetime | None, until: datetime | None, window: int, as_json: bool
) -> None:
    """Show who moved on what, toward whom, and what came back.

    Sizes are shares of each issue's scale, in brackets times the party's own salience. Rewards and penalties from outside
    the matter are lines of their own.
    """
    from winset.services import ledger as service

    if since is not None and until is not None and since > until:
        raise UsageError(f"--since {since.date()} is after --until {until.date()}; swap them")
    found = service.written(
        case, since=since.date() if since else None, until=until.date() if until else None,
        window=timedelta(days=window),
    )  # fmt: skip
    if as_json:
        print_json(found)
    else:
        print_lines(chain(map(_line, chain(found["moves"], found["inducements"])), _summed(found)))
    _end(ctx, bool(found["moves"] or found["inducements"]), as_json)


def _line(one: dict[str, Any]) -> str:
    """One move, or one reward or penalty."""
    when, toward = one["date"] or "no date", f"toward {one['toward'] or 'nobody'}"
    if "kind" in one:
        status = "threatened" if one["kind"] == "penalty" and one["status"] == "offered" else one["status"]
        return f"{when:<10}  {one['party']:<20} {one['kind']:<31} {toward}; {status}"
    size = "" if one["share"] is None else f", {one['share']:.0%} of the scale"
    size += "" if one["weight"] is None else f" ({one['weight']:.3g} in own salience)"
    back = "; reported by others" if one["told"] == "reported" else ""
    back += f"; {one['taken_back']:.0%} taken back later" if one["taken_back"] else ""
    if one["issue"] is None:
        return f"{when:<10}  {one['party']:<20} {'gave up a demand that no issue covers':<31} {toward}; {one['status']}; {_answers(len(one['answered_by']))}"
    step = f"gave up {one['from']:g}" if one["to"] is None else f"{one['from']:g} to {one['to']:g}"
    what = f"{when:<10}  {one['party']:<20} {one['issue'] or 'no issue of the case':<20} {step:<10} {toward}{size}"
    if one["toward"] is None and one["status"] == "offered" and one["to"] is not None:
        return f"{what}{back}"  # nothing is offered, and nobody could answer
    return f"{what}; {one['status']}; {_answers(len(one['answered_by']))}{back}"


def _answers(number: int) -> str:
    return "no answer" if not number else "1 answer" if number == 1 else f"{number} answers"


def _summed(found: dict[str, Any]) -> Iterator[str]:
    """The balance of each pair and the pace of each party, in words."""
    for one in found["balance"]:
        a, b = (
            f"{one[x]} gave {one[f'{x}_gave']:.2f} of a scale ({one[f'unanswered_{x}']} unanswered, {one[f'{x}_spent']} without a condition"
            + (f", {one[f'{x}_took_back']:.2f} taken back later)" if one[f"{x}_took_back"] else ")")
            for x in "ab"
        )
        yield f"Balance {one['a']} and {one['b']}: {a}, {b}"
    for one in found["pace"]:
        if one["per_month"] is not None:
            trend = f"; gives {one['word']}" if one["word"] else ""
            yield f"Pace of {one['party']}: {one['per_month']:.2f} of a scale per 30 days over {one['gives']} gives{trend}"


def _position(row: dict[str, Any]) -> str:
    voice = (
        ""
        if row["voice"] == "own"
        else f"  {row['voice']}" + (f" by {row['ascribed_by']}" if row["ascribed_by"] else "")
    )
    silent = f", silent for {row['silent_days']} days" if (row["silent_days"] or 0) > SILENT else ""
    again = f", said on {row['said']} days" if row["said"] > 1 else ""
    line = f"{row['issue']:<24} {row['party']:<24} {_value(row)}  since {row['valid_from'] or 'an unknown day'}{again}{silent}{voice}"
    if row["condition"]:
        line += f"  if: {row['condition']}"
    if row["by"].startswith("reader"):
        line += "  (suggested)"
    inside = [
        f"\n{'':<24} {'':<24} {_value(one)}  says {one['speaker']} ({one['date'] or 'no date'})"
        for one in row["factions"]
    ]
    return line + "".join(inside)


def _value(row: dict[str, Any]) -> str:
    return f"{row['value']:g}" if "value" in row else f"{row['range'][0]:g} to {row['range'][1]:g}"


def _end(ctx: click.Context, found: bool, as_json: bool) -> None:
    """Ends as a list does that may be empty."""
    if not found:
        if not as_json:
            click.echo("Nothing found.", err=True)
        ctx.exit(NOTHING)
