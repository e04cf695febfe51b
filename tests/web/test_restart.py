"""Killed in the middle and started again: same page, same place in the queue, same filters, and what was begun is there."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from tests.web.browsing import Served, chromium, launched, needed, served

from winset.services import cases, reviews
from winset.services.sources import load_case

FILTERED = "/review?order=doubt&phrase=the"


def waits(page: Any, text: str) -> None:
    page.wait_for_function(
        "text => document.getElementById('sign').textContent.includes(text)", arg=text, timeout=60_000
    )


def test_killed_in_the_middle_of_a_verdict_it_goes_on_with_it_on_the_same_page_with_the_same_filters(
    lorn: Path,
) -> None:
    needed()
    with chromium() as browser:
        with served(lorn) as running:
            page = launched(browser, running)
            page.goto(running.root + FILTERED)
            page.keyboard.press("a")
            page.wait_for_function("at => location.href !== at && document.readyState === 'complete'", arg=page.url)
            where = page.url
            assert "order=doubt" in where
            running.kill()
            page.keyboard.press("r")  # the workbench is gone; the verdict waits in the page
            waits(page, "trying again")
            assert [one["verdict"] for one in reviews.listed(lorn)] == ["accept"]
        with served(lorn) as again:
            assert again.root == running.root
            waits(page, "start the workbench again")  # it is another workbench, which does not know this page
            assert page.url == where
            other = page.context.new_page()
            other.goto(again.link)
            other.wait_for_url(where)
            assert other.text_content("#sign") == "Where you were"
            page.wait_for_function("at => location.href !== at", arg=where, timeout=60_000)
            page.wait_for_load_state()
            assert "order=doubt" in page.url
            assert "phrase=the" in page.url
    made = reviews.listed(lorn)
    assert [one["verdict"] for one in made] == ["accept", "reject"]
    assert where.startswith(f"{again.root}/review/{quote(made[1]['target'].removeprefix('statement:'), safe='')}?")
    assert cases.doctor(lorn)["ok"]


@pytest.mark.parametrize(
    "address",
    ["/queue?order=doubt&start=50", "/positions?since=2000-01-01", "/documents/{doc}"],
)
def test_the_next_start_goes_on_where_the_last_one_was(lorn: Path, address: str) -> None:
    needed()
    address = address.format(doc=quote(load_case(lorn).documents[0].id, safe=""))
    with chromium() as browser:
        with served(lorn) as running:
            page = launched(browser, running, viewport={"width": 900, "height": 400})
            page.goto(running.root + address)
            page.evaluate("scrollTo(0, 120)")
            down = page.evaluate("scrollY")
            page.wait_for_timeout(900)
            running.kill()
            kept = page.context.storage_state()  # what the browser itself has on its disk
            page.context.close()
        with served(lorn) as again:
            page = launched(browser, again, storage_state=kept, viewport={"width": 900, "height": 400})
            page.wait_for_url(running.root + address)
            # the sign may have made the head one line higher
            page.wait_for_function("down => Math.abs(scrollY - down) < 40", arg=down)
            page.goto(f"{again.root}/")
            assert page.url == f"{again.root}/"  # asked for by its address, the first page is the first page
            assert page.locator("#visited a").get_attribute("href") == address


def test_what_was_begun_to_be_written_comes_back_after_both_were_killed(lorn: Path) -> None:
    needed()
    with chromium() as browser:
        with served(lorn) as running:
            page = launched(browser, running)
            page.goto(running.root + FILTERED)
            where = page.url
            page.click("#correct summary")
            page.fill('#correct [name="speaker.name"]', "Ann <b>Bell</b>")
            page.wait_for_timeout(1_000)
            running.kill()
            kept = page.context.storage_state()
            page.context.close()
        with served(lorn) as again:
            page = launched(browser, again, storage_state=kept)
            page.wait_for_url(where)
            assert page.input_value('#correct [name="speaker.name"]') == "Ann <b>Bell</b>"
            assert page.is_visible("text=What you had begun to write is back")
            page.click("text=Save the correction")
            page.wait_for_function("at => location.href !== at", arg=where, timeout=60_000)
            page.goto(where)
            assert page.locator("text=What you had begun to write is back").count() == 0
            assert page.wrongs == []
    [made] = reviews.listed(lorn)
    assert made["changes"]["speaker"]["name"] == "Ann <b>Bell</b>"


def test_a_draft_of_yesterday_is_shown_beside_what_somebody_else_wrote_since(lorn: Path) -> None:
    needed()
    with chromium() as browser, served(lorn) as running:
        page = launched(browser, running)
        page.goto(running.root + FILTERED)
        id = load_case(lorn).statements
        where = page.url
        page.click("#correct summary")
        page.fill('#correct [name="speaker.name"]', "Ann Bell")
        page.wait_for_timeout(1_000)
        target = next(one.id for one in id if quote(one.id, safe="") in where)
        reviews.decide(lorn, target, "reject")
        page.reload()
        page.click("text=Save the correction")
        page.wait_for_selector("text=Somebody else was faster")
        assert [one["verdict"] for one in reviews.listed(lorn)] == ["reject"]


def test_a_tab_of_yesterday_is_told_what_to_do_and_works_after_the_new_link(lorn: Path) -> None:
    needed()
    with chromium() as browser:
        with served(lorn) as running:
            page = launched(browser, running)
            page.goto(f"{running.root}/queue?order=doubt")
            running.kill()
        with served(lorn) as again:
            page.reload()
            assert "Start winset serve again and use the link" in page.text_content("main")
            page.goto(again.link)
            page.wait_for_url(f"{again.root}/queue?order=doubt")
            page.go_back()
            page.goto(f"{again.root}/queue?order=doubt")
            page.reload()
            assert page.locator("h1").count() == 1
            page.goto(again.link)  # used: the answer says so
            assert "has been used" in page.text_content("main")


def test_another_case_on_the_same_port_is_given_nothing_of_the_first(lorn: Path, riyadh: Path) -> None:
    needed()
    with chromium() as browser:
        with served(lorn) as running:
            page = launched(browser, running)
            page.goto(f"{running.root}/forecasts")
            page.fill("#text", "Is it of Lorn?")
            page.wait_for_timeout(1_000)
            kept, port = page.context.storage_state(), running.root.rsplit(":", 1)[1]
        with served(riyadh, port=port) as other:
            page = launched(browser, other, storage_state=kept)
            assert page.url == f"{other.root}/?launched"
            assert page.is_hidden("#visited")
            page.goto(f"{other.root}/forecasts")
            assert page.input_value("#text") == ""
        with served(lorn, port=port) as again:
            page.goto(again.link)
            page.wait_for_url(f"{again.root}/forecasts")
            assert page.input_value("#text") == "Is it of Lorn?"


def test_killed_while_a_file_is_read_the_case_is_whole_and_the_file_can_be_added_again(tmp_path: Path) -> None:
    path = tmp_path / "c.winset"
    cases.new(path)
    report = (
        b'The envoy, Ann Bell, said that the talks would go on. "We will not sign," Bo Hill told reporters. ' * 3_000
    )
    for wait in (0.5, 2.5):
        with served(path) as running:
            with browser_on(running) as client, pytest.raises(httpx.HTTPError):
                client.post("/files?name=a.txt", content=report, timeout=wait)
            running.kill()
        assert cases.doctor(path)["ok"]
        assert cases.show(path)["counts"]["documents"] == 0
    with served(path) as running, browser_on(running) as client:
        assert client.post("/files?name=a.txt", content=report[:200], timeout=60).json()["added"] == ["a"]


@contextmanager
def browser_on(running: Served) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=running.root, headers={"origin": running.root}) as client:
        client.get(running.link)
        yield client
