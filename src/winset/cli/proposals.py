"""`winset proposals` and `propose`: plans, drafts and offers of a case, and who takes which version."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from winset.cli.output import json_option, print_json, printable, remark
from winset.errors import UsageError

DAY = click.DateTime(formats=["%Y-%m-%d"])
case_argument = click.argument("case", type=click.Path(path_type=Path))


@click.command()
@case_argument
@click.option("--as-of", type=DAY, help="Up to this day; the case's own by default.")
@json_option
def proposals(case: Path, as_of: datetime | None, as_json: bool) -> None:
    """Show plans, drafts and offers: whose, in which version, on what terms, and who takes which with what reservations.

    What the record suggests is marked; review it with `winset review CASE TARGET --accept`, or write one down yourself with
    `winset propose`.
    """
    from winset.services import proposals as service

    found = service.proposals(case, at=as_of.date() if as_of else None)
    if as_json:
        print_json(found)
    else:
        for line in _told(found):
            click.echo(printable(line))
        if not found["proposals"] and not found["unresolved"]:
            remark("Nothing found.")


def _told(found: dict[str, Any]) -> Iterator[str]:
    for one in found["proposals"]:
        whose = " and ".join(one.get("authors") or [one["author"] or "nobody named"])
        mediated = f", mediated by {one['mediator']}" if one["mediator"] else ""
        suggested = "  (suggested, not reviewed)" if one["suggested"] else ""
        yield f"{one['name']}, version {one['version']} ({one['date'] or 'no date'}), by {whose}{mediated}{suggested}"
        yield f"  {one['target']}"
        terms = ", ".join(
            f"{issue} {term if isinstance(term, str) else format(term, 'g')}" for issue, term in one["terms"].items()
        )
        yield f"  terms: {terms or 'none stated'}"
        for issue, change in one["changes"].items():
            yield f"  changed: {issue} from {_term(change['before'])} to {_term(change['after'])}" + "".join(
                f"; {word} to {', '.join(change[key])}"
                for key, word in (("nearer", "nearer"), ("farther", "less near"))
                if change[key]
            )
        if one.get("withdrawn"):
            yield f"  withdrawn: {one['withdrawn']}"
        for answer in one["acceptances"]:
            yield from _answer(answer)
    for one in found["unresolved"]:
        yield f"{one['party']} {'accepts' if one['accepts'] else 'turns down'} one of {', '.join(one['candidates'])}: {_said(one)}"


def _term(term: Any) -> str:
    return "nothing" if term is None else term if isinstance(term, str) else format(term, "g")


def _answer(one: dict[str, Any]) -> Iterator[str]:
    does = {True: "accepts", False: "turns down"}[one["accepts"]] + ("" if one["scope"] == "whole" else " parts of it")
    voice = (
        ""
        if one["voice"] == "own"
        else f"  {one['voice']}" + (f" by {one['ascribed_by']}" if one.get("ascribed_by") else "")
    )
    reservations = [each for each in one["reservations"] if each != "in principle"]
    kept = " in principle" if len(reservations) < len(one["reservations"]) else ""
    if reservations:
        kept += f"; {'but for' if one['accepts'] and one['scope'] == 'whole' else 'namely'}: {'; '.join(reservations)}"
    hangs = f"; if: {one['condition']}" if one.get("condition") else ""
    yield f"  {one['date'] or 'no date':<10}  {one['party']} {does}{kept}{hangs}{voice}  {_said(one)}"


def _said(one: dict[str, Any]) -> str:
    return f"“{one['words'][0]['text']}” ({one['words'][0]['doc']})" if one["words"] else ""


@click.command()
@case_argument
@click.argument("id")
@click.option("--name", help="What it is called; versions of one proposal share it.")
@click.option("--kind", help="plan, draft, offer, framework ...")
@click.option("--number", "version", help="Which version it is.")
@click.option("--author", "authors", multiple=True, metavar="PARTY", help="Whose it is; repeat it for a joint one.")
@click.option("--mediator", help="Who brokered it.")
@click.option("--date", "day", type=DAY, help="When it was put forward.")
@click.option("--to", "to", multiple=True, metavar="PARTY", help="To whom it was handed.")
@click.option(
    "--term", "terms", multiple=True, metavar="ISSUE=VALUE", help="What it says on an issue: a point or an option."
)
@click.option("--revises", metavar="ID", help="The version that it takes the place of.")
@click.option("--answers", metavar="ID", help="The proposal that it counters.")
@click.option("--note", help="Why you wrote it so.")
@click.option("--accepted-by", metavar="PARTY", help="Write down who accepts it, instead of the above.")
@click.option("--turned-down-by", metavar="PARTY", help="Write down who turns it down.")
@click.option("--except", "issues", multiple=True, metavar="ISSUE", help="An issue that the acceptance leaves out.")
@click.option("--reservation", "reservations", multiple=True, help="A reservation, in words.")
@json_option
def propose(
    case: Path, id: str, name: str | None, kind: str | None, version: str | None, authors: tuple[str, ...],
    mediator: str | None, day: datetime | None, to: tuple[str, ...], terms: tuple[str, ...], revises: str | None,
    answers: str | None, note: str | None, accepted_by: str | None, turned_down_by: str | None,
    issues: tuple[str, ...], reservations: tuple[str, ...], as_json: bool,
) -> None:  # fmt: skip
    """Write down the proposal ID of CASE, or change what is given of one that is written there.

    `--accepted-by` and `--turned-down-by` add an answer to it: `winset propose talks.winset arden-plan --accepted-by belmar
    --except nato`.
    """
    from winset.services import proposals as service

    when = day.date().isoformat() if day else None
    if accepted_by and turned_down_by:
        raise UsageError("one answer at a time: give --accepted-by or --turned-down-by")
    if accepted_by or turned_down_by:
        if name or kind or version or authors or mediator or to or terms or revises or answers:
            raise UsageError("an answer is written by itself; leave the proposal's own fields out")
        made = service.answer(
            case, id, {"party": accepted_by or turned_down_by, "accepts": bool(accepted_by), "date": when,
                       "reservations": list(reservations), "issues": list(issues), "why": [note] if note else []},
        )  # fmt: skip
    else:
        if issues or reservations:
            raise UsageError("--except and --reservation belong to --accepted-by or --turned-down-by")
        given = {
            "name": name, "kind": kind, "version": version, "author": authors[0] if authors else None,
            "authors": list(authors) if len(authors) > 1 else None, "mediator": mediator, "date": when, "to": list(to) or None,
            "terms": dict(map(service.term_of, terms)) or None, "revises": revises, "answers": answers, "note": note,
        }  # fmt: skip
        made = service.write(case, {"id": id, **{key: value for key, value in given.items() if value is not None}})
    if as_json:
        print_json(made)
    else:
        from winset.report.words import count

        click.echo(
            printable(
                f"Wrote {made['name']}, version {made['version']}, with {count(len(made['terms']), 'term')} and {count(len(made['acceptances']), 'answer')}."
            )
        )
