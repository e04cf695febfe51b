"""Moves read off position histories, what answered them, and who gave what to whom."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from winset.domain.estimates import Judgement, Table
from winset.domain.issues import Issue
from winset.domain.positions import Move, MoveStatus, Position
from winset.domain.terms import Term
from winset.evidence.steps import NO_LINE, NOBODY, OWN, Floats, Ints, Pairs, Stands, Steps, answers, steps

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
    written. The same rule as `Case.judgement`, for many questions at once."""

    def __init__(self, judgements: Iterable[Judgement]) -> None:
        found: tuple[list[tuple[str, str, int, float]], ...] = ([], [])
        for one in judgements:
            if one.quantity == "salience" and one.issue is not None and not isinstance(one.value, Table):
                day = one.as_of.toordinal() if one.as_of else 0
                found[one.suggested].append((one.party, one.issue, day, one.value.best))
        self._found = found

    def at(self, parties: Sequence[str], issues: Sequence[str], party: Ints, issue: Ints, day: Ints) -> Floats:
        """NaN where nobody judged it by that day; party and issue by their numbers in `parties` and `issues`."""
        matters = np.full(len(day), np.nan)
        numbers = {name: n for n, name in enumerate(parties)}, {name: n for n, name in enumerate(issues)}
        for each in self._found:
            known = [
                (numbers[0][whose], numbers[1][what], when, value) for whose, what, when, value in each
                if whose in numbers[0] and what in numbers[1]
            ]  # fmt: skip
            if not known:
                continue
            whose, what, when, value = (np.array(column) for column in zip(*known, strict=True))
            days = int(max(when.max(), day.max(initial=0))) + 1
            key = (whose * len(issues) + what) * days + when
            order = np.argsort(key, kind="stable")
            asked = (party * len(issues) + issue) * days
            last = np.searchsorted(key[order], asked + day, side="right") - 1
            there = np.isnan(matters) & (last >= 0) & (key[order][last] >= asked)
            matters[there] = value[order][last[there]]
        return matters


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


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Taken:
    """The steps of some positions with what answered each, and the size of each in its party's own salience, NaN where nobody
    judged that."""

    stands: Stands
    steps: Steps
    answers: Pairs
    weight: Floats

    def gives(self, kept: Ints, spent: NDArray[np.bool_]) -> "Gives":
        """Those toward somebody among the steps of these numbers; `spent` says which of all were given without a condition."""
        steps = self.steps
        toward = kept[steps.toward[kept] != NOBODY]
        return Gives(
            parties=self.stands.parties, party=steps.party[toward], toward=steps.toward[toward], day=steps.day[toward],
            share=steps.share[toward], weight=self.weight[toward], spent=spent[toward], taken_back=steps.undone[toward],
            answered=(self.answers.end > self.answers.begin)[toward],
        )  # fmt: skip


