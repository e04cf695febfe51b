"""The smallest change of several inputs together after which an answer lies where it is wanted.

Inputs are said by their normal scores: 0 is the median, and a change's size is the length of the vector of scores, so that it
is small where what it takes is not far from what is judged.
Source: Hasofer and Lind 1974, Journal of the Engineering Mechanics Division 100(EM1) (the point nearest to the medians); Hohenbichler
and Rackwitz 1981, the same, 107(EM6) (scores). The search needs no derivatives, for answers that jump; where an answer is smooth
their steps are tried too. That nothing smaller will do is tried on fresh points, not proved.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from winset.models.normal import score
from winset.models.uncertainty.draws import levels
from winset.models.uncertainty.marginals import Floats

Columns = NDArray[np.intp]
Answer = Callable[[Floats], Floats]
"""(points,) numbers, nan where there is none, of (points, inputs) normal scores."""
FARTHEST = 4.0
"""Scores beyond this are not asked for: 3 in 100,000."""
_SLACK = 1e-9
_WIDER = (1.0, 1.7, 3.0)
_STEP = 1e-3
NEARER = 0.92
"""Afterwards changes of at most this share of the length are tried."""
_FEWER = 1.05
_PARENTS = 8


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Nearest:
    """scores    (inputs,) of the change, exactly 0 where an input stays
    distance  its length
    tried, reached  points with changes of at most NEARER of its length that were tried afterwards, and how many of them lie in the target
    """

    scores: Floats
    distance: float
    tried: int
    reached: int


def nearest(f: Answer, inputs: int, low: float, high: float, *, points: int, seed: int) -> Nearest | None:
    """The smallest change found after which low <= answer <= high; None where none of the points tried lies there.

    points  about how many are answered: a third to find the target, a third to come closer, a third to check
    """
    search = _Search(f, low, high, np.random.default_rng([seed, inputs]))
    origin = np.zeros((1, inputs))
    if search.inside(origin)[0]:
        return Nearest(scores=origin[0], distance=0.0, tried=0, reached=0)
    third = max(64, points // 3)
    start = score(np.clip(levels(inputs, third // len(_WIDER), seed), 1e-12, 1 - 1e-12))
    alone = np.concatenate([np.eye(inputs) * r for r in np.linspace(-FARTHEST, FARTHEST, 17)])
    spread = np.concatenate([*(np.clip(start * w, -FARTHEST, FARTHEST) for w in _WIDER), alone])
    found = spread[search.inside(spread)]
    if not len(found):
        return None
    best = search.closer(_shortest(found, _PARENTS), third)
    tried = reached = 0
    for _ in range(3):
        fresh = search.within(best, max(32, third // 3))
        closer = fresh[search.inside(fresh)]
        tried, reached = len(fresh), len(closer)
        if not reached:
            break
        best = search.closer(_shortest(np.concatenate((closer, best[None])), _PARENTS), third // 3)
    best = search.fewest(best, third)
    return Nearest(scores=best, distance=float(np.linalg.norm(best)), tried=tried, reached=reached)


def _shortest(z: Floats, most: int) -> Floats:
    result: Floats = z[np.argsort(np.linalg.norm(z, axis=1), kind="stable")[:most]]
    return result


def _placed(x: Floats, columns: Columns, inputs: int) -> Floats:
    whole = np.zeros((len(x), inputs))
    whole[:, columns] = x
    return whole


@dataclass(slots=True, eq=False)
class _Search:
    f: Answer
    low: float
    high: float
    rng: np.random.Generator

    def inside(self, z: Floats) -> NDArray[np.bool_]:
        y = self.f(z)
        slack = _SLACK * max(1.0, abs(self.low), abs(self.high))
        return np.asarray((y >= self.low - slack) & (y <= self.high + slack))

    def closer(self, parents: Floats, points: int) -> Floats:
        """From points in the target to one nearer to the medians; about so many points are answered."""
        width, step = parents.shape[1], 0.5
        batch = max(16, min(256, points // 24))
        spent = 0
        while spent < points and step > 1e-4:
            best = parents[0]
            length = float(np.linalg.norm(best))
            chosen = parents[self.rng.integers(0, len(parents), batch)]
            around = chosen + self.rng.standard_normal((batch, width)) * step * length / np.sqrt(width)
            fewer = chosen[: max(4, batch // 4)] * (self.rng.random((max(4, batch // 4), width)) < 0.7)
            shrunk = np.concatenate([best[None] * (1 - s * step) for s in (0.02, 0.1, 0.3, 0.6, 1.0)])
            without = np.where(np.eye(width, dtype=bool), 0.0, best)[np.flatnonzero(best)]
            halved = np.where(np.eye(width, dtype=bool), best * (1 - step), best)[np.flatnonzero(best)]
            tried = np.concatenate((around, fewer, shrunk, without, halved, *self._slopes(best)))
            tried = np.clip(tried, -FARTHEST, FARTHEST)
            tried = tried[np.linalg.norm(tried, axis=1) < length * (1 - 1e-6)]
            spent += len(tried)
            good = tried[self.inside(tried)] if len(tried) else tried
            if len(good):
                parents = _shortest(np.concatenate((good, parents)), _PARENTS)
                parents[0] = self._back(parents[0])
                step = min(0.5, step * 1.2)
            else:
                step *= 0.6
        result: Floats = parents[0]
        return result

    def _slopes(self, z: Floats) -> list[Floats]:
        """Where the answer would reach an end of the target if it were straight (Hasofer and Lind's step)."""
        moved = np.concatenate((z[None], z + _STEP * np.eye(len(z))))
        y = self.f(moved)
        if np.isnan(y).any():
            return []
        slope = (y[1:] - y[0]) / _STEP
        size = float(slope @ slope)
        if size < 1e-18:
            return []
        aims = [(end - y[0] + slope @ z) / size * slope for end in (self.low, self.high)]
        return [z + np.outer((0.25, 0.5, 1.0, 1.001), aim - z) for aim in aims]

    def _back(self, z: Floats) -> Floats:
        """Towards the medians as far as the answer stays in the target, by halving."""
        low, high = 0.0, 1.0
        for _ in range(5):
            middles = low + (high - low) * np.arange(1, 16) / 16
            inside = np.flatnonzero(self.inside(middles[:, None] * z))
            if not len(inside):
                low = middles[-1]
                continue
            high = middles[inside[0]]
            low = middles[inside[0] - 1] if inside[0] else low
        result: Floats = high * z
        return result

    def fewest(self, z: Floats, points: int) -> Floats:
        """Leaves out inputs as long as the whole change is hardly longer: fewer words for one twentieth more.

        First all at once that change little, the others sought anew without them; then one by one.
        """
        most, sizes = _FEWER * float(np.linalg.norm(z)), np.abs(z)
        for share in (0.6, 0.4, 0.25, 0.15, 0.08):
            kept = np.flatnonzero(sizes >= share * sizes.max())
            if len(kept) == np.count_nonzero(z):
                continue
            start = np.linspace(1.0, 1.6, 25)[:, None] * np.where(sizes >= share * sizes.max(), z, 0.0)
            start = start[np.abs(start).max(axis=1) <= FARTHEST]
            inside = start[self.inside(start)] if len(start) else start
            if not len(inside):
                continue
            part = self._of(kept, len(z)).closer(inside[:1, kept], points // 5)
            found = _placed(part[None], kept, len(z))[0]
            if np.linalg.norm(found) <= most:
                z = found
                break
        return self._without(z, most)

    def _of(self, columns: Columns, inputs: int) -> "_Search":
        """The same with all other inputs at their medians."""
        return _Search(lambda x: self.f(_placed(x, columns, inputs)), self.low, self.high, self.rng)

    def _without(self, z: Floats, most: float) -> Floats:
        for k in np.argsort(np.abs(z), kind="stable"):
            without = z.copy()
            without[k] = 0.0
            length = float(np.linalg.norm(without))
            if z[k] == 0 or length == 0:
                continue
            longer = np.linspace(1.0, max(1.0, most / length), 17)[:, None] * without
            longer = longer[np.abs(longer).max(axis=1) <= FARTHEST]
            if len(longer) and (inside := np.flatnonzero(self.inside(longer))).size:
                z = longer[inside[0]]
        return z

    def within(self, z: Floats, count: int) -> Floats:
        """Fresh points whose changes are shorter than NEARER of this one's: half anywhere, half near its direction."""
        width, most = len(z), NEARER * float(np.linalg.norm(z))
        half = count // 2
        direction = self.rng.standard_normal((count, width))
        direction[half:] = z / np.linalg.norm(z) + direction[half:] * 0.5 / np.sqrt(width)
        direction /= np.linalg.norm(direction, axis=1, keepdims=True)
        result: Floats = direction * (most * self.rng.random((count, 1)) ** (1 / width))
        return result
