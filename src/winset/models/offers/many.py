"""Offers in turn for many sets of discount factors and outside options at once; draws lie along the first axis."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
_ROUNDS = 50


def shares_in_turn(discounts: Floats, outside: Floats) -> Floats:
    """(draws, parties) shares of a pie of 1 when the parties propose in their order, the first one first.

    discounts  (draws, parties) a round, 0 to 1;  outside (draws, parties) for leaving after a refusal
    A draw without an answer (nobody loses by waiting, or outside options leave nothing) is nan. Each draw is what
    `unanimity.in_turn` gives, and for two parties what `alternating.stationary` gives.
    """
    d, w = np.asarray(discounts, float), np.maximum(np.asarray(outside, float), 0.0)
    draws, n = d.shape
    ahead = (np.arange(n)[None, :] - np.arange(n)[:, None]) % n
    open_ = (w.sum(axis=1) <= 1 + 1e-12) & ((d == 1).sum(axis=1) <= 1) & (d >= 0).all(axis=1) & (d <= 1).all(axis=1)
    shares = np.full((draws, n), np.nan)
    active = np.flatnonzero(open_)
    keep = np.full((draws, n), 1 / n)
    for _ in range(_ROUNDS):
        if not active.size:
            break
        fresh = _newton(keep[active], d[active], w[active], ahead)
        moved = np.abs(fresh - keep[active]).max(axis=1) > 1e-15
        keep[active] = fresh
        active = active[moved]
    rows = np.flatnonzero(open_)
    offers = _offers(keep[rows], d[rows], w[rows], ahead)[0]
    proposals = np.where(ahead == 0, keep[rows][:, :, None], offers)
    own = np.einsum("kii->ki", proposals)
    sound = ~((own < w[rows] - 1e-12).any(axis=1) | (proposals.min(axis=(1, 2)) < -1e-12))
    shares[rows[sound]] = np.clip(proposals[sound, 0], 0, 1)
    return shares


def _offers(keep: Floats, d: Floats, w: Floats, ahead: NDArray[np.int64]) -> tuple[Floats, Floats]:
    """(draws, proposer, responder) least accepted given what each keeps as proposer, and its slope in that."""
    draws, n = keep.shape
    offers, slope = np.zeros((draws, n, n)), np.zeros((draws, n, n))
    for step in range(1, n):
        rows, cols = np.nonzero(ahead == step)
        following = (rows + 1) % n
        later = keep[:, cols] if step == 1 else offers[:, following, cols]
        before = np.ones(later.shape) if step == 1 else slope[:, following, cols]
        value = np.maximum(w[:, cols], d[:, cols] * later)
        free = (value > w[:, cols]) | (w[:, cols] == 0)
        offers[:, rows, cols] = value
        slope[:, rows, cols] = np.where(free, d[:, cols] * before, 0.0)
    return offers, slope


def _newton(keep: Floats, d: Floats, w: Floats, ahead: NDArray[np.int64]) -> Floats:
    """One step for every draw: one linear system each, with the outside options that bind held fixed."""
    n = keep.shape[1]
    offers, slope = _offers(keep, d, w, ahead)
    constant = offers - slope * keep[:, None, :]
    total = constant[:, :, 0]
    for j in range(1, n):
        total = total + constant[:, :, j]
    result = np.linalg.solve(np.eye(n) + slope, (1 - total)[:, :, None])[:, :, 0]
    return np.asarray(result, dtype=np.float64)
