"""`winset find CASE WORDS`: statements that say something like it."""

from pathlib import Path

import click

from winset.cli.output import json_option, print_json, printable


@click.command()
@click.argument("case", type=click.Path(path_type=Path))
@click.argument("words")
@click.option("--party", help="Only what speakers of this party say.")
@click.option("--most", type=click.IntRange(1, 1_000), default=10, show_default=True, help="How many statements.")
@json_option
def find(case: Path, words: str, party: str | None, most: int, as_json: bool) -> None:
    """List the statements of CASE that mean most nearly what WORDS do (a sentence, or the id of a statement).

    Nearness is of meaning, not of stance: for and against the same thing are near each other.
    """
    from winset.services import finding

    found = finding.find(case, words, most=most, party=party)
    if as_json:
        print_json(found)
        return
    if not found:
        click.echo("No statements to look among.", err=True)
    for one in found:
        who = one["speaker"] or one["party"] or "no source"
        click.echo(
            printable(f"{one['likeness']:.2f}  {one['statement']}  {one['date'] or 'no date'}  {who} [{one['act']}]")
        )
        click.echo(printable(f"      {one['words']}"))
        if one["also"]:
            click.echo(printable(f"      also in {', '.join(one['also'])}"))
