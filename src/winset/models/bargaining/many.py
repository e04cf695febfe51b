"""The bargaining solution of many problems at once that differ in their numbers but not in their issues.

Draws lie along the first axis. Each draw's answer is that of `deals.solve_listed`, and does not depend on the others.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from winset.errors import ModelError
from winset.models.bargaining.outcomes import MOST, STEP
from winset.models.bargaining.points import egalitarian, kalai_smorodinsky, nash, utilitarian
from winset.models.bargaining.problem import Array

Rule = Literal["nash", "kalai_smorodinsky", "egalitarian", "utilitarian"]
RULES: tuple[Rule, ...] = ("nash", "kalai_smorodinsky", "egalitarian", "utilitarian")
_NEAR = 1e-6  # of the best: outcomes this close are settled by the rule's own routine, ties included
_CELLS = 1 << 18  # utilities held at a time, so that a block stays in the processor's cache


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ManyDeals:
    """outcome  (draws,) index of the outcome chosen, -1 without a zone; the last issue runs fastest
    zone     (draws,) number of outcomes at or above everybody's reservation value
    gains    (draws, parties) over reservation in the outcome chosen, 0 without a zone
    """

    outcome: NDArray[np.int64]
    zone: NDArray[np.int64]
    gains: Array


def solve_many(
    tables: Sequence[Sequence[Array]], reservation: Array, *, rule: Rule = "nash",
    allowed: NDArray[np.bool_] | None = None,
) -> ManyDeals:  # fmt: skip
    """tables       one list a party, in it one (draws or 1, values) array an issue, weights multiplied in
    reservation  (draws, parties)
    allowed      (outcomes,), all where None

    Raises ModelError on an unknown rule or more outcomes than are listed.
    """
    if rule not in RULES:
        raise ModelError(f"no rule {rule!r}; there are {', '.join(RULES)}")
    draws, parties = reservation.shape
    size = int(np.prod([t.shape[1] for t in tables[0]]))
    if size * parties > MOST:
        raise ModelError(f"{size:,} outcomes for {parties} parties in each draw; {MOST:,} cells are listed at most")
    found = ManyDeals(
        outcome=np.full(draws, -1), zone=np.zeros(draws, dtype=np.int64), gains=np.zeros((draws, parties))
    )
    block = max(1, _CELLS // (size * parties))
    fixed = [_summed(party, slice(0, 1), None) if all(t.shape[0] == 1 for t in party) else None for party in tables]
    for start in range(0, draws, block):
        part = slice(start, min(start + block, draws))
        floor = reservation[part] / STEP
        gains = []
        for i, party in enumerate(tables):
            ready = fixed[i]
            gains.append(_summed(party, part, floor[:, i]) if ready is None else ready - floor[:, i, None])
        _choose(gains, rule, found, part, allowed)
    return found


def gains_many(tables: Sequence[Sequence[Array]], reservation: Array) -> list[Array]:
    """(draws, outcomes) of each party: what every outcome is worth over its reservation value, in steps of 1e-9, rounded.

    Arguments as for `solve_many`; the caller takes few enough draws at a time.
    """
    floor = reservation / STEP
    return [np.rint(np.broadcast_to(_summed(party, slice(None), floor[:, i]), (len(floor), _size(party))))
            for i, party in enumerate(tables)]  # fmt: skip


def _size(party: Sequence[Array]) -> int:
    return int(np.prod([table.shape[1] for table in party]))


def _summed(party: Sequence[Array], part: slice, floor: Array | None) -> Array:
    """(draws, outcomes) utilities less the floor, in steps of 1e-9: outer sums from the last issue to the first."""
    cut = [(t if t.shape[0] == 1 else t[part]) / STEP for t in party]
    total = cut[-1] if floor is None else cut[-1] - floor[:, None]
    for table in reversed(cut[:-1]):
        joined: Array = table[:, :, None] + total[:, None, :]
        total = joined.reshape(joined.shape[0], -1)
    return total


def _choose(gains: list[Array], rule: Rule, found: ManyDeals, part: slice, allowed: NDArray[np.bool_] | None) -> None:
    """Gains are compared after rounding to whole steps: half a step of slack stands for that until few are left."""
    least = gains[0].copy()
    for one in gains[1:]:
        np.minimum(least, one, out=least)
    inside = least >= -0.5
    if allowed is not None:
        inside &= allowed
    found.zone[part] = inside.sum(axis=1)
    score = _score(gains, least, inside, rule)
    top, best = score.argmax(axis=1), score.max(axis=1)
    near = (score >= (best * (1 - _NEAR) - 1)[:, None]).sum(axis=1)
    for k in range(len(best)):
        if not inside[k, top[k]]:
            continue
        chosen = int(top[k])
        if near[k] > 1:
            rows = np.flatnonzero(inside[k] & (score[k] >= best[k] * (1 - _NEAR) - 1))
            if rule == "kalai_smorodinsky" or best[k] <= 1:
                rows = np.flatnonzero(inside[k])  # ideals, and ties where somebody gains nothing, need the whole zone
            among = np.maximum(np.rint(np.stack([one[k, rows] for one in gains])), 0.0)
            chosen = int(rows[_exactly(among, rule)])
        found.outcome[part.start + k] = chosen
        for i, one in enumerate(gains):
            found.gains[part.start + k, i] = max(np.rint(one[k, chosen]), 0.0) * STEP


def _score(gains: list[Array], least: Array, inside: NDArray[np.bool_], rule: Rule) -> Array:
    """(draws, outcomes) what the rule makes largest; below 0 outside the zone."""
    if rule == "egalitarian":
        return np.where(inside, least, -np.inf)
    if rule == "kalai_smorodinsky":
        worst = np.full(least.shape, np.inf)
        for one in gains:
            ideal = np.where(inside, one, 0.0).max(axis=1)  # nobody's gain counts who cannot gain at all
            np.minimum(worst, one / np.where(ideal > 0.5, ideal, np.inf)[:, None], out=worst)
        return np.where(inside, worst / STEP, -np.inf)
    total = gains[0].copy()
    for one in gains[1:]:
        if rule == "nash":
            total *= one
        else:
            total += one
    if rule == "nash":
        return np.where(inside, np.where(least > 0.5, total, 0.0), -1.0)
    return np.where(inside, total, -np.inf)


def _exactly(gains: Array, rule: Rule) -> int:
    """The row that the rule's own routine picks; gains (parties, outcomes) in steps."""
    if rule == "nash":
        return nash(gains, STEP).row
    if rule == "egalitarian":
        return egalitarian(gains).row
    if rule == "utilitarian":
        return utilitarian(gains).row
    return kalai_smorodinsky(gains).row
