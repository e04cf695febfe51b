"""What lasts, who must consent and what answers depend on, as somebody with a browser gets there."""

import re
from pathlib import Path

from tests.web.browsing import chromium, launched, needed, served

from winset.report import stability as report
from winset.services import stability
from winset.services.sources import load_case


def test_a_state_is_chosen_said_in_words_and_has_an_address(riyadh: Path) -> None:
    needed()
    result = stability.stability(riyadh)
    labels = [str(label) for label in result.conflict.labels]
    with chromium() as browser, served(riyadh) as running:
        page = launched(browser, running)
        page.goto(f"{running.root}/stability")
        page.focus("#state")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        page.locator("#live h2", has_text="Why 2 would last, or not").wait_for()
        told = page.text_content("#live section")
        assert report.state_in_words(result, 1) in told
        for party in range(len(result.conflict.parties)):
            assert " ".join(report.why(result, 1, party)) in told
        for other in report.named(result, 1):
            assert report.difference(result, 1, other) in told
        assert page.evaluate("document.activeElement.id") == "state"
        page.reload()
        assert page.input_value("#state") == "2"
        assert page.locator("#live figure svg").count() == 1
        ways = stability.ways(result, 0)
        assert page.locator("#live ol.found > li").count() == len(ways)
        goal = ways[0][0]
        page.click(f".options thead a >> text=/^{goal}$/")
        page.locator("#live h2", has_text=f"Why {goal} would last").wait_for()
        marks = page.locator(".options tbody tr", has_text="NASH").locator("td .vh").count()
        assert marks == len(result.equilibria("nash"))
        page.go_back()
        assert page.input_value("#state") == "2"
        page.select_option("#now", goal)
        page.locator("#live h2", has_text=f"Ways from {goal}").wait_for()
        assert report.state_in_words(result, labels.index(goal)) in page.text_content("#live")
        assert page.wrongs == []


def test_a_conflict_that_the_record_suggests_is_looked_at_kept_and_taken_back(lorn: Path) -> None:
    needed()
    with chromium() as browser, served(lorn) as running:
        page = launched(browser, running)
        page.goto(f"{running.root}/stability")
        page.click("text=See what the record suggests")
        assert load_case(lorn).conflict is None
        words = page.locator("table", has_text="Options, and why").locator("a.ref").first
        words.click()
        page.wait_for_url("**/documents/**")
        page.go_back()
        page.click("text=Keep it as this case's conflict")
        page.wait_for_url("**/stability")
        page.locator("h2", has_text="Options and states").wait_for()
        assert load_case(lorn).conflict is not None
        page.goto(f"{running.root}/history")
        page.keyboard.press("u")
        page.locator("tr", has_text="kept the conflict").locator("text=undone").wait_for()
        assert load_case(lorn).conflict is None
        assert page.wrongs == []


def test_methods_and_outputs_are_changed_and_every_bar_stays_with_its_method(riyadh: Path) -> None:
    needed()
    with chromium() as browser, served(riyadh) as running:
        page = launched(browser, running)
        page.goto(f"{running.root}/uncertainty")
        for method in ("offers", "ratification", "bargaining"):
            page.click(f"nav[aria-label=Method] a >> text={method}")
            page.wait_for_url(f"**/uncertainty?method={method}")
            page.locator("h2", has_text="Shares of the variance").wait_for()
            other = page.locator("#output option").nth(1)
            name, said = other.get_attribute("value"), other.text_content()
            page.select_option("#output", name)
            told = re.compile(rf"{re.escape(said[0].upper() + said[1:])}(?:: | in )")  # "Ratified in 60 of 100 draws"
            page.locator("#live p", has_text=told).first.wait_for()
            assert f"method={method}" in page.url
            page.reload()
            assert page.input_value("#output") == name
        assert page.wrongs == []


def test_a_judgement_is_made_from_words_and_force_is_computed(riyadh: Path) -> None:
    needed()
    before = len(load_case(riyadh).judgements)
    with chromium() as browser, served(riyadh) as running:
        page = launched(browser, running)
        page.goto(f"{running.root}/consent")
        page.locator("summary", has_text="Judge from it").nth(1).click()
        form = page.locator("form[action='/suggestions/judge']").nth(1)
        form.locator("input[name=number]").fill("0.4")
        form.locator("input[name=why]").fill("its envoy said so")
        form.locator("button").click()
        page.locator("text=0.4 by Ann").first.wait_for()
        made = load_case(riyadh).judgements
        assert len(made) == before + 1
        assert made[-1].grounds
        for name, value in (("p", "0.6"), ("first", "0.1"), ("second", "0.2")):
            page.fill(f"#{name}", value)
        page.press("#second", "Enter")
        page.locator("text=0.5 to 0.8 of the stake").wait_for()
        page.fill("#p", "2")
        page.press("#second", "Enter")
        page.locator(".refused", has_text="expected 0 to 1, got '2'").wait_for()
        page.go_back()
        page.locator("text=0.5 to 0.8 of the stake").wait_for()


def test_scenarios_and_models_stand_side_by_side(riyadh: Path) -> None:
    needed()
    with chromium() as browser, served(riyadh) as running:
        page = launched(browser, running)
        page.goto(f"{running.root}/deals")
        for name, key in (("hard", "End"), ("soft", "Home")):
            slider = page.locator('input[name^="try.reservation:"]').first
            slider.focus()
            page.keyboard.press(key)
            page.wait_for_function(
                "() => new URLSearchParams(location.search).keys().some((one) => one.startsWith('try.'))"
            )
            page.fill("#name", name)
            page.click("button[formaction='/scenarios']")
            page.wait_for_url("**/scenarios")
            page.locator("tr", has_text=name).wait_for()
            page.goto(f"{running.root}/deals")
        page.goto(f"{running.root}/scenarios")
        rows = page.locator("tbody tr")
        assert rows.count() == 3
        assert len({rows.nth(n).locator("td").nth(1).text_content() for n in range(3)}) == 3
        page.click("tbody a >> text=hard")
        page.wait_for_url("**/deals?try.**")
        page.goto(f"{running.root}/uncertainty/models")
        heads = page.locator("table", has_text="What each says on").locator("thead th").all_text_contents()
        assert any("missed by" in one for one in heads)
        assert page.locator("table", has_text="What each says on").locator("tbody tr").count() == len(
            load_case(riyadh).issues
        )
        assert page.wrongs == []
