"""`winset codebook`: the issues that coders look for, with the words that show them."""

import json
from pathlib import Path
from typing import Any

import click

from winset.cli.output import json_option, print_json, printable
from winset.cli.paths import PATH, Place

FILE = Place(path_type=Path, dir_okay=False)
_PAIR = "VALUE=TEXT"


@click.group()
def codebook() -> None:
    """List, show, change and convert codebooks.

    A codebook is a packaged one by its id, or a file: TOML, JSON, a REFI-QDA codebook (.qdc), or a case file, which keeps one
    of its own.
    """


@codebook.command()
@click.argument("case", type=PATH)
@click.argument("source", required=False)
@click.option("--packaged", is_flag=True, help="Go back to the packaged codebooks that fit what is said.")
@json_option
def use(case: Path, source: str | None, packaged: bool, as_json: bool) -> None:
    """Read the record of CASE by codebook SOURCE from now on; `winset undo` takes it back.

    Reviews follow the issues they were made on; the rest of the case stays as it is.
    """
    from winset.errors import UsageError
    from winset.services import codebooks

    if (source is None) != packaged:
        raise UsageError("give a codebook to use, or --packaged")
    _told(codebooks.use(case, source), as_json)


@codebook.command("list")
@json_option
def list_(as_json: bool) -> None:
    """List the packaged codebooks with their issues."""
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
@click.argument("source")
@click.argument("issue", required=False)
@json_option
def show(source: str, issue: str | None, as_json: bool) -> None:
    """Show codebook SOURCE, or one ISSUE of it: its question, its labelled points, what counts."""
    from winset.services import codebooks

    found = codebooks.shown(source, issue)
    if as_json:
        print_json(found)
        return
    for one in [found] if issue else found["issues"]:
        click.secho(printable(f"{one['id']}: {one['question']}"), bold=True)
        now = one.get("status_quo")
        for point in one.get("points", []):
            here = "  (as things are)" if point["value"] == now else ""
            click.echo(printable(f"  {point['value']:>5g}  {point['label']}{here}"))
            if issue:
                for example in point.get("examples", []):
                    click.echo(printable(f"         “{example}”"))
                for phrase in point.get("phrases", []):
                    click.echo(printable(f"         {phrase}"))
        if one.get("range"):
            units = f", in {', '.join(one['units'])}" if one.get("units") else ""
            click.echo(printable(f"  From {one['range'][0]:g} to {one['range'][1]:g}{units}"))
        if now is not None and all(point["value"] != now for point in one.get("points", [])):
            click.echo(f"  As things are: {now:g}")
        for key, title in (("counts", "Counts"), ("counts_not", "Does not count")):
            if one.get(key):
                click.echo(printable(f"  {title}: {one[key]}"))
        for key, title in (("topics", "Spoken of"), ("excludes", "Something else is meant")):
            if issue and one.get(key):
                click.echo(printable(f"  {title}: {'; '.join(one[key])}"))
        click.echo()


