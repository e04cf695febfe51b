"""The ledger's moves the slow way, one after the other from what its page says: what the columns are compared with."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from winset.domain.estimates import Judgement
from winset.domain.issues import Issue
from winset.domain.positions import Move, Position
from winset.evidence.ledger import Saliences, scales

LEAST = 1e-9


def moves(
    positions: Sequence[Position], issues: Sequence[Issue], *, window: timedelta, judgements: Iterable[Judgement] = (),
    until: date | None = None,
) -> list[Move]:  # fmt: skip
    ends, saliences = scales(positions, issues), Saliences(judgements)
    dated = sorted(enumerate(positions), key=lambda one: (one[1].valid_from or date.min, one[0]))
    steps: list[tuple[date, int, Position, float, str | None]] = []
    last: dict[tuple[str, str], float] = {}
    for at, one in dated:
        if one.voice != "own" or one.valid_from is None or one.issue not in ends:
            continue
        start = last.get((one.party, one.issue))
        last[one.party, one.issue] = one.value.best
        low, high = ends[one.issue]
        if start is not None and abs(one.value.best - start) > LEAST * (high - low):
            steps.append((one.valid_from, at, one, start, nearest(positions, [p for _, p in dated], one, start)))
    steps = sorted((one for one in steps if until is None or one[0] <= until), key=lambda one: one[:2])
    found = []
    for n, (day, _, one, start, toward) in enumerate(steps):
        low, high = ends[one.issue]
        size, salience = abs(one.value.best - start), saliences.at(one.party, one.issue, day)
        found.append(
            Move(
                id=f"m{n + 1}", party=one.party, issue=one.issue, start=start, end=one.value.best, date=day, toward=toward,
                status="conditional" if one.condition else "spent" if toward else "offered",
                answered_by=tuple(
                    f"m{k + 1}" for k, (then, _, other, _, whom) in enumerate(steps)
                    if toward is not None and other.party == toward and whom == one.party and day <= then <= day + window
                ),
                grounds=one.grounds, score=one.score, why=one.why, size=size, share=size / (high - low),
                weight=None if salience is None else salience * size / (high - low),
            )
        )  # fmt: skip
    return found


def nearest(order: Sequence[Position], dated: Sequence[Position], step: Position, start: float) -> str | None:
    """Toward whom: the party that it comes nearest to by the most, the first in order among equals."""
    best: tuple[float, str | None] = LEAST, None
    for party in dict.fromkeys(one.party for one in order):
        if party == step.party:
            continue
        stands: dict[str, dict[str, float]] = {"own": {}, "ascribed": {}}
        for one in dated:
            there = one.party == party and one.issue == step.issue and one.voice in stands
            if there and (one.valid_from or date.min) <= (step.valid_from or date.min):
                by = (one.ascribed_by or "") if one.voice == "ascribed" else ""
                stands[one.voice][by] = one.value.best
        for x in (stands["own"] or stands["ascribed"]).values():
            gain = abs(x - start) - abs(x - step.value.best)
            if gain > best[0] + (LEAST if best[1] else 0):
                best = gain, party
    return best[1]
