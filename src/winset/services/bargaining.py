"""Which deals are possible in a case."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from winset.domain.case import Case
from winset.domain.runs import Assumption, Run
from winset.errors import ModelError, UsageError
from winset.formats.profiles import Joined
from winset.formulation.bargaining import Loss, formulate
from winset.models.bargaining.deals import Deals
from winset.models.bargaining.problem import Box, Curve, Problem
from winset.models.bargaining.proposal import Proposal, choice_of, look_at
from winset.models.bargaining.solve import solve
from winset.report.bargaining import as_json
from winset.services.scenarios import is_scenario, load_scenario
from winset.services.sources import reviewed_case
from winset.store.textform import case_to_json

Terms = Mapping[str, object]


def bargaining(
    sources: tuple[Path, ...], *, at: date | None = None, loss: Loss = "linear", deal: Terms | None = None
) -> Run:
    """The deals possible in a case as of a date, or in the files or the folder of another tool's scenario.

    `deal` names one deal to be looked at closely; without it, a case's status quo is.
    """
    if is_scenario(sources):
        if at is not None:
            raise UsageError("--as-of is for cases; a scenario of another tool has no dates")
        return of_scenario(load_scenario(sources), deal=deal)
    return of_case(reviewed_case(sources[0]), at, loss=loss, deal=deal)


def of_scenario(scenario: Joined, *, deal: Terms | None = None) -> Run:
    """The deals possible in another tool's scenario; what was read otherwise than written is among the assumptions."""
    result = as_json(*_solved(scenario.problem, deal))
    notes = tuple(Assumption(text=remark) for remark in scenario.remarks)
    result["assumptions"] = [note.as_json() for note in notes]
    result["gaps"] = []
    return Run(
        method="bargaining", version="1", inputs_digest=hashlib.sha256(_plain(scenario.problem)).hexdigest(),
        result=result, assumptions=notes,
    )  # fmt: skip


def _plain(problem: Problem) -> bytes:
    """All numbers of a problem as bytes, for its digest."""
    parts: list[Any] = [
        problem.parties,
        problem.reservation.tolist(),
        [(i.name, list(i.values), i.low, i.high) for i in problem.issues],
    ]
    for utility in problem.utilities:
        tables = [(t.x.tolist(), t.y.tolist()) if isinstance(t, Curve) else t.tolist() for t in utility.tables]
        boxes = [_box(box) for box in utility.boxes]
        groups = [(group.how, [_box(box) for box in group.boxes]) for group in utility.extremes]
        tied = [(part.issues, part.table.tolist()) for part in utility.interactions]
        parts.append([tables, utility.constant, boxes, groups, tied, repr(utility.most)])
    parts.append([sorted(pattern.items()) for pattern in problem.forbidden])
    parts.append(None if problem.power is None else problem.power.tolist())
    return json.dumps(parts).encode()


def _box(box: Box) -> list[Any]:
    return [sorted(box.places.items()), sorted(box.ranges.items()), box.worth]


def _solved(problem: Problem, deal: Terms | None) -> tuple[Deals, Proposal | None]:
    """The answer, with a close look at a deal. Raises UsageError where the deal is none of the problem's."""
    if deal is None:
        return solve(problem), None
    try:
        choice = choice_of(problem, deal)
    except ModelError as error:
        raise UsageError(f"--deal: {error}") from None
    deals = solve(problem)
    return deals, look_at(deals, choice)


def _status_quo(case: Case, problem: Problem) -> Terms | None:
    """Where things stand now, if that is one of the deals."""
    terms = {issue.id: issue.status_quo for issue in case.issues}
    if any(value is None for value in terms.values()):
        return None
    try:
        choice_of(problem, terms)
    except ModelError:
        return None
    return terms


def of_case(case: Case, at: date | None = None, *, loss: Loss = "linear", deal: Terms | None = None) -> Run:
    """The deals possible in a case as of a date; its own without one. Raises FormulationError or a ModelError."""
    return solved_case(case, at, loss=loss, deal=deal)[0]


def solved_case(
    case: Case, at: date | None = None, *, loss: Loss = "linear", deal: Terms | None = None
) -> tuple[Run, Deals, Proposal | None]:
    """The same with what it was read off: the solved problem and the deal looked at. Raises as `of_case`."""
    asked = at or case.as_of
    formulated = formulate(case, asked, loss=loss)
    deals, proposal = _solved(formulated.inputs, deal or _status_quo(case, formulated.inputs))
    result = as_json(deals, proposal)
    result["assumptions"] = [note.as_json() for note in formulated.assumptions]
    result["gaps"] = list(formulated.gaps)
    terms = {name: str(value) for name, value in (deal or {}).items()}
    asked_of = [case_to_json(case)[part] for part in ("parties", "issues", "judgements")]
    text = json.dumps([asked_of, asked.isoformat() if asked else None, loss, terms], sort_keys=True)
    run = Run(
        method="bargaining", version="1", inputs_digest=hashlib.sha256(text.encode()).hexdigest(), result=result,
        as_of=asked, assumptions=formulated.assumptions, parameters={"loss": loss, "deal": terms},
    )  # fmt: skip
    return run, deals, proposal
