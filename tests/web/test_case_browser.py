"""A case from the first file to the last export, by somebody with a browser: dropped files, history, search, two people, the brief."""

import html
import io
import json
import re
import zipfile
from pathlib import Path

from tests.web.browsing import chromium, launched, needed, served

from winset.services import cases, comments, reviews
from winset.services.sources import load_case

SAVED = "() => document.getElementById('sign').textContent.startsWith('Saved')"
DROPPED = """([name, text]) => {
    const carried = new DataTransfer();
    carried.items.add(new File([text], name, { type: "text/plain" }));
    for (const kind of ["dragover", "drop"])
        document.querySelector("main").dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: carried }));
}"""


def test_a_file_dropped_on_the_page_is_added_and_dropped_again_is_known(tmp_path: Path) -> None:
    needed()
    cases.new(tmp_path / "c.winset")
    text = 'The envoy, Ann Bell, said that the talks would go on. "We will not sign," Bo Hill told reporters.'
    with chromium() as browser, served(tmp_path / "c.winset") as running:
        page = launched(browser, running)
        page.evaluate(DROPPED, ["talks.txt", text])
        page.locator("#added li", has_text="talks.txt: added, 2 statements").wait_for()
        page.evaluate(DROPPED, ["copy.txt", text])
        page.locator("#added li", has_text="copy.txt: the case holds it already").wait_for()
        assert page.evaluate("document.body.classList.contains('dropping')") is False
        page.reload()
        page.locator(".counts li", has_text="1 document").wait_for()
        assert page.wrongs == []


def test_an_undo_point_is_named_found_by_search_and_gone_back_to(lorn: Path) -> None:
    needed()
    with chromium() as browser, served(lorn) as running:
        page = launched(browser, running)
        page.goto(f"{running.root}/history")
        page.fill("#name", "before <b>review</b>")
        page.press("#name", "Enter")
        page.locator("option", has_text="before <b>review</b>").wait_for(state="attached")
        page.goto(f"{running.root}/search")
        page.fill("input[name=words]", "PATROLS")
        page.press("input[name=words]", "Enter")
        page.wait_for_url("**/search?words=PATROLS")
        hit = page.locator("ol.found").first.locator("a").first
        words = hit.text_content()
        hit.click()
        page.wait_for_url("**/documents/**")
        assert " ".join(words.split())[:40] in " ".join(page.text_content("aside").split())
        page.go_back()
        assert page.input_value("input[name=words]") == "PATROLS"
        page.goto(f"{running.root}/review")
        for _ in range(2):
            at = page.url
            page.keyboard.press("a")
            page.wait_for_function("at => location.href !== at", arg=at)
            page.wait_for_load_state()
        assert len(reviews.listed(lorn)) == 2
        page.goto(f"{running.root}/history")
        page.click("text=Go there")
        page.locator("tr", has_text="undone").nth(1).wait_for()
        assert reviews.listed(lorn) == []
        page.click("text=Redo")
        page.wait_for_load_state()
        assert len(reviews.listed(lorn)) == 1


def test_two_people_on_one_judgement_lose_nothing_and_see_each_others_edit(riyadh: Path) -> None:
    needed()
    address = "/positions/on?party=russia&issue=nato"
    with chromium() as browser, served(riyadh, author="Ann") as hers, served(riyadh, author="Bo") as his:
        ann, bo = launched(browser, hers), launched(browser, his)
        for page, running in ((ann, hers), (bo, his)):
            page.goto(running.root + address)
            page.locator("summary", has_text="Edit judgement 1").click()
        ann.fill("#note-1", "as the communiqué has it")
        ann.click("button:has-text('Save judgement 1')")
        ann.wait_for_function(SAVED)
        bo.fill("#note-1", "as its minister said")
        bo.click("button:has-text('Save judgement 1')")
        bo.locator("h1", has_text="Somebody else was faster").wait_for()
        beside = bo.locator("main tr", has_text="Note").locator("td").all_text_contents()
        assert "as the communiqué has it" in beside[0]
        assert "as its minister said" in beside[1]
        assert "Ann" in bo.locator("main tr", has_text="By").first.text_content()
        notes = [dict(one.changes).get("note") for one in load_case(riyadh).reviews]
        assert notes == ["as the communiqué has it"]
        bo.click("text=Write mine in its place")
        bo.locator("h2", has_text="What it rests on").wait_for()
        ann.goto(hers.root + address)
        assert "as its minister said" in ann.text_content("main")
        assert [one.by for one in load_case(riyadh).reviews] == ["Bo"]
    kept = [one["label"] for one in cases.history(riyadh, 10)]
    assert sum(label.startswith("correct ") for label in kept) == 2


def test_a_dossier_with_own_words_is_taken_along_in_every_format(riyadh: Path) -> None:
    needed()
    mine = "Moscow has not answered yet."
    with chromium() as browser, served(riyadh) as running:
        page = launched(browser, running, accept_downloads=True)
        page.goto(f"{running.root}/brief")
        page.select_option("select[name=party]", "russia")
        page.wait_for_url("**/brief?**party=russia**")
        page.click("#in-moves summary")
        page.fill("#words-moves", mine)
        page.wait_for_function(SAVED)
        page.uncheck("#in-gaps input[name=part]")
        page.frame_locator("#preview").locator(".comment", has_text=mine).wait_for()
        files = {}
        for ending in ("html", "pdf", "docx", "md", "json"):
            with page.expect_download() as download:
                page.click(f'button[formaction="/brief/{ending}"]')
            assert download.value.suggested_filename == f"brief.{ending}"
            files[ending] = Path(download.value.path()).read_bytes()
        assert page.wrongs == []
    assert mine in files["md"].decode()
    assert re.search(rf'class="comment"[^>]*>.*{mine}', files["html"].decode(), re.S)
    with zipfile.ZipFile(io.BytesIO(files["docx"])) as word:
        assert mine in word.read("word/document.xml").decode()
    assert files["pdf"].startswith(b"%PDF")
    assert b"pdfuaid" in files["pdf"] or b"StructTreeRoot" in files["pdf"]
    assert mine in json.dumps(json.loads(files["json"]), ensure_ascii=False)
    for ending in ("md", "html"):
        assert "What is missing" not in files[ending].decode()
    [said] = comments.listed(riyadh)
    assert (said["part"], said["party"], said["text"]) == ("moves", "russia", mine)


def test_a_chart_is_taken_along_as_drawing_picture_page_and_numbers(riyadh: Path) -> None:
    needed()
    with chromium() as browser, served(riyadh) as running:
        page = launched(browser, running, accept_downloads=True)
        page.goto(f"{running.root}/positions")
        files = {}
        for name, said in (("svg", "Save as SVG"), ("png", "PNG"), ("pdf", "PDF"), ("csv", "Save its numbers")):
            with page.expect_download() as download:
                page.locator("figure .save a", has_text=said).first.click()
            assert download.value.suggested_filename.endswith(f".{name}")
            files[name] = Path(download.value.path()).read_bytes()
        title = page.text_content("figcaption")
        rows = page.locator("figure tbody tr").count()
        assert page.wrongs == []
    drawn = html.unescape(files["svg"].decode("utf-8"))
    assert f">{title}</title>" in drawn
    assert re.search(r"<desc[^>]*>[^<]{20,}</desc>", drawn)
    assert files["png"].startswith(b"\x89PNG")
    assert files["pdf"].startswith(b"%PDF")
    assert len(files["csv"].decode("utf-8-sig").strip().splitlines()) == rows + 1
