"""Two parties with additive utilities over any number of options: the whole frontier, issue by issue.

What is dominated over some of the issues stays dominated whatever is added, so only undominated sums are carried on
(Nemhauser and Ullmann 1969, Management Science 15(9)). All four solutions lie on the frontier and are read off it.
"""

import math
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from winset.errors import TooLarge
from winset.models.bargaining.deals import LISTED, Deals, Solution
from winset.models.bargaining.outcomes import unit_of
from winset.models.bargaining.points import egalitarian, kalai_smorodinsky, nash, utilitarian
from winset.models.bargaining.problem import Array, Problem

MOST_POINTS = 400_000
"""Undominated sums that are carried from issue to issue."""

_FINE = 1e-12
_SAFE = 4e18  # below 2^63
Whole = NDArray[np.int64]


def fits(problem: Problem) -> bool:
    """Whether the problem is of this kind."""
    plain = all(
        u.additive and u.most >= u.constant + sum(float(np.max(np.asarray(t))) for t in u.tables)
        for u in problem.utilities
    ) if not problem.continuous else False  # fmt: skip
    return plain and len(problem.parties) == 2 and not problem.forbidden


def solve_additive(problem: Problem) -> Deals:
    """Exact frontier with the number of its outcomes, and the solutions with all their ties.

    Sums are exact in steps of 1e-12 (larger where numbers are), and compared after rounding to 1e-9 as everywhere.
    Raises TooLarge where more than MOST_POINTS sums are undominated on the way.
    """
    sums = _Sums(problem)
    unit = unit_of(problem)
    vectors = np.array([sums.worth(c) for c in sums.choices]).T
    vectors = np.rint(vectors / unit) if unit != 1.0 else vectors
    kept = _rounded_frontier(vectors)
    u = vectors[:, kept]
    least = np.rint(problem.reservation / unit) if unit != 1.0 else problem.reservation
    inside = np.flatnonzero((u >= least[:, None]).all(axis=0))
    solutions = {}
    if inside.size:
        gains = u[:, inside] - least[:, None]
        picks = {
            "nash": nash(gains, unit, problem.power),
            "kalai_smorodinsky": kalai_smorodinsky(gains),
            "egalitarian": egalitarian(gains),
            "utilitarian": utilitarian(u[:, inside]),
        }
        solutions = {name: sums.solution(kept[inside[pick.rows]]) for name, pick in picks.items()}
    choices = tuple(tuple(float(place) for place in sums.choices[at]) for at in kept)
    return Deals(
        problem=problem, outcomes=problem.size, zone=None if inside.size else 0,
        frontier=np.array([problem.worth(c) for c in choices]), frontier_choices=choices,
        frontier_outcomes=sum(sums.counts[int(at)] for at in kept), solutions=solutions,
    )  # fmt: skip


def certified(deals: Deals, other: Deals) -> Deals:
    """`deals` with a certificate from `other`, the same problem solved as an integer programme with proven bounds."""
    found: dict[str, Any] = {"checked_by": "an integer programme with bounds proven by HiGHS, solved on its own"}
    reservation = deals.problem.reservation
    for name, solution in deals.solutions.items():
        mine, theirs = (np.array(s.utilities) - reservation for s in (solution, other.solutions[name]))
        slack = 1e-6 * max(1.0, float(np.abs(mine).max()))
        if name == "nash":
            power = np.ones(2) if deals.problem.power is None else deals.problem.power / deals.problem.power.max()
            found[name] = bool(
                (mine**power).prod() >= (np.maximum(theirs, 0.0) ** power).prod() * (1 - 1e-6) - slack**2
            )
        elif name == "utilitarian":
            found[name] = bool(mine.sum() >= theirs.sum() - slack)
        elif name == "egalitarian":
            found[name] = bool(mine.min() >= theirs.min() - slack)
        else:
            found[name] = bool(abs(np.sort(mine) - np.sort(theirs)).max() <= slack) or bool(mine.min() >= theirs.min())
    found["zone"] = bool(deals.solutions) == bool(other.solutions)
    found["frontier_complete"] = all((deals.frontier >= v - 1e-6).all(axis=1).any() for v in other.frontier)
    found["holds"] = all(value is not False for value in found.values())
    found["not_counted"] = other.certificate["not_counted"]
    return replace(deals, certificate=found)


