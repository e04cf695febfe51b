"""The reading room and the review queue in a real browser, on reports that nobody has looked at yet."""

import json
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tests.web.browsing import chromium, gone_on, launched, needed, served

from winset.services import reviews
from winset.services.sources import load_case

SHOWN = """() => {
    const at = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const mark = at && (at.nextElementSibling?.matches(".at") ? at.parentElement.querySelector(".at:last-of-type + mark") : at.nextElementSibling);
    if (!mark?.matches("mark")) return "no words at " + location.hash;
    const { top, height } = mark.getBoundingClientRect();
    return top >= 0 && top < innerHeight && height > 0 ? "" : "out of sight: " + top;
}"""
"""Empty where the words that the address names are marked and in sight."""


def saved(page: Any) -> None:
    page.wait_for_function("() => document.getElementById('sign').textContent.startsWith('Saved')")


def test_source_cue_and_content_are_told_apart_by_more_than_colour(harbour: Path) -> None:
    needed()
    style = """role => {
        const mark = document.querySelector(`.text mark.${role}`), own = getComputedStyle(mark);
        return [own.textDecorationLine, own.textDecorationStyle, own.fontStyle, getComputedStyle(mark, "::before").content];
    }"""
    with chromium() as browser:
        for look in ({}, {"color_scheme": "dark"}, {"forced_colors": "active"}):
            with served(harbour) as running:
                page = launched(browser, running, **look)
                page.goto(f"{running.root}/documents/first")
                told = {json.dumps(page.evaluate(style, role)) for role in ("source", "cue", "content")}
                assert len(told) == 3, (look, told)
                spoken = page.locator(".text mark .vh").all_text_contents()
                assert {"[source: ", "[cue: ", "[content: "} <= set(spoken)
                page.context.close()


def test_the_list_mirrors_every_highlight_and_leads_to_its_words(harbour: Path) -> None:
    needed()
    held = [one for one in load_case(harbour).statements if one.doc == "first"]
    with chromium() as browser, served(harbour) as running:
        page = launched(browser, running, viewport={"width": 1000, "height": 500})
        page.goto(f"{running.root}/documents/first")
        assert page.locator(".statements > li").count() == len(held) > 3
        for n in range(len(held)):
            page.locator(".statements > li").nth(n).locator("a").first.focus()
            page.keyboard.press("Enter")
            assert page.url.endswith(f"#{quote(held[n].id, safe='')}")
            assert page.evaluate(SHOWN) == ""
        assert page.wrongs == []


def test_every_number_of_every_page_leads_to_the_exact_words(harbour: Path, lorn: Path) -> None:
    needed()
    pages = (
        "/positions", "/positions/moves", "/positions/timeline", "/positions/changes?since=2000-01-01", "/positions/attention",
        "/positions/alignment", "/positions/proposals", "/positions/precedents", "/consent", "/suggestions", "/suggestions/next", "/queue",
    )  # fmt: skip
    wrong: list[str] = []
    with chromium() as browser:
        for case, enough in ((harbour, 10), (lorn, 25)):
            texts = {one.id: one.text for one in load_case(case).documents}
            with served(case) as running:
                page = launched(browser, running, viewport={"width": 1100, "height": 600})
                links: dict[str, str] = {}
                for address in pages:
                    page.goto(running.root + address)
                    found = page.eval_on_selector_all(
                        "main a",
                        "all => all.map(one => one.getAttribute('href')).filter(one => one?.startsWith('/documents/'))",
                    )
                    links |= dict.fromkeys((one for one in found if "#" in one), address)
                    refs = page.locator("main a.ref").count()
                    assert page.locator('main a.ref[href^="/documents/"]').count() == refs, address
                assert len(links) >= enough
                for link, address in links.items():
                    page.goto(running.root + link)
                    said = page.evaluate(SHOWN)
                    wrong += [f"{case.stem} {address} {link}: {said}"] if said else []
                    if "?at=" in link:
                        marked = page.evaluate(
                            "() => [...document.querySelectorAll('mark.ground')].map(one => { const own = one.cloneNode(true);"
                            " for (const hidden of own.querySelectorAll('.vh')) hidden.remove(); return own.textContent; }).join('')"
                        )
                        start, end = (int(one) for one in link.split("?at=")[1].split("#")[0].split("-"))
                        doc = next(id for id in texts if f"/documents/{quote(id, safe='')}?" in link)
                        wrong += [] if marked == texts[doc][start:end] else [f"{link}: {marked!r}"]
                assert page.wrongs == []
    assert not wrong, "\n".join(wrong)


