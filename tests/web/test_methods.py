"""What lasts, who must consent, what answers depend on, forecasts: each page agrees with the method behind it."""

import html
import json
import re
import time
from pathlib import Path

import pytest
from tests.web.conftest import OURS, opened

from winset.domain.issues import Issue
from winset.report import stability as report
from winset.report import words
from winset.services import (
    adding,
    annotators,
    aside,
    cases,
    doubt,
    forecasts,
    pointers,
    sensitivity,
    side_by_side,
    stability,
)
from winset.services.files import Source
from winset.services.sources import load_case
from winset.store.casefile import CaseFile
from winset.web.desk import reason

CHICKEN = {
    "options": [{"name": "Ann yields"}, {"name": "Bo yields <b>"}],
    "decisionMakers": [
        {"name": "Ann", "options": [0], "preferences": [[[1, "Y"]], [[0, "Y"]]]},
        {"name": "Bo", "options": [1], "preferences": [[[0, "Y"]], [[1, "Y"]]]},
    ],
    "infeasibles": [],
}  # each would first see the other yield; where it does not, yield itself


@pytest.fixture
def conflict(tmp_path: Path) -> Path:
    text = tmp_path / "c.json"
    text.write_text(json.dumps({"schema": "winset-case/1", "title": "Chicken", "parties": [], "conflict": CHICKEN}))
    path = tmp_path / "c.winset"
    cases.import_case(path, text)
    return path


def test_stability_shows_the_equilibria_and_says_why(conflict: Path) -> None:
    result = stability.stability(conflict)
    equilibria = report.as_json(result)["equilibria"]
    page = opened(conflict).get("/stability?state=2&now=1").text
    assert "Bo yields &lt;b&gt;" in page
    assert page.count(">stable</span>") == sum(len(states) for states in equilibria.values() if states)
    assert "Why 2 would last" in page
    assert "In 2: <bdi>Ann: Ann yields</bdi>" in page
    for other in report.named(result, 1):
        assert html.escape(report.difference(result, 1, other)) in page
    assert "<svg" in page
    assert opened(conflict).get("/stability?state=99").status_code == 404


def test_every_move_drawn_is_one_that_its_mover_prefers(conflict: Path) -> None:
    result = stability.stability(conflict)
    c = result.conflict
    found = report.improvements(result)
    assert found
    for a, b, i in found:
        assert c.reach[i][a] >> b & 1
        assert c.rank[i][b] < c.rank[i][a]
    for state in range(len(c.labels)):
        for i in range(len(c.parties)):
            leaves = any(a == state and party == i for a, _, party in found)
            assert leaves != bool(result.stable["nash"][i, state])


def test_pages_without_what_they_need_say_what_is_missing(tmp_path: Path) -> None:
    cases.new(tmp_path / "e.winset")
    client = opened(tmp_path / "e.winset")
    for path, says in [
        ("/stability", "holds no conflict"), ("/consent", "Not known"), ("/uncertainty", "missing"),
        ("/uncertainty/models", "No method can run"), ("/forecasts", "The ledger is empty"),
    ]:  # fmt: skip
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert says in answer.text, path


ARTICLE = """Two sides meet

Date: 2024-03-20

Delegations of Keshland and Oriva met on Wednesday. Keshland demanded a ceasefire before talks; "we want all foreign troops to leave," Tomas Brel,
the foreign minister of Keshland, said. Lina Odo, the foreign minister of Oriva, rejected this and said that Oriva would accept 10,000 troops.

The opposition Farmers' Union in Oriva said it would vote against any deal that has no binding guarantee.
"""


@pytest.fixture
def unjudged(tmp_path: Path) -> Path:
    """An article, and nobody's judgement."""
    cases.new(tmp_path / "u.winset")
    (tmp_path / "talks.txt").write_text(ARTICLE, encoding="utf-8")
    adding.add(tmp_path / "u.winset", [Source(file=str(tmp_path / "talks.txt"))], annotators.choose_or_say(None, print))
    return tmp_path / "u.winset"


