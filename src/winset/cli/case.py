"""Commands on a case file: new, show, undo, mark, redo, history, export, import, restore, doctor."""

import sys
from pathlib import Path
from typing import Any

import click

from winset.cli.output import is_text, json_option, print_json, printable, remark
from winset.cli.paths import PATH, out_option
from winset.errors import UsageError

_CASE = PATH
_steps = click.option("--steps", default=1, show_default=True, type=click.IntRange(min=1), help="How many operations.")


@click.command()
@click.argument("case", type=_CASE)
@click.option("--title", help="Title of the case; the file's name where not given.")
@json_option
def new(case: Path, title: str | None, as_json: bool) -> None:
    """Make an empty CASE file."""
    from winset.services import cases

    made = cases.new(case, title)
    _remark(made)
    print_json(made) if as_json else click.echo(f"Made {made['case']}: {made['title']}")


@click.command()
@click.argument("case", type=_CASE)
@json_option
def show(case: Path, as_json: bool) -> None:
    """Show what a CASE holds."""
    from winset.services import cases

    found = cases.show(case)
    _remark(found)
    if as_json:
        print_json(found)
        return
    click.echo(found["title"] + (f", as of {found['as_of']}" if found["as_of"] else ""))
    for kind, count in found["counts"].items():
        if count:
            click.echo(f"  {count:>8,} {kind if count != 1 else _one(kind)}")
    if book := found["codebook"]:
        click.echo(printable(f"Read by its own codebook {book['id']}, {_count(book['issues'])}"))
    if last := found["last_operation"]:
        click.echo(f"Last: {last['label']} ({last['author']}, {last['at'][:19]})")


def _count(issues: int) -> str:
    return f"{issues:,} issue{'' if issues == 1 else 's'}"


@click.command()
@click.argument("case", type=_CASE)
@_steps
@click.option("--to", "point", metavar="NAME", help="Go to the undo point NAME (see `winset mark`) instead.")
@json_option
def undo(case: Path, steps: int, point: str | None, as_json: bool) -> None:
    """Take back the last operations on a CASE, however long ago."""
    from winset.services import cases

    done = cases.undo(case, steps) if point is None else cases.back_to(case, point)
    verb = "Repeated" if done and done[0].state == 0 else "Took back"
    nothing = "Nothing to undo." if point is None else f"{case} stands at {point!r} already."
    _print_done([cases.as_json(one) for one in done], verb, nothing, as_json)


@click.command()
@click.argument("case", type=_CASE)
@click.argument("name")
@json_option
def mark(case: Path, name: str, as_json: bool) -> None:
    """Name the present state of CASE as an undo point; `winset undo CASE --to NAME` goes back to it."""
    from winset.services import cases

    made = cases.mark(case, name)
    print_json(made) if as_json else click.echo(f"Marked as {made['mark']!r}; winset undo {case} --to leads back here")


@click.command()
@click.argument("case", type=_CASE)
@_steps
@json_option
def redo(case: Path, steps: int, as_json: bool) -> None:
    """Repeat the operations on a CASE that were undone last."""
    from winset.services import cases

    _print_done([cases.as_json(one) for one in cases.redo(case, steps)], "Repeated", "Nothing to redo.", as_json)


@click.command()
@click.argument("case", type=_CASE)
@click.option("--limit", type=click.IntRange(min=1), help="Only the newest so many.")
@json_option
def history(case: Path, limit: int | None, as_json: bool) -> None:
    """List every operation on a CASE, newest first."""
    from winset.services import cases

    lines = cases.history(case, limit)
    if as_json:
        print_json(lines)
        return
    for line in lines:
        state = f"  [{line['state']}]" if line["state"] not in (None, "in force") else ""
        about = f" of {line['about']}" if line["about"] else ""
        what = line["words"] if line["kind"] == "seal" else line["label"]
        click.echo(f"{line['id']:>6} {line['at'][:19]} {line['author']}: {line['kind']}{about}: {what}{state}")


@click.command()
@click.argument("case", type=_CASE)
@click.option(
    "--format",
    "form",
    default="json",
    show_default=True,
    help="See above.",
)
@out_option("File or folder to write; standard output where not given.", "output", folder=True)
@click.option("--force", is_flag=True, help="Write through a link.")
@click.option("--raw", is_flag=True, help="CSV without the apostrophe that keeps a spreadsheet from running a text.")
@json_option
def export(case: Path, form: str, output: Path | None, force: bool, raw: bool, as_json: bool) -> None:
    """Write a CASE in another form.

    \b
    json                 the whole case as text; comes back with `winset import`
    folder               the same with the sources as they came
    csv, xlsx            the positions table, for a spreadsheet; comes back
    quotations.csv, quotations.xlsx, quotations.json, quotations.parquet
                         one row a statement with its words
    qdpx                 a REFI-QDA project, for NVivo, MAXQDA, ATLAS.ti,
                         QualCoder; comes back
    jsonld               W3C Web Annotations; come back
    ris, bibtex, csl     the documents, for a reference manager
    notes                a folder of Markdown notes with an anchor a statement
    """
    from winset.services import cases

    if form in ("folder", "notes"):
        if output is None:
            raise UsageError(f"{form} needs a name; give it with --out")
        made = cases.export_folder(case, output) if form == "folder" else cases.export_notes(case, output)
        told = f"{made['originals']} sources" if form == "folder" else f"{made['notes']} notes"
        print_json(made) if as_json else remark(f"Wrote {output} with {told}")
        return
    if as_json and output is None and not cases.is_json(form):
        raise UsageError(f"{form} is no JSON; name the file it goes to with --output")
    data = cases.export(case, form, raw=raw)
    if output is None:
        if sys.stdout.isatty() and not is_text(data):
            raise UsageError(f"{form} is no text for a terminal; name a file with --out, or pipe it")
        click.echo(data, nl=False)
        return
    cases.write_whole(output, data, force=force)
    print_json({"case": str(case), "format": form, "file": str(output)}) if as_json else remark(f"Wrote {output}")


