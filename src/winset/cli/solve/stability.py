"""`winset solve stability`."""

from pathlib import Path

import click

from winset.cli.output import json_option, print_json


@click.command()
@click.argument("source", type=click.Path(path_type=Path))
@click.option("--variant", default="legal_sequences", show_default=True, help="Or single_step_sanctions.")
@click.option("--explain", metavar="STATE", help="Say in words why each party stays at this state or leaves it.")
@json_option
def stability(source: Path, variant: str, explain: str | None, as_json: bool) -> None:
    """Which states nobody would leave: SOURCE is a .gmcr file, a graph or a case."""
    from winset.errors import UsageError
    from winset.report import stability as report
    from winset.services.stability import stability as solve

    result = solve(source, variant=variant)
    if as_json:
        print_json(report.as_json(result))
        return
    click.echo(report.as_text(result))
    if explain is not None:
        labels = [str(label) for label in result.conflict.labels]
        if explain not in labels:
            raise UsageError(f"no state {explain!r}; there are {', '.join(labels[:20])}")
        click.echo(report.explain(result, labels.index(explain)))
