"""The order in which statements wait: learned from the verdicts of the case, the same at the terminal and in the browser."""

import json
import time
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import jsonschema
import numpy as np
import pytest
from click.testing import CliRunner
from tests.web.conftest import OURS, opened

from winset.cli.main import winset
from winset.domain.case import Case
from winset.domain.statements import ACTS, Statement, Voice
from winset.domain.text import Document, Span
from winset.errors import UsageError
from winset.evidence.ranking import LEAST
from winset.services import cases, review_order, reviews
from winset.store.casefile import CaseFile

SAID = 240


def made(path: Path, said: int = SAID) -> Path:
    """Invented statements by six voices with scores and acts that go with nothing."""
    draw = np.random.default_rng(5)
    text = "Envoys said a word."
    documents = tuple(Document(id=f"d{n}", text=text, sha256=f"{n:064x}") for n in range(12))
    statements = tuple(
        Statement(
            id=f"d{n % 12}#{n // 12 + 1}", doc=f"d{n % 12}", source=(Span(0, 6),), cue=(Span(7, 11),), content=(Span(12, 18),),
            kind=("direct", "indirect", "mixed")[int(draw.integers(3))],
            speaker=Voice(id="v", kind="named", name=f"Voice {int(draw.integers(6))}"),
            acts=(ACTS[int(draw.integers(4))],), score=round(float(draw.uniform(0.5, 0.99)), 4),
        )
        for n in range(said)
    )  # fmt: skip
    with CaseFile.create(path, title="Invented", at=cases.now(), author="Ann") as file:
        file.replace(
            Case(title="Invented", documents=documents, statements=statements),
            at=cases.now(),
            author="Ann",
            label="made",
        )
    return path


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return made(tmp_path / "invented.winset")


def by_doubt(path: Path) -> list[str]:
    return [one.id for one in reviews.page(path, reviews.wanted(path, order="doubt"), count=-1)]


def who(path: Path, id: str) -> str:
    return str(reviews.seen(path, id).read["speaker"]["name"])


def verdicts(path: Path, count: int, wrong: str) -> None:
    """On the first of the case: one voice is misread, everybody else is read rightly."""
    for one in reviews.page(path, reviews.Wanted(), count=count):
        reviews.decide(path, one.id, "reject" if one.read["speaker"]["name"] == wrong else "accept")


def run(*words: object, keys: str = "") -> str:
    done = CliRunner().invoke(winset, [str(word) for word in words], input=keys)
    assert done.exit_code == 0, done.output
    return done.output


def test_a_voice_that_is_misread_comes_first_and_the_order_says_on_how_many_reviews_it_rests(case: Path) -> None:
    verdicts(case, 60, "Voice 3")
    order = by_doubt(case)
    left = [id for id in order if who(case, id) == "Voice 3"]
    assert left
    assert order[: len(left)] == left
    rests = reviews.page_and_rests(case, reviews.wanted(case, order="doubt"))[1]
    assert rests is not None
    assert (rests.reviews, rests.differ_by) == (60, ("speaker",))
    assert by_doubt(case) == order
    sure = [one.id for one in reviews.page(case, reviews.wanted(case, order="sure"), count=-1)]
    assert sure[-len(left) :][0] in left
    assert "The order rests on 60 reviews" in run("review", case, "--order", "doubt", keys="q")
    assert "The order rests on 60 reviews" in run("reviews", case, "--order", "doubt")
    assert "The order rests on 60 reviews" in opened(case).get("/queue?order=doubt").text
    assert "The order" not in opened(case).get("/queue").text


def test_the_list_of_the_terminal_has_the_same_order_and_its_schema(case: Path) -> None:
    verdicts(case, 60, "Voice 3")
    done = CliRunner().invoke(winset, ["reviews", str(case), "--order", "doubt", "--json"])
    found = json.loads(done.stdout)
    assert [one["statement"]["id"] for one in found] == by_doubt(case)
    jsonschema.validate(found, json.loads(run("schema", "reviews")))
    assert (
        len(json.loads(CliRunner().invoke(winset, ["reviews", str(case), "--statements", "--json"]).stdout))
        == SAID - 60
    )


