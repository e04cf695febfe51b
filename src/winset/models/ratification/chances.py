"""How surely deals pass: each ratifier's consent counted over its draws, and consents added up exactly.

Ratifiers are drawn independently of each other. So the chance that a chamber passes a deal follows from the chances
that its members consent, and needs no joint draws: fewer numbers, and none of the noise of counting votes together.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from winset.models.ratification.chambers import Chamber

Floats = NDArray[np.float64]
_HALF_STEP = 0.5e-9
_STEPS = 1e9  # of utility
_STATES = 4096  # sums of weights told apart; beyond, sums are rounded to this fraction of the whole
_DEALS = 2048


def consents(deals: Floats, position: Floats, weight: Floats, span: Floats, least: Floats) -> Floats:
    """(deals,) share of the draws of one ratifier in which each deal is worth at least what no deal is.

    deals     (deals, issues);  position (draws, issues);  weight (issues,) adding to 1;  span (issues,)
    least     (draws,) utility of no deal;  utility is 1 less the weighted distance, compared after rounding to 1e-9
    The loss is a sum over issues. With one issue that counts the consent is an interval, and two sorted lists are
    counted; with more the issues are split in two halves, so that each deal costs one comparison a draw.
    """
    room = 1 - least + _HALF_STEP
    cares = np.flatnonzero(weight > 0)
    draws = len(position)
    if cares.size == 0:
        return np.full(len(deals), float((room >= 0).mean()))
    if cares.size == 1:
        k = int(cares[0])
        reach = room * span[k] / weight[k]
        some = reach >= 0
        low, high = np.sort((position[:, k] - reach)[some]), np.sort((position[:, k] + reach)[some])
        at = deals[:, k]
        return (np.searchsorted(low, at, side="right") - np.searchsorted(high, at, side="left")) / draws
    half = _halves(deals, cares)
    first, at_first = np.unique(deals[:, cares[:half]], axis=0, return_inverse=True)
    second, at_second = np.unique(deals[:, cares[half:]], axis=0, return_inverse=True)
    loss = _steps(np.rint(_losses(first, cares[:half], position, weight, span) * _STEPS))
    left = _steps(np.floor((room[None, :] - _losses(second, cares[half:], position, weight, span)) * _STEPS + 0.5))
    count = np.empty(len(deals), dtype=np.int64)
    yes = np.empty(draws, dtype=np.bool_)
    pairs = zip(at_first.ravel().tolist(), at_second.ravel().tolist(), strict=True)
    for row, (a, b) in enumerate(pairs):
        np.less_equal(loss[a], left[b], out=yes)
        count[row] = np.count_nonzero(yes)
    return count / draws


def _steps(billionths: Floats) -> NDArray[np.int32]:
    """Whole steps of 1e-9 in half the memory of a float; losses lie in 0..1, and room beyond it decides nothing."""
    return np.clip(billionths, -2_000_000_000, 2_000_000_000).astype(np.int32)


def passes(chance: Floats, chambers: tuple[Chamber, ...]) -> Floats:
    """(deals,) chance that every chamber passes each deal, from (ratifiers, deals) chances of consent."""
    total = np.ones(chance.shape[1])
    for chamber in chambers:
        mine = chance[list(chamber.members)]
        if chamber.kind in ("unanimity", "leader"):
            total *= mine.prod(axis=0)
        else:
            parts = [_vote(mine[:, i : i + _DEALS], chamber) for i in range(0, mine.shape[1], _DEALS)]
            total *= np.concatenate(parts) if parts else 1.0
    return total


def _vote(chance: Floats, chamber: Chamber) -> Floats:
    """(deals,) chance that enough weight consents: sums of weights built up member by member.

    Sums beyond `_STATES` of them are rounded to that fraction of the whole weight: then coalitions that lie nearer to
    the quota than that may be counted on the other side of it.
    """
    whole = float(sum(chamber.weights))
    sums: ArrayLike = [0.0]
    held = np.ones((1, chance.shape[1]))
    for weight, yes in zip(chamber.weights, chance, strict=True):
        key = np.concatenate((np.asarray(sums), np.asarray(sums) + weight))
        parts = np.concatenate((held * (1 - yes), held * yes))
        unit = whole * 1e-13
        distinct, place = np.unique(np.rint(key / unit), return_inverse=True)
        if len(distinct) > _STATES:
            unit = whole / _STATES
            distinct, place = np.unique(np.rint(key / unit), return_inverse=True)
        held = np.zeros((len(distinct), chance.shape[1]))
        np.add.at(held, place, parts)
        sums = distinct * unit
    return np.asarray(held[chamber.enough(np.asarray(sums))].sum(axis=0))


def _halves(deals: Floats, cares: NDArray[np.int64]) -> int:
    """Where to split the issues so that both halves have about equally many combinations of points."""
    sizes = np.log([len(np.unique(deals[:, k])) for k in cares])
    before = np.cumsum(sizes)[:-1]
    return int(np.abs(before - sizes.sum() / 2).argmin()) + 1


def _losses(points: Floats, issues: NDArray[np.int64], position: Floats, weight: Floats, span: Floats) -> Floats:
    """(points, draws) weighted distance on some of the issues."""
    total = np.zeros((len(points), len(position)))
    for column, k in enumerate(issues):
        total += np.abs(points[:, column, None] - position[None, :, k]) * (weight[k] / span[k])
    return total
