"""The workbench through its own door: every route held to the rules, and the work that can be done there."""

import re
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from winset.domain.actors import Party
from winset.domain.case import Case
from winset.domain.estimates import Exact, Judgement
from winset.domain.issues import Issue, ScalePoint
from winset.domain.statements import Statement, Voice
from winset.domain.text import Document, Span
from winset.services import cases, reviews
from winset.store.casefile import CaseFile
from winset.web.app import make_app
from winset.web.guard import HEADERS, Guard
from winset.web.marks import pieces

EVIL = '<script>alert(1)</script> \u202e said "no" & left'
HOST = "127.0.0.1:4711"
OURS = {"origin": f"http://{HOST}"}


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def case(tmp_path: Path) -> Path:
    path = tmp_path / "c.winset"
    cases.new(path, EVIL)
    text = f"{EVIL}. The minister said talks go on. He said it twice."
    at = text.index("The minister")
    document = Document(id="d", text=text, sha256="0" * 64, title=EVIL)

    def statement(n: int, start: int, source: int, content: int) -> Statement:
        return Statement(
            id=f"d#{n}", doc="d", source=(Span(start, start + source),), cue=(Span(start + source + 1, start + source + 5),),
            content=(Span(start + source + 6, start + source + 6 + content),), kind="indirect",
            speaker=Voice(id="m", kind="named", name=EVIL), acts=("report",), score=0.9,
        )  # fmt: skip

    both = (statement(1, at, 12, 11), statement(2, text.index("He said"), 2, 8))
    with CaseFile.open(path) as file:
        file.replace(
            Case(title=EVIL, documents=(document,), statements=both), at=cases.now(), author="a", label="filled"
        )
    return path


@pytest.fixture
def app(case: Path) -> Starlette:
    return make_app(case)


def browser(app: Starlette, *, clock: Clock | None = None, launched: bool = True) -> TestClient:
    guard = Guard(app, port=4711, clock=clock or Clock())
    client = TestClient(guard, base_url=f"http://{HOST}", follow_redirects=False)
    client.guard = guard  # type: ignore[attr-defined]  # for the tests of the token
    if launched:
        assert client.get(f"/launch?token={guard.token}").status_code == 303
    return client


def routes(app: Starlette) -> list[tuple[str, str]]:
    found = [
        ("GET", "/static/workbench.css"),
        ("GET", "/static/workbench.js"),
        ("GET", "/static/files.js"),
        ("GET", "/static/space.js"),
        ("GET", "/static/drafts.js"),
        ("GET", "/nothing"),
    ]
    for route in app.routes:
        if isinstance(route, Route):
            path = (
                route.path.replace("{doc:any}", "d")
                .replace("{id:any}", "d%231")
                .replace("{ending}", "md")
                .replace("{form}", "csv")
                .replace("{name}.{kind}", "x.png")
            )
            path = path.replace("/positions/on", "/positions/on?party=a&issue=i")
            assert "{" not in path, f"tell this test what to put into {route.path}"
            found += [(method, path) for method in route.methods or ()]
    assert len(found) > 12
    return found


def verdict(case: Path) -> str | None:
    made = reviews.seen(case, "d#1").review
    return made["verdict"] if made else None


def test_every_route_asks_for_the_cookie_the_host_and_our_own_pages(app: Starlette) -> None:
    known, stranger = browser(app), browser(app, launched=False)
    for method, path in routes(app):
        where = f"{method} {path}"
        assert stranger.request(method, path, headers=OURS).status_code == 401, where
        for host in ("evil.example", "127.0.0.1", "127.0.0.1:80", "x/static?", "127.0.0.1:4711.evil.example"):
            assert known.request(method, path, headers={"host": host}).status_code == 400, (where, host)
        for site in ("cross-site", "same-site"):
            assert known.request(method, path, headers={"sec-fetch-site": site}).status_code == 403, (where, site)
        for origin in ("null", "http://evil.example", "http://127.0.0.1:9", f"https://{HOST}"):
            assert known.request(method, path, headers={"origin": origin}).status_code == 403, (where, origin)
        if method not in ("GET", "HEAD"):
            assert known.request(method, path).status_code == 403, where


def test_every_answer_carries_the_strict_headers_and_no_inline_script(app: Starlette) -> None:
    client = browser(app)
    for method, path in routes(app):
        if method != "GET":
            continue
        answer = client.get(path)
        assert answer.status_code in (200, 303, 404), path
        for name, value in HEADERS:
            if path != "/brief/read" or name != b"content-security-policy":
                assert answer.headers[name.decode()] == value.decode(), path
        assert "unsafe" not in answer.headers["content-security-policy"]
        if "html" in answer.headers.get("content-type", ""):
            assert not re.search(r"<script(?! src=\"/static/)|\son\w+=|javascript:", answer.text), path
            assert "<script>alert" not in answer.text


