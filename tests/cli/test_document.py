"""`winset document`: what a document is called, when it appeared and where it comes from."""

import json
from pathlib import Path

from tests.cli.running import case_of, run

from winset.errors import UsageError

ARTICLE = "The union said on Tuesday that it would not accept a pay rise below 6 percent.\n"


def test_a_day_is_given_shown_and_taken_back(tmp_path: Path) -> None:
    case = str(case_of(tmp_path, ARTICLE))
    assert "Date: not known" in run("document", case, "a").stdout
    done = run("document", case, "a", "--date", "2026-03-06", "--title", "Six or nothing")
    assert done.stdout.splitlines()[:2] == ["Title: Six or nothing", "Date: 2026-03-06"]
    assert "1 statement is of another day." in done.stdout
    assert json.loads(run("export", case).stdout)["statements"][0]["date"]["from"] == "2026-03-03"
    assert "title, date of a" in run("history", case).stdout
    run("undo", case)
    assert json.loads(run("document", case, "a", "--json").stdout)["date"] is None


def test_what_does_not_fit_is_said(tmp_path: Path) -> None:
    case = str(case_of(tmp_path, ARTICLE))
    for words, says in (
        (("a", "--date", "6.3.2026"), "a day such as 2025-02-18, got '6.3.2026'"), (("b",), "no document 'b'"),
        (("a", "--date", ""), "nothing was changed"), (("a", "--title", "x" * 3_000), "at most 2,000"),
    ):  # fmt: skip
        done = run("document", case, *words)
        assert isinstance(done.exception, UsageError)
        assert says in str(done.exception)
