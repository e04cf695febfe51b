"""What the record suggests, one at a time in the browser: narrowed, sorted, decided by keys, undone."""

import re
from pathlib import Path
from urllib.parse import parse_qs, quote, urlparse

import pytest
from tests.web.browsing import chromium, launched, needed, served
from tests.web.conftest import OURS, opened

from winset.domain.estimates import Exact
from winset.services import adding, annotators, cases, positions, reviews, taking_over
from winset.services.files import Source
from winset.services.sources import judged_case
from winset.services.suggestion_queue import ORDERS, chosen, following, suggested

ARTICLE = (
    "Talks\n\nDate: 2026-03-01\n\nIsrael said it would never accept a truce. Hamas said it was ready to release all hostages. "
    "Hamas demanded a full withdrawal. Israel later said it was open to a temporary truce."
)


@pytest.fixture
def unjudged(tmp_path: Path) -> Path:
    """A case in which nobody has judged a position."""
    from click.testing import CliRunner

    from winset.cli.main import winset

    case = tmp_path / "c.winset"
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    CliRunner().invoke(winset, ["new", str(case)])
    assert CliRunner().invoke(winset, ["add", str(case), str(tmp_path / "a.txt")]).exit_code == 0
    return case


def target_of(address: str) -> str:
    return parse_qs(urlparse(address).query)["target"][0]


def test_everything_suggested_stands_in_the_queue_with_score_and_reason(lorn: Path) -> None:
    page = opened(lorn).get("/suggestions").text
    rows = suggested(lorn).rows
    assert {one.kind for one in rows} >= {"position", "proposal", "answer", "pointer"}
    assert page.count("/suggestions/one?target=") == len(rows)
    for one in rows:
        assert f"{one.score:.2f}" in page
        assert all(why[:20].split("'")[0].split('"')[0] in page for why in one.why)


@pytest.mark.parametrize("order", ORDERS)
def test_the_queue_goes_round_once_in_every_order(lorn: Path, order: str) -> None:
    rows = suggested(lorn).rows
    everything = chosen(rows, {}, state="any", order=order)
    scores = [1.0 if one.score is None else one.score for one in everything]
    assert order == "case" or scores == sorted(scores, reverse=order == "sure")
    seen, at = [], None
    for _ in rows:
        one = following(everything, everything, at)
        assert one is not None
        seen.append(one.target)
        at = one.target
    assert sorted(seen) == sorted(one.target for one in rows)


def test_filters_stay_from_one_suggestion_to_the_next(lorn: Path) -> None:
    client = opened(lorn)
    page = client.get("/suggestions?kind=pointer&who=korsund").text
    assert page.count("/suggestions/one?target=") == 2
    first = client.get("/suggestions/next?kind=pointer&who=korsund").headers["location"]
    sent = {"target": target_of(first), "version": "0", "verdict": "skip", "kind": "pointer", "who": "korsund"}
    after = client.post("/suggestions/one", data=sent, headers=OURS).headers["location"]
    second = client.get(after).headers["location"]
    assert target_of(second) != target_of(first)
    assert "kind=pointer" in second
    assert "who=korsund" in second
    for wrong in ("order=up", "state=maybe", "kind=rumour"):
        assert client.get(f"/suggestions?{wrong}").status_code == 404


def test_a_suggested_position_is_accepted_corrected_and_rejected(unjudged: Path) -> None:
    client = opened(unjudged)
    rows = [one for one in suggested(unjudged).rows if one.kind == "position"]
    assert len(rows) >= 2
    target = rows[0].target
    page = client.get(f"/suggestions/one?target={quote(target, safe='')}").text
    assert '<mark class="ground">' in page
    assert rows[0].why[0][:15].split("“")[0] in page
    sent = {
        "target": target,
        "version": "0",
        "verdict": "correct",
        "low": "20",
        "high": "40",
        "note": "heard otherwise",
    }
    assert client.post("/suggestions/one", data=sent, headers=OURS).status_code == 303
    held = {(one["party"], one["issue"]): one for one in positions.positions(unjudged)["rows"]}
    assert held[rows[0].plain["party"], rows[0].plain["issue"]]["range"] == [20, 40]
    assert client.post("/suggestions/one", data={**sent, "low": "5"}, headers=OURS).status_code == 409
    other = rows[1]
    rejected = {"target": other.target, "version": "0", "verdict": "reject"}
    client.post("/suggestions/one", data=rejected, headers=OURS)
    held = {(one["party"], one["issue"]) for one in positions.positions(unjudged)["rows"]}
    assert (other.plain["party"], other.plain["issue"]) not in held
    back = client.post("/undo", data={"from": "suggestions"}, headers=OURS).headers["location"]
    assert target_of(back) == other.target
    assert client.get(back).status_code == 200
    for wrong in (
        {**sent, "target": "statement:a#1"},
        {**sent, "target": "position:x/y//"},
        {**rejected, "verdict": "maybe"},
    ):
        assert client.post("/suggestions/one", data=wrong, headers=OURS).status_code == 422


