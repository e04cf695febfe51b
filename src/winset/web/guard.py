"""Who may speak to the workbench: the browser that was launched with the token, on this machine, from our own pages."""

import hmac
import secrets
import time
from collections.abc import Callable
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "winset"
LAUNCH = "/launch"
TOKEN_SECONDS = 60.0
HEADERS = (
    (
        b"content-security-policy",
        b"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; frame-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
    ),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cache-control", b"no-store"),
)


class Guard:
    """Wraps the whole application, so that a route cannot be added outside of it.

    A wrong Host is answered 400; a request that another site caused, 403; one without the cookie, 401. The token works
    once and for a minute; it is exchanged for a cookie that scripts cannot read and other sites cannot send.
    """

    def __init__(self, app: ASGIApp, *, port: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._app = app
        self._clock = clock
        self._cookie = f"{COOKIE}-{port}"  # cookies know no ports: two open cases must not take each other's
        self._hosts = {f"{name}:{port}" for name in ("127.0.0.1", "localhost", "[::1]")}
        self._secret = secrets.token_urlsafe(32)
        self.token = secrets.token_urlsafe(32)
        self._until = clock() + TOKEN_SECONDS

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":  # no WebSocket is served
            await send({"type": "websocket.close", "code": 1008})
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = {name.lower() for name, _ in message["headers"]}
                message["headers"] = [*message["headers"], *((n, v) for n, v in HEADERS if n not in own)]
            await send(message)

        headers = _single(scope)
        refused = self._refusal(scope["method"], headers)
        if refused is None and scope["path"] == LAUNCH and scope["method"] == "GET":
            if self._launched(scope["query_string"]):
                cookie = f"{self._cookie}={self._secret}; HttpOnly; SameSite=Strict; Path=/"
                extra = [(b"location", b"/?launched"), (b"set-cookie", cookie.encode())]
                await _answer(guarded, 303, "", extra)
                return
            refused = (
                401,
                "This link has been used or is older than a minute. Start winset serve again and use the link that it prints.",
            )
        elif refused is None and not self._known(headers.get("cookie", "")):
            refused = (
                401,
                "This page belongs to a workbench that was closed, or that was opened elsewhere with its own link. Start winset serve again and use the link that it prints; all that was saved is there.",
            )
        if refused is not None:
            await _answer(guarded, *refused)
            return
        await self._app(scope, receive, guarded)

    def _refusal(self, method: str, headers: dict[str, str]) -> tuple[int, str] | None:
        host = headers.get("host", "").lower()
        if host not in self._hosts:
            return 400, "The workbench answers only to its own address on this machine."
        site, origin = headers.get("sec-fetch-site"), headers.get("origin")
        changes = method not in ("GET", "HEAD")
        ours = origin == f"http://{host}"
        if site not in (None, "same-origin", "none") or (origin is not None and not ours):
            return 403, "Another site asked for this; nothing was done."
        if changes and not ours and site != "same-origin":
            return 403, "This change did not come from a page of the workbench; nothing was done."
        return None

    def _launched(self, query: bytes) -> bool:
        given = parse_qs(query.decode("latin-1")).get("token", [""])[0]
        right = hmac.compare_digest(given.encode(), self.token.encode())
        if not right or self._clock() > self._until:
            return False
        self._until = float("-inf")
        return True

    def _known(self, cookie: str) -> bool:
        try:
            jar: SimpleCookie = SimpleCookie(cookie)
        except CookieError:
            return False
        given = jar[self._cookie].value if self._cookie in jar else ""
        return hmac.compare_digest(given.encode("utf-8", "replace"), self._secret.encode())


def _single(scope: Scope) -> dict[str, str]:
    """The headers; one given twice is joined, so that it can match nothing we allow."""
    found: dict[str, str] = {}
    for name, value in scope["headers"]:
        key, text = name.decode("latin-1").lower(), value.decode("latin-1")
        found[key] = f"{found[key]}, {text}" if key in found else text
    return found


async def _answer(send: Send, status: int, text: str, headers: list[tuple[bytes, bytes]] | None = None) -> None:
    start = [(b"content-type", b"text/html; charset=utf-8"), *(headers or [])]
    await send({"type": "http.response.start", "status": status, "headers": start})
    page = f'<!doctype html><html lang="en"><meta charset="utf-8"><title>winset</title><main><h1>winset</h1><p>{text}</p></main></html>'
    await send({"type": "http.response.body", "body": page.encode() if text else b""})
