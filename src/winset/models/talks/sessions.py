"""Alternating offers with time-dependent tactics, many sessions at once, and one session step by step.

Time runs t = (round - 1) / (rounds - 1). In each round the first side, then the second, either accepts the offer before
it or makes its own: the outcome with the lowest own utility at or above its target, max - alpha(t) (max - reservation),
the lowest index among equals. It accepts what is worth at least its own next offer. Utilities are compared after
rounding to 1e-9. Source: Faratin et al. 1998 for the tactics.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from winset.errors import ModelError
from winset.models.talks.space import Space
from winset.models.talks.tactics import concession

SCALE = 1e9  # utilities as whole numbers of 1e-9


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sessions:
    """agreed (sessions,);  outcome (sessions,) row, -1 without a deal;  round (sessions,) from 1, 0 without a deal;
    utilities (sessions, 2), the reservation values without a deal;  proposer (sessions,) 0 or 1, -1 without a deal
    """

    agreed: NDArray[np.bool_]
    outcome: NDArray[np.int64]
    round: NDArray[np.int64]
    utilities: NDArray[np.float64]
    proposer: NDArray[np.int64]


def simulate(
    utilities: ArrayLike, reservation: ArrayLike, beta: ArrayLike, *, rounds: int, k: ArrayLike = 0.0
) -> Sessions:
    """Run all sessions.

    utilities    (sessions, 2, outcomes);  reservation (sessions, 2) or (2,);  beta (sessions, 2) or (2,), > 0
    rounds       >= 1;  k  start of the concession, scalar or (sessions, 2)
    Because a target depends on time alone, all offers are known beforehand; who accepts first is then one comparison.
    """
    u, r, b, start = _checked(utilities, reservation, beta, k, rounds)
    sessions, _, outcomes = u.shape
    key = np.rint(u * SCALE).astype(np.int64)
    floor = np.rint(r * SCALE).astype(np.int64)
    time = np.arange(rounds) / max(rounds - 1, 1)
    offers = np.empty((2, sessions, rounds), dtype=np.int64)
    for side in (0, 1):
        best = u[:, side].max(axis=1)
        alpha = concession(time[None, :], b[:, side, None], k=start[:, side, None])
        target = best[:, None] - alpha * (best - r[:, side])[:, None]
        offers[side] = _lowest_at_or_above(key[:, side], np.rint(target * SCALE).astype(np.int64), outcomes)
    rows = np.arange(sessions)[:, None]
    lost = outcomes  # stands for: no outcome is worth what it asks for
    padded = np.concatenate((key, np.full((sessions, 2, 1), np.iinfo(np.int64).max)), axis=2)
    nothing = np.iinfo(np.int64).min
    worth = [[np.where(offers[o] == lost, nothing, padded[rows, s, offers[o]]) for o in (0, 1)] for s in (0, 1)]
    own = [padded[rows, s, offers[s]] for s in (0, 1)]
    able = [np.where(offers[s] == lost, floor[:, s, None], own[s]) for s in (0, 1)]
    second = (worth[1][0] >= able[1]) & (offers[0] < lost)
    first = np.zeros_like(second)
    first[:, 1:] = (worth[0][1][:, :-1] >= able[0][:, 1:]) & (offers[1][:, :-1] < lost)
    turns = np.stack((first, second), axis=2).reshape(sessions, 2 * rounds)
    agreed: NDArray[np.bool_] = np.asarray(turns.any(axis=1))
    turn = turns.argmax(axis=1)
    at, who = turn // 2, turn % 2  # the round, and who accepts
    every = np.arange(sessions)
    proposal = np.where(who == 1, offers[0][every, at], offers[1][every, np.maximum(at - 1, 0)])
    outcome = np.where(agreed, proposal, -1)
    got = np.where(agreed[:, None], u[every, :, np.where(agreed, outcome, 0)], r)
    return Sessions(
        agreed=agreed, outcome=outcome, round=np.where(agreed, at + 1, 0), utilities=got,
        proposer=np.where(agreed, 1 - who, -1),
    )  # fmt: skip


def solve(
    inputs: Space, *, seed: int = 1, tactics: tuple[tuple[float, float], ...] = ((0.2, 0.2), (0.2, 0.2)),
    rounds: int = 100, runs: int = 1000, k: float = 0.0, noise: float = 0.0, end: float = 0.0,
) -> Sessions:  # fmt: skip
    """Many sessions between two time-dependent sides over one space.

    tactics  low and high of each side's beta, drawn anew for each run;  noise  standard deviation added to every
    utility, anew for each run, >= 0;  end  chance after each round that talks break off
    """
    if len(inputs.parties) != 2 or len(tactics) != 2:
        raise ModelError(f"offers in turn are between two sides, got {len(inputs.parties)} and {len(tactics)} tactics")
    if runs < 1 or not noise >= 0:
        raise ModelError(f"at least one run, and noise that is not negative, got {runs} and {noise:g}")
    rng = np.random.default_rng(seed)
    parts: list[Sessions] = []
    chunk = max(1, 2_000_000 // inputs.utilities.size)
    for start in range(0, runs, chunk):
        n = min(chunk, runs - start)
        beta = np.column_stack([rng.uniform(low, high, n) for low, high in tactics])
        drawn = np.broadcast_to(inputs.utilities.T, (n, *inputs.utilities.T.shape))
        if noise:
            drawn = drawn + rng.normal(0, noise, drawn.shape)
        parts.append(simulate(drawn, inputs.reservation, beta, rounds=rounds, k=k))
    found = Sessions(**{name: np.concatenate([getattr(p, name) for p in parts]) for name in Sessions.__slots__})
    if not 0 <= end <= 1:
        raise ModelError(f"the chance of an end after each round lies in 0..1, got {end:g}")
    return found if end == 0 else _broken_off(found, rng.geometric(end, runs), inputs.reservation)


def _broken_off(found: Sessions, last: NDArray[np.int64], reservation: NDArray[np.float64]) -> Sessions:
    """The same sessions where those that would have agreed after their `last` round end without a deal."""
    agreed = found.agreed & (found.round <= last)
    return Sessions(
        agreed=agreed, outcome=np.where(agreed, found.outcome, -1), round=np.where(agreed, found.round, 0),
        utilities=np.where(agreed[:, None], found.utilities, reservation),
        proposer=np.where(agreed, found.proposer, -1),
    )  # fmt: skip


def step_by_step(
    utilities: ArrayLike, reservation: ArrayLike, beta: ArrayLike, *, rounds: int, k: float = 0.0
) -> tuple[int, int, list[tuple[int, int, int]]]:
    """One session in plain steps: (outcome or -1, round or 0, trace of (round, side, outcome offered)).

    utilities (2, outcomes). The reference that `simulate` must equal.
    """
    u = [[round(float(x) * SCALE) for x in row] for row in np.asarray(utilities, float)]
    exact = np.asarray(utilities, float)
    r = [float(x) for x in np.asarray(reservation, float)]
    betas = [float(x) for x in np.asarray(beta, float)]
    trace: list[tuple[int, int, int]] = []

    def proposal(side: int, at: int) -> int | None:
        alpha = float(concession((at - 1) / max(rounds - 1, 1), betas[side], k=k))
        best = float(exact[side].max())
        target = round((best - alpha * (best - r[side])) * SCALE)
        fits = [(value, index) for index, value in enumerate(u[side]) if value >= target]
        return min(fits)[1] if fits else None

    standing: int | None = None
    for at in range(1, rounds + 1):
        for side in (0, 1):
            own = proposal(side, at)
            least = round(r[side] * SCALE) if own is None else u[side][own]
            if standing is not None and u[side][standing] >= least:
                return standing, at, trace
            standing = own
            if own is not None:
                trace.append((at, side, own))
    return -1, 0, trace


def _lowest_at_or_above(key: NDArray[np.int64], target: NDArray[np.int64], outcomes: int) -> NDArray[np.int64]:
    """(sessions, rounds) outcome with the lowest key at or above each target, the first among equals; or `outcomes`."""
    sessions = len(key)
    low = int(min(key.min(), target.min()))
    span = int(max(key.max(), target.max())) - low + 2
    bits = max(1, int(outcomes - 1).bit_length())
    if (sessions * span) << bits < 2**62:  # session, utility and index in one whole number: one sort, one search
        base = np.arange(sessions)[:, None] * span - low
        joint = np.sort((key + base << bits) | np.arange(outcomes), axis=1).ravel()
        found = np.searchsorted(joint, (target + base << bits).ravel()).reshape(target.shape)
        missing = found >= (np.arange(sessions)[:, None] + 1) * outcomes
        return np.where(missing, outcomes, joint[np.minimum(found, joint.size - 1)] & ((1 << bits) - 1))
    chosen = np.empty(target.shape, dtype=np.int64)
    for i in range(sessions):
        order = np.argsort(key[i], kind="stable")
        place = np.searchsorted(key[i][order], target[i])
        chosen[i] = np.where(place == outcomes, outcomes, order[np.minimum(place, outcomes - 1)])
    return chosen


def _checked(
    utilities: ArrayLike, reservation: ArrayLike, beta: ArrayLike, k: ArrayLike, rounds: int
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    u = np.asarray(utilities, dtype=float)
    if u.ndim != 3 or u.shape[1] != 2 or u.shape[2] == 0 or u.shape[0] == 0:
        raise ModelError(f"talks need utilities of shape (sessions, 2, outcomes), got {u.shape}")
    if not np.isfinite(u).all() or np.abs(u).max() > 1e6:
        raise ModelError("talks need finite utilities between -1e6 and 1e6")
    if rounds < 1:
        raise ModelError(f"talks need at least one round, got {rounds}")
    shape = (u.shape[0], 2)
    r, b, start = (np.broadcast_to(np.asarray(x, dtype=float), shape) for x in (reservation, beta, k))
    if not np.isfinite(r).all():
        raise ModelError("reservation values are finite numbers")
    return u, r, b, start
