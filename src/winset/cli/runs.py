"""`winset runs` and `winset rerun`: the answers kept in a case, and whether they still hold."""

import sys
from pathlib import Path
from typing import Any

import click

from winset.cli.output import json_option, print_json, printable
from winset.cli.paths import PATH

_CASE = click.argument("case", type=PATH)


@click.command()
@_CASE
@click.argument("run", required=False)
@json_option
def runs(case: Path, run: str | None, as_json: bool) -> None:
    """List the answers kept in CASE, with what has changed since; or show one RUN (its id, name, or `last`) whole."""
    from winset.services import runs as service

    if run is not None:
        found = service.one(case, run)
        if as_json:
            print_json(found)
        else:
            _show(found)
        return
    every = service.listed(case)
    if as_json:
        print_json(every)
        return
    for one in every:
        click.echo(printable(f"{one['id']}  {str(one['at'] or '')[:16]}  {_asked(one)}{_standing(one)}"))
    if not every:
        click.echo("No answer is kept yet; `winset run METHOD CASE` keeps one.", err=True)


@click.command()
@_CASE
@click.argument("run")
@click.option("--workers", type=click.IntRange(1, 256), help="Threads or processes; all processors if not given.")
@click.option("--no-keep", is_flag=True, help="Do not keep a new answer beside the old one.")
@json_option
def rerun(case: Path, run: str, workers: int | None, no_keep: bool, as_json: bool) -> None:
    """Ask the question of a kept RUN again, of CASE as it is now.

    Exit code 1 where the inputs are the same and the numbers are not.
    """
    from winset.services import runs as service

    found = service.rerun(case, run, workers=workers, keep_it=not no_keep)
    if as_json:
        print_json(found)
    else:
        click.echo(printable(_told(found)))
        for one in found["differences"][:40]:
            click.echo(printable(f"  {one['what']}: {_number(one['before'])} then, {_number(one['after'])} now"))
        if len(found["differences"]) > 40:
            click.echo(f"  and {len(found['differences']) - 40} more; --json has all")
    if found["reproduced"] is False:
        sys.exit(1)


def _told(found: dict[str, Any]) -> str:
    if found["reproduced"]:
        return f"{found['id']} is reproduced: same inputs, same version, same numbers."
    if found["reproduced"] is False:
        return f"{found['id']} is NOT reproduced: same inputs and version, other numbers."
    since = [*found["changed_inputs"], *([] if found["same_version"] else ["the method's version"])]
    numbers = "the numbers are the same" if found["same_result"] else "other numbers"
    kept = f", kept as {found['kept']}" if found["kept"] else ""
    return f"Changed since {found['id']}: {', '.join(since)}; {numbers}{kept}."


def _show(found: dict[str, Any]) -> None:
    from winset.report import sensitivity, uncertainty

    click.echo(printable(f"{found['id']}  {found['at']}  {found['by']}  {_asked(found)}{_standing(found)}"))
    click.echo(f"Method version {found['version']}, inputs {found['inputs_digest'][:12]}")
    lines = (sensitivity if found["method"].startswith("sensitivity") else uncertainty).as_text(found["result"])
    click.echo("\n".join(map(printable, lines.splitlines())))


def _asked(one: dict[str, Any]) -> str:
    asked = one["parameters"]
    about = [f"as of {one['as_of']}"] if one["as_of"] else []
    about += [f"scenario {asked['scenario']}"] if asked.get("scenario") else []
    about += [f"seed {one['seed']}", f"{asked['draws']:,} draws" if "draws" in asked else f"of {asked.get('output')}"]
    name = f"  {one['name']!r}" if one["name"] else ""
    return f"{one['method']} ({', '.join(about)}){name}"


def _standing(one: dict[str, Any]) -> str:
    return f"  [out of date: {'; '.join(one['out_of_date'])}]" if one["out_of_date"] else ""


def _number(value: float | None) -> str:
    return "nothing" if value is None else f"{value:.6g}"
