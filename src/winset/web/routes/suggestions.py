"""One-key review of what the record suggests: the queue, one suggestion in its context, verdicts."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from winset.errors import UsageError
from winset.services import reviews
from winset.web.desk import Desk, form, numbers, whole
from winset.web.marks import Piece, pieces
from winset.web.pages import Pages
from winset.web.stale import BACK

if TYPE_CHECKING:
    from winset.services.suggestion_queue import Suggestion, Suggestions

CONTEXT = 600  # code points shown on each side of the words a suggestion rests on
PAGE = 50
FILTERS = ("state", "order", "kind", "who", "issue", "doc")
KEPT = ("accept", "correct")
REVIEWED = ("position", *reviews.SUGGESTED)


def add(pages: Pages, desk: Desk) -> None:
    """`/suggestions`."""
    case = desk.case

    def found() -> "tuple[Suggestions, dict[str, dict[str, Any]], Any]":
        from winset.services import suggestion_queue  # loads NumPy, which the first page need not wait for

        shown, behind = desk.answer(suggestion_queue.suggested)
        return shown, reviews.made_of(case, REVIEWED), behind

    @pages.get("/suggestions")
    def queue(request: Request, start: str = "0") -> Response:
        from winset.services import suggestion_queue as waiting  # as above

        shown, made, behind = found()
        asked = _filters(request.query_params)
        rows = waiting.chosen(shown.rows, made, **asked)
        first = whole(start)
        return desk.page(
            "suggestions.html", here="review", sub="suggestions", found=shown, made=made, behind=behind, asked=asked,
            rows=rows[first : first + PAGE], number=len(rows), start=first, size=PAGE, query=urlencode(asked),
            orders=waiting.ORDERS, kinds=waiting.KINDS, choices=_choices(shown.rows), accepted=_accepted(shown, made),
        )  # fmt: skip

    @pages.get("/suggestions/next")
    def following(request: Request, after: str | None = None) -> Response:
        from winset.services import suggestion_queue as waiting  # as above

        shown, made, _ = found()
        asked = _filters(request.query_params)
        wanted = waiting.chosen(shown.rows, made, **asked)
        everything = waiting.chosen(shown.rows, made, state="any", order=asked.get("order", "case"))
        one = waiting.following(wanted, everything, after)
        if one is None:
            return desk.page(
                "suggested.html", here="review", sub="suggestions", any=bool(shown.rows), asked=asked,
                accepted=_accepted(shown, made),
            )  # fmt: skip
        return RedirectResponse(f"/suggestions/one?{urlencode({'target': one.target, **asked})}", 303)

    @pages.get("/suggestions/one")
    def one(request: Request, target: str = "") -> Response:
        from winset.services import suggestion_queue as waiting  # as above

        shown, made, behind = found()
        asked = _filters(request.query_params)
        asking = next((one for one in shown.rows if one.target == target), None)
        if asking is None:
            raise UsageError(
                f"nothing that the record suggests is named {target[:80]!r}; it may have gone with a review of its words"
            )
        text = waiting.text_of(case, asking.docs[0]) if asking.docs else ""
        return desk.page(
            "suggestion.html", here="review", sub="suggestions", found=shown, one=asking, behind=behind, asked=asked,
            pieces=_around(asking, text), doc=asking.docs[0] if asking.docs else None,
            made=made.get(target), query=urlencode(asked), left=len(waiting.chosen(shown.rows, made, **asked)),
        )  # fmt: skip

    @pages.post("/suggestions/one")
    async def decide(request: Request) -> Response:
        given = await form(request)
        target = given.get("target", "")
        await run_in_threadpool(_decide, given)
        return RedirectResponse(f"/suggestions/next?{urlencode({**_filters(given), 'after': target})}", 303)

    @pages.post("/suggestions/review")
    async def review(request: Request) -> Response:
        given = await form(request)
        await run_in_threadpool(_decide, given)
        back = given.get("back", "")
        return RedirectResponse(back if back in BACK else "/positions/proposals", 303)

    @pages.post("/suggestions/take-over")
    async def take_over() -> Response:
        from winset.services import taking_over  # as above

        await run_in_threadpool(taking_over.take_over, case)
        return RedirectResponse("/deals", 303)

    @pages.post("/suggestions/judge")
    async def judge(request: Request) -> Response:
        from winset.services import judging  # loads NumPy, which the first page need not wait for

        given = await form(request)
        number = given.get("number", "").strip()[:60]
        more = {
            key: text for key in ("name", "chamber") if (text := given.get(key, "").strip()[:300])
        } if given.get("what") == "ratifier" else {}  # fmt: skip
        issue, position = given.get("issue", "").strip(), given.get("position", "").strip()[:60]
        if more and issue and position:
            more[f"position.{issue}"] = position
        await run_in_threadpool(
            judging.judge, case, given.get("target", ""), given.get("what", "") + (f"={number}" if number else ""), more,
            expected=whole(given.get("version", "0")), why=given.get("why", "").strip()[:2000] or None,
        )  # fmt: skip
        return RedirectResponse("/consent", 303)

    def _decide(given: Mapping[str, str]) -> None:
        target, verdict, changes = given.get("target", ""), given.get("verdict", ""), None
        kind = target.partition(":")[0]
        if kind not in REVIEWED:
            raise UsageError("statements and other judgements are reviewed on their own pages")
        if verdict == "correct":
            from winset.services import board, suggestions  # as above

            note = given.get("note", "").strip()[:2000]
            changes = (
                board.changes_to(numbers(given), note, given.get("before")) if kind == "position"
                else suggestions.changes_to(case, target, given)
            )  # fmt: skip
        reviews.decide(
            case, target, verdict, expected=whole(given.get("version", "0")), changes=changes,
            why=given.get("why", "").strip()[:2000] or None,
        )  # fmt: skip


def _around(one: "Suggestion", text: str) -> list[Piece]:
    """The words that a suggestion rests on in the first document it names, with what stands around the first of them."""
    spans = [
        span
        for ground in one.plain.get("grounds") or ()
        if ground["doc"] == one.docs[0]
        for span in ground.get("spans") or ()
    ]
    spans = [[a, b] for a, b in spans if b <= len(text)]
    if not spans:
        return []
    start, end = max(spans[0][0] - CONTEXT, 0), min(spans[0][1] + CONTEXT, len(text))
    if start and (blank := text.find(" ", start, start + 40)) > 0:
        start = blank + 1
    if end < len(text) and (blank := text.rfind(" ", end - 40, end)) > 0:
        end = blank
    return pieces(text, [{"id": "place", "ground": spans}], start=start, end=end)


def _accepted(shown: "Suggestions", made: Mapping[str, Mapping[str, Any]]) -> int:
    """How many suggested positions were accepted or corrected and are no judgements of the case yet."""
    return sum(
        one.target in made and made[one.target]["review"]["verdict"] in KEPT
        for one in shown.rows
        if one.kind == "position"
    )


def _choices(rows: "tuple[Suggestion, ...]") -> dict[str, list[str]]:
    """What the queue can be narrowed to."""
    return {
        name: list(dict.fromkeys(value for one in rows for value in getattr(one, name)))
        for name in ("parties", "issues", "docs")
    }


def _filters(given: Mapping[str, str]) -> dict[str, str]:
    return {key: given[key] for key in FILTERS if given.get(key)}
