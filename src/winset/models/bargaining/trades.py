"""Trades: changes of a few issues at once by which nobody loses, all tried."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from winset.models.bargaining.frontier import frontier
from winset.models.bargaining.problem import Array, Box, Curve, Problem, Utility, Value

LISTED = 10
_LEAST = 1e-9
_POINTS = 21  # of a continuous issue that are tried, beside those where a curve bends
_CELLS = 2_000_000  # changes of one set of issues that are tried; beyond, evenly spread options
_THREES = 20_000_000  # changes of three issues that are tried in all
_SET = 2_000  # changes that cost what one set of issues costs by itself
Choice = tuple[float, ...]
Flags = np.ndarray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Trade:
    """One, two or three issues changed so that nobody loses and somebody gains.

    changes  (issue, value before, value after)
    gains    what each party gains by the whole, in its own units
    gives    for each party the issues among those changed on which it loses; `gets`, on which it gains
    """

    changes: tuple[tuple[str, Value, Value], ...]
    gains: tuple[float, ...]
    gives: tuple[tuple[str, ...], ...]
    gets: tuple[tuple[str, ...], ...]
    choice: Choice


def trades(problem: Problem, choice: Choice, scale: Array) -> tuple[Trade, ...]:
    """The best trades from `choice`, at most LISTED, no two over the same issues, none that another one listed before it
    does with fewer changes.

    scale  (parties,) what counts 1 of each party's gain
    Of each set of one or two issues that with the largest smallest relative gain, then the largest sum: no other change of
    these issues is as good for all and better for one. With more than two parties also rounds of three issues, of which
    no part is a trade by itself. Continuous issues are tried at 21 points and where a curve bends.
    """
    around = _Around(problem, choice)
    tried = [around.options(k, scale) for k in range(len(problem.issues))]
    sets: list[tuple[int, ...]] = [(k,) for k in range(len(tried))]
    sets += list(combinations(range(len(tried)), 2))
    ranked: list[tuple[tuple[float, float], tuple[int, ...], Choice]] = []
    known: dict[tuple[int, ...], Flags] = {}
    for issues in sets:
        options = _spread([tried[k] for k in issues])
        found, good = around.best(issues, options, scale, None)
        if all(len(own) == len(tried[k]) for own, k in zip(options, issues, strict=True)):
            known[issues] = good
        if found is not None:
            ranked.append((found[0], issues, found[1]))
    if len(problem.parties) > 2:
        ranked += _rounds_of_three(around, tried, scale, known)
    ranked.sort(key=lambda one: one[0], reverse=True)
    listed: list[tuple[tuple[int, ...], Choice]] = []
    for _, issues, after in ranked:
        fewer = any(set(part) < set(issues) and all(there[k] == after[k] for k in part) for part, there in listed)
        if not fewer and len(listed) < LISTED:
            listed.append((issues, after))
    return tuple(_trade(problem, choice, after, issues) for issues, after in listed)


def _rounds_of_three(
    around: "_Around", tried: Sequence[Array], scale: Array, known: dict[tuple[int, ...], Flags]
) -> list[tuple[tuple[float, float], tuple[int, ...], Choice]]:
    found: list[tuple[tuple[float, float], tuple[int, ...], Choice]] = []
    left = _THREES
    for issues in combinations(range(len(tried)), 3):
        options = [tried[k] for k in issues]
        left -= max(_SET, int(np.prod([len(own) for own in options])))
        parts = [part for n in (1, 2) for part in combinations(issues, n)]
        if left < 0 or any(part not in known for part in parts):
            continue
        alone = np.zeros([len(own) for own in options], dtype=bool)
        for part in parts:
            sides = [len(own) if k in part else 1 for own, k in zip(options, issues, strict=True)]
            alone |= known[part].reshape(sides)
        best, _ = around.best(issues, options, scale, alone)
        if best is not None:
            found.append((best[0], issues, best[1]))
    return found


class _Around:
    """What deals near one deal are worth: some issues changed, the others as they are."""

    def __init__(self, problem: Problem, choice: Choice) -> None:
        self.problem, self.choice = problem, choice
        self.here = np.array(problem.worth(choice))
        self.fixed = [
            [t.at(c) if isinstance(t, Curve) else float(t[int(c)]) for t, c in zip(u.tables, choice, strict=True)]
            for u in problem.utilities
        ]
        self.unmet = {id(box): self._unmet(box) for u in problem.utilities for box in _boxes(u)}

    def _unmet(self, box: Box) -> frozenset[int]:
        """The issues on which the deal is not in the box."""
        out = {k for k, places in box.places.items() if int(self.choice[k]) not in places}
        return frozenset(out | {k for k, (a, b) in box.ranges.items() if not a <= self.choice[k] <= b})

    def options(self, k: int, scale: Array) -> Array:
        """What is tried on one issue, other than what stands; where utilities add up, only what none beats for all."""
        problem, now, issue = self.problem, self.choice[k], self.problem.issues[k]
        if issue.kind == "continuous":
            bends = [c.x for u in problem.utilities if isinstance(c := u.tables[k], Curve)]
            points = np.concatenate([np.linspace(issue.low, issue.high, _POINTS), *bends])
            found: Array = np.unique(points[(points >= issue.low) & (points <= issue.high)])
        else:
            found = np.arange(len(issue.values), dtype=float)
        found = found[found != now]
        if found.size and not problem.forbidden and all(u.additive and u.most == np.inf for u in problem.utilities):
            worth = np.array([self._along(u, k, found) for u in problem.utilities]) / scale[:, None]
            found = found[np.sort(frontier(worth))]
        return found

    def _along(self, utility: Utility, k: int, options: Array) -> Array:
        table = utility.tables[k]
        return np.asarray(
            np.interp(options, table.x, table.y) if isinstance(table, Curve) else table[options.astype(int)]
        )

    def best(
        self, issues: tuple[int, ...], options: Sequence[Array], scale: Array, without: Flags | None
    ) -> tuple[tuple[tuple[float, float], Choice] | None, Flags]:
        """((smallest relative gain, sum of them), the deal) of the best change; which changes are trades, an axis an
        issue. `without` are left out."""
        shape = [len(own) for own in options]
        if not all(shape):
            return None, np.zeros(shape, dtype=bool)
        gains = np.stack(
            [self._worths(u, i, issues, options) - self.here[i] for i, u in enumerate(self.problem.utilities)]
        )
        relative = gains / scale.reshape(-1, *([1] * len(shape)))
        least = relative.min(axis=0)
        good = (least >= -_LEAST) & (relative.max(axis=0) > _LEAST) & self._allowed(issues, options)
        rest = good if without is None else good & ~without
        at = np.flatnonzero(rest)
        if not at.size:
            return None, good
        total = relative.sum(axis=0)
        top = at[np.lexsort((total.ravel()[at], least.ravel()[at]))[-1]]
        after = list(self.choice)
        for k, own, place in zip(issues, options, np.unravel_index(top, shape), strict=True):
            issue = self.problem.issues[k]
            after[k] = float(own[place]) if issue.kind == "continuous" else int(own[place])
        return ((float(least.ravel()[top]), float(total.ravel()[top])), tuple(after)), good

    def _worths(self, utility: Utility, at: int, issues: tuple[int, ...], options: Sequence[Array]) -> Array:
        shape = [len(own) for own in options]
        fixed = sum(worth for k, worth in enumerate(self.fixed[at]) if k not in issues)
        total = np.full(shape, utility.constant + fixed)
        for n, (k, own) in enumerate(zip(issues, options, strict=True)):
            total = total + _on_axis(self._along(utility, k, own), n, len(shape))
        for part in utility.interactions:
            table = part.table
            for axis in reversed(range(len(part.issues))):
                k = part.issues[axis]
                places = options[issues.index(k)].astype(int) if k in issues else int(self.choice[k])
                table = np.take(table, places, axis=axis)
            total = total + table.reshape([n if k in part.issues else 1 for k, n in zip(issues, shape, strict=True)])
        for box in utility.boxes:
            if self.unmet[id(box)] <= set(issues):
                total = total + box.worth * self._holds(box, issues, options)
        for group in utility.extremes:
            near = [box for box in group.boxes if self.unmet[id(box)] <= set(issues)]
            worths = [box.worth * self._holds(box, issues, options) for box in near]
            if len(near) < len(group.boxes):
                worths.append(np.zeros(shape))  # boxes that cannot hold any of these deals count 0
            if worths:
                total = total + (np.max if group.how == "max" else np.min)(worths, axis=0)
        return np.asarray(np.minimum(total, utility.most))

    def _holds(self, box: Box, issues: tuple[int, ...], options: Sequence[Array]) -> Flags:
        inside = np.ones([len(own) for own in options], dtype=bool)
        for n, (k, own) in enumerate(zip(issues, options, strict=True)):
            if k in box.places:
                inside &= _on_axis(np.isin(own.astype(int), box.places[k]), n, len(issues))
            if k in box.ranges:
                low, high = box.ranges[k]
                inside &= _on_axis((low <= own) & (own <= high), n, len(issues))
        return inside

    def _allowed(self, issues: tuple[int, ...], options: Sequence[Array]) -> Flags:
        allowed = np.ones([len(own) for own in options], dtype=bool)
        for pattern in self.problem.forbidden:
            if all(k in issues or int(self.choice[k]) in places for k, places in pattern.items()):
                allowed &= ~self._holds(Box(places=pattern, worth=1.0), issues, options)
        return allowed


def _boxes(utility: Utility) -> list[Box]:
    return [*utility.boxes, *(box for group in utility.extremes for box in group.boxes)]


def _on_axis(values: np.ndarray, axis: int, axes: int) -> np.ndarray:
    return values.reshape([-1 if n == axis else 1 for n in range(axes)])


def _spread(options: Sequence[Array]) -> list[Array]:
    """The options, thinned out evenly where all combinations would be too many."""
    if np.prod([float(len(own)) for own in options]) <= _CELLS:
        return list(options)
    most = int(_CELLS ** (1 / len(options)))
    return [own if len(own) <= most else own[np.linspace(0, len(own) - 1, most).round().astype(int)] for own in options]


def _trade(problem: Problem, before: Choice, after: Choice, issues: tuple[int, ...]) -> Trade:
    here = np.array(problem.worth(before))
    alone = []
    for k in issues:
        one = list(before)
        one[k] = after[k]
        alone.append(np.array(problem.worth(one)) - here)
    names = [problem.issues[k].name for k in issues]
    was, now = problem.outcome(before), problem.outcome(after)
    sides = range(len(problem.parties))
    return Trade(
        changes=tuple((name, was[name], now[name]) for name in names),
        gains=tuple(float(x) for x in np.array(problem.worth(after)) - here),
        gives=tuple(tuple(n for n, d in zip(names, alone, strict=True) if d[i] < -_LEAST) for i in sides),
        gets=tuple(tuple(n for n, d in zip(names, alone, strict=True) if d[i] > _LEAST) for i in sides),
        choice=after,
    )
