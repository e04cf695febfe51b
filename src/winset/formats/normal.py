"""Utilities on the scale that other tools ask for: weights that sum to 1, worths of an issue from 0 to 1."""

from dataclasses import dataclass

import numpy as np

from winset.errors import FormatError
from winset.models.bargaining.problem import Array, Curve, Problem


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Normal:
    """One party's additive utility as weights and worths.

    weights      one an issue, summing to 1
    worths       one an issue: of its values, or of a continuous issue's points, the largest 1
    reservation  what no deal is worth on this scale
    remarks      what was divided or moved, to be shown
    """

    weights: tuple[float, ...]
    worths: tuple[Array, ...]
    reservation: float
    remarks: tuple[str, ...]


def normal(problem: Problem, at: int) -> Normal:
    """The utility of party `at`: each issue moved to begin at 0 where it goes below, all divided by the largest total.

    Ranking, frontier, Nash and Kalai-Smorodinsky deals stay the same; egalitarian and utilitarian ones compare units,
    which the remarks tell. Raises FormatError where it counts issues together.
    """
    party, utility = problem.parties[at], problem.utilities[at]
    if not utility.additive or problem.forbidden:
        raise FormatError(
            "that a combination is forbidden cannot be said here; write it as a table"
            if problem.forbidden
            else f"{party}: what counts together cannot be said here; write it as genius or as a table"
        )
    tables = [np.asarray(t.y if isinstance(t, Curve) else t, float) for t in utility.tables]
    moved = [min(0.0, float(t.min())) for t in tables]
    shift = sum(moved) + utility.constant
    tops = [float(t.max()) - low for t, low in zip(tables, moved, strict=True)]
    total = sum(tops)
    remarks = []
    if total <= 0:
        raise FormatError(f"{party}: every deal is worth the same; there is nothing to write")
    if utility.most < shift + total - 1e-9:
        if abs((utility.most - shift) / total - 1) > 1e-2 or shift != 0:
            raise FormatError(f"{party}: a largest total of {utility.most:g} that cuts others cannot be said here")
        remarks.append(f"{party}: the largest total {utility.most:g} is left to the reader's own cut at 1")
        total = utility.most
    if shift:
        remarks.append(f"{party}: utilities are moved by {-shift:g}, so that none is below 0")
    if abs(total - 1) > 1e-9:
        remarks.append(f"{party}: utilities are divided by {total:g}, so that weights sum to 1")
    else:
        total = 1.0
    worths = tuple(
        (t - low) / top if top > 0 else np.zeros(len(t)) for t, low, top in zip(tables, moved, tops, strict=True)
    )
    return Normal(
        weights=tuple(top / total for top in tops), worths=worths,
        reservation=(float(problem.reservation[at]) - shift) / total, remarks=tuple(remarks),
    )  # fmt: skip
