"""Collective choice in words, rows and the published JSON."""

from collections.abc import Mapping, Sequence
from typing import Any

from winset.domain.runs import Assumption
from winset.models.spatial.challenge import CONFRONTATION, STAYS
from winset.models.spatial.forecasts import Forecasts, Path

LEVELS = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95)
METHOD = "normal around the compromise, its deviation the weighted spread of positions, cut at the ends of the scale"


def as_json(
    results: Mapping[str, Forecasts], assumptions: Sequence[Assumption] = (), gaps: Sequence[str] = ()
) -> dict[str, Any]:
    """The value that `winset solve spatial --json` prints."""
    return {
        "issues": [
            {
                "issue": issue,
                "parties": list(found.inputs.parties),
                "forecasts": {**found.points, "challenge": [_path(p, found.inputs.parties) for p in found.challenge]},
                "distribution": {
                    "method": METHOD,
                    "quantiles": {f"{q:g}": float(found.distribution.quantile(q)) for q in LEVELS},
                },
                "ties": {name: list(values) for name, values in found.ties.items()},
            }
            for issue, found in results.items()
        ],
        "assumptions": [a.as_json() for a in assumptions],
        "gaps": list(gaps),
    }


def _path(path: Path, parties: tuple[str, ...]) -> dict[str, Any]:
    return {
        "variant": path.variant,
        "rounds": [
            {
                "positions": [float(v) for v in state.position],
                "median": median,
                "mean": mean,
                "moves": [
                    {"party": parties[i], "pressed_by": parties[int(state.pressed_by[i])],
                     "kind": "confrontation" if state.kind[i] == CONFRONTATION else "compromise"}
                    for i in range(len(parties)) if state.kind[i] != STAYS
                ],
            }
            for state, median, mean in zip(path.rounds, path.median, path.mean, strict=True)
        ],
    }  # fmt: skip


def dots(found: Forecasts) -> list[dict[str, Any]]:
    """Chart data: one row a party, its position and its capability x salience for the size of the dot."""
    x = found.inputs
    return [
        {"party": p, "position": float(a), "power": float(w)}
        for p, a, w in zip(x.parties, x.position, x.weight, strict=True)
    ]


def movement(found: Forecasts) -> list[dict[str, Any]]:
    """Chart data: one row a variant, round and party."""
    return [
        {"variant": path.variant, "round": r, "party": p, "position": float(a)}
        for path in found.challenge
        for r, state in enumerate(path.rounds)
        for p, a in zip(found.inputs.parties, state.position, strict=True)
    ]


def as_text(results: Mapping[str, Forecasts], assumptions: Sequence[Assumption], gaps: Sequence[str] = ()) -> str:
    """One block an issue: every forecast, the interval, the rounds; then what all of it rests on."""
    lines: list[str] = []
    for issue, found in results.items():
        lines.append(f"{issue} ({len(found.inputs.parties)} parties)")
        for name, value in found.points.items():
            shown = "none" if value is None else f"{value:g}"
            tied = f" (ties with {', '.join(f'{t:g}' for t in found.ties[name])})" if name in found.ties else ""
            lines.append(f"  {name.replace('_', ' '):28}{shown}{tied}")
        low, high = found.distribution.quantile([0.1, 0.9])
        lines.append(f"  8 in 10 between              {low:g} and {high:g}")
        for path in found.challenge:
            lines.append(f"  challenge, {path.variant + ',':18}" + "median by round: "
                         + " ".join(f"{m:.4g}" for m in path.median))  # fmt: skip
    lines += [f"Assumed: {a.text}." for a in assumptions] + [f"Left out: {gap}." for gap in gaps]
    return "\n".join(lines)