def test_the_keys_decide_one_after_the_other(lorn: Path) -> None:
    needed()
    total = len(suggested(lorn).rows)
    with chromium() as browser, served(lorn) as running:
        page = launched(browser, running)
        page.goto(f"{running.root}/suggestions")
        page.keyboard.press("n")
        page.wait_for_url("**/suggestions/one*")
        assert [one.text_content() for one in page.locator("footer kbd").all()] == ["a", "r", "s", "n", "u", "?"]
        for n in range(total):
            at = page.url
            page.keyboard.press("ar"[n % 2])
            page.wait_for_function("at => location.href !== at", arg=at)
            page.wait_for_load_state()
            if "has been reviewed" in page.text_content("main"):
                break
        made = reviews.listed(lorn)
        assert made
        assert {one["verdict"] for one in made} <= {"accept", "reject"}
        last = made[-1]["target"]
        page.keyboard.press("u")
        page.wait_for_url("**/suggestions/one*")
        assert target_of(page.url) == last
        page.keyboard.press("c")
        assert page.evaluate("document.getElementById('correct').open")
        assert page.wrongs == []
    assert len(reviews.listed(lorn)) == len(made) - 1


def test_an_empty_record_and_a_finished_queue_say_what_comes_next(tmp_path: Path, lorn: Path) -> None:
    cases.new(tmp_path / "e.winset")
    empty = opened(tmp_path / "e.winset")
    assert "Add a document" in empty.get("/suggestions").text
    assert "Nothing is suggested yet" in empty.get("/suggestions/next").text
    assert empty.get("/suggestions/one?target=position:a/b//").status_code == 404
    done = opened(lorn).get("/suggestions/next?state=correct").text
    assert re.search(r"Every suggestion of this kind has been reviewed", done)


def test_an_issue_or_party_that_only_the_record_knows_is_a_choice_by_its_id(riyadh: Path) -> None:
    page = opened(riyadh).get("/suggestions")
    assert page.status_code == 200
    assert all(
        f'<option value="{one}"' in page.text for row in suggested(riyadh).rows for one in (*row.parties, *row.issues)
    )


def test_accepted_positions_are_taken_over_and_computed_with(unjudged: Path) -> None:
    client = opened(unjudged)
    page = client.get("/deals").text
    assert "Nobody has judged yet where a party stands" in page
    assert "no parties" not in page
    assert 'href="/suggestions/next?kind=position"' in page
    assert client.post("/suggestions/take-over", headers=OURS).status_code == 422  # nothing is accepted
    offered = [one for one in suggested(unjudged).rows if one.kind == "position"]
    assert f"{len(offered)} not reviewed" in page
    for one in offered:
        reviews.decide(unjudged, one.target, "accept")
    assert "Take " in client.get("/suggestions").text
    assert "Take " in client.get("/suggestions/next?kind=position").text
    assert f"{len(offered)} accepted" in client.get("/deals").text
    assert client.post("/suggestions/take-over", headers=OURS).headers["location"] == "/deals"
    case = judged_case(unjudged)
    assert len(case.judgements) == len(offered)
    assert {one.by for one in case.judgements} == {cases.author()}
    assert {one.id for one in case.parties} == {party for one in offered for party in one.parties}
    page = client.get("/deals").text
    assert "Nobody has judged yet" not in page
    assert "Write the missing judgements" in page  # one side says nothing of one of the issues
    before = cases.show(unjudged)["counts"]
    assert (before["parties"], before["issues"]) == (len(case.parties), len(case.issues))
    client.post("/undo", headers=OURS)
    assert not judged_case(unjudged).judgements
    assert not judged_case(unjudged).parties


