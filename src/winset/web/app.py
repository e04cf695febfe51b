"""The workbench's pages as one application: routes by noun, errors turned into pages."""

from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from winset.errors import CaseError, ConflictError, LimitExceeded, ResourceError, StoreError, UsageError, WinsetError
from winset.web.desk import AnotherCase, Desk, StillComputing
from winset.web.pages import Pages
from winset.web.routes import (
    brief,
    codebook,
    deals,
    forecasts,
    history,
    methods,
    positions,
    reading,
    review,
    suggestions,
)
from winset.web.stale import back_to, compared

STATUS: tuple[tuple[type[WinsetError], int], ...] = (
    (ConflictError, 409), (LimitExceeded, 413), (StoreError, 500), (ResourceError, 500), (WinsetError, 422),
)  # fmt: skip
"""The first kind that an error is of says how a change is answered; from 500 on it is worth trying again as it is."""
HEADINGS: dict[int | type[Exception], str] = {
    AnotherCase: "Another case lies here now",
    409: "Somebody else was faster",
    413: "This is too large",
    404: "This could not be shown",
    422: "This could not be done",
}
INSIDE = "default-src 'none'; style-src 'self'; img-src data:; frame-ancestors 'self'; base-uri 'none'"
LOOK_AGAIN = 2  # seconds after which a page that waits for an answer asks again


def make_app(case: Path) -> Starlette:
    """The application on one case, to be wrapped in `guard.Guard` before it is served."""
    desk = Desk(case)
    pages = Pages(desk.check)
    for routes in (reading, review, suggestions, positions, codebook, deals, methods, forecasts, brief, history):
        routes.add(pages, desk)

    def failed(request: Request, error: Exception) -> Response:
        status = next(code for kind, code in STATUS if isinstance(error, kind))
        if status == 422 and request.method != "POST":
            status = 404 if isinstance(error, UsageError) else 500  # no such thing; a page that should be there
        heading = HEADINGS.get(type(error)) or HEADINGS.get(
            status, "The case cannot be read" if isinstance(error, CaseError) else HEADINGS[422]
        )
        mine = status == 409 and not isinstance(error, AnotherCase) and request.scope["path"].startswith("/review/")
        again = quote(request.scope["path"]) if mine else None
        bare = quote(request.scope["path"]) if request.method == "GET" and request.url.query else None
        return desk.page(
            "error.html", status, here="", heading=heading, message=str(error), again=again, bare_page=bare,
            field=getattr(error, "field", None), kept=request.method == "POST" and status in (413, 422),
        )  # fmt: skip

    def stale(request: Request, error: Exception) -> Response:
        given = dict(getattr(request.state, "fields", ()))
        if not isinstance(error, ConflictError) or isinstance(error, AnotherCase) or "version" not in given:
            return failed(request, error)
        return desk.page(
            "stale.html", 409, here="", error=error, rows=compared(error.now, given), given=given,
            action=quote(request.scope["path"]), back=back_to(request.scope["path"], given),
        )  # fmt: skip

    def left(request: Request, error: Exception) -> Response:
        return Response(status_code=204)  # whoever asked went away while sending; nothing was kept

    def absent(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 404
        message = "There is no such page." if status == 404 else "This page cannot be asked for in this way."
        return desk.page("error.html", status, here="", heading="No page here", message=message)

    def unexpected(request: Request, error: Exception) -> Response:
        message = (
            f"unexpected {type(error).__name__}: {error}\nThis is a fault of winset; the terminal in which it was started "
            "shows where. What was saved before is saved."
        )
        return desk.page("error.html", 500, here="", heading="This did not work", message=message)

    def waiting(request: Request, error: Any) -> Response:
        inside = request.headers.get("sec-fetch-dest") == "iframe"  # the brief beside its parts
        page = desk.page("waiting.html", 202, here="", wait=error.wait, bare=inside)
        page.headers["refresh"] = str(LOOK_AGAIN)
        if inside:
            page.headers["content-security-policy"] = INSIDE
        return page

    static = Mount("/static", StaticFiles(packages=[("winset.web", "static")]), name="static")
    app = Starlette(
        routes=[static, *pages.routes],
        exception_handlers={
            WinsetError: failed, ConflictError: stale, ClientDisconnect: left, HTTPException: absent,
            StillComputing: waiting, Exception: unexpected,
        },
    )  # fmt: skip
    app.state.ahead = partial(ahead, case)
    return app


def ahead(case: Path) -> tuple[str, ...]:
    """The pages that compute for long at their first view, to be asked for while nobody asks for anything; none of a large case, where
    they would keep what is asked for waiting."""
    from winset.services import cases, doubt  # load NumPy, which the first page need not wait for

    try:
        if cases.show(case)["counts"]["statements"] > MOST_AHEAD:
            return ()
        return PAGES if doubt.heavy(case) else (*PAGES, "/uncertainty", "/uncertainty/models")
    except WinsetError:
        return ()  # whoever opens a page is shown what is wrong


MOST_AHEAD = 300  # statements: some three seconds of work
PAGES = ("/positions", "/suggestions", "/brief", "/brief/read", "/consent", "/positions/changes")
