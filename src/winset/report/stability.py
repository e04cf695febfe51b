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


def lasting(result: Stability) -> dict[str, int]:
    """Concept -> the bits of the states that are stable under it for everybody."""
    return {
        k: reduce(int.__and__, (s[k] for s in result.stable)) for k in CONCEPTS if k in result.stable[0]
    }  # fmt: skip


def improvements(result: Stability) -> list[tuple[int, int, int]]:
    """(from, to, party): every move that its mover prefers to staying."""
    c = result.conflict
    return [
        (state, t, i)
        for i in range(len(c.parties))
        for state in range(len(c.labels))
        for t in members(c.reach[i][state])
        if c.rank[i][t] < c.rank[i][state]
    ]


def why(result: Stability, state: int, party: int) -> list[str]:
    """Why a party would stay at a state or leave it, move by move, in sentences."""
    c = result.conflict
    rank = c.rank[party]
    targets = [t for t in members(c.reach[party][state]) if rank[t] < rank[state]]
    if not targets:
        return ["It has no move to a state that it prefers: it stays under every concept."]
    said = []
    for target in targets:
        worse = sorted(
            {
                str(c.labels[r])
                for j in range(len(c.parties)) if j != party
                for r in members(c.reach[j][target])
                if rank[r] >= rank[state] and c.rank[j][r] < c.rank[j][target]
            }
        )  # fmt: skip
        if worse:
            said.append(
                f"It would rather be at {c.labels[target]}, but from there others would gladly move on to "
                f"{', '.join(worse[:6])}, no better for it than staying."
            )
        else:
            said.append(f"It would rather be at {c.labels[target]}, and no single move that others prefer spoils that.")
    return said
