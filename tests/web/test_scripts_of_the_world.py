"""Right-to-left and Cyrillic texts: marked, dragged, listed, searched and printed in the order in which they are read."""

import io
import re
import zipfile
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.web.browsing import chromium, launched, needed, served
from tests.web.conftest import OURS, opened

from winset.report.direction import direction, turned
from winset.services import adding, annotators, cases
from winset.services.files import Source
from winset.services.sources import load_case

TEXTS = {
    "ar": ("جنيف. قال توماس بريل إن بلاده ستملأ السد خلال سبع سنوات (no cap). رفضت كشلاند الاقتراح.", "قال", "توماس بريل",
           "إن بلاده ستملأ السد خلال سبع سنوات", "السد"),
    "he": ("ז'נבה. שר המים תומאס ברל אמר כי ארצו תמלא את הסכר בתוך שבע שנים. אין הסכם בלי ערבויות.", "אמר", "תומאס ברל",
           "כי ארצו תמלא את הסכר בתוך שבע שנים", "הסכר"),
    "ru": ("Женева. Министр Томас Брель заявил, что страна заполнит водохранилище за семь лет. Соглашения нет.", "заявил", "Томас Брель",
           "что страна заполнит водохранилище за семь лет", "водохранилище"),
}  # fmt: skip
MIXED = '"لن نقبل" and then «Мы не согласны» and "לא נסכים"'


@pytest.fixture
def tongues(tmp_path: Path) -> Path:
    """A report in each script, with a statement added by hand, and an English one that begins with Arabic."""
    path = tmp_path / "tongues.winset"
    cases.new(path)
    sources = []
    for id, (text, *_) in {**TEXTS, "en": (f"{MIXED}, the ministry said. The talks go on in Geneva.",)}.items():
        (tmp_path / f"{id}.txt").write_text(text, encoding="utf-8")
        sources.append(Source(file=str(tmp_path / f"{id}.txt")))
    adding.add(path, sources, annotators.choose_or_say(None, print))
    client = opened(path)
    for id, (text, cue, source, content, _) in TEXTS.items():
        held = next(one.text for one in load_case(path).documents if one.id == id)
        places = {
            role: f"{held.index(one)}-{held.index(one) + len(one)}"
            for role, one in (("cue", cue), ("source", source), ("content", content))
        }
        sent = "&".join(f"{k}={quote(v)}" for k, v in {"doc": id, "name": source, "act": "report", **places}.items())
        assert client.post("/statements", content=sent, headers=OURS).status_code == 303, text
    return path


def left(page: Any, selector: str) -> float:
    return float(page.locator(selector).first.bounding_box()["x"])


def test_marks_and_handles_stand_where_words_begin_and_end(tongues: Path) -> None:
    needed()
    with chromium() as browser, served(tongues) as running:
        page = launched(browser, running, viewport={"width": 1400, "height": 900})
        for id, (_, _, source, content, _) in TEXTS.items():
            page.goto(f"{running.root}/documents/{id}")
            runs = page.evaluate("getComputedStyle(document.querySelector('.text')).direction")
            assert runs == ("ltr" if id == "ru" else "rtl")
            slant = page.evaluate("getComputedStyle(document.querySelector('.text mark.cue')).fontStyle")
            assert slant == ("italic" if id == "ru" else "normal")
            assert source in page.text_content("aside ol.statements")
            statement = next(one for one in load_case(tongues).statements if one.doc == id)
            page.goto(f"{running.root}/review/{quote(statement.id, safe='')}")
            assert page.text_content("dt:has-text('Says') + dd") == content
            page.click("#correct summary")
            page.wait_for_selector(".handle")
            for role in ("source", "cue", "content"):
                start, end = (left(page, f'[data-handle="{role} 0 {which}"]') for which in (0, 1))
                assert (start < end) == (id == "ru"), (id, role)
            before = page.input_value("#content")
            at, to = before.split("-")
            page.focus('[data-handle="content 0 1"]')
            page.keyboard.press("ArrowLeft")
            assert page.input_value("#content") == f"{at}-{int(to) + (-1 if id == 'ru' else 1)}"
            page.keyboard.press("ArrowRight")
            assert page.input_value("#content") == before
            handle = page.locator('[data-handle="content 0 1"]').bounding_box()
            x, y = handle["x"] + handle["width"] / 2, handle["y"] + 2
            page.mouse.move(x, y)
            page.mouse.down()
            page.mouse.move(x + (-60 if id == "ru" else 60), y - 8, steps=4)
            page.mouse.up()
            dragged = page.input_value("#content")
            assert int(at) < int(dragged.split("-")[1]) < int(to), (id, dragged)
        assert page.wrongs == []