def test_below_eight_verdicts_and_without_a_pattern_the_order_stays_that_of_the_scores(case: Path) -> None:
    before = by_doubt(case)
    verdicts(case, LEAST - 1, "Voice 3")
    assert by_doubt(case) == [id for id in before if reviews.seen(case, id).review is None]
    assert f"learned from {LEAST} reviews on" in run("reviews", case, "--order", "doubt")
    draw = np.random.default_rng(1)
    for one in reviews.page(case, reviews.Wanted(), count=50):
        reviews.decide(case, one.id, "reject" if draw.random() < 0.5 else "accept")
    assert by_doubt(case) == [id for id in before if reviews.seen(case, id).review is None]
    assert "show no pattern" in run("reviews", case, "--order", "doubt")


def test_skipping_says_nothing_and_a_verdict_taken_back_is_forgotten(case: Path) -> None:
    for one in reviews.page(case, reviews.Wanted(), count=20):
        reviews.decide(case, one.id, "skip")
    rests = reviews.page_and_rests(case, reviews.wanted(case, order="doubt"))[1]
    assert rests is not None
    assert rests.reviews == 0
    before = by_doubt(case)
    reviews.decide(case, before[0], "reject")
    cases.undo(case)
    assert by_doubt(case) == before


def test_what_was_gone_past_does_not_come_back_at_once_and_does_at_the_end(case: Path) -> None:
    verdicts(case, 60, "Voice 3")
    which = reviews.wanted(case, order="doubt", doc="d4")
    wanted = [one.id for one in reviews.page(case, which, count=-1)]
    seen, at = [], reviews.following(case, which)
    for _ in wanted:
        assert at.id is not None
        seen.append(at.id)
        at = reviews.following(case, which, at.id, at.passed)
    assert seen == wanted
    assert at.id == wanted[0]


def test_the_browser_goes_the_same_way_with_verdicts_in_between(case: Path) -> None:
    verdicts(case, 60, "Voice 3")
    client, order = opened(case), by_doubt(case)
    first = client.get("/review?order=doubt").headers["location"]
    assert first == f"/review/{quote(order[0], safe='')}?order=doubt"
    past = client.get(f"/review?order=doubt&after={quote(order[0])}").headers["location"]
    assert past.startswith(f"/review/{quote(order[1], safe='')}?")
    passed = parse_qs(urlsplit(past).query)["passed"][0]
    assert json.loads(passed) == [order[0]]
    assert "&quot;" in client.get(past).text or "%22" in client.get(past).text
    sent = {"version": "0", "verdict": "reject", "order": "doubt", "passed": passed}
    done = client.post(f"/review/{quote(order[1], safe='')}", data=sent, headers=OURS).headers["location"]
    follow = client.get(done).headers["location"]
    assert order[0] not in follow.split("?")[0]
    assert quote(order[1], safe="") not in follow.split("?")[0]


@pytest.mark.parametrize("passed", ["", "[", "7", '{"a": 1}', "[1, null]", "[" * 3000, json.dumps(["x" * 50] * 500)])
def test_a_list_of_what_was_gone_past_that_is_none_does_no_harm(case: Path, passed: str) -> None:
    verdicts(case, 60, "Voice 3")
    where = opened(case).get(f"/review?order=doubt&passed={quote(passed)}")
    assert where.status_code == 303
    assert len(where.headers["location"]) < 6000


def test_behind_the_window_the_order_goes_on_by_score_and_nothing_is_lost(
    case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    verdicts(case, 60, "Voice 3")
    monkeypatch.setattr(review_order, "WINDOW", 40)
    which = reviews.wanted(case, order="doubt")
    whole = by_doubt(case)
    assert len(whole) == len(set(whole)) == SAID - 60
    pages = [one.id for start in range(0, SAID, 30) for one in reviews.page(case, which, start=start, count=30)]
    assert pages == whole
    behind = [reviews.seen(case, id).read["score"] for id in whole[40:]]
    assert behind == sorted(behind)


def test_the_next_of_ten_thousand_comes_at_once(tmp_path: Path) -> None:
    path = made(tmp_path / "large.winset", 10_000)
    verdicts(path, 60, "Voice 3")
    which = reviews.wanted(path, order="doubt")
    took = []
    for _ in range(5):
        start = time.process_time()
        reviews.following(path, which)
        took.append(time.process_time() - start)
    assert min(took) < 0.1


def test_an_order_that_is_none_and_two_lists_at_once_are_refused(case: Path) -> None:
    for words in (["--order", "mood"], ["--statements", "--judgements"], ["--suggestions", "--order", "doubt"]):
        done = CliRunner().invoke(winset, ["reviews", str(case), *words])
        assert isinstance(done.exception, UsageError)
    with pytest.raises(UsageError, match="no order"):
        reviews.wanted(case, order="mood")
