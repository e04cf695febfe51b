"""`winset sensitivity METHOD SOURCE`: which judgement matters."""

from datetime import datetime

import click

from winset.cli.output import json_option, pairs
from winset.cli.run import asking_options, keeping_options, print_kept


@click.command()
@click.argument("method")
@click.argument("source")
@click.option("--output", help="Which answer of the method; the first that varies if not given.")
@click.option("--base", type=int, default=1024, show_default=True, help="Base points; each input costs as many again.")
@click.option("--target", type=float, nargs=2, metavar="LOW HIGH", help="What would have to be true for this answer?")
@asking_options
@keeping_options
@json_option
def sensitivity(
    method: str, source: str, output: str | None, base: int, target: tuple[float, float] | None,
    as_of: datetime | None, seed: int, workers: int | None, pool: str | None, weights: tuple[str, ...], by_record: bool, rule: str,
    rounds: int, name: str | None, no_keep: bool, as_json: bool,
) -> None:  # fmt: skip
    """Show which uncertain judgements an answer of METHOD depends on, and what to find out next."""
    from winset.report.sensitivity import as_text
    from winset.services import sensitivity as service

    done = service.sensitivity(
        method, source, output=output, base=base, seed=seed, target=target, at=as_of.date() if as_of else None,
        workers=workers, pool=pool, weights=pairs(weights, "--weight"), by_record=by_record, rounds=rounds, rule=rule,  # type: ignore[arg-type]  # click has checked the choices
    )  # fmt: skip
    print_kept(done, as_text, source, name, keep=not no_keep, as_json=as_json)
