"""Simulate talks over the outcomes of a case, of another tool's scenario, or of a table of utilities."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from winset.domain.runs import Assumption, Run, digest
from winset.errors import StoreError, UsageError
from winset.formulation.talks import formulate, of_problem
from winset.models.talks.sessions import solve
from winset.models.talks.space import Space
from winset.report.talks import VERSION, as_json, trace_lines
from winset.services.scenarios import is_scenario, load_scenario
from winset.services.sources import read_bytes, reviewed_case
from winset.store.textform import parse

NAMED = {"boulware": 0.2, "linear": 1.0, "conceder": 5.0}
Range = tuple[float, float]


def tactic(text: str) -> Range:
    """(low, high) of Faratin's beta: `boulware:0.2`, `conceder`, or `boulware:0.1..0.5` drawn anew for each run."""
    name, _, value = text.strip().partition(":")
    if name not in NAMED:
        raise UsageError(
            f"unknown tactic {name!r}; there are {', '.join(NAMED)}, each with a beta such as boulware:0.2"
        )
    try:
        low, _, high = (value or str(NAMED[name])).partition("..")
        beta = float(low), float(high or low)
    except ValueError:
        raise UsageError(f"{text!r}: beta is a number above 0 such as boulware:0.2, or two such as 0.1..0.5") from None
    if not 0 < beta[0] <= beta[1] < float("inf"):
        raise UsageError(f"{text!r}: beta is above 0, the lower end first")
    return beta


def talks(
    sources: tuple[Path, ...], tactics: str, *, rounds: int = 100, runs: int = 1000, seed: int = 1, k: float = 0.0,
    noise: float = 0.0, between: tuple[str, ...] | None = None, at: date | None = None, trace: Path | None = None,
) -> Run:  # fmt: skip
    """Distribution of agreements over `runs`; `noise` is the standard deviation added to every utility, anew each run.

    A source is a case, what `solve bargaining` reads of other tools, or a table
    {"utilities": [[u1, u2], ...], "reservation": [r1, r2], "parties": [a, b], "outcomes": [names]}.
    """
    space, notes, gaps = load(sources, between, at)
    betas = tuple(tactic(one) for one in tactics.split(","))
    if len(betas) != 2 or len(space.parties) != 2:
        raise UsageError(
            f"offers in turn are between two sides, each with a tactic; got {len(space.parties)} sides and "
            f"{len(betas)} tactics (--between names two parties)"
        )
    found = solve(space, seed=seed, tactics=betas, rounds=rounds, runs=runs, k=k, noise=noise)
    if trace is not None:
        try:
            trace.write_text("".join(json.dumps(line) + "\n" for line in trace_lines(found)), encoding="utf-8")
        except OSError as error:
            raise StoreError(f"{trace} cannot be written: {error.strerror or error}") from None
    result = {**as_json(found, space), "seed": seed}
    if notes or gaps:
        result |= {"assumptions": [one.as_json() for one in notes], "gaps": list(gaps)}
    parameters = {"tactics": tactics, "rounds": rounds, "runs": runs, "k": k, "noise": noise}
    inputs = [space.parties, space.utilities.tolist(), space.reservation.tolist(), parameters]
    return Run(
        method="talks", version=VERSION, inputs_digest=digest(inputs), result=result, assumptions=notes,
        parameters=parameters, seed=seed, as_of=at,
    )  # fmt: skip


def load(
    sources: tuple[Path, ...], between: tuple[str, ...] | None = None, at: date | None = None
) -> tuple[Space, tuple[Assumption, ...], tuple[str, ...]]:
    """(space, assumptions, gaps) of whatever the sources hold. Raises UsageError naming what is missing."""
    if len(sources) == 1 and sources[0].suffix.lower() == ".json" and sources[0].is_file():
        value = parse(read_bytes(sources[0]))
        if isinstance(value, dict) and isinstance(value.get("utilities"), list) and "judgements" not in value:
            return _table(value, sources[0]), (), ()
    if is_scenario(sources):
        joined = load_scenario(sources)
        return of_problem(joined.problem), tuple(Assumption(text=one) for one in joined.remarks), ()
    asked = formulate(reviewed_case(sources[0]), at, between=between)
    return asked.inputs, asked.assumptions, asked.gaps


def _table(value: dict[str, Any], source: Path) -> Space:
    try:
        u = np.asarray(value["utilities"], dtype=float)
        columns = u.shape[1] if u.ndim == 2 else 2
        reservation = np.asarray(value.get("reservation", [0.0] * columns), dtype=float)
    except (TypeError, ValueError) as error:
        raise UsageError(f"{source}: utilities are numbers, as many in each row: {error}") from None
    names = value.get("parties", [str(i + 1) for i in range(columns)])
    named = value.get("outcomes", list(range(len(u))))
    if u.ndim != 2 or len(u) == 0 or columns < 2 or reservation.shape != (columns,) or len(names) != columns:
        raise UsageError(f"{source}: utilities need a column a party; reservation and parties an entry for each")
    if not isinstance(named, list) or len(named) != len(u):
        raise UsageError(f"{source}: outcomes need a name for each of {len(u)} rows")
    return Space(
        parties=tuple(str(n) for n in names), utilities=u, reservation=reservation, label=lambda row: named[row]
    )
