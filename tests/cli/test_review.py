"""`winset review` and `winset reviews`: verdicts given at the terminal change what every command answers."""

import json
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner, Result

from winset.cli.main import winset
from winset.cli.review import KEYS
from winset.errors import UsageError, WinsetError
from winset.services import cases, reviews
from winset.services.sources import load_case


def run(*words: object, keys: str = "") -> Result:
    return CliRunner().invoke(winset, [str(word) for word in words], input=keys)


def answer(*words: object) -> object:
    done = run(*words, "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def waiting(case: Path) -> list[str]:
    return [one.id for one in reviews.page(case, reviews.Wanted())]


def said(case: Path) -> list[str]:
    found = answer("brief", case)
    return [one["id"] for one in found["statements"]]  # type: ignore[index]  # an object


def test_one_key_a_statement(case: Path) -> None:
    first, second, third, *_ = waiting(case)
    done = run("review", case, keys="arsuq")
    assert done.exit_code == 0, done.output
    found = answer("reviews", case)
    assert isinstance(found, list)
    assert [(one["target"], one["verdict"]) for one in found] == [
        (f"statement:{first}", "accept"),
        (f"statement:{second}", "reject"),
    ]
    assert third not in [one["target"] for one in found]
    schema = json.loads(run("schema", "reviews").stdout)
    jsonschema.validate(found, schema, format_checker=jsonschema.FormatChecker())


def test_a_correction_at_the_terminal(case: Path) -> None:
    first = waiting(case)[0]
    assert run("review", case, keys="cact=threat speaker.name=Nobody\nq").exit_code == 0
    found = answer("brief", case)
    assert isinstance(found, dict)
    one = next(one for one in found["statements"] if one["id"] == first)
    assert (one["act"], one["speaker"]["name"], one["review"]["verdict"]) == ("threat", "Nobody", "correct")


def test_a_rejected_statement_leaves_the_brief_and_undo_brings_it_back(case: Path) -> None:
    gone = said(case)[0]
    assert run("review", case, gone, "--reject", "--why", "not said").exit_code == 0
    assert gone not in said(case)
    run("undo", case)
    assert gone in said(case)


def test_a_rejected_position_leaves_positions_and_ledger(case: Path) -> None:
    targets = answer("reviews", case, "--judgements")
    rows = answer("positions", case)
    moves = answer("ledger", case)
    assert isinstance(targets, list)
    assert isinstance(rows, dict)
    assert isinstance(moves, dict)
    move = moves["moves"][-1]
    target = next(
        one["target"] for one in targets
        if one["target"].startswith(f"position:{move['party']}/{move['issue']}/{move['date']}")
    )  # fmt: skip
    assert run("review", case, target, "--reject").exit_code == 0
    after = answer("ledger", case)
    assert isinstance(after, dict)
    key = ("party", "issue", "date")
    assert [move[k] for k in key] not in [[one[k] for k in key] for one in after["moves"]]
    changed = answer("positions", case)
    assert changed != rows
    assert run("review", case, target, "--set", f"value={move['to']}").exit_code == 0
    assert answer("positions", case)["rows"] == [  # type: ignore[index]  # an object
        {**row, "by": cases.author()} if (row["party"], row["issue"]) == (move["party"], move["issue"]) else row
        for row in rows["rows"]
    ]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("nowhere#1", "--accept"), "no statement 'nowhere#1'"),
        (("position:a/b//", "--accept"), "nothing in this case is named"),
        (("FIRST",), "give a verdict"),
        (("FIRST", "--set", "act"), "field=value"),
        (("FIRST", "--set", "act=sigh"), "expected one of"),
        (("FIRST", "--set", "content=[[0, 99999999]]"), "characters"),
        (("--accept",), "name the TARGETS"),
        (("--order", "random"), "no order 'random'"),
    ],
)
def test_what_makes_no_sense_is_said(case: Path, words: tuple[str, ...], says: str) -> None:
    named = [waiting(case)[0] if word == "FIRST" else word for word in words]
    done = run("review", case, *named)
    assert isinstance(done.exception, WinsetError)
    assert says in str(done.exception)


def test_the_queue_narrows_by_document_speaker_and_issue(case: Path) -> None:
    choices = reviews.choices(case)
    everything = reviews.number(case, reviews.Wanted())
    assert everything == sum(reviews.number(case, reviews.Wanted(doc=doc)) for doc, _ in choices["docs"])
    assert everything == sum(reviews.number(case, reviews.Wanted(who=who)) for who, _ in choices["voices"])
    scores = [one.read["score"] for one in reviews.page(case, reviews.wanted(case, order="doubt"))]
    assert scores == sorted(scores)
    with pytest.raises(UsageError):
        reviews.wanted(case, state="perhaps")


def test_all_that_is_visible_is_accepted_as_one_operation_and_walked_in_any_order(case: Path) -> None:
    which = reviews.wanted(case, order="sure")
    walked, at = [], None
    with_all = reviews.number(case, which)
    for _ in range(with_all):
        at = reviews.following(case, which, at).id
        walked.append(at)
    assert walked == [one.id for one in reviews.page(case, which, count=10_000)]
    assert len(set(walked)) == with_all
    shown = reviews.page(case, which, count=5)
    assert reviews.decide_all(case, "accept", [(one.id, one.version) for one in shown]) == 5
    assert reviews.number(case, which) == with_all - 5
    assert reviews.number(case, reviews.wanted(case, state="accept")) == 5
    cases.undo(case)
    assert reviews.number(case, which) == with_all


@pytest.mark.parametrize("columns", [32, 40, 80])
def test_why_and_source_are_a_key_each_and_nothing_is_wider_than_the_terminal(
    case: Path, columns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    out = run("review", case, keys="woq").stdout
    assert all(len(line) <= columns for line in out.splitlines())
    assert "  why: " in out
    assert "characters" in out
    assert out.count(">>") == out.count("<<") == 2  # once beside its reading, once in its source
    assert all(f"[{key}] {word}" in out for key, word in KEYS.items())


def test_undo_goes_back_to_the_statement_that_was_decided(case: Path) -> None:
    first, second, *_ = waiting(case)
    out = run("review", case, keys="nauq").stdout
    shown = [line for line in out.splitlines() if line.endswith((f"({first})", f"({second})"))]
    assert [line.rpartition("(")[2][:-1] for line in shown][:2] == [first, second]
    assert shown[-1].endswith(f"({second})")


def test_a_correction_may_hold_blanks_and_an_empty_one_is_none(case: Path) -> None:
    first = waiting(case)[0]
    assert run("review", case, keys="c\ncact=threat 'speaker.name=Ann Bell'\nq").exit_code == 0
    (review,) = load_case(case).reviews
    assert (review.target, dict(review.changes)) == (
        f"statement:{first}",
        {"act": "threat", "speaker": {"name": "Ann Bell"}},
    )
    assert "not closed" in run("review", case, keys="cact='threat\nq").output
