"""Pages on how positions came about: over time, what changed, moves with their worth, attention, tables, precedents."""

import re
from datetime import date
from pathlib import Path
from urllib.parse import quote

import pytest
from tests.web.browsing import chromium, launched, needed, served
from tests.web.conftest import OURS, opened

from winset.services import alignment, attention, board, cases, difference, ledger, positions, precedents, reviews
from winset.services.sources import load_case


def test_an_issue_over_time_has_a_row_and_a_mark_for_each_step(riyadh: Path) -> None:
    client = opened(riyadh)
    page = client.get("/positions/timeline?issue=nato").text
    rows = [one for one in positions.positions(riyadh)["rows"] if one["issue"] == "nato"]
    steps = re.findall(r'id="step-(\d+)"', page)
    found = board.over_time(riyadh, "nato")
    assert len(steps) == len(found.rows) >= len(rows)
    assert {f"#step-{n}" for n in steps} == set(re.findall(r'<a href="(#step-\d+)"', page))
    assert client.get("/positions/timeline?issue=no").status_code == 404
    assert "Over time" in opened(riyadh).get("/positions").text


def test_a_mark_of_the_chart_leads_to_its_row_by_mouse_and_by_key(riyadh: Path) -> None:
    needed()
    with chromium() as browser, served(riyadh) as running:
        page = launched(browser, running)
        page.goto(f"{running.root}/positions/timeline?issue=nato")
        marks = page.locator("figure svg a")
        marks.nth(1).click()
        assert re.search(r"#step-\d+$", page.url)
        assert page.evaluate("document.querySelector(':target').matches('tr')")
        marks.first.focus()
        page.keyboard.press("Enter")
        row = page.locator(page.url[page.url.index("#") :])
        with page.expect_navigation():
            row.locator("a.ref").first.click() if row.locator("a.ref").count() else row.locator("a.value").click()
        assert page.wrongs == []


def test_what_changed_since_a_day_is_what_the_command_says(riyadh: Path) -> None:
    client = opened(riyadh)
    page = client.get("/positions/changes?since=2025-02-11").text
    found = difference.difference(riyadh, since=date(2025, 2, 11))
    assert f"{len(found['statements']['new'])} new statements" in page
    assert page.count('class="topic"><bdi>May Ukraine join NATO?') == 1
    for one in found["numbers"][0]["because"]:
        assert f"party={one['party']}" in page or one["issue"] is None
    assert all(f"/documents/{one['doc']}" in page for one in found["sources"])
    assert client.get("/positions/changes?since=2099-01-01").status_code == 404
    assert client.get("/positions/changes").status_code == 200, "the newest sources, where nothing is asked"


def test_what_changed_since_an_undo_point_and_the_case_stays_as_it_is(riyadh: Path) -> None:
    client = opened(riyadh)
    gone, kept = (one.id for one in load_case(riyadh).statements[:2])
    client.post("/marks", content="name=before+Tuesday", headers=OURS)
    reviews.decide(riyadh, gone, "reject")
    board.judge(
        riyadh, quantity="position", party="russia", issue="nato", numbers=(40.0,), as_of=date(2025, 2, 19), note=None
    )
    before = riyadh.read_bytes()
    found = difference.difference(riyadh, mark="before Tuesday")
    assert found["gone"] == [gone]
    assert found["statements"]["new"] == []
    (moved,) = (one for one in found["positions"] if one["issue"] == "nato")
    assert (moved["party"], moved["before"]["value"], moved["after"]["value"]) == ("russia", 0, 40)
    because = {one["how"] for number in found["numbers"] for one in number["because"]}
    assert because == {"judged anew"}
    page = client.get("/positions/changes?mark=before+Tuesday").text
    assert "before Tuesday</bdi></b>" in page
    assert quote(gone, safe="") in page
    assert quote(kept, safe="") not in page
    assert riyadh.read_bytes() == before
    assert client.get("/positions/changes?mark=never").status_code == 404
    cases.back_to(riyadh, "before Tuesday")
    same = difference.difference(riyadh, mark="before Tuesday")
    assert (same["positions"], same["numbers"], same["gone"]) == ([], [], [])


def test_an_undo_point_that_was_undone_is_compared_with_by_repeating(lorn: Path) -> None:
    reviews.decide(lorn, load_case(lorn).statements[0].id, "reject")
    cases.mark(lorn, "after")
    cases.undo(lorn)
    found = difference.difference(lorn, mark="after")
    assert found["statements"]["new"] + found["statements"]["repeated"] == [load_case(lorn).statements[0].id]


def test_moves_say_what_they_are_worth_who_answered_and_what_was_held_out(lorn: Path) -> None:
    page = opened(lorn).get("/positions/moves").text
    found = ledger.ledger(lorn)
    assert page.count("<tr id=") == len(found["moves"])
    for one in found["moves"]:
        assert f"{100 * one['share']:.0f} %" in page
        assert f"{one['weight']:.1f}" in page
    for one in found["pace"]:
        assert f"{one['per_month']:.2f} of a scale per 30 days" in page
    assert page.count(">penalty</span>") == sum(one["kind"] == "penalty" for one in found["inducements"]) > 0
    early = opened(lorn).get("/positions/moves?until=2031-06-01").text
    assert early.count("<tr id=") == len(ledger.ledger(lorn, until=date(2031, 6, 1))["moves"]) < len(found["moves"])


