"""`winset solve stability`."""

from datetime import datetime
from pathlib import Path

import click

from winset.cli.output import json_option, print_json, remark
from winset.cli.paths import PATH


@click.command()
@click.argument("source", type=PATH)
@click.option("--variant", default="legal_sequences", show_default=True, help="Or single_step_sanctions.")
@click.option(
    "--concept", "concepts", multiple=True, metavar="NAME",
    help="Also this: symmetric_seq, policy, maximin:4, limited_move:3 (with a horizon); may be repeated.",
)  # fmt: skip
@click.option("--explain", metavar="STATE", help="Say in words why each party stays at this state or leaves it.")
@click.option("--from", "start", metavar="STATE", help="What can be reached from this state, and by which moves.")
@click.option("--make-stable", "wanted", metavar="STATE", help="What would have to change for this state to last.")
@click.option("--coalitions", "joined", is_flag=True, help="Also what is stable when parties may act together.")
@click.option("--suggest", is_flag=True, help="Read options and preferences off the record of a case.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Of a case: use its record up to this day.")
@click.option(
    "--charts",
    "into",
    type=PATH,
    help="Draw the option table and the graph of moves into this folder, as SVG, PNG, PDF and CSV.",
)
@click.option("--save", "kept", type=PATH, help="Write the conflict to a new .gmcr, .json, .csv or .xlsx.")
@json_option
def stability(
    source: Path, variant: str, concepts: tuple[str, ...], explain: str | None, start: str | None, wanted: str | None,
    joined: bool, suggest: bool, as_of: datetime | None, into: Path | None, kept: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Which states nobody would leave: SOURCE is a .gmcr file, a graph, an option table or a case."""
    from winset.report import conflict_analysis as more
    from winset.report import stability as report
    from winset.report.conflict_inputs import inputs_json, suggested_text
    from winset.services.stability import analyse, charts, pose, save, save_posed, stable, state_named

    posed = pose(source, suggest=suggest, at=as_of.date() if as_of else None)
    result = stable(posed, variant=variant, concepts=concepts)
    c = result.conflict
    inputs = inputs_json(posed.data, suggested=posed.suggested, assumptions=posed.assumptions, gaps=posed.gaps)
    explained, begun, chosen = (None if one is None else state_named(c, one) for one in (explain, start, wanted))
    further = analyse(c, variant=variant, start=begun, joined=joined)
    if kept is not None and posed.suggested:
        save_posed(posed, kept)
    elif kept is not None:
        save(c, kept)
    if into is not None:
        from winset.services.drawings import save as draw

        quo = c.status_quo if begun is None else begun
        for path in draw(charts(result, quo), into):
            remark(f"Wrote {path}")
    if as_json:
        found = report.as_json(result)
        if inputs is not None:
            found["inputs"] = inputs
        if explained is not None:
            found["explanation"] = report.explain(result, explained)
        for name in ("strength", "unknown"):
            if name in further:
                found[name] = more.graded_json(c, further[name])
        if "beliefs" in further:
            found["beliefs"] = more.beliefs_json(c, further["beliefs"])
        if "coalitions" in further:
            found["coalitions"] = more.coalitions_json(c, further["coalitions"])
        if "status_quo" in further:
            found["status_quo"] = more.status_quo_json(c, further["status_quo"])
        if chosen is not None:
            found["make_stable"] = more.inverse_json(c, chosen)
        print_json(found)
        return
    if posed.suggested and inputs is not None:
        click.echo(suggested_text(inputs))
    click.echo(report.as_text(result))
    if explained is not None:
        click.echo("\n" + report.explain(result, explained))
    for name in ("strength", "unknown"):
        for grade, one in more.graded_json(c, further.get(name, {})).items():
            said = "; ".join(
                f"{report.concept_name(k)} {', '.join(map(str, s)) or 'none'}" for k, s in one["equilibria"].items()
            )
            click.echo(f"{name} ({grade}): {said}")
    if "coalitions" in further:
        found = more.coalitions_json(c, further["coalitions"])["equilibria"]
        for k, states in found.items():
            click.echo(f"{report.concept_name(k)} for every coalition: {', '.join(map(str, states)) or 'no state'}")
    if "beliefs" in further:
        click.echo(more.beliefs_text(c, further["beliefs"]))
    if "status_quo" in further:
        click.echo(
            "\n" + more.status_quo_text(c, further["status_quo"], {k: result.equilibria(k) for k in result.stable})
        )
    if chosen is not None:
        click.echo("\n" + more.inverse_text(c, chosen))
