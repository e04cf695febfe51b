"""`winset serve` as a process: its link works once, and a verdict that was answered survives kill -9 at any moment."""

import asyncio
import subprocess
import sys
from functools import wraps
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from starlette.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send
from tests.web.browsing import served

from winset.services import briefing, cases, doubt, reviews
from winset.web import app as web
from winset.web.app import ahead, make_app
from winset.web.warming import Warming


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


def test_what_other_pages_load_is_loaded_after_the_first_page_once_nobody_asks(lorn: Path) -> None:
    asked = (
        "import sys; from starlette.testclient import TestClient; from pathlib import Path\n"
        "from winset.web.app import make_app; from winset.web.warming import MODULES, Warming\n"
        f"warming = Warming(make_app(Path({str(lorn)!r})))\n"
        "client = TestClient(warming)\n"
        "assert client.get('/no-such-page').status_code == 404 and warming.thread is None\n"
        "assert client.get('/').status_code == 200\n"
        "print(sorted({'numpy', 'scipy', 'winset.services.briefing'} & set(sys.modules)))\n"
        "warming.thread.join(60)\n"
        "print(sorted({name.partition(':')[0] for name in MODULES} - set(sys.modules)))\n"
        "assert client.get('/consent').status_code == 200"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[:2] == ["[]", "[]"]


def test_pages_that_compute_for_long_are_made_ready_while_nobody_asks_and_again_after_a_change(
    lorn: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    parts_of = briefing.parts_of

    @wraps(parts_of)
    def noted(path: Path) -> object:
        asked.append("brief")
        return parts_of(path)

    monkeypatch.setattr(briefing, "parts_of", noted)
    app = make_app(lorn)
    warming = Warming(app, ahead=lambda: ["/brief"], modules=(), quiet=0.01, calm=0.01)
    client = TestClient(warming)

    def ready() -> None:
        assert warming.thread is not None
        warming.thread.join(60)

    client.get("/")
    ready()
    assert asked == ["brief"]
    assert client.get("/brief").status_code == 200
    assert asked == ["brief"]
    where = client.get("/review", follow_redirects=False).headers["location"]
    assert client.post(where, content="verdict=accept&version=0", follow_redirects=False).status_code == 303
    ready()
    assert asked == ["brief", "brief"]
    assert client.get("/brief").status_code == 200
    assert asked == ["brief", "brief"]


def test_the_pages_that_are_made_ready_are_there(lorn: Path) -> None:
    app = make_app(lorn)
    assert app.state.ahead() == (*web.PAGES, "/uncertainty", "/uncertainty/models")
    assert [TestClient(app).get(path).status_code for path in app.state.ahead()] == [200] * 8


def test_a_page_that_fails_ends_the_making_ready_and_nothing_else(lorn: Path) -> None:
    app = make_app(lorn)
    looked: list[str] = []

    async def failing(scope: Scope, receive: Receive, send: Send) -> None:
        looked.append(scope["path"])
        if scope["path"] == "/brief":
            raise ValueError("a fault")
        await app(scope, receive, send)

    warming = Warming(failing, ahead=lambda: ["/brief", "/positions"], modules=(), quiet=0.01, calm=0.01)
    client = TestClient(warming)
    assert client.get("/").status_code == 200
    assert warming.thread is not None
    warming.thread.join(60)
    assert looked == ["/", "/brief"]
    assert client.get("/").status_code == 200


def test_nothing_is_made_ready_of_a_large_case_or_of_none(lorn: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doubt, "LIGHT_JUDGEMENTS", -1)
    assert "/uncertainty" not in ahead(lorn)
    monkeypatch.setattr(web, "MOST_AHEAD", 3)
    assert ahead(lorn) == ()
    lorn.write_bytes(b"no case")
    assert ahead(lorn) == ()


def test_nothing_is_loaded_while_a_request_is_answered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "loaded_when_quiet.py").write_text("")
    monkeypatch.syspath_prepend(tmp_path)

    async def walk() -> None:
        entered, leave = asyncio.Event(), asyncio.Event()

        async def app(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["path"] == "/slow":
                entered.set()
                await leave.wait()
            await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/html")]})

        async def dropped(message: Message) -> None: ...

        async def nothing() -> Message:
            return {"type": "http.disconnect"}

        warming = Warming(app, modules=("loaded_when_quiet",), quiet=0.05)
        slow = asyncio.create_task(warming({"type": "http", "path": "/slow"}, nothing, dropped))
        await entered.wait()
        await warming({"type": "http", "path": "/"}, nothing, dropped)
        await asyncio.sleep(0.3)
        assert "loaded_when_quiet" not in sys.modules
        leave.set()
        await slow
        assert warming.thread is not None
        await asyncio.to_thread(warming.thread.join, 10)
        assert "loaded_when_quiet" in sys.modules

    asyncio.run(walk())
