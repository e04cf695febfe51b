"""Who stands near whom as of a date, how that came about, and which points were taken over."""

from datetime import date
from pathlib import Path
from typing import Any

from winset.domain.case import Case
from winset.domain.runs import Assumption
from winset.evidence.adoption import adopted
from winset.evidence.coding import codebook_for
from winset.evidence.timeline import histories
from winset.formulation.alignment import formulate
from winset.models.similarity.distances import NEAR, solve
from winset.report.alignment import adopted_to, as_json
from winset.services.drafting import drafted
from winset.services.sources import reviewed_case


def alignment(path: Path, *, at: date | None = None, near: float = NEAR, history: bool = False) -> dict[str, Any]:
    """Distances, their basis, blocs and adopted points as of a date (the case's own, else the last on record).

    With `history` also the distances on each day on which a position changed, up to that date. Where nobody judged a position,
    those that the record suggests are taken; `suggested` and the first assumption say so.
    """
    case, suggested = drafted(reviewed_case(path))
    found = of_case(case, at=at, near=near, history=history)
    if suggested.positions:
        said = Assumption(
            text="nobody judged a position: those that the record suggests are taken", quantity="position"
        )
        found["assumptions"].insert(0, said.as_json())
    return {**found, "suggested": bool(suggested.positions)}


def of_case(case: Case, *, at: date | None = None, near: float = NEAR, history: bool = False) -> dict[str, Any]:
    """As `alignment`, for a case in hand."""
    when = at or case.as_of
    positions = histories(case.judgements)
    formulated = formulate(case, when, positions=positions)
    statements = {one.id: one for one in case.statements}
    documents = {one.id: one for one in case.documents}
    found: dict[str, Any] = {
        "as_of": when.isoformat() if when else None,
        **as_json(solve(formulated.inputs, near=near)),
        "adopted": [
            adopted_to(point, statements, documents)
            for point in adopted(case.documents, case.statements, codebook=codebook_for(case), until=when)
        ],
        "near": near,
        "assumptions": [one.as_json() for one in formulated.assumptions],
        "gaps": list(formulated.gaps),
    }
    if history:
        days = sorted({p.valid_from for p in positions if p.valid_from and (when is None or p.valid_from <= when)})
        found["history"] = [
            {"as_of": day.isoformat(), **as_json(solve(formulate(case, day, positions=positions).inputs, near=near))}
            for day in days
        ]
    return found
