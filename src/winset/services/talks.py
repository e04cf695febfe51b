"""Simulate talks over the outcomes of a question file."""

import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from winset.domain.runs import Run, digest
from winset.errors import UsageError
from winset.models.talks.sessions import Sessions, simulate
from winset.report.talks import VERSION, as_json, trace_lines
from winset.services.sources import read_bytes
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
    source: Path, tactics: str, *, rounds: int = 100, runs: int = 1000, seed: int = 1, k: float = 0.0,
    noise: float = 0.0, trace: Path | None = None,
) -> Run:  # fmt: skip
    """Distribution of agreements over `runs`; `noise` is the standard deviation added to every utility, anew each run.

    The source holds {"utilities": [[u1, u2], ...], "reservation": [r1, r2], "parties": [a, b], "outcomes": [names]}.
    """
    value = parse(read_bytes(source))
    u, reservation, parties = _table(value, source)
    betas = [tactic(one) for one in tactics.split(",")]
    if len(betas) != 2:
        raise UsageError(f"talks have two sides, each with a tactic; got {len(betas)}")
    rng = np.random.default_rng(seed)
    parts: list[Sessions] = []
    chunk = max(1, 2_000_000 // u.size)
    for start in range(0, runs, chunk):
        n = min(chunk, runs - start)
        beta = np.column_stack([rng.uniform(low, high, n) for low, high in betas])
        drawn = np.broadcast_to(u.T, (n, *u.T.shape))
        if noise:
            drawn = drawn + rng.normal(0, noise, drawn.shape)
        parts.append(simulate(drawn, reservation, beta, rounds=rounds, k=k))
    found = Sessions(**{name: np.concatenate([getattr(p, name) for p in parts]) for name in Sessions.__slots__})
    if trace is not None:
        trace.write_text("".join(json.dumps(line) + "\n" for line in trace_lines(found)), encoding="utf-8")
    result = as_json(found, parties)
    parameters = {"tactics": tactics, "rounds": rounds, "runs": runs, "k": k, "noise": noise}
    return Run(
        method="talks", version=VERSION, inputs_digest=digest([value, parameters]), result={**result, "seed": seed},
        parameters=parameters, seed=seed,
    )  # fmt: skip


def _table(value: Any, source: Path) -> tuple[NDArray[np.float64], NDArray[np.float64], tuple[str, str]]:
    if not isinstance(value, dict) or "utilities" not in value:
        raise UsageError(f'{source}: talks need {{"utilities": [[u1, u2], ...], "reservation": [r1, r2]}}')
    try:
        u = np.asarray(value["utilities"], dtype=float)
        reservation = np.asarray(value.get("reservation", [0.0, 0.0]), dtype=float)
    except (TypeError, ValueError) as error:
        raise UsageError(f"{source}: utilities are numbers, two a row: {error}") from None
    names = value.get("parties", ["1", "2"])
    if u.ndim != 2 or u.shape[1] != 2 or len(u) == 0 or reservation.shape != (2,) or len(names) != 2:
        raise UsageError(f"{source}: utilities need two columns, reservation and parties two entries")
    return u, reservation, (str(names[0]), str(names[1]))
