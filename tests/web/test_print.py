"""Pages on paper: in black, without what only a screen can use, whole, with the places of the words they rest on."""

from pathlib import Path

from tests.web.browsing import chromium, launched, needed, served

ADDRESSES = (
    "/", "/positions?since=2025-02-11", "/positions/on?party=russia&issue=nato", "/positions/attention", "/deals", "/stability?state=2",
    "/consent", "/uncertainty", "/uncertainty/models", "/forecasts", "/review", "/history",
)  # fmt: skip
A4 = {"width": 690, "height": 1000}  # CSS pixels between the margins of a sheet
WRONG = """() => {
    const found = [];
    const shown = (one) => one.checkVisibility();
    for (const one of document.querySelectorAll("button, .button, input, select, textarea, nav, iframe, .save"))
        if (shown(one)) found.push(`on paper: ${one.outerHTML.slice(0, 80)}`);
    for (const one of document.querySelectorAll("main p, main td, main th, main h1, main li")) {
        const ink = getComputedStyle(one).color.match(/[\\d.]+/g).slice(0, 3).map(Number);
        if (shown(one) && Math.max(...ink) > 0x60) found.push(`pale: ${one.outerHTML.slice(0, 80)}`);
    }
    const width = document.documentElement.clientWidth;
    for (const one of document.querySelectorAll("main table, main figure"))
        if (shown(one) && one.getBoundingClientRect().right > width + 1) found.push(`cut off: ${one.outerHTML.slice(0, 80)}`);
    return found;
}"""


def test_a_printed_page_is_black_whole_and_without_controls(riyadh: Path) -> None:
    needed()
    wrong = []
    with chromium() as browser, served(riyadh) as running:
        page = launched(browser, running, viewport=A4, color_scheme="dark")
        for address in ADDRESSES:
            page.goto(running.root + address)
            page.emulate_media(media="print", color_scheme="dark")
            wrong += [f"{address}: {one}" for one in page.evaluate(WRONG)]
            page.emulate_media(media="screen", color_scheme="dark")
        assert not wrong, "\n".join(wrong)
        page.goto(f"{running.root}/positions")
        page.emulate_media(media="print")
        place = page.locator(".ref").first.get_attribute("data-place")
        assert place
        assert place in page.evaluate("getComputedStyle(document.querySelector('.ref'), '::after').content")
        page.goto(f"{running.root}/deals")
        page.emulate_media(media="print")
        assert page.locator("details.assumed ul").first.is_visible()
        assert page.pdf(format="A4").startswith(b"%PDF")


def test_the_brief_is_printed_in_black_whatever_the_screen(riyadh: Path) -> None:
    needed()
    with chromium() as browser, served(riyadh) as running:
        page = launched(browser, running, color_scheme="dark")
        page.goto(f"{running.root}/brief/read")
        page.emulate_media(media="print", color_scheme="dark")
        ink = page.evaluate("getComputedStyle(document.body).color")
        first = page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--p0')")
        assert ink == "rgb(0, 0, 0)"
        page.emulate_media(media="screen", color_scheme="light")
        assert page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--p0')") == first
