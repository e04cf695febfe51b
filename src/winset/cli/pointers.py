"""`winset pointers`: words of a case that bear on judgements nobody has made yet."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from winset.cli.output import json_option, print_json, printable, remark
from winset.cli.paths import PATH


@click.command()
@click.argument("case", type=PATH)
@click.option("--kind", help="haste, no deal, reward, guarantee, trust, consent, backing or tactic.")
@click.option("--party", help="Only what is said of this party.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Up to this day; the case's own by default.")
@json_option
def pointers(case: Path, kind: str | None, party: str | None, as_of: datetime | None, as_json: bool) -> None:
    """Show words that bear on judgements: who is in a hurry, who guarantees what, whose consent is needed, who backs whom.

    They are suggestions with the words they rest on; no method computes with them. Review one with `winset review CASE TARGET
    --accept`; with `--judge haste=0.4`, `--judge relation=0.6` or `--judge ratifier` it becomes a judgement of yours that methods use.
    """
    from winset.services import pointers as service

    found = service.pointers(case, at=as_of.date() if as_of else None, kind=kind, party=party)
    if as_json:
        print_json(found)
    else:
        for one in found["pointers"]:
            for line in _told(one):
                click.echo(printable(line))
        rests = found["scores_rest_on"]
        if not found["pointers"]:
            remark("Nothing found.")
        elif rests["differ_by"]:
            remark(
                f"Scores rest on {rests['verdicts']} reviews of such words; what was wrong differs by {' and '.join(rests['differ_by'])}."
            )
        elif rests["verdicts"]:
            remark(f"Scores are those of reading; {rests['verdicts']} reviews of such words show no pattern so far.")


def _told(one: dict[str, Any]) -> list[str]:
    toward = f" toward {one['toward']}" if one["toward"] else ""
    voice = (
        "in its own words or deeds"
        if one["voice"] == "own"
        else f"{one['voice']} by {one['ascribed_by'] or 'nobody named'}"
    )
    state = "suggested" if one["suggested"] else f"reviewed by {one['by']}"
    return [
        f"{one['date'] or 'no date':<10}  {one['party']}: {one['kind']}, {one['direction']}{toward}  ({voice}; score {one['score']:.2f}; {state})",
        f"            “{' … '.join(one['words'])}”",
        *(f"            judged: {made}" for made in one["judged"]),
        f"            {one['target']}",
    ]
