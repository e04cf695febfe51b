"""The deal space in the browser: a picture that agrees with the command, sliders that re-solve, scenarios that are kept."""

import json
import re
import time
from pathlib import Path

import pytest
from tests.web.browsing import chromium, launched, needed, served
from tests.web.conftest import OURS, opened

from winset.domain.estimates import Exact, Judgement
from winset.services import bargaining, cases, space
from winset.services.sources import judged_case, load_case


def test_the_page_says_what_the_command_says(riyadh: Path) -> None:
    text = opened(riyadh).get("/deals").text
    result = bargaining.bargaining((riyadh,)).result
    assert f"{result['zone']:,} of {result['outcomes']:,} possible deals" in text
    assert text.count("<circle") >= result["frontier"]["size"]
    found = space.space(riyadh).result or {}
    # The page looks at a deal of its own, and draws no lots: they would take half the time of a moved slider.
    told = set(result) - {"assumptions", "gaps", "proposal", "worth_a_look", "lotteries"}
    assert {k: found[k] for k in told} == {k: result[k] for k in told}


def test_a_slider_is_a_judgement_tried_otherwise(riyadh: Path) -> None:
    name = "salience:russia:nato"
    tried = space.space(riyadh, tried={name: 5.0})
    case = judged_case(riyadh)
    other = Judgement(quantity="salience", party="russia", issue="nato", value=Exact(5.0), by="me", as_of=case.as_of)
    wanted = bargaining.of_case(case.with_(judgements=(*case.judgements, other))).result
    assert tried.result is not None
    assert tried.result["solutions"] == wanted["solutions"]
    assert tried.result["solutions"] != space.space(riyadh).result["solutions"]  # type: ignore[index]  # there is one
    page = opened(riyadh).get(f"/deals?try.{name}=5").text
    assert "judged" in page
    before = riyadh.read_bytes()
    assert riyadh.read_bytes() == before


def test_a_deal_built_by_hand_is_looked_at(lorn: Path) -> None:
    found = space.space(lorn)
    terms = {issue.id: options[-1][0] for issue, options in found.options}
    answer = opened(lorn).get("/deals", params={f"term.{k}": v for k, v in terms.items()}).text
    looked = space.space(lorn, deal=terms).result["proposal"]  # type: ignore[index]  # there is one
    assert {k: str(v) for k, v in looked["outcome"].items()} == terms
    assert "Looked at" in answer


@pytest.mark.parametrize(
    "query",
    [
        "try.salience:russia:nato=900",
        "try.salience:russia:nato=x",
        "x=russia",
        "x=russia&y=russia",
        "term.nato=9",
        "at=x",
    ],
)
def test_what_cannot_be_tried_is_said(riyadh: Path, query: str) -> None:
    answer = opened(riyadh).get(f"/deals?{query}")
    assert answer.status_code == 404
    assert "Traceback" not in answer.text


def test_a_scenario_is_kept_compared_and_undone(riyadh: Path) -> None:
    client = opened(riyadh)
    sent = "name=Ankara+<b>&at=2025-02-20&try.salience:russia:nato=5"
    assert client.post("/scenarios", content=sent, headers=OURS).headers["location"] == "/scenarios"
    page = client.get("/scenarios").text
    assert "Ankara &lt;b&gt;" in page
    link = re.search(r'href="(/deals\?try[^"]*)"', page)
    assert link
    assert 'value="5.0"' in client.get(link.group(1).replace("&amp;", "&")).text
    assert cases.show(riyadh)["counts"]["scenarios"] == 1
    client.post("/undo", headers=OURS)
    assert cases.show(riyadh)["counts"]["scenarios"] == 0


def test_a_case_without_judgements_says_what_is_missing(tmp_path: Path) -> None:
    cases.new(tmp_path / "e.winset")
    client = opened(tmp_path / "e.winset")
    assert "needs parties and issues; the case has no parties and no issues" in client.get("/deals").text
    assert "No scenario has been kept" in client.get("/scenarios").text


def test_moving_a_slider_takes_well_under_half_a_second(riyadh: Path) -> None:
    client = opened(riyadh)
    client.get("/deals")
    took = []
    for value in (10, 20, 30):
        start = time.process_time()
        client.get(f"/deals?try.salience:russia:nato={value}")
        took.append(time.process_time() - start)
    assert min(took) < 0.5  # the promise of 0.1 s is measured in benchmarks