def test_a_get_changes_nothing(app: Starlette, case: Path) -> None:
    client, before = browser(app), case.read_bytes()
    for method, path in routes(app):
        if method == "GET":
            client.get(path)
    assert case.read_bytes() == before


def test_the_launch_token_works_once_and_for_a_minute(app: Starlette) -> None:
    client = browser(app)
    assert "HttpOnly" in browser(app, launched=False).get("/launch?token=no").headers.get("set-cookie", "HttpOnly")
    assert client.get(f"/launch?token={client.guard.token}").status_code == 401  # type: ignore[attr-defined]
    clock = Clock()
    late = browser(app, clock=clock, launched=False)
    clock.now = 61.0
    assert late.get(f"/launch?token={late.guard.token}").status_code == 401  # type: ignore[attr-defined]


def test_a_session_cookie_is_strict_and_hidden_from_scripts(app: Starlette) -> None:
    client = browser(app, launched=False)
    cookie = client.get(f"/launch?token={client.guard.token}").headers["set-cookie"]  # type: ignore[attr-defined]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie


def test_a_document_shows_each_role_and_mirrors_every_highlight_in_the_list(app: Starlette) -> None:
    text = browser(app).get("/documents/d").text
    for role in ("source", "cue", "content"):
        assert f'<mark class="{role}">' in text
    for id in ("d#1", "d#2"):
        assert f'id="{id}"' in text
        assert f'href="#{id.replace("#", "%23")}"' in text
    assert "U+202E" in text


def test_a_verdict_is_saved_at_once_and_undone_with_one_request(app: Starlette, case: Path) -> None:
    client = browser(app)
    assert client.get("/review").headers["location"] == "/review/d%231"
    done = client.post("/review/d%231", content="verdict=accept&version=0", headers=OURS)
    assert (done.status_code, done.headers["location"]) == (303, "/review?after=d%231")
    assert verdict(case) == "accept"
    assert client.get(done.headers["location"]).headers["location"] == "/review/d%232"
    assert client.post("/undo", content="from=review", headers=OURS).headers["location"] == "/review/d%231"
    assert verdict(case) is None
    client.post("/redo", headers=OURS)
    assert verdict(case) == "accept"


def test_a_rejected_statement_leaves_document_and_brief_and_comes_back(app: Starlette) -> None:
    client = browser(app)
    assert "talks go on" in client.get("/brief/read").text.split('id="sources"')[0].split("<h1")[1]
    assert 'id="d#1"' in client.get("/documents/d").text
    client.post("/review/d%231", content="verdict=reject&version=0", headers=OURS)
    assert 'id="d#1"' not in client.get("/documents/d").text
    assert ">rejected" in client.get("/documents/d").text
    found = client.get("/brief/json").json()
    assert [one["id"] for one in found["statements"]] == ["d#2"]
    assert found["rejected"] == ["statement:d#1"]
    assert "rejected 1 more, left out here" in client.get("/brief/read").text
    client.post("/undo", headers=OURS)
    assert [one["id"] for one in client.get("/brief/json").json()["statements"]] == ["d#1", "d#2"]


def test_a_stale_verdict_is_refused_with_both_versions(app: Starlette, case: Path) -> None:
    client = browser(app)
    client.post("/review/d%231", content="verdict=accept&version=0", headers=OURS)
    stale = client.post("/review/d%231", content="verdict=reject&version=0", headers=OURS)
    assert stale.status_code == 409
    assert "<td><bdi>accept</bdi></td><td><bdi>reject</bdi>" in stale.text
    seen = reviews.seen(case, "d#1").version
    assert client.post("/review/d%231", content=f"verdict=reject&version={seen}", headers=OURS).status_code == 303
    assert verdict(case) == "reject"
    assert cases.show(case)["counts"]["reviews"] == 1


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/review/d%231", "verdict=maybe&version=0", 422),
        ("/review/d%231", "verdict=accept&version=x", 422),
        ("/review/none", "verdict=accept&version=0", 422),
        ("/review/d%231", "x" * 300_000, 413),
    ],
)
def test_a_request_that_makes_no_sense_gets_a_page_not_a_traceback(
    app: Starlette, path: str, body: str, status: int
) -> None:
    answer = browser(app).post(path, content=body, headers=OURS)
    assert answer.status_code == status
    assert "Traceback" not in answer.text


def test_a_fault_of_ours_is_a_page_too_and_an_address_with_something_missing_says_what(
    app: Starlette, monkeypatch: pytest.MonkeyPatch
) -> None:
    guard = Guard(app, port=4711)
    client = TestClient(guard, base_url=f"http://{HOST}", raise_server_exceptions=False)
    client.get(f"/launch?token={guard.token}")
    missing = client.get("/positions/on")
    assert (missing.status_code, "party=" in missing.text) == (404, True)
    wrong = client.post("/documents", headers=OURS)
    assert (wrong.status_code, "cannot be asked for in this way" in wrong.text) == (405, True)
    monkeypatch.setattr(cases, "history", lambda *_: 1 / 0)
    answer = client.get("/history")
    assert answer.status_code == 500
    assert "This is a fault of winset" in answer.text
    assert "unexpected ZeroDivisionError" in answer.text
    assert answer.headers["content-security-policy"]


