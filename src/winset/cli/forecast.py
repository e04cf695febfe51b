"""`winset forecast`: the ledger of forecasts, and what it is worth."""

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from winset.cli.output import json_option, pairs, print_json, printable
from winset.cli.paths import PATH

_SOURCE = click.argument("source", type=PATH)
EXIT_NOTHING = 3
_DAY = click.DateTime(["%Y-%m-%d"])


@click.group()
def forecast() -> None:
    """Questions with their rules first, then forecasts, then outcomes; sealed, and scored once resolved."""


def _done(entry: dict[str, Any], as_json: bool) -> None:
    print_json(entry) if as_json else click.echo(f"Entry {entry['n']}, seal {entry['seal']}")


def _quantiles(given: tuple[str, ...]) -> dict[str, float | str]:
    """LEVEL=NUMBER or LEVEL=DATE; whether dates fit the question, the ledger says."""
    dates = {level: day for level, _, day in (one.partition("=") for one in given) if not _is_number(day)}
    return {**pairs(tuple(one for one in given if one.partition("=")[0] not in dates), "--quantile"), **dates}


def _is_number(text: str) -> bool:
    try:
        return bool(float(text) or True)
    except ValueError:
        return False


@forecast.command()
@click.argument("case", type=PATH)
@click.argument("id")
@click.argument("text")
@click.option("--rule", required=True, help="How and where the answer will be found.")
@click.option("--closes", type=_DAY, required=True, help="Last day on which it may be forecast.")
@click.option("--resolves", type=_DAY, required=True, help="Day on which the answer is known at the latest.")
@click.option("--number", is_flag=True, help="The answer is a number.")
@click.option("--date", "by_date", is_flag=True, help="The answer is the day on which it comes, or `later`.")
@click.option("--option", "options", multiple=True, help="One of several answers; give each.")
@click.option("--ordered", is_flag=True, help="The options run from least to most.")
@click.option("--base-rate", type=float, help="How often such things happen, 0 to 1.")
@json_option
def ask(
    case: Path, id: str, text: str, rule: str, closes: datetime, resolves: datetime, number: bool,
    by_date: bool, options: tuple[str, ...], ordered: bool, base_rate: float | None, as_json: bool,
) -> None:  # fmt: skip
    """Write a question into CASE, with the rule that will resolve it."""
    from winset.services import forecasts

    if number and by_date:
        raise click.UsageError("--number and --date are two kinds of question; give one")
    of_one = "number" if number else "date" if by_date else "yes/no"
    kind = ("ordered" if ordered else "options") if options and of_one == "yes/no" else of_one
    body = {"kind": "question", "id": id, "text": text, "rule": rule, "type": kind, "options": list(options),
            "closes": closes.date().isoformat(), "resolves": resolves.date().isoformat(), "base_rate": base_rate}  # fmt: skip
    _done(forecasts.append(case, body), as_json)


