"""`winset precedents` and `precedent`: earlier deals beside today, and how to write one down."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from winset.cli.output import json_option, print_json, printable, remark
from winset.cli.paths import PATH

NOTHING = 3  # exit code: everything was processed, and there is no earlier deal
DAY = click.DateTime(formats=["%Y-%m-%d"])
case_argument = click.argument("case", type=PATH)


@click.command()
@case_argument
@click.option("--as-of", type=DAY, help="The day they are set beside; the case's own by default.")
@json_option
@click.pass_context
def precedents(ctx: click.Context, case: Path, as_of: datetime | None, as_json: bool) -> None:
    """Show earlier deals beside where the parties stand today.

    Those that the record tells of are marked; review one with `winset review CASE TARGET --accept`, or write one down yourself
    with `winset precedent`.
    """
    from winset.services import positions as service

    found = service.precedents(case, at=as_of.date() if as_of else None)
    if as_json:
        print_json(found)
    for one in found if not as_json else ():
        for line in _told(one):
            click.echo(printable(line))
    if not found:
        if not as_json:
            remark("Nothing found.")
        ctx.exit(NOTHING)


def _told(one: dict[str, Any]) -> Iterator[str]:
    from winset.report.precedents import COMPARED, OWN_ROUND, fate, invoked, year_or_day

    day, became = year_or_day(one["date"]), fate(one, {})
    line = one["name"] + ("" if day in one["name"] else f" ({day})")
    line += f", between {' and '.join(one['parties'])}" if len(one["parties"]) > 1 else ""
    yield f"{line}{f': {became}' if became else ''}"
    for said in invoked(one, {}):
        yield f"  {said}"
    for issue, term in one["terms"].items():
        sides = [
            f"{party} {' and '.join([*([COMPARED[against['term']]] if against['term'] else []), *([OWN_ROUND[against['own_round']]] if against['own_round'] else [])])}"
            for party, issues in one["by_party"].items() if (against := issues.get(issue))
        ]  # fmt: skip
        today = COMPARED.get(one["against_today"].get(issue), "not comparable")
        agreed = term if isinstance(term, str) else format(term, "g")
        yield f"  {issue}: {agreed} then; today {today}" + (f" ({'; '.join(sides)})" if sides else "")
    if not one["terms"]:
        yield "  no terms on record"
    if one["source"] or one["note"]:
        yield f"  {'. '.join(filter(None, (one['note'], one['source'] and 'Source: ' + one['source'])))}"
    if one["suggested"]:
        yield f"  suggested, not reviewed: {one['target']}"


@click.command()
@case_argument
@click.argument("name")
@click.option("--party", "parties", multiple=True, metavar="PARTY", help="Between whom it was; repeat it.")
@click.option("--date", "day", metavar="DAY", help="When: YYYY-MM-DD, or the year.")
@click.option(
    "--term", "terms", multiple=True, metavar="ISSUE=VALUE", help="What was agreed on an issue: a point or an option."
)
@click.option("--kept/--not-kept", default=None, help="Whether it was kept.")
@click.option("--broken-by", multiple=True, metavar="PARTY", help="Who broke it; repeat it.")
@click.option("--broken-on", metavar="DAY", help="When it was broken: YYYY-MM-DD, or the year.")
@click.option("--invoked-by", multiple=True, metavar="PARTY[=FOR]", help="Who points to it today, and for what.")
@click.option("--source", help="Where it can be read up.")
@click.option("--note", help="What else is worth knowing.")
@json_option
def precedent(
    case: Path, name: str, parties: tuple[str, ...], day: str | None, terms: tuple[str, ...], kept: bool | None,
    broken_by: tuple[str, ...], broken_on: str | None, invoked_by: tuple[str, ...], source: str | None, note: str | None,
    as_json: bool,
) -> None:  # fmt: skip
    """Write down the earlier deal NAME of CASE, or change what is given of one that is written there.

    `winset precedent talks.winset "Lindholm accord" --party arden --party belmar --date 1994 --term territory=25 --broken-by belmar`
    """
    from winset.services import precedents as service
    from winset.services.proposals import term_of

    given = {
        "parties": list(parties) or None, "date": service.day_of(day, "--date"), "terms": dict(map(term_of, terms)) or None, "kept": kept,
        "broken_by": list(broken_by) or None, "broken_on": service.day_of(broken_on, "--broken-on"), "source": source, "note": note,
        "invocations": [
            {"by": by.strip(), "for": purpose.strip() or None} for by, _, purpose in (one.partition("=") for one in invoked_by)
        ] or None,
    }  # fmt: skip
    made = service.write(case, {"name": name, **{key: value for key, value in given.items() if value is not None}})
    if as_json:
        print_json(made)
    else:
        from winset.report.words import count

        click.echo(printable(f"Wrote down {made['name']}, with {count(len(made['terms']), 'term')}."))
