"""Moves read off position histories, what answered them, and who gave what to whom."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np

from winset.domain.estimates import Judgement, Table
from winset.domain.issues import Issue
from winset.domain.positions import Move, Position

WINDOW = timedelta(days=30)  # in which a move of the other side counts as an answer
LEAST = 1e-9  # of a scale: a smaller step is no move
MONTH = 30.0  # days
STEADY = 0.1  # of the mean: a pace that changes less from move to move is steady
Scales = Mapping[str, tuple[float, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """What two parties gave each other: shares of a scale summed over issues, and moves without an answer.

    `weight` sums the same shares times the giver's own salience (0 to 100), over the moves whose salience is judged;
    `spent` counts gives without a condition; `took_back` sums the shares of gives that their giver undid later.
    """

    a: str
    b: str
    a_gave: float
    b_gave: float
    unanswered_a: int
    unanswered_b: int
    a_weight: float
    b_weight: float
    a_spent: int
    b_spent: int
    a_took_back: float
    b_took_back: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How fast a party gives: moves toward others, shares of a scale given per 30 days from its first to its last one
    (None where these lie less than 30 days apart).

    `trend` is how much the size of its gives rises (falls below 0) from one to the next, as a share of their mean; None with
    fewer than three. Ever smaller gives are how a side shows that it nears its limit, or wants to be thought to.
    """

    party: str
    gives: int
    gave: float
    per_month: float | None
    trend: float | None

    @property
    def word(self) -> str | None:
        """The trend in a word."""
        if self.trend is None:
            return None
        return "steady" if abs(self.trend) < STEADY else "growing" if self.trend > 0 else "shrinking"


class Saliences:
    """How much issues matter to parties at any day: a person's judgement before a reader's, then the latest, the last
    written. The same rule as `Case.judgement`, without reading all judgements for each question."""

    def __init__(self, judgements: Iterable[Judgement]) -> None:
        found: dict[tuple[str, str], tuple[list[tuple[date, int, float]], list[tuple[date, int, float]]]] = {}
        for order, one in enumerate(judgements):
            if one.quantity == "salience" and one.issue is not None and not isinstance(one.value, Table):
                lists = found.setdefault((one.party, one.issue), ([], []))
                lists[one.suggested].append((one.as_of or date.min, order, one.value.best))
        for lists in found.values():
            for each in lists:
                each.sort()
        self._found = found

    def at(self, party: str, issue: str, day: date | None) -> float | None:
        """None where nobody judged it by that day."""
        for each in self._found.get((party, issue), ()):
            upto = len(each) if day is None else bisect_right(each, day, key=lambda one: one[0])
            if upto:
                return each[upto - 1][2]
        return None


def scales(positions: Iterable[Position], issues: Sequence[Issue]) -> dict[str, tuple[float, float]]:
    """Issue -> ends of its scale; those of a scale without stated ends run over all positions ever taken on it.

    Issues of options without an order have none, nor those with a single point.
    """
    found = {issue.id: ends for issue in issues if (ends := issue.bounds) is not None and ends[0] < ends[1]}
    open_ended = {issue.id for issue in issues if issue.bounds is None and issue.kind != "discrete"}
    seen: dict[str, tuple[float, float]] = {}
    for position in positions:
        if position.issue in open_ended:
            low, high = seen.get(position.issue, position.value.ends)
            seen[position.issue] = min(low, position.value.ends[0]), max(high, position.value.ends[1])
    return found | {id: ends for id, ends in seen.items() if ends[0] < ends[1]}