def test_where_nothing_is_judged_the_page_leads_to_what_the_record_suggests_and_names_no_command(
    unjudged: Path,
) -> None:
    client = opened(unjudged)
    assert any(name == "bargaining" for name, _ in side_by_side.look(unjudged)[2])
    for path in ("/uncertainty", "/uncertainty/models"):
        page = client.get(path).text
        assert 'href="/suggestions/next?kind=position"' in page
        assert "winset review" not in page
    assert "winset solve" not in client.get("/stability").text.split("See what the record suggests")[0]
    consent = client.get("/consent").text
    assert "winset pointers" not in consent
    names = pointers.pointers(unjudged)["names"]
    assert names
    assert all(f"<bdi>{name}</bdi>" in html.unescape(consent) for name in names.values())


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("a is missing; add it with: winset add CASE", "a is missing"),
        ("two are needed; judge both, or name them with --between", "two are needed; judge both"),
        ("b.winset: nothing is judged", "b.winset: nothing is judged"),
        ("use winset add for it", "use winset add for it"),
    ],
)
def test_a_refusal_says_why_without_what_the_terminal_takes(said: str, left: str) -> None:
    assert reason(said) == left


def test_consent_shows_leverage_ratifiers_and_what_force_brings(riyadh: Path) -> None:
    client = opened(riyadh)
    page = client.get("/consent?p=0.6&first=0.1&second=0.2").text
    assert "Congress, median member" in page
    assert "0.5 to 0.8 of the stake" in page
    wrong = client.get("/consent?p=x&first=-0.1&second=0,2")
    assert wrong.status_code == 200
    for said in (
        "The chance of the first side: expected a number, got &#39;x&#39;",
        "0 or more, got &#39;-0.1&#39;",
        "write decimals with a point",
    ):
        assert said in wrong.text
    assert "all three numbers are needed" in client.get("/consent?p=0.6&first=&second=").text


def test_uncertainty_is_a_quick_look_at_what_the_command_says(riyadh: Path) -> None:
    client = opened(riyadh)
    page = client.get("/uncertainty?method=offers").text
    found = sensitivity.sensitivity("offers", riyadh, base=256).result
    assert (found["output"], found["tornado"][0]["input"]) == ("share:united-states", "discount of russia")
    assert "Share of United States depends most on discount of Russia" in page
    assert client.get("/uncertainty?method=stars").status_code == 404
    assert client.get("/uncertainty?method=offers&output=nothing").status_code == 404
    models = client.get("/uncertainty/models").text
    assert "Where and why they disagree" in models
    assert all(f'<th scope="col">{name}<br>' in models for name in ("spatial", "bargaining", "ratification"))


def test_a_question_is_asked_forecast_and_resolved(riyadh: Path) -> None:
    client = opened(riyadh)
    asked = "kind=question&id=deal&text=Signed%3F&rule=the+communique&closes=2999-01-01&resolves=2999-02-01"
    assert client.post("/forecasts", content=asked, headers=OURS).status_code == 303
    assert client.post("/forecasts", content="kind=forecast&question=deal&percent=30", headers=OURS).status_code == 303
    sent = "kind=outcome&question=deal&outcome=no&source=press"
    assert client.post("/forecasts", content=sent, headers=OURS).status_code == 303
    page = client.get("/forecasts").text
    assert "30 %" in page
    assert f"{forecasts.score(riyadh)['brier']:.3f}" in page
    for wrong in (
        "kind=forecast&question=deal&percent=900",
        "kind=x",
        "kind=outcome&question=deal&outcome=perhaps&source=s",
    ):
        assert client.post("/forecasts", content=wrong, headers=OURS).status_code == 422, wrong


def test_a_conflict_is_suggested_with_its_grounds_kept_and_undone(lorn: Path) -> None:
    client = opened(lorn)
    assert 'href="/stability?suggest=1"' in client.get("/stability").text
    page = client.get("/stability?suggest=1").text
    posed = stability.pose(lorn, suggest=True)
    for option in posed.data["options"]:
        assert html.escape(option["name"][:30], quote=True).replace("&#x27;", "&#39;") in page
    assert re.search(r'href="/documents/[^"]+#[^"]+"', page)
    assert load_case(lorn).conflict is None
    assert client.post("/stability/keep", headers=OURS).status_code == 303
    assert load_case(lorn).conflict == posed.data
    assert "would last" in client.get("/stability").text
    cases.undo(lorn)
    assert load_case(lorn).conflict is None


