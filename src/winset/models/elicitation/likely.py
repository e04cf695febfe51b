"""How sure weights are if answers are given with errors, as people give them."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from winset.models.elicitation.weights import Answers, Array, difference

SHARE = 0.9
"""Chance that a weight lies in its likely range, where answers err as said below."""
POINTS = 0.35
"""Points on an issue are off by about this share of them."""
PACKAGE = 0.1
"""A package's rating is off by about this."""
TRADE_OFF = 0.05
"""Two sides of a trade-off are compared with an error of about this in worth, where the best deal is worth 1."""
_WALKERS = 120
_BURN, _KEPT = 300, 300


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Likely:
    """low, high  (n,): the range of each weight with chance SHARE; mean and sd (n,)."""

    low: Array
    high: Array
    mean: Array
    sd: Array


def likely(answers: Answers, *, seed: int = 0) -> Likely:
    """Weights after the answers, all weights being as likely before and answers erring by POINTS, PACKAGE, TRADE_OFF.

    Drawn by walkers that stretch toward each other (Goodman and Weare 2010, CAMCoS 5(1)), over logarithms of
    exponential weights, whose shares are spread evenly.
    """
    n = len(answers.worths)
    if n == 1:
        one = np.ones(1)
        return Likely(low=one, high=one, mean=one, sd=np.zeros(1))
    rng = np.random.default_rng(seed)
    score = _Score(answers)
    here = np.log(rng.exponential(size=(_WALKERS, n)))
    value = score(here)
    kept = []
    half = _WALKERS // 2
    for step in range(_BURN + _KEPT):
        for moving, others in ((slice(0, half), slice(half, None)), (slice(half, None), slice(0, half))):
            pull = (1 + rng.random(half)) ** 2 / 2  # between 1/2 and 2, density falling as 1 / sqrt
            partner = here[others][rng.integers(half, size=half)]
            trial = partner + pull[:, None] * (here[moving] - partner)
            found = score(trial)
            taken = np.log(rng.random(half)) < (n - 1) * np.log(pull) + found - value[moving]
            here[moving] = np.where(taken[:, None], trial, here[moving])
            value[moving] = np.where(taken, found, value[moving])
        if step >= _BURN:
            kept.append(_shares(here))
    draws = np.concatenate(kept)
    low, high = np.quantile(draws, [(1 - SHARE) / 2, (1 + SHARE) / 2], axis=0)
    return Likely(low=low, high=high, mean=draws.mean(axis=0), sd=draws.std(axis=0))


def _shares(logs: Array) -> Array:
    w = np.exp(logs - logs.max(axis=1, keepdims=True))
    return np.asarray(w / w.sum(axis=1, keepdims=True))


class _Score:
    """Logarithm of how likely answers and weights are together, up to a constant."""

    def __init__(self, answers: Answers) -> None:
        self.points = None if answers.points is None else answers.points / answers.points.sum()
        self.packages = _rows(
            [[float(w[c]) for w, c in zip(answers.worths, choice, strict=True)] for choice, _ in answers.packages],
            len(answers.worths),
        )
        self.ratings = np.array([rating for _, rating in answers.packages])
        rows = [difference(answers.worths, first, second) for first, second, _ in answers.trade_offs]
        sign = [{"first": 1.0, "second": -1.0, "same": 0.0}[prefer] for _, _, prefer in answers.trade_offs]
        self.trade_offs, self.sign = _rows(rows, len(answers.worths)), np.array(sign)

    def __call__(self, logs: Array) -> Array:
        w = _shares(logs)
        total = (logs - np.exp(np.minimum(logs, 50.0))).sum(axis=1)
        if self.points is not None:
            off = np.log((w + 0.01) / (self.points + 0.01)) / POINTS
            total = total - 0.5 * (off**2).sum(axis=1)
        total = total - 0.5 * (((w @ self.packages.T - self.ratings) / PACKAGE) ** 2).sum(axis=1)
        by = (w @ self.trade_offs.T) / TRADE_OFF
        told = np.where(self.sign == 0, -0.5 * by**2, _log_chance(by * self.sign))
        return np.asarray(total + told.sum(axis=1))


def _rows(rows: Sequence[Sequence[float] | Array], width: int) -> Array:
    return np.array(rows, dtype=float).reshape(len(rows), width)


_GRID = np.linspace(-8, 8, 641)
_LOG_CHANCE = np.log([NormalDist().cdf(x) for x in _GRID])


def _log_chance(x: Array) -> Array:
    """Logarithm of the normal distribution function; below -8, where it is a parabola."""
    return np.where(x < -8, -0.5 * x**2 - np.log(np.maximum(-x, 1.0)) - 0.9189, np.interp(x, _GRID, _LOG_CHANCE))
