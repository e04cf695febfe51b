"""The whole answer for one bargaining problem."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from winset.errors import ModelError
from winset.models.bargaining.frontier import frontier_within
from winset.models.bargaining.outcomes import Outcomes, outcomes
from winset.models.bargaining.points import Pick, egalitarian, kalai_smorodinsky, nash, utilitarian
from winset.models.bargaining.problem import Array, Problem

LISTED = 100
"""Ties that are listed at most."""

NOTHING_ALLOWED = "every combination is forbidden; allow at least one"

SECONDS = 20.0
"""Processor time for the frontier of more than two parties; the vectors found by then are undominated, not all."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Solution:
    """One solution: its outcome, what it is worth to each, and all that tie with it, the winner first.

    `ties` is None where outcomes are not listed: then ties are not counted.
    """

    choice: tuple[float, ...]
    utilities: tuple[float, ...]
    ties: int | None
    tied: tuple[tuple[float, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Deals:
    """What is possible between the parties of a problem.

    outcomes, zone      how many; None where an issue is continuous
    frontier            (vectors, parties): distinct utility vectors, falling in the first party
    frontier_outcomes   how many outcomes have them; None where the frontier is not known whole
    solutions           by name; empty without a zone
    no_zone             nearest deals and what would open the zone; None where there is one
    """

    problem: Problem
    outcomes: int | None
    zone: int | None
    frontier: Array
    frontier_choices: tuple[tuple[float, ...], ...]
    frontier_outcomes: int | None
    solutions: dict[str, Solution]
    no_zone: dict[str, Any] | None = None
    certificate: dict[str, Any] = field(default_factory=dict)
    listed: Outcomes | None = None


def solve_listed(problem: Problem) -> Deals:
    """Every outcome listed: exact zone, frontier and solutions."""
    space = outcomes(problem)
    u, reservation = space.utilities, space.reservation
    inside = u[0] >= reservation[0]
    for line, least in zip(u[1:], reservation[1:], strict=True):
        inside &= line >= least
    rows = None
    if space.allowed is not None:
        inside &= space.allowed
        rows = np.flatnonzero(space.allowed)
        if not rows.size:
            raise ModelError(NOTHING_ALLOWED)
    best, whole = frontier_within(u, rows, seconds=SECONDS)
    zone = int(np.count_nonzero(inside))
    if zone:
        # a zone holds whatever is better for all than one of its outcomes: all four solutions lie on the frontier
        at = best[inside[best]] if whole else np.flatnonzero(inside)
        gains = u[:, at] - reservation[:, None]
        picks = {
            "nash": nash(gains, space.unit, problem.power),
            "kalai_smorodinsky": kalai_smorodinsky(gains),
            "egalitarian": egalitarian(gains),
            "utilitarian": utilitarian(u[:, at]),
        }
        solutions = {name: _solution(problem, at, pick) for name, pick in picks.items()}
    else:
        solutions = {}
    vectors, first = np.unique(u[:, best], axis=1, return_index=True)
    first = first[np.lexsort(tuple(-vectors[::-1]))]
    choices = tuple(problem.choice(int(i)) for i in best[first])
    return Deals(
        problem=problem,
        outcomes=problem.size if rows is None else len(rows),
        zone=zone,
        frontier=np.array([problem.worth(c) for c in choices]).reshape(len(choices), len(problem.parties)),
        frontier_choices=choices,
        frontier_outcomes=len(best) if whole else None,
        solutions=solutions,
        listed=space,
    )


def _solution(problem: Problem, at: np.ndarray, pick: Pick) -> Solution:
    tied = tuple(problem.choice(int(i)) for i in at[pick.rows[:LISTED]])
    return Solution(choice=tied[0], utilities=tuple(problem.worth(tied[0])), ties=len(pick.rows), tied=tied)
