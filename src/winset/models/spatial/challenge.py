"""The expected-utility challenge model after Scholz, Calbert and Smith (2011), in two named variants, on arrays.

scholz-code     reproduces the tables and figures of the paper: the chance of a challenge is divided by the votes of
                all ordered pairs, and among compromises the smallest weighted point is taken
scholz-printed  as the paper prints it: the chance is divided by the votes of the pair itself, and among offers of a
                kind the one that moves an actor least is taken

Arrays have the actors first; further axes are draws, which advance together, each as it would alone.
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
    """Expected utilities before a round: [i, j] is what i expects of i against j, and of j against i."""

    own: Floats
    other: Floats
    risk: Floats  # (n, ...), 0.5 to 2


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Round:
    """State after some rounds: positions (..., n), who pressed each actor into its move (-1: nobody), and how."""

    position: Floats
    pressed_by: NDArray[np.int64]
    kind: NDArray[np.int64]


def _sum(values: Floats) -> Floats:
    """Sum over the first axis, one term after the other, so that no draw's sum depends on how many draws there are."""
    result: Floats = values.sum(axis=0) if values[0].size > 1 else np.cumsum(values, axis=0)[-1]
    return result


def _success(distance: Floats, weight: Floats, risk: Floats | None, variant: Variant) -> Floats:
    """Chance [i, j] that i prevails over j, each third party voting by its own risk exponent, 1 without `risk`.

    A third party k adds |f_kj - f_ki| to the votes of the pair and f_kj - f_ki to the lead of i.
    """
    n = len(distance)
    felt = weight[:, None] * (distance if risk is None else distance ** risk[:, None])  # [k, j]
    favour = np.zeros_like(felt)
    for i in range(n - 1):
        gap = felt[:, i + 1 :] - felt[:, i, None]
        lead, both = _sum(gap), _sum(np.abs(gap, out=gap))
        favour[i, i + 1 :], favour[i + 1 :, i] = (both + lead) / 2, (both - lead) / 2
    pair = favour + favour.swapaxes(0, 1)
    total = _sum(pair.reshape(n * n, *pair.shape[2:])) if variant == "scholz-code" else pair
    share: Floats = np.divide(favour, total, out=np.zeros_like(favour), where=(total > 0) & (distance > SAME))
    return share


def _stakes(d: Floats, risk: Floats | None) -> tuple[Floats, Floats, Floats | float]:
    """Utilities of winning, of losing and of the status quo at distance d."""
    if risk is None:
        return 2 * d, -2 * d, 0.0
    half = 0.5 * d
    return 2 - 4 * (0.5 - half) ** risk, 2 - 4 * (0.5 + half) ** risk, 2 - 4 * 0.5**risk


def _expected(p: Floats, salience_j: Floats, stakes: tuple[Floats, Floats, Floats | float]) -> Floats:
    """Expected utility of challenging one who resists with chance `salience_j`, less the status quo."""
    won, lost, stays = stakes
    result: Floats = won - stays - salience_j * (1 - p) * (won - lost)
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
    """Everybody's expected utilities; arrays (n, ...), salience in 0..1, `width` > 0 (...,) the initial range.

    `risk` False leaves every exponent at 1.
    """  # fmt: skip
    x = np.asarray(position, float)
    weight = capability * salience
    apart = np.abs(x[:, None] - x[None]) / width
    d = np.minimum(apart, 1.0)
    r = np.ones(x.shape)
    s_row, s_col = salience[:, None], salience[None]
    p = _success(apart, weight, None, variant)
    if risk:
        # [j, i]: what i expects of j challenging i; j is the challenger, so i's salience resists. On the diagonal it
        # is 0, as the distance is
        danger = _sum(_expected(p, s_col, _stakes(d, None)))
        top, bottom = danger.max(axis=0), danger.min(axis=0)
        q = np.divide(2 * danger - top - bottom, top - bottom, out=np.zeros_like(danger), where=top - bottom > SAME)
        r = (1 - q / 3) / (1 + q / 3)
        p = _success(apart, weight, r, variant)
    stakes = _stakes(d, r[:, None] if risk else None)
    return Views(
        own=_expected(p, s_col, stakes),
        other=_expected(p.swapaxes(0, 1), s_row, stakes),
        risk=r,
    )


def _step(
    x: Floats, capability: Floats, salience: Floats, width: Floats | float, variant: Variant
) -> tuple[Floats, NDArray[np.int64], NDArray[np.int64]]:
    """One round, arrays (n, ...): positions, by whom and how pressed. Ties go to the first actor in order."""
    seen = views(x, capability, salience, width, variant)
    e, f = np.round(seen.own, 9), np.round(seen.other, 9)
    ahead = x[None] - x[:, None]
    apart = np.abs(ahead) > SAME * np.asarray(width)
    loses = apart & (f > e) & (e > 0)
    meets = apart & (f > 0) & (e < 0) & (f > -e)
    ratio = np.divide(np.abs(seen.own), np.abs(seen.other), out=np.zeros_like(e), where=meets)
    far = np.inf
    nearest = np.where(loses, np.round(np.abs(ahead) / width, 9), far)
    if variant == "scholz-code":  # (|e| x_i + |f| x_j) / (|e| + |f|)
        point = x[:, None] + ahead / (1 + ratio)
        least = np.where(meets, np.round(point / width, 9), far)
    else:
        least = np.where(meets, np.round(np.abs(ahead) * ratio / width, 9), far)
    lost_to, met = nearest.argmin(axis=1), least.argmin(axis=1)
    kind = np.where(loses.any(axis=1), CONFRONTATION, np.where(meets.any(axis=1), COMPROMISE, STAYS))
    partner = np.where(kind == CONFRONTATION, lost_to, np.where(kind == COMPROMISE, met, -1))
    to_j = np.take_along_axis(x, lost_to, axis=0)
    to_middle = x + np.take_along_axis(ahead * ratio, met[:, None], axis=1)[:, 0]
    moved = np.where(kind == CONFRONTATION, to_j, np.where(kind == COMPROMISE, to_middle, x))
    return moved, partner, kind


def challenge(
    position: Floats, capability: Floats, salience: Floats, *, variant: Variant = "scholz-code", rounds: int = 10
) -> tuple[Round, ...]:
    """The start and the state after each of `rounds` rounds; arrays (..., n), salience in 0..1.

    Source: Scholz, Calbert and Smith 2011, ICAART, 18-30, with status-quo chance Q = 1. Actors at one point stay.
    """
    if variant not in VARIANTS:
        raise ModelError(f"no variant {variant!r} of the challenge model; there are {', '.join(VARIANTS)}")
    x, c, s = (np.ascontiguousarray(np.moveaxis(np.asarray(v, float), -1, 0)) for v in (position, capability, salience))
    width = np.ptp(x, axis=0)
    width = np.where(width > 0, width, 1.0)
    path = [(x, np.full(x.shape, -1), np.zeros(x.shape, dtype=int))]
    for _ in range(rounds):
        path.append(_step(path[-1][0], c, s, width, variant))
    return tuple(
        Round(position=np.moveaxis(at, 0, -1), pressed_by=np.moveaxis(by, 0, -1), kind=np.moveaxis(how, 0, -1))
        for at, by, how in path
    )
