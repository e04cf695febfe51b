"""`winset attention`: what parties speak of, what nobody speaks of, who is absent and matters."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from winset.cli.output import json_option, print_json, printable
from winset.cli.paths import PATH


@click.command()
@click.argument("case", type=PATH)
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Up to this day; the case's own by default.")
@json_option
def attention(case: Path, as_of: datetime | None, as_json: bool) -> None:
    """Show how each party's sayings divide over the issues, what nobody speaks of, and who outside the table matters.

    Shares come with an interval (9 of 10 draws) and the salience that they suggest; the last line says what they cannot show.
    """
    from winset.services import attention as service

    found = service.attention(case, at=as_of.date() if as_of else None)
    if as_json:
        print_json(found)
        return
    for line in _told(found):
        click.echo(printable(line))


def _told(found: dict[str, Any]) -> Iterator[str]:
    for row in found["parties"]:
        yield f"{row['party']}: {row['statements']} saying{'' if row['statements'] == 1 else 's'} on issues, in {row['articles']} article{'' if row['articles'] == 1 else 's'}"
        for one in sorted(row["issues"], key=lambda each: -each["share"]):
            low, likely, high = one["suggested_salience"]
            yield (
                f"  {one['issue']:<32} {100 * one['share']:>3.0f} of 100 ({100 * one['interval'][0]:.0f} to {100 * one['interval'][1]:.0f}); "
                f"suggests salience {likely:.0f} ({low:.0f} to {high:.0f})"
            )
        if row["silent_on"]:
            yield f"  silent on: {', '.join(row['silent_on'])}"
    if not found["statements"]:
        yield "No statement is on record, so nothing can be counted."
    elif not found["parties"] and not found["unspoken"]:
        yield "No issue of the codebook is spoken of, so nothing can be divided."
    else:
        yield f"Nobody speaks of: {', '.join(found['unspoken'])}" if found["unspoken"] else "Every issue is spoken of."
    for one in found["affected"]:
        often = "once" if one["sayings"] == 1 else f"{one['sayings']} times"
        yield f"Spoken of, not at the table: {one['party']}, {often}: “{one['words'][0][:120]}”"
    for one in found["unheard"]:
        yield f"Said not to be heard: {one['who']}: “{one['words'][0][:160]}”"
    for one in found["can_block"]:
        said = f": “{one['words'][0][:120]}”" if one["words"] else ""
        yield f"Could block from outside: {one['party']}, {one['why']}{' (suggested, not reviewed)' if one['suggested'] else ''}{said}"
    if not found["seated"]:
        yield "No table is known, so nobody can be said to be absent from it."
    yield found["warning"]
