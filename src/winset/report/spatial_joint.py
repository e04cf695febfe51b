"""The challenge model over all issues at once, in words and the published JSON."""

from dataclasses import asdict
from typing import Any

import numpy as np

from winset.models.spatial.inputs import Together
from winset.models.spatial.ktab import KtabPath, KtabRound, Offer


def _shown(space: Together, m: int, value: float) -> float:
    low, high = space.scales[m]
    return float(low + value * ((high - low) or 1.0))


def _offer(space: Together, offer: Offer) -> dict[str, Any]:
    return {
        "challenger": space.parties[offer.challenger], "target": space.parties[offer.target],
        "proposer": space.parties[offer.proposer],
        "point": {issue: _shown(space, m, offer.point[m]) for m, issue in enumerate(space.issues)},
        "gain": offer.gain, "chance": offer.chance,
    }  # fmt: skip


def moves(space: Together, state: KtabRound) -> list[dict[str, Any]]:
    """Rows: who took which bargain, with whom, and who pressed whom."""
    return [
        {
            "party": space.parties[i],
            "with": space.parties[offer.target if offer.challenger == i else offer.challenger],
            "pressed_by": space.parties[offer.challenger],
            "offer": at,
        }
        for i, at in enumerate(state.took)
        if at is not None
        for offer in (state.offers[at],)
    ]


def as_json(space: Together, path: KtabPath, seed: int | None) -> dict[str, Any]:
    """The key `joint` of what `winset solve spatial --json` prints."""
    w = space.capability[:, None] * space.salience
    rounds = []
    for state in path.rounds:
        means = [float(np.average(state.position[:, m], weights=w[:, m])) if w[:, m].any() else None
                 for m in range(len(space.issues))]  # fmt: skip
        rounds.append({
            "positions": {issue: [_shown(space, m, float(v)) for v in state.position[:, m]]
                          for m, issue in enumerate(space.issues)},
            "mean": {issue: None if v is None else _shown(space, m, v)
                     for m, (issue, v) in enumerate(zip(space.issues, means, strict=True))},
            "offers": [_offer(space, o) for o in state.offers],
            "moves": moves(space, state),
        })  # fmt: skip
    return {
        "variant": "ktab", "parameters": asdict(path.parameters), "parties": list(space.parties),
        "issues": list(space.issues), "rounds": rounds, "settled": path.settled, "seed": seed,
    }  # fmt: skip


def as_text(space: Together, path: KtabPath) -> str:
    """Where each issue's mean goes, and who moved with whom in the first round."""
    found = as_json(space, path, None)
    rounds = found["rounds"]
    end = "settled" if path.settled else "still moving"
    lines = [f"All issues at once (challenge, ktab): {end} after {len(rounds) - 1} rounds"]
    for issue in space.issues:
        means = [r["mean"][issue] for r in rounds]
        if None not in means:
            lines.append(f"  {issue}: mean by round " + " ".join(f"{m:.4g}" for m in means))
    for row in rounds[1]["moves"] if len(rounds) > 1 else []:
        what = "pressed by" if row["pressed_by"] != row["party"] else "pressing"
        lines.append(f"  round 1: {row['party']} moves, {what} {row['with']}")
    return "\n".join(lines)
