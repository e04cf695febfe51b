"""A Nash deal over continuous issues, made exact: the product is flat at its top, so a tiny gap in it is a wide one in
the deal. Each issue in turn is set to its best point, the others held, until nothing moves."""

from collections.abc import Sequence

import numpy as np

from winset.models.bargaining.problem import Array, Curve, Problem

_SWEEPS = 400
_HALVINGS = 60


def polished(problem: Problem, choice: Sequence[float]) -> tuple[float, ...]:
    """The deal with its continuous points moved so that the product of gains grows no more by moving one of them.

    Curves are straight between their points, so that on each stretch the derivative of the log product falls, and its
    zero is found by halving. Where every curve is concave the result is the best of all: the slope in any direction is
    the sum of those along each issue. Issues that a box counts with others are left as they are.
    """
    power = np.ones(len(problem.parties)) if problem.power is None else problem.power / problem.power.max()
    tied = {
        k
        for u in problem.utilities
        for box in (*u.boxes, *(b for g in u.extremes for b in g.boxes))
        for k in box.ranges
    }
    moving = [k for k, issue in enumerate(problem.issues) if issue.kind == "continuous" and k not in tied]
    here = list(choice)
    score = _score(problem, here, power)
    for _ in range(_SWEEPS):
        before = score
        for k in moving:
            trial = list(here)
            trial[k] = _best_point(problem, k, here, power)
            found = _score(problem, trial, power)
            if found > score:
                here, score = trial, found
        if score - before <= 1e-14 * max(1.0, abs(score)):
            break
    return tuple(here)


def _score(problem: Problem, choice: Sequence[float], power: Array) -> float:
    gains = np.array(problem.worth(choice)) - problem.reservation
    return float(power @ np.log(gains)) if (gains > 0).all() else -np.inf


def _best_point(problem: Problem, k: int, choice: Sequence[float], power: Array) -> float:
    """The best point of issue `k`: the best knot, or the top of a stretch beside it or around the point now."""
    issue = problem.issues[k]
    curves = [c for u in problem.utilities if isinstance(c := u.tables[k], Curve)]
    x = np.unique(np.clip(np.concatenate([[issue.low, issue.high], *(c.x for c in curves)]), issue.low, issue.high))
    y = np.array([np.interp(x, c.x, c.y) for c in curves])
    now = np.array([c.at(choice[k]) for c in curves])
    rest = np.array(problem.worth(choice)) - problem.reservation - now
    with np.errstate(divide="ignore", invalid="ignore"):
        scores = np.where(
            ((rest[:, None] + y) > 0).all(axis=0), power @ np.log(np.maximum(rest[:, None] + y, 1e-300)), -np.inf
        )
    best = int(scores.argmax())
    at = int(np.clip(np.searchsorted(x, choice[k], side="right") - 1, 0, max(0, len(x) - 2)))
    found, value = float(x[best]), float(scores[best])
    for s in sorted({best - 1, best, at}):
        if 0 <= s < len(x) - 1:
            share = _top(rest + y[:, s], y[:, s + 1] - y[:, s], power)
            point = float(x[s] + share * (x[s + 1] - x[s]))
            gains = rest + y[:, s] + share * (y[:, s + 1] - y[:, s])
            if (gains > 0).all() and float(power @ np.log(gains)) > value:
                found, value = point, float(power @ np.log(gains))
    return found


def _top(start: Array, slope: Array, power: Array) -> float:
    """Where in 0..1 the weighted sum of logarithms of start + t slope is largest."""
    low, high = 0.0, 1.0
    for a, b in zip(start.tolist(), slope.tolist(), strict=True):  # where all gains are above 0
        if b > 0:
            low = max(low, -a / b)
        elif b < 0:
            high = min(high, -a / b)
        elif a <= 0:
            return 0.0
    if low >= high:
        return min(max(low, 0.0), 1.0)
    terms = list(zip(start.tolist(), slope.tolist(), power.tolist(), strict=True))
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        rises = 0.0
        for a, b, w in terms:
            rises += w * b / max(a + middle * b, 1e-300)
        low, high = (middle, high) if rises > 0 else (low, middle)
    return (low + high) / 2
