"""`winset diff CASE`: what changed since a day, since an undo point, or against another case."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from winset.cli.output import json_option, print_json, printable
from winset.cli.paths import PATH
from winset.errors import UsageError

DAY = click.DateTime(formats=["%Y-%m-%d"])
MOST = 20  # statements whose words are printed; --json names all


@click.command("diff")
@click.argument("case", type=PATH)
@click.option("--since", type=DAY, help="The day to compare with.")
@click.option("--mark", help="The undo point to compare with instead (see `winset mark`).")
@click.option("--against", type=PATH, help="The case to compare with instead, such as an earlier copy.")
@click.option("--as-of", type=DAY, help="The day the case is read at; its own by default.")
@json_option
def diff(
    case: Path, since: datetime | None, mark: str | None, against: Path | None, as_of: datetime | None, as_json: bool
) -> None:
    """Show what CASE holds that it did not hold on a day, at an undo point or in another case: statements, positions, sources,
    numbers."""
    from winset.services import difference as service

    asked: dict[str, Any] = {
        "since": since.date() if since else None, "mark": mark, "against": against, "at": as_of.date() if as_of else None,
    }  # fmt: skip
    if sum(asked[name] is not None for name in ("since", "mark", "against")) != 1:
        raise UsageError("give --since DAY, --mark NAME or --against CASE, one of them")
    if as_json:
        print_json(service.difference(case, **asked))
        return
    shown = service.shown(case, **asked)
    assert shown.found is not None, "something to compare with was given"
    for line in _told(shown.found, shown.statement):
        click.echo(printable(line))


def _told(found: dict[str, Any], words: dict[str, dict[str, Any]]) -> Iterator[str]:
    from winset.report.words import count

    said, gone = found["statements"], found["gone"]
    begin = (
        f"Since {found['mark']!r}, set {found['since']}" if found["mark"]
        else f"Against {found['against']}" if found["against"] else f"Since {found['since']}"
    )  # fmt: skip
    yield f"{begin}, as of {found['as_of'] or 'the last on record'}:"
    if not any((said["new"], said["repeated"], gone, found["sources"], found["positions"], found["numbers"])):
        yield "  Nothing changed."
        return
    lost = f", {len(gone)} gone" if gone else ""
    yield (
        f"  {count(len(found['sources']), 'source')} added; {count(len(said['new']), 'statement')} first made, "
        f"{len(said['repeated'])} repeated{lost}"
    )
    for one in found["sources"]:
        yield f"  source {one['doc']}: {one['title'] or 'no title'} ({one['date'] or 'no date'})"
    for one in found["positions"]:
        before, after = (_value(one[end]) for end in ("before", "after"))
        yield f"  {one['party']} on {one['issue']}: {before} -> {after}"
    why = None
    for one in found["numbers"]:
        if one["why"] != why:
            why = one["why"]
            yield f"Because {why}:"
        yield f"  {one['what']}: {_number(one['before'])} -> {_number(one['after'])}"
    if said["new"]:
        yield "First said:"
        yield from (f"  {id}  {_words(words, id)}" for id in said["new"][:MOST])
        yield from [f"  and {len(said['new']) - MOST} more (--json names all)"] if len(said["new"]) > MOST else []
    if said["repeated"]:
        yield "Said again:"
        yield from (
            f"  {id}  {_words(words, id)} (first in {found['first_said'][id]})" for id in said["repeated"][:MOST]
        )
        yield from [f"  and {len(said['repeated']) - MOST} more"] if len(said["repeated"]) > MOST else []


def _words(words: dict[str, dict[str, Any]], id: str) -> str:
    one = words.get(id)
    return f"{one['speaker']}: {one['words']}" if one else ""


def _value(row: dict[str, Any] | None) -> str:
    from winset.report.words import condition

    if row is None:
        return "not known"
    value = f"{row['value']:g}" if "value" in row else f"{row['range'][0]:g} to {row['range'][1]:g}"
    return f"{value} ({condition(row['condition'])})" if row["condition"] else value


def _number(value: float | None) -> str:
    return "not known" if value is None else f"{value:.4g}"
