"""`winset codebook`: listing, showing, and a wrong name."""

import json

from click.testing import CliRunner

from winset.cli.main import winset
from winset.errors import WinsetError


def test_every_listed_issue_can_be_shown_with_its_points() -> None:
    books = json.loads(CliRunner().invoke(winset, ["codebook", "list", "--json"]).stdout)
    assert any(book["id"] == "conflict-and-peace" for book in books)
    for book in books:
        for issue in book["issues"]:
            shown = json.loads(CliRunner().invoke(winset, ["codebook", "show", book["id"], issue, "--json"]).stdout)
            assert shown["question"].endswith("?")
            assert len(shown["points"]) > 1


def test_a_wrong_name_is_an_error_that_names_those_there_are() -> None:
    done = CliRunner().invoke(winset, ["codebook", "show", "conflict-and-peace", "nothing"])
    assert isinstance(done.exception, WinsetError)
    assert "territory" in str(done.exception)
