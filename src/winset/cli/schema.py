"""`winset schema [NAME]`."""

import click

from winset.cli.output import json_option, print_json


@click.command()
@click.argument("name", required=False)
@json_option
def schema(name: str | None, as_json: bool) -> None:
    """Print the JSON Schema NAME, or list the schemas there are."""
    from winset.services import schemas

    if name is not None:
        print_json(schemas.schema(name))
    elif as_json:
        print_json(schemas.names())
    else:
        for one in schemas.names():
            click.echo(one)