def taken(
    stands: Stands, issues: Sequence[Issue], saliences: Saliences, *, window: timedelta = WINDOW, until: date | None = None
) -> Taken:  # fmt: skip
    """Every change between successive own positions of a party on an issue: see `moves`."""
    found = steps(stands, scales_of(issues, stands.seen), None if until is None else until.toordinal())
    matters = saliences.at(stands.parties, stands.issues, found.party, found.issue, found.day)
    return Taken(
        stands=stands, steps=found, answers=answers(found.party, found.toward, found.day, window.days),
        weight=matters * found.size / found.width,
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
    columns = stands(positions)
    found = taken(columns, issues, Saliences(judgements), window=window, until=until)
    made = []
    rows = zip(
        *(column.tolist() for column in (
            found.steps.at, found.steps.start, found.steps.end, found.steps.toward, found.steps.size, found.steps.share,
            found.weight, found.steps.undone,
        )), strict=True,
    )  # fmt: skip
    for n, (at, start, end, toward, size, share, weight, undone) in enumerate(rows):
        position = positions[at]
        made.append(
            Move(
                id=name(n), party=position.party, issue=position.issue, start=start, end=end, date=position.valid_from,
                toward=None if toward == NOBODY else columns.parties[toward], status=status(position.condition, toward),
                answered_by=tuple([name(k) for k in found.answers.of(n)]),
                grounds=position.grounds, score=position.score, why=position.why, size=size, share=share,
                weight=None if math.isnan(weight) else weight,
                reversed_by=tuple([name(k) for k in found.steps.undone_by.of(n)]), taken_back=undone,
            )
        )  # fmt: skip
    return tuple(made)


def name(number: int) -> str:
    """The id of the step of this number, from 0 on."""
    return f"m{number + 1}"


def status(condition: str | None, toward: int) -> MoveStatus:
    """Of a step, before its words are looked at."""
    return "conditional" if condition else "offered" if toward == NOBODY else "spent"


def answered(found: Sequence[Move], *, window: timedelta = WINDOW) -> tuple[Move, ...]:
    """The same moves, each with those of the other side that answer it within `window`, in the order given."""
    dated = [(at, move.date.toordinal()) for at, move in enumerate(found) if move.date is not None]
    numbers: dict[str, int] = {}
    mover = [numbers.setdefault(found[at].party, len(numbers)) for at, _ in dated]
    toward = [
        NOBODY if (other := found[at].toward) is None else numbers.setdefault(other, len(numbers)) for at, _ in dated
    ]
    columns = [np.array(each, dtype=np.int64) for each in (mover, toward, [day for _, day in dated])]
    back = answers(columns[0], columns[1], columns[2], window.days)
    done = list(found)
    for n, (at, _) in enumerate(dated):
        done[at] = replace(done[at], answered_by=tuple(found[dated[k][0]].id for k in sorted(back.of(n))))
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


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Gives:
    """Moves toward somebody as columns of one length: what balance and pace need to know of them.

    party, toward  numbers in `parties`
    day            ordinal, 0 for an unknown one
    share, weight  as in `Move`, NaN where not known
    """

    parties: tuple[str, ...]
    party: Ints
    toward: Ints
    day: Ints
    share: Floats
    weight: Floats
    answered: NDArray[np.bool_]
    spent: NDArray[np.bool_]
    taken_back: Floats


def gives(found: Iterable[Move]) -> Gives:
    """Those of the moves that are toward somebody."""
    numbers: dict[str, int] = {}
    rows = [
        (
            numbers.setdefault(move.party, len(numbers)), numbers.setdefault(move.toward, len(numbers)),
            move.date.toordinal() if move.date else 0, np.nan if move.share is None else move.share,
            np.nan if move.weight is None else move.weight, bool(move.answered_by), move.status == "spent", move.taken_back,
        )
        for move in found if move.toward is not None
    ]  # fmt: skip
    party, toward, day, share, weight, answered, spent, back = zip(*rows, strict=True) if rows else [()] * 8
    return Gives(
        parties=tuple(numbers), party=np.array(party, dtype=np.int64), toward=np.array(toward, dtype=np.int64),
        day=np.array(day, dtype=np.int64), share=np.array(share, dtype=np.float64),
        weight=np.array(weight, dtype=np.float64), answered=np.array(answered, dtype=bool),
        spent=np.array(spent, dtype=bool), taken_back=np.array(back, dtype=np.float64),
    )  # fmt: skip


def balance(found: Gives) -> tuple[Balance, ...]:
    """Per pair of parties that moved toward each other or one toward the other, in order of appearance."""
    number = len(found.parties)
    share, weight = np.nan_to_num(found.share), np.nan_to_num(found.weight)
    way = found.party * number + found.toward
    ways, first, which = np.unique(way, return_index=True, return_inverse=True)
    sums = [
        np.bincount(which, each, len(ways)).tolist()  # in order, as one would add them up by hand
        for each in (share, weight, share * found.taken_back, ~found.answered, found.spent)
    ]
    by_way = dict(zip(ways.tolist(), zip(*sums, strict=True), strict=True))
    pairs: dict[tuple[int, int], None] = {}
    for a, b in (divmod(one, number) for one in ways[np.argsort(first)].tolist()):
        if (b, a) not in pairs:
            pairs[a, b] = None
    made = []
    for a, b in pairs:
        there, back = (by_way.get(one, (0.0,) * 5) for one in (a * number + b, b * number + a))
        made.append(
            Balance(
                a=found.parties[a], b=found.parties[b], a_gave=there[0], b_gave=back[0], a_weight=there[1], b_weight=back[1],
                a_took_back=there[2], b_took_back=back[2], unanswered_a=int(there[3]), unanswered_b=int(back[3]),
                a_spent=int(there[4]), b_spent=int(back[4]),
            )
        )  # fmt: skip
    return tuple(made)


def paces(found: Gives) -> tuple[Pace, ...]:
    """How fast each party that gave anything gives, in order of appearance."""
    there = np.flatnonzero((found.day > 0) & ~np.isnan(found.share))
    mover = found.party[there]
    parties, first = np.unique(mover, return_index=True)
    return tuple(
        _pace(found.parties[one], found.day[mine], found.share[mine])
        for one in parties[np.argsort(first)].tolist() for mine in [there[mover == one]]
    )  # fmt: skip


def _pace(party: str, day: Ints, share: Floats) -> Pace:
    order = np.lexsort((share, day))
    day, share = day[order], share[order]
    gave, days, trend = math.fsum(share.tolist()), int(day[-1] - day[0]), None
    if len(share) > 2 and gave > 0:
        step = np.arange(len(share)) - (len(share) - 1) / 2
        slope = math.fsum((step * share).tolist()) / math.fsum((step**2).tolist())
        trend = slope / (gave / len(share))
    return Pace(
        party=party, gives=len(share), gave=gave, per_month=gave / days * MONTH if days >= MONTH else None, trend=trend
    )
