"""Spaces of options that are not listed: the whole frontier from their undominated sums.

All four solutions lie on the frontier and are read off it.
"""

import math
from dataclasses import replace
from typing import Any

import numpy as np

from winset.errors import ModelError, TooLarge
from winset.models.bargaining.deals import LISTED, NOTHING_ALLOWED, Deals, Solution
from winset.models.bargaining.diagram import diagram
from winset.models.bargaining.frontier import frontier
from winset.models.bargaining.outcomes import in_units, unit_of
from winset.models.bargaining.points import egalitarian, kalai_smorodinsky, nash, utilitarian
from winset.models.bargaining.problem import Problem
from winset.models.bargaining.sums import Sums

_CUT = 1e-10  # a largest total that cuts less than this cuts nothing


def solve_summed(problem: Problem) -> Deals:
    """Exact frontier with the number of its outcomes, and the solutions with all their ties.

    Issues may count together in tables, boxes, largest or smallest of boxes, and combinations may be forbidden. Where a
    largest total cuts utilities, outcomes of the frontier and ties are not counted: what a cut makes equal was not kept.
    Utilities are compared after rounding to 1e-9 as everywhere.
    Raises TooLarge where too many sums are undominated on the way or take too long, or issues are tied too closely.
    """
    space = diagram(problem)
    if not space.layers:
        raise ModelError(NOTHING_ALLOWED)
    if not space.whole:
        raise TooLarge("issues are tied too closely to each other to be gone through one by one; tie fewer together")
    sums = Sums(problem, space)
    unit = unit_of(problem)
    worths = np.stack([utility.over(sums.choices) for utility in problem.utilities], axis=1)
    vectors = in_units(worths.T, unit)
    counted = not any(utility.bounds[1] > utility.most + _CUT for utility in problem.utilities)
    # sums of numbers without a common unit that differ by less than 1e-9 are one vector
    kept = np.arange(vectors.shape[1]) if sums.exact and counted else frontier(vectors)
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
        solutions = {
            name: _solution(problem, sums, kept[inside[pick.rows]], counted=counted) for name, pick in picks.items()
        }
    _, first = np.unique(u, axis=1, return_index=True)
    first = first[np.lexsort(tuple(-u[::-1, first]))]
    choices = tuple(map(tuple, sums.choices[kept[first]].astype(float).tolist()))
    return Deals(
        problem=problem, outcomes=None if problem.forbidden else problem.size, zone=None if inside.size else 0,
        frontier=worths[kept[first]], frontier_choices=choices,
        frontier_outcomes=int(sums.counts[kept].sum()) if counted else None, solutions=solutions,
    )  # fmt: skip


def _solution(problem: Problem, sums: Sums, rows: np.ndarray, *, counted: bool) -> Solution:
    """The solution that these sums tie for."""
    tied: list[tuple[int, ...]] = []
    for row in rows.tolist():
        tied += sums.outcomes(row, LISTED)
    tied.sort()
    return Solution(
        choice=tied[0], utilities=tuple(problem.worth(tied[0])),
        ties=int(sums.counts[rows].sum()) if counted else None, tied=tuple(tied[:LISTED]),
    )  # fmt: skip


def certified(deals: Deals, other: Deals) -> Deals:
    """`deals` with a certificate from `other`, the same problem solved as an integer programme with proven bounds.

    Of each solution: whether its value is no less than that of the other routine's, None where that found none; `gap` is
    how far it lies below the bound proven there at most, for the Nash product as a sum of logarithms.
    """
    found: dict[str, Any] = {"checked_by": "an integer programme with bounds proven by HiGHS, solved on its own"}
    gaps: dict[str, float] = {}
    for name, solution in deals.solutions.items():
        if name not in other.solutions:
            found[name] = None
            continue
        mine, theirs = (_value(deals, name, s.utilities) for s in (solution, other.solutions[name]))
        slack = 1e-6 * max(1.0, abs(mine)) if math.isfinite(mine) else 1e-6
        found[name] = mine >= theirs - slack
        if name in other.certificate["gap"] and math.isfinite(theirs):
            gaps[name] = max(0.0, theirs + other.certificate["gap"][name] - mine)
    found["zone"] = bool(deals.solutions) == bool(other.solutions)
    found["frontier_complete"] = all((deals.frontier >= v - 1e-6).all(axis=1).any() for v in other.frontier)
    found["gap"] = gaps
    found["holds"] = all(value is not False for value in found.values())
    found["not_counted"] = other.certificate["not_counted"]
    return replace(deals, certificate=found)


def _value(deals: Deals, name: str, utilities: tuple[float, ...]) -> float:
    """What a solution makes largest: the sum of logarithms, the smallest relative or absolute gain, the sum of gains."""
    problem = deals.problem
    gains = np.array(utilities) - problem.reservation
    if name == "utilitarian":
        return float(gains.sum())
    if name == "egalitarian":
        return float(gains.min())
    if name == "kalai_smorodinsky":
        zone = (deals.frontier >= problem.reservation - _CUT).all(axis=1)
        ideal = (deals.frontier[zone] - problem.reservation).max(axis=0, initial=0.0)
        return float((gains / np.where(ideal > _CUT, ideal, 1.0)).min())
    power = np.ones(len(gains)) if problem.power is None else problem.power / problem.power.max()
    with np.errstate(divide="ignore"):
        return float(power @ np.log(np.where(gains > _CUT, gains, 0.0)))
