"""Moves read off position histories, what answered them, and who gave what to whom."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np

from winset.domain.estimates import Judgement, Table
from winset.domain.issues import Issue
from winset.domain.positions import Move, MoveStatus, Position
from winset.domain.terms import Term
from winset.evidence.steps import NO_LINE, NOBODY, OWN, Answers, Stands, Steps, steps

WINDOW = timedelta(days=30)  # in which a move of the other side counts as an answer
MONTH = 30.0  # days
STEADY = 0.1  # of the mean: a pace that changes less from move to move is steady


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


def scales(
    positions: Iterable[Position], issues: Sequence[Issue], terms: Iterable[tuple[str, Term]] = ()
) -> dict[str, tuple[float, float]]:
    """Issue -> the ends between which positions on it are compared (see `Issue.measured_over`).

    Issues of options without an order have none, nor those with a single point. Numbers among `terms` of deals that are compared with
    positions count among those taken.
    """
    seen: dict[str, tuple[float, float]] = {}
    over_seen = {issue.id for issue in issues if issue.bounds is None or issue.range is not None}
    for position in positions:
        if position.issue in over_seen:
            low, high = seen.get(position.issue, position.value.ends)
            seen[position.issue] = min(low, position.value.ends[0]), max(high, position.value.ends[1])
    for issue, term in terms:
        if issue in over_seen and not isinstance(term, str):
            low, high = seen.get(issue, (term, term))
            seen[issue] = min(low, term), max(high, term)
    return scales_of(issues, seen.get)


def scales_of(
    issues: Sequence[Issue], seen: Callable[[str], tuple[float, float] | None]
) -> dict[str, tuple[float, float]]:
    """As `scales`; `seen` tells from where to where positions on an issue were ever taken."""
    found = {
        issue.id: issue.measured_over(seen(issue.id) if issue.codebook or not issue.bounds else None)
        for issue in issues
    }
    return {id: ends for id, ends in found.items() if ends is not None and ends[0] < ends[1]}


def stands(positions: Sequence[Position]) -> Stands:
    """Positions as columns."""
    parties = {party: n for n, party in enumerate(dict.fromkeys(one.party for one in positions))}
    issues = {issue: n for n, issue in enumerate(dict.fromkeys(one.issue for one in positions))}
    by = {name: n for n, name in enumerate(sorted({p.ascribed_by or "" for p in positions if p.voice == "ascribed"}))}
    lines = {"own": OWN, "ascribed": NO_LINE}
    ends = np.array([one.value.ends for one in positions], dtype=np.float64).reshape(-1, 2)
    return Stands(
        parties=tuple(parties), issues=tuple(issues),
        party=np.array([parties[one.party] for one in positions], dtype=np.int64),
        issue=np.array([issues[one.issue] for one in positions], dtype=np.int64),
        day=np.array([one.valid_from.toordinal() if one.valid_from else 0 for one in positions], dtype=np.int64),
        voice=np.array(
            [by[one.ascribed_by or ""] if one.voice == "ascribed" else lines.get(one.voice, NO_LINE) for one in positions],
            dtype=np.int64,
        ),
        value=np.array([one.value.best for one in positions], dtype=np.float64), low=ends[:, 0], high=ends[:, 1],
    )  # fmt: skip


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
    columns, ends = stands(positions), scales(positions, issues)
    found = steps(columns, ends, None if until is None else until.toordinal())
    answers = Answers(found.party, found.toward, found.day, window.days)
    weights = weighed(found, columns, Saliences(judgements))
    made = []
    for n, at in enumerate(found.at):
        position, toward, undone = positions[at], found.toward[n], found.undone.get(n)
        made.append(
            Move(
                id=name(n), party=position.party, issue=position.issue, start=found.start[n], end=found.end[n],
                date=position.valid_from, toward=None if toward == NOBODY else columns.parties[toward],
                status=status(position.condition, toward), answered_by=tuple([name(k) for k in answers.of(n)]),
                grounds=position.grounds, score=position.score, why=position.why,
                size=found.size[n], share=found.share[n], weight=weights[n],
                reversed_by=tuple([name(k) for k in undone.by]) if undone else (), taken_back=undone.share if undone else 0.0,
            )
        )  # fmt: skip
    return tuple(made)


def name(number: int) -> str:
    """The id of the step of this number, from 0 on."""
    return f"m{number + 1}"


def status(condition: str | None, toward: int) -> MoveStatus:
    """Of a step, before its words are looked at."""
    return "conditional" if condition else "offered" if toward == NOBODY else "spent"


def weighed(found: Steps, columns: Stands, saliences: Saliences) -> list[float | None]:
    """The size of each step in its party's own salience: its share of the scale times that; None where nobody judged it."""
    judged = {
        (party, issue) for party, issue in set(zip(found.party, found.issue, strict=True))
        if saliences.at(columns.parties[party], columns.issues[issue], None) is not None
    }  # fmt: skip
    if not judged:
        return [None] * len(found.at)
    weights: list[float | None] = []
    for n, line in enumerate(zip(found.party, found.issue, strict=True)):
        salience = None
        if line in judged:
            party, issue = line
            salience = saliences.at(columns.parties[party], columns.issues[issue], date.fromordinal(found.day[n]))
        weights.append(None if salience is None else salience * found.size[n] / found.width[n])
    return weights


