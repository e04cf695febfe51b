"""A good deal by trying, for when a proof takes too long: no claim that it is the best."""

import time
from collections.abc import Callable, Sequence

import numpy as np

from winset.models.bargaining.problem import Array, Curve, Problem

_STARTS = 12
_SECONDS = 3.0
_POINTS = 40  # of a continuous issue that are tried
Choice = tuple[float, ...]


def climbed(problem: Problem, score: Callable[[Array], float], *, inside: bool) -> Choice | None:
    """The deal with the largest score of gains that changing one issue at a time leads to, from several deals.

    inside  deals below a reservation value count less than any other, the nearer the zone the better
    None where every deal met has a forbidden combination. Starts are each party's own best options and seeded others.
    """
    rng = np.random.default_rng(0)
    options = [_tried(problem, k) for k in range(len(problem.issues))]
    starts = [_own_best(problem, i, options) for i in range(len(problem.parties))]
    starts += [[float(rng.choice(own)) for own in options] for _ in range(_STARTS)]
    until = time.monotonic() + _SECONDS

    def rank(choice: Sequence[float]) -> tuple[float, float]:
        if not problem.allows(choice):
            return -np.inf, -np.inf
        gains = np.array(problem.worth(choice)) - problem.reservation
        short = float(np.minimum(gains, 0.0).sum()) if inside else 0.0
        return short, score(gains)

    best: tuple[tuple[float, float], Choice] | None = None
    for start in starts:
        here, value, moved = list(start), rank(start), True
        while moved and time.monotonic() < until:
            moved = False
            for k, own in enumerate(options):
                for place in own:
                    trial = [*here[:k], place, *here[k + 1 :]]
                    found = rank(trial)
                    if found > value:
                        here, value, moved = trial, found, True
        if value[0] > -np.inf and (best is None or value > best[0]):
            best = value, tuple(here)
    return None if best is None else best[1]


def _tried(problem: Problem, k: int) -> list[float]:
    issue = problem.issues[k]
    if issue.kind != "continuous":
        return [float(place) for place in range(len(issue.values))]
    knots = np.concatenate([c.x for u in problem.utilities if isinstance(c := u.tables[k], Curve)])
    points = np.r_[np.linspace(issue.low, issue.high, _POINTS), knots]
    return [float(x) for x in np.unique(np.clip(points, issue.low, issue.high))[: 4 * _POINTS]]


def _own_best(problem: Problem, i: int, options: Sequence[Sequence[float]]) -> list[float]:
    tables = problem.utilities[i].tables
    return [
        max(own, key=table.at) if isinstance(table, Curve) else float(np.argmax(table))
        for own, table in zip(options, tables, strict=True)
    ]
