"""The ledger of forecasts: questions, forecasts, outcomes, and what the record is worth."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from winset.domain.forecasts import LATER, Ledger
from winset.errors import CaseError, UsageError
from winset.services import cases
from winset.web.desk import Desk, WrongField, day, form, number, share
from winset.web.pages import Pages

ANSWERS = {"yes": 1, "no": 0}
LEVELS = ("0.1", "0.5", "0.9")  # of the quantiles that the page asks for; the command takes any


def add(pages: Pages, desk: Desk) -> None:
    """`/forecasts`."""
    case = desk.case

    @pages.get("/forecasts")
    def forecasts_page() -> Response:
        from winset.report.charts.calibration import calibration
        from winset.report.forecasts import came, coverage_lines, said
        from winset.services import forecasts  # loads SciPy, which the first page need not wait for

        checked = forecasts.verify(case)
        entries = forecasts.listed(case)
        try:
            score: dict[str, Any] | None = forecasts.score(case)
        except CaseError:
            score = None
        ledger = Ledger.of(entries)
        waiting = sorted(ledger.questions.values(), key=lambda one: (one["id"] in ledger.outcomes, one["resolves"]))
        return desk.page(
            "forecasts.html", here="forecasts", entries=entries, checked=checked, score=score, said=said, came=came,
            ledger=ledger, questions=waiting, told=_told(ledger), levels=LEVELS, held=coverage_lines(score["coverage"]) if score else [],
            charts=[
                chart for chart in (calibration(score["calibration"]), calibration(score["calibration_options"], options=True))
                if chart
            ] if score else [],
        )  # fmt: skip

    @pages.get("/forecasts/record")
    def record() -> Response:
        from winset.services import forecasts  # as above

        name = {"content-disposition": 'attachment; filename="forecasts.jsonl"'}
        return Response(forecasts.publish(case), media_type="application/jsonl", headers=name)

    @pages.post("/forecasts")
    async def write(request: Request) -> Response:
        from winset.services import forecasts  # as above

        given = await form(request)
        await run_in_threadpool(lambda: forecasts.append(case, _entry(case, given)))
        return RedirectResponse("/forecasts", 303)


def _told(ledger: Ledger) -> dict[str, dict[str, list[dict[str, Any]]]]:
    """Question -> author -> what that author said of it, the latest last."""
    found: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for one in ledger.forecasts:
        found.setdefault(one["question"], {}).setdefault(one["author"], []).append(one)
    return found


def _entry(case: Path, given: dict[str, str]) -> dict[str, Any]:
    """A question, a forecast of one, or its outcome, as the ledger writes them. Raises UsageError."""
    from winset.services import forecasts  # as above

    kind = given.get("kind")
    if kind == "question":
        asked = given.get("type", "yes/no")
        several = asked in ("options", "ordered")
        options = [line.strip() for line in given.get("options", "").splitlines() if line.strip()]
        base = given.get("base_rate", "").strip() if asked == "yes/no" else ""
        chance = share(base, "how often such things happen", "base_rate") if base else None
        written = {key: _written(given, key) for key in ("id", "text", "rule", "closes", "resolves")}
        if written["id"] in Ledger.of(forecasts.entries(case)).questions:
            raise WrongField(f"the question {written['id'][:80]!r} is asked already; give this one another name", "id")
        if several and not 2 <= len(options) == len(set(options)):
            raise WrongField(f"two options or more, each once on a line of its own; got {len(options)}", "options")
        if written["closes"] < cases.now().date().isoformat():
            raise WrongField("this day has passed; a question is written down before its answer can be known", "closes")
        if written["closes"] > written["resolves"]:
            raise WrongField(f"this lies before {written['closes']}, until when it may be forecast", "resolves")
        return {
            "kind": "question", "type": asked, "options": options if several else [], **written,
            "base_rate": chance,
        }  # fmt: skip
    if kind not in ("forecast", "outcome"):
        raise UsageError(f"nothing to write: {str(kind)[:40]!r} is no question, forecast or outcome")
    question = forecasts.question(case, given.get("question", ""))
    if kind == "outcome":
        return {"kind": "outcome", "question": question["id"], "outcome": _outcome(question, given.get("outcome", "")),
                "source": _written(given, "source")}  # fmt: skip
    more = {key: given[key].strip() for key in ("said", "source") if given.get(key, "").strip()}
    day(more.get("said"), "said")
    author = given.get("author", "").strip() or cases.author()
    return {
        "kind": "forecast", "question": question["id"], "author": author, **more, **_forecast(question, given)
    }  # fmt: skip


def _written(given: dict[str, str], field: str) -> str:
    """What stands in a field that cannot be left empty. Raises WrongField."""
    text = given.get(field, "").strip()
    if not text:
        raise WrongField("this cannot be left empty", field)
    if field in ("closes", "resolves"):
        day(text, field)
    return text


def _forecast(question: dict[str, Any], given: dict[str, str]) -> dict[str, Any]:
    """What is said of the question, in the form that its kind takes."""
    if question["type"] == "yes/no":
        shares = [share(given[key], "the chance", key) for key in ("percent", "to") if given.get(key, "").strip()]
        if not shares:
            raise WrongField("give a chance in per cent, or two for a range", "percent")
        if shares != sorted(shares):
            raise WrongField("the second chance of a range is not below the first", "to")
        return {"probability": shares[0]} if len(shares) == 1 else {"range": shares}
    if question["type"] in ("options", "ordered"):
        names = [f"option.{n}" for n in range(len(question["options"]))]
        chances = [share(given.get(name, "").strip() or "0", "the chance", name) for name in names]
        if abs(sum(chances) - 1) > 1e-9:
            raise WrongField(f"the chances sum to {100 * sum(chances):g} %, not to 100 %", names[-1])
        return {"options": dict(zip(question["options"], chances, strict=True))}
    said = {level: given.get(f"level.{level}", "").strip() for level in LEVELS}
    if question["type"] == "date":
        if not any(said.values()):
            raise WrongField(
                f"give one date or more; those left empty lie after {question['resolves']}", f"level.{LEVELS[0]}"
            )
        for level, text in said.items():
            day(text, f"level.{level}")
        _rising([(level, text or "9999") for level, text in said.items()])
        return {"quantiles": {level: when or LATER for level, when in said.items()}}
    points = {level: number(x, f"the {float(level):.0%} point", f"level.{level}") for level, x in said.items() if x}
    if len(points) < 2:
        raise WrongField("give two numbers or more", next(f"level.{level}" for level in LEVELS if level not in points))
    _rising(list(points.items()))
    return {"quantiles": points}


def _rising(points: Sequence[tuple[str, Any]]) -> None:
    """Raises WrongField at the first point that lies below the one before it."""
    for (_, before), (level, here) in pairwise(points):
        if here < before:
            raise WrongField("this lies below the point before it; a larger chance reaches further", f"level.{level}")


def _outcome(question: dict[str, Any], text: str) -> Any:
    """The outcome as the ledger writes it; None where it is annulled."""
    if text == "annulled":
        return None
    if question["type"] == "yes/no":
        return ANSWERS.get(text, text)
    if question["type"] == "number":
        return number(text, "the outcome", "outcome")
    came = day(text.strip(), "outcome") if question["type"] == "date" else None
    if came is not None and came.isoformat() > question["resolves"]:
        raise WrongField(
            f"this is after {question['resolves']}; leave it empty where it did not come by then", "outcome"
        )
    return text.strip() or LATER
