"""The expected-utility challenge model after Scholz, Calbert and Smith (2011), in two named variants, on arrays.

scholz-code     reproduces the tables and figures of the paper: the chance of a challenge is divided by the votes of
                all ordered pairs, and among compromises the smallest weighted point is taken
scholz-printed  as the paper prints it: the chance is divided by the votes of the pair itself, and among offers of a
                kind the one that moves an actor least is taken

Every array may have leading axes (draws): all draws advance together, and each draw's numbers do not depend on others.
"""

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from winset.errors import ModelError

Floats = NDArray[np.float64]
Variant = Literal["scholz-code", "scholz-printed"]
VARIANTS: tuple[Variant, ...] = get_args(Variant)
STAYS, CONFRONTATION, COMPROMISE = 0, 1, 2
SAME = 1e-9  # of the range: closer than this is the same point; utilities closer than this are equal


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Views:
    """Expected utilities before a round: [..., i, j] is what i expects of i against j, and of j against i."""

    own: Floats
    other: Floats
    risk: Floats  # (..., n), 0.5 to 2


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Round:
    """State after some rounds: positions (..., n), who pressed each actor into its move (-1: nobody), and how."""

    position: Floats
    pressed_by: NDArray[np.int64]
    kind: NDArray[np.int64]


def _success(position: Floats, weight: Floats, risk: Floats | None, width: Floats, variant: Variant) -> Floats:
    """Chance [..., i, j] that i prevails over j, each third party voting by its own risk exponent, 1 without `risk`."""
    n = position.shape[-1]
    distance = np.abs(position[..., :, None] - position[..., None, :]) / width[..., None]
    felt = weight[..., :, None] * (distance if risk is None else distance ** risk[..., :, None])  # [..., k, j]
    favour, votes = np.zeros(distance.shape), np.empty(distance.shape)
    for k in range(n):
        np.subtract(felt[..., k, None, :], felt[..., k, :, None], out=votes)  # [..., i, j]: k for i over j
        favour += np.maximum(votes, 0, out=votes)
    pair = favour + np.swapaxes(favour, -1, -2)
    total = pair.sum(axis=(-1, -2), keepdims=True) if variant == "scholz-code" else pair
    share: Floats = np.divide(favour, total, out=np.zeros_like(favour), where=total > 0)
    return np.where(distance > SAME, share, 0.0)


def _stakes(d: Floats, risk: Floats | None) -> tuple[Floats, Floats, Floats | float]:
    """Utilities of winning, of losing and of the status quo at distance d."""
    if risk is None:
        return 2 - 4 * (0.5 - 0.5 * d), 2 - 4 * (0.5 + 0.5 * d), 0.0
    return 2 - 4 * (0.5 - 0.5 * d) ** risk, 2 - 4 * (0.5 + 0.5 * d) ** risk, 2 - 4 * 0.5**risk


def _expected(p: Floats, salience_j: Floats, stakes: tuple[Floats, Floats, Floats | float]) -> Floats:
    """Expected utility of challenging one who resists with chance `salience_j`, less the status quo."""
    won, lost, stays = stakes
    result: Floats = salience_j * (p * won + (1 - p) * lost) + (1 - salience_j) * won - stays
    return result


