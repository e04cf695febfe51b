"""The brief's page: a person's own words are kept with the case, apart from what is computed."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.web.browsing import chromium, launched, needed, served
from tests.web.conftest import OURS, opened

from winset.errors import UsageError
from winset.report.brief.compose import PARTS
from winset.services import brief, cases, comments
from winset.services.sources import load_case


def write(client: TestClient, text: str, version: int = 0, part: str = "positions", **more: str) -> int:
    sent = {"part": part, "text": text, "version": str(version), **more}
    return client.post("/brief/words", data=sent, headers=OURS).status_code


def test_own_words_stand_in_front_of_a_part_under_a_name_in_every_format(riyadh: Path) -> None:
    client = opened(riyadh)
    assert write(client, "We <b>doubt</b> this.\n\nAnd *that*.") == 303
    page = client.get("/brief/read?part=positions").text
    assert '<p class="comment">We &lt;b&gt;doubt&lt;/b&gt; this.</p>' in page
    assert f'And *that*.<span class="faint"> ({cases.author()}, ' in page
    assert "We &lt;b&gt;doubt" in client.get("/brief").text
    assert "doubt" not in client.get("/brief/read?part=moves").text
    assert "> We \\<b\\>doubt" in client.get("/brief/md").text
    assert client.get("/brief/json").json()["comments"][0]["text"].startswith("We <b>doubt")
    assert client.get("/brief/docx").status_code == client.get("/brief/pdf").status_code == 200
    assert load_case(riyadh).comments[0].part == "positions"


def test_own_words_are_undone_taken_away_and_written_once(riyadh: Path) -> None:
    client = opened(riyadh)
    assert write(client, "First.") == 303
    version = comments.listed(riyadh)[0]["version"]
    steps = len(cases.history(riyadh))
    assert write(client, "First.", version) == 303  # nothing is different, so nothing is an operation
    assert len(cases.history(riyadh)) == steps
    assert write(client, "Second.", version) == 303
    cases.undo(riyadh)
    assert [one["text"] for one in comments.listed(riyadh)] == ["First."]
    assert write(client, "", comments.listed(riyadh)[0]["version"]) == 303
    assert comments.listed(riyadh) == []
    cases.undo(riyadh)
    assert [one["text"] for one in comments.listed(riyadh)] == ["First."]


def test_a_late_edit_of_words_is_shown_beside_what_stands_there(riyadh: Path) -> None:
    client = opened(riyadh)
    assert write(client, "Ann's words") == 303
    late = client.post(
        "/brief/words", data={"part": "positions", "text": "Bo's <i>words</i>", "version": "0"}, headers=OURS
    )
    assert late.status_code == 409
    assert "Ann&#39;s words" in late.text
    assert "Bo&#39;s &lt;i&gt;words" in late.text
    assert [one["text"] for one in comments.listed(riyadh)] == ["Ann's words"]
    version = comments.listed(riyadh)[0]["version"]
    assert f'name="version" value="{version}"' in late.text
    assert write(client, "Bo's words", version) == 303
    assert [one["text"] for one in comments.listed(riyadh)] == ["Bo's words"]


def test_a_dossier_has_words_of_its_own(riyadh: Path) -> None:
    client = opened(riyadh)
    assert write(client, "of all") == write(client, "of Russia alone", party="russia") == 303
    assert "of Russia alone" in client.get("/brief/read?party=russia").text
    assert "of all" not in client.get("/brief/read?party=russia").text
    assert "of Russia alone" not in client.get("/brief/read").text
    assert "of Russia alone" in client.get("/brief?party=russia").text


@pytest.mark.parametrize(
    ("part", "text", "party"), [("nix", "a", None), ("positions", "x" * 4001, None), ("moves", "a", "nobody")]
)
def test_words_that_fit_nowhere_are_refused(riyadh: Path, part: str, text: str, party: str | None) -> None:
    with pytest.raises(UsageError):
        comments.write(riyadh, part, text, party=party)
    assert comments.listed(riyadh) == []


def test_every_part_of_a_brief_can_be_written_on(riyadh: Path, lorn: Path) -> None:
    for path in (riyadh, lorn):
        made = brief.as_report(brief.brief(load_case(path)))
        assert {section.id for section in made.sections} <= set(PARTS)


def test_the_command_writes_lists_and_takes_away(riyadh: Path) -> None:
    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "winset", "comment", str(riyadh), *words],
            capture_output=True,
            text=True,
            check=False,
        )

    assert "Nothing has been written" in run().stdout
    assert run("moves", "Watch\x1b[31m this.").returncode == 0
    assert json.loads(run("--json").stdout)[0]["part"] == "moves"
    assert "\x1b" not in run().stdout
    assert run("nix", "a").returncode == 2
    assert run("moves").returncode == 2
    assert run("moves", "--remove").returncode == 0
    assert comments.listed(riyadh) == []


def test_words_are_saved_while_they_are_written_and_parts_move_by_keys(riyadh: Path) -> None:
    needed()
    with chromium() as browser, served(riyadh) as running:
        page = launched(browser, running)
        page.goto(f"{running.root}/brief")
        page.click("#in-moves summary")
        page.fill("#words-moves", "Moscow has not answered.")
        page.wait_for_function("() => document.getElementById('sign').textContent.startsWith('Saved')")
        page.fill("#words-moves", "Moscow has not answered yet.")
        page.wait_for_timeout(100)
        page.wait_for_function("() => document.getElementById('sign').textContent.startsWith('Saved')")
        preview = page.frame_locator("#preview")
        preview.locator(".comment", has_text="Moscow has not answered yet.").wait_for()
        page.focus("#in-moves .place button >> nth=0")
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
        page.wait_for_function("() => location.search.includes('place.moves=1')")
        preview.locator("section").first.locator("h2", has_text="moved").wait_for()
        page.reload()
        assert page.get_attribute(".parts tbody tr >> nth=0", "id") == "in-moves"
        assert page.input_value("#words-moves") == "Moscow has not answered yet."
        assert page.wrongs == []
    assert [one["text"] for one in comments.listed(riyadh)] == ["Moscow has not answered yet."]
