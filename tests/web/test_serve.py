"""`winset serve` as a process: its link works once, and a verdict that was answered survives kill -9 at any moment."""

import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import httpx
from tests.web.browsing import served

from winset.services import cases, reviews


def test_what_was_answered_survives_being_killed_and_the_link_works_once(lorn: Path) -> None:
    for n in range(1, 4):
        with served(lorn, author="Bo") as running:
            ours = {"origin": running.root}
            with httpx.Client(base_url=running.root) as browser:
                assert browser.get(running.link).status_code == 303
                where = browser.get("/review").headers["location"]
                assert browser.post(where, content="verdict=accept&version=0", headers=ours).status_code == 303
            with httpx.Client() as stranger:
                assert stranger.get(running.link).status_code == 401
                assert stranger.get(f"{running.root}/").status_code == 401
            running.kill()
        made = reviews.listed(lorn)
        assert len(made) == n
        assert made[-1]["by"] == "Bo"
        assert where == f"/review/{quote(made[-1]['target'].removeprefix('statement:'), safe='')}"
    assert cases.doctor(lorn)["ok"]


def test_two_windows_lose_nothing(lorn: Path) -> None:
    with served(lorn) as running:
        ours = {"origin": running.root}
        with httpx.Client(base_url=running.root) as first:
            first.get(running.link)
            where = first.get("/review").headers["location"]
            with httpx.Client(base_url=running.root, cookies=first.cookies) as second:
                assert first.post(where, content="verdict=accept&version=0", headers=ours).status_code == 303
                late = second.post(where, content="verdict=reject&version=0", headers=ours)
        assert late.status_code == 409
        assert "<td><bdi>accept</bdi></td><td><bdi>reject</bdi>" in late.text
        assert "<bdi>Ann</bdi>" in late.text
    assert [one["verdict"] for one in reviews.listed(lorn)] == ["accept"]


def test_two_cases_can_be_open_in_one_browser_and_each_keeps_its_address(lorn: Path, riyadh: Path) -> None:
    with served(lorn) as one, served(riyadh) as other, httpx.Client() as browser:
        assert browser.get(one.link).status_code == browser.get(other.link).status_code == 303
        assert browser.get(f"{one.root}/").status_code == browser.get(f"{other.root}/").status_code == 200
        with served(lorn) as again:  # the case's own port is taken, so it gets another
            assert again.root != one.root
        browser.get(f"{one.root}/history")
    with served(lorn) as later:
        assert later.root == one.root
        assert "Start winset serve again" in httpx.get(f"{later.root}/review", cookies=browser.cookies).text


def test_the_first_page_waits_for_no_model_and_no_reader(lorn: Path) -> None:
    asked = (
        "import sys; from starlette.testclient import TestClient; from pathlib import Path\n"
        "from winset.web.app import make_app\n"
        f"assert TestClient(make_app(Path({str(lorn)!r}))).get('/').status_code == 200\n"
        "print(sorted({'numpy', 'scipy', 'highspy', 'onnxruntime', 'typst', 'lxml', 'winset.evidence.extract'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
