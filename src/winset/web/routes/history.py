"""Every operation, undo and redo, and named undo points."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from winset.domain.reviews import VERDICTS
from winset.services import cases
from winset.web.desk import Desk, WrongField, form, part
from winset.web.pages import Pages
from winset.web.routes.suggestions import REVIEWED

SHOWN = 200


def add(pages: Pages, desk: Desk) -> None:
    """`/history`, `/undo`, `/redo`, `/marks`."""
    case = desk.case

    @pages.get("/history")
    def history() -> Response:
        lines = cases.history(case, SHOWN)
        return desk.page("history.html", here="history", lines=lines, marks=cases.marks(case))

    @pages.post("/undo")
    async def undo(request: Request) -> Response:
        return await _and_back(request, cases.undo)

    @pages.post("/redo")
    async def redo(request: Request) -> Response:
        return await _and_back(request, cases.redo)

    @pages.post("/marks")
    async def mark(request: Request) -> Response:
        given = await form(request)
        if not given.get("name", "").strip():
            raise WrongField("an undo point needs a name", "name")
        await run_in_threadpool(cases.mark, case, given["name"])
        return RedirectResponse("/history", 303)

    @pages.post("/marks/back")
    async def back(request: Request) -> Response:
        given = await form(request)
        await run_in_threadpool(cases.back_to, case, given.get("name", ""))
        return RedirectResponse("/history", 303)

    async def _and_back(request: Request, act: Callable[[Path], Any]) -> Response:
        given = await form(request)
        done = await run_in_threadpool(act, case)
        verbs = tuple(f"{verdict} " for verdict in VERDICTS)
        review = next((one.label.split(" ", 1)[1] for one in done if one.label.startswith(verbs)), None)
        if given.get("from") in ("review", "suggestions") and review and review.partition(":")[0] in REVIEWED:
            return RedirectResponse(f"/suggestions/one?{urlencode({'target': review})}", 303)
        if given.get("from") == "review" and review and "#" in review:
            return RedirectResponse(f"/review/{part(review)}", 303)
        return RedirectResponse("/history", 303)
