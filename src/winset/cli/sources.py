"""What every command that reads documents shares: its arguments, and how it says what was set aside."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

from winset.cli.output import printable, remark
from winset.cli.paths import Place

F = TypeVar("F", bound=Callable[..., Any])

sources_argument = click.argument("sources", nargs=-1, required=True, type=Place(), metavar="SOURCE...")
limit_option = click.option(
    "--limit", "limits", multiple=True, metavar="NAME=VALUE", help="Raise one limit, such as pdf-pages=5000."
)
encoding_option = click.option(
    "--encoding", metavar="NAME", help="Character set of text that is not UTF-8 (else Windows-1252)."
)
annotator_option = click.option(
    "--annotator", type=click.Choice(["rules", "model"]), help="What finds statements; the best there is if not given."
)


def reading_options(command: F) -> F:
    """Every option that says how documents are read."""
    for option in (limit_option, encoding_option, annotator_option):
        command = option(command)
    return command


def set_aside_line(doc: str, file: str | None, reason: str) -> None:
    """Says on standard error that a source was set aside, and why."""
    remark(printable(f"set aside: {file or doc}: {reason}"))


def note(text: str) -> None:
    """Says on standard error what was passed over."""
    remark(printable(text))
