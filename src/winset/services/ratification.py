"""Ask who must consent, of a case."""

from datetime import date
from pathlib import Path

import numpy as np

from winset.domain.runs import Run, digest
from winset.formulation.ratification import formulate
from winset.models.ratification.hands import home
from winset.models.ratification.problem import ratification
from winset.models.ratification.signing import signings
from winset.report.ratification import VERSION, as_json, home_json, signing_json
from winset.services.pointers import hinting
from winset.services.sources import reviewed_case
from winset.store.textform import case_to_json


def solve(source: Path, *, at: date | None = None, draws: int = 2000, seed: int = 1) -> Run:
    """Win-sets, their overlap, the Nash deal over it and the probability that it passes."""
    case = reviewed_case(source)
    with hinting(source, case, "consent"):
        asked = formulate(case, at)
    rng = np.random.default_rng(seed)
    value = as_json(ratification(asked.inputs, draws=draws, rng=rng), asked.inputs)
    value["signing"] = signing_json(signings(asked.inputs, draws=draws, rng=rng), asked.inputs)
    value |= home_json(home(asked.inputs, draws=draws, rng=rng), asked.inputs)
    value["seed"], value["draws"] = seed, draws
    value["assumptions"] = [one.as_json() for one in asked.assumptions]
    value["gaps"] = list(asked.gaps)
    return Run(
        method="ratification", version=VERSION, inputs_digest=digest(case_to_json(case)), result=value,
        as_of=at or case.as_of, assumptions=asked.assumptions, parameters={"draws": draws}, seed=seed,
    )  # fmt: skip
