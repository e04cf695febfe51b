"""Routes as functions: what stands in the address arrives as their parameters."""

import inspect
from collections.abc import Callable
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from winset.errors import UsageError

Page = Callable[..., Any]
"""A function that gives a Response, or a coroutine of one."""


class Pages:
    """The routes of the workbench, in the order in which they are tried.

    A page's parameter is a part of the path (`doc` of `/documents/{doc}`) or else a field of the query, as text;
    `request` is the request itself. Pages that are no coroutines run in a thread.
    """

    def __init__(self, check: Callable[[], None]) -> None:
        """`check` is called before every page, in a thread, and raises where none may be shown."""
        self.routes: list[Route] = []
        self._check = check

    def get(self, path: str) -> Callable[[Page], Page]:
        """Shows what stands at `path`."""
        return lambda page: self._added(path, "GET", page)

    def post(self, path: str) -> Callable[[Page], Page]:
        """Does what is asked for at `path`."""
        return lambda page: self._added(path, "POST", page)

    def _added(self, path: str, method: str, page: Page) -> Page:
        wanted = inspect.signature(page).parameters.values()

        def shown(request: Request) -> Response:
            self._check()
            answer: Response = page(**_given(wanted, request))
            return answer

        async def done(request: Request) -> Response:
            await run_in_threadpool(self._check)
            answer: Response = await page(**_given(wanted, request))
            return answer

        waits = inspect.iscoroutinefunction(page)
        self.routes.append(Route(path, done if waits else shown, methods=[method]))
        return page


def _given(wanted: Any, request: Request) -> dict[str, Any]:
    """What a page is called with. Raises UsageError where a field without a default is missing."""
    found: dict[str, Any] = {}
    for one in wanted:
        if one.name == "request":
            found[one.name] = request
        elif one.name in request.path_params:
            found[one.name] = request.path_params[one.name]
        elif one.name in request.query_params:
            found[one.name] = request.query_params[one.name]
        elif one.default is one.empty:
            raise UsageError(f"the address of this page needs {one.name}=, which is missing")
    return found
