"""Files added in the browser: with progress, cancelled in time or told that it was too late."""

import time
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from tests.web.browsing import chromium, launched, needed, served
from tests.web.conftest import OURS, opened

from winset.services import adding, cases
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


def test_a_file_that_is_being_read_can_be_cancelled_and_leaves_nothing(
    empty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading, goes_on = Event(), Event()
    read = adding.read_statements

    def slowly(*given: Any) -> Any:
        reading.set()
        goes_on.wait(20)
        yield from read(*given)

    monkeypatch.setattr(adding, "read_statements", slowly)
    client, answers = opened(empty), []
    sent = Thread(
        target=lambda: answers.append(client.post("/files?name=a.txt&ticket=t1", content=REPORT, headers=OURS).json())
    )
    sent.start()
    assert reading.wait(20)
    assert client.post("/files/stop?ticket=t1", headers=OURS).json() == {"stopped": True}
    sent.join(20)
    assert answers == [{"stopped": True}]
    goes_on.set()
    time.sleep(0.5)
    assert cases.show(empty)["counts"]["documents"] == 0
    assert client.post("/files/stop?ticket=t1", headers=OURS).json() == {"stopped": False}
    monkeypatch.undo()
    assert len(client.post("/files?name=a.txt", content=REPORT, headers=OURS).json()["added"]) == 1


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
        assert "two.txt: not added, you cancelled it" in lines[1]
        assert "again.txt: the case holds it already" in lines[2]
        assert "huge.txt: not added, larger than" in lines[3]
        assert page.locator("#added progress").count() == 0
        assert page.wrongs == []
    assert cases.show(empty)["counts"]["documents"] == 1
