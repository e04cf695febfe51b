"""`winset demo`: the packaged example, as a case and a brief."""

from pathlib import Path

import click

from winset.cli.output import json_option, print_json, remark
from winset.cli.paths import FOLDER


@click.command()
@click.option("--into", type=FOLDER, default=Path(), help="Folder to write to; made where it is not there.")
@click.option(
    "--episode", type=click.Choice(["riyadh-2025", "lorn-strait"]), default="riyadh-2025", show_default=True,
    help="Which example; lorn-strait is fiction, rich in quotations.",
)  # fmt: skip
@json_option
def demo(into: Path, episode: str, as_json: bool) -> None:
    """Make an example case and its brief: Riyadh in February 2025, unless told otherwise."""
    from winset.services import annotators
    from winset.services.demo import demo as make

    made = make(into, annotators.choose_or_say(None, remark), episode)
    if as_json:
        print_json(
            {
                "case": str(made.case),
                "brief": str(made.brief),
                "documents": made.documents,
                "statements": made.statements,
            }
        )
        return
    click.echo(f"{made.statements} statements from {made.documents} reports.")
    click.echo(f"The case:  {made.case}")
    click.echo(f"The brief: {made.brief} (open it in a browser)")
