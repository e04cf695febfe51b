"""What could be agreed: the deal space, a deal looked at, judgements tried otherwise and kept as a scenario."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from fastapi import FastAPI, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from winset.errors import UsageError
from winset.web.desk import Desk, day, fields, number

TRIED, TERM = "try.", "term."


def add(app: FastAPI, desk: Desk) -> None:
    """`/deals`, `/scenarios`."""
    case = desk.case

    @app.get("/deals")
    def deals(request: Request) -> Response:
        from winset.services import space  # loads HiGHS, which the first page need not wait for

        asked = _asked(request.query_params.multi_items())
        return desk.page("deals.html", here="deals", space=space.space(case, **asked), tried=TRIED, term=TERM)

    @app.get("/scenarios")
    def scenarios() -> Response:
        from winset.services import space  # as above

        found = space.scenarios(case)
        links = [
            urlencode([(TRIED + k, v) for k, v in one.tried.items()] + [(TERM + k, v) for k, v in (one.deal or {}).items()])
            for one in found
        ]  # fmt: skip
        now = space.space(case)
        return desk.page("scenarios.html", here="deals", now=now, rows=list(zip(found, links, strict=True)))

    @app.post("/scenarios")
    async def keep(request: Request) -> Response:
        from winset.services import space  # as above

        given = await fields(request)
        asked = _asked(given)
        name = next((value for key, value in given if key == "name"), "")
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
    }  # fmt: skip
