"""The least guarantee that makes a deal hold, and the trust that does in its place."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from winset.models.crisis.checks import cost, share
from winset.models.crisis.guarantee import TOLERANCE, Holding

ENDLESS = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Least:
    """The least guarantee within a range, and whether there is one.

    enough       whether some guarantee of the range makes the deal enforce itself
    duration     periods it must stand: 0 where nobody is tempted, -1 without end
    expected     cost to a breaker times the chance that it is made to pay, at least
    cost         least cost at the highest chance of the range;  probability  least chance at its highest cost; each None
                 where the range holds none, the second also where costs are not bounded
    too_short, too_weak   why none is enough
    """

    enough: bool
    duration: int
    expected: float
    cost: float | None
    probability: float | None
    too_short: bool
    too_weak: bool


def least(
    found: Holding, *, cost_most: float = float("inf"), probability_most: float = 1.0, duration_most: int | None = None
) -> Least:
    """Over all guarantees of at most this cost, chance of enforcement and number of periods (None: without end).

    Breaking must be deterred in each period in which somebody is tempted, so the largest temptation sets the expected
    cost and the last tempted period the duration; each of the three bounds can fail by itself.
    """
    top, chance = (
        (cost_most if np.isinf(cost_most) else cost("the largest penalty", cost_most)),
        share("the highest probability of enforcement", probability_most),
    )
    tempted = np.flatnonzero((found.temptation > TOLERANCE).any(axis=0))
    if tempted.size == 0:
        return Least(enough=True, duration=0, expected=0.0, cost=0.0, probability=0.0, too_short=False, too_weak=False)
    expected = float(found.temptation.max())
    last = int(tempted[-1])
    duration = ENDLESS if last == found.temptation.shape[1] - 1 else last + 1  # the last value of a path stays
    too_short = duration_most is not None and (duration == ENDLESS or duration > duration_most)
    too_weak = chance == 0 or expected > chance * top + TOLERANCE
    bounded = np.isfinite(top) and top > 0
    return Least(
        enough=not (too_short or too_weak), duration=duration, expected=expected,
        cost=None if too_weak else expected / chance,
        probability=expected / top if bounded and not too_weak else None, too_short=too_short, too_weak=too_weak,
    )  # fmt: skip


def trust_needed(
    left: NDArray[np.float64], deal: float, d: float, path: tuple[float, ...], costs: tuple[float, float]
) -> tuple[float | None, float | None]:
    """For each side the least chance that the other keeps its word which makes the deal better than fighting now.

    left   (2, periods) what each side gains by breaking under the guarantee, its expected penalty taken off
    A side that relies on the other gets its share until the first period in which the other would gain by breaking,
    and war from then on, with the chance that it breaks. 0 where the deal is no worse than war even so; None where no
    trust would do.
    """
    p = np.array(path)
    chances, shares = np.stack([p, 1 - p]), (deal, 1 - deal)
    needed: list[float | None] = []
    for i, j in ((0, 1), (1, 0)):
        keeps = shares[i] / (1 - d)
        now = chances[i, 0] / (1 - d) - costs[i]
        tempted = np.flatnonzero(left[j] > TOLERANCE)
        broken = keeps
        if tempted.size:
            t = int(tempted[0])
            broken = shares[i] * (1 - d**t) / (1 - d) + d**t * (chances[i, t] / (1 - d) - costs[i])
        if min(keeps, broken) >= now - TOLERANCE:
            needed.append(0.0)
        elif keeps < now - TOLERANCE or keeps - broken <= TOLERANCE:
            needed.append(None)
        else:
            needed.append(float(min(1.0, (now - broken) / (keeps - broken))))
    return needed[0], needed[1]


def kept_together(
    left: NDArray[np.float64], trust: tuple[tuple[float, float, float] | None, tuple[float, float, float] | None],
    kept: tuple[float, float, float] | None = None,
) -> tuple[float, float, float] | None:  # fmt: skip
    """Chance (low, likely, high) that both keep the deal: a side that gains nothing by breaking keeps it, the other with
    the trust put in it, each by itself. None where a tempted side's trust is not known.

    kept  that chance itself, where it is known of whole deals; it holds wherever anybody is tempted
    """
    if kept is not None and (left > TOLERANCE).any():
        return kept
    result = (1.0, 1.0, 1.0)
    for side in (0, 1):
        if (left[side] > TOLERANCE).any():
            held = trust[side]
            if held is None:
                return None
            result = (result[0] * held[0], result[1] * held[1], result[2] * held[2])
    return result
