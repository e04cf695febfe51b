"""What draws say about an answer: mean, spread, quantiles, and how sure these are with so many draws."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from winset.models.uncertainty.marginals import Floats

LEVELS = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95)
TOLERANCE = 0.02
"""A standard error of at most this share of the spread counts as converged."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Summary:
    """One output over its draws; all None but `share` where it has no value in any.

    share           of draws in which it has a value
    standard_error  of the mean: spread of the scramblings' means over the root of their number
    quantile_errors the same of each quantile
    """

    share: float
    mean: float | None
    sd: float | None
    quantiles: dict[float, float]
    standard_error: float | None
    quantile_errors: dict[float, float]

    def settled(self, tolerance: float = TOLERANCE) -> bool:
        """Whether the standard error is small beside the spread."""
        if self.mean is None or self.sd is None or self.standard_error is None:
            return True
        return self.standard_error <= tolerance * self.sd + 1e-12 * max(1.0, abs(self.mean))


def summarise_shares(yes: NDArray[np.bool_], scrambling: NDArray[np.int64]) -> list[Summary]:
    """Of (draws, outputs) that hold or do not, one an output: as `summarise` of zeros and ones, all at once."""
    parts = [yes[scrambling == s].mean(axis=0) for s in range(int(scrambling.max()) + 1)]
    mean = yes.mean(axis=0)
    n = len(parts)
    errors = np.std(parts, axis=0, ddof=1) / np.sqrt(n) if n > 1 else np.full(len(mean), np.nan)
    found = []
    for p, error in zip(mean.tolist(), errors.tolist(), strict=True):
        found.append(Summary(
            share=1.0, mean=p, sd=float(np.sqrt(p * (1 - p))), standard_error=error if n > 1 else None,
            quantiles={q: float(q > 1 - p) for q in LEVELS}, quantile_errors={},
        ))  # fmt: skip
    return found


def summarise(values: Floats, scrambling: NDArray[np.int64]) -> Summary:
    """Of (draws,) values, nan where there is none, with the scrambling of each draw."""
    there = ~np.isnan(values)
    found = values[there]
    if found.size == 0:
        return Summary(share=0.0, mean=None, sd=None, quantiles={}, standard_error=None, quantile_errors={})
    means, quantiles = [], []
    for s in range(int(scrambling.max()) + 1):
        part = values[there & (scrambling == s)]
        if part.size:
            means.append(float(part.mean()))
            quantiles.append(np.quantile(part, LEVELS))
    n = len(means)
    error = float(np.std(means, ddof=1) / np.sqrt(n)) if n > 1 else None
    spread = np.std(quantiles, axis=0, ddof=1) / np.sqrt(n) if n > 1 else np.full(len(LEVELS), np.nan)
    return Summary(
        share=float(there.mean()), mean=float(found.mean()), sd=float(found.std()),
        quantiles=dict(zip(LEVELS, np.quantile(found, LEVELS).tolist(), strict=True)), standard_error=error,
        quantile_errors={q: float(e) for q, e in zip(LEVELS, spread, strict=True) if np.isfinite(e)},
    )  # fmt: skip