@codebook.command()
@click.argument("file", type=FILE)
@click.argument("issue", type=click.File("rb"))
@click.option("--replace", is_flag=True, help="Put it in the place of the issue with its id.")
@json_option
def add(file: Path, issue: Any, replace: bool, as_json: bool) -> None:
    """Add an ISSUE (a JSON file as `winset codebook show SOURCE ISSUE --json` prints one, - for standard input) to FILE."""
    from winset.errors import CaseError
    from winset.services import codebooks

    try:
        value = json.loads(issue.read().decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise CaseError(f"{getattr(issue, 'name', 'standard input')}: not readable as JSON: {error}") from None
    _told(codebooks.put(file, value, new=not replace), as_json)


@codebook.command()
@click.argument("file", type=FILE)
@click.argument("issue")
@click.option("--question", help="What is asked.")
@click.option("--status-quo", type=float, help="Where things stand now.")
@click.option(
    "--point", "points", multiple=True, metavar=_PAIR, help="The label of a point; a new value makes a new point."
)
@click.option("--phrase", "phrases", multiple=True, metavar=_PAIR, help="A phrase that shows a point.")
@click.option("--topic", "topics", multiple=True, help="A phrase that shows that the issue is spoken of.")
@click.option("--exclude", "excludes", multiple=True, help="A phrase that shows that something else is meant.")
@click.option("--example", "examples", multiple=True, metavar=_PAIR, help="A sentence that shows a point.")
@click.option("--counts", help="What is evidence.")
@click.option("--counts-not", help="What is none.")
@click.option("--without", multiple=True, help="A phrase, topic, exclusion or example to take out.")
@click.option("--without-point", "gone", type=float, multiple=True, help="A point to take out, by its value.")
@json_option
def edit(
    file: Path, issue: str, question: str | None, status_quo: float | None, points: tuple[str, ...], phrases: tuple[str, ...],
    topics: tuple[str, ...], excludes: tuple[str, ...], examples: tuple[str, ...], counts: str | None, counts_not: str | None,
    without: tuple[str, ...], gone: tuple[float, ...], as_json: bool,
) -> None:  # fmt: skip
    """Change one ISSUE of FILE."""
    from winset.services import codebooks

    done = codebooks.edit(
        file, issue, question=question, status_quo=status_quo, topics=topics, excludes=excludes, without=without, gone=gone,
        labels=[_pair(one, "--point") for one in points], phrases=[_pair(one, "--phrase") for one in phrases],
        examples=[_pair(one, "--example") for one in examples], counts=counts, counts_not=counts_not,
    )  # fmt: skip
    _told(done, as_json)


@codebook.command()
@click.argument("file", type=FILE)
@click.argument("issue")
@json_option
def remove(file: Path, issue: str, as_json: bool) -> None:
    """Take ISSUE out of FILE; reviews of positions on it stay in the case and count again once it is back."""
    from winset.services import codebooks

    _told(codebooks.remove(file, issue), as_json)


@codebook.command()
@click.argument("file", type=FILE)
@click.argument("keep")
@click.argument("drop")
@json_option
def merge(file: Path, keep: str, drop: str, as_json: bool) -> None:
    """Fold issue DROP into issue KEEP of the same scale."""
    from winset.services import codebooks

    _told(codebooks.merge(file, keep, drop), as_json)


@codebook.command()
@click.argument("file", type=FILE)
@click.argument("issue")
@click.argument("new")
@click.option("--question", required=True, help="What the new issue asks.")
@click.option("--phrase", "phrases", multiple=True, required=True, help="A phrase or topic that goes to the new issue.")
@json_option
def split(file: Path, issue: str, new: str, question: str, phrases: tuple[str, ...], as_json: bool) -> None:
    """Move phrases of ISSUE to an issue NEW with the same scale."""
    from winset.services import codebooks

    _told(codebooks.split(file, issue, new, question, phrases), as_json)


@codebook.command()
@click.argument("source")
@click.argument("target", type=FILE)
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@json_option
def export(source: str, target: Path, force: bool, as_json: bool) -> None:
    """Write codebook SOURCE to TARGET; its ending says the form: .toml, .json or .qdc."""
    from winset.services import codebooks

    done = codebooks.convert(source, target, force=force)
    if as_json:
        print_json(done)
    else:
        click.echo(f"Wrote {done['file']}: {len(done['issues'])} issues.")


@codebook.command("import")
@click.argument("source", type=FILE)
@click.argument("target", type=FILE)
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@json_option
def import_(source: Path, target: Path, force: bool, as_json: bool) -> None:
    """Read SOURCE (.qdc of another program, too) and write it as TARGET, to be edited and used here."""
    from winset.services import codebooks

    done = codebooks.convert(str(source), target, force=force)
    if as_json:
        print_json(done)
        return
    click.echo(f"Wrote {done['file']}: {len(done['issues'])} issues.")
    for one in done["left_out"]:
        click.echo(printable(f"Left out: {one}"), err=True)


@codebook.command("diff")
@click.argument("a")
@click.argument("b")
@json_option
def diff(a: str, b: str, as_json: bool) -> None:
    """Name the issues that differ between two codebooks: only these are suggested anew."""
    from winset.services import codebooks

    found = codebooks.difference(a, b)
    if as_json:
        print_json(found)
        return
    for issue in found["touched"]:
        click.echo(issue)


def _pair(text: str, option: str) -> tuple[float, str]:
    from winset.errors import UsageError

    value, found, words = text.partition("=")
    try:
        number = float(value)
    except ValueError:
        number = float("nan")
    if not found or not words.strip() or number != number or abs(number) == float("inf"):
        raise UsageError(f"{option} takes {_PAIR}, such as 50='in part'; got {text!r}")
    return number, words.strip()


def _told(done: dict[str, Any], as_json: bool) -> None:
    if as_json:
        print_json(done)
        return
    click.echo(
        f"{done.get('file') or done['case']}: touched {', '.join(done['touched']) or 'nothing'}; all other issues are read as before."
    )
    if done.get("not_read"):
        click.echo(
            f"Issues of the case that it does not have and that are judged by hand only: {', '.join(done['not_read'])}"
        )
    reviews = done.get("reviews", {})
    for one in reviews.get("moved", []):
        click.echo(printable(f"Review moved: {one['from']} is {one['to']} now"))
    for one in reviews.get("unsettled", []):
        click.echo(printable(f"Review kept but not in force: {one['target']}: {one['why']}"))
    if waiting := reviews.get("waiting", []):
        click.echo(
            f"{len(waiting)} review{'' if len(waiting) == 1 else 's'} of positions on issues that are gone stay in the case and count "
            "again once the issue is back (`winset undo`, or `winset codebook add`)."
        )