def views(
    position: Floats,
    capability: Floats,
    salience: Floats,
    width: Floats | float,
    variant: Variant,
    *,
    risk: bool = True,
) -> Views:
    """Everybody's expected utilities; arrays (..., n), salience in 0..1, `width` > 0 (...,) the initial range.

    `risk` False leaves every exponent at 1.
    """  # fmt: skip
    x = np.asarray(position, float)
    R = np.broadcast_to(np.asarray(width, float)[..., None], (*x.shape[:-1], 1))
    weight = capability * salience
    d = np.minimum(np.abs(x[..., :, None] - x[..., None, :]) / R[..., None], 1.0)
    r = np.ones(x.shape)
    s_row, s_col = salience[..., :, None], salience[..., None, :]
    if risk:
        p = _success(x, weight, None, R, variant)
        # [..., i, j]: what i expects of j challenging i; j is the challenger, so i's salience resists
        danger = np.where(np.eye(x.shape[-1], dtype=bool), 0.0,
                          _expected(np.swapaxes(p, -1, -2), s_row, _stakes(d, None))).sum(axis=-1)  # fmt: skip
        top, bottom = danger.max(axis=-1, keepdims=True), danger.min(axis=-1, keepdims=True)
        q = np.divide(2 * danger - top - bottom, top - bottom, out=np.zeros_like(danger), where=top - bottom > SAME)
        r = (1 - q / 3) / (1 + q / 3)
    p = _success(x, weight, r if risk else None, R, variant)
    stakes = _stakes(d, r[..., :, None] if risk else None)
    return Views(
        own=_expected(p, s_col, stakes),
        other=_expected(np.swapaxes(p, -1, -2), s_row, stakes),
        risk=r,
    )


def step(position: Floats, capability: Floats, salience: Floats, width: Floats | float, variant: Variant) -> Round:
    """One round: everybody takes the offer that presses it, all at once; ties go to the first actor in order."""
    x = np.asarray(position, float)
    R = np.broadcast_to(np.asarray(width, float)[..., None, None], (*x.shape, 1))
    seen = views(x, capability, salience, width, variant)
    e, f = np.round(seen.own, 9), np.round(seen.other, 9)
    apart = np.abs(x[..., :, None] - x[..., None, :]) > SAME * R
    mine, theirs = x[..., :, None], x[..., None, :] + np.zeros_like(e)
    loses = apart & (f > e) & (e > 0)
    meets = apart & (f > 0) & (e < 0) & (f > -e)
    ratio = np.divide(np.abs(seen.own), np.abs(seen.other), out=np.zeros_like(e), where=meets)
    middle = mine + (theirs - mine) * ratio
    far = np.inf
    nearest = np.where(loses, np.round(np.abs(theirs - mine) / R, 9), far)
    if variant == "scholz-code":
        both = np.abs(seen.own) + np.abs(seen.other)
        point = np.divide(np.abs(seen.own) * mine + np.abs(seen.other) * theirs, both,
                          out=np.zeros_like(e), where=meets)  # fmt: skip
        least = np.where(meets, np.round(point / R, 9), far)
    else:
        least = np.where(meets, np.round(np.abs(middle - mine) / R, 9), far)
    lost_to, met = nearest.argmin(axis=-1), least.argmin(axis=-1)
    kind = np.where(loses.any(axis=-1), CONFRONTATION, np.where(meets.any(axis=-1), COMPROMISE, STAYS))
    partner = np.where(kind == CONFRONTATION, lost_to, np.where(kind == COMPROMISE, met, -1))
    to_j = np.take_along_axis(theirs, lost_to[..., None], axis=-1)[..., 0]
    to_middle = np.take_along_axis(middle, met[..., None], axis=-1)[..., 0]
    moved = np.where(kind == CONFRONTATION, to_j, np.where(kind == COMPROMISE, to_middle, x))
    return Round(position=moved, pressed_by=partner, kind=kind)


def challenge(
    position: Floats, capability: Floats, salience: Floats, *, variant: Variant = "scholz-code", rounds: int = 10
) -> tuple[Round, ...]:
    """The start and the state after each of `rounds` rounds; arrays (..., n), salience in 0..1.

    Source: Scholz, Calbert and Smith 2011, ICAART, 18-30, with status-quo chance Q = 1. Actors at one point stay.
    """
    if variant not in VARIANTS:
        raise ModelError(f"no variant {variant!r} of the challenge model; there are {', '.join(VARIANTS)}")
    x = np.asarray(position, float)
    width = np.ptp(x, axis=-1)
    width = np.where(width > 0, width, 1.0)
    nobody = np.full(x.shape, -1)
    path = [Round(position=x, pressed_by=nobody, kind=np.zeros(x.shape, dtype=int))]
    for _ in range(rounds):
        path.append(step(path[-1].position, capability, salience, width, variant))
    return tuple(path)
