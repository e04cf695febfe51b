"""Stability in words and the published JSON."""

from functools import reduce
from typing import Any

from winset.models.stability.stability import Stability, members

CONCEPTS = ("nash", "gmr", "smr", "seq", "sim")


def as_json(result: Stability) -> dict[str, Any]:
    """The value that `winset solve stability --json` prints."""
    c = result.conflict

    def named(bits: int) -> list[str | int]:
        return [c.labels[i] for i in members(bits)]

    shared = {
        k: named(reduce(int.__and__, (s[k] for s in result.stable))) if k in result.stable[0] else None
        for k in CONCEPTS
    }
    return {
        "states": len(c.labels), "options": list(c.options), "decision_makers": list(c.parties),
        "variant": result.variant, "equilibria": shared,
        "stability": {p: {k: named(b) for k, b in s.items()} for p, s in zip(c.parties, result.stable, strict=True)},
    }  # fmt: skip


def as_text(result: Stability) -> str:
    """Equilibria a concept, one a line."""
    found = as_json(result)
    lines = [f"{found['states']} states, sanctions by {result.variant.replace('_', ' ')}."]
    lines += [
        f"{k.upper()}: {', '.join(map(str, v)) or 'no state'}" for k, v in found["equilibria"].items() if v is not None
    ]
    return "\n".join(lines)


def explain(result: Stability, state: int) -> str:
    """Why each party would stay at the state of this index, or where it would go."""
    c, lines = result.conflict, []
    for i, party in enumerate(c.parties):
        rank = c.rank[i]
        gains = [str(c.labels[t]) for t in members(c.reach[i][state]) if rank[t] < rank[state]]
        holds = [k.upper() for k in CONCEPTS if result.stable[i].get(k, 0) >> state & 1]
        why = f"would rather move to {', '.join(gains)}" if gains else "has no better state to move to"
        lines.append(f"{party} {why}; {c.labels[state]} is stable for it under {', '.join(holds) or 'no concept'}.")
    return "\n".join(lines)
