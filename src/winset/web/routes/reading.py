"""The case itself: its first page, documents with their statements marked, search, files added."""

import re

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response
from starlette.concurrency import run_in_threadpool

from winset.errors import UsageError
from winset.services import cases, workbench
from winset.web.desk import LARGEST_FILE, Desk, body, whole
from winset.web.marks import pieces

_PLACE = re.compile(r"(\d{1,9})-(\d{1,9})")


def add(app: FastAPI, desk: Desk) -> None:
    """`/`, `/documents`, `/search`, `/files`."""
    case = desk.case

    @app.get("/")
    def home() -> Response:
        return desk.page("home.html", here="home", shown=cases.show(case))

    @app.get("/documents")
    def documents(start: str = "0") -> Response:
        first = whole(start)
        listed = workbench.documents(case, first)
        return desk.page("documents.html", here="documents", rows=listed, start=first, size=workbench.PAGE)

    @app.get("/documents/{doc:path}")
    def document(doc: str, at: str | None = None) -> Response:
        found = workbench.document(case, doc)
        text = found["document"]["text"]
        standing = [one for one in found["statements"] if found["reviews"][one["id"]] != "reject"]
        if at:
            standing.append({"id": "place", "source": [], "cue": [], "content": [], "ground": [_place(at, text)]})
        return desk.page("document.html", here="documents", pieces=pieces(text, standing), text=text, **found)

    @app.get("/search")
    def search(words: str = "") -> Response:
        found = workbench.search(case, words[:400])
        return desk.page("search.html", here="search", words=words, found=found)

    @app.post("/files")
    async def add_file(request: Request, name: str = "document.txt") -> Response:
        data = await body(request, LARGEST_FILE)
        return JSONResponse(await run_in_threadpool(workbench.add_file, case, name, data))


def _place(at: str, text: str) -> list[int]:
    found = _PLACE.fullmatch(at)
    start, end = (int(one) for one in found.groups()) if found else (0, 0)
    if not start < end <= len(text):
        raise UsageError(f"{at[:40]!r} is no place in this document; it has {len(text):,} characters")
    return [start, end]
