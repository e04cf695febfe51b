"""The command line inside the test's own process, and cases read from one article."""

from pathlib import Path

from click.testing import CliRunner, Result

from winset.cli.main import winset


def run(*words: str) -> Result:
    """What `winset WORDS...` does; an error that it would explain stands in `exception`."""
    return CliRunner().invoke(winset, list(words))


def case_of(folder: Path, article: str) -> Path:
    """A case file in a folder, made by the commands themselves from one article."""
    (folder / "a.txt").write_text(article, encoding="utf-8")
    path = folder / "c.winset"
    run("new", str(path))
    assert run("add", str(path), str(folder / "a.txt")).exit_code == 0
    return path
