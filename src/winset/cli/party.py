"""`winset party`: one that the record does not name, another name for a party, and two that are one."""

from pathlib import Path
from typing import Any

import click

from winset.cli.output import json_option, print_json, printable

_case = click.argument("case", type=click.Path(path_type=Path))


@click.group()
def party() -> None:
    """Add, rename and merge parties of a case; positions, reviews and history stay with them. `winset undo` takes it back."""


@party.command()
@_case
@click.argument("name")
@click.option("--alias", "aliases", multiple=True, help="Another name by which articles know it; repeat for each.")
@json_option
def add(case: Path, name: str, aliases: tuple[str, ...], as_json: bool) -> None:
    """Write down a party of this NAME that the record does not name."""
    from winset.services import parties

    _told(parties.add(case, name, aliases), as_json)


@party.command()
@_case
@click.argument("id")
@click.argument("name")
@json_option
def rename(case: Path, id: str, name: str, as_json: bool) -> None:
    """Give the party ID another NAME; the old one becomes an alias."""
    from winset.services import parties

    _told(parties.rename(case, id, name), as_json)


@party.command()
@_case
@click.argument("keep")
@click.argument("drop")
@json_option
def merge(case: Path, keep: str, drop: str, as_json: bool) -> None:
    """Make the party DROP one with KEEP: whatever names DROP names KEEP from now on."""
    from winset.services import parties

    _told(parties.merge(case, keep, drop), as_json)


def _told(done: dict[str, Any], as_json: bool) -> None:
    if as_json:
        print_json(done)
        return
    also = f", also {', '.join(done['aliases'])}" if done["aliases"] else ""
    click.echo(printable(f"{done['party']}: {done['name']}{also}"))
    for one in done["moved"]:
        click.echo(printable(f"Review moved: {one['from']} is {one['to']} now"))
    for one in done["unsettled"]:
        click.echo(printable(f"Review kept but not in force: {one['target']}: {one['why']}"))