@forecast.command()
@click.argument("case", type=PATH)
@click.argument("question")
@click.option("--author", help="Whose forecast it is; you if not given.")
@click.option("--probability", type=float, help="That the answer is yes, 0 to 1.")
@click.option("--range", "bounds", type=float, nargs=2, help="Lowest and highest probability.")
@click.option("--chance", "chances", multiple=True, metavar="OPTION=P", help="Of each option; they sum to 1.")
@click.option(
    "--quantile",
    "quantiles",
    multiple=True,
    metavar="LEVEL=X",
    help="Of a number, or of a date as YYYY-MM-DD or `later`; two or more.",
)
@click.option("--normal", type=float, nargs=2, help="Mean and standard deviation of a number.")
@click.option("--words", help="The hedge that a quoted expert used.")
@click.option("--mapping", help="Which mapping turns the words into a range, such as 'ICD 203'.")
@click.option("--said", type=_DAY, help="Day on which a quoted expert said it.")
@click.option("--source", help="Where it is quoted.")
@click.option("--run", "run_key", help="A kept run (`winset runs`) whose answer is the forecast; needs --output.")
@click.option("--output", help="Which of the run's outputs.")
@json_option
def add(
    case: Path, question: str, author: str | None, probability: float | None, bounds: tuple[float, float] | None,
    chances: tuple[str, ...], quantiles: tuple[str, ...], normal: tuple[float, float] | None, words: str | None,
    mapping: str | None, said: datetime | None, source: str | None, run_key: str | None, output: str | None,
    as_json: bool,
) -> None:  # fmt: skip
    """Write a forecast of QUESTION into CASE."""
    from winset.services import cases, forecasts

    body: dict[str, Any] = {
        "kind": "forecast", "question": question, "author": author or cases.author(), "probability": probability,
        "range": list(bounds) if bounds else None, "options": pairs(chances, "--chance") or None,
        "quantiles": _quantiles(quantiles) or None, "normal": list(normal) if normal else None,
        "words": words, "mapping": mapping, "said": said.date().isoformat() if said else None, "source": source,
    }  # fmt: skip
    if run_key is not None:
        if output is None:
            raise click.UsageError("--run needs --output, the name of one of its outputs")
        made = forecasts.from_run(case, run_key, output, forecasts.question(case, question)["type"])
        body |= {**made, "output": output, "author": author or made["method"]}
    elif words and mapping and not bounds and probability is None:
        body["range"] = forecasts.from_words(words, mapping)
    _done(forecasts.append(case, {k: v for k, v in body.items() if v is not None}), as_json)


@forecast.command()
@click.argument("case", type=PATH)
@click.argument("question")
@click.argument("outcome")
@click.option("--source", required=True, help="Where the answer can be looked up.")
@json_option
def resolve(case: Path, question: str, outcome: str, source: str, as_json: bool) -> None:
    """Write the OUTCOME of QUESTION: yes or no, an option, a number, a date or `later`; `annulled` where its rule gives none."""
    from winset.services import forecasts

    kind = forecasts.question(case, question)["type"]
    value: Any = outcome
    if outcome == "annulled":
        value = None
    elif kind == "yes/no":
        value = {"yes": 1, "no": 0, "1": 1, "0": 0}.get(outcome.casefold(), outcome)
    elif kind == "number":
        try:
            value = json.loads(outcome)
        except ValueError:
            value = outcome
    body = {"kind": "outcome", "question": question, "outcome": value, "source": source}
    _done(forecasts.append(case, body), as_json)


@forecast.command(name="list")
@_SOURCE
@json_option
def list_(source: Path, as_json: bool) -> None:
    """Every entry of the ledger of SOURCE: a case, its text form or a published record."""
    from winset.report.forecasts import list_text
    from winset.services import forecasts

    found = forecasts.listed(source)
    if as_json:
        print_json(found)
    elif found:
        click.echo("\n".join(map(printable, list_text(found).splitlines())))
    if not found:
        click.echo("The ledger is empty; `winset forecast ask` writes the first question.", err=True)
        sys.exit(EXIT_NOTHING)


@forecast.command()
@_SOURCE
@click.option("--head", metavar="SEAL", help="A seal made known earlier, which must be in the chain.")
@json_option
def verify(source: Path, head: str | None, as_json: bool) -> None:
    """Check that no entry was changed, left out or slipped in; exit 1 where one was."""
    from winset.services import forecasts

    found = forecasts.verify(source, head)
    if as_json:
        print_json(found)
    elif found["ok"]:
        click.echo(f"{found['entries']} entries, all as they were sealed. Head: {found['head']}")
    else:
        click.echo(f"Broken at entry {found['broken_at']}: {found['why']}")
    if not found["ok"]:
        sys.exit(1)


@forecast.command()
@_SOURCE
@json_option
def score(source: Path, as_json: bool) -> None:
    """Grade the forecasts whose questions are resolved."""
    from winset.report.forecasts import score_text
    from winset.services import forecasts

    found = forecasts.score(source)
    print_json(found) if as_json else click.echo(score_text(found))


@forecast.command()
@_SOURCE
def publish(source: Path) -> None:
    """Print the whole record, one entry a line, for others to verify and recompute."""
    from winset.services import forecasts

    click.echo(forecasts.publish(source), nl=False)
