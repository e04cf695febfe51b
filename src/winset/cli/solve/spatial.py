"""`winset solve spatial`."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from winset.cli.output import json_option, print_json, remark
from winset.cli.paths import PATH

if TYPE_CHECKING:
    from winset.models.spatial.election import Victory


@click.command()
@click.argument("source", type=PATH)
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Use judgements up to this day.")
@click.option("--rounds", default=10, show_default=True, type=click.IntRange(0, 1000), help="Of the challenge model.")
@click.option(
    "--distribution",
    "shape",
    default="normal",
    show_default=True,
    type=click.Choice(["normal", "markov-uniform", "markov-incentive", "conditional"]),
    help="The normal around the compromise, or a probabilistic Condorcet election.",
)
@click.option(
    "--victory",
    default="square",
    show_default=True,
    type=click.Choice(["linear", "square", "quartic", "octic", "binary"]),
    help="How surely the stronger coalition wins an election's contests.",
)
@click.option("--status-quo", type=float, help="What holds without a decision; else as the case says.")
@click.option("--quota", type=float, help="Share of votes (capability) that a change needs, as in 0.667.")
@click.option("--setter", help="The party that proposes; else the median voter does.")
@click.option("--veto", "vetoes", multiple=True, help="A party that must consent; may be given again.")
@click.option(
    "--bias",
    default=0.0,
    show_default=True,
    type=click.FloatRange(min=0),
    help="What a change must be worth to each, on the scale of the issue.",
)
@click.option(
    "--ktab",
    "choices",
    multiple=True,
    metavar="NAME=VALUE",
    help="A parameter of the model over all issues at once, as in ThirdPartyCommit=FullCommit.",
)
@click.option("--seed", default=0, show_default=True, help="For transitions that are drawn at random.")
@click.option(
    "--charts",
    "into",
    type=PATH,
    help="Also draw positions, movement by round and who pressed whom into this folder, as SVG, PNG, PDF and CSV.",
)
@json_option
def spatial(
    source: Path, as_of: datetime | None, rounds: int, shape: str, victory: "Victory", status_quo: float | None,
    quota: float | None, setter: str | None, vetoes: tuple[str, ...], bias: float, choices: tuple[str, ...],
    seed: int, into: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """What the group would settle on, issue by issue: a case, a KTAB CSV or a table of actors."""
    from winset.models.spatial.forecasts import Rules
    from winset.report import spatial as report
    from winset.report import spatial_joint as ktab
    from winset.services.spatial import save_charts
    from winset.services.spatial import spatial as solve

    rules = Rules(quota=quota, setter=setter, vetoes=vetoes, bias=bias, status_quo=status_quo, victory=victory)
    found = solve(source, as_of=as_of.date() if as_of else None, rounds=rounds, rules=rules,
                  choices=choices, seed=seed)  # fmt: skip
    if into is not None:
        for path in save_charts(found, into):
            remark(f"Wrote {path}")
    if as_json:
        j = found.joint
        joint = None if j is None else ktab.as_json(j.space, j.path, j.seed)
        print_json(report.as_json(found.issues, found.assumptions, found.gaps, exchange=found.exchange,
                                  distribution=shape, joint=joint))  # fmt: skip
    else:
        click.echo(report.as_text(found.issues, found.assumptions, found.gaps, exchange=found.exchange))
        if found.joint is not None:
            click.echo(ktab.as_text(found.joint.space, found.joint.path))