def test_every_way_is_a_chain_of_moves_that_leads_where_it_says(riyadh: Path) -> None:
    result = stability.stability(riyadh)
    c = result.conflict
    found = stability.ways(result, 0)
    assert found
    for goal, turns in found:
        at = 0
        for turn in turns:
            to, mover = [str(x) for x in c.labels].index(turn.to), c.parties.index(turn.party)
            assert to in set(c.moves[mover].targets(at))
            assert c.worth[mover][to] > c.worth[mover][at]
            changed = {name for k, name in enumerate(c.options) if (c.taken[to] ^ c.taken[at]) >> k & 1}
            assert changed == {*turn.takes, *turn.leaves}
            at = to
        assert str(c.labels[at]) == goal
        assert at in result.equilibria("gmr")


def test_each_models_record_stands_beside_its_answer_as_the_command_says_it(riyadh: Path) -> None:
    page = html.unescape(re.sub(r"<[^>]+>", "", opened(riyadh).get("/uncertainty/models").text))
    case, found, why_not = side_by_side.look(riyadh)
    assert why_not == ()
    assert found is not None
    for line in found["disagreement"]:
        assert line.replace("`", "") in page
    wide = 0
    for one in found["methods"]:
        assert (one["why_not"] or "judgement") in page
        for issue in found["issues"]:
            said = one["answers"].get(f"outcome:{issue}")
            if said and said["with_method_error"]:
                low, high = said["with_method_error"]
                ends = [words.on_scale(end, case.issue(issue), labelled=False) for end in (low, high)]
                assert f"{' to '.join(ends)} with its own error" in page
                wide += 1
        if one["record"]:
            assert page.count(f"missed by {words.number(one['record']['mae'])} {one['record']['unit']}") >= 2
    assert wide
    for answers in found["issues"].values():  # a mean of a few different deals lies between them, the middle does not
        assert all(one["interval"][0] - 1e-9 <= one["middle"] <= one["interval"][1] + 1e-9 for one in answers)
    for one in found["methods"]:
        assert all(text in page for text in one["assumed"])
    assert "capability of Russia, United States, Ukraine and European allies on each of the 5 issues not stated" in page
    for one in found["others"]:
        assert one["question"] in page


def test_a_long_look_is_computed_aside_and_kept_until_the_case_changes(
    riyadh: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doubt, "LIGHT_JUDGEMENTS", 1)
    monkeypatch.setattr(aside, "PATIENCE", 0.0)
    client = opened(riyadh)
    for address, shown in (
        ("/uncertainty?method=offers", "Shares of the variance"),
        ("/uncertainty/models", "Where and why they disagree"),
    ):
        first = client.get(address)
        assert first.status_code == 202
        assert "draws the judgements of the case many times" in first.text
        assert int(first.headers["refresh"]) > 0
        deadline = time.monotonic() + 60
        while (page := client.get(address)).status_code == 202 and time.monotonic() < deadline:
            time.sleep(0.1)
        assert page.status_code == 200
        assert shown in page.text
        assert client.get(address).status_code == 200
    with CaseFile.open(riyadh, at=cases.now()) as file:
        file.replace(file.case().with_(title="Another"), at=cases.now(), author="Ann", label="renamed")
    assert "The case has changed since this was computed" in client.get("/uncertainty/models").text


def test_a_look_is_long_where_many_judgements_or_deals_are_weighed(riyadh: Path) -> None:
    assert not doubt.heavy(riyadh)
    with CaseFile.open(riyadh, at=cases.now()) as file:
        case = file.case()
        wide = Issue(id="money", question="How much?", kind="integer", range=(0.0, 1e9))
        file.replace(case.with_(issues=(*case.issues, wide)), at=cases.now(), author="Ann", label="money")
    assert doubt.heavy(riyadh)
