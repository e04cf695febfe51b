"""How wrong the default spatial forecast has been where the outcome is known, and forecasts that include that error."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from winset.models.normal import below as share_below
from winset.models.spatial.averages import Floats

LEVELS = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What a backtest found; errors in hundredths of the issue's scale, coverage the share of outcomes inside."""

    data: str
    issues: int
    mae: float
    rmse: float
    crps: float
    coverage: tuple[tuple[float, float], ...]
    subgroups: tuple[tuple[str, int, float, float], ...]  # period, issues, CRPS, share of outcomes in 80 % intervals

    def as_json(self) -> dict[str, Any]:
        """Plain values, with what they mean."""
        return {
            "method": "compromise, with a normal of the weighted spread of positions around it",
            "data": self.data, "issues": self.issues, "mae": self.mae, "rmse": self.rmse, "crps": self.crps,
            "coverage": {f"{level:g}": share for level, share in self.coverage},
            "subgroups": [
                {"period": period, "issues": n, "crps": crps, "coverage": {"0.8": share}}
                for period, n, crps, share in self.subgroups
            ],
            "unit": "hundredths of the issue's scale",
        }  # fmt: skip


RECORD = Record(
    data="DEU III (Arregui and Perarnaud 2021, doi:10.34810/data53), by `winset backtest`", issues=351,
    mae=22.995, rmse=29.769, crps=15.963, coverage=((0.5, 0.540), (0.8, 0.781), (0.9, 0.879)),
    subgroups=(("before Nice", 175, 16.68, 0.737), ("Nice", 147, 15.57, 0.809), ("population", 29, 13.62, 0.900)),
)  # fmt: skip

# mean absolute error of each point on the same issues, and its 95 % interval (bootstrap over dossiers, seed 0)
POINTS: dict[str, tuple[float, float, float]] = {
    "mean": (23.63, 21.52, 25.82),
    "salience_weighted_mean": (23.64, 21.64, 25.65),
    "compromise": (23.00, 20.95, 25.05),
    "median": (28.37, 25.05, 32.11),
    "salience_weighted_median": (28.31, 25.08, 31.87),
    "power_weighted_median": (28.48, 25.03, 31.92),
    "challenge scholz-code": (29.58, 26.58, 32.69),
    "challenge scholz-printed": (28.33, 25.06, 31.59),
    "nash, linear loss": (22.42, 20.15, 24.53),
    "kalai_smorodinsky, linear loss": (26.98, 24.76, 29.11),
    "nash, quadratic loss": (23.42, 21.43, 25.39),
    "kalai_smorodinsky, quadratic loss": (26.98, 24.76, 29.11),
    "exchange": (24.20, 22.21, 26.18),
    "election markov-uniform": (23.63, 21.11, 26.14),
    "election markov-incentive": (24.47, 22.02, 26.91),
    "election conditional": (24.43, 21.91, 27.02),
}


def forecast_quantiles(centre: Floats, spread: Floats, scale: tuple[float, float]) -> dict[float, float]:
    """Quantiles of the outcome over all draws, each draw a normal around its centre cut at the ends of the scale.

    centre, spread  (draws,), nan where a draw has no forecast. By bisection of the mixture's distribution function, to
    two millionths of the scale.
    """
    there = ~np.isnan(centre)
    m, s = centre[there], np.maximum(spread[there], 1e-12)
    if not m.size:
        return {}
    grid = np.linspace(*scale, 33)
    below = np.array([float(share_below((x - m) / s).mean()) for x in grid])
    found = {}
    for level in LEVELS:
        place = int(np.searchsorted(below, level))
        if place in (0, len(grid)):
            found[level] = float(grid[min(place, len(grid) - 1)])
            continue
        low, high = float(grid[place - 1]), float(grid[place])
        for _ in range(16):
            middle = (low + high) / 2
            enough = float(share_below((middle - m) / s).mean()) >= level
            low, high = (low, middle) if enough else (middle, high)
        found[level] = high
    return found
