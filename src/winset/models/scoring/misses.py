"""How far a method's forecasts of numbers have missed, carried into what it forecasts next."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from winset.errors import ModelError
from winset.models.scoring.comparison import resample

Floats = NDArray[np.float64]
LEVELS = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95)
WIDTHS = (0.5, 0.8, 0.9)
FEWEST = 10
"""On fewer misses nothing is said about the next one."""
_CELLS = 1 << 21


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Misses:
    """errors  (questions,) outcome less forecast, in hundredths of the issue's scale; groups  which questions belong together

    Raises ModelError on fewer than FEWEST, or on errors that are no numbers.
    """

    errors: Floats
    groups: tuple[str, ...]

    def __post_init__(self) -> None:
        if len(self.errors) < FEWEST or len(self.errors) != len(self.groups):
            raise ModelError(f"{len(self.errors)} graded forecasts; an error is learnt from {FEWEST} or more")
        if not np.isfinite(self.errors).all() or (np.abs(self.errors) > 100 + 1e-9).any():
            raise ModelError("errors lie within -100..100 hundredths of the scale")

    @property
    def mae(self) -> tuple[float, tuple[float, float]]:
        """Mean absolute error, and its 95 % interval by bootstrap over groups."""
        size = np.abs(self.errors)
        drawn = resample(self.groups, samples=2_000, rng=np.random.default_rng(0))
        return float(size.mean()), drawn.interval(size)

    @property
    def rmse(self) -> float:
        return float(np.sqrt((self.errors**2).mean()))

    def coverage(self) -> dict[float, float]:
        """Share of the outcomes within the central intervals that the other groups' errors give (the other questions' where
        all are one group)."""
        groups = np.asarray(self.groups if len(set(self.groups)) > 1 else [str(n) for n in range(len(self.groups))])
        inside = dict.fromkeys(WIDTHS, 0)
        for one in np.unique(groups):
            own, others = self.errors[groups == one], self.errors[groups != one]
            for width in WIDTHS:
                low, high = np.quantile(others, [(1 - width) / 2, (1 + width) / 2])
                inside[width] += int(((own >= low - 1e-9) & (own <= high + 1e-9)).sum())
        return {width: count / len(self.errors) for width, count in inside.items()}

    def quantiles_with(self, centre: Floats, scale: tuple[float, float]) -> dict[float, float]:
        """Of the outcome: every draw's forecast, missed by each error alike, cut at the ends of the scale.

        centre  (draws,), nan where there is no forecast; of very many draws evenly spaced ones stand for all
        """
        there = np.sort(centre[~np.isnan(centre)])
        if not there.size:
            return {}
        most = max(64, _CELLS // len(self.errors))
        if there.size > most:
            there = there[np.linspace(0, there.size - 1, most).astype(int)]
        missed = there[:, None] + self.errors / 100 * (scale[1] - scale[0])
        found = np.quantile(np.clip(missed, *scale), LEVELS)
        return dict(zip(LEVELS, found.tolist(), strict=True))


def pooled(pairs: Sequence[tuple[float, str]]) -> Misses:
    """Of (error, group) pairs."""
    return Misses(errors=np.array([e for e, _ in pairs], float), groups=tuple(g for _, g in pairs))