def test_who_else_may_have_said_it_stands_beside_the_statement_with_the_reasons(harbour: Path) -> None:
    needed()
    held = load_case(harbour)
    he = next(one for one in held.statements if len(one.speaker.candidates) > 1)
    with chromium() as browser, served(harbour) as running:
        page = launched(browser, running)
        page.goto(f"{running.root}/documents/{he.doc}")
        beside = page.locator(".statements > li", has=page.locator(f'a[href="#{quote(he.id, safe="")}"]'))
        told = beside.locator(".doubt").text_content()
        assert "not certain" in told
        for one in he.speaker.candidates:
            assert one.name in told
            assert one.why in told
        laid = page.locator(".doubt", has_text="The same words are laid to")
        assert "Marta Oyelaran" in laid.text_content()
        laid.locator("a").click()
        page.wait_for_url("**/documents/first#*")
        assert page.evaluate(SHOWN) == ""
        page.goto(f"{running.root}/review/{quote(he.id, safe='')}")
        assert "not certain" in page.text_content("dd.doubt")
        page.keyboard.press("c")
        page.fill("#name", he.speaker.candidates[1].name)
        page.keyboard.press("Enter")
        saved(page)
        page.goto(f"{running.root}/documents/{he.doc}")
        told = beside.locator(".doubt").text_content()
        assert "A reviewer has decided" in told
        assert f"The reader took {he.speaker.name} for the speaker" in " ".join(told.split())
        assert page.wrongs == []


def test_two_voices_are_merged_and_a_statement_gets_a_voice_of_its_own(harbour: Path) -> None:
    needed()
    with chromium() as browser, served(harbour) as running:
        page = launched(browser, running)
        page.goto(f"{running.root}/documents/first")
        page.click("summary:has-text('merge two')")
        voices = page.locator("#voice option").all_text_contents()
        page.select_option("#voice", label=voices[0])
        page.select_option("#into", label=voices[1])
        page.click("button:has-text('Merge')")
        saved(page)
        assert page.locator("#voice option").count() == len(voices) - 1
        page.click("summary:has-text('another speaker')")
        page.locator("form[action='/voices/split'] input[type=checkbox]").first.check()
        page.fill("#split-name", "Ada Finn")
        page.click("button:has-text('Give it to them')")
        saved(page)
        assert page.locator("#voice option").count() == len(voices)
        assert "Ada Finn" in page.locator(".statements").text_content()
        page.goto(f"{running.root}/history")
        for _ in range(2):
            page.click("form[action='/undo'] button")
        page.goto(f"{running.root}/documents/first")
        assert page.locator("#voice option").all_text_contents() == voices
        assert page.wrongs == []


def test_a_translation_is_written_with_the_keys_and_stands_beside_the_words(harbour: Path) -> None:
    needed()
    with chromium() as browser, served(harbour) as running:
        page = launched(browser, running)
        page.goto(f"{running.root}/review")
        id = page.url.split("/review/")[1].split("?")[0]
        page.keyboard.press("c")
        assert page.evaluate("document.activeElement.id") == "name"
        page.focus("#translation")
        page.keyboard.type("Wir nehmen <b>nicht</b> an. لا نقبل")
        page.click("text=Save the correction")
        saved(page)
        page.goto(f"{running.root}/documents/first")
        beside = page.locator(".statements > li", has=page.locator(f'a[href="#{id}"]'))
        assert "Wir nehmen <b>nicht</b> an. لا نقبل" in beside.text_content()
        assert "translated by Ann" in " ".join(beside.text_content().split())
        page.goto(f"{running.root}/review/{id}")
        original, translation = (page.locator(".text").nth(n).bounding_box() for n in (0, 1))
        assert translation["y"] >= original["y"] + original["height"]
        assert page.wrongs == []


