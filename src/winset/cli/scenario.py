"""`winset scenario add|list|compare|robust`: what if something in a case were otherwise."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from winset.cli.output import json_option, pairs, print_json, printable
from winset.cli.paths import PATH

_CASE = PATH


@click.group()
def scenario() -> None:
    """Keep what-ifs of a case under names, and set them beside each other."""


@scenario.command()
@click.argument("case", type=_CASE)
@click.argument("name")
@click.option("--set", "sets", multiple=True, metavar="QUANTITY:PARTY[:ISSUE]=VALUE",
              help="A judgement is another: a number, or LOW..HIGH.")  # fmt: skip
@click.option("--leaves", multiple=True, metavar="PARTY", help="A party is gone.")
@click.option("--must-sign", metavar="A,B", help="Who has to sign a deal.")
@click.option("--drops", multiple=True, metavar="ISSUE", help="An issue is off the table.")
@click.option(
    "--status-quo", "stands", multiple=True, metavar="ISSUE=VALUE", help="How an issue stands without a deal."
)
@click.option("--adds", type=PATH, metavar="FILE",
              help="Parties, issues and judgements that come to the table, as parts of a case in JSON.")  # fmt: skip
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The day it is about; the case's own by default.")
@json_option
def add(
    case: Path, name: str, sets: tuple[str, ...], leaves: tuple[str, ...], must_sign: str | None,
    drops: tuple[str, ...], stands: tuple[str, ...], adds: Path | None, as_of: datetime | None, as_json: bool,
) -> None:  # fmt: skip
    """Keep a scenario NAME in CASE; one of the same name is replaced."""
    from winset.services import whatif

    changes: list[dict[str, Any]] = [whatif.change_of(one) for one in sets]
    changes += [{"leaves": one} for one in leaves]
    if must_sign is not None:
        changes.append({"must_sign": [one.strip() for one in must_sign.split(",") if one.strip()]})
    changes += [{"drops": one} for one in drops]
    changes += [whatif.stands_of(one) for one in stands]
    if adds is not None:
        changes.append({"adds": whatif.parts_in(adds)})
    made = whatif.add(case, name, changes, at=as_of.date() if as_of else None)
    if as_json:
        print_json(made)
    else:
        click.echo(printable(f"Kept {made['name']!r} with {len(changes)} change{'' if len(changes) == 1 else 's'}; compare it: "
                             f"winset scenario compare {case} {case}@{made['name']}"))  # fmt: skip


@scenario.command("list")
@click.argument("case", type=_CASE)
@json_option
def list_(case: Path, as_json: bool) -> None:
    """List the scenarios of CASE."""
    from winset.services import whatif

    found = whatif.listed(case)
    if as_json:
        print_json(found)
        return
    for one in found:
        click.echo(printable(f"{one.get('name')} ({one.get('as_of') or 'no day'}): {_said(one.get('changes', []))}"))


@scenario.command()
@click.argument("sources", nargs=-1, required=True)
@click.option("--method", "methods", multiple=True, help="Only this method; may be given again.")
@click.option("--draws", type=int, default=2048, show_default=True)
@click.option("--seed", default=1, show_default=True, type=click.IntRange(0), help="Same seed, same numbers.")
@click.option("--workers", type=click.IntRange(1, 256), help="Threads or processes; all processors if not given.")
@click.option("--cluster", metavar="ADDRESS", help="Draw on a Dask cluster, such as tcp://10.0.0.5:8786.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Use judgements up to this day, in all of them.")
@json_option
def compare(
    sources: tuple[str, ...], methods: tuple[str, ...], draws: int, seed: int, workers: int | None, cluster: str | None,
    as_of: datetime | None, as_json: bool,
) -> None:  # fmt: skip
    """Set scenarios beside the first of SOURCES, each CASE or CASE@NAME, with paired draws."""
    from winset.services import whatif

    found = whatif.compare(
        sources, methods=methods, draws=draws, seed=seed, workers=workers, cluster=cluster,
        at=as_of.date() if as_of else None,
    )  # fmt: skip
    if as_json:
        print_json(found)
        return
    pair: list[str] = []
    for line in found:
        if line["of"] != pair:
            pair = line["of"]
            click.echo(printable(f"{pair[1]} beside {pair[0]}:"))
        click.echo(printable(f"  {line['what']:<44} {_number(line['a'])} {_number(line['b'])}  {_change(line)}"))


@scenario.command()
@click.argument("sources", nargs=-1, required=True)
@click.option("--measure", type=click.Choice(["nash", "egalitarian", "utilitarian"]), default="nash", show_default=True,
              help="What a deal is worth: geometric mean, smallest or mean of what the parties gain.")  # fmt: skip
@click.option("--chance", "chances", multiple=True, metavar="NAME=P",
              help="Of a scenario ('as it stands' is the first source); they sum to 1. All alike if not given.")  # fmt: skip
@click.option("--draws", type=int, default=1024, show_default=True)
@click.option("--seed", default=1, show_default=True, type=click.IntRange(0), help="Same seed, same numbers.")
@click.option("--top", type=click.IntRange(1, 100), default=5, show_default=True, help="How many deals to show.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Use judgements up to this day, in all of them.")
@json_option
def robust(
    sources: tuple[str, ...], measure: str, chances: tuple[str, ...], draws: int, seed: int, top: int,
    as_of: datetime | None, as_json: bool,
) -> None:  # fmt: skip
    """Find deals that are acceptable in most scenarios and regretted least: of one CASE and all its scenarios, or of SOURCES."""
    from winset.report.robust import as_text
    from winset.services import robust as service

    found = service.robust(
        sources, measure=measure, chances=pairs(chances, "--chance"), draws=draws, seed=seed, top=top,  # type: ignore[arg-type]  # click has checked the choice
        at=as_of.date() if as_of else None,
    )  # fmt: skip
    print_json(found) if as_json else click.echo("\n".join(map(printable, as_text(found).splitlines())))


def _said(changes: list[dict[str, Any]]) -> str:
    told = []
    for one in changes:
        if "leaves" in one:
            told.append(f"{one['leaves']} leaves")
        elif "must_sign" in one:
            told.append(f"{', '.join(one['must_sign'])} must sign")
        elif "drops" in one:
            told.append(f"{one['drops']} is off the table")
        elif "status_quo" in one:
            told.append(f"without a deal {one['issue']} stands at {one['status_quo']}")
        elif "adds" in one:
            told.append("adds " + ", ".join(f"{len(records)} {part}" for part, records in one["adds"].items()))
        else:
            about = f" on {one['issue']}" if one.get("issue") else ""
            told.append(f"{one.get('quantity')} of {one.get('party')}{about} is {one.get('value')}")
    return "; ".join(told)


def _number(value: float | None) -> str:
    return f"{'–' if value is None else format(value, '.4g'):>9}"


def _change(line: dict[str, Any]) -> str:
    if line["difference"] is None:
        return "only on one side"
    low, high = line["interval"]
    return f"{line['difference']:+.4g} (9 in 10 draws between {low:+.4g} and {high:+.4g})"
