"""`winset compare CASE`: every method that can run, side by side."""

from datetime import datetime
from typing import Any

import click

from winset.cli.output import json_option, print_json, printable

SHOWN = 24


@click.command()
@click.argument("source")
@click.option("--draws", type=int, default=1024, show_default=True)
@click.option("--seed", default=1, show_default=True, type=click.IntRange(0), help="Same seed, same numbers.")
@click.option("--workers", type=click.IntRange(1, 256), help="Threads or processes; all processors if not given.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Use judgements up to this day.")
@json_option
def compare(
    source: str, draws: int, seed: int, workers: int | None, as_of: datetime | None, as_json: bool
) -> None:  # fmt: skip
    """Set all methods that can run on SOURCE (a case, or CASE@SCENARIO) beside each other: what each says, was told and
    ignores, its record, and where and why they disagree. Nothing is averaged."""
    from winset.services import side_by_side

    found = side_by_side.compare(source, at=as_of.date() if as_of else None, draws=draws, seed=seed, workers=workers)
    if as_json:
        print_json(found)
        return
    click.echo(
        f"As of {found['as_of'] or 'no day'}; {found['draws']:,} draws of what is uncertain, seed {found['seed']}."
    )
    for one in found["methods"]:
        click.echo()
        click.secho(printable(f"{one['method']}: {one['question']}"), bold=True)
        click.echo("\n".join(printable(f"  {line}") for line in _lines(one)))
    click.echo()
    click.secho("Issue by issue", bold=True)
    for issue, answers in found["issues"].items():
        click.echo(printable(f"  {found['questions'].get(issue) or issue}: " + "; ".join(map(_answer, answers))))
    click.echo()
    click.secho("Where and why they disagree", bold=True)
    for line in found["disagreement"]:
        click.echo(printable(f"  {line}"))
    able = [one["command"] for one in found["others"] if one["can_run"]]
    if able:
        click.echo(f"Other questions this case can answer: {', '.join(able)}")


def _lines(one: dict[str, Any]) -> list[str]:
    if one["why_not"]:
        return [f"cannot run: {one['why_not']}"]
    from winset.report.uncertainty import is_chance

    lines = []
    for output, said in [pair for pair in one["answers"].items() if not pair[0].startswith("spread:")][:SHOWN]:
        if is_chance(output):
            lines.append(f"{output:28} in {100 * said['mean']:.0f} % of draws")
            continue
        low, high = said["interval"]
        wide = said["with_method_error"]
        more = f"; with the method's own error {wide[0]:.4g} to {wide[1]:.4g}" if wide else ""
        lines.append(f"{output:28} {said['middle']:.4g} (8 in 10 draws {low:.4g} to {high:.4g}{more})")
    lines.append(
        f"told: {len(one['told'])} judgements; ignores: {', '.join(one['ignores']) or 'nothing that is judged'}"
    )
    record = one["record"]
    lines.append(
        f"record: mean error {record['mae']:.1f} {record['unit']} on {record['issues']} decisions ({record['data']})"
        if record else "record: none here, so its error is unknown"
    )  # fmt: skip
    return lines + [f"assumed: {text}" for text in one["assumed"]]


def _answer(said: dict[str, Any]) -> str:
    if isinstance(said["value"], str):
        return f"{said['method']} {said['value']} (in {100 * said['share']:.0f} % of draws)"
    return f"{said['method']} {said['middle']:.4g} ({said['interval'][0]:.4g} to {said['interval'][1]:.4g})"
