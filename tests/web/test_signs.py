"""The sign at the top: it says when a page or an answer takes its time, and no longer when it is there."""

from pathlib import Path
from typing import Any

from tests.web.browsing import chromium, launched, needed, served


class Held:
    """Requests that match are held back until they are let go."""

    def __init__(self, page: Any, pattern: str) -> None:
        self.page, self.pattern, self.waiting = page, pattern, []  # type: ignore[var-annotated]
        page.route(pattern, lambda route: self.waiting.append(route))

    def let_go(self) -> None:
        for one in self.waiting:
            one.continue_()
        self.page.unroute(self.pattern)


KEEP = """() => new MutationObserver(() => sessionStorage.setItem('signs', (sessionStorage.getItem('signs') ?? '') + document.getElementById('sign').textContent + '|'))
    .observe(document.getElementById('sign'), {childList: true})"""
LONG = 800  # milliseconds that an answer is held back; the sign speaks after 300


def leaves(page: Any, held: Held, address: str) -> str:
    """What the sign said until the next page came; a page that is being left answers no other question."""
    page.wait_for_timeout(LONG)
    held.let_go()
    page.wait_for_url(address)
    return str(page.evaluate("sessionStorage.getItem('signs')"))


def said(page: Any, text: str) -> None:
    page.wait_for_function("text => document.getElementById('sign').textContent === text", arg=text)


def test_a_page_that_takes_its_time_is_said_to_until_it_is_there(lorn: Path) -> None:
    needed()
    with chromium() as browser, served(lorn) as running:
        page = launched(browser, running)
        page.goto(f"{running.root}/documents")
        page.evaluate(KEEP)
        held = Held(page, "**/positions")
        page.click("nav >> text=Positions", no_wait_after=True)
        assert leaves(page, held, "**/positions") == "Working…|"
        assert page.text_content("#sign") == ""
        page.go_back()
        page.wait_for_url("**/documents")
        assert page.text_content("#sign") == ""


def test_a_form_that_asks_says_so_too(lorn: Path) -> None:
    needed()
    with chromium() as browser, served(lorn) as running:
        page = launched(browser, running)
        page.goto(f"{running.root}/search?words=patrols")
        page.evaluate(
            "() => { window.signs = []; new MutationObserver(() => signs.push(document.getElementById('sign').textContent)).observe(document.getElementById('sign'), {childList: true}); }"
        )
        page.evaluate(KEEP)
        held = Held(page, "**/search?words=tariff")
        page.fill("[role=search] input", "tariff")
        page.click("[role=search] button", no_wait_after=True)
        assert leaves(page, held, "**/search?words=tariff") == "Working…|"
        assert page.text_content("#sign") == ""


def test_an_answer_in_place_that_takes_its_time_is_said_to_and_a_wrong_one_keeps_what_was_shown(lorn: Path) -> None:
    needed()
    with chromium() as browser, served(lorn) as running:
        page = launched(browser, running)
        page.goto(f"{running.root}/positions/moves")
        shown = page.text_content("#live")
        held = Held(page, "**/positions/moves?*")
        page.fill("#window", "3")
        said(page, "Working…")
        held.let_go()
        said(page, "")
        assert "window=3" in page.url
        page.evaluate("document.getElementById('window').removeAttribute('max')")
        page.fill("#window", "99999999")
        page.wait_for_selector("#window + .refused")
        assert page.text_content("#sign") == "Not shown"
        assert "0 to 36500 days" in page.text_content("#window + .refused")
        assert page.input_value("#window") == "99999999"
        page.fill("#window", "30")
        said(page, "")
        assert page.locator(".refused").count() == 0
        assert page.text_content("#live") == shown


def test_a_save_is_said_to_be_on_its_way_and_then_to_be_done(lorn: Path) -> None:
    needed()
    with chromium() as browser, served(lorn) as running:
        page = launched(browser, running)
        page.goto(f"{running.root}/review")
        held = Held(page, "**/review/**")
        page.keyboard.press("a")
        said(page, "Saving…")
        held.let_go()
        page.wait_for_function("() => document.getElementById('sign').textContent.startsWith('Saved')")
