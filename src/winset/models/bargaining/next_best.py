"""The deal that would be picked if the one picked were off the table."""

import numpy as np

from winset.models.bargaining.deals import Deals

_TIE = 1e-12


def next_best(deals: Deals) -> tuple[int, ...] | None:
    """The outcome of the zone with the next largest Nash product below the largest; None where there is none.

    Only for listed outcomes, dominated ones included: what is second best need not lie on the frontier. Weighted by
    power where that is given; among equals the outcome of lowest index.
    """
    space, problem = deals.listed, deals.problem
    if space is None or not deals.zone:
        return None
    inside = (space.utilities >= space.reservation[:, None]).all(axis=0)
    if space.allowed is not None:
        inside &= space.allowed
    rows = np.flatnonzero(inside)
    gains = space.utilities[:, rows] - space.reservation[:, None]
    power = np.ones(len(gains)) if problem.power is None else problem.power / problem.power.max()
    with np.errstate(divide="ignore"):
        score = power @ np.log(gains)
    best = score.max()
    lower = score < best - _TIE * max(1.0, abs(float(best))) if np.isfinite(best) else np.zeros(len(score), dtype=bool)
    if not lower.any():
        return None
    second = float(score[lower].max())
    near = score >= second - _TIE * max(1.0, abs(second)) if np.isfinite(second) else np.isneginf(score)
    return problem.choice(int(rows[np.flatnonzero(near & lower)[0]]))
