"""Weights of issues that fit what was answered, how far they may still lie, and which answers do not go together."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from winset.errors import ModelError
from winset.models.quiet import quietly

Array = NDArray[np.float64]
Kind = Literal["points", "package", "trade-off"]
DOUBT = 0.5
"""Points on an issue stand for a weight within this share of them, until trade-offs say more."""
SAME = 0.02
"""What is called the same differs by at most this in worth, where the best deal is worth 1 and the worst 0; what is
called better may be worse by no more."""
RATED = 0.1
"""A package's rating stands for a worth within this."""
_BROKEN = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Answers:
    """What was answered about issues 0..n-1.

    worths     for each issue the worth of its options, the worst 0, the best 1
    points     (n,) points put on the issues, >= 0; None where not asked
    packages   (option of each issue, worth 0..1)
    trade_offs (first, second, which is preferred): {issue: option}, all other issues being equal
    """

    worths: tuple[Array, ...]
    points: Array | None = None
    packages: tuple[tuple[tuple[int, ...], float], ...] = ()
    trade_offs: tuple[tuple[dict[int, int], dict[int, int], Literal["first", "second", "same"]], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Misfit:
    """An answer that the others leave no room for.

    number  its place among those of its kind, from 0
    by      how far the worth that fits best is from what it asks
    alone   whether everything else fits without it
    """

    kind: Kind
    number: int
    by: float
    alone: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Weights:
    """low, best, high  (n,): the smallest and largest weight that fits as well as any, and the middle of what fits
    corners          (2 n, n): weights that fit and reach those ends
    misfits          answers that do not fit, the worst first
    """

    low: Array
    best: Array
    high: Array
    corners: Array
    misfits: tuple[Misfit, ...]

    @property
    def width(self) -> float:
        """The widest range of a weight."""
        return float((self.high - self.low).max())


@dataclass(frozen=True, slots=True)
class _Asked:
    row: tuple[float, ...]
    least: float
    kind: Kind
    number: int


def weights(answers: Answers) -> Weights:
    """Weights >= 0 that sum to 1 and break the answers by as little as can be in all.

    Each answer is a linear row; how far rows must give is made smallest in sum, and the weights are all those that need
    no more (LINMAP: Srinivasan and Shocker 1973, Psychometrika 38(3)). Raises ModelError on answers about nothing.
    """
    n = len(answers.worths)
    if n == 0:
        raise ModelError("no issues to weigh")
    asked = _rows(answers)
    slack = _slack(asked, n)
    corners = []
    for k in range(n):
        for sign in (1.0, -1.0):
            goal = np.zeros(n)
            goal[k] = sign
            corners.append(_reach(asked, slack, goal))
    found = np.array(corners)
    return Weights(
        low=found.min(axis=0), best=found.mean(axis=0), high=found.max(axis=0), corners=found,
        misfits=_misfits(asked, slack, n),
    )  # fmt: skip


def _rows(answers: Answers) -> list[_Asked]:
    n = len(answers.worths)
    asked: list[_Asked] = []

    def add(row: Array, least: float, kind: Kind, number: int) -> None:
        asked.append(_Asked(tuple(row.tolist()), least, kind, number))

    if answers.points is not None:
        total = float(answers.points.sum())
        if total <= 0 or (answers.points < 0).any():
            raise ModelError("points are 0 or more, and some are above 0")
        for k, share in enumerate((answers.points / total).tolist()):
            one = np.eye(n)[k]
            add(one, share * (1 - DOUBT), "points", k)
            add(-one, -(share * (1 + DOUBT) + SAME), "points", k)
    for number, (choice, worth) in enumerate(answers.packages):
        row = np.array([float(w[c]) for w, c in zip(answers.worths, choice, strict=True)])
        add(row, worth - RATED, "package", number)
        add(-row, -(worth + RATED), "package", number)
    for number, (first, second, preferred) in enumerate(answers.trade_offs):
        row = difference(answers.worths, first, second)
        if preferred == "same":
            add(row, -SAME, "trade-off", number)
            add(-row, -SAME, "trade-off", number)
        else:
            add(row if preferred == "first" else -row, -SAME, "trade-off", number)
    return asked


def difference(worths: Sequence[Array], first: dict[int, int], second: dict[int, int]) -> Array:
    """(n,) by how much more the first side is worth, for each unit of each weight. Raises ModelError on uneven sides."""
    if set(first) != set(second):
        raise ModelError("both sides of a trade-off name the same issues")
    row = np.zeros(len(worths))
    for k in first:
        row[k] = worths[k][first[k]] - worths[k][second[k]]
    return row


def _slack(asked: Sequence[_Asked], n: int) -> Array:
    """How far each row has to give, the sum as small as can be."""
    if not asked:
        return np.zeros(0)
    from scipy.optimize import linprog  # slow to import, and needed once there are answers

    m = len(asked)
    with quietly():
        found = linprog(
            np.r_[np.zeros(n), np.ones(m)], A_ub=np.c_[-np.array([a.row for a in asked]), -np.eye(m)],
            b_ub=[-a.least for a in asked], A_eq=np.r_[np.ones(n), np.zeros(m)][None, :], b_eq=[1.0],
        )  # fmt: skip
    return np.asarray(np.maximum(found.x[n:], 0.0))


def _reach(asked: Sequence[_Asked], slack: Array, goal: Array) -> Array:
    """The fitting weights with the smallest goal."""
    from scipy.optimize import linprog  # as above

    n = len(goal)
    limits = {} if not asked else {
        "A_ub": -np.array([a.row for a in asked]),
        "b_ub": [s + 1e-9 - a.least for a, s in zip(asked, slack, strict=True)],
    }  # fmt: skip
    with quietly():
        found = linprog(goal, A_eq=np.ones((1, n)), b_eq=[1.0], **limits)
    return np.asarray(np.maximum(found.x, 0.0))


def _misfits(asked: Sequence[_Asked], slack: Array, n: int) -> tuple[Misfit, ...]:
    broken: dict[tuple[Kind, int], float] = {}
    for one, by in zip(asked, slack.tolist(), strict=True):
        if by > _BROKEN:
            broken[one.kind, one.number] = max(by, broken.get((one.kind, one.number), 0.0))
    if not broken:
        return ()
    suspects = {(one.kind, one.number) for one in asked}
    found = []
    for kind, number in sorted(suspects):
        rest = [one for one in asked if (one.kind, one.number) != (kind, number)]
        alone = float(_slack(rest, n).sum()) <= _BROKEN
        if alone or (kind, number) in broken:
            found.append(Misfit(kind=kind, number=number, by=broken.get((kind, number), 0.0), alone=alone))
    return tuple(sorted(found, key=lambda m: (not m.alone, -m.by)))
