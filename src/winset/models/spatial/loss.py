"""Nash and Kalai-Smorodinsky on one issue, where what an outcome is worth falls with its distance.

Party i loses s_i d(x_i, y) at y, with d the distance (`linear`) or its square (`quadratic`) over the scale's width.
Without agreement there is the status quo; where none is stated, each party's own worst end of the scale.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from winset.errors import ModelError

Floats = NDArray[np.float64]
Loss = Literal["linear", "quadratic"]
LOSSES: tuple[Loss, ...] = get_args(Loss)
STEPS = 200  # of bisection: far beyond double precision on any scale


@dataclass(frozen=True, slots=True, kw_only=True)
class Bargain:
    """Both solutions under one loss. `zone` is what nobody is worse off with than without agreement."""

    loss: Loss
    disagreement: str  # "status quo" or "worst end"
    zone: tuple[float, float]
    nash: float
    kalai_smorodinsky: float


def _zone(position: Floats, scale: tuple[float, float], status_quo: float | None) -> tuple[float, float]:
    """Both losses rise with distance, so the zone is the same: everybody at least as near as the status quo."""
    if status_quo is None:
        return scale
    side = np.sign(position - status_quo)
    if (side > 0).all():
        return status_quo, min(2 * float(position.min()) - status_quo, scale[1])
    if (side < 0).all():
        return max(2 * float(position.max()) - status_quo, scale[0]), status_quo
    return status_quo, status_quo


def _crossing(rises: Callable[[float], bool], low: float, high: float) -> float:
    """Where a concave function stops rising."""
    for _ in range(STEPS):
        middle = low + (high - low) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if rises(middle) else (low, middle)
    return low if not rises(low) else high


def bargain(
    position: Floats,
    weight: Floats,
    scale: tuple[float, float],
    *,
    status_quo: float | None = None,
    loss: Loss = "linear",
) -> Bargain:
    """The point with the largest product of gains (each to the power w), and with the largest smallest relative gain.

    position  (n,), inside `scale`; weight (n,) >= 0, parties with 0 do not count
    Salience multiplies a party's whole utility, which neither solution feels; it counts through the weight of Nash.
    Sources: Nash 1950; Kalai and Smorodinsky 1975; Achen 2006, in Thomson et al., The European Union Decides, ch. 4.
    """  # fmt: skip
    if loss not in LOSSES:
        raise ModelError(f"no loss {loss!r}; there are {', '.join(LOSSES)}")
    counts = weight > 0
    if not counts.any():
        raise ModelError("all weights are 0; give somebody weight")
    x, w = position[counts], weight[counts] / weight[counts].sum()
    width = scale[1] - scale[0] or 1.0
    power = 1 if loss == "linear" else 2
    low, high = _zone(x, scale, status_quo)
    worst = np.maximum(x - scale[0], scale[1] - x) if status_quo is None else np.abs(x - status_quo)
    how: str = "worst end" if status_quo is None else "status quo"
    if not high > low:
        return Bargain(loss=loss, disagreement=how, zone=(low, high), nash=low, kalai_smorodinsky=low)
    floor = (worst / width) ** power

    def gains(y: float) -> Floats:
        return np.asarray(floor - (np.abs(x - y) / width) ** power, dtype=float)

    def slopes(y: float) -> Floats:  # to the right
        away = (y - x) / width
        return -np.where(away >= 0, 1.0, -1.0) if power == 1 else -2 * away

    def nash_rises(y: float) -> bool:
        g, s = gains(y), slopes(y)
        if (g <= 0).any():  # at an end of the zone, where somebody gains nothing
            return bool((s[g <= 0] > 0).all())
        return bool(w @ (s / g) > 0)

    best = gains_at_best = np.array([float(np.clip(v, low, high)) for v in x])
    gains_at_best = floor - (np.abs(x - best) / width) ** power

    def smallest_rises(y: float) -> bool:
        relative = gains(y) / gains_at_best
        tied = relative <= relative.min() + 1e-15
        return bool((slopes(y)[tied] > 0).all())

    return Bargain(
        loss=loss, disagreement=how, zone=(low, high),
        nash=_crossing(nash_rises, low, high), kalai_smorodinsky=_crossing(smallest_rises, low, high),
    )  # fmt: skip
