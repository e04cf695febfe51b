"""`winset comment`: a person's own words for the brief."""

import sys
from pathlib import Path

import click

from winset.cli.output import json_option, print_json, printable
from winset.cli.paths import PATH


@click.command()
@click.argument("case", type=PATH)
@click.argument("part", required=False)
@click.argument("text", required=False)
@click.option("--party", help="For the dossier of this party, not the brief of everything.")
@click.option("--issue", help="For the dossier of this issue.")
@click.option("--remove", is_flag=True, help="Take the words on PART away.")
@json_option
def comment(
    case: Path, part: str | None, text: str | None, party: str | None, issue: str | None, remove: bool, as_json: bool
) -> None:
    """Write your own words in front of a PART of the brief, such as positions; without PART list what was written.

    A TEXT of - is read from standard input. The words stand under your name, apart from what is computed; `winset undo`
    takes them back.
    """
    from winset.errors import UsageError
    from winset.services import comments

    if part is not None:
        if remove is (text is not None):
            raise UsageError("give the words for the part, or --remove to take them away")
        said = "" if remove else sys.stdin.read() if text == "-" else str(text)
        if not remove and not said.strip():
            raise UsageError("the words are empty; --remove takes words away")
        comments.write(case, part, said, party=party, issue=issue)
    elif remove or party or issue:
        raise UsageError("name the PART: winset comment CASE PART TEXT")
    found = comments.listed(case)
    if as_json:
        print_json(found)
        return
    for one in found:
        of = ", ".join(filter(None, (one["party"], one["issue"])))
        click.echo(
            printable(
                f"{one['part']}{f' ({of})' if of else ''}: {' '.join(one['text'].split())}  ({one['by']}, {one['at'][:10]})"
            )
        )
    if not found:
        click.echo("Nothing has been written yet.")
