"""More than two sides, all of whom must agree: the stationary equilibrium."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from winset.errors import ModelError, NoBargainingZone


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class UnanimousDeal:
    """shares    (parties,) agreed in round 1 when the first party proposes; they add to 1
    proposals (parties, parties) row i: the division that party i proposes
    accepts   (parties,) the least each accepts from the first proposer (its own share in its row)
    binding   (parties,) whether that is its outside option
    expected  (parties,) shares before it is known who proposes first
    """

    shares: NDArray[np.float64]
    proposals: NDArray[np.float64]
    accepts: NDArray[np.float64]
    binding: NDArray[np.bool_]
    expected: NDArray[np.float64]


def in_turn(discounts: ArrayLike, *, outside: ArrayLike | None = None, fixed: ArrayLike | None = None) -> UnanimousDeal:
    """Parties propose in their order, again and again; a pie of 1; one refusal turns an offer down.

    discounts (parties,) a round, 0 to 1, at most one of them 1;  outside (parties,) for leaving after a refusal
    fixed     (parties,) what a round's delay brings whatever follows: flows while talking, payoffs at breakdown
    With more than two parties other, history-dependent equilibria exist; this is the one that depends on nothing but
    who proposes. Source: Osborne & Rubinstein 1990, section 3.13; Herrero 1985.
    """
    d, w = _checked(discounts, outside)
    f = _added(fixed, d)
    n = len(d)
    ahead = (np.arange(n)[None, :] - np.arange(n)[:, None]) % n  # rounds until column proposes, from row
    keep = _settle(d, w, f, ahead)
    offers = _offers(keep, d, w, f, ahead)
    proposals = np.where(ahead == 0, keep[:, None], offers)
    return _deal(proposals, w, np.full(n, 1 / n))


def at_random(
    discounts: ArrayLike, *, recognition: ArrayLike | None = None, outside: ArrayLike | None = None,
    fixed: ArrayLike | None = None,
) -> UnanimousDeal:  # fmt: skip
    """Each round a proposer is drawn with the chances `recognition` (equal by default); else as `in_turn`.

    Source: Binmore 1987; Merlo & Wilson 1995, Econometrica 63(2), with a fixed pie.
    """
    d, w = _checked(discounts, outside)
    f = _added(fixed, d)
    r = np.full(len(d), 1 / len(d)) if recognition is None else np.asarray(recognition, dtype=float)
    if r.shape != d.shape or (r < 0).any() or abs(r.sum() - 1) > 1e-9:
        raise ModelError(f"chances to propose are not negative and add to 1, one a party, got {r.tolist()}")
    if (d == 1).all():
        raise ModelError("nobody loses by waiting (all discount factors 1): every division is an equilibrium")
    # With S what a proposer keeps beyond its own waiting value, v_i = r_i S + a_i and a_i = max(w_i, f_i + d_i v_i).
    bound = np.zeros(len(d), dtype=bool)
    for _ in range(len(d) + 1):
        if (d[~bound] == 1).any():  # a party that loses nothing takes all that is left
            sure = np.divide(f, 1 - d, out=np.zeros_like(d), where=(d < 1) & ~bound)
            rest = 1 - w[bound].sum() - sure.sum()
            accept = np.where(bound, w, np.where(d == 1, rest * _even(d, bound), sure))
        else:
            sure = np.divide(f, 1 - d, out=np.zeros_like(d), where=~bound)
            factor = np.divide(d * r, 1 - d, out=np.zeros_like(d), where=~bound)
            surplus = (1 - w[bound].sum() - sure.sum()) / (1 + factor.sum())
            accept = np.where(bound, w, sure + factor * surplus)
        newly = ~bound & (w > accept + 1e-15)
        if not newly.any():
            break
        bound |= newly
    left = 1 - accept.sum()
    if left < -1e-12:
        raise NoBargainingZone(f"outside options of {w.sum():g} in all leave nothing to divide")
    proposals = np.tile(accept, (len(d), 1)) + left * np.eye(len(d))
    return _deal(proposals, w, r)


def _even(d: NDArray[np.float64], bound: NDArray[np.bool_]) -> NDArray[np.float64]:
    patient = (d == 1) & ~bound
    if patient.sum() > 1:
        raise ModelError("two parties lose nothing by waiting; the division between them is open")
    return np.where(patient, 1.0, 0.0)


def _offers(
    keep: NDArray[np.float64], d: NDArray[np.float64], w: NDArray[np.float64], f: NDArray[np.float64],
    ahead: NDArray[np.int64],
) -> NDArray[np.float64]:  # fmt: skip
    """(proposer, responder) least accepted, given what each keeps when it proposes; own cells are 0."""
    n = len(d)
    offers = np.zeros((n, n))
    for step in range(1, n):
        rows, cols = np.nonzero(ahead == step)
        following = (rows + 1) % n
        later = np.where(step == 1, keep[cols], offers[following, cols])
        offers[rows, cols] = np.maximum(w[cols], f[cols] + d[cols] * later)
    return offers


def _settle(
    d: NDArray[np.float64], w: NDArray[np.float64], f: NDArray[np.float64], ahead: NDArray[np.int64]
) -> NDArray[np.float64]:
    """What each keeps as proposer: Newton on the piecewise linear equations keep = 1 - offers(keep).

    Each step solves one linear system exactly, with the outside options that bind at the last step held fixed.
    """
    n = len(d)
    keep = np.full(n, 1 / n)
    for _ in range(50):
        offers = _offers(keep, d, w, f, ahead)
        slope = np.zeros((n, n))  # of offers[i, j] in keep[j]
        for step in range(1, n):
            rows, cols = np.nonzero(ahead == step)
            before = np.where(step == 1, 1.0, slope[(rows + 1) % n, cols])
            free = (offers[rows, cols] > w[cols]) | (w[cols] == 0)
            slope[rows, cols] = np.where(free, d[cols] * before, 0.0)
        constant = offers - slope * keep[None, :]
        fresh: NDArray[np.float64] = np.linalg.solve(np.eye(n) + slope, 1 - constant.sum(axis=1))
        done = bool(np.abs(fresh - keep).max() <= 1e-15)
        keep = fresh
        if done:
            break
    return keep


def _deal(proposals: NDArray[np.float64], w: NDArray[np.float64], r: NDArray[np.float64]) -> UnanimousDeal:
    if (proposals.diagonal() < w - 1e-12).any() or proposals.min() < -1e-12:
        raise NoBargainingZone(f"outside options of {w.sum():g} in all leave a proposer less than its own")
    proposals = np.clip(proposals, 0, 1)
    accepts = np.where(np.arange(len(w)) == 0, proposals[-1], proposals[0])
    binding = (w > 0) & (accepts <= w)
    return UnanimousDeal(
        shares=proposals[0], proposals=proposals, accepts=accepts, binding=binding, expected=r @ proposals
    )


def _added(fixed: ArrayLike | None, d: NDArray[np.float64]) -> NDArray[np.float64]:
    f = np.zeros_like(d) if fixed is None else np.asarray(fixed, dtype=float)
    if f.shape != d.shape or not np.isfinite(f).all():
        raise ModelError(f"what a delay brings is one finite number a party, got {f.tolist()}")
    return f


def _checked(discounts: ArrayLike, outside: ArrayLike | None) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    d = np.asarray(discounts, dtype=float)
    w = np.zeros_like(d) if outside is None else np.asarray(outside, dtype=float)
    if d.ndim != 1 or len(d) < 2 or w.shape != d.shape:
        raise ModelError(f"two parties or more, each with a discount factor and an outside option; got {d.shape}")
    if not ((d >= 0) & (d <= 1)).all():
        raise ModelError(f"discount factors lie in 0..1, got {d.tolist()}")
    if not np.isfinite(w).all():
        raise ModelError(f"outside options are finite numbers, got {w.tolist()}")
    if w.sum() > 1 + 1e-12:
        raise NoBargainingZone(f"outside options of {w.sum():g} in all exceed the pie of 1")
    if (d == 1).sum() > 1:
        raise ModelError("two parties lose nothing by waiting (discount factor 1); the division between them is open")
    return d, np.maximum(w, 0.0)