def answered(found: Sequence[Move], *, window: timedelta = WINDOW) -> tuple[Move, ...]:
    """The same moves, each with those of the other side that answer it within `window`, in the order given."""
    dated = [(at, move.date.toordinal()) for at, move in enumerate(found) if move.date is not None]
    numbers: dict[str, int] = {}
    mover = [numbers.setdefault(found[at].party, len(numbers)) for at, _ in dated]
    toward = [
        NOBODY if (other := found[at].toward) is None else numbers.setdefault(other, len(numbers)) for at, _ in dated
    ]
    answers = Answers(mover, toward, [day for _, day in dated], window.days)
    done = list(found)
    for n, (at, _) in enumerate(dated):
        done[at] = replace(done[at], answered_by=tuple(found[dated[k][0]].id for k in sorted(answers.of(n))))
    return tuple(done)


def upto(found: Sequence[Move], until: date | None, *, window: timedelta = WINDOW) -> tuple[Move, ...]:
    """The moves up to a day, and those of an unknown one, as they stood on it: what later ones answered or took back is open."""
    kept = [move for move in found if until is None or move.date is None or move.date <= until]
    by_id = {move.id: move for move in kept}
    return answered([_taken_back_by(move, by_id) for move in kept], window=window)


def _taken_back_by(move: Move, there: Mapping[str, Move]) -> Move:
    """The move as far as those that are there took it back."""
    by = tuple(id for id in move.reversed_by if id in there)
    if by == move.reversed_by or move.start is None or move.end is None:
        return move
    points = [end for id in by if (end := there[id].end) is not None]
    first, last = move.start, move.end
    left = max(first, min([last, *points])) if last > first else min(first, max([last, *points]))
    return replace(move, reversed_by=by, taken_back=abs(last - left) / abs(last - first) if points else 0.0)


class Give(NamedTuple):
    """What balance and pace need to know of a move toward somebody; `day` is an ordinal, 0 for an unknown one."""

    party: str
    toward: str
    day: int
    share: float | None
    weight: float | None
    answered: bool
    spent: bool
    taken_back: float


def gives(found: Iterable[Move]) -> list[Give]:
    """Those of the moves that are toward somebody."""
    return [
        Give(
            move.party, move.toward, move.date.toordinal() if move.date else 0, move.share, move.weight,
            bool(move.answered_by), move.status == "spent", move.taken_back,
        )
        for move in found if move.toward is not None
    ]  # fmt: skip


def balance(found: Iterable[Move]) -> tuple[Balance, ...]:
    """Per pair of parties that moved toward each other or one toward the other, in order of appearance."""
    return balance_of(gives(found))


def balance_of(found: Iterable[Give]) -> tuple[Balance, ...]:
    """As `balance`."""
    ways: dict[tuple[str, str], list[Give]] = {}
    for give in found:
        ways.setdefault((give.party, give.toward), []).append(give)
    pairs: dict[tuple[str, str], None] = {}
    for a, b in ways:
        if (b, a) not in pairs:
            pairs[a, b] = None
    return tuple(
        Balance(
            a=a, b=b,
            a_gave=_gave(there), b_gave=_gave(back), unanswered_a=_unanswered(there), unanswered_b=_unanswered(back),
            a_weight=sum(one.weight or 0.0 for one in there), b_weight=sum(one.weight or 0.0 for one in back),
            a_spent=sum(one.spent for one in there), b_spent=sum(one.spent for one in back),
            a_took_back=_took_back(there), b_took_back=_took_back(back),
        )
        for a, b in pairs for there, back in [(ways[a, b], ways.get((b, a), []))]
    )  # fmt: skip


def _gave(each: Iterable[Give]) -> float:
    return sum(one.share or 0.0 for one in each)


def _unanswered(each: Iterable[Give]) -> int:
    return sum(not one.answered for one in each)


def _took_back(each: Iterable[Give]) -> float:
    return sum((one.share or 0.0) * one.taken_back for one in each)


def paces(found: Iterable[Move]) -> tuple[Pace, ...]:
    """How fast each party that gave anything gives, in order of appearance."""
    return paces_of(gives(found))


def paces_of(found: Iterable[Give]) -> tuple[Pace, ...]:
    """As `paces`."""
    gave: dict[str, list[tuple[int, float]]] = {}
    for give in found:
        if give.day and give.share is not None:
            gave.setdefault(give.party, []).append((give.day, give.share))
    return tuple(_pace(party, sorted(each)) for party, each in gave.items())


def _pace(party: str, each: Sequence[tuple[int, float]]) -> Pace:
    gave = sum(share for _, share in each)
    days = each[-1][0] - each[0][0]
    trend = None
    if len(each) > 2:
        middle, mean = (len(each) - 1) / 2, gave / len(each)
        slope = sum((n - middle) * (share - mean) for n, (_, share) in enumerate(each))
        trend = slope / sum((n - middle) ** 2 for n in range(len(each))) / mean
    return Pace(
        party=party, gives=len(each), gave=gave, per_month=gave / days * MONTH if days >= MONTH else None, trend=trend
    )
