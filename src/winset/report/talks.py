"""What simulated talks look like: the contract's JSON, lines of a trace, and text."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from winset.models.talks.sessions import Sessions

VERSION = "1"
LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)


def as_json(found: Sessions, parties: tuple[str, str]) -> dict[str, Any]:
    """As the contract of `solve talks` says; rounds over the runs that agreed, utilities over all."""
    rounds = found.round[found.agreed]
    return {
        "method": "talks", "version": VERSION, "runs": len(found.agreed), "agreed": float(found.agreed.mean()),
        "rounds": {
            "mean": float(rounds.mean()) if rounds.size else None,
            "quantiles": _quantiles(rounds) if rounds.size else None,
        },
        "utilities": [
            {"party": name, "mean": float(found.utilities[:, i].mean()), "quantiles": _quantiles(found.utilities[:, i])}
            for i, name in enumerate(parties)
        ],
    }  # fmt: skip


def trace_lines(found: Sessions) -> Iterator[dict[str, Any]]:
    """One record a run."""
    for i in range(len(found.agreed)):
        yes = bool(found.agreed[i])
        yield {
            "run": i + 1, "agreed": yes, "round": int(found.round[i]) if yes else None,
            "outcome": int(found.outcome[i]) if yes else None, "utilities": found.utilities[i].tolist(),
            "proposer": int(found.proposer[i]) + 1 if yes else None,
        }  # fmt: skip


def as_text(value: dict[str, Any]) -> str:
    """The same in lines for the terminal."""
    lines = [f"Agreement in {value['agreed']:.1%} of {value['runs']} runs."]
    if value["rounds"]["mean"] is not None:
        lines.append(f"On average in round {value['rounds']['mean']:.1f}.")
    lines += [f"  {one['party']:<24} {one['mean']:.4f}" for one in value["utilities"]]
    return "\n".join(lines)


def _quantiles(values: NDArray[Any]) -> dict[str, float]:
    return {f"{level:g}": float(x) for level, x in zip(LEVELS, np.quantile(values, LEVELS), strict=True)}
