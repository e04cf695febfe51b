"""Files added in the browser: with progress, cancelled in time or told that it was too late."""

import os
import signal
import time
from pathlib import Path
from threading import Thread
from urllib.parse import quote, urlencode

import httpx
import pytest
from tests.web.browsing import chromium, launched, needed, served
from tests.web.conftest import OURS, opened

from winset.errors import ModelError
from winset.services import cases, reading_aside
from winset.services.sources import load_case
from winset.web.routes import reading as routes
from winset.web.uploads import Upload

REPORT = b'The envoy, Ann Bell, said that the talks would go on. "We will not sign," Bo Hill told reporters.'


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    cases.new(tmp_path / "empty.winset")
    return tmp_path / "empty.winset"


def test_of_cancelling_and_writing_the_first_wins() -> None:
    first, second = Upload(), Upload()
    assert first.stop()
    assert not first.keep()
    assert second.keep()
    assert not second.stop()
    assert not second.stopped


def alive(pid: int) -> bool:
    """Whether a process is at work; one that has ended and waits to be collected is not."""
    try:
        return "(zombie)" not in Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return False


def command(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_text()


def below(pid: int) -> list[int]:
    """Every process that this one started, and those that they started; without multiprocessing's own book-keeper."""
    mine = [int(one) for path in Path(f"/proc/{pid}/task").glob("*/children") for one in path.read_text().split()]
    return [pid for pid in mine if "resource_tracker" not in command(pid)] + [
        other for one in mine for other in below(one)
    ]


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="asks the system's own list of processes")
def test_a_file_that_is_being_read_is_cancelled_at_once_and_leaves_nothing(empty: Path) -> None:
    client, answers = opened(empty), []
    assert client.post("/files?name=first.txt", content=REPORT, headers=OURS).json()["added"] == ["first"]
    for n, long in enumerate((REPORT * 20_000, b"<p>" + b"<div>" * 400 + REPORT * 20_000)):
        name = ("a.txt", "a.html")[n]
        sent = Thread(
            target=lambda name=name, long=long: answers.append(
                client.post(f"/files?name={name}&ticket=t1", content=long, headers=OURS).json()
            )
        )
        sent.start()
        time.sleep(1.5)  # it is being read: the parser or the reader of statements is at work
        at_work = below(os.getpid())
        asked = time.monotonic()
        assert client.post("/files/stop?ticket=t1", headers=OURS).json() == {"stopped": True}
        sent.join(20)
        assert time.monotonic() - asked < 5
        assert answers.pop() == {"stopped": True}
        assert not [one for one in at_work if alive(one)]
    assert cases.show(empty)["counts"]["documents"] == 1
    assert client.post("/files/stop?ticket=t1", headers=OURS).json() == {"stopped": False}
    assert len(client.post("/files?name=b.txt", content=REPORT + b" ", headers=OURS).json()["added"]) == 1


def test_a_reader_that_is_killed_is_told_of_and_the_next_file_is_read(empty: Path) -> None:
    aside = reading_aside.ReadingAside(empty)
    answers: list[object] = []

    def add() -> None:
        try:
            answers.append(aside.add("a.txt", REPORT * 20_000, keep=lambda: True, stopped=lambda: False))
        except ModelError as error:
            answers.append(error)

    sent = Thread(target=add)
    sent.start()
    while aside.running is None:
        time.sleep(0.05)
    time.sleep(0.5)
    os.kill(aside.running, signal.SIGKILL)
    sent.join(20)
    assert "nothing was added" in str(answers)
    found = aside.add("b.txt", REPORT, keep=lambda: True, stopped=lambda: False)
    assert found is not None
    assert found["added"] == ["b"]


NAMES = (
    "../../etc/passwd", "a\0b.txt", "x" * 10_000, "\u202egnp.exe", "<img src=x onerror=alert(1)>.txt", ".", "..", "", " ", "~",
    "C:\\con.txt", "a/b\\c.txt", "\ud800.txt", "\n\r.txt", "%2e%2e%2f.txt", "мир.txt", "نص.txt",
)  # fmt: skip


def test_hostile_names_of_files_make_a_document_and_nothing_else(empty: Path) -> None:
    before = set(empty.parent.iterdir())
    with served(empty) as running, httpx.Client(base_url=running.root, headers={"origin": running.root}) as browser:
        browser.get(running.link)
        for n, name in enumerate(NAMES):
            query = urlencode({"name": name}, errors="surrogatepass")
            found = browser.post(f"/files?{query}", content=REPORT + b" " * n, timeout=60)
            assert found.status_code == 200, name
            [doc] = found.json()["added"]
            page = browser.get(f"/documents/{quote(doc, safe='')}")
            assert page.status_code == 200, name
            assert "<img" not in page.text, name
    beside = {empty.with_name(f"{empty.name}{end}") for end in ("-journal", ".backups")}
    assert set(empty.parent.iterdir()) - before <= beside
    assert cases.show(empty)["counts"]["documents"] == len(NAMES)


def test_a_file_over_the_limit_is_refused_while_it_arrives_and_leaves_nothing(
    empty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(routes, "LARGEST_FILE", 1_000)
    answer = opened(empty).post("/files?name=a.txt", content=REPORT * 11, headers=OURS)
    assert answer.status_code == 413
    assert "larger than 1,000 bytes" in answer.text
    assert cases.show(empty)["counts"]["documents"] == 0


def test_several_files_show_their_progress_duplicates_are_told_and_those_that_wait_can_be_cancelled(
    empty: Path, tmp_path: Path
) -> None:
    needed()
    names = ["one.txt", "two.txt", "again.txt", "huge.txt"]
    for name in names:
        (tmp_path / name).write_bytes(REPORT + (b" " if name == "two.txt" else b""))
    with chromium() as browser, served(empty) as running:
        page = launched(browser, running)
        page.evaluate("document.getElementById('pick').dataset.most = '98'")
        (tmp_path / "huge.txt").write_bytes(REPORT * 3)
        page.route(
            "**/files?name=one.txt*", lambda route: (page.click('[aria-label="Cancel two.txt"]'), route.continue_())
        )
        page.set_input_files("#pick", [str(tmp_path / name) for name in names])
        page.wait_for_function("() => document.getElementById('sign').textContent === 'Done'")
        lines = page.locator("#added li").all_text_contents()
        assert "one.txt: added, 2 statements" in lines[0]
        assert "No date is known: give it one" in lines[0]
        assert "two.txt: not added, you cancelled it" in lines[1]
        assert "again.txt: the case holds it already" in lines[2]
        assert "huge.txt: not added, larger than" in lines[3]
        assert page.locator("#added progress").count() == 0
        assert page.wrongs == []
    assert cases.show(empty)["counts"]["documents"] == 1


def test_a_document_is_known_by_the_name_that_its_file_had(empty: Path) -> None:
    client = opened(empty)
    client.post(f"/files?{urlencode({'name': 'Report ' + 'x' * 150 + '.txt'})}", content=REPORT, headers=OURS)
    [document] = load_case(empty).documents
    assert document.file == f"Report {'x' * 93}.txt"
    aside = client.post("/files?name=a.pdf", content=b"%PDF-1.4 broken", headers=OURS).json()["set_aside"]
    assert aside[0]["file"] == "a.pdf"
