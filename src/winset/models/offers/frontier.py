"""What two sides can agree on: a pie, a set of deals, or a curve through them."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from winset.errors import ModelError

Point = tuple[float, float]
ROUNDING = 9  # utilities are compared after rounding to this many decimals


class Frontier(Protocol):
    """Anything that can answer: what is the best deal for a proposer that leaves the responder its floor?"""

    def best(self, proposer: int, floor: float) -> Point | None:
        """The proposer's best point with the responder at or above `floor`; None where there is none."""
        ...


@dataclass(frozen=True, slots=True)
class Pie:
    """A pie of size 1, cut anywhere."""

    def best(self, proposer: int, floor: float) -> Point | None:
        if floor > 1:
            return None
        give = max(floor, 0.0)
        return (1 - give, give) if proposer == 0 else (give, 1 - give)


@dataclass(frozen=True, slots=True, eq=False)
class Deals:
    """A finite set of efficient deals and nothing between them.

    points   (n, 2), rising in the first side's utility, falling in the second's
    outcomes (n,), row of each in the utilities it came from
    """

    points: NDArray[np.float64]
    outcomes: NDArray[np.int64]
    keys: tuple[NDArray[np.float64], NDArray[np.float64]]

    @classmethod
    def of(cls, utilities: ArrayLike) -> "Deals":
        """The Pareto-efficient rows of `utilities` (outcomes, 2); the first of equal rows stands for all."""
        u = _checked(utilities)
        key = np.round(u, ROUNDING)
        order = np.lexsort((np.arange(len(u)), -key[:, 1], -key[:, 0]))  # best for the first side first
        second = key[order, 1]
        before = np.concatenate(([-np.inf], np.maximum.accumulate(second)[:-1]))
        kept = order[second > before][::-1]
        return cls(u[kept], kept.astype(np.int64), (key[kept, 0].copy(), -key[kept, 1]))

    def index(self, proposer: int, floor: float) -> int | None:
        """Row of `points` that `proposer` would offer."""
        want = round(floor, ROUNDING) if np.isfinite(floor) else floor
        if proposer == 0:  # the last row that still gives the second side its floor
            row = int(np.searchsorted(self.keys[1], -want, side="right")) - 1
            return row if row >= 0 else None
        row = int(np.searchsorted(self.keys[0], want, side="left"))
        return row if row < len(self.points) else None

    def best(self, proposer: int, floor: float) -> Point | None:
        row = self.index(proposer, floor)
        return None if row is None else (float(self.points[row, 0]), float(self.points[row, 1]))


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """A continuous frontier: straight pieces through its corner points.

    points   (n, 2), strictly rising in the first side's utility, strictly falling in the second's
    columns  the same by column, each rising: first side's utility; the second's from its least, and the first's there
    """

    points: NDArray[np.float64]
    columns: tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]

    @classmethod
    def of(cls, utilities: ArrayLike, *, hull: bool = False) -> "Curve":
        """The curve through the efficient rows; with `hull`, the upper concave hull (lotteries between deals)."""
        points = Deals.of(utilities).points
        if hull and not _concave(points):
            kept: list[Point] = []
            for x, y in points[_likely_corners(points)].tolist():
                while len(kept) > 1 and _turn(kept[-2], kept[-1], (x, y)) >= 0:
                    kept.pop()
                kept.append((x, y))
            points = np.array(kept)
        first, second = points[:, 0].copy(), points[:, 1].copy()
        return cls(points, (first, second, second[::-1].copy(), first[::-1].copy()))

    def second(self, first: float) -> float:
        """The second side's utility where the first side has `first`."""
        return _between(first, self.columns[0], self.columns[1])

    def first(self, second: float) -> float:
        """The first side's utility where the second side has `second`."""
        return _between(second, self.columns[2], self.columns[3])

    def best(self, proposer: int, floor: float) -> Point | None:
        rising = self.columns[2] if proposer == 0 else self.columns[0]  # the responder's utilities
        if floor > rising[-1]:
            return None
        give = max(floor, float(rising[0]))
        return (self.first(give), give) if proposer == 0 else (give, self.second(give))


def _between(at: float, rising: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    """`other` where the rising column is `at`: straight between points, the end's value beyond; one binary search."""
    k = int(rising.searchsorted(at))
    if k == 0:
        return float(other[0])
    if k == len(rising):
        return float(other[-1])
    x, y = float(rising[k - 1]), float(rising[k])
    share = (at - x) / (y - x)
    return float(other[k - 1]) * (1 - share) + float(other[k]) * share


def _concave(points: NDArray[np.float64]) -> bool:
    """Whether every point is a corner of the upper hull."""
    step = np.diff(points, axis=0)
    return bool((step[:-1, 0] * step[1:, 1] < step[:-1, 1] * step[1:, 0]).all())


def _likely_corners(points: NDArray[np.float64]) -> NDArray[np.int64]:
    """Rows that may be corners of the upper hull, rising: not those under the chords between every 64th of them."""
    if len(points) <= 4 * 64:
        return np.arange(len(points))
    ends = np.unique(np.append(np.arange(0, len(points), 64), len(points) - 1))
    rough: list[int] = []
    for i in ends.tolist():
        while len(rough) > 1 and _turn(*(_point(points, k) for k in (rough[-2], rough[-1], i))) >= 0:
            rough.pop()
        rough.append(i)
    chord = np.interp(points[:, 0], points[rough, 0], points[rough, 1])
    above = points[:, 1] > chord
    above[rough] = True
    return np.flatnonzero(above)


def _point(points: NDArray[np.float64], row: int) -> Point:
    return float(points[row, 0]), float(points[row, 1])


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _checked(utilities: ArrayLike) -> NDArray[np.float64]:
    u = np.asarray(utilities, dtype=float)
    if u.ndim != 2 or u.shape[1] != 2 or len(u) == 0:
        raise ModelError(f"a frontier of two sides is a table of two columns with at least one row, got {u.shape}")
    if not np.isfinite(u).all():
        raise ModelError("a frontier holds finite utilities only")
    return u
