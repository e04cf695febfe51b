"""Formal procedure on one issue: who proposes, what share of votes is needed, who has a veto, what holds without."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from winset.errors import ModelError
from winset.models.spatial.averages import TOLERANCE, weighted_median

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure:
    """What passes against the status quo, and what the proposer gets out of it."""

    name: str
    setter: str  # who proposes: a party, or "median"
    quota: float  # share of all votes that is needed
    vetoes: tuple[str, ...]
    bias: float  # a change must be worth more than this, in units of the scale
    status_quo: float
    win_set: tuple[float, float]  # from the status quo to the farthest point that would pass, or the other way round
    outcome: float
    blockers: tuple[str, ...]  # each alone could stop the outcome where it changes something


def _needed(votes: Floats, quota: float) -> float:
    """Votes that suffice: `quota` of the total; at one half or less, more than half."""
    total = float(votes.sum())
    return total * quota * (1 - TOLERANCE) if quota > 0.5 else total * (0.5 + 2 * TOLERANCE)


def _reach(position: Floats, votes: Floats, veto: NDArray[np.bool_], q: float, quota: float, bias: float) -> float:
    """How far above `q` a proposal may go. Voter i above q takes q + bias .. 2 x_i - q - bias; nobody else changes."""
    limit = 2 * (position - q) - bias
    willing = limit >= bias
    if (veto & ~willing).any() or not votes[willing].sum() >= _needed(votes, quota):
        return 0.0
    order = np.argsort(-limit[willing], kind="stable")
    cumulated = np.cumsum(votes[willing][order])
    farthest = float(limit[willing][order][int(np.argmax(cumulated >= _needed(votes, quota)))])
    return max(0.0, min(farthest, float(limit[veto].min())) if veto.any() else farthest)


def win_set(
    position: Floats,
    votes: Floats,
    status_quo: float,
    *,
    quota: float = 0.5,
    veto: NDArray[np.bool_] | None = None,
    bias: float = 0.0,
) -> tuple[float, float]:
    """The ends of what passes against `status_quo`, both the status quo itself where nothing does.

    position, votes  (n,); preferences are single-peaked and symmetric, who is indifferent consents
    quota            share of votes, above 0 and at most 1; up to one half means more than half
    veto             (n,) who must consent; `bias` >= 0 is what a change must be worth beyond the distance saved
    Sources: Romer and Rosenthal 1978, Public Choice 33(4); Tsebelis 2002, Veto Players, ch. 1.
    """  # fmt: skip
    if not 0 < quota <= 1:
        raise ModelError(f"the quota is {quota:g}; it is a share of votes above 0 and at most 1")
    if not 0 <= bias < np.inf:
        raise ModelError(f"the bias toward the status quo is {bias:g}; it is a number from 0")
    blocks = np.zeros(position.size, dtype=bool) if veto is None else veto
    up = _reach(position, votes, blocks, status_quo, quota, bias)
    down = _reach(-position, votes, blocks, -status_quo, quota, bias)
    return status_quo - down, status_quo + up


def core(position: Floats, votes: Floats, *, quota: float = 0.5, veto: NDArray[np.bool_] | None = None,
         bias: float = 0.0) -> tuple[float, float]:  # fmt: skip
    """The points that nothing beats ("gridlock interval", Krehbiel 1998): all status quos in it stay.

    A point stays unless enough votes, all vetoes among them, lie farther than `bias` on one side of it.
    """
    blocks = np.zeros(position.size, dtype=bool) if veto is None else veto
    low = -_pivot(-position, votes, blocks, quota)
    high = _pivot(position, votes, blocks, quota)
    # who lies above `high`, or below `low`, is too few to change it
    return min(low, high) - bias, max(low, high) + bias


def _pivot(position: Floats, votes: Floats, veto: NDArray[np.bool_], quota: float) -> float:
    """The largest point with enough votes at or above it, or the lowest veto if that comes first."""
    order = np.argsort(-position, kind="stable")
    at = int(np.argmax(np.cumsum(votes[order]) >= _needed(votes, quota)))
    return float(min(position[order][at], position[veto].min())) if veto.any() else float(position[order][at])


def procedure(
    parties: tuple[str, ...],
    position: Floats,
    votes: Floats,
    status_quo: float,
    *,
    name: str,
    setter: str | None = None,
    quota: float = 0.5,
    vetoes: tuple[str, ...] = (),
    bias: float = 0.0,
) -> Procedure:
    """The proposer's best point of the win-set; without a `setter` the median voter proposes (Krehbiel 1998).

    Raises ModelError where the setter or a veto is no party, or nobody has a vote.
    """  # fmt: skip
    for one in (*vetoes, *((setter,) if setter is not None else ())):
        if one not in parties:
            raise ModelError(f"{one!r} holds no position on this issue; parties are {', '.join(parties)}")
    if not votes.sum() > 0:
        raise ModelError("all votes are 0; give somebody capability")
    blocks = np.array([p in vetoes for p in parties])
    ideal = weighted_median(position, votes).value if setter is None else float(position[parties.index(setter)])
    low, high = win_set(position, votes, status_quo, quota=quota, veto=blocks, bias=bias)
    best = status_quo
    for end, sign in ((low, -1.0), (high, 1.0)):
        if (end - status_quo) * sign > 0:  # proposals of this side start `bias` away from the status quo
            near, far = sorted((status_quo + sign * bias, end))
            point = float(np.clip(ideal, near, far))
            if abs(point - ideal) < abs(best - ideal):
                best = point
    return Procedure(
        name=name, setter=setter or "median", quota=quota, vetoes=vetoes, bias=bias, status_quo=status_quo,
        win_set=(low, high), outcome=best, blockers=_blockers(parties, position, votes, blocks, status_quo, best,
                                                              quota, bias),
    )  # fmt: skip


def _blockers(
    parties: tuple[str, ...],
    position: Floats,
    votes: Floats,
    veto: NDArray[np.bool_],
    q: float,
    outcome: float,
    quota: float,
    bias: float,
) -> tuple[str, ...]:
    """Who consents to the outcome and whose refusal would stop it; nobody where nothing changes."""
    if outcome == q:
        return ()
    width = max(float(np.ptp(position)), abs(outcome - q))
    consents = np.abs(position - outcome) + bias <= np.abs(position - q) + TOLERANCE * width
    have, need = float(votes[consents].sum()), _needed(votes, quota)
    return tuple(p for i, p in enumerate(parties) if consents[i] and (veto[i] or have - votes[i] < need))
