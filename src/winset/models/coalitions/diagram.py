"""Who joins, player by player, as a diagram of what is still open: many players under any rule, without listing.

Players are gone through from the heaviest down. After some of them, two coalitions are the same state where no joining of the
rest can tell them apart: their sums lie between the same thresholds of every quota, and who of them must still turn out to be
needed is the same. A way through ends where the coalition wins, or where it cannot win any more. Under several quotas the
states of a level are few as long as sums are few or players are; `grow` stops beyond a number of states and says so.

A diagram of minimal coalitions keeps of each state which members the final coalition must still be shown to need. The one who
lifts it over is needed. A member at least as heavy everywhere as all who are left will be needed if the next to join is, and one
without whom nobody left could make up is needed anyway; only the others are remembered. Sources: Bolus 2011, EJOR 210(2), on
diagrams of simple games; Behle 2007 on thresholds between sums.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from winset.models.coalitions.rules import VotingRule

Whole = NDArray[np.int64]
LOST, WON = -1, -2
STATES = 12_000_000  # at most so many states in all levels together
REACHED = 1 << 20
FEW = 1 << 12
LARGEST = 2**60  # sums stay below it

Heft = tuple[int, ...]  # a player's weight in every list of weights


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Level:
    """One player's decision: where each state leads without the player and with it; LOST and WON are ends.

    `size` is how many have joined so far, None where that is not told apart.
    """

    skip: NDArray[np.int32]
    take: NDArray[np.int32]
    size: NDArray[np.int16] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagram:
    """Levels in the order in which players are decided; `minimal` says which coalitions its ways are.

    Of minimal coalitions every way to WON is one coalition; else one that wins whoever of the rest joins.
    """

    order: tuple[int, ...]
    levels: tuple[Level, ...]
    minimal: bool


class _Rule:
    """A rule as lists of weights (several quotas may stand on one), in the order of deciding."""

    def __init__(self, rule: VotingRule) -> None:
        whole = [[condition.whole() for condition in way] for way in rule.ways]
        lists = list(dict.fromkeys(weights for way in whole for weights, _ in way))
        n = len(rule.players)
        self.ways = [[(lists.index(weights), quota) for weights, quota in way] for way in whole]
        self.quotas = [sorted({q for way in self.ways for d, q in way if d == at}) for at in range(len(lists))]
        heaviest = [
            max((min(w[i] / max(q, 1), 1.0) for way in whole for w, q in way), default=0.0) for i in range(n)
        ]  # fmt: skip
        total = [sum(w[i] / max(sum(w), 1) for w in lists) for i in range(n)]
        self.order = tuple(sorted(range(n), key=lambda i: (-heaviest[i], -total[i], i)))
        self.hefts: list[Heft] = [tuple(w[i] for w in lists) for i in self.order]
        self.fits = all(max(sum(w), *map(abs, self.quotas[at])) < LARGEST for at, w in enumerate(lists))
        after = [(0,) * len(lists)]
        highest = [(0,) * len(lists)]
        for heft in reversed(self.hefts):
            after.append(tuple(a + b for a, b in zip(after[-1], heft, strict=True)))
            highest.append(tuple(max(a, b) for a, b in zip(highest[-1], heft, strict=True)))
        self.after, self.highest = after[::-1], highest[::-1]  # [i]: sums, and largest weights, of players i and later
        self.reached: list[dict[int, Whole]] = [{n: np.zeros(1, dtype=np.int64)} for _ in lists]

    def met(self, sums: Whole, more: Sequence[int]) -> NDArray[np.bool_]:
        """Whether coalitions with these sums (lists, states) win once `more` is added to each list."""
        known: dict[tuple[int, int], NDArray[np.bool_]] = {}
        result = np.zeros(sums.shape[1], dtype=bool)
        for way in self.ways:
            here = np.ones(sums.shape[1], dtype=bool)
            for d, q in way:
                if (d, q) not in known:
                    known[d, q] = sums[d] >= q - more[d]
                here &= known[d, q]
            result |= here
        return result

    def reach(self, d: int, level: int) -> Whole:
        """All sums that some of the players `level` and later have in list d, sorted."""
        known = self.reached[d]
        nearest = next(i for i in range(level, len(self.hefts) + 1) if i in known)
        for i in range(nearest - 1, level - 1, -1):
            known[i] = np.union1d(known[i + 1], known[i + 1] + self.hefts[i][d])
        return known[level]

    def most_reach(self, d: int, level: int) -> int:
        """At most so many of them."""
        return min(1 << min(len(self.hefts) - level, 40), self.after[level][d] + 1)


class _Needed:
    """Sets of hefts of members who must still be shown to be needed, each with a number; 0 is the empty set."""

    def __init__(self) -> None:
        self.sets: list[tuple[Heft, ...]] = [()]
        self.number: dict[tuple[Heft, ...], int] = {(): 0}

    def of(self, hefts: Sequence[Heft], highest: Heft) -> int:
        """The lightest of these that are not at least as heavy everywhere as `highest`, all who are left."""
        left = {h for h in hefts if not _within(highest, h)}
        least = tuple(sorted(h for h in left if not any(o != h and _within(o, h) for o in left)))
        if least not in self.number:
            self.number[least] = len(self.sets)
            self.sets.append(least)
        return self.number[least]


def _within(a: Heft, b: Heft) -> bool:
    return all(x <= y for x, y in zip(a, b, strict=True))


def grow(rule: VotingRule, *, minimal: bool, sized: bool, most: int = STATES) -> Diagram | None:
    """The diagram of the coalitions that win, or of the minimal ones; None where it has more than `most` states.

    `sized` tells states of different size apart, which indices that depend on size need.
    """
    r = _Rule(rule)
    if not r.fits:
        return None
    needed = _Needed()
    sums = np.zeros((len(r.quotas), 1), dtype=np.int64)
    kind = np.zeros(1, dtype=np.int32)
    size = np.zeros(1, dtype=np.int16)
    levels: list[Level] = []
    states = 0
    for i, heft in enumerate(r.hefts):
        states += sums.shape[1]
        if states > most:
            return None
        own = np.array(heft, dtype=np.int64)[:, None]
        won = r.met(sums, heft)
        on = ~won
        ends = np.where(won, WON, LOST).astype(np.int32)
        if minimal:
            ends[won & ~_all_needed(r, needed, sums, kind, heft)] = LOST
        skip_alive = r.met(sums, r.after[i + 1])
        parts = [(sums[:, skip_alive], kind[skip_alive], size[skip_alive]),
                 (sums[:, on] + own, _joined(needed, kind[on], heft, r.highest[i + 1]) if minimal else kind[on],
                  size[on] + np.int16(1))]  # fmt: skip
        take_alive = np.flatnonzero(on)[alive := r.met(parts[1][0], r.after[i + 1])]
        parts[1] = (parts[1][0][:, alive], parts[1][1][alive], parts[1][2][alive])
        levels.append(Level(skip=np.full(len(kind), LOST, dtype=np.int32), take=ends, size=size if sized else None))
        sums, kind, size = (np.concatenate([a, b], axis=-1) for a, b in zip(*parts, strict=True))
        if minimal:
            kind = _reduced(r, needed, sums, kind, i + 1)
        sums = _canonical(r, needed, sums, kind, i + 1)
        first, state = _told_apart([*sums, kind, *([size] if sized else [])])
        levels[-1].skip[skip_alive] = state[: int(skip_alive.sum())]
        levels[-1].take[take_alive] = state[int(skip_alive.sum()) :]
        sums, kind, size = sums[:, first], kind[first], size[first]
    return Diagram(order=r.order, levels=tuple(levels), minimal=minimal)


def _all_needed(r: _Rule, needed: _Needed, sums: Whole, kind: NDArray[np.int32], heft: Heft) -> NDArray[np.bool_]:
    """Whether, once the player with this heft has joined, the coalition would lose without any one remembered member."""
    result = np.ones(len(kind), dtype=bool)
    for number, at in _by_kind(kind):
        for member in needed.sets[number]:
            result[at] &= ~r.met(sums[:, at], [a - b for a, b in zip(heft, member, strict=True)])
    return result


def _joined(needed: _Needed, kind: NDArray[np.int32], heft: Heft, highest: Heft) -> NDArray[np.int32]:
    """The kinds once a player with this heft has joined, and none is left heavier than `highest`."""
    present, back = np.unique(kind, return_inverse=True)
    joined = [needed.of((*needed.sets[k], heft), highest) for k in present.tolist()]
    return np.array(joined, dtype=np.int32)[back]


def _reduced(r: _Rule, needed: _Needed, sums: Whole, kind: NDArray[np.int32], level: int) -> NDArray[np.int32]:
    """Without the members who are needed anyway, whoever of players `level` and later joins."""
    result = kind.copy()
    for number, at in _by_kind(kind):
        members = needed.sets[number]
        if not members:
            continue
        code = np.zeros(len(at), dtype=np.int64)
        for bit, member in enumerate(members):
            code |= (
                r.met(sums[:, at], [a - b for a, b in zip(r.after[level], member, strict=True)]).astype(np.int64) << bit
            )
        present, back = np.unique(code, return_inverse=True)
        result[at] = np.array(
            [
                needed.of([m for bit, m in enumerate(members) if c >> bit & 1], r.highest[level])
                for c in present.tolist()
            ],
            dtype=np.int32,
        )[back]
    return result


def _canonical(r: _Rule, needed: _Needed, sums: Whole, kind: NDArray[np.int32], level: int) -> Whole:
    """Sums moved down to the next threshold, where players `level` and later cannot tell them from it."""
    result = sums.copy()
    for number, at in _by_kind(kind):
        for d, quotas in enumerate(r.quotas):
            offsets = {0, *(member[d] for member in needed.sets[number])}
            ends = np.array(sorted({q + o for q in quotas for o in offsets}), dtype=np.int64)
            if r.most_reach(d, level) * ends.size > 4 * len(at) + FEW:  # would cost more than it saves
                low, high = int(ends[0]) - r.after[level][d] - 1, int(ends[-1])
                result[d, at] = np.clip(sums[d, at], low, high)
                continue
            thresholds = np.unique((ends[:, None] - r.reach(d, level)).ravel())
            below = np.searchsorted(thresholds, sums[d, at], side="right") - 1
            result[d, at] = np.where(below < 0, thresholds[0] - 1, thresholds[np.maximum(below, 0)])
    return result


def _by_kind(kind: NDArray[np.int32]) -> list[tuple[int, NDArray[np.intp]]]:
    """Each kind that occurs, with where it does."""
    if not kind.size:
        return []
    order = np.argsort(kind, kind="stable")
    starts = np.flatnonzero(np.r_[True, np.diff(kind[order]) != 0])
    return [(int(kind[part[0]]), part) for part in np.split(order, starts[1:])]


def _told_apart(columns: Sequence[NDArray[np.integer]]) -> tuple[NDArray[np.intp], NDArray[np.int32]]:
    """The first of each set of equal rows, and for each row which set it is in."""
    key = np.zeros(len(columns[0]), dtype=np.int64)
    top = 1
    for column in columns:
        low, high = (int(column.min()), int(column.max())) if column.size else (0, 0)
        code, width = column.astype(np.int64) - low, high - low + 1
        if top * width >= LARGEST:
            _, key = np.unique(key, return_inverse=True)
            values, code = np.unique(code, return_inverse=True)
            top, width = len(key) + 1, len(values) + 1
        key, top = key * width + code, top * width
    _, first, back = np.unique(key, return_index=True, return_inverse=True)
    return first, back.astype(np.int32)
