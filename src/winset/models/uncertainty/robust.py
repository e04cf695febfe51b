"""Which choice holds up in several possible worlds: how often it is acceptable there, and how much better one could have done."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from winset.errors import ModelError
from winset.models.uncertainty.draws import SCRAMBLINGS
from winset.models.uncertainty.marginals import Floats

Measure = Literal["nash", "egalitarian", "utilitarian"]
MEASURES: tuple[Measure, ...] = ("nash", "egalitarian", "utilitarian")
MOST = 0.5
"""A choice is acceptable in a world where it is in more than this share of draws."""


def values(gains: Sequence[Floats], measure: Measure) -> tuple[Floats, NDArray[np.bool_]]:
    """(draws, deals) what each deal is worth and whether everybody accepts it; gains (draws, deals) over no deal, one a party.

    The worth is the geometric mean (nash), the smallest (egalitarian) or the mean (utilitarian) of what the parties gain, in
    their own units, and 0 where somebody would refuse: then there is no deal and nobody gains.
    Raises ModelError on another measure.
    """
    if measure not in MEASURES:
        raise ModelError(f"no measure {measure!r}; there are {', '.join(MEASURES)}")
    stacked = np.stack(gains)
    accepted: NDArray[np.bool_] = np.all(stacked >= 0, axis=0, keepdims=False)
    inside = np.maximum(stacked, 0.0)
    if measure == "nash":
        worth = np.exp(np.log(inside, out=np.full(inside.shape, -np.inf), where=inside > 0).mean(axis=0))
    elif measure == "egalitarian":
        worth = inside.min(axis=0)
    else:
        worth = inside.mean(axis=0)
    return np.where(accepted, worth, 0.0), accepted


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Held:
    """One world's deals over its draws: share of draws in which each is acceptable; mean regret, (deals,) each."""

    acceptable: Floats
    regret: Floats


def held(blocks: Iterator[tuple[Floats, NDArray[np.bool_], Floats]], deals: int) -> Held:
    """Sums over blocks of draws: (draws, deals) worth and whether accepted, and (draws,) the most that was possible."""
    count, accepted, regret = 0, np.zeros(deals), np.zeros(deals)
    for worth, yes, most in blocks:
        count += len(worth)
        accepted += yes.sum(axis=0)
        regret += (most[:, None] - worth).sum(axis=0)
    return Held(acceptable=accepted / count, regret=regret / count)


def often(worlds: Sequence[Held]) -> NDArray[np.int64]:
    """(deals,) in how many worlds each is acceptable."""
    found: NDArray[np.int64] = np.stack([one.acceptable > MOST for one in worlds]).sum(axis=0, dtype=np.int64)
    return found


def order(worlds: Sequence[Held], weights: Sequence[float]) -> NDArray[np.intp]:
    """Deals, the most robust first: acceptable in the most worlds, then the smallest largest regret, then the smallest
    expected regret, then by their place. Regret is the minimax criterion of Savage 1951, JASA 46, over worlds."""
    largest = np.max([one.regret for one in worlds], axis=0)
    expected = np.average([one.regret for one in worlds], axis=0, weights=list(weights))
    rounded = [np.rint(one * 1e9) for one in (expected, largest)]
    return np.lexsort((*rounded, -often(worlds)))


def checked_weights(weights: Sequence[float]) -> tuple[float, ...]:
    """Chances of the worlds. Raises ModelError where they are none."""
    w = np.asarray(weights, float)
    if not np.isfinite(w).all() or (w < 0).any() or abs(w.sum() - 1) > 1e-6:
        raise ModelError(f"chances of scenarios are 0 or more and sum to 1, got {w.tolist()} (sum {w.sum():g})")
    return tuple(w.tolist())


def difference(a: Floats, b: Floats, place: NDArray[np.int64]) -> dict[str, object]:
    """b less a over the same draws: mean, the middle 90 in 100 of the draws, and the standard error over scramblings."""
    gap = b - a
    parts = [float(gap[place == s].mean()) for s in range(SCRAMBLINGS) if (place == s).any()]
    low, high = np.quantile(gap, [0.05, 0.95]).tolist()
    return {
        "mean": float(gap.mean()), "interval": [low, high],
        "standard_error": float(np.std(parts, ddof=1) / np.sqrt(len(parts))) if len(parts) > 1 else None,
    }  # fmt: skip
