"""What could be agreed: the deal space, a deal looked at, judgements tried otherwise and kept as a scenario."""

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from winset.errors import UsageError
from winset.report.charts.space import FOOT, HEIGHT, LEFT, RIGHT, TOP, WIDTH
from winset.web.desk import Desk, WrongField, day, fields, number
from winset.web.pages import Pages

TRIED, TERM = "try.", "term."
Window = tuple[tuple[float, float], tuple[float, float]]


def add(pages: Pages, desk: Desk) -> None:
    """`/deals`, `/scenarios`."""
    case = desk.case

    @pages.get("/deals")
    def deals(request: Request) -> Response:
        from winset.services import space, taking_over  # load HiGHS, which the first page need not wait for

        asked = _asked(request.query_params.multi_items())
        found = space.space(case, **asked)
        waiting, behind = desk.answer(taking_over.waiting) if found.why_not else (None, False)
        return desk.page(
            "deals.html", here="deals", space=found, waiting=waiting, behind=behind, tried=TRIED, term=TERM, view=_view(found.window),
            zone=_view(found.plot.zone) if found.plot else "",
            picks=json.dumps([[*one.at, one.terms, one.worth] for one in found.plot.picks]) if found.plot else "[]",
            frame=json.dumps([found.plot.frame.across, found.plot.frame.up]) if found.plot else "",
            names=[found.case.party(id).name[:80] for id in found.result["parties"]] if found.result else [],
            labels={
                issue.id: {value: label[:200] for value, label in options} for issue, options in found.options
            },
            drawn=json.dumps([[LEFT, WIDTH - RIGHT], [TOP, HEIGHT - FOOT]]),
        )  # fmt: skip

    @pages.get("/scenarios")
    def scenarios() -> Response:
        from winset.services import space  # as above

        found = space.scenarios(case)
        links = [
            urlencode([(TRIED + k, v) for k, v in one.tried.items()] + [(TERM + k, v) for k, v in (one.deal or {}).items()])
            for one in found
        ]  # fmt: skip
        now = space.space(case)
        return desk.page("scenarios.html", here="deals", now=now, rows=list(zip(found, links, strict=True)))

    @pages.post("/scenarios")
    async def keep(request: Request) -> Response:
        from winset.services import space  # as above

        given = await fields(request)
        asked = _asked(given)
        name = next((value for key, value in given if key == "name"), "")
        if not name.strip():
            raise WrongField("a scenario needs a name", "name")
        await run_in_threadpool(
            space.keep, case, name, at=asked["at"], tried=asked["tried"], deal=asked["deal"]
        )  # fmt: skip
        return RedirectResponse("/scenarios", 303)


def _asked(given: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """What the page's form says: day, pair of parties, sliders, terms of the deal."""
    known = dict(given)
    x, y = known.get("x"), known.get("y")
    if (x is None) != (y is None):
        raise UsageError("give both parties of the picture, or none")
    terms = {key.removeprefix(TERM): value for key, value in given if key.startswith(TERM)}
    return {
        "at": day(known.get("at")),
        "pair": (x, y) if x and y else None,
        "tried": {
            key.removeprefix(TRIED): number(value, key.removeprefix(TRIED)) for key, value in given if key.startswith(TRIED)
        },
        "deal": terms or None,
        "window": _window(known.get("view") or ""),
    }  # fmt: skip


def _window(text: str) -> Window | None:
    """`low:high:low:high`, across and then up, as the part of the picture to be drawn; None where empty."""
    if not text:
        return None
    ends = [number(one, "part of the picture") for one in text.split(":")]
    if len(ends) != 4 or not (ends[0] < ends[1] and ends[2] < ends[3]):
        raise UsageError(f"a part of the picture is low:high:low:high, not {text[:60]!r}")
    return (ends[0], ends[1]), (ends[2], ends[3])


def _view(window: Window | None) -> str:
    return ":".join(f"{end:.6g}" for side in window for end in side) if window else ""
