"""Who stands near whom as of a date, how that came about, and which points were taken over."""

from dataclasses import dataclass
from datetime import date
from math import isnan
from pathlib import Path
from typing import Any

from winset.domain.case import Case
from winset.domain.issues import Issue
from winset.domain.positions import Position
from winset.domain.runs import Assumption
from winset.errors import CaseError, UsageError
from winset.evidence.adoption import adopted
from winset.evidence.coding import codebook_for
from winset.evidence.timeline import as_of, histories
from winset.formulation.alignment import formulate
from winset.models.similarity.distances import NEAR, solve, weights
from winset.report.alignment import adopted_to, as_json
from winset.services.drafting import drafted
from winset.services.sources import reviewed_case


def alignment(path: Path, *, at: date | None = None, near: float = NEAR, history: bool = False) -> dict[str, Any]:
    """Distances, their basis, blocs and adopted points as of a date (the case's own, else the last on record).

    With `history` also the distances on each day on which a position changed, up to that date. Where nobody judged a position,
    those that the record suggests are taken; `suggested` and the first assumption say so.
    """
    case = reviewed_case(path)
    case, suggested = drafted(case, until=at or case.as_of)
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


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Apart:
    """How far apart two parties stand on one issue: where each stands, as a share of the scale between them, and what the issue
    weighs in their distance (shares of 1)."""

    issue: Issue
    first: Position
    second: Position
    share: float
    weight: float


def apart(path: Path, a: str, b: str, *, at: date | None = None) -> tuple[Apart, ...]:
    """What the distance between two parties rests on, the issues that add most to it first: the sum of `share` times `weight` is
    that distance. Raises UsageError where the case has no such party."""
    case = drafted(reviewed_case(path))[0]
    try:
        ids = [case.party(one).id for one in (a, b)]
    except CaseError as error:
        raise UsageError(str(error)) from None
    when = at or case.as_of
    positions = histories(case.judgements)
    inputs = formulate(case, when, positions=positions).inputs
    first, second = (inputs.parties.index(one) for one in ids)
    weight = weights(inputs, first)[second]
    held = {(one.party, one.issue): one for one in as_of(positions, when) if one.voice == "own"}
    found = [
        Apart(
            issue=case.issue(issue), first=held[ids[0], issue], second=held[ids[1], issue],
            share=float(abs(inputs.position[first, n] - inputs.position[second, n])),
            weight=float(weight[n] / weight.sum()),
        )
        for n, issue in enumerate(inputs.issues)
        if not (isnan(inputs.position[first, n]) or isnan(inputs.position[second, n]))
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: -one.share * one.weight))
