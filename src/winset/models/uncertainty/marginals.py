"""What is known about one number: a point, a range, a most likely value, quantiles, chances, or several experts."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from winset.errors import ModelError

Floats = NDArray[np.float64]
GRID = 2_001
"""Points on which a pool's distribution function is turned round."""


class Marginal(Protocol):
    """Anything that turns a level in 0..1 into the quantile of that level."""

    @property
    def ends(self) -> tuple[float, float]:
        """Lowest and highest number possible."""
        ...

    def quantile(self, level: Floats) -> Floats:
        """Of each level, element by element."""
        ...

    def cdf(self, x: Floats) -> Floats:
        """Probability of at most x, element by element."""
        ...


@dataclass(frozen=True, slots=True)
class Triangular:
    """Rises straight from low to the most likely number and falls straight to high."""

    low: float
    likely: float
    high: float

    def __post_init__(self) -> None:
        if not self.low <= self.likely <= self.high:
            raise ModelError(f"needs low <= likely <= high, got {self.low:g}, {self.likely:g}, {self.high:g}")

    @property
    def ends(self) -> tuple[float, float]:
        return self.low, self.high

    def quantile(self, level: Floats) -> Floats:
        u, width = np.asarray(level, float), self.high - self.low
        if width == 0:
            return np.full(u.shape, self.low)
        cut = (self.likely - self.low) / width
        rising = self.low + np.sqrt(u * cut) * width
        falling = self.high - np.sqrt((1 - u) * (1 - cut)) * width
        return np.where(u < cut, rising, falling)

    def cdf(self, x: Floats) -> Floats:
        at = np.clip(np.asarray(x, float), self.low, self.high)
        width = self.high - self.low
        if width == 0:
            return np.where(np.asarray(x, float) >= self.low, 1.0, 0.0)
        left, right = (self.likely - self.low) * width, (self.high - self.likely) * width
        below = (at - self.low) ** 2 / left if left > 0 else np.zeros(at.shape)
        above = 1 - (self.high - at) ** 2 / right if right > 0 else np.ones(at.shape)
        return np.where(at < self.likely, below, above)


@dataclass(frozen=True, slots=True)
class Piecewise:
    """Straight lines through (level, number), which go on to levels 0 and 1. A range is two points."""

    levels: tuple[float, ...]
    numbers: tuple[float, ...]

    def __post_init__(self) -> None:
        if len(self.levels) < 2 or len(self.levels) != len(self.numbers):
            raise ModelError(f"quantiles need two levels or more, each with a number, got {list(self.levels)}")
        if list(self.levels) != sorted(set(self.levels)) or not 0 <= self.levels[0] <= self.levels[-1] <= 1:
            raise ModelError(f"levels rise within 0..1, got {list(self.levels)}")
        if list(self.numbers) != sorted(self.numbers):
            raise ModelError(f"quantiles do not fall as their level rises, got {list(self.numbers)}")

    @classmethod
    def uniform(cls, low: float, high: float) -> "Piecewise":
        """Anywhere from low to high alike. Raises ModelError where low > high."""
        if low > high:
            raise ModelError(f"a range needs low <= high, got [{low:g}, {high:g}]")
        return cls((0.0, 1.0), (low, high))

    def _whole(self) -> tuple[Floats, Floats]:
        p, x = list(self.levels), list(self.numbers)
        if p[0] > 0:
            p, x = [0.0, *p], [x[0] - (x[1] - x[0]) * p[0] / (p[1] - p[0]), *x]
        if p[-1] < 1:
            p, x = [*p, 1.0], [*x, x[-1] + (x[-1] - x[-2]) * (1 - p[-1]) / (p[-1] - p[-2])]
        return np.array(p), np.array(x)

    @property
    def ends(self) -> tuple[float, float]:
        x = self._whole()[1]
        return float(x[0]), float(x[-1])

    def quantile(self, level: Floats) -> Floats:
        p, x = self._whole()
        result: Floats = np.interp(np.asarray(level, float), p, x)
        return result

    def cdf(self, x: Floats) -> Floats:
        p, numbers = self._whole()
        at = np.asarray(x, float)
        last = np.searchsorted(numbers, at, side="right") - 1  # a step, where numbers repeat, counts in full
        result = np.interp(at, numbers, p)
        exact = (last >= 0) & (numbers[np.clip(last, 0, None)] == at)
        return np.where(exact, p[np.clip(last, 0, None)], result)


@dataclass(frozen=True, slots=True)
class Discrete:
    """One of several numbers, each with its probability."""

    numbers: tuple[float, ...]
    chances: tuple[float, ...]

    def __post_init__(self) -> None:
        total = float(sum(self.chances))
        if len(self.numbers) != len(self.chances) or not self.numbers:
            raise ModelError("options need one probability each, and at least one option")
        if min(self.chances) < 0 or abs(total - 1) > 1e-9:
            raise ModelError(f"probabilities of options are not negative and add to 1, got a sum of {total:g}")

    def _sorted(self) -> tuple[Floats, Floats]:
        order = np.argsort(self.numbers, kind="stable")
        return np.array(self.numbers)[order], np.cumsum(np.array(self.chances)[order])

    @property
    def ends(self) -> tuple[float, float]:
        possible = [x for x, p in zip(self.numbers, self.chances, strict=True) if p > 0]
        return min(possible), max(possible)

    def quantile(self, level: Floats) -> Floats:
        numbers, below = self._sorted()
        at = np.searchsorted(below - 1e-12, np.asarray(level, float), side="right")
        result: Floats = numbers[np.minimum(at, len(numbers) - 1)]
        return result

    def cdf(self, x: Floats) -> Floats:
        numbers, below = self._sorted()
        at = np.searchsorted(numbers, np.asarray(x, float), side="right")
        result: Floats = np.concatenate(([0.0], below))[at]
        return result


