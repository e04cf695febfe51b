"""`winset methods`."""

import click

from winset.cli.output import json_option, print_json


@click.command()
@json_option
def methods(as_json: bool) -> None:
    """List the methods: the question each answers, its version, its sources and its page under docs/models."""
    from winset.methods import METHODS

    if as_json:
        print_json([
            {"name": card.name, "version": card.version, "question": card.question, "sources": list(card.sources),
             "page": card.page}
            for card in METHODS
        ])  # fmt: skip
        return
    for card in METHODS:
        click.echo(f"{card.name} {card.version}: {card.question}")
        click.echo(f"    docs/models/{card.page}; {'; '.join(card.sources)}")
