"""Who stands where: the matrix of a day, one party on one issue, moves, alignment, precedents; judgements written."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from winset.errors import UsageError
from winset.services import cases, reviews
from winset.web.desk import Desk, WrongField, day, fields, form, numbers, part, whole
from winset.web.pages import Pages

if TYPE_CHECKING:
    from collections.abc import Sequence

    from winset.domain.case import Case
    from winset.evidence.drafts import Draft
    from winset.services.aside import Part


MOST_DAYS = 36_500
"""Within which a move back can count as an answer."""
ON_NO_ISSUE = (
    "discount", "haste", "outside option", "reservation", "capability", "trust", "war probability", "war cost", "power path", "guarantee",
)  # fmt: skip
"""Quantities that are judged of a party, on no issue."""
EXPORTS = (
    ("Positions", "a spreadsheet; comes back with winset import", (("csv", "CSV"), ("xlsx", "XLSX"))),
    ("Quotations", "one row a statement with its words", (
        ("quotations.csv", "CSV"), ("quotations.xlsx", "XLSX"), ("quotations.json", "JSON"), ("quotations.parquet", "Parquet"),
    )),
    ("The whole case as text", "another program; comes back", (("json", "JSON"),)),
    ("Coded passages", "NVivo, MAXQDA, ATLAS.ti, QualCoder; web annotations", (("qdpx", "REFI-QDA"), ("jsonld", "JSON-LD"))),
    ("The documents as references", "a reference manager", (("ris", "RIS"), ("bibtex", "BibTeX"), ("csl", "CSL-JSON"))),
)  # fmt: skip
"""What can be taken along: (what it is, what for, (form as `cases.export` knows it, its name))."""
TERMS = 3  # terms of an earlier deal that a form takes at once
ENDINGS = {"bibtex": "bib", "csl": "csl.json"}


def add(pages: Pages, desk: Desk) -> None:
    """`/positions`, `/judgements`, `/export`."""
    case = desk.case

    def rests_on_record() -> bool:
        """Whether positions are read off the whole record, because nobody has judged any."""
        from winset.services import board  # loads NumPy, which the first page need not wait for

        return not any(one.quantity == "position" for one in board.load_judgements(case))

    def standing() -> "tuple[Case, Draft, bool | Part]":
        from winset.services import board  # as above

        (known, suggested), behind = desk.answer(board.standing, aside=rests_on_record())
        return known, suggested, behind

    @pages.get("/positions")
    def matrix(at: str | None = None, since: str | None = None) -> Response:
        from winset.services import board  # as above

        known, suggested, behind = standing()
        beside = board.beside_judged(case, known, suggested)
        found = board.board(known, suggested, beside, at=day(at), since=day(since, "since"))
        return desk.page("positions.html", here="positions", sub="matrix", board=found, behind=behind)

    @pages.get("/positions/timeline")
    def over_time(issue: str | None = None) -> Response:
        from winset.services import board  # as above

        found, behind = desk.answer(board.over_time, aside=rests_on_record(), issue=issue or None)
        return desk.page("timeline.html", here="positions", sub="timeline", found=found, behind=behind)

    @pages.get("/positions/changes")
    def changes(since: str | None = None, at: str | None = None, mark: str | None = None) -> Response:
        from winset.services import difference  # as above

        point = mark or None
        begin = None if point else day(since, "since")
        shown, behind = desk.answer(difference.shown, since=begin, mark=point, at=day(at))
        return desk.page(
            "changes.html",
            here="positions",
            sub="changes",
            shown=shown,
            asked_mark=point,
            most=difference.SHOWN,
            behind=behind,
        )

    @pages.get("/positions/moves")
    def moves(since: str | None = None, until: str | None = None, window: str | None = None) -> Response:
        from winset.evidence.ledger import WINDOW  # as above
        from winset.report.brief.moves import STATUS, held_out
        from winset.services import ledger

        first, last, days = day(since, "since"), day(until, "until"), whole(window, "window") if window else WINDOW.days
        if first is not None and last is not None and first > last:
            raise WrongField(
                f"the period begins after {first}, which is after {last}, where it ends; swap the two", "since"
            )
        if not 0 <= days <= MOST_DAYS:
            raise WrongField(f"an answer is looked for within 0 to {MOST_DAYS} days, got {days}", "window")
        found, behind = desk.answer(ledger.ledger, since=first, until=last, window=timedelta(days=days))
        known, _, _ = standing()
        return desk.page(
            "moves.html", here="positions", sub="moves", since=since or "", until=until or "", case=known, behind=behind,
            manner=STATUS, held_out=held_out, by_id={one["id"]: one for one in found["moves"]}, **found,
        )  # fmt: skip

    @pages.get("/positions/alignment")
    def alignment(at: str | None = None, a: str = "", b: str = "") -> Response:
        from winset.services import alignment as near  # as above

        found, behind = desk.answer(near.alignment, at=day(at))
        known, _, _ = standing()
        rests = desk.answer(near.apart, a=a, b=b, at=day(at))[0] if a and b else None
        return desk.page(
            "alignment.html",
            here="positions",
            sub="alignment",
            case=known,
            found=found,
            behind=behind,
            pair=(a, b),
            rests=rests,
        )

    @pages.get("/positions/precedents")
    def precedents() -> Response:
        from winset.report.precedents import fate, invoked, year_or_day  # as above
        from winset.services import positions

        found, behind = desk.answer(positions.precedents)
        known, _, _ = standing()
        names = {one.id: one.name for one in known.parties}
        told = {
            one["target"]: {
                "when": year_or_day(one["date"]),
                "fate": fate(one, every),
                "invoked": invoked(one, every),
                "names": every,
            }
            for one in found
            for every in ({**one["names"], **names},)
        }
        made = reviews.made_of(case, ("precedent",))
        there = {one["target"] for one in found}
        return desk.page(
            "precedents.html", here="positions", sub="precedents", case=known, found=found, behind=behind, reviews=made, told=told, rows=range(TERMS),
            gone=[target for target, one in made.items() if one["review"]["verdict"] == "reject" and target not in there],
        )  # fmt: skip

    @pages.post("/positions/precedents")
    async def precedent(request: Request) -> Response:
        from winset.services import precedents as earlier  # as above

        given = [(name, value.strip()[:2000]) for name, value in await fields(request) if value.strip()]
        await run_in_threadpool(earlier.write, case, _earlier(given))
        return RedirectResponse("/positions/precedents", 303)

    @pages.get("/positions/attention")
    def attention(at: str | None = None) -> Response:
        from winset.services import attention as counting  # as above

        (known, found), behind = desk.answer(counting.shown, at=day(at))
        return desk.page("attention.html", here="positions", sub="attention", case=known, found=found, behind=behind)

    @pages.get("/positions/tables")
    def tables() -> Response:
        known, suggested, behind = standing()
        seated = known.seats(None)
        return desk.page(
            "tables.html", here="positions", sub="tables", case=known, suggested=suggested, behind=behind,
            tables=sorted(known.tables, key=lambda one: one.date or date.max, reverse=True),
            absent=[one.id for one in known.parties if one.id not in seated], exports=EXPORTS,
        )  # fmt: skip

    @pages.get("/export/{form}")
    def export(form: str) -> Response:
        data = cases.export(case, form)
        name = f"{case.stem}.{ENDINGS.get(form, form)}"
        return Response(
            data, media_type="application/octet-stream",
            headers={"content-disposition": f"attachment; filename*=UTF-8''{part(name)}"},
        )  # fmt: skip

    @pages.get("/positions/proposals")
    def proposals() -> Response:
        from winset.services import proposals as plans  # as above

        (known, found), behind = desk.answer(plans.shown)
        return desk.page(
            "proposals.html", here="positions", sub="proposals", case=known, found=found, behind=behind,
            reviews=reviews.made_of(case, reviews.SUGGESTED),
        )  # fmt: skip

    @pages.get("/positions/new")
    def new() -> Response:
        from winset.services import codebooks  # as above

        known, _, behind = standing()
        book, _ = desk.answer(codebooks.of_case)
        own = {one.id for one in known.issues}
        issues = [(one.id, one.question) for one in known.issues]
        issues += [(one["id"], one.get("question") or one["id"]) for one in book["issues"] if one["id"] not in own]
        return desk.page("new_position.html", here="positions", sub="matrix", case=known, issues=issues, behind=behind)

    @pages.get("/positions/on")
    def cell(party: str, issue: str = "") -> Response:
        from winset.services import board  # as above

        found, behind = desk.answer(board.cell, aside=rests_on_record(), party=party, issue=issue)
        return desk.page("cell.html", here="positions", sub="matrix", cell=found, behind=behind, quantities=ON_NO_ISSUE)

    @pages.post("/judgements")
    async def judge(request: Request) -> Response:
        from winset.services import board  # as above

        given = await form(request)
        values = numbers(given)
        party, issue, named = given.get("party", ""), given.get("issue") or None, given.get("named", "").strip()
        if "named" in given and bool(party) == bool(named):
            raise WrongField("choose a party of the list or name one that is not in it, one of both", "named")
        if not values:
            raise WrongField("write a number, two for low and high, or all three", "low")
        if list(values) != sorted(values):
            raise WrongField("the numbers do not rise from low to high", "low")
        made = await run_in_threadpool(
            board.judge, case, quantity=given.get("quantity", "position"), party=party, issue=issue, named=named or None,
            numbers=values, as_of=day(given.get("as_of"), "as_of"), note=given.get("note", "").strip()[:2000],
        )  # fmt: skip
        return _to(made.party, issue)

    @pages.post("/judgements/review")
    async def review(request: Request) -> Response:
        given = await form(request)
        target = given.get("target", "")
        if target.startswith("statement:"):
            raise UsageError("a statement is reviewed on its own page")
        verdict, changes = given.get("verdict", ""), None
        if verdict == "correct":
            from winset.services import board  # as above

            changes = board.changes_to(numbers(given), given.get("note", "").strip()[:2000], given.get("before"))
        await run_in_threadpool(
            reviews.decide, case, target, verdict, expected=whole(given.get("version", "0")), changes=changes
        )
        return _to(given.get("party", ""), given.get("issue"))

    def _to(party: str, issue: str | None) -> Response:
        return RedirectResponse(f"/positions/on?{urlencode({'party': party, 'issue': issue or ''})}", 303)


def _earlier(given: "Sequence[tuple[str, str]]") -> dict[str, Any]:
    """An earlier deal as its form has it; what was left empty is left out."""
    from winset.services.precedents import day_of
    from winset.services.proposals import term_of

    one = dict(given)
    rows = [(one.get(f"issue.{n}"), one.get(f"term.{n}")) for n in range(TERMS)]
    terms = dict(term_of(f"{issue}={term}") for issue, term in rows if issue and term)
    made = {
        "name": one.get("name", ""), "date": day_of(one.get("date"), "when"), "source": one.get("source"), "note": one.get("note"),
        "parties": [value for name, value in given if name == "party"], "terms": terms,
        "broken_by": [value for name, value in given if name == "broken_by"], "kept": True if one.get("kept") == "yes" else False if one.get("kept") == "no" else None,
        "invocations": [{"by": one["invoked_by"], "for": one.get("purpose")}] if one.get("invoked_by") else [],
    }  # fmt: skip
    return {name: value for name, value in made.items() if value not in (None, [], {})}