def test_every_deal_that_can_be_picked_is_worth_what_is_told_and_lies_where_it_is_drawn(riyadh: Path) -> None:
    found = space.space(riyadh)
    assert found.plot is not None
    assert found.result is not None
    a, b = (found.result["parties"].index(id) for id in found.pair or ())
    assert len(found.plot.picks) > 100
    for pick in found.plot.picks[:: len(found.plot.picks) // 12]:
        looked = space.space(riyadh, deal=pick.terms)
        assert looked.result is not None
        assert looked.result["proposal"]["utilities"] == pytest.approx(pick.worth)
        assert pick.at[0] == pytest.approx(found.plot.frame.x(pick.worth[a]), abs=0.06)
        assert pick.at[1] == pytest.approx(found.plot.frame.y(pick.worth[b]), abs=0.06)


def test_a_part_of_the_picture_holds_what_lies_in_it(riyadh: Path) -> None:
    client = opened(riyadh)
    whole = space.space(riyadh).plot
    part = space.space(riyadh, window=((0.4, 0.6), (0.4, 0.8))).plot
    assert whole is not None
    assert part is not None
    assert 0 < len(part.picks) < len(whole.picks)
    assert {tuple(one.terms.items()) for one in part.picks} <= {tuple(one.terms.items()) for one in whole.picks}
    assert client.get("/deals?view=0.4:0.6:0.4:0.8").status_code == 200
    for wrong in ("1", "0:1:1:0", "a:b:c:d", "0:1:nan:2"):
        assert client.get(f"/deals?view={wrong}").status_code == 404


def test_a_deal_is_picked_in_the_picture_by_keys_and_by_a_click(riyadh: Path) -> None:
    needed()
    with chromium() as browser, served(riyadh) as running:
        page = launched(browser, running)
        page.goto(f"{running.root}/deals")
        page.focus(".space .scroll")
        page.keyboard.press("ArrowUp")
        told = page.text_content(".told")
        assert told.startswith("Russia 0.")
        page.keyboard.press("Enter")
        page.wait_for_function("() => location.search.includes('term.nato')")
        terms = told.split(": ", 1)[1]
        assert terms in page.text_content("#live")
        assert page.evaluate("document.activeElement.matches('.space .scroll')")
        page.keyboard.press("+")
        page.wait_for_function("() => /view=[^&]/.test(location.search)")
        page.reload()
        assert terms in page.text_content("#live")
        page.keyboard.press("Escape")
        picks = page.evaluate("JSON.parse(document.querySelector('.space').dataset.picks)")
        box = page.evaluate(
            "p => { const s = document.querySelector('.space svg'), m = s.getScreenCTM();"
            " const q = new DOMPoint(p[0], p[1]).matrixTransform(m); return [q.x, q.y]; }",
            picks[3][:2],
        )
        page.mouse.click(*box)
        first = next(iter(picks[3][2].items()))
        page.wait_for_function(
            "([k, v]) => new URLSearchParams(location.search).get('term.' + k) === v", arg=list(first)
        )
        assert page.wrongs == []


def test_moved_sliders_end_on_the_last_place_and_are_kept_as_a_scenario(riyadh: Path) -> None:
    needed()
    with chromium() as browser, served(riyadh) as running:
        page = launched(browser, running)
        page.goto(f"{running.root}/deals")
        page.click("text=What matters to whom")
        slider = page.locator('input[name="try.salience:russia:nato"]')
        slider.evaluate(
            "one => { for (const value of [90, 70, 50, 30, 10]) {"
            " one.value = String(value); one.dispatchEvent(new Event('input', { bubbles: true })); } }"
        )
        page.wait_for_function("() => new URLSearchParams(location.search).get('try.salience:russia:nato') === '10'")
        assert "judged" in page.locator(".tune", has=slider).text_content() or page.locator("output").count()
        shown = page.inner_html("#live figure svg")
        page.reload()
        assert page.inner_html("#live figure svg") == shown
        page.fill("#name", "<b>Less</b> about NATO")
        page.click("text=Keep >> nth=-1")
        page.wait_for_url("**/scenarios")
        row = page.locator("tbody tr", has_text="<b>Less</b> about NATO")
        assert "10 instead of" in row.text_content()
        row.locator("a").first.click()
        page.wait_for_load_state()
        assert page.inner_html("#live figure svg") == shown
        assert page.wrongs == []
    assert [one["name"] for one in load_case(riyadh).scenarios] == ["<b>Less</b> about NATO"]


def test_an_issue_in_numbers_is_dealt_with_by_number(tmp_path: Path) -> None:
    value = {
        "schema": "winset-case/1", "parties": [{"id": p, "name": p.upper()} for p in "ab"],
        "issues": [{"id": "pay", "question": "How much?", "kind": "continuous", "range": [0, 10], "status_quo": 0}],
        "judgements": [
            {"quantity": q, "party": p, "issue": i, "value": x, "by": "Ann"}
            for q, p, i, x in (("position", "a", "pay", 2.5), ("position", "b", "pay", 7), ("reservation", "a", None, 0), ("reservation", "b", None, 0))
        ],
    }  # fmt: skip
    (tmp_path / "pay.json").write_text(json.dumps(value))
    cases.import_case(tmp_path / "pay.winset", tmp_path / "pay.json")
    client = opened(tmp_path / "pay.winset")
    page = client.get("/deals").text
    assert re.search(
        r'<input id="term.pay" name="term.pay" type="number" step="any" min="0.0" max="10.0" value="0">', page
    )
    assert not re.search(
        r"\d\.\d{5,}",
        re.sub(r"<svg.*?</svg>|data-\w+=\"[^\"]*\"|value=\"[^\"]*\"|href=\"[^\"]*\"", "", page, flags=re.S),
    )
    looked = client.get("/deals?term.pay=4.25").text
    assert 'value="4.25"' in looked
    wrong = client.get("/deals?term.pay=11")
    assert wrong.status_code in (404, 500)
    assert "no number from 0 to 10" in wrong.text


def test_the_deal_looked_at_is_chosen_among_the_points_by_their_labels(riyadh: Path) -> None:
    found = space.space(riyadh)
    assert found.deal
    for issue, options in found.options:
        assert found.deal[issue.id] in dict(options)
    page = opened(riyadh).get("/deals").text
    assert re.search(r"<option value=\"0.0\" selected>ruled out for good</option>", page)
