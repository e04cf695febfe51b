"""Positions and deals in a real browser, from reports that nobody has looked at to a deal that is kept as a scenario."""

from pathlib import Path
from typing import Any

from tests.web.browsing import chromium, gone_on, launched, needed, served

from winset.services import reviews, suggestion_queue
from winset.services.sources import load_case

OPEN = "details:has(summary:has-text('Edit'))"


def saved(page: Any) -> None:
    page.wait_for_function("() => document.getElementById('sign')?.textContent.startsWith('Saved')")


def test_the_matrix_follows_the_slider_marks_changes_and_opens_its_grounds(harbour: Path) -> None:
    needed()
    with chromium() as browser, served(harbour) as running:
        page = launched(browser, running)
        page.goto(f"{running.root}/positions?since=2026-03-05")
        assert page.locator("td.changed").count() >= 1
        latest = page.text_content("#live")
        page.focus("#when")
        page.keyboard.press("Home")
        page.wait_for_function("was => document.getElementById('live').textContent !== was", arg=latest)
        assert "at=2026-03-04" in page.url
        earliest = page.text_content("#live")
        page.keyboard.press("End")
        page.wait_for_function("was => document.getElementById('live').textContent !== was", arg=earliest)
        assert page.text_content("#live") == latest
        assert page.get_attribute("#when", "aria-valuetext") == "2026-03-18"
        page.locator("#live a.ref").first.click()
        page.wait_for_url("**/documents/**#**")
        page.go_back()
        page.locator("#live a.value").first.click()
        page.wait_for_url("**/positions/on?**")
        assert page.locator("figure svg").count() == 1
        assert page.wrongs == []


def test_an_interval_is_shown_in_words_and_as_a_line_with_the_axis_as_far_as_anybody_stands(harbour: Path) -> None:
    needed()
    with chromium() as browser, served(harbour) as running:
        page = launched(browser, running)
        page.goto(f"{running.root}/positions?at=2026-03-04")
        row = page.locator("#live > .scroll tbody tr", has_text="does pay rise")
        assert "3 to 4" in row.text_content()
        assert "of 60" not in row.text_content()
        written = page.locator("figure svg text").all_text_contents()
        assert "6" in written
        assert "60" not in written
        page.goto(f"{running.root}/positions/timeline?issue=pay-rise")
        lines = page.eval_on_selector_all(
            "figure svg path", "all => all.map(one => one.getBoundingClientRect().height)"
        )
        assert max(lines) > 15  # pixels: steps of one per cent can be seen


def test_a_judgement_is_edited_in_place_with_its_uncertainty_and_note_and_undone(riyadh: Path) -> None:
    needed()
    with chromium() as browser, served(riyadh) as running:
        page = launched(browser, running)
        page.goto(f"{running.root}/positions/on?party=ukraine&issue=nato")
        row = page.locator("[aria-label=Judgements] tbody tr").first
        before = " ".join(row.locator("td").nth(1).text_content().split())
        edit = row.locator(OPEN)
        edit.locator("summary").focus()
        page.keyboard.press("Enter")
        for name, value in (("low", "60"), ("likely", "80"), ("high", "95")):
            edit.locator(f"input[name={name}]").fill(value)
        edit.locator("input[name=note]").fill("as told in Kyiv <i>")
        page.keyboard.press("Enter")
        saved(page)
        row = page.locator("[aria-label=Judgements] tbody tr").first
        told = " ".join(row.text_content().split())
        assert "60 to 95" in told
        assert "was " in told
        assert "as told in Kyiv <i>" in told
        assert "corrected by Ann" in told
        row.locator(OPEN).locator("summary").click()
        row.locator(OPEN).locator("input[name=low]").fill("far")
        row.locator(OPEN).locator("button").click()
        page.wait_for_selector(".refused")
        assert "expected a number" in page.text_content(".refused")
        page.goto(f"{running.root}/history")
        page.click("form[action='/undo'] button")
        page.goto(f"{running.root}/positions/on?party=ukraine&issue=nato")
        assert (
            " ".join(page.locator("[aria-label=Judgements] tbody tr").first.locator("td").nth(1).text_content().split())
            == before
        )
        assert reviews.listed(riyadh) == []


def test_a_deal_is_built_from_lists_looked_at_and_kept(riyadh: Path) -> None:
    needed()
    with chromium() as browser, served(riyadh) as running:
        page = launched(browser, running)
        page.goto(f"{running.root}/deals")
        for told in ("Nash", "Utilitarian", "no deal"):
            assert any(told in one for one in page.locator("figure svg text").all_text_contents()), told
        assert "dark ones cannot be improved" in page.text_content("figure")
        issues = page.locator("fieldset select")
        for n in range(issues.count()):
            shown = page.inner_html("#live")
            last = issues.nth(n).locator("option").last.get_attribute("value")
            if issues.nth(n).input_value() != last:
                issues.nth(n).select_option(last)
                page.wait_for_function("was => document.getElementById('live').innerHTML !== was", arg=shown)
        looked = " ".join(page.text_content("#live").split("The deal looked at")[1].split())
        assert "Gain" in looked
        assert "Distance, where" in looked
        assert "the frontier" in looked
        assert "Worth less than no deal to Russia" in looked
        if "Trades that hurt nobody" in looked:
            assert "nato" not in looked.replace("NATO", "")  # issues by their questions
        address = page.url
        page.reload()
        assert " ".join(page.text_content("#live").split("The deal looked at")[1].split()) == looked
        page.fill("#name", "all or nothing <b>")
        page.click("button:has-text('Keep')")
        page.wait_for_url("**/scenarios")
        assert "all or nothing <b>" in page.text_content("tbody")
        page.click("text=all or nothing")
        page.wait_for_url("**/deals?**")
        assert " ".join(page.text_content("#live").split("The deal looked at")[1].split()) == looked
        assert address.split("?")[0] == page.url.split("?")[0]
        assert page.wrongs == []
    assert [one["name"] for one in load_case(riyadh).scenarios] == ["all or nothing <b>"]


def test_reports_that_nobody_judged_lead_from_suggestions_to_a_page_of_deals(harbour: Path) -> None:
    needed()
    positions = [one for one in suggestion_queue.suggested(harbour).rows if one.kind == "position"]
    assert len(positions) >= 3
    with chromium() as browser, served(harbour) as running:
        page = launched(browser, running)
        page.goto(f"{running.root}/deals")
        assert "Nobody has judged yet" in page.text_content("#live")
        assert page.locator("#name").count() == 0  # nothing is there to be kept
        page.click("text=Review them")
        page.wait_for_url("**/suggestions/one**")
        for _ in positions:
            at = page.url
            page.keyboard.press("a")
            gone_on(page, at)
        page.goto(f"{running.root}/suggestions?kind=position&state=any")
        page.click("text=Take them over")
        page.wait_for_url("**/deals")
        assert "Nobody has judged yet" not in page.text_content("#live")
        assert page.wrongs == []
    assert any(one.quantity == "position" for one in load_case(harbour).judgements)