def test_words_are_listed_in_the_order_of_their_document(tongues: Path) -> None:
    needed()
    where = """selector => {
        const held = [...document.querySelectorAll(selector)].find((one) => one.textContent.includes("согласны"));
        const walk = document.createTreeWalker(held, NodeFilter.SHOW_TEXT), found = [];
        for (let node = walk.nextNode(); node; node = walk.nextNode())
            for (const word of ["نقبل", "Мы", "נסכים"]) {
                const n = node.textContent.indexOf(word);
                if (n < 0) continue;
                const range = document.createRange();
                range.setStart(node, n);
                range.setEnd(node, n + word.length);
                const box = range.getBoundingClientRect();
                found.push([Math.round(box.top / 8), box.left]);
            }
        return found;
    }"""
    with chromium() as browser, served(tongues) as running:
        page = launched(browser, running, viewport={"width": 2400, "height": 900})
        for address, selector in (
            ("/documents/en", ".text"), ("/documents/en", "aside li bdi"), ("/queue", "td bdi"),
            ("/search?words=согласны", "li bdi"), ("/brief/read", ".notes li"), ("/brief/read", ".record li"),
        ):  # fmt: skip
            page.goto(running.root + address)
            found = page.evaluate(where, selector)
            assert len(found) == 3, address
            assert found == sorted(found), address


def test_each_script_is_searched_and_stands_in_every_brief(tongues: Path) -> None:
    client = opened(tongues)
    for id, (_, _, source, content, word) in TEXTS.items():
        page = client.get("/search", params={"words": word}).text
        assert f"/documents/{id}" in page
        for ending in ("html", "md", "json"):
            brief = re.sub(r"<[^>]*>", "", client.get(f"/brief/{ending}").content.decode("utf-8"))
            assert content in brief, (id, ending)
            assert source in brief, (id, ending)


def test_a_pdf_and_a_word_file_begin_right_to_left_lines_at_the_right(tongues: Path) -> None:
    import pypdfium2

    client = opened(tongues)
    found = pypdfium2.PdfDocument(client.get("/brief/pdf").content)
    first = []  # the letter that begins the Hebrew report, wherever it stands
    for page in found:
        text = page.get_textpage()
        for n in range(text.count_chars()):
            if text.get_text_range(n, 1) == TEXTS["he"][0][0]:
                first.append(text.get_charbox(n)[2] / page.get_width())
    assert first
    assert max(first) > 0.85, "the report itself begins at the right margin"
    with zipfile.ZipFile(io.BytesIO(client.get("/brief/docx").content)) as file:
        words = file.read("word/document.xml").decode("utf-8")
    runs = re.findall(r"<w:r>.*?</w:r>", words)
    for id in ("ar", "he"):
        assert any("<w:rtl/>" in run and TEXTS[id][3] in run for run in runs), id
    assert not any("<w:rtl/>" in run and TEXTS["ru"][3] in run for run in runs)


@pytest.mark.parametrize(
    ("text", "way", "told"),
    [
        ("plain", "ltr", ""), ("قال", "rtl", ""), (MIXED, "ltr", "ltr"), ("BBC: قال الوزير إن السلام قريب", "rtl", "rtl"),
        ("", "ltr", ""), ("12 – 14", "ltr", ""), ("ab קב", "ltr", ""), ("קב ab", "rtl", ""),
    ],
)  # fmt: skip
def test_a_text_runs_as_most_of_its_letters_do(text: str, way: str, told: str) -> None:
    assert (direction(text), turned(text)) == (way, told)


@given(st.text(max_size=60))
def test_only_what_a_browser_would_turn_wrong_is_told(text: str) -> None:
    assert turned(text) in ("", direction(text))
