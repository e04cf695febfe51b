"""`winset elicit`."""

from pathlib import Path
from typing import Any

import click

from winset.cli.output import json_option, print_json, printable
from winset.cli.paths import PATH


@click.command()
@click.argument("case", type=PATH)
@click.option("--party", required=True, help="Whose interests are asked about.")
@click.option("--answers", required=True, type=PATH, help="The file of answers (JSON).")
@click.option("--by", help="Who answers; WINSET_AUTHOR or the login name where not given.")
@click.option("--ask", is_flag=True, help="Ask the next trade-offs here and add the answers to the file.")
@click.option("--save", is_flag=True, help="Make the judgements part of the case.")
@json_option
def elicit(case: Path, party: str, answers: Path, by: str | None, ask: bool, save: bool, as_json: bool) -> None:
    """Find out what issues weigh to a party of CASE: from points, ratings, packages and a few trade-offs."""
    from winset.services import elicitation

    result = elicitation.from_file(case, party, answers, by=by)
    while ask and result["next_question"] is not None:
        question = result["next_question"]
        click.echo("Everything else being equal, which is better for the party?", err=True)
        for side in ("first", "second"):
            click.echo(f"  {side}: {_terms(question[side])}", err=True)
        choices = click.Choice(["first", "second", "same", "stop"])
        prefer = click.prompt("Better", type=choices, default="stop", err=True)
        if prefer == "stop":
            break
        elicitation.write_answers(answers, elicitation.answered(elicitation.read_answers(answers), question, prefer))
        result = elicitation.from_file(case, party, answers, by=by)
    if save:
        result = elicitation.from_file(case, party, answers, by=by, save=True)
    if as_json:
        print_json(result)
        return
    click.echo(f"Weights for {printable(party)}, by {printable(result['by'])}:")
    for issue, weight in result["weights"].items():
        low, high = weight["likely"]
        click.echo(
            f"  {printable(issue)}: {weight['best']:.0%} ({weight['low']:.0%} to {weight['high']:.0%} fit the answers; "
            f"{low:.0%} to {high:.0%} is likely where answers err as people's do)"
        )
    for one in result["misfits"]:
        rest = "everything else fits without it" if one["fits_without"] else f"off by {one['by']:.2g}"
        click.echo(f"  does not fit: {one['kind']} {one['number']}, {printable(str(one['answer']))}; {rest}")
    if result["next_question"] is None:
        click.echo(f"No more questions: {result['stop']}.")
    else:
        question = result["next_question"]
        click.echo(f"Ask next: {_terms(question['first'])}, or {_terms(question['second'])}?")


def _terms(deal: dict[str, Any]) -> str:
    return " with ".join(f"{printable(issue)} at {printable(option)}" for issue, option in deal.items())