def _step(problem: Problem) -> float:
    largest = max(sum(float(np.abs(np.asarray(t)).max()) for t in u.tables) for u in problem.utilities)
    return _FINE if largest <= _SAFE * _FINE else 10.0 ** math.ceil(math.log10(largest / _SAFE))


class _Sums:
    """Undominated sums over all issues, the first party's falling, and how they come about.

    Issues are taken from the last to the first, so that of outcomes with equal sums the one of lowest index stays.
    counts   of each sum, the number of its outcomes
    choices  (sums, issues), the outcome of lowest index
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.tables: list[tuple[Whole, Whole]] = []
        self.stages: list[tuple[Whole, Whole]] = [(np.zeros(1, dtype=np.int64), np.zeros(1, dtype=np.int64))]
        self.counts = [1]
        self.choices = np.zeros((1, 0), dtype=np.int64)
        step = _step(problem)
        for k in range(len(problem.issues) - 1, -1, -1):
            one, two = (np.rint(np.asarray(u.tables[k]) / step).astype(np.int64) for u in problem.utilities)
            self.tables.append((one, two))
            self._add(one, two, problem.issues[k].name)

    def _add(self, one: Whole, two: Whole, name: str) -> None:
        a, b = self.stages[-1]
        width = len(a)
        if width * len(one) > 40 * MOST_POINTS:
            raise TooLarge(f"{width * len(one):,} sums at issue {name}; merge options")
        x, y = (one[:, None] + a).reshape(-1), (two[:, None] + b).reshape(-1)
        order = np.lexsort((-y, -x))
        x, y = x[order], y[order]
        best = np.maximum.accumulate(y)
        new = np.concatenate((np.array([True]), y[1:] > best[:-1]))
        start = np.maximum.accumulate(np.where(new, np.arange(len(y)), 0))
        same = np.flatnonzero((x == x[start]) & (y == y[start]))
        merged = [0] * int(new.sum())
        group = np.cumsum(new) - 1
        for at in same.tolist():
            merged[group[at]] += self.counts[int(order[at]) % width]
        kept = order[new]  # the sort is stable: of equal sums, the one with the lowest option here
        self.counts = merged
        self.choices = np.column_stack((kept // width, self.choices[kept % width]))
        self.stages.append((x[new], y[new]))
        if len(kept) > MOST_POINTS:
            raise TooLarge(f"more than {MOST_POINTS:,} undominated sums at issue {name}; merge options or issues")

    def worth(self, choice: Whole) -> list[float]:
        """What an outcome is worth to each, as the problem says."""
        return self.problem.worth(choice.tolist())

    def solution(self, rows: np.ndarray) -> Solution:
        """The solution that these sums tie for."""
        tied: list[tuple[int, ...]] = []
        for row in rows.tolist():
            tied += self._outcomes(row)
        tied.sort()
        return Solution(
            choice=tied[0], utilities=tuple(self.problem.worth(tied[0])),
            ties=sum(self.counts[row] for row in rows.tolist()), tied=tuple(tied[:LISTED]),
        )  # fmt: skip

    def _outcomes(self, row: int) -> list[tuple[int, ...]]:
        """The outcomes with the sum at `row`, by index, at most LISTED: what is left after each option is looked up."""
        first, second = self.stages[-1]
        partial: list[tuple[tuple[int, ...], int, int]] = [((), int(first[row]), int(second[row]))]
        for (one, two), (a, b) in zip(reversed(self.tables), reversed(self.stages[:-1]), strict=True):
            longer: list[tuple[tuple[int, ...], int, int]] = []
            for places, x, y in partial:
                for option in range(len(one)):
                    left, right = x - int(one[option]), y - int(two[option])
                    at = int(np.searchsorted(-a, -left))
                    if at < len(a) and a[at] == left and b[at] == right:
                        longer.append(((*places, option), left, right))
                if len(longer) >= LISTED:
                    break
            partial = longer[:LISTED]
        return [places for places, _, _ in partial]


def _rounded_frontier(vectors: Array) -> np.ndarray:
    """Places of sums that stay undominated and distinct once rounded; sums fall in the first party."""
    order = np.lexsort((-vectors[1], -vectors[0]))
    best, kept = -np.inf, []
    for at in order:
        if vectors[1, at] > best:
            best = vectors[1, at]
            kept.append(int(at))
    return np.array(kept)
