"""Krippendorff's alpha for any number of coders, values missing or not, on three levels of measurement."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from winset.errors import ModelError

Level = Literal["nominal", "ordinal", "interval"]
LEVELS: tuple[Level, ...] = ("nominal", "ordinal", "interval")


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """`alpha` is 1 where coders always agree, 0 where they agree as by chance, below where less; None where it is not defined:
    fewer than two values to pair, or all of them the same. `interval` holds `level_of_interval` of bootstrap draws over units.
    """

    alpha: float | None
    interval: tuple[float, float] | None
    units: int
    values: int


def krippendorff_alpha(codes: ArrayLike, *, level: Level = "nominal") -> float | None:
    """One less observed over expected disagreement, among units that two coders or more have coded.

    codes  (coders, units) numbers; NaN where a coder has not coded a unit. For nominal codes only equality counts, for ordinal
           ones only their order, for interval ones their squared difference.
    None where fewer than two values can be paired, or all are the same.
    Source: Krippendorff 2011, Computing Krippendorff's Alpha-Reliability (canonical form of the coincidence matrix).
    """
    coincidences, distance = _coincidences(codes, level)
    return _alpha(coincidences.sum(axis=0), distance)


def agreement(
    codes: ArrayLike, *, level: Level = "nominal", draws: int = 1000, share: float = 0.95,
    rng: np.random.Generator | None = None,
) -> Agreement:  # fmt: skip
    """Alpha with a percentile interval from `draws` bootstrap samples of the units; no interval without `rng`.

    Draws in which alpha is not defined count as full agreement where all values are the same: so they are.
    """
    by_unit, distance = _coincidences(codes, level)
    alpha = _alpha(by_unit.sum(axis=0), distance)
    values = round(float(by_unit.sum()))
    if alpha is None or rng is None or draws < 1 or len(by_unit) < 2:
        return Agreement(alpha=alpha, interval=None, units=len(by_unit), values=values)
    drawn = []
    for _ in range(draws):
        counts = np.bincount(rng.integers(0, len(by_unit), len(by_unit)), minlength=len(by_unit))
        found = _alpha(np.tensordot(counts, by_unit, axes=1), distance)
        drawn.append(1.0 if found is None else found)
    low, high = np.quantile(drawn, [(1 - share) / 2, (1 + share) / 2])
    return Agreement(alpha=alpha, interval=(float(low), float(high)), units=len(by_unit), values=values)


def _coincidences(
    codes: ArrayLike, level: Level
) -> tuple[NDArray[np.float64], Callable[[NDArray[np.float64]], NDArray[np.float64]]]:
    """(units, codes, codes) of pairs within each unit, and the distances between codes given how often each occurs."""
    table = np.asarray(codes, float)
    if table.ndim != 2 or level not in LEVELS:
        raise ModelError(f"alpha needs a table of coders by units and a level of {', '.join(LEVELS)}; got {level!r}")
    known = ~np.isnan(table)
    table = table[:, known.sum(axis=0) > 1]
    known = ~np.isnan(table)
    values = np.unique(table[known])
    counts = (
        np.stack([(table == value).sum(axis=0) for value in values], axis=1).astype(float)
        if values.size
        else np.zeros((0, 0))
    )
    pairs = counts[:, :, None] * counts[:, None, :]
    index = np.arange(len(values))
    pairs[:, index, index] -= counts
    total = counts.sum(axis=1)
    pairs = pairs / (total - 1)[:, None, None] if len(total) else pairs

    def distance(often: NDArray[np.float64]) -> NDArray[np.float64]:
        if level == "nominal":
            return 1.0 - np.eye(len(values))
        if level == "interval":
            return np.asarray((values[:, None] - values[None, :]) ** 2)
        below = np.cumsum(often)
        low, high = np.minimum.outer(index, index), np.maximum.outer(index, index)
        between = below[high] - below[low] + often[low] - (often[low] + often[high]) / 2
        return np.where(low == high, 0.0, between**2)

    return pairs, distance


def _alpha(
    coincidences: NDArray[np.float64], distance: Callable[[NDArray[np.float64]], NDArray[np.float64]]
) -> float | None:
    often = coincidences.sum(axis=0)
    n = often.sum()
    if n < 2:
        return None
    apart = distance(often)
    expected = float((np.outer(often, often) * apart).sum() / (n - 1))
    return 1 - float((coincidences * apart).sum()) / expected if expected > 0 else None
