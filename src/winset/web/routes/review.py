"""One-key review: the next statement in its context, and the verdict on it."""

from urllib.parse import urlencode

from fastapi import FastAPI, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from winset.services import cases, reviews
from winset.web.desk import Desk, form, part, whole
from winset.web.marks import pieces

CONTEXT = 600  # code points shown on each side of a statement under review


def add(app: FastAPI, desk: Desk) -> None:
    """`/review`."""
    case = desk.case

    @app.get("/review")
    def next_review(after: str | None = None) -> Response:
        id = reviews.next_id(case, reviews.Wanted(), after)
        if id is None:
            return desk.page("reviewed.html", here="review", any=cases.show(case)["counts"]["statements"])
        return RedirectResponse(f"/review/{part(id)}", 303)

    @app.get("/review/{id:path}")
    def under_review(id: str) -> Response:
        seen = reviews.seen(case, id)
        spans = [span for role in ("source", "cue", "content") for span in seen.now[role]]
        start, end = max(min(a for a, _ in spans) - CONTEXT, 0), max(b for _, b in spans) + CONTEXT
        shown = pieces(seen.text, [seen.now], start=start, end=end)
        return desk.page("review.html", here="review", pieces=shown, seen=seen)

    @app.post("/review/{id:path}")
    async def reviewed(id: str, request: Request) -> Response:
        given = await form(request)
        version = whole(given.get("version", "0"))
        target = reviews.statement_target(id)
        await run_in_threadpool(reviews.decide, case, target, given.get("verdict", ""), expected=version)
        return RedirectResponse(f"/review?{urlencode({'after': id})}", 303)
