"""`winset codebook`: the issues that coders look for, with the words that show them."""

import click

from winset.cli.output import json_option, print_json


@click.group()
def codebook() -> None:
    """List and show the packaged codebooks."""


@codebook.command("list")
@json_option
def list_(as_json: bool) -> None:
    """List the codebooks with their issues."""
    from winset.services import codebooks

    found = codebooks.listed()
    if as_json:
        print_json(found)
        return
    for one in found:
        click.echo(f"{one['id']}: {one['title']} (version {one['version']})")
        for issue in one["issues"]:
            click.echo(f"  {issue}")


@codebook.command()
@click.argument("id")
@click.argument("issue", required=False)
@json_option
def show(id: str, issue: str | None, as_json: bool) -> None:
    """Show codebook ID, or one ISSUE of it: its question, its labelled points, what counts."""
    from winset.services import codebooks

    found = codebooks.shown(id, issue)
    if as_json:
        print_json(found)
        return
    for one in [found] if issue else found["issues"]:
        click.secho(one["question"], bold=True)
        for point in one.get("points", []):
            click.echo(f"  {point['value']:>5g}  {point['label']}")
        for key, title in (("counts", "Counts"), ("counts_not", "Does not count")):
            if one.get(key):
                click.echo(f"  {title}: {one[key]}")
        click.echo()
