"""The workbench's pages: each route calls one service and fills one template."""

import base64
import hashlib
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles

from winset.errors import ConflictError, LimitExceeded, UsageError, WinsetError
from winset.services import cases, positions, reviews, workbench
from winset.web.marks import pieces

LARGEST_FORM = 64 << 10
LARGEST_FILE = 64 << 20
CONTEXT = 600  # code points shown on each side of a statement under review
_STYLE = re.compile(r"<style>([^<]*)</style>")
EXPORTS = {".html": "text/html", ".md": "text/markdown", ".json": "application/json",
           ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}  # fmt: skip


def make_app(case: Path) -> FastAPI:
    """The application on one case, to be wrapped in `guard.Guard` before it is served."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    env = Environment(
        loader=PackageLoader("winset.web"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    env.filters["visible"] = workbench.visible
    env.filters["part"] = lambda text: quote(str(text), safe="")

    def page(name: str, status: int = 200, **values: Any) -> HTMLResponse:
        return HTMLResponse(env.get_template(name).render(case_name=case.name, **values), status)

    @app.exception_handler(WinsetError)
    def failed(request: Request, error: WinsetError) -> Response:
        status = 409 if isinstance(error, ConflictError) else 404 if isinstance(error, UsageError) else 500
        status = 413 if isinstance(error, LimitExceeded) else status
        heading = "Somebody else was faster" if status == 409 else "This could not be done"
        return page("error.html", status, here="", heading=heading, message=str(error))

    @app.exception_handler(HTTPException)
    def absent(request: Request, error: HTTPException) -> Response:
        message = "There is no such page." if error.status_code == 404 else str(error.detail)
        return page("error.html", error.status_code, here="", heading="No page here", message=message)

    app.mount("/static", StaticFiles(packages=[("winset.web", "static")]), name="static")

    @app.get("/")
    def home() -> Response:
        return page("home.html", here="home", shown=cases.show(case))

    @app.get("/documents")
    def documents(start: str = "0") -> Response:
        first = _whole(start)
        listed = workbench.documents(case, first)
        return page("documents.html", here="documents", rows=listed, start=first, size=workbench.PAGE)

    @app.get("/documents/{doc:path}")
    def document(doc: str) -> Response:
        found = workbench.document(case, doc)
        text = found["document"]["text"]
        standing = [one for one in found["statements"] if found["reviews"][one["id"]] != "reject"]
        return page("document.html", here="documents", pieces=pieces(text, standing), text=text, **found)

    @app.get("/review")
    def next_review(after: str | None = None) -> Response:
        id = reviews.next_id(case, reviews.Wanted(), after)
        if id is None:
            return page("reviewed.html", here="review", any=cases.show(case)["counts"]["statements"])
        return RedirectResponse(f"/review/{quote(id, safe='')}", 303)

    @app.get("/review/{id:path}")
    def under_review(id: str) -> Response:
        seen = reviews.seen(case, id)
        spans = [span for role in ("source", "cue", "content") for span in seen.now[role]]
        start, end = max(min(a for a, _ in spans) - CONTEXT, 0), max(b for _, b in spans) + CONTEXT
        shown = pieces(seen.text, [seen.now], start=start, end=end)
        return page("review.html", here="review", pieces=shown, seen=seen)

    @app.post("/review/{id:path}")
    async def reviewed(id: str, request: Request) -> Response:
        form = await _form(request)
        version = _whole(form.get("version", "0"))
        target = reviews.statement_target(id)
        await run_in_threadpool(reviews.decide, case, target, form.get("verdict", ""), expected=version)
        return RedirectResponse(f"/review?{urlencode({'after': id})}", 303)

    @app.get("/positions")
    def matrix(at: str | None = None) -> Response:
        found = positions.positions(case, at=_day(at))
        rows = found["rows"]
        return page(
            "positions.html", here="positions", at=found["as_of"], chosen=at or found["as_of"] or "",
            parties=sorted({row["party"] for row in rows}), issues=sorted({row["issue"] for row in rows}),
            cells={(row["issue"], row["party"]): row for row in rows},
        )  # fmt: skip

    @app.get("/history")
    def history() -> Response:
        return page("history.html", here="history", lines=cases.history(case, 200))

    @app.post("/undo")
    async def undo(request: Request) -> Response:
        return await _and_back(request, cases.undo)

    @app.post("/redo")
    async def redo(request: Request) -> Response:
        return await _and_back(request, cases.redo)

    async def _and_back(request: Request, act: Callable[[Path], Any]) -> Response:
        form = await _form(request)
        done = await run_in_threadpool(act, case)
        review = next((one.label.split(" ", 1)[1] for one in done if one.label.startswith(_VERBS)), None)
        if form.get("from") == "review" and review:
            return RedirectResponse(f"/review/{quote(review, safe='')}", 303)
        return RedirectResponse("/history", 303)

    @app.get("/search")
    def search(words: str = "") -> Response:
        found = workbench.search(case, words[:400])
        return page("search.html", here="search", words=words, found=found)

    @app.post("/files")
    async def add_file(request: Request, name: str = "document.txt") -> Response:
        data = await _body(request, LARGEST_FILE)
        return JSONResponse(await run_in_threadpool(workbench.add_file, case, name, data))

    @app.get("/brief")
    def brief() -> Response:
        html = workbench.brief_in(case, ".html").decode("utf-8")
        hashes = " ".join(f"'sha256-{_hash(style)}'" for style in _STYLE.findall(html))
        csp = f"default-src 'none'; style-src {hashes}; img-src data:; frame-ancestors 'none'; base-uri 'none'"
        return HTMLResponse(html, headers={"content-security-policy": csp})

    @app.get("/brief/{ending}")
    def brief_file(ending: str) -> Response:
        data = workbench.brief_in(case, f".{ending}")
        name = f'attachment; filename="brief.{ending}"'
        return Response(data, media_type=EXPORTS[f".{ending}"], headers={"content-disposition": name})

    return app


_VERBS = tuple(f"{verdict} " for verdict in reviews.VERDICTS)


def _hash(style: str) -> str:
    return base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise UsageError(f"expected a whole number from 0 on, got {text[:40]!r}")
    return int(text)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise UsageError(f"expected a date such as 2025-02-18, got {str(text)[:40]!r}") from None


async def _body(request: Request, most: int) -> bytes:
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > most:
            raise LimitExceeded(f"larger than {most:,} bytes; use winset add for it", limit="file-bytes")
        parts.append(part)
    return b"".join(parts)


async def _form(request: Request) -> dict[str, str]:
    return dict(parse_qsl((await _body(request, LARGEST_FORM)).decode("utf-8", "replace"), max_num_fields=50))
