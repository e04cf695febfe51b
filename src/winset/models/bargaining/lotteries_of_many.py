"""More than two parties that may draw lots between deals: solutions on the convex hull, by linear programmes."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import linprog, minimize

from winset.errors import NoBargainingZone
from winset.models.bargaining.problem import Array
from winset.models.quiet import quietly

_FEW = 150  # deals taken into a programme at a time
_ROUNDS = 40
_CLOSE = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class MixedOfMany:
    """A point on the hull: what it is worth to each, and the deals (rows) with the chances that give it."""

    utilities: tuple[float, ...]
    mix: tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HullOfMany:
    """The solutions on the hull, and the ideal: the most each can have while nobody has less than without a deal.

    gap  by how much, at most, a mixture's sum of logarithms of gains exceeds that of `nash`
    """

    nash: MixedOfMany
    kalai_smorodinsky: MixedOfMany
    egalitarian: MixedOfMany
    ideal: tuple[float, ...]
    gap: float


def hull_of_many(vectors: ArrayLike, reservation: ArrayLike, *, power: ArrayLike | None = None) -> HullOfMany:
    """Solutions over all mixtures of deals.

    vectors      (deals, parties) utilities; reservation and power (parties,)
    Raises NoBargainingZone where no mixture is worth the reservation values.
    The largest product by steepest rise, corrected fully at each step (Jaggi 2013, ICML 28): its gap is the largest sum
    of w g / G over deals, less the sum of w, which is nil at the top.
    """
    u, d = np.asarray(vectors, float), np.asarray(reservation, float)
    n = u.shape[1]
    w = np.ones(n) if power is None else np.asarray(power, float) / np.max(np.asarray(power, float))
    gains = u - d
    mixtures = _Mixtures(gains)
    equal = mixtures.along(np.ones(n))
    if mixtures.best(np.zeros(len(u)), np.zeros(n)) is None:
        raise NoBargainingZone("no deal and no lottery over deals is worth the reservation values to all")
    ideal = np.zeros(n)
    for i in range(n):
        best = mixtures.best(gains[:, i], np.zeros(n))
        ideal[i] = 0.0 if best is None else max(0.0, float(best @ gains[:, i]))
    relative = mixtures.along(np.where(ideal > 1e-12, ideal, 1.0))
    chances, gap = _nash(gains, equal, relative, w)
    return HullOfMany(
        nash=_mixed(chances, u), kalai_smorodinsky=_mixed(relative, u), egalitarian=_mixed(equal, u),
        ideal=tuple((ideal + d).tolist()), gap=gap,
    )  # fmt: skip


class _Mixtures:
    """Mixtures of deals by linear programmes over few of them; those that would better an answer by the prices of its
    programme are taken in until there are none (Gilmore and Gomory 1961, Operations Research 9(6)).

    gains  (deals, parties)
    """

    def __init__(self, gains: Array) -> None:
        self._gains = gains
        size = float(np.abs(gains).max(initial=0.0)) or 1.0
        self._worth_it = 1e-10 * size
        if len(gains) <= _FEW:
            self._taken = np.arange(len(gains))
            return
        top = np.argsort(-gains.min(axis=1))[:_FEW]
        self._taken = np.unique(np.r_[top, gains.argmax(axis=0), gains.sum(axis=1).argmax()])

    def best(self, worth: Array, least: Array) -> Array | None:
        """Chances (deals,) of the mixture worth most that gives each party at least `least`; None where none does."""
        while True:
            own = self._gains[self._taken]
            with quietly():
                found = linprog(-worth[self._taken], A_ub=-own.T, b_ub=-least + 1e-12, A_eq=np.ones((1, len(own))),
                                b_eq=[1.0])  # fmt: skip
            if found.x is None or found.status != 0:
                return None
            prices = -np.asarray(found.ineqlin.marginals)
            if not self._more(worth + self._gains @ prices + float(found.eqlin.marginals[0])):
                return self._of(found.x)

    def along(self, step: Array) -> Array:
        """Chances of the last mixture on the ray of `step`: the smallest gain over step as large as can be, then the sum."""
        n = len(step)
        while True:
            own = self._gains[self._taken]
            k = len(own)
            with quietly():
                found = linprog(np.r_[np.zeros(k), -1.0], A_ub=np.c_[-own.T, step], b_ub=np.zeros(n),
                                A_eq=np.r_[np.ones(k), 0.0][None, :], b_eq=[1.0],
                                bounds=[(0, None)] * k + [(None, None)])  # fmt: skip
            prices = -np.asarray(found.ineqlin.marginals)
            if not self._more(self._gains @ prices + float(found.eqlin.marginals[0])):
                break
        reach = float(found.x[-1]) - 1e-12 * max(1.0, abs(float(found.x[-1])))
        more = self.best((self._gains / step).sum(axis=1), reach * step)
        return self._of(found.x[:-1]) if more is None else more

    def _more(self, rise: Array) -> bool:
        """Takes in deals by which the answer would rise most; whether there were any."""
        rise = rise.copy()
        rise[self._taken] = -np.inf
        rising = np.flatnonzero(rise > self._worth_it)
        if not rising.size:
            return False
        self._taken = np.r_[self._taken, rising[np.argsort(-rise[rising])[:_FEW]]]
        return True

    def _of(self, shares: Array) -> Array:
        chances = np.zeros(len(self._gains))
        chances[self._taken] = shares
        return chances


def _nash(gains: Array, start: Array, relative: Array, w: Array) -> tuple[Array, float]:
    """From the mixtures known: the best of their deals alone, then with the deal of steepest rise, until none rises."""
    if (start @ gains).min() <= 1e-12:
        return start, 0.0
    best = start
    taking = (start > 1e-9) | (relative > 1e-9)
    for _ in range(_ROUNDS):
        better = _on_its_deals(gains, taking, best, w)
        if _value(gains, better, w) >= _value(gains, best, w):
            best = better
        gap = _gap(gains, best, w)
        rising = int((gains / (best @ gains) @ w).argmax())
        if gap <= _CLOSE or (taking[rising] and best[rising] > 0):
            break
        taking[rising] = True
    return best, _gap(gains, best, w)


def _value(gains: Array, chances: Array, w: Array) -> float:
    have = chances @ gains
    return float(w @ np.log(have)) if (have > 0).all() else -np.inf


def _gap(gains: Array, chances: Array, w: Array) -> float:
    have = chances @ gains
    return max(0.0, float((gains / have @ w).max() - w.sum())) if (have > 0).all() else float("inf")


def _on_its_deals(gains: Array, taking: np.ndarray, chances: Array, w: Array) -> Array:
    """The best mixture of the deals that take part, from `chances` with a little of each."""
    at = np.flatnonzero(taking)
    part = gains[at]
    start = 0.95 * chances[at] + 0.05 / len(at)
    if (start @ part).min() <= 0:
        start = chances[at]
    found = minimize(
        lambda p: -float(w @ np.log(np.maximum(p @ part, 1e-300))), start / start.sum(),
        jac=lambda p: -(part / np.maximum(p @ part, 1e-300)) @ w, bounds=[(0, 1)] * len(at), method="SLSQP",
        constraints={"type": "eq", "fun": lambda p: p.sum() - 1, "jac": lambda p: np.ones(len(p))},
        options={"ftol": 1e-15, "maxiter": 100},
    )  # fmt: skip
    better = np.zeros(len(chances))
    better[at] = np.maximum(found.x, 0.0)
    return np.asarray(better / better.sum())


def _mixed(chances: Array, u: Array) -> MixedOfMany:
    parts = np.where(chances > 1e-9, chances, 0.0)
    parts = parts / parts.sum()
    return MixedOfMany(
        utilities=tuple((parts @ u).tolist()),
        mix=tuple((int(k), float(parts[k])) for k in np.flatnonzero(parts)),
    )
