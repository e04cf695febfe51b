"""Two sides or more over a pie, round by round: a last round, an uncertain one, a proposer in turn or drawn.

Backward induction for any number of parties, under unanimity or a quota of votes. Write g_i for what going on is worth
to party i when an offer fails; it accepts what is worth at least max(outside_i, g_i), and the proposer keeps the rest
as long as that is no less than what failing would bring it.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from winset.errors import ModelError, NoBargainingZone

Floats = NDArray[np.float64]
_EQUAL = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Waiting:
    """What a refused offer leaves each party: fixed + weight * (value of the next round), all (parties,).

    `outside` is what each gets if somebody leaves for good after a refusal
    """

    fixed: Floats
    weight: Floats
    outside: Floats

    @classmethod
    def of(
        cls, discounts: ArrayLike, *, outside: ArrayLike | None = None, inside: ArrayLike | None = None,
        breakdown: float = 0.0, payoffs: ArrayLike | None = None, cost: ArrayLike | None = None,
    ) -> "Waiting":  # fmt: skip
        """From discount factors (0..1), flows while talking, a risk of breakdown with payoffs, and costs of a round."""
        d = np.asarray(discounts, dtype=float)

        def part(values: ArrayLike | None) -> Floats:
            found = np.zeros_like(d) if values is None else np.asarray(values, dtype=float)
            if found.shape != d.shape or not np.isfinite(found).all():
                raise ModelError(f"each of {d.size} parties needs one finite number, got {found.tolist()}")
            return found

        if d.ndim != 1 or d.size < 2 or not ((d >= 0) & (d <= 1)).all():
            raise ModelError(f"two parties or more, each with a discount factor in 0..1; got {d.tolist()}")
        if not 0 <= breakdown <= 1:
            raise ModelError(f"the chance of breakdown lies in 0..1, got {breakdown:g}")
        fixed = (1 - d) * part(inside) + d * breakdown * part(payoffs) - part(cost)
        return cls(fixed=fixed, weight=d * (1 - breakdown), outside=part(outside))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LastRound:
    """shares    (parties,) when the first party makes the first offer; undiscounted
    proposals (parties, parties) row i: what round 1 leads to when i proposes in it
    expected  (parties,) before the first proposer is known
    round     in which the first party's offer, or one that follows it, is agreed; None where that is itself drawn
    """

    shares: Floats
    proposals: Floats
    expected: Floats
    round: int | None


def unanimous(
    waits: list[Waiting], *, final: ArrayLike | None = None, recognition: ArrayLike | None = None
) -> LastRound:
    """All must agree; `waits` holds one entry a round, the last of which is the last round.

    final        (parties,) what each gets when the last round passes without a deal, nothing by default
    recognition  (parties,) chances to propose, drawn anew each round; None: in turn, the first party first
    Raises NoBargainingZone where no offer is ever made and accepted. Source: Stahl 1972; Osborne & Rubinstein 1990,
    3.13, for the steps with more than two.
    """
    n, r = _checked(waits, recognition)
    value = np.zeros(n) if final is None else np.asarray(final, dtype=float)
    ahead = value
    at: list[int | None] = [None] * n
    proposals = np.tile(value, (n, 1))
    for t in range(len(waits), 0, -1):
        wait = waits[t - 1]
        go_on = ahead if t == len(waits) else wait.fixed + wait.weight * ahead
        least = np.maximum(wait.outside, go_on)
        leaves = wait.outside > go_on
        following = list(at)
        rows = range(n) if r is not None or t == 1 else [(t - 1) % n]
        for proposer in rows:
            others = np.arange(n) != proposer
            failed = wait.outside if (leaves & others).any() else go_on
            keep = 1 - least[others].sum()
            if keep >= failed[proposer] - _EQUAL:
                deal = np.where(others, least, keep)
                at[proposer] = t
            else:
                deal = np.where(leaves & others, wait.outside, failed)
                later = None if r is not None or (leaves & others).any() else following[t % n]
                at[proposer] = later
            proposals[proposer] = deal
        ahead = r @ proposals if r is not None else proposals[(t - 1) % n]
    if at[0] is None and r is None:
        raise NoBargainingZone(f"no offer leaves all {n} parties what refusing is worth in any of {len(waits)} rounds")
    expected = r @ proposals if r is not None else proposals.mean(axis=0)
    return LastRound(shares=proposals[0].copy(), proposals=proposals, expected=expected, round=at[0])


def by_quota(
    members: int, waits: list[Waiting], quota: int, *, final: ArrayLike | None = None,
    recognition: ArrayLike | None = None,
) -> LastRound:  # fmt: skip
    """A drawn proposer's division needs `quota` votes, its own included; closed rule, with a last round.

    Members whose votes cost the same are bought with equal chances. Source: Baron & Ferejohn 1989, section on the
    finite session; Norman 2002, JET 107, for why its limit need not be the stationary division.
    """
    n, drawn = _checked(waits, recognition)
    if n != members or not 1 <= quota <= members:
        raise ModelError(f"a quota lies between 1 and the {members} members, got {quota}")
    r = np.full(n, 1 / n) if drawn is None else drawn
    ahead = np.zeros(n) if final is None else np.asarray(final, dtype=float)
    first = np.zeros(n)
    proposals = np.zeros((n, n))
    for t in range(len(waits), 0, -1):
        wait = waits[t - 1]
        price = np.maximum(ahead if t == len(waits) else wait.fixed + wait.weight * ahead, 0.0)
        for proposer in range(n):
            chances, spent = _cheapest(np.delete(price, proposer), quota - 1)
            proposals[proposer] = np.insert(chances * np.delete(price, proposer), proposer, 1 - spent)
        if t == 1:
            order = 1 + np.argsort(np.round(price[1:], 12), kind="stable")[: quota - 1]
            first[order] = price[order]
            first[0] = 1 - first[1:].sum()
        ahead = r @ proposals
    return LastRound(shares=first, proposals=proposals, expected=ahead, round=1)


def _cheapest(price: Floats, count: int) -> tuple[Floats, float]:
    """(chance that each vote is bought, their cost) when `count` of the cheapest are, equals with equal chances."""
    chances = np.zeros(len(price))
    if count == 0:
        return chances, 0.0
    ranked = np.sort(price)
    dearest = ranked[count - 1]
    below, level = price < dearest - _EQUAL, np.abs(price - dearest) <= _EQUAL
    chances[below] = 1.0
    chances[level] = (count - below.sum()) / level.sum()
    return chances, float(ranked[:count].sum())


def _checked(waits: list[Waiting], recognition: ArrayLike | None) -> tuple[int, Floats | None]:
    if not waits:
        raise ModelError("a last round is 1 or later")
    n = len(waits[0].weight)
    if recognition is None:
        return n, None
    r = np.asarray(recognition, dtype=float)
    if r.shape != (n,) or (r < 0).any() or abs(r.sum() - 1) > 1e-9:
        raise ModelError(f"chances to propose are not negative and add to 1, one a party, got {r.tolist()}")
    return n, r
