"""`winset review` and `reviews`: decide about what was read, one key a statement, and list what was decided."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from winset.cli.output import json_option, print_json, printable, remark
from winset.cli.paths import PATH

if TYPE_CHECKING:
    from winset.cli.keys import Keys

case_argument = click.argument("case", type=PATH)
KEYS = {
    "a": "accept", "r": "reject", "c": "correct", "s": "skip", "n": "next", "u": "undo", "w": "why", "o": "source", "q": "quit",
}  # fmt: skip


@click.command()
@case_argument
@click.argument("targets", nargs=-1)
@click.option("--accept", "verdict", flag_value="accept", help="Accept the TARGETS, without asking.")
@click.option("--reject", "verdict", flag_value="reject", help="Reject them.")
@click.option("--skip", "verdict", flag_value="skip", help="Leave them undecided, but no longer waiting.")
@click.option(
    "--set", "pairs", multiple=True, metavar="FIELD=VALUE", help="Correct a field of them, such as act=demand."
)
@click.option(
    "--judge",
    metavar="WHAT[=NUMBER]",
    help="Accept a pointer and judge from it: haste=0.4, trust=0.2..0.5, relation=0.6, ratifier ...",
)
@click.option(
    "--with", "more", multiple=True, metavar="FIELD=VALUE", help="Of a ratifier: name, chamber, position.ISSUE ..."
)
@click.option(
    "--take-over", is_flag=True, help="Make the suggested positions that were accepted judgements of the case."
)
@click.option("--why", help="A reason, kept with the verdict.")
@click.option("--order", default="case", show_default=True, help="case, doubt (least sure first) or sure.")
@click.option("--doc", help="Only statements of this document.")
@click.option("--who", help="Only statements of this party (or speaker without one).")
@click.option("--issue", help="Only statements that a judgement on this issue rests on.")
@json_option
def review(
    case: Path, targets: tuple[str, ...], verdict: str | None, pairs: tuple[str, ...], judge: str | None,
    more: tuple[str, ...], take_over: bool, why: str | None, order: str,
    doc: str | None, who: str | None, issue: str | None, as_json: bool,
) -> None:  # fmt: skip
    """Review what was read: one key a statement, each verdict saved at once and undone with one key.

    With TARGETS (ids of statements, or what `winset reviews --judgements` calls a judgement) and a verdict nothing is
    asked: `winset review CASE "doc#3" --reject`.
    """
    from winset.errors import UsageError
    from winset.services import reviews as service

    if pairs and verdict:
        raise UsageError("--set is a verdict of its own; leave the other out")
    if take_over:
        if targets or verdict or pairs or judge is not None or more:
            raise UsageError("--take-over takes over all that was accepted; leave targets and verdicts out")
        _take_over(case, as_json)
        return
    if judge is not None:
        _judge(case, targets, judge, more, why, verdict, pairs, as_json)
        return
    if more:
        raise UsageError("--with goes with --judge")
    if targets:
        chosen = "correct" if pairs else verdict
        if chosen is None:
            raise UsageError("give a verdict: --accept, --reject, --skip, or --set FIELD=VALUE")
        changes = service.changes_from(pairs)
        done = [service.decide(case, target, chosen, changes=changes, why=why) for target in targets]
        if as_json:
            print_json(done)
        else:
            click.echo("\n".join(printable(f"{one['verdict']} {one['target']}") for one in done))
        return
    if verdict or pairs:
        raise UsageError("name the TARGETS of the verdict; without them one statement after the other is shown")
    if as_json:
        raise UsageError("--json goes with TARGETS and a verdict; `winset reviews --json` lists what was decided")
    which = service.wanted(case, order=order, doc=doc, who=who, issue=issue)
    _one_by_one(case, which)


def _judge(
    case: Path, targets: tuple[str, ...], judge: str, more: tuple[str, ...], why: str | None, verdict: str | None,
    pairs: tuple[str, ...], as_json: bool,
) -> None:  # fmt: skip
    from winset.errors import UsageError
    from winset.services import judging

    if len(targets) != 1 or pairs or verdict not in (None, "accept"):
        raise UsageError("--judge goes with one pointer, which it accepts; leave other verdicts out")
    given = dict(one.partition("=")[::2] for one in more)
    made = judging.judge(case, targets[0], judge, given, why=why)
    if as_json:
        print_json(made)
    else:
        click.echo(printable(f"accept {made['target']}"))
        instead = f", in place of {len(made['instead'])} judged from it before" if made["instead"] else ""
        click.echo(printable(f"judged {judge}: {made['kind']}{instead}"))


def _take_over(case: Path, as_json: bool) -> None:
    from winset.report.words import count
    from winset.services import taking_over

    made = taking_over.take_over(case)
    if as_json:
        print_json(made)
        return
    for one in made:
        click.echo(printable(f"{one['party']} on {one['issue']}" + (f", {one['as_of']}" if one.get("as_of") else "")))
    click.echo(f"Took over {count(len(made), 'position')}; `winset undo` takes it back.")


def _one_by_one(case: Path, which: Any) -> None:
    from winset.cli.keys import keys

    with keys() as typed:
        _walk(case, which, typed)


def _walk(case: Path, which: Any, typed: "Keys") -> None:
    from winset.cli import review_screen as screen
    from winset.errors import WinsetError
    from winset.report.words import count
    from winset.services import cases
    from winset.services import reviews as service

    after: str | None = None
    decided: list[str | None] = []  # behind which statement each verdict of this sitting was given
    number = service.number(case, which)
    screen.message(f"{count(number, 'statement waits', 'statements wait')} for review.")
    passed: tuple[str, ...] = ()
    known: tuple[str, ...] | None = None  # by what statements were found to differ when that was told last
    while (found := service.following(case, which, after, passed)).id is not None:
        id, passed = found.id, found.passed
        if found.rests is not None and found.rests.differ_by != known:
            screen.message(found.rests.told)
            known = found.rests.differ_by
        seen = service.seen(case, id)
        screen.statement(seen)
        word = _key(seen, typed)
        try:
            if word == "quit":
                return
            if word == "undo":
                taken = cases.undo(case)
                screen.message(f"Took back: {taken[0].label}" if taken else "Nothing to undo.")
                if taken:
                    after = decided.pop() if decided else None
                continue
            if word == "correct":
                with typed.lines():
                    said = click.prompt(
                        "field=value, as act=demand speaker.name='Ann Bell'", default="", show_default=False
                    )
                if not said.strip():
                    continue
                changes = service.changes_from(service.words_of(said))
                service.decide(case, service.statement_target(id), "correct", expected=seen.version, changes=changes)
            elif word != "next":
                service.decide(case, service.statement_target(id), word, expected=seen.version)
            if word != "next":
                decided.append(after)
        except WinsetError as error:
            click.echo(f"{error}", err=True)
            continue
        after = id
    if number:
        screen.message("Every statement asked for has been reviewed.")


def _key(seen: Any, typed: "Keys") -> str:
    from winset.cli import review_screen as screen

    while True:
        screen.hints(KEYS.items())
        pressed = typed.next().casefold()
        if pressed in ("", "\x03", "\x04"):
            return "quit"
        word = KEYS.get(pressed)
        if word in ("why", "source"):
            getattr(screen, word)(seen)
        elif word is not None:
            click.echo(word)
            return word


@click.command()
@case_argument
@click.option(
    "--judgements", is_flag=True, help="List the judgements that can be reviewed instead, with their targets."
)
@click.option(
    "--suggestions",
    is_flag=True,
    help="List the proposals, answers to them, earlier deals and pointers that can be reviewed.",
)
@click.option("--statements", is_flag=True, help="List the statements that wait for review.")
@click.option(
    "--order",
    default="case",
    show_default=True,
    help="Of judgements, and of statements that wait: case, doubt (least sure first) or sure.",
)
@json_option
def reviews(case: Path, judgements: bool, suggestions: bool, statements: bool, order: str, as_json: bool) -> None:
    """List what was decided in CASE: the review that counts of each target; or what can be reviewed.

    With `--order` alone the statements that wait are listed in that order.
    """
    from winset.errors import UsageError
    from winset.services import reviews as service

    if judgements + suggestions + statements > 1:
        raise UsageError("--judgements, --suggestions and --statements are lists of their own; ask for one")
    if suggestions and order != "case":
        raise UsageError("--order goes with --judgements and --statements")
    if statements or (order != "case" and not judgements):
        found, rests = service.waiting(case, service.wanted(case, order=order))
        lines = [
            f"{one['target']}  {one['statement']['act']:<11}{_sure(one['statement'])}  {_voice(one['statement'])}"
            for one in found
        ]
        if rests is not None:
            remark(rests.told)
    elif judgements:
        from winset.evidence.ranking import LEAST  # loads NumPy, which a list of reviews need not wait for

        found = service.targets(case, order=order)
        lines = [
            f"{one['target']}  {one['review']['verdict'] if one['review'] else 'not reviewed'}{_sure(one['judgement'])}"
            for one in found
        ]
        done = sum(one["review"] is not None and one["review"]["verdict"] != "skip" for one in found)
        remark(
            f"Scores rest on {done} review{'' if done == 1 else 's'} of this case; they are learned from {LEAST} on."
        )
    elif suggestions:
        found = service.records(case)
        lines = [f"{one['target']}  {one['review']['verdict'] if one['review'] else 'not reviewed'}" for one in found]
    else:
        found = service.listed(case)
        lines = [f"{one['at'][:16]}  {one['verdict']:<8}{one['target']}  {one['by']}{_open(one)}" for one in found]
    if as_json:
        print_json(found)
    else:
        click.echo(_lines(lines) if found else "nothing yet")


def _voice(statement: dict[str, Any]) -> str:
    speaker = statement["speaker"]
    return str(speaker["name"] or speaker["description"] or speaker["kind"])


def _sure(judgement: dict[str, Any]) -> str:
    return f"  score {judgement['score']:.2f}" if "score" in judgement else ""


def _open(review: dict[str, Any]) -> str:
    return f"  not in force: {review['unsettled']}" if review.get("unsettled") else ""


def _lines(lines: list[str]) -> str:
    """Lines fit for a terminal, or that there are none."""
    return "\n".join(map(printable, lines)) or "Nothing has been reviewed yet."
