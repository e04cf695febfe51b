"""Positions as of a date, the ledger of moves, and precedents of a case."""

from datetime import date
from pathlib import Path
from typing import Any

from winset.domain.case import Case
from winset.domain.positions import Position
from winset.evidence import ledger as moves_of
from winset.evidence import timeline
from winset.evidence.drafting import Draft
from winset.report.brief.contract import move_to, position_to
from winset.services.drafting import drafted, judges_positions
from winset.services.sources import judged_case, reviewed_case


def positions(path: Path, *, at: date | None = None) -> dict[str, Any]:
    """`{"as_of", "rows"}`: who stands where on which issue as of a date (the case's own without one)."""
    case, suggested = with_suggestions(path)
    when = at or case.as_of
    rows = timeline.as_of(suggested.positions or timeline.histories(case.judgements), when)
    return {"as_of": when.isoformat() if when else None, "rows": [position_to(row) for row in rows]}


def with_suggestions(path: Path) -> tuple[Case, Draft]:
    """The case with its reviews in force, without documents and statements where somebody judged a position; else with
    what its record suggests, and these suggestions by themselves."""
    case = judged_case(path)
    return (case, Draft()) if judges_positions(case) else drafted(reviewed_case(path))


def ledger(path: Path, *, since: date | None = None) -> dict[str, Any]:
    """`{"moves", "balance"}`: every move (since a date), what answered it, and the balance per pair."""
    case, suggested = with_suggestions(path)
    found = suggested.moves or moves_of.moves(timeline.histories(case.judgements), case.issues)
    kept = [move for move in found if since is None or (move.date is not None and move.date > since)]
    return {
        "moves": [move_to(move) for move in kept],
        "balance": [
            {
                "a": one.a, "b": one.b, "a_gave": one.a_gave, "b_gave": one.b_gave,
                "unanswered_a": one.unanswered_a, "unanswered_b": one.unanswered_b,
            }
            for one in moves_of.balance(kept, case.issues)
        ],
    }  # fmt: skip


def precedents(path: Path, *, at: date | None = None) -> list[dict[str, Any]]:
    """Earlier deals beside today's matrix, issue by issue.

    An issue is "same" where all of the precedent's parties stand within a tenth of the scale of its term, "softer" where
    they are all nearer to each other than to the term, else "tougher": somebody now asks for more than was agreed.
    Only issues on a numeric scale on which one of its parties has a known position are compared.
    """
    case = judged_case(path)
    held = timeline.as_of(timeline.histories(case.judgements), at or case.as_of)
    return [
        {
            "name": one.name, "parties": list(one.parties), "date": one.date.isoformat() if one.date else None,
            "terms": dict(one.terms), "kept": one.kept, "broken_by": list(one.broken_by),
            "invoked_by": list(one.invoked_by), "against_today": _against(case, dict(one.terms), one.parties, held),
        }
        for one in case.precedents
    ]  # fmt: skip


def _against(
    case: Case, terms: dict[str, str | float], parties: tuple[str, ...], held: tuple[Position, ...]
) -> dict[str, str]:
    compared = {}
    for issue in case.issues:
        term, bounds = terms.get(issue.id), issue.bounds
        if bounds is None or not isinstance(term, int | float):
            continue
        stands = [p.value.best for p in held if p.issue == issue.id and p.party in parties]
        if not stands:
            continue
        width = bounds[1] - bounds[0]
        nearest, farthest = (pick(abs(x - term) for x in stands) / width for pick in (min, max))
        apart = (max(stands) - min(stands)) / width
        if farthest <= 0.1:
            compared[issue.id] = "same"
        else:
            compared[issue.id] = "softer" if len(stands) > 1 and apart < nearest else "tougher"
    return compared