def _weights(members: tuple[Marginal, ...], weights: tuple[float, ...]) -> Floats:
    w = np.array(weights, dtype=float)
    if len(w) != len(members) or not members:
        raise ModelError(f"a pool needs one weight an expert, got {len(w)} for {len(members)}")
    if not np.isfinite(w).all() or (w < 0).any() or w.sum() <= 0:
        raise ModelError(f"weights of experts are not negative and not all nil, got {w.tolist()}")
    result: Floats = w / w.sum()
    return result


@dataclass(frozen=True, slots=True)
class LinearPool:
    """The mixture of several experts' distributions: with chance w_i the number is drawn as expert i says.

    Source: Stone 1961; Clemen and Winkler 1999, Risk Analysis 19(2).
    """

    members: tuple[Marginal, ...]
    weights: tuple[float, ...]

    def __post_init__(self) -> None:
        _weights(self.members, self.weights)

    @property
    def ends(self) -> tuple[float, float]:
        used = [m for m, w in zip(self.members, self.weights, strict=True) if w > 0]
        return min(m.ends[0] for m in used), max(m.ends[1] for m in used)

    def cdf(self, x: Floats) -> Floats:
        at = np.asarray(x, float)
        total = np.zeros(at.shape)
        for member, w in zip(self.members, _weights(self.members, self.weights), strict=True):
            total = total + w * member.cdf(at)
        return total

    def quantile(self, level: Floats) -> Floats:
        """By bisection of the mixture's distribution function: exact to 2^-60 of its width, steps included."""
        u = np.asarray(level, float)
        low, high = (np.full(u.shape, end) for end in self.ends)
        for _ in range(60):
            middle = (low + high) / 2
            enough = self.cdf(middle) >= u
            low, high = np.where(enough, low, middle), np.where(enough, middle, high)
        return high


@dataclass(frozen=True, slots=True)
class LogPool:
    """Density proportional to the product of the experts' densities raised to their weights (adding to 1).

    Where experts leave no number in common there is no pool. Numbers with chances pool by their probabilities;
    the rest by densities on GRID points. Source: Genest and Zidek 1986, Statistical Science 1(1).
    """

    members: tuple[Marginal, ...]
    weights: tuple[float, ...]

    def __post_init__(self) -> None:
        self._shape()

    def _shape(self) -> Discrete | Piecewise:
        w = _weights(self.members, self.weights)
        used = [(m, share) for m, share in zip(self.members, w, strict=True) if share > 0]
        discrete = [m for m, _ in used if isinstance(m, Discrete)]
        if discrete and len(discrete) < len(used):
            raise ModelError("a log pool joins ranges with ranges or chances with chances, not one with the other")
        low, high = max(m.ends[0] for m, _ in used), min(m.ends[1] for m, _ in used)
        if low > high:
            raise ModelError(
                f"the experts leave no number in common (from {low:g} to {high:g}); use a linear pool, or widen a range"
            )
        with np.errstate(divide="ignore"):
            if discrete:
                numbers = sorted({x for m in discrete for x in m.numbers})
                log = np.zeros(len(numbers))
                for m, share in used:
                    given = dict(zip(m.numbers, m.chances, strict=True)) if isinstance(m, Discrete) else {}
                    log += share * np.log([given.get(x, 0.0) for x in numbers])
                if np.isneginf(log).all():
                    raise ModelError("the experts leave no option in common; use a linear pool")
                mass = np.exp(log - log.max())
                return Discrete(tuple(numbers), tuple((mass / mass.sum()).tolist()))
            if low == high:
                return Piecewise((0.0, 1.0), (low, low))
            edges = np.linspace(low, high, GRID)
            log = np.zeros(GRID - 1)
            for m, share in used:
                log += share * np.log(np.maximum(np.diff(m.cdf(edges)), 0.0))
        if np.isneginf(log).all():
            raise ModelError("the experts leave no number in common; use a linear pool")
        mass = np.exp(log - log.max())
        below = np.concatenate(([0.0], np.cumsum(mass / mass.sum())))
        kept = np.concatenate((np.diff(below) > 0, [True]))
        kept[0] = True
        levels = np.minimum(below[kept], 1.0)
        levels[-1] = 1.0
        unique = np.concatenate(([True], np.diff(levels) > 0))
        return Piecewise(tuple(levels[unique].tolist()), tuple(edges[kept][unique].tolist()))

    @property
    def ends(self) -> tuple[float, float]:
        return self._shape().ends

    def quantile(self, level: Floats) -> Floats:
        return self._shape().quantile(level)

    def cdf(self, x: Floats) -> Floats:
        return self._shape().cdf(x)


def mean(marginal: Marginal, points: int = 4_096) -> float:
    """The mean, by the midpoint rule over levels."""
    return float(marginal.quantile((np.arange(points) + 0.5) / points).mean())


def levels_of(marginal: Marginal, levels: ArrayLike) -> list[float]:
    """Quantiles as plain numbers."""
    return [float(q) for q in marginal.quantile(np.asarray(levels, float))]
