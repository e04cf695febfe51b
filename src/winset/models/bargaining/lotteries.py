"""Two parties that may draw lots between deals, or split what they disagree on: the solutions on the convex hull.

With lotteries every point under the hull of the deals can be reached, which is the set that the classical solutions
are defined on; without them a deal may have to be picked that is only near it.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from winset.errors import NoBargainingZone
from winset.models.bargaining.problem import Array

_ROUNDS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Mixed:
    """A point on the hull: what it is worth to both, and the deals (rows) with the chances that give it."""

    utilities: tuple[float, float]
    mix: tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hull:
    """The solutions on the hull, and the ideal: the most each can have while the other has its reservation value."""

    nash: Mixed
    kalai_smorodinsky: Mixed
    egalitarian: Mixed
    raiffa: Mixed
    ideal: tuple[float, float]


def hull_solutions(vectors: ArrayLike, reservation: ArrayLike, *, power: ArrayLike | None = None) -> Hull:
    """Solutions over all mixtures of deals, and whatever is worth less to both.

    vectors      (deals, 2) utilities, any order
    reservation  (2,), power (2,) > 0, equal by default
    Raises NoBargainingZone where no mixture is worth the reservation values.
    Sources: Nash 1950, Econometrica 18(2); Kalai and Smorodinsky 1975, Econometrica 43(3); sequential solution, Raiffa
    1953, Annals of Mathematics Studies 28: from the reservation point, half way to the ideal, again and again.
    """
    chain = _Chain(np.asarray(vectors, float))
    d = np.asarray(reservation, float)
    w = np.ones(2) if power is None else np.asarray(power, float)
    slack = 1e-9 * max(1.0, float(np.abs(d).max()))
    if d[0] > chain.x[-1] + slack or chain.height(float(d[0])) < d[1] - slack:
        raise NoBargainingZone("no deal and no lottery over deals is worth the reservation values to both")
    ideal = chain.ideal(d)
    here, best = d, ideal
    for _ in range(_ROUNDS):
        here = here + np.maximum(best - here, 0.0) / 2
        best = chain.ideal(here)
        if (best - here).max() <= 1e-13 * max(1.0, float(np.abs(here).max())):
            break
    return Hull(
        nash=chain.mixed(chain.nash(d, w)),
        kalai_smorodinsky=chain.mixed(chain.along(d, ideal - d)),
        egalitarian=chain.mixed(chain.along(d, np.ones(2))),
        raiffa=chain.mixed(here),
        ideal=(float(ideal[0]), float(ideal[1])),
    )


class _Chain:
    """The upper right boundary of the hull: corners with x rising, y falling, slopes falling; `rows` of the deals."""

    def __init__(self, vectors: Array) -> None:
        kept: list[int] = []
        for at in np.lexsort((vectors[:, 1], vectors[:, 0])).tolist():
            while kept and vectors[at, 1] >= vectors[kept[-1], 1]:
                kept.pop()
            while len(kept) > 1 and _turns_up(vectors[kept[-2]], vectors[kept[-1]], vectors[at]):
                kept.pop()
            kept.append(at)
        self.rows = kept
        self.x, self.y = vectors[kept, 0], vectors[kept, 1]

    def height(self, x: float) -> float:
        """The most the second party can have while the first has x."""
        return float(np.interp(x, self.x, self.y))

    def ideal(self, d: Array) -> Array:
        """The most each can have while the other has what it has at d."""
        first = self.x[-1] if d[1] <= self.y[-1] else float(np.interp(-d[1], -self.y, self.x))
        return np.array([first, self.height(float(d[0]))])

    def along(self, d: Array, step: Array) -> Array:
        """The last point of the set on the ray from d; each side of the hull bounds how far it goes."""
        far = []
        if step[0] > 0:
            far.append((self.x[-1] - d[0]) / step[0])
        if step[1] > 0:
            far.append((self.y[0] - d[1]) / step[1])
        for k in range(len(self.x) - 1):
            slope = (self.y[k + 1] - self.y[k]) / (self.x[k + 1] - self.x[k])
            pace = step[1] - slope * step[0]
            if pace > 0:
                far.append((self.y[k] + slope * (d[0] - self.x[k]) - d[1]) / pace)
        return np.asarray(d + step * max(0.0, min(far, default=0.0)))

    def nash(self, d: Array, w: Array) -> Array:
        """Largest weighted product of gains: on each side where its derivative is nil, or at a corner."""
        points = [np.array([x, y]) for x, y in zip(self.x, self.y, strict=True)]
        for k in range(len(self.x) - 1):
            slope = (self.y[k + 1] - self.y[k]) / (self.x[k + 1] - self.x[k])
            x = (w[1] * slope * d[0] - w[0] * (self.y[k] - slope * self.x[k] - d[1])) / (slope * w.sum())
            x = float(np.clip(x, self.x[k], self.x[k + 1]))
            points.append(np.array([x, self.y[k] + slope * (x - self.x[k])]))
        gains = np.maximum(np.array(points) - d, 0.0)
        score = (gains ** (w / w.max())).prod(axis=1)
        if score.max() <= 0:
            return self._corner(d)
        return points[int(score.argmax())]

    def _corner(self, d: Array) -> Array:
        """Nobody can gain but one: the most for that one."""
        ideal = self.ideal(d)
        return np.array([ideal[0], d[1]]) if ideal[0] > d[0] else np.array([d[0], max(ideal[1], d[1])])

    def mixed(self, point: Array) -> Mixed:
        """The point, and the lottery over two neighbouring corners at or above it."""
        x = float(point[0])
        k = int(np.clip(np.searchsorted(self.x, x, side="right") - 1, 0, len(self.x) - 1))
        share = 0.0
        if k + 1 < len(self.x) and x > self.x[k]:
            share = (x - self.x[k]) / (self.x[k + 1] - self.x[k])
        parts = [(self.rows[k], 1.0 - share)] + ([(self.rows[k + 1], share)] if share > 0 else [])
        return Mixed(
            utilities=(float(point[0]), float(point[1])), mix=tuple((row, float(p)) for row, p in parts if p > 1e-12)
        )


def _turns_up(a: Array, b: Array, c: Array) -> bool:
    """Whether b lies on or below the line from a to c."""
    return bool((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]) >= 0)
