"""`winset precedents` and `precedent`: earlier deals read off invented articles and written down by hand."""

import json
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner, Result

from winset.cli.main import winset
from winset.errors import UsageError
from winset.services import precedents
from winset.services.schemas import schema

ARTICLE = """Dockers and port talk

Date: 2026-05-04

The dockers' union Free Quays is demanding a pay rise of 8 per cent. The port operator Hallmark Ports said it could offer a pay rise of 4 per cent.

The 2021 pay deal gave dockers 3 per cent. Hallmark Ports broke the deal in 2023, the union says. Free Quays cited the 2021 pay deal to argue that only a written guarantee would do.
"""


def run(*words: str) -> Result:
    return CliRunner().invoke(winset, list(words))


@pytest.fixture
def port(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    case = tmp_path / "port.winset"
    assert run("new", str(case)).exit_code == 0
    assert run("add", str(case), str(tmp_path / "a.txt")).exit_code == 0
    return case


def test_what_the_article_tells_of_an_earlier_deal_is_set_beside_today(port: Path) -> None:
    found = json.loads(run("precedents", str(port), "--json").stdout)
    jsonschema.validate(found, schema("precedents"), format_checker=jsonschema.FormatChecker())
    (one,) = found
    assert (one["name"], one["date"], one["terms"], one["kept"], one["broken_by"]) == (
        "2021 pay deal", "2021-01-01", {"pay-rise": 3}, False, ["hallmark-ports"],
    )  # fmt: skip
    assert one["by_party"]["free-quays"]["pay-rise"]["term"] == "tougher"
    assert one["told"][0]["by"] == "free-quays", "the union is the only one of the article"
    text = run("precedents", str(port)).stdout
    assert "broken by hallmark-ports in 2023, free-quays says" in text
    assert "free-quays invokes it to argue that only a written guarantee would do" in text
    assert "pay-rise: 3 then; today tougher" in text


def test_one_written_down_counts_is_changed_and_undone(port: Path) -> None:
    words = ("Strike settlement", "--party", "free-quays", "--party", "hallmark-ports", "--date", "2018", "--term", "pay-rise=6",
             "--broken-by", "hallmark-ports", "--invoked-by", "free-quays=a written guarantee", "--source", "Port archive")  # fmt: skip
    made = json.loads(run("precedent", str(port), *words, "--json").stdout)
    jsonschema.validate(made, schema("precedent"), format_checker=jsonschema.FormatChecker())
    assert (made["kept"], made["date"]) == (False, "2018-01-01")
    text = run("precedents", str(port)).stdout
    assert "Strike settlement (2018), between free-quays and hallmark-ports: broken by hallmark-ports" in text
    assert "free-quays invokes it for a written guarantee" in text
    assert run("precedent", str(port), "Strike settlement", "--note", "nine weeks").exit_code == 0
    (written, _) = json.loads(run("precedents", str(port), "--json").stdout)
    assert (written["note"], written["terms"], written["source"]) == ("nine weeks", {"pay-rise": 6}, "Port archive")
    assert run("undo", str(port)).exit_code == run("undo", str(port)).exit_code == 0
    assert [one["name"] for one in json.loads(run("precedents", str(port), "--json").stdout)] == ["2021 pay deal"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("X", "--term", "pay-rise=900"), "off the scale"),
        (("X", "--term", "pay-rise"), "ISSUE=VALUE"),
        (("X", "--term", "moon=1"), "no issue 'moon'"),
        (("X", "--broken-by", "moon"), "no party 'moon'"),
        (("X", "--date", "2018-13-01"), "is no day"),
        (("X", "--kept", "--broken-by", "free-quays"), "say one of them"),
        ((" ",), "needs a name"),
    ],
)
def test_what_does_not_fit_is_refused_with_a_way_out(port: Path, words: tuple[str, ...], message: str) -> None:
    done = run("precedent", str(port), *words)
    assert isinstance(done.exception, UsageError)
    assert message in str(done.exception)
    assert [one["name"] for one in json.loads(run("precedents", str(port), "--json").stdout)] == ["2021 pay deal"]


def test_the_day_of_a_deal_may_be_its_year() -> None:
    assert [precedents.day_of(text, "when") for text in ("1994", "1994-05-03", " ", None)] == [
        "1994-01-01", "1994-05-03", None, None,
    ]  # fmt: skip


def test_the_brief_tells_who_broke_it_in_whose_words_with_a_note_to_the_sentence(port: Path) -> None:
    text = run("brief", str(port)).stdout
    assert (
        "**2021 pay deal**, between Hallmark Ports and Free Quays: broken by Hallmark Ports in 2023, Free Quays says.[^"
        in text
    )
    assert "Free Quays invokes it to argue that only a written guarantee would do." in text
    assert "[^" in text.split("| 2021 pay deal |")[1].splitlines()[0], "the term leads to its words"
