"""The case itself: its first page, documents with their statements marked, search, files added;
statements added by hand and voices put together or taken apart."""

import asyncio
import re

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from winset.domain.statements import ACTS
from winset.errors import UsageError
from winset.services import cases, reviews, speakers, workbench, writing
from winset.services import documents as describing
from winset.services.reading_aside import ReadingAside
from winset.web.desk import LARGEST_FILE, Desk, body, day, fields, form, part, spans, whole
from winset.web.marks import pieces
from winset.web.pages import Pages
from winset.web.uploads import Uploads

_PLACE = re.compile(r"(\d{1,9})-(\d{1,9})")
LOOKS = 0.1  # seconds between two looks whether whoever sent a file is still there


def add(pages: Pages, desk: Desk) -> None:
    """`/`, `/documents`, `/statements`, `/voices`, `/search`, `/files`."""
    case = desk.case
    uploads, reader = Uploads(), ReadingAside(case)

    @pages.get("/")
    def home() -> Response:
        last = next(iter(cases.history(case, 1)), None)
        return desk.page("home.html", here="home", shown=cases.show(case), last=last, most=LARGEST_FILE)

    @pages.get("/documents")
    def documents(start: str = "0") -> Response:
        first = whole(start)
        listed = workbench.documents(case, first)
        return desk.page("documents.html", here="documents", rows=listed, start=first, size=workbench.PAGE)

    @pages.get("/documents/{doc:any}")
    def document(doc: str, at: str | None = None) -> Response:
        found = workbench.document(case, doc)
        described = describing.described(case, doc)
        text = found["document"]["text"]
        standing = [one for one in found["statements"] if found["reviews"][one["id"]] != "reject"]
        if at:
            standing.append({"id": "place", "source": [], "cue": [], "content": [], "ground": [_place(at, text)]})
        return desk.page(
            "document.html", here="documents", pieces=pieces(text, standing), text=text, acts=ACTS,
            described=described, longest=describing.LONGEST, parties=reviews.parties(case), voices=writing.voices(case, doc), doubts=speakers.doubts(case, doc), **found,
        )  # fmt: skip

    @pages.post("/documents/describe")
    async def describe(request: Request) -> Response:
        given = await form(request)
        doc = given.get("doc", "")
        day(given.get("date"), "date")
        await run_in_threadpool(
            describing.describe, case, doc, {key: given[key] for key in describing.FIELDS if key in given},
            expected=whole(given.get("version", "0")),
        )  # fmt: skip
        return RedirectResponse(f"/documents/{part(doc)}", 303)

    @pages.post("/statements")
    async def add_statement(request: Request) -> Response:
        given = await form(request)
        doc = given.get("doc", "")
        id = await run_in_threadpool(
            writing.add_statement, case, doc, name=given.get("name", ""), party=given.get("party", ""),
            act=given.get("act", "report"), translation=given.get("translation", ""),
            **{role: spans(given.get(role, ""), role) for role in ("content", "source", "cue")},
        )  # fmt: skip
        return RedirectResponse(f"/documents/{part(doc)}#{part(id)}", 303)

    @pages.post("/voices/merge")
    async def merge(request: Request) -> Response:
        given = await form(request)
        doc = given.get("doc", "")
        await run_in_threadpool(writing.merge, case, doc, given.get("voice", ""), given.get("into", ""))
        return RedirectResponse(f"/documents/{part(doc)}", 303)

    @pages.post("/voices/split")
    async def split(request: Request) -> Response:
        given = await fields(request)
        known = dict(given)
        ids = [value for key, value in given if key == "id"]
        await run_in_threadpool(writing.split, case, known.get("doc", ""), ids, known.get("name", ""))
        return RedirectResponse(f"/documents/{part(known.get('doc', ''))}", 303)

    @pages.get("/search")
    def search(words: str = "") -> Response:
        found = workbench.search(case, words[:400])
        return desk.page("search.html", here="search", words=words, found=found)

    @pages.post("/files")
    async def add_file(request: Request, name: str = "document.txt", ticket: str = "") -> Response:
        data = await body(request, LARGEST_FILE)
        with uploads.begun(ticket) as upload:
            work = asyncio.ensure_future(
                run_in_threadpool(reader.add, name, data, keep=upload.keep, stopped=lambda: upload.stopped)
            )
            while not (await asyncio.wait((work,), timeout=LOOKS))[0]:
                if await request.is_disconnected():
                    upload.stop()
            found = await work
        return JSONResponse({"stopped": True} if found is None else found)

    @pages.post("/files/stop")
    def stop_file(ticket: str = "") -> Response:
        return JSONResponse({"stopped": uploads.stop(ticket)})


def _place(at: str, text: str) -> list[int]:
    found = _PLACE.fullmatch(at)
    start, end = (int(one) for one in found.groups()) if found else (0, 0)
    if not start < end <= len(text):
        raise UsageError(f"{at[:40]!r} is no place in this document; it has {len(text):,} characters")
    return [start, end]
