"""`winset solve stability`."""

from pathlib import Path

import click

from winset.cli.output import json_option, print_json


@click.command()
@click.argument("source", type=click.Path(path_type=Path))
@click.option("--variant", default="legal_sequences", show_default=True, help="Or single_step_sanctions.")
@click.option(
    "--concept", "concepts", multiple=True, metavar="NAME",
    help="Also this: symmetric_seq, policy, maximin:4, limited_move:3 (with a horizon); may be repeated.",
)  # fmt: skip
@click.option("--explain", metavar="STATE", help="Say in words why each party stays at this state or leaves it.")
@json_option
def stability(source: Path, variant: str, concepts: tuple[str, ...], explain: str | None, as_json: bool) -> None:
    """Which states nobody would leave: SOURCE is a .gmcr file, a graph or a case."""
    from winset.report import stability as report
    from winset.services.stability import stability as solve
    from winset.services.stability import state_named

    result = solve(source, variant=variant, concepts=concepts)
    state = None if explain is None else state_named(result.conflict, explain)
    if as_json:
        found = report.as_json(result)
        if state is not None:
            found["explanation"] = report.explain(result, state)
        print_json(found)
        return
    click.echo(report.as_text(result))
    if state is not None:
        click.echo(report.explain(result, state))