def moves(
    positions: Sequence[Position], issues: Sequence[Issue], *, window: timedelta = WINDOW,
    judgements: Iterable[Judgement] = (), until: date | None = None,
) -> tuple[Move, ...]:  # fmt: skip
    """Every change between successive own positions of a party on an issue, by day, then in the order given.

    A move is toward the party whose position on that day it comes nearest to by the most, None where it nears nobody: by its own
    words, else by what others ascribe to it. A move of that party toward the mover, on any issue, within `window` after it
    (the same day included) answers it. An unconditional step toward somebody is spent: it cannot be traded any more.
    `judgements` give the saliences. Undated positions are where somebody stands, but no move leads from or to them.
    With `until` nothing that happened later counts.
    """
    ends = scales(positions, issues)
    order = {party: n for n, party in enumerate(dict.fromkeys(one.party for one in positions))}
    by_issue: dict[str, list[tuple[int, Position]]] = {}
    for at, position in enumerate(positions):
        if position.issue in ends and position.voice in ("own", "ascribed"):
            by_issue.setdefault(position.issue, []).append((at, position))
    steps = [step for issue, each in by_issue.items() for step in _steps(each, ends[issue], order)]
    if until is not None:
        steps = [step for step in steps if step.day <= until.toordinal()]
    steps.sort(key=lambda step: (step.day, step.at))
    ids = [f"m{n}" for n in range(1, len(steps) + 1)]
    answers = _answers([(step.party, step.toward, step.day) for step in steps], window.days)
    undone = _undone([(step.party, step.issue, step.start, step.end) for step in steps])
    saliences = Saliences(judgements)
    found = []
    for n, step in enumerate(steps):
        low, high = ends[step.issue]
        size = abs(step.end - step.start)
        salience = saliences.at(step.party, step.issue, step.position.valid_from)
        back = undone.get(n)
        found.append(
            Move(
                id=ids[n], party=step.party, issue=step.issue, start=step.start, end=step.end,
                date=step.position.valid_from, toward=step.toward,
                status="conditional" if step.position.condition else "spent" if step.toward else "offered",
                answered_by=tuple([ids[k] for k in answers[n]]), grounds=step.position.grounds,
                score=step.position.score, why=step.position.why, size=size, share=size / (high - low),
                weight=None if salience is None else salience * size / (high - low),
                reversed_by=tuple(ids[k] for k in back.by) if back else (), taken_back=back.share if back else 0.0,
            )
        )  # fmt: skip
    return tuple(found)


class _Step(NamedTuple):
    """A change of one party's position: its day, the place of the position it leads to, who it is toward."""

    day: int
    at: int
    party: str
    issue: str
    start: float
    end: float
    toward: str | None
    position: Position


def _steps(each: Sequence[tuple[int, Position]], ends: tuple[float, float], order: Mapping[str, int]) -> list[_Step]:
    """The steps on one issue. Positions of one voice on one party hold until the next one of that line."""
    least = LEAST * (ends[1] - ends[0])
    dated = [(p.valid_from.toordinal() if p.valid_from else 0, at, p, p.value.best) for at, p in each]
    dated.sort(key=lambda one: one[:2])
    last: dict[str, float] = {}
    found: list[tuple[int, int, Position, float, float]] = []
    for day, at, position, value in dated:
        if position.voice != "own" or not day:
            continue
        before = last.get(position.party)
        last[position.party] = value
        if before is not None and abs(value - before) > least:
            found.append((day, at, position, before, value))
    if not found:
        return []
    toward = _toward(found, dated, order)
    return [
        _Step(day, at, p.party, p.issue, start, end, other, p)
        for (day, at, p, start, end), other in zip(found, toward, strict=True)
    ]


def _toward(
    found: Sequence[tuple[int, int, Position, float, float]], dated: Sequence[tuple[int, int, Position, float]],
    order: Mapping[str, int],
) -> list[str | None]:  # fmt: skip
    """For each step the party that it comes nearest to by the most, the first in order among equals."""
    lines = sorted(
        {(order[p.party], p.party, p.voice == "ascribed", p.ascribed_by or "") for _, _, p, _ in dated}
    )  # one column each: a party's own words, then what each other voice ascribes to it
    column = {line[1:]: n for n, line in enumerate(lines)}
    days = sorted({day for day, _, _, _ in dated})
    row = {day: n for n, day in enumerate(days)}
    stands = np.full((len(days), len(lines)), np.nan)
    for day, _, p, value in dated:
        ascribed = p.voice == "ascribed"
        stands[row[day], column[p.party, ascribed, (p.ascribed_by or "") if ascribed else ""]] = value
    known = np.where(np.isnan(stands), 0, np.arange(len(days))[:, None])
    stands = stands[np.maximum.accumulate(known, axis=0), np.arange(len(lines))]
    own = {line[1]: n for n, line in enumerate(lines) if not line[2]}
    for n, (_, party, ascribed, _) in enumerate(lines):
        if ascribed and party in own:
            stands[~np.isnan(stands[:, own[party]]), n] = np.nan
    at_day = stands[[row[day] for day, _, _, _, _ in found]]
    start = np.array([one[3] for one in found])[:, None]
    end = np.array([one[4] for one in found])[:, None]
    nearer = np.abs(at_day - start) - np.abs(at_day - end)
    parties = np.array([line[0] for line in lines])
    nearer[parties[None, :] == np.array([order[one[2].party] for one in found])[:, None]] = np.nan
    nearer[np.isnan(nearer)] = -np.inf
    most = nearer.max(axis=1)
    first = (nearer >= most[:, None] - LEAST).argmax(axis=1)
    return [lines[n][1] if gain > LEAST else None for n, gain in zip(first, most, strict=True)]


class _Undone(NamedTuple):
    """By which later steps, in order, and which share of it."""

    by: list[int]
    share: float


