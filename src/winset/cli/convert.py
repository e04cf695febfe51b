"""`winset convert`."""

from datetime import datetime
from pathlib import Path

import click

from winset.cli.output import json_option, print_json, remark
from winset.cli.paths import PATH


@click.command()
@click.argument("sources", nargs=-1, required=True, type=PATH)
@click.option("--to", "form", required=True, help="genius, geniusweb, negmas, table, ktab-csv or ktab-xml.")
@click.option("--into", required=True, type=PATH, help="The folder for the files.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The date at which a case is asked.")
@json_option
def convert(sources: tuple[Path, ...], form: str, into: Path, as_of: datetime | None, as_json: bool) -> None:
    """Write the deal space of a case, or of another tool's files, as files of another tool."""
    from winset.services import conversion

    done = conversion.convert(sources, form, into, at=as_of.date() if as_of else None)
    for line in done["remarks"]:
        remark(line)
    if as_json:
        print_json(done)
    else:
        for file in done["files"]:
            click.echo(f"Wrote {file}")