def test_files_are_added_once_and_refusals_are_said(app: Starlette) -> None:
    client = browser(app)
    name = "../../a b.txt"
    added = client.post("/files", params={"name": name}, content=b"The envoy said talks go on.", headers=OURS).json()
    assert added["added"] == ["a b"]
    assert (
        client.post("/files", params={"name": name}, content=b"The envoy said talks go on.", headers=OURS).json()[
            "already"
        ]
        == 1
    )
    assert client.post("/files", params={"name": "x.pdf"}, content=b"%PDF-1.4 broken", headers=OURS).json()["set_aside"]
    assert "a b" in client.get("/search?words=envoy").text


def test_an_empty_case_teaches_by_an_example(tmp_path: Path) -> None:
    cases.new(tmp_path / "e.winset")
    client = browser(make_app(tmp_path / "e.winset"))
    assert "The minister" in client.get("/").text
    for path in ("/documents", "/review", "/positions", "/search", "/history"):
        assert client.get(path).status_code == 200


def test_a_damaged_case_gets_an_answer(app: Starlette, case: Path) -> None:
    client = browser(app)
    case.write_bytes(b"damaged")
    answer = client.get("/documents")
    assert answer.status_code == 500
    assert "not a case file" in answer.text


def test_another_case_under_the_same_name_gets_no_verdict_of_yesterdays_page(
    app: Starlette, case: Path, tmp_path: Path
) -> None:
    client = browser(app)
    address = client.get("/review").headers["location"]

    def reject() -> int:
        return client.post(address, data={"version": "0", "verdict": "reject"}, headers=OURS).status_code

    kept = case.read_bytes()
    other = tmp_path / "other.winset"
    cases.new(other, "Another")
    with CaseFile.open(case) as mine, CaseFile.open(other, at=cases.now()) as theirs:
        theirs.replace(mine.case(), at=cases.now(), author="Bo", label="the same statements")
    case.write_bytes(other.read_bytes())
    assert reject() == 409
    assert "another case now" in client.get("/").text
    assert reviews.listed(case) == []
    case.write_bytes(kept)  # the case itself comes back, as from a backup
    assert client.get("/").status_code == 200
    assert reject() == 303


def test_a_case_that_is_gone_gets_an_answer_and_comes_back(app: Starlette, case: Path) -> None:
    client = browser(app)
    kept = case.read_bytes()
    case.unlink()
    gone = client.get("/documents")
    assert gone.status_code == 500
    assert "does not exist" in gone.text
    case.write_bytes(kept)
    assert client.get("/documents").status_code == 200


def test_pieces_join_to_the_text_whatever_overlaps() -> None:
    text = "abcdefghij"
    both: list[dict[str, Any]] = [
        {"id": "1", "source": [[0, 3]], "cue": [], "content": [[2, 9]]},
        {"id": "2", "source": [], "cue": [[2, 5]], "content": [[4, 6], [8, 10]]},
    ]
    found = pieces(text, both)
    assert "".join(piece.text for piece in found) == text
    for role in ("source", "cue", "content"):
        marked = "".join(piece.text if role in piece.roles else "·" * len(piece.text) for piece in found)
        wanted = "".join(
            c if any(a <= n < b for one in both for a, b in one[role]) else "·" for n, c in enumerate(text)
        )
        assert marked == wanted
    assert "".join(piece.text for piece in pieces(text, both, start=3, end=7)) == "defg"


def test_a_name_of_a_million_letters_does_not_make_a_page_of_them(case: Path) -> None:
    long = "x" * 1_000_000
    with CaseFile.open(case) as file:
        issue = Issue(id="i", question=long, scale=(ScalePoint(0, long), ScalePoint(10, f"{long}1")))
        judgements = tuple(
            Judgement(quantity="position", party=p, issue="i", value=Exact(v), by=long, note=long)
            for p, v in (("a", 0.0), ("b", 9.0))
        )
        parties = (Party(id="a", name=long), Party(id="b", name=f"{long}b"))
        full = file.case().with_(title=long, parties=parties, issues=(issue,), judgements=judgements)
        file.replace(full, at=cases.now(), author="a", label="long names")
    client = browser(make_app(case))
    for path in ("/", "/positions", "/positions/on?party=a&issue=i", "/positions/alignment", "/deals", "/review/d%231"):
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert "(1,000,000 characters)" in answer.text or path.startswith("/review"), path
        assert len(answer.text) < 6_000_000, path  # numbers saved with a chart keep whole names