def _one(kinds: str) -> str:
    """One of several: parties, a party."""
    return kinds[:-3] + "y" if kinds.endswith("ies") else kinds.removesuffix("s")


@click.command("import")
@click.argument("case", type=_CASE)
@click.argument("source", type=_CASE, required=False)
@json_option
def import_(case: Path, source: Path | None, as_json: bool) -> None:
    """Bring SOURCE into CASE, as one operation that can be undone.

    A text form, a folder that `winset export` wrote, or another case replaces what CASE holds; a positions table (.csv, .xlsx), a REFI-QDA
    project (.qdpx) or a page of annotations (.jsonld) is added to it. With SOURCE
    alone the case goes by its name: `winset import positions.csv` makes or extends positions.winset.
    """
    from winset.services import cases

    if source is None:
        case, source = case.with_suffix(".winset"), case
    elif source.suffix == ".winset" and case.suffix in (".csv", ".xlsx", ".json", ".qdpx", ".jsonld"):
        case, source = source, case

    done = cases.import_case(case, source)
    for line in done["remarks"]:
        remark(f"{source}: {line}")
    if as_json:
        print_json(done)
    else:
        parts = ", ".join(
            f"{count} {kind if count != 1 else _one(kind)}" for kind, count in done["counts"].items() if count
        )
        click.echo(f"{case} now holds {parts or 'nothing yet'}")


@click.command()
@click.argument("case", type=_CASE)
@click.option("--backup", type=_CASE, help="Which backup; the newest sound one where not given.")
@json_option
def restore(case: Path, backup: Path | None, as_json: bool) -> None:
    """Get a backup of CASE back; the file that was there is kept beside it."""
    from winset.services import cases

    done = cases.restore(case, backup)
    if as_json:
        print_json(done)
    else:
        click.echo(f"{case} is now {done['backup']}")
        if done["kept_as"]:
            click.echo(f"The file that was there is kept as {done['kept_as']}")


@click.command()
@click.argument("case", type=_CASE, required=False)
@click.option("--recover", type=_CASE, help="Bring what can be read of a damaged CASE into this new case.")
@json_option
def doctor(case: Path | None, recover: Path | None, as_json: bool) -> None:
    """Check this installation and, with CASE, one case: integrity, originals, backups."""
    from winset.services import cases

    if recover is not None:
        if case is None:
            raise UsageError("--recover needs the damaged case: winset doctor CASE --recover NEW")
        _recovered(cases.recover(case, recover), as_json)
        return
    report = cases.doctor(case)
    if as_json:
        print_json(report)
    else:
        for name, value in report["environment"].items():
            click.echo(f"{name}: {value}")
        if report["case"]:
            _remark(report["case"])
            sound = len(report["case"]["backups"])
            click.echo(f"{case}: {sound} sound {'backup' if sound == 1 else 'backups'}")
            for problem in report["case"]["problems"]:
                click.echo(f"  problem: {problem}")
        click.echo("All well." if report["ok"] else "Not well; see above.")
    if not report["ok"]:
        raise click.exceptions.Exit(4 if report["case"] and report["case"]["problems"] else 1)


def _recovered(done: dict[str, Any], as_json: bool) -> None:
    if as_json:
        print_json(done)
        return
    parts = ", ".join(
        f"{count:,} {kind if count != 1 else _one(kind)}" for kind, count in done["counts"].items() if count
    )
    click.echo(f"{done['recovered']} holds {parts or 'nothing'}, {done['originals']:,} sources as they came")
    for lost in done["lost"]:
        click.echo(f"  lost: {lost}")
    if not done["whole_log"]:
        click.echo("  the log of changes is damaged too: what was changed last may stand as it was before")


def _remark(found: dict[str, Any]) -> None:
    if found["remark"]:
        remark(found["remark"])


def _print_done(done: list[dict[str, Any]], verb: str, nothing: str, as_json: bool) -> None:
    if as_json:
        print_json(done)
    elif not done:
        click.echo(nothing)
    for line in () if as_json else done:
        click.echo(f"{verb}: {line['label']} ({line['author']})")
