"""What most pages load, and the answers of those that compute for long, made ready while the workbench is idle, so that their first
view need not wait."""

import asyncio
import importlib
import time
from collections.abc import Callable, Sequence
from threading import Lock, Thread

from starlette.types import ASGIApp, Message, Receive, Scope, Send

MODULES = (
    "numpy", "winset.evidence.drafting", "winset.evidence.past_deals", "winset.services.kept_meanings",
    "winset.services.board", "winset.services.taking_over", "winset.services.ledger", "winset.services.alignment",
    "winset.services.space", "winset.services.stability", "winset.report.stability", "winset.services.pressures",
    "winset.services.pointers", "winset.services.forecasts", "winset.services.suggestion_queue",
    "winset.services.codebooks", "winset.services.difference", "winset.services.doubt", "winset.services.side_by_side",
    "winset.services.briefing", "scipy.special", "winset.models.bargaining.lotteries_of_many",
    "winset.evidence.pointers:index", "winset.evidence.clause_acts:rows", "winset.evidence.word_classes:entries",
)  # fmt: skip
"""In the order in which they build on each other; one that is loaded already costs nothing. `module:function` is called too: it
makes once what it gives again at every call."""
QUIET = 0.3  # seconds without a request before the next module is begun
CALM = 2.0  # seconds without a request before pages are made ready: whoever reviews one statement after the other is not done


class Warming:
    """Passes requests on to `app`; once a first page was sent, loads `modules` in a thread, one after the other, and then asks for the
    pages that `ahead` names; for these again after every change.

    None is begun before that page, nor while a request is being answered or less than `quiet` seconds after one (pages: `calm`).
    """

    def __init__(
        self, app: ASGIApp, *, ahead: Callable[[], Sequence[str]] | None = None, modules: Sequence[str] = MODULES,
        quiet: float = QUIET, calm: float = CALM,
    ) -> None:  # fmt: skip
        self._app, self._ahead, self._modules, self._quiet, self._calm = app, ahead, modules, quiet, calm
        self._changed = ahead is not None
        self._lock = Lock()
        self._busy = 0
        self._last = 0.0
        self.thread: Thread | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        page = changed = False

        async def heard(message: Message) -> None:
            nonlocal page, changed
            if message["type"] == "http.response.start" and message["status"] < 400:
                page = any(n.lower() == b"content-type" and v.startswith(b"text/html") for n, v in message["headers"])
                page, changed = page and message["status"] == 200, scope.get("method", "GET") not in ("GET", "HEAD")
            await send(message)

        with self._lock:
            self._busy += 1
        try:
            await self._app(scope, receive, heard)
        finally:
            with self._lock:
                self._busy -= 1
                self._last = time.monotonic()
                self._changed |= changed and self._ahead is not None
                first = page and self.thread is None
                if first or (self._changed and self.thread is not None and not self.thread.is_alive()):
                    self.thread = Thread(target=self._make_ready, args=(first,), name="warming", daemon=True)
                    self.thread.start()

    def _make_ready(self, first: bool) -> None:
        if first:
            self._load()
        while self._ahead is not None and self._changed:
            self._wait(self._calm)
            self._changed = False
            for path in self._ahead():
                self._wait(self._calm)
                try:
                    asyncio.run(self._look(path))
                except Exception:
                    return  # whoever opens that page is shown what is wrong

    def _load(self) -> None:
        for name in self._modules:
            self._wait(self._quiet)
            module, _, once = name.partition(":")
            try:
                loaded = importlib.import_module(module)
                if once:
                    getattr(loaded, once)()
            except ImportError:
                return  # the page that needs it says so

    async def _look(self, path: str) -> None:
        """A page as a browser would ask for it, and nobody sees."""
        scope: Scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "http", "path": path,
            "raw_path": path.encode(), "query_string": b"", "root_path": "", "headers": [], "client": None, "server": None,
        }  # fmt: skip

        async def nothing() -> Message:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def unseen(message: Message) -> None: ...

        await self._app(scope, nothing, unseen)

    def _wait(self, quiet: float) -> None:
        """Until no request has been there for so many seconds."""
        while True:
            with self._lock:
                left = quiet if self._busy else self._last + quiet - time.monotonic()
            if left <= 0:
                return
            time.sleep(left)
