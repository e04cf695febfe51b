"""Dividing by a quota of votes: Baron and Ferejohn's bargaining in legislatures."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from winset.errors import ModelError


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LegislativeDeal:
    """shares    (members,) when the first member proposes: it keeps its part, the cheapest others are bought, in order
    proposer  (members,) what each keeps when it proposes
    price     (members,) what a vote of each costs: its discounted expectation from going on
    expected  (members,) before it is known who proposes
    partners  how many others a proposer buys
    """

    shares: NDArray[np.float64]
    proposer: NDArray[np.float64]
    price: NDArray[np.float64]
    expected: NDArray[np.float64]
    partners: int


def closed_rule(
    members: int, discounts: ArrayLike, *, quota: int | None = None, recognition: ArrayLike | None = None
) -> LegislativeDeal:
    """A random proposer's division is voted up or down at once; below the quota the next round begins.

    discounts    one number, or (members,); 0 to 1
    quota        votes needed, the proposer's own included; more than half by default
    recognition  (members,) chances to propose, equal by default
    The stationary equilibrium; its payoffs are unique (Eraslan 2002, JET 103). Each member's price c_i lies at one of
    three levels around the price k of the dearest vote still bought: below k it is always bought, above never, at k
    sometimes, so that c_i = max(low_i, min(high_i, k)). The k at which the chances of being bought add to the number
    of votes bought is found exactly between the kinks of that sum. Source: Baron & Ferejohn 1989, APSR 83(4).
    """
    d, r, q = _checked(members, discounts, quota, recognition)
    if q == 1:
        return LegislativeDeal(
            shares=np.eye(members)[0], proposer=np.ones(members), price=d * r, expected=r.copy(), partners=0
        )
    level = _cutoff(d, r, q)
    # Prices in units of what a proposer keeps beyond the price of its own vote.
    with np.errstate(divide="ignore", invalid="ignore"):
        high = np.where(d < 1, d * r / np.where(d < 1, 1 - d, 1), np.where(r > 0, np.inf, 0.0))
    low = d * r * (1 + level)
    unit_price = np.where(high <= level, high, np.where(low >= level, low, level))
    unit = 1 / (1 + np.sort(unit_price)[:q].sum())
    price = unit_price * unit
    others = np.sort(price)
    keep = 1 - (others[: q - 1].sum() + np.maximum(0, others[q - 1] - price))
    expected = np.divide(price, d, out=r * keep, where=d > 0)
    bought = 1 + np.argsort(price[1:], kind="stable")[: q - 1]
    shares = np.zeros(members)
    shares[bought] = price[bought]
    shares[0] = 1 - shares[bought].sum()
    return LegislativeDeal(shares=shares, proposer=keep, price=price, expected=expected, partners=q - 1)


def open_rule(members: int, discount: float) -> tuple[LegislativeDeal, float]:
    """(deal, chance that the first proposal passes at once) where a proposal may be amended before it is voted on.

    A member drawn at random from the others either seconds the proposal, which then passes by simple majority, or
    puts an amendment against it. A proposer chooses how many members to satisfy: more of them means less for itself
    and less risk that one left out is drawn. An amender leaves the displaced proposer out and draws its partners from
    the rest with equal chances. Equal members, one common discount factor. Source: Baron & Ferejohn 1989, pp. 1195-98.
    """
    if members < 3 or members % 2 == 0:
        raise ModelError(f"the open rule is solved for an odd number of members, 3 or more; got {members}")
    if not 0 <= discount <= 1:
        raise ModelError(f"the discount factor lies in 0..1, got {discount:g}")
    n, d = members, discount
    best: tuple[float, float, float, int] | None = None
    for k in range((n - 1) // 2, n):
        value, own, part = _open_values(n, d, k)
        if best is None or value > best[0] + 1e-12:
            best = value, own, part, k
    assert best is not None
    _, own, part, k = best
    shares = np.zeros(n)
    shares[0], shares[1 : k + 1] = own, part
    deal = LegislativeDeal(
        shares=shares, proposer=np.full(n, own), price=np.full(n, part), expected=np.full(n, 1 / n), partners=k
    )
    return deal, k / (n - 1)


def _open_values(n: int, d: float, k: int) -> tuple[float, float, float]:
    """(value of having the floor, own part, part of each of the k satisfied members).

    With V the value of having the floor: a satisfied member gets d V, so own = 1 - k d V. A displaced proposer is left
    out at first, worth E; a satisfied member whose proposal falls is satisfied again (worth I) or left out.
        V = k/(n-1) own + (n-1-k)/(n-1) d E
        E = 1/(n-1) d V + (n-2-k)/(n-1) d [s I + (1-s) E],          s = k/(n-2)
        I = k/(n-1) d V + (n-1-k)/(n-1) d [s I + (1-s) E]
    """
    passes, s = k / (n - 1), min(k / (n - 2), 1.0)
    rest = 1 - passes
    other = max(n - 2 - k, 0) / (n - 1)
    system = np.array(
        [
            [1 + passes * k * d, -rest * d, 0.0],
            [-d / (n - 1) if k < n - 1 else 0.0, 1 - other * d * (1 - s), -other * d * s],
            [-passes * d, -rest * d * (1 - s), 1 - rest * d * s],
        ]
    )
    value = float(np.linalg.solve(system, [passes, 0.0, 0.0])[0])
    return value, 1 - k * d * value, d * value


def _cutoff(d: NDArray[np.float64], r: NDArray[np.float64], q: int) -> float:
    """The price of the dearest vote bought: where the chances to be bought add to q - 1."""
    with np.errstate(divide="ignore", invalid="ignore"):
        never = np.where(d * r < 1, d * r / np.where(d * r < 1, 1 - d * r, 1), np.inf)
        always = np.where(d < 1, d * r / np.where(d < 1, 1 - d, 1), np.where(r > 0, np.inf, 0.0))
        inverse = np.where(d > 0, 1 / np.where(d > 0, d, 1), np.inf)

    def bought(level: float) -> NDArray[np.float64]:
        with np.errstate(invalid="ignore"):  # infinite less infinite: a vote that costs nothing, decided below
            inside = inverse - r - (r / level if level > 0 else np.where(r > 0, np.inf, 0.0))
        chance = np.clip(np.nan_to_num(inside, nan=0.0, posinf=np.inf, neginf=-np.inf), 0, 1 - r)
        return np.where(level >= always, 1 - r, np.where(level <= never, 0.0, chance))

    kinks = np.unique(np.concatenate((never[np.isfinite(never)], always[np.isfinite(always)], [0.0])))
    want = q - 1
    last = 0.0
    for kink in kinks:
        if bought(float(kink)).sum() >= want - 1e-13:
            break
        last = float(kink)
    else:
        kink = np.inf
    middle = (last + kink) / 2 if np.isfinite(kink) else last * 2 + 1
    mixing = (middle > never) & (middle < always)
    if not mixing.any():
        return float(kink)
    fixed = (1 - r)[middle >= always].sum() + (inverse - r)[mixing].sum() - want
    exact = float(r[mixing].sum() / fixed) if fixed > 0 else float(kink)
    return min(max(exact, last), float(kink))


def _checked(
    members: int, discounts: ArrayLike, quota: int | None, recognition: ArrayLike | None
) -> tuple[NDArray[np.float64], NDArray[np.float64], int]:
    if members < 2:
        raise ModelError(f"a vote needs two members or more, got {members}")
    d = np.asarray(discounts, dtype=float)
    d = np.full(members, float(d)) if d.ndim == 0 or d.size == 1 else d
    r = np.full(members, 1 / members) if recognition is None else np.asarray(recognition, dtype=float)
    if d.shape != (members,) or not ((d >= 0) & (d <= 1)).all():
        raise ModelError(f"discount factors in 0..1, one for all or one for each of {members}; got {d.tolist()}")
    if r.shape != (members,) or (r < 0).any() or abs(r.sum() - 1) > 1e-9:
        raise ModelError(f"chances to propose are not negative and add to 1, one a member; got {r.tolist()}")
    q = members // 2 + 1 if quota is None else quota
    if not 1 <= q <= members:
        raise ModelError(f"a quota lies between 1 and the {members} members, got {q}")
    if q == members and (d == 1).all():
        raise ModelError("unanimity and nobody losing by waiting: every division is an equilibrium")
    return d, r, q
