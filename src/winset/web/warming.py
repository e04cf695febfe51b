"""What most pages load and make ready beside the first one, made ready while the workbench is idle, so that their first view need not wait."""

import importlib
import time
from collections.abc import Sequence
from threading import Lock, Thread

from starlette.types import ASGIApp, Message, Receive, Scope, Send

MODULES = (
    "numpy", "winset.evidence.drafting", "winset.evidence.past_deals", "winset.services.kept_meanings",
    "winset.services.board", "winset.services.taking_over", "winset.services.ledger", "winset.services.alignment",
    "winset.services.space", "winset.services.stability", "winset.report.stability", "winset.services.pressures",
    "winset.services.pointers", "winset.services.forecasts", "winset.services.suggestion_queue",
    "winset.services.codebooks", "winset.services.difference", "winset.services.doubt", "winset.services.side_by_side",
    "winset.services.briefing", "scipy.special", "winset.models.bargaining.lotteries_of_many",
    "winset.evidence.pointers:index", "winset.evidence.clause_acts:rows",
)  # fmt: skip
"""In the order in which they build on each other; one that is loaded already costs nothing. `module:function` is called too: it
makes once what it gives again at every call."""
QUIET = 0.3  # seconds without a request before the next module is begun


class Warming:
    """Passes requests on to `app`; once a first page was sent, loads `modules` in a thread, one after the other.

    None is begun before that page, nor while a request is being answered or less than `quiet` seconds after one.
    """

    def __init__(self, app: ASGIApp, *, modules: Sequence[str] = MODULES, quiet: float = QUIET) -> None:
        self._app, self._modules, self._quiet = app, modules, quiet
        self._lock = Lock()
        self._busy = 0
        self._last = 0.0
        self.thread: Thread | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        page = False

        async def heard(message: Message) -> None:
            nonlocal page
            if message["type"] == "http.response.start" and message["status"] == 200:
                page = any(n.lower() == b"content-type" and v.startswith(b"text/html") for n, v in message["headers"])
            await send(message)

        with self._lock:
            self._busy += 1
        try:
            await self._app(scope, receive, heard)
        finally:
            with self._lock:
                self._busy -= 1
                self._last = time.monotonic()
                if page and self.thread is None:
                    self.thread = Thread(target=self._load, name="warming", daemon=True)
                    self.thread.start()

    def _load(self) -> None:
        for name in self._modules:
            while (wait := self._waits()) > 0:
                time.sleep(wait)
            module, _, once = name.partition(":")
            try:
                loaded = importlib.import_module(module)
                if once:
                    getattr(loaded, once)()
            except ImportError:
                return  # the page that needs it says so

    def _waits(self) -> float:
        """Seconds to wait before the next look whether it is quiet; 0 where it is."""
        with self._lock:
            return self._quiet if self._busy else max(0.0, self._last + self._quiet - time.monotonic())
