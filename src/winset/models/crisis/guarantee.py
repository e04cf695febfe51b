"""Would a deal hold while power shifts, and what guarantee would make it enforce itself."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from winset.errors import ModelError
from winset.models.crisis.checks import cost, discount, share

TOLERANCE = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Holding:
    """sufficient   whether neither side gains by breaking the deal at any time
    needed       least cost to a breaker that would be enough, at the given probability and duration; None if none is
    temptation   (2, periods) what each side gains by breaking in each period, before any guarantee
    left         (2, periods) the same less the expected penalty; a guarantee that ends shows its end in the last period
    breaks       (side, period) of the first breach under the guarantee, from 0; None where it holds
    needed_probability, needed_duration  the least that would do with the other two as given; None where none would;
                 a duration of -1 stands for one without end
    """

    sufficient: bool
    needed: float | None
    temptation: NDArray[np.float64]
    left: NDArray[np.float64]
    breaks: tuple[int, int] | None
    needed_probability: float | None
    needed_duration: int | None


def holding(
    deal: float,
    d: float,
    path: tuple[float, ...],
    costs: tuple[float, float],
    *,
    penalty: float = 0.0,
    probability: float = 1.0,
    duration: int | None = None,
    most: float = float("inf"),
) -> Holding:
    """Test a deal against a path of power.

    deal         share of the first side, of a pie of 1 a period
    d            discount factor a period, below 1
    path         the first side's chance of winning in each period; the last value stays for ever
    costs        of war to each
    penalty      what the guarantor makes a breaker pay;  probability  that it does;  duration  periods from 0 on in
                 which it stands, None without end;  most  the largest penalty that can be had
    Breaking in period t brings a side p_t/(1-d) - c against deal/(1-d), both from t on; it is tempted where the first
    is larger. Source: payoffs as in Fearon 1995, 404-408; enforcement as an expected cost, Walter 2002.
    """
    x, d, e = share("the deal", deal), discount(d), share("the probability of enforcement", probability)
    if not path:
        raise ModelError("a path of power needs at least one period")
    p = np.array([share(f"the path of power in period {t}", v) for t, v in enumerate(path)])
    c = np.array([cost("a cost of war", v) for v in costs])
    fine = cost("the penalty", penalty)
    if duration is not None and duration < 0:
        raise ModelError(f"a guarantee lasts no less than 0 periods, got {duration}")
    gain = np.stack([(p - x) / (1 - d) - c[0], (x - p) / (1 - d) - c[1]])
    covered = np.ones(len(p), dtype=bool) if duration is None else np.arange(len(p)) < duration
    if duration is not None:
        # the last value of the path stays for ever, so a guarantee that ends leaves it bare in the end
        gain_after = float(gain[:, -1].max())
    else:
        gain_after = -np.inf
    left = gain - np.where(covered, e * fine, 0.0)
    bare_after = gain_after > TOLERANCE
    if bare_after and duration is not None:
        left[:, -1] = gain[:, -1]
    where = np.argwhere((left > TOLERANCE).T)
    breaks = (int(where[0][1]), int(where[0][0])) if where.size else None
    if breaks is not None and bare_after and duration is not None and breaks[1] == len(p) - 1:
        breaks = (int(gain[:, -1].argmax()), max(duration, len(p) - 1))
    inside = max(float(gain[:, covered].max()) if covered.any() else 0.0, 0.0)
    outside = max(float(gain[:, ~covered].max()) if (~covered).any() else 0.0, gain_after, 0.0)
    needed: float | None
    if outside > TOLERANCE or (inside > TOLERANCE and e == 0):
        needed = None
    else:
        needed = inside / e if inside > TOLERANCE else 0.0
        needed = needed if needed <= most + TOLERANCE else None
    tempted = np.flatnonzero((gain > TOLERANCE).any(axis=0))
    deterred = float(max(gain.max(), 0.0)) <= e * fine + TOLERANCE
    if tempted.size == 0:
        needed_duration: int | None = 0
    elif not deterred:
        needed_duration = None
    else:
        needed_duration = -1 if tempted[-1] == len(p) - 1 else int(tempted[-1]) + 1
    if outside > TOLERANCE or (inside > TOLERANCE and inside > fine + TOLERANCE):
        needed_probability = None
    else:
        needed_probability = inside / fine if inside > TOLERANCE else 0.0
    return Holding(
        sufficient=breaks is None, needed=needed, temptation=gain, left=left, breaks=breaks,
        needed_probability=needed_probability, needed_duration=needed_duration,
    )  # fmt: skip