def test_the_command_takes_over_what_was_accepted(unjudged: Path) -> None:
    from click.testing import CliRunner

    from winset.cli.main import winset

    def said(*words: str) -> tuple[int, str]:
        done = CliRunner().invoke(winset, [words[0], str(unjudged), *words[1:]])
        return done.exit_code, done.output + str(done.exception or "")

    assert "no suggested position is accepted" in said("review", "--take-over")[1]
    first = next(one for one in suggested(unjudged).rows if one.kind == "position")
    assert said("review", first.target, "--accept")[0] == 0
    assert "leave targets and verdicts out" in said("review", first.target, "--take-over")[1]
    code, words = said("review", "--take-over")
    assert (code, words.splitlines()[-1]) == (0, "Took over 1 position; `winset undo` takes it back.")
    assert len(judged_case(unjudged).judgements) == 1


def test_one_of_several_taken_over_leaves_the_others_to_be_reviewed(unjudged: Path) -> None:
    first, *others = [one for one in suggested(unjudged).rows if one.kind == "position"]
    reviews.decide(unjudged, first.target, "correct", changes={"value": 12.0})
    (written,) = taking_over.take_over(unjudged)
    assert written["by"].startswith("reader")  # as it was read; the correction stays laid over it
    (held,) = judged_case(unjudged).judgements
    assert held.value == Exact(12.0)
    left = [one for one in suggested(unjudged).rows if one.kind == "position"]
    assert [(one.target, one.plain) for one in left] == [(one.target, one.plain) for one in others]
    assert any((one.parties, one.issues) == (first.parties, first.issues) for one in others)
    assert positions.positions(unjudged)["waiting"] == 1
    waiting = taking_over.waiting(unjudged)
    assert (waiting.open, waiting.accepted) == (len(others), 0)
    assert [
        one["value"]
        for one in positions.positions(unjudged)["rows"]
        if one["voice"] == "own" and ((one["party"], one["issue"]) == (written["party"], written["issue"]))
    ] == [12.0]  # computed with: only what was taken over
    for one in others:
        reviews.decide(unjudged, one.target, "accept")
    assert len(taking_over.take_over(unjudged)) == len(others)
    assert not [one for one in suggested(unjudged).rows if one.kind == "position"]
    assert len(judged_case(unjudged).judgements) == len(others) + 1


def test_reports_that_come_after_a_take_over_are_offered(unjudged: Path, tmp_path: Path) -> None:
    for one in suggested(unjudged).rows:
        if one.kind == "position":
            reviews.decide(unjudged, one.target, "accept")
    taking_over.take_over(unjudged)
    later = tmp_path / "b.txt"
    later.write_text(
        "Talks\n\nDate: 2026-03-08\n\nHamas said it would accept a partial withdrawal. Egypt said it demanded a full withdrawal.",
        encoding="utf-8",
    )
    adding.add(unjudged, [Source(file=str(later))], annotators.choose_or_say(None, print))
    offered = [one for one in suggested(unjudged).rows if one.kind == "position"]
    assert {one.parties for one in offered} == {("hamas",), ("egypt",)}
    assert not any("egypt" in one.id for one in judged_case(unjudged).parties)
    for one in offered:
        reviews.decide(unjudged, one.target, "accept")
    assert len(taking_over.take_over(unjudged)) == len(offered)
    assert any("egypt" in one.id for one in judged_case(unjudged).parties)


def test_a_judgement_of_what_is_only_suggested_brings_it_along(unjudged: Path) -> None:
    offered = [one for one in suggested(unjudged).rows if one.kind == "position"]
    (party,), (issue,) = offered[0].parties, offered[0].issues
    sent = {"quantity": "position", "party": party, "issue": issue, "likely": "30"}
    assert opened(unjudged).post("/judgements", data=sent, headers=OURS).status_code == 303
    case = judged_case(unjudged)
    assert [(one.party, one.issue) for one in case.judgements] == [(party, issue)]
    assert {one.id for one in case.parties} >= {party for one in offered for party in one.parties}
    answer = opened(unjudged).post("/judgements", data={**sent, "party": "nobody"}, headers=OURS)
    assert answer.status_code == 422
    assert "no party &#39;nobody&#39;" in answer.text
