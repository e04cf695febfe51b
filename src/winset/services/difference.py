"""What changed in a case since a day: words, positions, sources, and the numbers that rest on them."""

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

from winset.domain.case import Case
from winset.domain.positions import Position
from winset.domain.runs import Run
from winset.domain.statements import Statement
from winset.errors import UsageError, WinsetError
from winset.evidence import timeline
from winset.evidence.repeats import fold
from winset.formulation.uncertainty import USED_BY
from winset.report.brief.contract import position_to
from winset.services import bargaining, offers
from winset.services.drafting import drafted
from winset.services.sources import reviewed_case

LEAST = 1e-9  # a smaller change of a number is none


def difference(path: Path, *, since: date, at: date | None = None) -> dict[str, Any]:
    """`{"statements", "positions", "sources", "numbers"}`: what holds at `at` (the case's own day) and did not at `since`.

    statements  "new": ids first said after `since`; "repeated": ids told after `since` of what was said before
    positions   per party and issue the row before (null where none) and after, with their grounds
    numbers     what methods answer at either day where that differs, and the judgements that differ between them
    Raises UsageError where `since` is not before `at`.
    """
    case, suggested = drafted(reviewed_case(path))
    days = [document.date for document in case.documents if document.date]
    when = at or case.as_of or max(days, default=None)
    if when is not None and since >= when:
        raise UsageError(f"--since {since} is not before {when}, the day the case is read at")
    new, repeated = _statements(case, since, when)
    histories = suggested.positions or timeline.histories(case.judgements)
    return {
        "since": since.isoformat(), "as_of": when.isoformat() if when else None,
        "statements": {"new": new, "repeated": repeated},
        "positions": _positions(histories, since, when),
        "sources": [
            {"doc": one.id, "title": one.title, "date": one.date.isoformat()}
            for one in case.documents if one.date and since < one.date and (when is None or one.date <= when)
        ],
        "numbers": [] if suggested.positions else [*_numbers(case, since, when)],
    }  # fmt: skip


def _statements(case: Case, since: date, when: date | None) -> tuple[list[str], list[str]]:
    """Ids of statements told in between, those of something new and those of something said before."""
    days = {document.id: document.date for document in case.documents}

    def told(statement: Statement) -> date | None:
        return days.get(statement.doc) or (statement.date.start if statement.date else None)

    order = sorted(case.statements, key=lambda one: told(one) or date.min)
    again = {id for group in fold(case.documents, order).values() for id in group}
    between = [
        one for one in case.statements
        if (day := told(one)) is not None and since < day and (when is None or day <= when)
    ]  # fmt: skip
    return [one.id for one in between if one.id not in again], [one.id for one in between if one.id in again]


def _positions(histories: Iterable[Position], since: date, when: date | None) -> list[dict[str, Any]]:
    rows = [one for one in histories if one.voice == "own"]
    then = {(one.party, one.issue): one for one in timeline.as_of(rows, since)}
    now = {(one.party, one.issue): one for one in timeline.as_of(rows, when)}
    return [
        {
            "party": party, "issue": issue,
            "before": position_to(then[party, issue]) if (party, issue) in then else None,
            "after": position_to(after),
        }
        for (party, issue), after in now.items()
        if (party, issue) not in then or then[party, issue].value != after.value
    ]  # fmt: skip


def _numbers(case: Case, since: date, when: date | None) -> Iterable[dict[str, Any]]:
    """What the methods that run at both days answer otherwise."""
    asked: tuple[tuple[str, Callable[[Case, date | None], Run], Callable[[Any], dict[str, float]]], ...] = (
        ("bargaining", bargaining.of_case, _of_deals),
        ("offers", offers.of_case, _of_offers),
    )
    for method, of_case, read in asked:
        before, after = _answer(of_case, read, case, since), _answer(of_case, read, case, when)
        if before is None and after is None:
            continue
        why = _why(case, method, since, when)
        for name in dict.fromkeys((*(before or {}), *(after or {}))):
            a, b = (before or {}).get(name), (after or {}).get(name)
            if a is None or b is None or abs(a - b) > LEAST:
                yield {"what": f"{method}: {name}", "before": a, "after": b, "why": why}


def _answer(
    of_case: Callable[[Case, date | None], Run], read: Callable[[Any], dict[str, float]], case: Case, at: date | None
) -> dict[str, float] | None:
    """None where the method cannot run on what was known then."""
    try:
        return read(of_case(case, at).result)
    except WinsetError:
        return None


def _of_deals(result: Any) -> dict[str, float]:
    found: dict[str, float] = {}
    if result.get("zone") is not None:
        found["outcomes better than no deal for everybody"] = float(result["zone"])
    for name, one in (result.get("solutions") or {}).items():
        if one:
            found |= {
                f"{name} deal, worth to {party}": float(worth)
                for party, worth in zip(result["parties"], one["utilities"], strict=True)
            }
    return found


def _of_offers(result: Any) -> dict[str, float]:
    if result["shares"] is None:
        return {}
    return {f"share of {party}": float(x) for party, x in zip(result["parties"], result["shares"], strict=True)}


def _why(case: Case, method: str, since: date, when: date | None) -> str:
    """Which judgements that the method uses differ between the days."""
    told, quantities = [], USED_BY[method]
    for key in dict.fromkeys((j.quantity, j.party, j.issue) for j in case.judgements if j.quantity in quantities):
        then, now = case.judgement(*key, since), case.judgement(*key, when)
        if then != now and now is not None:
            quantity, party, issue = key
            word = "first judged" if then is None else "judged anew"
            told.append(f"{quantity} of {party}{f' on {issue}' if issue else ''} {word}")
    if method == "offers" and case.signers(since) != case.signers(when):
        told.append("others sit at the table")
    return "; ".join(told) or "nothing that this method uses was judged anew"
