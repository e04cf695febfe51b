"""Parties with additive utilities over any number of options: the whole frontier, issue by issue.

What is dominated over some of the issues stays dominated whatever is added, so only undominated sums are carried on
(Nemhauser and Ullmann 1969, Management Science 15(9)). All four solutions lie on the frontier and are read off it.
"""

import math
import time
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from winset.errors import TooLarge
from winset.models.bargaining.deals import LISTED, Deals, Solution
from winset.models.bargaining.frontier import frontier, frontier_within, three_undominated
from winset.models.bargaining.outcomes import in_units, unit_of
from winset.models.bargaining.points import egalitarian, kalai_smorodinsky, nash, utilitarian
from winset.models.bargaining.problem import Array, Problem

MOST_POINTS = 400_000
"""Undominated sums that are carried from issue to issue."""

SECONDS = 3.0
"""Processor time for the frontier of more than two parties."""

_FINE = 1e-12
_SAFE = 4e18  # below 2^63
Whole = NDArray[np.int64]
Places = NDArray[np.intp]


def fits(problem: Problem) -> bool:
    """Whether the problem is of this kind."""
    plain = all(
        u.additive and u.most >= u.constant + sum(float(np.max(np.asarray(t))) for t in u.tables)
        for u in problem.utilities
    ) if not problem.continuous else False  # fmt: skip
    return plain and len(problem.parties) > 1 and not problem.forbidden


def solve_additive(problem: Problem) -> Deals:
    """Exact frontier with the number of its outcomes, and the solutions with all their ties.

    Sums are exact in steps of 1e-12 (larger where numbers are), and compared after rounding to 1e-9 as everywhere.
    Raises TooLarge where more than MOST_POINTS sums are undominated on the way, or more than two parties take too long.
    """
    sums = _Sums(problem)
    unit = unit_of(problem)
    worths = sums.worths()
    vectors = worths.T
    vectors = in_units(vectors, unit)
    kept = frontier(vectors)  # sums that differ by less than 1e-9 are one vector
    u = vectors[:, kept]
    least = in_units(problem.reservation, unit)
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
    _, first = np.unique(u, axis=1, return_index=True)
    first = first[np.lexsort(tuple(-u[::-1, first]))]
    choices = tuple(tuple(float(place) for place in sums.choices[at]) for at in kept[first])
    return Deals(
        problem=problem, outcomes=problem.size, zone=None if inside.size else 0,
        frontier=worths[kept[first]], frontier_choices=choices,
        frontier_outcomes=int(sums.counts[kept].sum()), solutions=solutions,
    )  # fmt: skip


