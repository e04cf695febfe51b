"""What goes wrong around a workbench, in a real browser: each has an answer, and nothing is lost or written by mistake."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from starlette.routing import Route
from tests.web.browsing import chromium, gone_on, launched, needed, served
from tests.web.conftest import opened

from winset.domain.actors import Party
from winset.domain.estimates import Exact, Judgement
from winset.domain.issues import Issue, ScalePoint
from winset.services import briefing, cases, reviews
from winset.services.sources import load_case
from winset.store.casefile import CaseFile
from winset.web.app import make_app

LONG = "Łong \u202ename <b>" * 65_536  # a mebibyte


def main_of(page: Any) -> str:
    return " ".join((page.text_content("main") or "").split())


def named_at_length(harbour: Path) -> None:
    """Gives everything in a case that has a name one of a megabyte."""
    with CaseFile.open(harbour) as file:
        case = file.case()
        parties = (Party(id="p", name=LONG), Party(id="q", name=f"{LONG}q"))
        issue = Issue(id="i", question=LONG, scale=(ScalePoint(0, LONG), ScalePoint(100, "no")))
        judged = tuple(
            Judgement(quantity="position", party=id, issue="i", value=Exact(value), by="Ann", note=LONG)
            for id, value in (("p", 0.0), ("q", 90.0))
        )
        full = case.with_(title=LONG, parties=parties, issues=(issue,), judgements=judged)
        file.replace(full, at=cases.now(), author="Ann", label=LONG)


def test_names_of_a_megabyte_fill_no_page(harbour: Path) -> None:
    named_at_length(harbour)
    client = opened(harbour)
    shown = [one.path for one in make_app(harbour).routes if isinstance(one, Route) and "GET" in (one.methods or ())]
    for path in [one for one in shown if "{" not in one and not one.endswith("record")]:
        found = client.get(path, follow_redirects=True)
        assert found.status_code in (200, 404), path
        assert len(found.content) < 1_000_000, (path, len(found.content))
    assert LONG not in briefing.of_file(harbour, ending=".md").decode()
    assert load_case(harbour).parties[0].name == LONG, "the case keeps it whole"


def test_names_of_a_megabyte_leave_every_page_usable(harbour: Path) -> None:
    needed()
    named_at_length(harbour)
    pages = (
        "/", "/documents", "/documents/first", "/queue", "/review", "/suggestions", "/positions", "/positions/on?party=p&issue=i",
        "/positions/timeline", "/positions/tables", "/deals", "/history", "/search?words=patient", "/brief", "/brief/read", "/consent",
    )  # fmt: skip
    with chromium() as browser, served(harbour) as running:
        page = launched(browser, running, viewport={"width": 1000, "height": 700})
        for address in pages:
            assert page.goto(running.root + address).status == 200, address
            wide, high = page.evaluate(
                "[document.documentElement.scrollWidth - innerWidth, document.documentElement.scrollHeight]"
            )
            assert wide <= 0, address
            # Pixels: such a name is cut where it would fill the page; the brief is a document and names each thing often.
            assert high < (100_000 if address == "/brief/read" else 30_000), (address, high)
            assert page.wrongs == [], address


def test_a_file_over_the_limit_is_refused_before_it_is_sent_and_its_neighbour_is_added(tmp_path: Path) -> None:
    needed()
    case = tmp_path / "empty.winset"
    cases.new(case)
    (tmp_path / "good.txt").write_text("The envoy, Ann Bell, said that the talks would go on.")
    with (tmp_path / "huge.txt").open("wb") as huge:
        huge.truncate((64 << 20) + 1)
    with chromium() as browser, served(case) as running:
        page = launched(browser, running)
        sent: list[str] = []
        page.on("request", lambda one: sent.append(one.url) if one.method == "POST" else None)
        page.set_input_files("#pick", [str(tmp_path / "huge.txt"), str(tmp_path / "good.txt")])
        page.wait_for_function("() => document.getElementById('sign').textContent === 'Done'")
        lines = page.locator("#added li").all_text_contents()
        assert "huge.txt: not added, larger than 64 MB" in lines[0]
        assert "winset add" in lines[0]
        assert "good.txt: added" in lines[1]
        assert not any("huge" in one for one in sent)
        assert page.wrongs == []
    assert cases.show(case)["counts"]["documents"] == 1


def test_a_case_opened_twice_takes_the_verdicts_of_both_and_compares_those_on_one_statement(harbour: Path) -> None:
    needed()
    with chromium() as browser, served(harbour, author="Ann") as one, served(harbour, author="Bob") as two:
        ann, bob = launched(browser, one), launched(browser, two)
        ann.goto(f"{one.root}/review")
        bob.goto(f"{two.root}/review")
        at = ann.url
        ann.keyboard.press("a")
        gone_on(ann, at)
        bob.keyboard.press("r")
        bob.wait_for_selector("text=Somebody else was faster")
        assert "Ann" in main_of(bob)
        bob.click("text=Leave it as it stands")
        bob.wait_for_url("**/review/**")
        assert "accepted by Ann" in " ".join(bob.locator("dt:text('Verdict') + dd").text_content().split())
        at = bob.url
        bob.keyboard.press("n")
        gone_on(bob, at)
        at = bob.url
        bob.keyboard.press("s")
        gone_on(bob, at)
    assert [(made["by"], made["verdict"]) for made in reviews.listed(harbour)] == [("Ann", "accept"), ("Bob", "skip")]
    again = subprocess.run(
        [sys.executable, "-m", "winset", "serve", str(harbour.with_name("none.winset")), "--no-open"],
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert again.returncode == 5
    assert "does not exist" in again.stderr


def test_a_case_replaced_on_disk_gets_no_verdict_and_the_page_says_what_to_do(harbour: Path, lorn: Path) -> None:
    needed()
    kept = harbour.read_bytes()
    with chromium() as browser, served(harbour) as running:
        page = launched(browser, running)
        page.goto(f"{running.root}/review")
        at = page.url
        os.replace(lorn, harbour)
        page.keyboard.press("a")
        page.wait_for_selector("text=Another case lies here now")
        assert page.text_content("#sign") == "Not saved"
        assert "winset serve" in main_of(page)
        assert "Read it again" not in main_of(page)
        assert reviews.listed(harbour) == []
        for address in ("/", "/positions", "/deals"):
            assert page.goto(running.root + address).status == 409
        harbour.write_bytes(kept)
        page.goto(at)
        page.keyboard.press("a")
        gone_on(page, at)
    assert [one["verdict"] for one in reviews.listed(harbour)] == ["accept"]


def test_a_case_damaged_while_it_is_open_says_so_on_every_page_and_names_the_backup(harbour: Path) -> None:
    needed()
    cases.mark(harbour, "whole")  # a first change, before which a backup is made
    kept = harbour.read_bytes()
    with chromium() as browser, served(harbour) as running:
        page = launched(browser, running)
        page.goto(f"{running.root}/review")
        at = page.url
        for damaged in (kept[:3000] + bytes(4000) + kept[7000:], b"damaged", b""):
            harbour.write_bytes(damaged)
            page.keyboard.press("a")
            page.wait_for_selector(".refused")
            assert page.text_content("#sign") == "Not saved"
            assert page.url == at
            for address in ("/", "/documents", "/positions", "/deals", "/brief", "/search?words=a"):
                answer = page.goto(running.root + address)
                assert answer.status == 500, address
                told = main_of(page)
                assert "The case cannot be read" in told
                assert "winset restore" in told, told
                assert "Traceback" not in told
            harbour.write_bytes(kept)
            page.goto(at)
        page.keyboard.press("a")
        gone_on(page, at)
    assert [one["verdict"] for one in reviews.listed(harbour)] == ["accept"]


def test_going_back_and_reloading_shows_what_stands_and_writes_nothing(harbour: Path) -> None:
    needed()
    with chromium() as browser, served(harbour) as running:
        page = launched(browser, running)
        page.goto(f"{running.root}/review")
        first = page.url
        page.keyboard.press("a")
        gone_on(page, first)
        second = page.url
        for _ in range(2):
            page.reload()
            assert page.url == second
        page.go_back()
        page.wait_for_load_state()
        assert page.url == first
        assert "accepted by Ann" in " ".join(page.locator("dt:text('Verdict') + dd").text_content().split())
        page.keyboard.press("r")  # of what stands now: nobody else was faster
        gone_on(page, first)
        assert [one["verdict"] for one in reviews.listed(harbour)] == ["reject"]
        page.goto(f"{running.root}/queue?order=doubt")
        page.click("a:has-text('One at a time')")
        page.wait_for_url("**/review/**")
        page.go_back()
        page.wait_for_url("**/queue?order=doubt")
        assert page.input_value("#order") == "doubt"
        page.go_forward()
        page.wait_for_url("**/review/**order=doubt**")
        assert page.wrongs == []
    assert len(load_case(harbour).reviews) == 1