def test_attention_shows_each_share_with_its_sayings_and_who_could_block(riyadh: Path) -> None:
    page = opened(riyadh).get("/positions/attention").text
    found = attention.attention(riyadh)
    for row in found["parties"]:
        for one in row["issues"]:
            assert f"{100 * one['interval'][0]:.0f} to {100 * one['interval'][1]:.0f}" in page
            assert len(one["said"]) == one["statements"]
            assert len(one["grounds"]) == one["statements"]
            for ground in one["grounds"]:
                words = f"?at={ground['spans'][0][0]}-{ground['spans'][0][1]}#place"
                place = f"#{quote(ground['statement'], safe='')}" if ground["statement"] else words
                assert f"/documents/{quote(ground['doc'], safe='')}{place}" in page
    assert "From outside the table" in page
    assert "must ratify" in page
    assert found["warning"][:30] in page


def test_tables_say_who_is_absent_and_every_export_can_be_taken_along(riyadh: Path) -> None:
    client = opened(riyadh)
    page = client.get("/positions/tables").text
    assert "Ukraine" in page.split("have no seat")[0].split("<h1>")[1]
    links = re.findall(r'href="/export/([^"]+)"', page)
    assert len(links) == 12
    for form in links:
        answer = client.get(f"/export/{form}")
        assert answer.status_code == 200
        assert answer.content == cases.export(riyadh, form) or form.endswith(("xlsx", "parquet", "qdpx"))
        assert answer.headers["content-disposition"].startswith("attachment")
    assert client.get("/export/exe").status_code == 404


def test_an_earlier_deal_is_corrected_rejected_and_comes_back(riyadh: Path) -> None:
    client = opened(riyadh)
    target = precedents_of(riyadh)[0]["target"]
    sent = {"target": target, "version": "0", "verdict": "correct", "back": "/positions/precedents",
            "set.kept": "no", "set.date": "2022-03-30", "set.note": "never signed", "term.nato": "50"}  # fmt: skip
    assert client.post("/suggestions/review", data=sent, headers=OURS).status_code == 303
    now = precedents_of(riyadh)[0]
    assert (now["kept"], now["date"], now["note"], now["terms"]["nato"]) == (False, "2022-03-30", "never signed", 50)
    page = client.get("/positions/precedents").text
    assert "corrected by" in page
    version = str(reviews.made_of(riyadh, ("precedent",))[target]["version"])
    unchanged = {**sent, "version": version, "set.kept": "", "set.date": "2022-03-29", "set.note": "", "term.nato": "0"}
    assert client.post("/suggestions/review", data=unchanged, headers=OURS).status_code == 422, "as it is written"
    rejected = {"target": target, "version": version, "verdict": "reject", "back": "/positions/precedents"}
    assert client.post("/suggestions/review", data=rejected, headers=OURS).status_code == 303
    assert target not in [one["target"] for one in precedents_of(riyadh)]
    page = client.get("/positions/precedents").text
    assert "<h2>Rejected</h2>" in page
    cases.undo(riyadh)
    assert target in [one["target"] for one in precedents_of(riyadh)]


def precedents_of(case: Path) -> list[dict]:  # type: ignore[type-arg]
    found = positions.precedents(case)
    assert precedents.with_precedents(load_case(case)).precedents
    return found


def test_a_distance_leads_to_what_it_rests_on_and_that_adds_up_to_it(riyadh: Path) -> None:
    client = opened(riyadh)
    found = alignment.alignment(riyadh)
    page = client.get("/positions/alignment").text
    for n, a in enumerate(found["parties"]):
        for k, b in enumerate(found["parties"]):
            d = found["distance"][n][k]
            if n == k or d is None:
                continue
            assert f"a={a}&amp;b={b}" in page
            assert sum(one.share * one.weight for one in alignment.apart(riyadh, a, b)) == pytest.approx(d)
    pair = client.get("/positions/alignment?a=russia&b=ukraine").text.split('id="rests"')[1]
    assert "?at=" in pair or "#" in re.findall(r'class="ref" href="([^"]+)"', pair)[0]
    assert client.get("/positions/alignment?a=russia&b=nobody").status_code == 404


def test_every_number_of_leverage_sliders_and_tornado_leads_to_its_judgement(riyadh: Path) -> None:
    client = opened(riyadh)
    for address in ("/consent", "/deals", "/uncertainty", "/scenarios"):
        links = set(re.findall(r'href="(/positions/on\?[^"]+)"', client.get(address).text.replace("&amp;", "&")))
        assert links or address == "/scenarios", address
        for link in links:
            there, _, place = link.partition("#")
            answer = client.get(there)
            assert answer.status_code == 200, link
            if place and "Nothing has been judged yet" not in answer.text and "assumed" not in client.get(address).text:
                assert f'id="{place}"' in answer.text, link
    party = client.get("/positions/on?party=russia").text
    assert 'id="of-discount"' in party
    assert 'id="of-outside-option"' in party
    sent = {"quantity": "discount", "party": "russia", "issue": "", "low": "0.5", "note": "in a hurry now"}
    done = client.post("/judgements", data=sent, headers=OURS)
    assert done.status_code == 303
    assert "in a hurry now" in client.get(done.headers["location"]).text


def test_search_says_which_judgement_it_found_and_finds_no_bare_numbers_and_ids(riyadh: Path) -> None:
    client = opened(riyadh)
    found = client.get("/search?words=istanbul").text
    assert not re.search(r">[0-9-]*istanbul<", found)  # no document's id in the place of words
    judged = client.get("/search?words=salience+russia").text
    assert "<bdi>salience of Russia on May Ukraine join NATO?</bdi>" in judged
    for number in ("9", "2025-02-18"):
        assert not re.search(rf"<bdi>{number}</bdi>", client.get(f"/search?words={number}").text)