def certified(deals: Deals, other: Deals) -> Deals:
    """`deals` with a certificate from `other`, the same problem solved as an integer programme with proven bounds."""
    found: dict[str, Any] = {"checked_by": "an integer programme with bounds proven by HiGHS, solved on its own"}
    reservation = deals.problem.reservation
    for name, solution in deals.solutions.items():
        mine, theirs = (np.array(s.utilities) - reservation for s in (solution, other.solutions[name]))
        slack = 1e-6 * max(1.0, float(np.abs(mine).max()))
        if name == "nash":
            power = (
                np.ones(len(mine)) if deals.problem.power is None else deals.problem.power / deals.problem.power.max()
            )
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
    """Undominated sums over all issues and how they come about.

    Issues are taken from the last to the first, so that of outcomes with equal sums the one of lowest index stays.
    stages   (parties, sums) after each issue; of two parties the first's falling
    counts   of each sum, the number of its outcomes
    choices  (sums, issues), the outcome of lowest index
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        n = len(problem.parties)
        self.tables: list[Whole] = []
        self.stages: list[Whole] = [np.zeros((n, 1), dtype=np.int64)]
        # whole numbers of any size where 64 bits may not hold them
        self.counts = np.ones(1, dtype=np.int64 if problem.size < 1 << 62 else object)
        self.choices = np.zeros((1, 0), dtype=np.int64)
        self.until = time.process_time() + (SECONDS if n > 2 else math.inf)
        step = _step(problem)
        for k in range(len(problem.issues) - 1, -1, -1):
            tables = np.array([np.rint(np.asarray(u.tables[k]) / step).astype(np.int64) for u in problem.utilities])
            self.tables.append(tables)
            self._add(tables, problem.issues[k].name)

    def _add(self, tables: Whole, name: str) -> None:
        stage = self.stages[-1]
        width = stage.shape[1]
        # an option that another beats for all is in no undominated sum
        good = np.sort(frontier(tables.astype(float)))
        tables = tables[:, good]
        if width * tables.shape[1] > 40 * MOST_POINTS:
            raise TooLarge(f"{width * tables.shape[1]:,} sums at issue {name}; merge options")
        sums = (tables[:, :, None] + stage[:, None, :]).reshape(len(tables), -1)
        kept, same, group = _two_undominated(sums) if len(sums) == 2 else self._undominated(sums, name)
        starts = np.flatnonzero(np.concatenate((np.array([True]), group[1:] != group[:-1])))
        self.counts = np.add.reduceat(self.counts[same % width], starts)
        self.choices = np.column_stack((good[kept // width], self.choices[kept % width]))
        self.stages.append(sums[:, kept])
        if len(kept) > MOST_POINTS:
            raise TooLarge(f"more than {MOST_POINTS:,} undominated sums at issue {name}; merge options or issues")

    def _undominated(self, sums: Whole, name: str) -> tuple[Places, Places, Places]:
        """As `_two_undominated`, of any number of parties."""
        if time.process_time() > self.until:
            raise TooLarge(f"the undominated sums of {len(sums)} parties take too long at issue {name}; merge options")
        order = np.lexsort(tuple(-sums[::-1]))  # stable: of equal sums the one with the lowest option comes first
        fallen = sums[:, order]
        new = np.concatenate((np.array([True]), (fallen[:, 1:] != fallen[:, :-1]).any(axis=0)))
        vectors = fallen[:, new]
        if len(vectors) == 3:
            best = np.sort(three_undominated(vectors))
        else:
            left = self.until - time.process_time()
            best, whole = frontier_within(vectors.astype(float), seconds=max(left, 0.0))
            if not whole:
                raise TooLarge(
                    f"the undominated sums of {len(sums)} parties take too long at issue {name}; merge options"
                )
        place = np.full(vectors.shape[1], -1)
        place[best] = np.arange(len(best))
        group = place[np.cumsum(new) - 1]
        same = group >= 0
        return order[np.flatnonzero(new)[best]], order[same], group[same]

    def worths(self) -> Array:
        """(sums, parties) what each is worth, added up in the order in which a single outcome is."""
        found = np.empty((len(self.choices), len(self.problem.parties)))
        for i, utility in enumerate(self.problem.utilities):
            found[:, i] = utility.constant
            for k, table in enumerate(utility.tables):
                found[:, i] += np.asarray(table)[self.choices[:, k]]
        return found

    def solution(self, rows: np.ndarray) -> Solution:
        """The solution that these sums tie for."""
        tied: list[tuple[int, ...]] = []
        for row in rows.tolist():
            tied += self._outcomes(row)
        tied.sort()
        return Solution(
            choice=tied[0], utilities=tuple(self.problem.worth(tied[0])),
            ties=int(self.counts[rows].sum()), tied=tuple(tied[:LISTED]),
        )  # fmt: skip

    def _outcomes(self, row: int) -> list[tuple[int, ...]]:
        """The outcomes with the sum at `row`, by index, at most LISTED: what is left after each option is looked up."""
        partial: list[tuple[tuple[int, ...], tuple[int, ...]]] = [((), tuple(self.stages[-1][:, row].tolist()))]
        for tables, stage in zip(reversed(self.tables), reversed(self.stages[:-1]), strict=True):
            there = set(zip(*stage.tolist(), strict=True))
            options = list(zip(*tables.tolist(), strict=True))
            longer: list[tuple[tuple[int, ...], tuple[int, ...]]] = []
            for places, total in partial:
                for option, worth in enumerate(options):
                    left = tuple(x - y for x, y in zip(total, worth, strict=True))
                    if left in there:
                        longer.append(((*places, option), left))
                if len(longer) >= LISTED:
                    break
            partial = longer[:LISTED]
        return [places for places, _ in partial]


def _two_undominated(sums: Whole) -> tuple[Places, Places, Places]:
    """(place of each undominated sum, the first of equal ones; places of all that equal one; which one each equals)."""
    order = np.lexsort((-sums[1], -sums[0]))
    x, y = sums[:, order]
    best = np.maximum.accumulate(y)
    new = np.concatenate((np.array([True]), y[1:] > best[:-1]))
    start = np.maximum.accumulate(np.where(new, np.arange(len(y)), 0))
    same = np.flatnonzero((x == x[start]) & (y == y[start]))
    # the sort is stable: of equal sums, the one with the lowest option is the first
    return order[new], order[same], (np.cumsum(new) - 1)[same]
