"""Which deals are possible in a case."""

import hashlib
import json
from datetime import date
from pathlib import Path

from winset.domain.case import Case
from winset.domain.runs import Run
from winset.errors import UsageError
from winset.formulation.bargaining import Loss, formulate
from winset.models.bargaining.solve import solve
from winset.report.bargaining import as_json
from winset.services.sources import load_case
from winset.store.textform import case_to_json


def bargaining(sources: tuple[Path, ...], *, at: date | None = None, loss: Loss = "linear") -> Run:
    """The deals possible in the case at `sources[0]`, as of a date."""
    if len(sources) != 1:
        raise UsageError("give one case")
    return of_case(load_case(sources[0]), at, loss=loss)


def of_case(case: Case, at: date | None = None, *, loss: Loss = "linear") -> Run:
    """The deals possible in a case as of a date; its own without one. Raises FormulationError or a ModelError."""
    asked = at or case.as_of
    formulated = formulate(case, asked, loss=loss)
    result = as_json(solve(formulated.inputs))
    result["assumptions"] = [note.as_json() for note in formulated.assumptions]
    result["gaps"] = list(formulated.gaps)
    asked_of = [case_to_json(case)[part] for part in ("parties", "issues", "judgements")]
    text = json.dumps([asked_of, asked.isoformat() if asked else None, loss], sort_keys=True)
    return Run(
        method="bargaining", version="1", inputs_digest=hashlib.sha256(text.encode()).hexdigest(), result=result,
        as_of=asked, assumptions=formulated.assumptions, parameters={"loss": loss},
    )  # fmt: skip
