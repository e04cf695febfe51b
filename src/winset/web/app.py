"""The workbench's pages as one application: routes by noun, errors turned into pages."""

from pathlib import Path
from urllib.parse import quote

from fastapi import Depends, FastAPI, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.staticfiles import StaticFiles

from winset.errors import CaseError, ConflictError, LimitExceeded, UsageError, WinsetError
from winset.web.desk import AnotherCase, Desk, StillComputing
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
from winset.web.stale import compared

STATUS: tuple[tuple[type[WinsetError], int], ...] = ((ConflictError, 409), (LimitExceeded, 413), (UsageError, 404))
HEADINGS: dict[int | type[WinsetError], str] = {
    AnotherCase: "Another case lies here now",
    409: "Somebody else was faster",
    413: "This is too large",
    404: "This could not be done",
}
INSIDE = "default-src 'none'; style-src 'self'; img-src data:; frame-ancestors 'self'; base-uri 'none'"
LOOK_AGAIN = 2  # seconds after which a page that waits for an answer asks again


def make_app(case: Path) -> FastAPI:
    """The application on one case, to be wrapped in `guard.Guard` before it is served."""
    desk = Desk(case)
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, dependencies=[Depends(desk.check)])

    @app.exception_handler(WinsetError)
    def failed(request: Request, error: WinsetError) -> Response:
        status = next((code for kind, code in STATUS if isinstance(error, kind)), 500)
        heading = HEADINGS.get(type(error)) or HEADINGS.get(
            status, "The case cannot be read" if isinstance(error, CaseError) else HEADINGS[404]
        )
        again = quote(request.scope["path"]) if status == 409 and request.scope["path"].startswith("/review/") else None
        return desk.page("error.html", status, here="", heading=heading, message=str(error), again=again)

    @app.exception_handler(ConflictError)
    def stale(request: Request, error: ConflictError) -> Response:
        given = dict(getattr(request.state, "fields", ()))
        if isinstance(error, AnotherCase) or "version" not in given:
            return failed(request, error)
        return desk.page(
            "stale.html", 409, here="", error=error, rows=compared(error.now, given), given=given,
            action=quote(request.scope["path"]),
        )  # fmt: skip

    @app.exception_handler(ClientDisconnect)
    def left(request: Request, error: ClientDisconnect) -> Response:
        return Response(status_code=204)  # whoever asked went away while sending; nothing was kept

    @app.exception_handler(HTTPException)
    def absent(request: Request, error: HTTPException) -> Response:
        message = "There is no such page." if error.status_code == 404 else str(error.detail)
        return desk.page("error.html", error.status_code, here="", heading="No page here", message=message, again=None)

    @app.exception_handler(StillComputing)
    def waiting(request: Request, error: StillComputing) -> Response:
        inside = request.headers.get("sec-fetch-dest") == "iframe"  # the brief beside its parts
        page = desk.page("waiting.html", 202, here="", wait=error.wait, bare=inside)
        page.headers["refresh"] = str(LOOK_AGAIN)
        if inside:
            page.headers["content-security-policy"] = INSIDE
        return page

    app.mount("/static", StaticFiles(packages=[("winset.web", "static")]), name="static")
    for routes in (reading, review, suggestions, positions, codebook, deals, methods, forecasts, brief, history):
        routes.add(app, desk)
    return app