def test_the_queue_shows_score_and_reason_and_is_narrowed_and_sorted(harbour: Path) -> None:
    needed()
    every = load_case(harbour).statements
    with chromium() as browser, served(harbour) as running:
        page = launched(browser, running)
        page.goto(f"{running.root}/queue")

        def choose(field: str, label: str) -> list[str]:
            before = page.inner_html("#live")
            page.select_option(f"#{field}", label=label)
            page.wait_for_function("before => document.getElementById('live').innerHTML !== before", arg=before)
            return list(page.locator("#live tbody tr").all_text_contents())

        assert page.locator("#live tbody tr").count() == len(every)
        choose("order", "least sure first")
        scores = [float(one) for one in page.locator("#live td.num").all_text_contents()]
        assert scores == sorted(scores)
        assert all("Port authority raises its offer" in one for one in choose("doc", "Port authority raises its offer"))
        page.reload()
        assert page.input_value("#doc") == "second"
        page.goto(f"{running.root}/queue")
        lind = choose("who", page.locator("#who option", has_text="ort").first.text_content())
        assert 0 < len(lind) < len(every)
        page.goto(f"{running.root}/queue")
        pay = page.locator("#issue option", has_text="does pay rise").text_content()
        on_pay = choose("issue", pay)
        assert 2 <= len(on_pay) < len(every)
        assert any("6 percent" in one for one in on_pay)
        page.keyboard.press("n")
        page.wait_for_url("**/review/**issue=**")
        assert "Score" in page.text_content("aside")
        assert page.locator("dt:text('Why') + dd").text_content().strip() not in ("", "no reason kept")
        assert page.locator("kbd:visible").all_text_contents()[:6] == ["c", "a", "r", "s", "n", "u"]
        assert page.wrongs == []


def test_all_that_is_visible_is_accepted_at_once_with_its_number_and_undone_by_one_key(harbour: Path) -> None:
    needed()
    with chromium() as browser, served(harbour) as running:
        page = launched(browser, running)
        page.goto(f"{running.root}/queue?doc=second")
        shown = page.locator("tbody tr").count()
        page.click(f"text=Accept the {shown} shown")
        page.wait_for_selector(".done")
        assert f"{shown} statements were decided at once" in page.text_content(".done")
        made = reviews.listed(harbour)
        assert {one["verdict"] for one in made} == {"accept"}
        assert len(made) == shown
        page.keyboard.press("u")
        page.wait_for_function("n => document.querySelectorAll('tbody tr').length >= n", arg=shown)
        page.wait_for_load_state()
    assert reviews.listed(harbour) == []


def test_one_key_each_decides_and_a_verdict_is_saved_within_a_second_with_a_sign(harbour: Path) -> None:
    needed()
    with chromium() as browser, served(harbour) as running:
        page = launched(browser, running)
        page.goto(f"{running.root}/review")
        for key in "ars":
            at, began = page.url, time.monotonic()
            with page.expect_response(lambda answer: answer.request.method == "POST") as kept:
                page.keyboard.press(key)
            took = time.monotonic() - began
            assert kept.value.status == 303
            assert took < 1 or len(reviews.listed(harbour)) > 0, took  # what else the machine does is no matter of ours
            gone_on(page, at)
            saved(page)
        assert [one["verdict"] for one in reviews.listed(harbour)] == ["accept", "reject", "skip"]
        at = page.url
        page.keyboard.press("n")
        gone_on(page, at)
        assert len(reviews.listed(harbour)) == 3
        at = page.url
        page.keyboard.press("u")
        page.wait_for_load_state()
        page.wait_for_function("() => document.getElementById('sign')?.textContent.startsWith('Saved')")
        assert [one["verdict"] for one in reviews.listed(harbour)] == ["accept", "reject"]
        assert page.wrongs == []


def test_a_suggestion_is_corrected_by_keys_and_plans_are_called_by_their_names(harbour: Path) -> None:
    needed()
    with chromium() as browser, served(harbour) as running:
        page = launched(browser, running)
        page.goto(f"{running.root}/suggestions")
        rows = page.locator("tbody tr")
        for n in range(rows.count()):
            cells = rows.nth(n).locator("td").all_text_contents()
            assert cells[3].strip(), cells  # why
            assert cells[4].strip(), cells  # where
        assert "-plan" not in page.text_content("tbody")
        page.goto(f"{running.root}/suggestions/next?kind=position")
        at = page.url
        page.keyboard.press("c")
        page.fill("#low", "3")
        page.fill("#high", "5")
        page.fill("#why", "between the lines")
        page.keyboard.press("Enter")
        gone_on(page, at)
        saved(page)
        [made] = reviews.listed(harbour)
        assert made["verdict"] == "correct"
        assert made["changes"]["range"] == [3, 5]
        assert page.wrongs == []
