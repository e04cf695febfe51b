"""From articles to a sourced record, as a new user walks it: the demo, a brief of real articles, undo, export, import."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from tests.conftest import shared

ARTICLES = 20


def winset(*arguments: object, cwd: Path, code: int = 0) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "winset", *map(str, arguments)], cwd=cwd, capture_output=True, text=True, check=False
    )
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout


def follow(page: Path, texts: dict[str, str], wanted: int = 3) -> None:
    """Follows numbers of the brief to their grounds, and from there to the place in the document."""
    tree = html.document_fromstring(page.read_text(encoding="utf-8"))
    numbers = tree.xpath("//a[@class='ref']/@href")
    assert len(numbers) >= wanted
    followed = 0
    for number in dict.fromkeys(numbers):
        (note,) = tree.xpath("//*[@id=$at]", at=number[1:])
        for mark in note.xpath(".//mark"):
            assert any(mark.text_content() in text for text in texts.values()), mark.text_content()
        for place in note.xpath(".//a[starts-with(@href, '#s-')]/@href"):
            (there,) = tree.xpath("//*[@id=$at]", at=place[1:])
            assert there.getparent().text_content().strip()
            followed += 1
    assert followed >= wanted


def test_the_example_is_made_and_its_numbers_lead_to_sentences(tmp_path: Path) -> None:
    made = json.loads(winset("demo", "--json", cwd=tmp_path))
    brief = json.loads(winset("brief", made["case"], "--json", cwd=tmp_path))
    follow(tmp_path / made["brief"], {one["doc"]: one["text"] for one in brief["documents"]})


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """Twenty articles of PolNeAR's development part as text files."""
    folder = tmp_path / "articles"
    folder.mkdir()
    with shared("data", "polnear", "dev.jsonl").open(encoding="utf-8") as lines:
        for number, line in zip(range(ARTICLES), lines, strict=False):
            (folder / f"article{number:02}.txt").write_text(json.loads(line)["text"], encoding="utf-8", newline="")
    return folder


def test_twenty_articles_become_a_brief_and_a_case_that_can_be_undone_exported_and_imported(
    articles: Path, tmp_path: Path
) -> None:
    brief = json.loads(winset("brief", "articles", "--json", cwd=tmp_path))
    texts = {one["doc"]: one["text"] for one in brief["documents"]}
    assert texts == {path.stem: path.read_bytes().decode("utf-8") for path in sorted(articles.iterdir())}
    assert len(brief["statements"]) > ARTICLES
    for statement in brief["statements"]:
        _inside(statement, texts[statement["doc"]])

    winset("new", "talks.winset", cwd=tmp_path)
    winset("add", "talks.winset", "articles", cwd=tmp_path)
    winset("brief", "talks.winset", "--out", "brief.html", cwd=tmp_path)
    follow(tmp_path / "brief.html", texts)
    full = winset("export", "talks.winset", cwd=tmp_path)
    assert [one["doc"] for one in json.loads(full)["documents"]] == sorted(texts)
    winset("undo", "talks.winset", cwd=tmp_path)
    assert json.loads(winset("export", "talks.winset", cwd=tmp_path))["documents"] == []
    winset("redo", "talks.winset", cwd=tmp_path)
    assert winset("export", "talks.winset", cwd=tmp_path) == full
    winset("export", "talks.winset", "-o", "talks.json", cwd=tmp_path)
    winset("import", "again.winset", "talks.json", cwd=tmp_path)
    assert winset("export", "again.winset", cwd=tmp_path) == full
    assert json.loads(winset("doctor", "again.winset", "--json", cwd=tmp_path))["ok"]


def _inside(statement: dict[str, Any], text: str) -> None:
    for part in ("source", "cue", "content"):
        for start, end in statement[part]:
            assert 0 <= start < end <= len(text), statement["id"]
