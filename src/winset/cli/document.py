"""`winset document`: what a document is called, of which day it is and where it comes from."""

from pathlib import Path
from typing import Any

import click

from winset.cli.output import json_option, print_json, printable
from winset.cli.paths import PATH

FOLLOWED = (
    ("statements", "statement is of another day", "statements are of another day"),
    ("judgements", "judgement of that day followed", "judgements of that day followed"),
    ("reviews", "review followed", "reviews followed"),
)


@click.command()
@click.argument("case", type=PATH)
@click.argument("doc")
@click.option("--title", help="Its title; empty for none.")
@click.option("--date", "day", help="The day it appeared, YYYY-MM-DD; empty where it is not known.")
@click.option("--source", help="Where it comes from: a file, an address, a publisher; empty for none.")
@json_option
def document(case: Path, doc: str, title: str | None, day: str | None, source: str | None, as_json: bool) -> None:
    """Put the title, date or source of a document DOC of a CASE right; without options show them.

    Positions, moves and statements are dated by it, so what rests on an undated document has no day. What rests on its day
    follows: days told relative to it, judgements of that day, reviews. `winset undo` takes it back.
    """
    from winset.services import documents

    given = {"title": title, "date": day, "file": source}
    changes = {key: value for key, value in given.items() if value is not None}
    found = documents.describe(case, doc, changes) if changes else documents.described(case, doc)
    if as_json:
        print_json(found)
        return
    for label, key in (("Title", "title"), ("Date", "date"), ("Source", "file"), ("Language", "language")):
        click.echo(printable(f"{label}: {found[key] or 'not known'}"))
    _say_followed(found.get("followed", {}))


def _say_followed(followed: dict[str, Any]) -> None:
    for key, one, more in FOLLOWED:
        if count := followed.get(key):
            click.echo(f"{count} {one if count == 1 else more}.")
