"""The deal that the table would choose and its fate at home, for many draws of everybody's wishes at once."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from winset.models.ratification.chambers import Chamber, ratified
from winset.models.ratification.problem import ROUNDING

Floats = NDArray[np.float64]
_CELLS = 1 << 18
_HALF_STEP = 0.5 * 10.0**-ROUNDING
_NEAR = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ManyRatified:
    """deal      (draws,) row of the deal chosen, -1 where the table gains from none
    passes    (draws,) whether that deal is ratified
    gains     (draws, parties) over no deal
    """

    deal: NDArray[np.int64]
    passes: NDArray[np.bool_]
    gains: Floats


def choose_many(
    points: tuple[Floats, ...], span: Floats, expected: NDArray[np.bool_], position: Floats, salience: Floats,
    reserve: Floats,
) -> ManyRatified:  # fmt: skip
    """The Nash deal of each draw among the deals that the table expects to pass; `passes` stays False.

    points    one array an issue: its points; deals are all combinations, the last issue fastest
    span      (issues,);  expected (deals,) whether each passes at the likely values
    position  (draws, parties, issues);  salience (draws, parties, issues) adding to 1;  reserve (draws, parties)
    """
    draws, parties, _ = position.shape
    size = len(expected)
    found = ManyRatified(deal=np.full(draws, -1), passes=np.zeros(draws, dtype=bool), gains=np.zeros((draws, parties)))
    if not expected.any() or not parties:
        return found
    block = max(1, _CELLS // (size * parties))
    every = bool(expected.all())
    for start in range(0, draws, block):
        part = slice(start, min(start + block, draws))
        gains = [_gains(points, span, position[part, i], salience[part, i], reserve[part, i]) for i in range(parties)]
        least, product = gains[0].copy(), gains[0].copy()
        for one in gains[1:]:
            np.minimum(least, one, out=least)
            product *= one
        score = np.where(least > _HALF_STEP, product, np.where(least >= -_HALF_STEP, 0.0, -1.0))
        if not every:
            score[:, ~expected] = -1.0
        top, best = score.argmax(axis=1), score.max(axis=1)
        near = (score >= (best * (1 - _NEAR))[:, None]).sum(axis=1)
        for k in range(len(best)):
            if best[k] < 0:
                continue
            chosen = int(top[k])
            if best[k] == 0:  # somebody gains nothing from any: the leximin of gains, first of equals
                among = np.flatnonzero(score[k] >= 0)
                ranked = np.round(np.sort(np.stack([g[k, among] for g in gains], axis=1), axis=1), ROUNDING)
                chosen = int(among[int(np.flatnonzero((ranked == max(map(tuple, ranked))).all(axis=1))[0])])
            elif near[k] > 1:
                among = np.flatnonzero(score[k] >= best[k] * (1 - _NEAR))
                logs = np.log(np.stack([g[k, among] for g in gains], axis=1)).sum(axis=1)
                chosen = int(among[int(np.flatnonzero(logs >= logs.max() - 1e-15)[0])])
            found.deal[start + k] = chosen
            for i, g in enumerate(gains):
                found.gains[start + k, i] = g[k, chosen]
    return found


def _gains(points: tuple[Floats, ...], span: Floats, position: Floats, salience: Floats, reserve: Floats) -> Floats:
    """(draws, deals) of one party over no deal: outer sums from the last issue to the first."""
    total: Floats | None = None
    for k in range(len(points) - 1, -1, -1):
        loss = np.abs(points[k][None, :] - position[:, k, None]) * (salience[:, k, None] / span[k])
        if total is None:
            total = 1 - loss - reserve[:, None]
        else:
            total = (total[:, None, :] - loss[:, :, None]).reshape(len(loss), -1)
    assert total is not None
    return total


def ratified_many(
    deal: Floats, span: Floats, position: Floats, weight: Floats, floor: Floats, chambers: tuple[Chamber, ...]
) -> NDArray[np.bool_]:
    """(draws,) whether every chamber passes each draw's own deal.

    deal      (draws, issues);  position, weight (draws, ratifiers, issues);  floor (draws, ratifiers)
    """
    worth = np.ones(position.shape[:2])
    for k in range(deal.shape[1]):
        worth = worth - weight[:, :, k] * np.abs(deal[:, None, k] - position[:, :, k]) / span[k]
    return ratified(np.round(worth, ROUNDING) >= np.round(floor, ROUNDING), chambers)
