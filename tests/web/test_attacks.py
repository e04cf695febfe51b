"""The served workbench under attack: over real sockets, on every route that its application has."""

import http.client
import os
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from starlette.routing import Route
from tests.web.browsing import Served, served

from winset.services import cases
from winset.web.app import make_app
from winset.web.desk import LARGEST_FORM

PLACES = {"{doc:any}": "d", "{id:any}": "d%231", "{ending}": "md", "{form}": "csv", "{name}.{kind}": "x.png"}
OUTSIDE = (
    "/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2f..%2fguard.py", "/static/%2fetc%2fpasswd", "/static//etc/passwd",
    "/static/..%5c..%5cguard.py", "/static/%00", "/brief/..%2f..%2fetc%2fpasswd", "/export/..%2f..%2fetc", "/chart/..%2f..%2fx.png",
    "/documents/..%2f..%2f..%2fetc%2fpasswd", "/review/..%2f..%2fetc%2fpasswd", "/documents/%00", "/documents/" + "a" * 9_000,
)  # fmt: skip
HOSTS = (
    "evil.example", "127.0.0.1", "127.0.0.1:80", "127.0.0.1.evil.example:{port}", "evil.example:{port}", "x/static?", "0.0.0.0:{port}",
    "[::]:{port}", "localhost", "localhost.:{port}", "127.0.0.1:{port}@evil.example", "127.1:{port}", "2130706433:{port}", "",
)  # fmt: skip


class Door:
    """A browser's side of a served case, with every header in our own hands."""

    def __init__(self, running: Served) -> None:
        self.port = urlsplit(running.root).port or 0
        self.own = f"127.0.0.1:{self.port}"
        answer = self.ask("GET", running.link.removeprefix(running.root))
        assert answer[0] == 303
        self.cookie = answer[1]["set-cookie"].split(";")[0]
        self.ours = {"Cookie": self.cookie, "Origin": f"http://{self.own}"}

    def ask(
        self, method: str, path: str, headers: dict[str, str] | None = None, body: bytes = b""
    ) -> tuple[int, dict[str, str], bytes]:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        try:
            line.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for name, value in {"Host": self.own, **(headers or {})}.items():
                line.putheader(name, value)
            if body:
                line.putheader("Content-Length", str(len(body)))
            line.endheaders(body or None)
            answer = line.getresponse()
            return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()
        finally:
            line.close()

    def opened(self, start: bytes) -> socket.socket:
        line = socket.create_connection(("127.0.0.1", self.port), timeout=120)
        line.sendall(start)
        return line


@pytest.fixture
def door(lorn: Path) -> Iterator[Door]:
    with served(lorn) as running:
        yield Door(running)


def changing(case: Path) -> list[str]:
    """Every route that changes something, as an address."""
    found = []
    for route in make_app(case).routes:
        if isinstance(route, Route) and "POST" in (route.methods or ()):
            path = route.path
            for name, value in PLACES.items():
                path = path.replace(name, value)
            assert "{" not in path, f"tell this test what to put into {route.path}"
            found.append(path)
    assert len(found) > 12
    return found


def test_another_name_for_this_machine_gets_nothing_even_with_the_cookie(door: Door) -> None:
    for host in HOSTS:
        for path in ("/", "/static/workbench.js", "/documents", "/launch?token=x"):
            status, _, body = door.ask("GET", path, {"Cookie": door.cookie, "Host": host.format(port=door.port)})
            assert status == 400, (host, path)
            assert b"lorn" not in body.lower()
    twice = b"GET / HTTP/1.1\r\nHost: %b\r\nHost: evil.example\r\nCookie: %b\r\n\r\n" % (
        door.own.encode(),
        door.cookie.encode(),
    )
    with door.opened(twice) as line:
        assert line.recv(65536).split(b" ")[1] == b"400"


def test_what_lies_outside_is_reached_by_no_address(door: Door) -> None:
    for path in OUTSIDE:
        status, _, body = door.ask("GET", path, {"Cookie": door.cookie})
        assert status in (400, 404), path
        assert b"root:" not in body
        assert b"import " not in body
        assert b"Traceback" not in body