def _undone(steps: Sequence[tuple[str, str, float, float]]) -> dict[int, _Undone]:
    """Which of the steps (party, issue, start, end) later ones of the same party on the same issue took back.

    A later step takes back an earlier one of the other direction as far as it goes over its ground; nothing is taken back twice.
    """
    standing: dict[tuple[str, str, bool], list[tuple[int, float]]] = {}  # (.., upward?) -> (step, up to which point)
    done: dict[int, _Undone] = {}
    for at, (party, issue, start, end) in enumerate(steps):
        up = end > start
        behind = standing.get((party, issue, not up), [])  # those on whose ground this one goes back, the nearest last
        while behind:
            earlier, point = behind[-1]
            first, last = steps[earlier][2:]
            left = max(min(point, end), first) if last > first else min(max(point, end), first)
            if left == point:
                break
            before = done.get(earlier)
            done[earlier] = _Undone([*(before.by if before else ()), at], abs(last - left) / abs(last - first))
            behind[-1] = earlier, left
            if left != first:
                break
            behind.pop()
        standing.setdefault((party, issue, up), []).append((at, end))
    return done


def _answers(gives: Sequence[tuple[str, str | None, int]], window: int) -> list[list[int]]:
    """For each give (party, toward, day) the numbers of those back within `window` days, in order."""
    by_pair: dict[tuple[str | None, str | None], tuple[list[int], list[int]]] = {}
    for at in sorted(range(len(gives)), key=lambda at: gives[at][2]):
        party, toward, day = gives[at]
        if toward is not None:
            pair = by_pair.get((party, toward))
            if pair is None:
                pair = by_pair[party, toward] = [], []
            pair[0].append(day)
            pair[1].append(at)
    found: list[list[int]] = []
    for party, toward, day in gives:
        back = by_pair.get((toward, party)) if toward is not None else None
        found.append(back[1][bisect_left(back[0], day) : bisect_right(back[0], day + window)] if back else [])
    return found


def answered(found: Sequence[Move], *, window: timedelta = WINDOW) -> tuple[Move, ...]:
    """The same moves, each with those of the other side that answer it within `window`, in the order given."""
    dated = [at for at, move in enumerate(found) if move.date is not None]
    gives = [
        (found[at].party, found[at].toward, day.toordinal()) for at in dated if (day := found[at].date) is not None
    ]
    done = list(found)
    for at, answers in zip(dated, _answers(gives, window.days), strict=True):
        done[at] = replace(done[at], answered_by=tuple(found[dated[k]].id for k in sorted(answers)))
    return tuple(done)


def balance(found: Iterable[Move]) -> tuple[Balance, ...]:
    """Per pair of parties that moved toward each other or one toward the other, in order of appearance."""
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
            a_gave=sum(m.share or 0.0 for m in each if m.party == a),
            b_gave=sum(m.share or 0.0 for m in each if m.party == b),
            unanswered_a=sum(not m.answered_by for m in each if m.party == a),
            unanswered_b=sum(not m.answered_by for m in each if m.party == b),
            a_weight=sum(m.weight or 0.0 for m in each if m.party == a),
            b_weight=sum(m.weight or 0.0 for m in each if m.party == b),
            a_spent=sum(m.status == "spent" for m in each if m.party == a),
            b_spent=sum(m.status == "spent" for m in each if m.party == b),
            a_took_back=sum((m.share or 0.0) * m.taken_back for m in each if m.party == a),
            b_took_back=sum((m.share or 0.0) * m.taken_back for m in each if m.party == b),
        )
        for (a, b), each in pairs.items()
    )  # fmt: skip


def paces(found: Iterable[Move]) -> tuple[Pace, ...]:
    """How fast each party that gave anything gives, in order of appearance."""
    gives: dict[str, list[tuple[date, float]]] = {}
    for move in found:
        if move.toward is not None and move.date is not None and move.share is not None:
            gives.setdefault(move.party, []).append((move.date, move.share))
    return tuple(_pace(party, sorted(each)) for party, each in gives.items())


def _pace(party: str, each: Sequence[tuple[date, float]]) -> Pace:
    gave = sum(share for _, share in each)
    days = (each[-1][0] - each[0][0]).days
    trend = None
    if len(each) > 2:
        middle, mean = (len(each) - 1) / 2, gave / len(each)
        slope = sum((n - middle) * (share - mean) for n, (_, share) in enumerate(each))
        trend = slope / sum((n - middle) ** 2 for n in range(len(each))) / mean
    return Pace(
        party=party, gives=len(each), gave=gave, per_month=gave / days * MONTH if days >= MONTH else None, trend=trend
    )
