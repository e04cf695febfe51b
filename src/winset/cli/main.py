"""The root command, and the one place where an error becomes a message and an exit code."""

import logging
import os
import sys

import click

from winset import __version__
from winset.cli.lazy import LazyGroup
from winset.cli.output import Remarks, printable
from winset.errors import WinsetError

COMMANDS = {
    "demo": ("winset.cli.demo:demo", "Make the example case and its brief."),
    "backtest": ("winset.cli.backtest:backtest", "Score methods on decisions whose outcome is known."),
    "add": ("winset.cli.add:add", "Read documents into a case."),
    "read": ("winset.cli.read:read", "Read documents: who says what in each."),
    "new": ("winset.cli.case:new", "Make an empty case file."),
    "show": ("winset.cli.case:show", "Show what a case holds."),
    "document": ("winset.cli.document:document", "Put a document's title, date or source right."),
    "review": ("winset.cli.review:review", "Accept, reject or correct what was read."),
    "reviews": ("winset.cli.review:reviews", "List what was decided."),
    "agreement": ("winset.cli.agreement:agreement", "Show how far reviewers agree, and where not."),
    "undo": ("winset.cli.case:undo", "Take back the last operations."),
    "mark": ("winset.cli.case:mark", "Name the present state, to undo back to."),
    "redo": ("winset.cli.case:redo", "Repeat what was undone."),
    "history": ("winset.cli.case:history", "List every operation, newest first."),
    "export": ("winset.cli.case:export", "Write a case in another form."),
    "convert": ("winset.cli.convert:convert", "Write a deal space as files of another tool."),
    "import": ("winset.cli.case:import_", "Make a case equal to a text form or another case."),
    "restore": ("winset.cli.case:restore", "Get a backup back."),
    "doctor": ("winset.cli.case:doctor", "Check this installation and a case."),
    "brief": ("winset.cli.brief:brief", "Write the brief of a case or of articles."),
    "comment": ("winset.cli.comment:comment", "Write your own words in front of parts of the brief."),
    "positions": ("winset.cli.positions:positions", "Show who stands where as of a date."),
    "ledger": ("winset.cli.positions:ledger", "Show who moved, toward whom, and what came back."),
    "diff": ("winset.cli.difference:diff", "Show what changed since a day."),
    "find": ("winset.cli.find:find", "Find statements that say something like given words."),
    "repeats": ("winset.cli.repeats:repeats", "Show what is told more than once, and where tellings disagree."),
    "alignment": ("winset.cli.alignment:alignment", "Show how near parties stand, blocs, and points taken over."),
    "votes": ("winset.cli.votes:votes", "Compare voting records of roll calls."),
    "proposals": ("winset.cli.proposals:proposals", "Show plans and offers, their versions, and who takes which."),
    "propose": ("winset.cli.proposals:propose", "Write down a proposal, or who accepts it."),
    "attention": ("winset.cli.attention:attention", "Show what parties speak of, and who is absent and matters."),
    "pointers": ("winset.cli.pointers:pointers", "Show words that bear on judgements nobody has made yet."),
    "precedents": ("winset.cli.precedents:precedents", "Show earlier deals beside today."),
    "precedent": ("winset.cli.precedents:precedent", "Write down an earlier deal."),
    "methods": ("winset.cli.methods:methods", "List the methods and the question each answers."),
    "codebook": ("winset.cli.codebook:codebook", "List, show, change and convert codebooks."),
    "party": ("winset.cli.party:party", "Add, rename and merge parties of a case."),
    "schema": ("winset.cli.schema:schema", "Print a JSON Schema, or list those there are."),
    "serve": ("winset.web.command:serve", "Open a case in the browser."),
    "run": ("winset.cli.run:run", "Carry the uncertainty of the inputs through a method."),
    "compare": ("winset.cli.compare:compare", "Set all methods that can run on a case beside each other."),
    "runs": ("winset.cli.runs:runs", "List the answers kept in a case, and what has changed since."),
    "rerun": ("winset.cli.runs:rerun", "Ask the question of a kept answer again."),
    "sensitivity": ("winset.cli.sensitivity:sensitivity", "Show which uncertain judgements an answer depends on."),
    "scenario": ("winset.cli.scenario:scenario", "Keep what-ifs and set them beside each other."),
    "elicit": ("winset.cli.elicit:elicit", "Find out what issues weigh to a party by asking."),
    "forecast": ("winset.cli.forecast:forecast", "Keep and score a ledger of forecasts."),
    "leverage": ("winset.cli.leverage:leverage", "Show who gains when patience, ways out, power or trust change."),
    "solve": ("winset.cli.solve:solve", "Run one method on a case or on other tools' files."),
}

IO = 5  # exit code: the disk or the file system refused


@click.group(cls=LazyGroup, commands_at=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="winset")
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
def winset(debug: bool) -> None:
    """From what is reported about a negotiation to a case that can be checked and computed with."""


def _readable(error: Exception) -> str:
    """The message, line by line: a value from outside in it may not steer the terminal."""
    return "\n".join(printable(line) for line in str(error).split("\n"))


def main() -> None:
    """Entry point of the `winset` program."""
    debug = "--debug" in sys.argv[1:]
    logging.getLogger("winset").addHandler(Remarks())
    try:
        code = winset.main(standalone_mode=False)
        sys.exit(code if isinstance(code, int) else 0)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.Abort:
        click.echo("Stopped.", err=True)
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except WinsetError as error:
        if debug:
            raise
        click.echo(f"winset: {_readable(error)}", err=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as error:
        if debug:
            raise
        click.echo(f"winset: {error.filename or 'the disk'}: {error.strerror or error}", err=True)
        sys.exit(IO)
    except Exception as error:
        if debug:
            raise
        click.echo(
            f"winset: unexpected {type(error).__name__}: {error}\n"
            "This is a fault of winset; run again with --debug in front of the command to see where.",
            err=True,
        )
        sys.exit(1)
