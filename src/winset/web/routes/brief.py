"""The brief: its parts chosen and ordered, your own words in front of them, read here or taken along."""

import base64
import hashlib
import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from winset.domain.actors import slug
from winset.domain.comments import LONGEST
from winset.errors import UsageError
from winset.services import comments, drawings
from winset.web.desk import Desk, day, form, number, whole
from winset.web.pages import Pages

_STYLE = re.compile(r"<style>([^<]*)</style>")
DRAWINGS = {"png": "image/png", "pdf": "application/pdf"}
EXPORTS = {".html": "text/html", ".pdf": "application/pdf", ".md": "text/markdown", ".json": "application/json",
           ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}  # fmt: skip


def add(pages: Pages, desk: Desk) -> None:
    """`/brief`, and charts of any page as files."""

    @pages.get("/brief")
    def brief(request: Request) -> Response:
        from winset.services import briefing  # loads every method, which the first page need not wait for

        given = request.query_params.multi_items()
        asked = _asked(given)
        made_of, behind = desk.answer(briefing.parts_of)
        about = {"party": asked["party"], "issue": asked["issue"]}
        said = {one["part"]: one for one in comments.listed(desk.case) if {k: one[k] for k in about} == about}
        order = asked["parts"] or []
        shown = sorted(made_of["parts"], key=lambda one: order.index(one[0]) if one[0] in order else len(order))
        return desk.page(
            "brief.html", here="brief", behind=behind, made_of=made_of, asked=asked, parts_shown=shown, said=said, longest=LONGEST,
            query=urlencode([(key, value) for key, value in given if value]),
        )  # fmt: skip

    @pages.post("/brief/words")
    async def words(request: Request) -> Response:
        given = await form(request)
        part, about = given.get("part", ""), {key: given.get(key) or None for key in ("party", "issue")}
        await run_in_threadpool(
            comments.write, desk.case, part, given.get("text", ""), expected=whole(given.get("version", "0")), **about
        )
        if "application/json" in request.headers.get("accept", ""):
            there = await run_in_threadpool(comments.listed, desk.case)
            place = {"part": part, **about}
            return JSONResponse({"version": next((c["version"] for c in there if place.items() <= c.items()), 0)})
        return RedirectResponse(f"/brief?{urlencode({k: v for k, v in about.items() if v})}#in-{slug(part)}", 303)

    @pages.get("/brief/read")
    def read(request: Request) -> Response:
        from winset.services import briefing  # as above

        html = desk.current(briefing.of_file, ending=".html", **_asked(request.query_params.multi_items())).decode(
            "utf-8"
        )
        return HTMLResponse(html, headers={"content-security-policy": policy(html)})

    @pages.get("/brief/{ending}")
    def file(ending: str, request: Request) -> Response:
        if f".{ending}" not in EXPORTS:
            raise UsageError(f"a brief cannot be written as {ending[:20]!r}; use {', '.join(EXPORTS)}")
        from winset.services import briefing  # as above

        data = desk.current(briefing.of_file, ending=f".{ending}", **_asked(request.query_params.multi_items()))
        name = f'attachment; filename="brief.{ending}"'
        return Response(data, media_type=EXPORTS[f".{ending}"], headers={"content-disposition": name})

    @pages.get("/chart/{name}.{kind}")
    def chart(name: str, kind: str) -> Response:
        if kind not in DRAWINGS:
            raise UsageError(f"a chart cannot be written as {kind[:20]!r}; use {', '.join(DRAWINGS)}")
        found = desk.chart_shown(name)
        saved = f'attachment; filename="{slug(found.id)[:60]}.{kind}"'
        return Response(
            drawings.FORMATS[kind](found), media_type=DRAWINGS[kind], headers={"content-disposition": saved}
        )


def _asked(given: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Days, whom or what it is about, and the parts that were ticked by the places that were given them; all of them
    where none was ticked."""
    known = dict(given)
    ticked = [value for key, value in given if key == "part"]
    places = {part: number(known.get(f"place.{part}") or "0", f"place of {part}") for part in ticked}
    return {
        "at": day(known.get("at")),
        "since": day(known.get("since"), "since"),
        "parts": sorted(ticked, key=lambda part: places[part]) or None,
        "party": known.get("party") or None,
        "issue": known.get("issue") or None,
    }


def policy(html: str) -> str:
    """What the brief's own page may do: show itself, in its own style, and nothing else."""
    hashes = " ".join(f"'sha256-{_hash(style)}'" for style in _STYLE.findall(html))
    return f"default-src 'none'; style-src {hashes}; img-src data:; frame-ancestors 'self'; base-uri 'none'"


def _hash(style: str) -> str:
    return base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
