"""A case at a date, or another tool's scenario, as a table that talks can be simulated over."""

from datetime import date
from typing import Any

import numpy as np

from winset.domain.case import Case
from winset.domain.runs import Assumption
from winset.errors import FormulationError
from winset.formulation import bargaining
from winset.formulation.base import Formulated
from winset.models.bargaining.outcomes import outcomes
from winset.models.bargaining.problem import Problem
from winset.models.talks.space import Space


def formulate(
    case: Case, at: date | None = None, *, between: tuple[str, ...] | None = None, **_: Any
) -> Formulated[Space]:
    """The outcomes of the case and what each is worth to those who talk, the first of whom speaks first.

    between  by default those who must sign at the latest table, or all who sit there, as far as they hold positions
    Raises FormulationError with fewer than two, and where an issue has no list of points.
    """
    when = at or case.as_of
    wanted = between or case.signers(when) or tuple(party.id for party in case.parties)
    chosen = tuple(case.party(one) for one in wanted)
    held = {j.party for j in case.judgements if j.quantity in ("position", "utility")}
    speaking = tuple(party for party in chosen if party.id in held)
    if len(speaking) < 2:
        names = ", ".join(party.name for party in speaking) or "nobody"
        raise FormulationError(f"talks need two parties with positions; there is {names}; name others with --between")
    asked = bargaining.formulate(case.with_(parties=speaking), when)
    notes = [Assumption(text=f"{speaking[0].name} speaks first: the first in the order given."), *asked.assumptions]
    return Formulated(inputs=of_problem(asked.inputs), assumptions=tuple(notes), gaps=asked.gaps)


def of_problem(problem: Problem) -> Space:
    """Every allowed outcome of a problem with listed issues. Raises ModelError where an issue is continuous."""
    listed = outcomes(problem)
    rows = np.arange(problem.size) if listed.allowed is None else np.flatnonzero(listed.allowed)
    return Space(
        parties=problem.parties,
        utilities=(listed.utilities[:, rows] * listed.unit).T,
        reservation=np.asarray(problem.reservation, dtype=float),
        label=lambda row: problem.outcome(problem.choice(int(rows[row]))),
        features=np.stack(np.unravel_index(rows, problem.shape), axis=1).astype(np.int64),
    )
