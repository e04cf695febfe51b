"""One-key review: the queue, the next statement in its context, verdicts on one or on all that is visible."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from winset.domain.statements import ACTS
from winset.errors import UsageError
from winset.services import cases, reviews, speakers, writing
from winset.services.issues_on_record import IssuesOnRecord
from winset.web.desk import Desk, fields, form, part, spans, whole
from winset.web.marks import pieces
from winset.web.pages import Pages

CONTEXT = 600  # code points shown on each side of a statement under review
PAGE = 50
LONGEST = 2000  # code points of an address that tell which statements were gone past
FILTERS = ("state", "order", "doc", "who", "issue", "phrase")
ROLES = ("source", "cue", "content")


def add(pages: Pages, desk: Desk) -> None:
    """`/queue`, `/review`."""
    case = desk.case
    on_record = IssuesOnRecord(case)

    def wanted(asked: Mapping[str, str]) -> reviews.Wanted:
        said = on_record.found().get(asked["issue"]) if "issue" in asked else None
        return reviews.wanted(case, **asked, suggested=said.statements if said else ())

    @pages.get("/queue")
    def queue(request: Request, start: str = "0", done: str = "") -> Response:
        asked = _filters(request.query_params)
        which = wanted(asked)
        choices = reviews.choices(case)
        choices["issues"] += [(id, one.question) for id, one in on_record.found().items()]
        rows, rests = reviews.page_and_rests(case, which, start=whole(start), count=PAGE)
        return desk.page(
            "queue.html", here="review", rows=rows, rests=rests, number=reviews.number(case, which), start=whole(start), size=PAGE,
            asked=asked, query=urlencode(asked), choices=choices,
            done=whole(done) if done else 0,
        )  # fmt: skip

    @pages.post("/queue")
    async def all_visible(request: Request) -> Response:
        given = await fields(request)
        seen = []
        for key, value in given:
            if key == "at":
                version, _, id = value.partition(" ")
                seen.append((id, whole(version)))
        known = dict(given)
        count = await run_in_threadpool(reviews.decide_all, case, known.get("verdict", ""), seen)
        return RedirectResponse(f"/queue?{urlencode({**_filters(known), 'done': count})}", 303)

    @pages.get("/review")
    def next_review(request: Request, after: str | None = None) -> Response:
        asked = _filters(request.query_params)
        found = reviews.following(case, wanted(asked), after, _passed(request.query_params))
        if found.id is None:
            any_at_all = cases.show(case)["counts"]["statements"]
            return desk.page("reviewed.html", here="review", any=any_at_all, asked=asked)
        asked |= _past(found.passed)
        return RedirectResponse(f"/review/{part(found.id)}" + (f"?{urlencode(asked)}" if asked else ""), 303)

    @pages.get("/review/{id:any}")
    def under_review(id: str, request: Request) -> Response:
        asked = _filters(request.query_params)
        seen = reviews.seen(case, id)
        start, end = _around(seen)
        left = reviews.number(case, wanted(asked))
        asked |= _past(_passed(request.query_params))
        return desk.page(
            "review.html", here="review", pieces=pieces(seen.text, [seen.now], start=start, end=end), seen=seen,
            start=start, asked=asked, query=urlencode(asked), acts=ACTS, roles=ROLES, left=left,
            parties=reviews.parties(case), doubt=speakers.doubts(case, seen.now["doc"], id).get(id),
        )  # fmt: skip

    @pages.post("/review/{id:any}")
    async def reviewed(id: str, request: Request) -> Response:
        given = await form(request)
        version, verdict = whole(given.get("version", "0")), given.get("verdict", "")
        changes = _changes(given, reviews.seen(case, id).now) if verdict == "correct" else None
        await run_in_threadpool(
            reviews.decide, case, reviews.statement_target(id), verdict, expected=version, changes=changes,
            why=given.get("why", "").strip()[:2000] or None,
        )  # fmt: skip
        return RedirectResponse(f"/review?{urlencode({**_filters(given), **_past(_passed(given)), 'after': id})}", 303)


def _around(seen: reviews.Seen) -> tuple[int, int]:
    """The statement with its context, to whole words."""
    places = [place for role in ROLES for place in seen.now[role]]
    start, end = max(min(a for a, _ in places) - CONTEXT, 0), max(b for _, b in places) + CONTEXT
    if start and (blank := seen.text.find(" ", start, start + 40)) > 0:
        start = blank + 1
    if end < len(seen.text) and (blank := seen.text.rfind(" ", end - 40, end)) > 0:
        end = blank
    return start, end


def _filters(given: Mapping[str, str]) -> dict[str, str]:
    """What narrows the queue, of all that was given."""
    return {key: given[key] for key in FILTERS if given.get(key)}


def _passed(given: Mapping[str, str]) -> tuple[str, ...]:
    """The statements gone past in a learned order; none where what came is no list of names."""
    try:
        found = json.loads(given.get("passed", "[]"))
    except (ValueError, RecursionError):
        return ()
    return tuple(one for one in found if isinstance(one, str)) if isinstance(found, list) else ()


def _past(passed: tuple[str, ...]) -> dict[str, str]:
    """The same for an address, without the oldest where it gets long."""
    while passed and len(told := json.dumps(passed, ensure_ascii=False)) > LONGEST:
        passed = passed[1:]
    return {"passed": told} if passed else {}


def _changes(given: Mapping[str, str], now: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of the correction's form that say something else than the statement does."""
    changes: dict[str, Any] = {}
    speaker = {
        key: given[f"speaker.{key}"].strip() or None
        for key in ("name", "party")
        if f"speaker.{key}" in given and (given[f"speaker.{key}"].strip() or None) != now["speaker"][key]
    }
    if speaker:
        changes["speaker"] = speaker
    if given.get("act", now["act"]) != now["act"]:
        changes["act"] = given["act"]
    if "negated" in given and (given["negated"] == "yes") != now["negated"]:
        changes["negated"] = given["negated"] == "yes"
    if "translation" in given and (given["translation"].strip() or None) != now.get("translation"):
        changes |= writing.translated(given["translation"], cases.author())
    for role in ROLES:
        if role in given and (places := spans(given[role], role)) != [list(one) for one in now[role]]:
            changes[role] = places
    if not changes:
        raise UsageError("nothing was changed; accept the statement, or change a field first")
    return changes
