"""The codebook that the record is read by: its issues, what counts as evidence, and another one put in its place."""

from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from winset.errors import UsageError
from winset.web.desk import Desk, form
from winset.web.pages import Pages

FITTING = "fitting"  # in the place of a codebook's id: the packaged ones that fit what is said


def add(pages: Pages, desk: Desk) -> None:
    """`/positions/codebook`."""

    @pages.get("/positions/codebook")
    def codebook(look: str | None = None) -> Response:
        from winset.services import codebooks  # loads NumPy, which the first page need not wait for

        packaged = codebooks.listed()
        if look is not None and look not in {one["id"] for one in packaged}:
            raise UsageError(
                f"no packaged codebook {look[:80]!r}; there are {', '.join(one['id'] for one in packaged)}"
            )
        behind: Any = False
        if look is not None:
            book = {**codebooks.shown(look), "whose": "look"}
        else:
            book, behind = desk.answer(codebooks.of_case)
        return desk.page(
            "codebook.html", here="positions", sub="codebook", book=book, packaged=packaged, behind=behind, told=None
        )

    @pages.post("/positions/codebook")
    async def choose(request: Request) -> Response:
        from winset.services import codebooks  # as above

        given = await form(request)
        chosen = given.get("codebook", "")
        known = {one["id"] for one in codebooks.listed()}
        if chosen != FITTING and chosen not in known:
            raise UsageError(f"no packaged codebook {chosen[:80]!r}; there are {', '.join(sorted(known))}")
        told = await run_in_threadpool(codebooks.use, desk.case, None if chosen == FITTING else chosen)
        reviews = told["reviews"]
        if not any(reviews.values()):
            return RedirectResponse("/positions/codebook", 303)
        book = await run_in_threadpool(codebooks.of_case, desk.case)
        return desk.page(
            "codebook.html",
            here="positions",
            sub="codebook",
            book=book,
            packaged=codebooks.listed(),
            behind=False,
            told=told,
        )
