"""The solutions of bargaining theory over listed outcomes of the zone."""

from dataclasses import dataclass

import numpy as np

from winset.models.bargaining.problem import Array

_TIE = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pick:
    """One solution: the rows of all outcomes that tie for it, in order; the first is the winner."""

    rows: np.ndarray

    @property
    def row(self) -> int:
        return int(self.rows[0])


def nash(gains: Array, unit: float, power: Array | None = None) -> Pick:
    """Largest product of gains over reservation; where every product is nil, the leximin of gains.

    gains  (parties, outcomes) >= 0, in units of `unit`
    power  (parties,) > 0, equal by default; only ratios matter
    Products that rounding utilities to 1e-9 cannot tell apart tie.
    Sources: Nash 1950, Econometrica 18(2); unequal power, Kalai 1977, IJGT 6(3).
    """
    w = np.ones(len(gains)) if power is None else power / power.max()
    with np.errstate(divide="ignore"):
        score = w @ np.log(gains)
    best = float(score.max())
    if best == -np.inf:
        return egalitarian(gains)
    near = np.flatnonzero(score >= best - 1e-6)
    top = near[score[near].argmax()]
    doubt = (_TIE / unit) * (w / gains[:, top]).sum()
    return Pick(rows=near[score[near] >= best - max(doubt, 4e-15 * len(w) * (1 + abs(best)))])


def leximin(values: Array) -> Pick:
    """Largest smallest value, then largest second smallest, and so on. values (parties, outcomes)."""
    ordered = np.sort(values, axis=0)
    rows = np.arange(values.shape[1])
    for line in ordered:
        rows = rows[line[rows] == line[rows].max()]
    return Pick(rows=rows)


def egalitarian(gains: Array) -> Pick:
    """Largest smallest gain over reservation, then leximin. Source: Kalai 1977, Econometrica 45(7)."""
    return leximin(gains)


def kalai_smorodinsky(gains: Array) -> Pick:
    """Largest smallest gain relative to the best individually rational gain, then leximin.

    The ideal of a party is its best outcome in the zone; a party that cannot gain at all does not count.
    Source: Kalai and Smorodinsky 1975, Econometrica 43(3); leximin, Imai 1983, Econometrica 51(2).
    """
    ideal = gains.max(axis=1)
    relative = gains / np.where(ideal > 0, ideal, 1.0)[:, None]
    return leximin(np.rint(relative / _TIE))


def utilitarian(utilities: Array) -> Pick:
    """Largest sum of utilities. utilities (parties, outcomes), in whole units where comparisons are to be exact."""
    total = utilities.sum(axis=0)
    return Pick(rows=np.flatnonzero(total == total.max()))
