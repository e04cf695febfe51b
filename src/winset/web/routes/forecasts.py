"""The ledger of forecasts: questions, forecasts, outcomes, and what the record is worth."""

from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from winset.errors import CaseError, UsageError
from winset.services import cases
from winset.web.desk import Desk, form, number

ANSWERS: dict[str, int | None] = {"yes": 1, "no": 0, "annulled": None}


def add(app: FastAPI, desk: Desk) -> None:
    """`/forecasts`."""
    case = desk.case

    @app.get("/forecasts")
    def ledger() -> Response:
        from winset.services import forecasts  # loads SciPy, which the first page need not wait for

        checked = forecasts.verify(case)
        entries = forecasts.listed(case)
        try:
            score: dict[str, Any] | None = forecasts.score(case)
        except CaseError:
            score = None
        return desk.page("forecasts.html", here="forecasts", entries=entries, checked=checked, score=score)

    @app.post("/forecasts")
    async def write(request: Request) -> Response:
        from winset.services import forecasts  # as above

        given = await form(request)
        await run_in_threadpool(forecasts.append, case, _entry(given))
        return RedirectResponse("/forecasts", 303)


def _entry(given: dict[str, str]) -> dict[str, Any]:
    """A question with yes or no for an answer, a forecast of one, or its outcome. Raises UsageError."""
    kind = given.get("kind")
    if kind == "question":
        return {
            "kind": "question", "type": "yes/no", "options": [], "base_rate": None,
            **{key: given.get(key, "").strip() for key in ("id", "text", "rule", "closes", "resolves")},
        }  # fmt: skip
    if kind == "forecast":
        share = number(given.get("percent", ""), "probability") / 100
        return {
            "kind": "forecast",
            "question": given.get("question", ""),
            "author": cases.author(),
            "probability": share,
        }
    if kind == "outcome":
        answer = given.get("outcome", "")
        if answer not in ANSWERS:
            raise UsageError(f"an outcome is one of {', '.join(ANSWERS)}, not {answer[:40]!r}")
        return {"kind": "outcome", "question": given.get("question", ""), "outcome": ANSWERS[answer],
                "source": given.get("source", "").strip()}  # fmt: skip
    raise UsageError(f"nothing to write: {str(kind)[:40]!r} is no question, forecast or outcome")
