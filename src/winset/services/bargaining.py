"""Which deals are possible in a case."""

import hashlib
import json
from datetime import date
from pathlib import Path

from winset.domain.runs import Run
from winset.errors import UsageError
from winset.formulation.bargaining import Loss, formulate
from winset.models.bargaining.solve import solve
from winset.report.bargaining import as_json
from winset.services.sources import load_case


def bargaining(sources: tuple[Path, ...], *, at: date | None = None, loss: Loss = "linear") -> Run:
    """The deals possible in the case at `sources[0]`, as of a date."""
    if len(sources) != 1:
        raise UsageError("give one case")
    case = load_case(sources[0])
    asked = at or case.as_of
    formulated = formulate(case, asked, loss=loss)
    result = as_json(solve(formulated.inputs))
    result["assumptions"] = [note.as_json() for note in formulated.assumptions]
    result["gaps"] = list(formulated.gaps)
    digest = hashlib.sha256(json.dumps(result["parties"] + result["issues"] + result["reservation"]).encode())
    return Run(
        method="bargaining", version="1", inputs_digest=digest.hexdigest(), result=result, as_of=asked,
        assumptions=formulated.assumptions, parameters={"loss": loss},
    )  # fmt: skip
