"""Positions, moves and inducements as plain JSON: what `winset positions`, `ledger`, `diff` and the brief say of them."""

from typing import Any

from winset.domain.estimates import Estimate, Exact
from winset.domain.plain.texts import grounds_to
from winset.domain.positions import Inducement, Move, Position


def position_to(position: Position) -> dict[str, Any]:
    """One row of positions, as `winset positions` prints it too."""
    return {
        "party": position.party, "issue": position.issue, **span_to(position.value),
        "valid_from": position.valid_from.isoformat() if position.valid_from else None,
        "valid_to": position.valid_to.isoformat() if position.valid_to else None,
        "voice": position.voice, "ascribed_by": position.ascribed_by, "condition": position.condition,
        "score": position.score, "by": position.by, "grounds": grounds_to(position.grounds),
    }  # fmt: skip


def span_to(value: Estimate) -> dict[str, Any]:
    """`{"value"}`, or `{"range"}` from the lowest to the highest."""
    low, high = value.ends
    return {"value": low} if isinstance(value, Exact) else {"range": [low, high]}


def move_to(move: Move) -> dict[str, Any]:
    """One move of the ledger."""
    return {
        "id": move.id, "party": move.party, "issue": move.issue, "from": move.start, "to": move.end,
        "date": move.date.isoformat() if move.date else None, "toward": move.toward, "status": move.status,
        "answered_by": list(move.answered_by), "grounds": grounds_to(move.grounds),
        "size": move.size, "share": move.share, "weight": move.weight, "told": move.told,
        "reversed_by": list(move.reversed_by), "taken_back": round(move.taken_back, 9),
        "score": move.score, "why": list(move.why),
    }  # fmt: skip


def inducement_to(one: Inducement) -> dict[str, Any]:
    """One reward or penalty of the ledger."""
    return {
        "id": one.id, "kind": one.kind, "party": one.party, "toward": one.toward,
        "date": one.date.isoformat() if one.date else None, "status": one.status, "condition": one.condition,
        "score": one.score, "why": list(one.why), "grounds": grounds_to(one.grounds),
    }  # fmt: skip
