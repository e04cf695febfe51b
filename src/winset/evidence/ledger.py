"""Moves read off position histories, what answered them, and who gave what to whom."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from winset.domain.issues import Issue
from winset.domain.positions import Move, Position
from winset.evidence.timeline import as_of

WINDOW = timedelta(days=30)  # in which a move of the other side counts as an answer
LEAST = 1e-9  # of a scale: a smaller step is no move


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """What two parties gave each other: shares of a scale summed over issues, and moves without an answer."""

    a: str
    b: str
    a_gave: float
    b_gave: float
    unanswered_a: int
    unanswered_b: int


def moves(positions: Sequence[Position], issues: Sequence[Issue], *, window: timedelta = WINDOW) -> tuple[Move, ...]:
    """Every change between successive own positions of a party on an issue, by day, then in the order given.

    A move is toward the party whose position on that day it comes nearest to by the most, None where it nears nobody.
    A move of that party toward the mover, on any issue, within `window` after it (the same day included) answers it.
    """
    own = [p for p in positions if p.voice == "own" and p.valid_from is not None]
    last: dict[tuple[str, str], Position] = {}
    found: list[Move] = []
    spans = {issue.id: issue.bounds for issue in issues}
    for position in sorted(own, key=lambda p: p.valid_from or date.min):
        before = last.get((position.party, position.issue))
        last[position.party, position.issue] = position
        bounds = spans.get(position.issue)
        if before is None or bounds is None:
            continue
        start, end = before.value.best, position.value.best
        if abs(end - start) <= LEAST * (bounds[1] - bounds[0]):
            continue
        found.append(
            Move(
                id=f"m{len(found) + 1}", party=position.party, issue=position.issue, start=start, end=end,
                date=position.valid_from, toward=_toward(position, start, end, positions),
                status="conditional" if position.condition else "offered",
                grounds=position.grounds or before.grounds,
            )
        )  # fmt: skip
    return answered(found, window=window)


def answered(found: Sequence[Move], *, window: timedelta = WINDOW) -> tuple[Move, ...]:
    """The same moves, each with those of the other side that answer it within `window`."""
    return tuple(replace(move, answered_by=_answers(move, found, window)) for move in found)


def _toward(position: Position, start: float, end: float, positions: Sequence[Position]) -> str | None:
    best, gain = None, LEAST
    for other in as_of(positions, position.valid_from):
        if other.issue != position.issue or other.party == position.party or other.voice not in ("own", "ascribed"):
            continue
        nearer = abs(other.value.best - start) - abs(other.value.best - end)
        if nearer > gain + LEAST:
            best, gain = other.party, nearer
    return best


def _answers(move: Move, found: Sequence[Move], window: timedelta) -> tuple[str, ...]:
    if move.date is None or move.toward is None:
        return ()
    return tuple(
        other.id for other in found
        if other.party == move.toward and other.toward == move.party and other.date is not None
        and move.date <= other.date <= move.date + window
    )  # fmt: skip


def balance(found: Sequence[Move], issues: Sequence[Issue]) -> tuple[Balance, ...]:
    """Per pair of parties that moved toward each other or one toward the other, in order of appearance."""
    spans = {issue.id: issue.bounds for issue in issues}
    pairs: dict[tuple[str, str], list[Move]] = {}
    for move in found:
        if move.toward is None:
            continue
        key = (move.party, move.toward)
        if (key[1], key[0]) in pairs:
            key = (key[1], key[0])
        pairs.setdefault(key, []).append(move)
    return tuple(
        Balance(
            a=a, b=b,
            a_gave=sum(_size(m, spans) for m in each if m.party == a),
            b_gave=sum(_size(m, spans) for m in each if m.party == b),
            unanswered_a=sum(not m.answered_by for m in each if m.party == a),
            unanswered_b=sum(not m.answered_by for m in each if m.party == b),
        )
        for (a, b), each in pairs.items()
    )  # fmt: skip


def _size(move: Move, spans: dict[str, tuple[float, float] | None]) -> float:
    bounds = spans.get(move.issue)
    if bounds is None or move.start is None or move.end is None:
        return 0.0
    return abs(move.end - move.start) / (bounds[1] - bounds[0])
