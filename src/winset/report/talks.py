"""What simulated talks look like: the contract's JSON, lines of a trace, and text."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from winset.models.talks.sessions import Sessions
from winset.models.talks.space import Space, distance_from, efficient
from winset.models.talks.tournament import Tournament

VERSION = "1"
LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)


LISTED = 20


def as_json(found: Sessions, space: Space) -> dict[str, Any]:
    """As the contract of `solve talks` says; rounds over the runs that agreed, utilities over all.

    `outcomes` are what was most often agreed; `distance` is how far agreements lie from the frontier, in utility.
    """
    rounds = found.round[found.agreed]
    rows, times = np.unique(found.outcome[found.agreed], return_counts=True)
    often = np.lexsort((rows, -times))[:LISTED]
    away = _distances(space, rows)
    return {
        "method": "talks", "version": VERSION, "runs": len(found.agreed), "agreed": float(found.agreed.mean()),
        "rounds": {
            "mean": float(rounds.mean()) if rounds.size else None,
            "quantiles": _quantiles(rounds) if rounds.size else None,
        },
        "utilities": [
            {"party": name, "mean": float(found.utilities[:, i].mean()), "quantiles": _quantiles(found.utilities[:, i])}
            for i, name in enumerate(space.parties)
        ],
        "distance": {
            "mean": float(away @ times / times.sum()), "efficient": float(times[away <= 1e-9].sum() / times.sum()),
        } if rows.size else None,
        "outcomes": [
            {"outcome": space.label(int(rows[i])), "share": float(times[i] / len(found.agreed)),
             "utilities": [float(x) for x in space.utilities[rows[i]]]}
            for i in often
        ],
    }  # fmt: skip


def _distances(space: Space, rows: NDArray[np.int64]) -> NDArray[np.float64]:
    if not rows.size:
        return np.zeros(0)
    front = space.utilities[efficient(space.utilities)]
    return distance_from(front, space.utilities[rows])


def trace_lines(found: Sessions) -> Iterator[dict[str, Any]]:
    """One record a run."""
    for i in range(len(found.agreed)):
        yes = bool(found.agreed[i])
        yield {
            "run": i + 1, "agreed": yes, "round": int(found.round[i]) if yes else None,
            "outcome": int(found.outcome[i]) if yes else None, "utilities": found.utilities[i].tolist(),
            "proposer": int(found.proposer[i]) + 1 if yes else None,
        }  # fmt: skip


def tournament_json(found: Tournament, space: Space, runs: int) -> dict[str, Any]:
    """Standings, best first, and every pairing: shares of each side's range from no deal (0) to its best outcome (1)."""
    names = [one.name for one in found.tactics]
    pairs = [
        {
            "first": names[i], "second": names[j], "agreed": float(found.agreed[i, j]),
            "gains": found.gain[i, j].tolist(), "standard_error": found.error[i, j].tolist(),
        }
        for i in range(len(names))
        for j in range(len(names))
    ]  # fmt: skip
    return {
        "method": "talks", "version": VERSION, "runs": runs, "parties": list(space.parties),
        "standings": [{"tactic": names[i], "gain": float(found.score[i])} for i in found.order],
        "pairs": pairs,
    }  # fmt: skip


def as_text(value: dict[str, Any]) -> str:
    """The same in lines for the terminal."""
    if "standings" in value:
        return "\n".join(f"  {one['tactic']:<28} {one['gain']:.4f}" for one in value["standings"])
    lines = [f"Agreement in {value['agreed']:.1%} of {value['runs']} runs."]
    if value["rounds"]["mean"] is not None:
        lines.append(f"On average in round {value['rounds']['mean']:.1f}.")
    lines += [f"  {one['party']:<24} {one['mean']:.4f}" for one in value["utilities"]]
    if value["distance"] is not None:
        lines.append(f"{value['distance']['efficient']:.1%} of the agreements could not be bettered for both.")
    lines += [f"  {one['share']:>6.1%}  {_words(one['outcome'])}" for one in value["outcomes"][:5]]
    return "\n".join(lines)


def _quantiles(values: NDArray[Any]) -> dict[str, float]:
    return {f"{level:g}": float(x) for level, x in zip(LEVELS, np.quantile(values, LEVELS), strict=True)}


def _words(outcome: Any) -> str:
    if isinstance(outcome, dict):
        return ", ".join(f"{name} {value}" for name, value in outcome.items())
    return str(outcome)
