"""The ledger's moves the slow way, one after the other from what its page says: what the columns are compared with."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from winset.domain.estimates import Judgement, Table
from winset.domain.issues import Issue
from winset.domain.positions import Move, Position
from winset.evidence.ledger import Balance, Pace, scales

LEAST = 1e-9


def moves(
    positions: Sequence[Position], issues: Sequence[Issue], *, window: timedelta, judgements: Iterable[Judgement] = (),
    until: date | None = None,
) -> list[Move]:  # fmt: skip
    ends, judged = scales(positions, issues), list(judgements)
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
        size, salience = abs(one.value.best - start), _salience(judged, one.party, one.issue, day)
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
    return [_undone(one, found[n + 1 :]) for n, one in enumerate(found)]


def _salience(judgements: Iterable[Judgement], party: str, issue: str, day: date) -> float | None:
    """A person's judgement before a reader's, then the latest, the last written."""
    there = [
        (not one.suggested, one.as_of or date.min, n, one.value.best) for n, one in enumerate(judgements)
        if (one.quantity, one.party, one.issue) == ("salience", party, issue) and not isinstance(one.value, Table)
        and (one.as_of is None or one.as_of <= day)
    ]  # fmt: skip
    return max(there)[-1] if there else None


def _undone(one: Move, later: Iterable[Move]) -> Move:
    """The step with the later ones that went back over its ground further than any before them, up to the whole of it."""
    assert one.start is not None
    assert one.end is not None
    left, by = one.end, []
    for other in later:
        if (other.party, other.issue) != (one.party, one.issue) or left == one.start or other.end is None:
            continue
        if (other.end > left) if one.end < one.start else (other.end < left):
            left = min(other.end, one.start) if one.end < one.start else max(other.end, one.start)
            by.append(other.id)
    return replace(one, reversed_by=tuple(by), taken_back=abs(one.end - left) / abs(one.end - one.start))


def balance(found: Sequence[Move]) -> list[Balance]:
    """Per pair, in order of appearance."""
    pairs: dict[frozenset[str], tuple[str, str]] = {}
    for one in found:
        if one.toward is not None:
            pairs.setdefault(frozenset((one.party, one.toward)), (one.party, one.toward))
    made = []
    for a, b in pairs.values():
        there, back = ([one for one in found if (one.party, one.toward) == way] for way in ((a, b), (b, a)))
        sums = [
            (
                sum(one.share or 0.0 for one in each), sum(not one.answered_by for one in each),
                sum(one.weight or 0.0 for one in each), sum(one.status == "spent" for one in each),
                sum((one.share or 0.0) * one.taken_back for one in each),
            )
            for each in (there, back)
        ]  # fmt: skip
        (a_gave, bare_a, a_weight, a_spent, a_took), (b_gave, bare_b, b_weight, b_spent, b_took) = sums
        made.append(
            Balance(
                a=a, b=b, a_gave=a_gave, b_gave=b_gave, unanswered_a=bare_a, unanswered_b=bare_b, a_weight=a_weight,
                b_weight=b_weight, a_spent=a_spent, b_spent=b_spent, a_took_back=a_took, b_took_back=b_took,
            )
        )  # fmt: skip
    return made


def paces(found: Sequence[Move]) -> list[Pace]:
    """Per party, in order of appearance: shares per 30 days, and how each give differs from the mean of all."""
    gave: dict[str, list[tuple[date, float]]] = {}
    for one in found:
        if one.toward is not None and one.date is not None and one.share is not None:
            gave.setdefault(one.party, []).append((one.date, one.share))
    made = []
    for party, each in gave.items():
        each.sort()
        total, days, n = sum(share for _, share in each), (each[-1][0] - each[0][0]).days, len(each)
        trend = None
        if n > 2:
            slope = sum((k - (n - 1) / 2) * (share - total / n) for k, (_, share) in enumerate(each))
            trend = slope / sum((k - (n - 1) / 2) ** 2 for k in range(n)) / (total / n)
        made.append(
            Pace(party=party, gives=n, gave=total, per_month=total / days * 30.0 if days >= 30 else None, trend=trend)
        )
    return made


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
