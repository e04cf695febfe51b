"""The deal space in the browser: a picture that agrees with the command, sliders that re-solve, scenarios that are kept."""

import re
import time
from pathlib import Path

import pytest
from tests.web.conftest import OURS, opened

from winset.domain.estimates import Exact, Judgement
from winset.services import bargaining, cases, space
from winset.services.sources import judged_case


def test_the_page_says_what_the_command_says(riyadh: Path) -> None:
    text = opened(riyadh).get("/deals").text
    result = bargaining.bargaining((riyadh,)).result
    assert f"{result['zone']:,} of {result['outcomes']:,} possible deals" in text
    assert text.count("<circle") >= result["frontier"]["size"]
    found = space.space(riyadh).result or {}
    told = set(result) - {"assumptions", "gaps", "proposal", "worth_a_look"}  # the page looks at a deal of its own
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
    assert "needs parties and issues" in client.get("/deals").text
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