def test_a_change_needs_our_own_origin_on_every_route_and_changes_nothing_without(door: Door, lorn: Path) -> None:
    before = lorn.read_bytes()
    for path in changing(lorn):
        for headers in (
            {"Cookie": door.cookie}, {"Origin": door.ours["Origin"]}, {**door.ours, "Origin": "null"}, {**door.ours, "Origin": "http://evil.example"},
            {**door.ours, "Sec-Fetch-Site": "cross-site"}, {**door.ours, "Sec-Fetch-Site": "same-site"},
            {"Cookie": door.cookie + "x", "Origin": door.ours["Origin"]}, {"Cookie": f"winset-{door.port}=", "Origin": door.ours["Origin"]},
            {"Cookie": door.cookie, "Sec-Fetch-Site": "none"},
        ):  # fmt: skip
            assert door.ask("POST", path, headers, b"verdict=accept")[0] in (401, 403), (path, headers)
        for method in ("PUT", "DELETE", "PATCH", "TRACE", "OPTIONS", "PROPFIND"):
            assert door.ask(method, path, {"X-HTTP-Method-Override": "POST", **door.ours})[0] in (403, 405), (
                path,
                method,
            )
    assert lorn.read_bytes() == before


def test_a_body_without_end_is_refused_at_its_limit_on_every_route(door: Door, lorn: Path) -> None:
    before = cases.show(lorn)["last_operation"]
    chunk = b"x" * 65_536
    for path in (
        one
        for one in changing(lorn)
        if not one.startswith(("/files", "/undo", "/redo", "/stability/keep", "/suggestions/take-over"))
    ):
        head = f"POST {path} HTTP/1.1\r\nHost: {door.own}\r\nCookie: {door.cookie}\r\nOrigin: http://{door.own}\r\nTransfer-Encoding: chunked\r\n\r\n"
        sent, answer = 0, b""
        with door.opened(head.encode()) as line:
            try:
                while sent < 8 * LARGEST_FORM and not answer:
                    line.sendall(b"%x\r\n%b\r\n" % (len(chunk), chunk))
                    sent += len(chunk)
                    line.settimeout(0.05)
                    try:
                        answer = line.recv(65536)
                    except TimeoutError:
                        line.settimeout(120)
            except (BrokenPipeError, ConnectionResetError):
                pass  # the workbench has heard enough
            line.settimeout(120)
            answer = answer or line.recv(65536)
        assert answer[9:12] in (b"413", b"400"), (path, answer[:80])
    assert cases.show(lorn)["last_operation"] == before


def test_senders_that_take_their_time_hold_nobody_else_up(door: Door) -> None:
    head = f"POST /files?name=slow.txt HTTP/1.1\r\nHost: {door.own}\r\nCookie: {door.cookie}\r\nOrigin: http://{door.own}\r\nContent-Length: 50000000\r\n\r\n"
    lines = [door.opened(head.encode() + b"a") for _ in range(40)]
    lines += [door.opened(f"GET / HTTP/1.1\r\nHost: {door.own}\r\nX-Slow: ".encode()) for _ in range(40)]
    try:
        for _ in range(3):
            for line in lines:
                line.sendall(b"b")
            assert door.ask("GET", "/documents", {"Cookie": door.cookie})[0] == 200
            assert door.ask("POST", "/marks", door.ours, f"name=n{time.monotonic_ns()}".encode())[0] == 303
    finally:
        for line in lines:
            line.close()
    assert door.ask("GET", "/documents", {"Cookie": door.cookie})[0] == 200


def test_no_file_is_written_but_the_case_and_its_backups(door: Door, lorn: Path) -> None:
    names = (
        "..%2f..%2fescaped.txt",
        "%2ftmp%2fescaped.txt",
        "C%3a%5cescaped.txt",
        "~%2fescaped.txt",
        "a%00b.txt",
        "%e2%80%aegnp.txt",
        "x" * 3_000 + ".txt",
    )
    for n, name in enumerate(names):
        status, _, body = door.ask(
            "POST", f"/files?name={name}&ticket=t", door.ours, f"The envoy said that talks {n} went on.".encode()
        )
        assert status == 200, (name, body[:200])
    written = {one.name for one in lorn.parent.iterdir()}
    assert written <= {lorn.name, f"{lorn.name}.backups"}
    assert not any(
        "escaped" in name for folder in (lorn.parent.parent, Path.home(), Path("/tmp")) for name in os.listdir(folder)
    )
    for kind in ("html", "md", "json"):
        assert (
            'filename="brief.' in door.ask("GET", f"/brief/{kind}", {"Cookie": door.cookie})[1]["content-disposition"]
        )
