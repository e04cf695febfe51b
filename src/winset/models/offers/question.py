"""One question about patience, whichever protocol it names, and its one answer."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from winset.errors import ModelError, NoBargainingZone
from winset.models.offers.alternating import Agreement, finite, short_period_limit, stationary, uncertain_deadline
from winset.models.offers.frontier import Curve, Deals, Frontier
from winset.models.offers.haste import price_of_haste
from winset.models.offers.legislature import closed_rule, open_rule
from winset.models.offers.terms import Terms
from winset.models.offers.unanimity import at_random, in_turn

Rule = Literal["unanimity", "majority", "open"]
Numbers = tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class OffersQuestion:
    """Numbers are (parties,), in their order; the first party makes the first offer.

    discounts       a round, 0 to 1
    ranges          low and high end of each discount factor where it is not known exactly
    breakdown       chance of breakdown after each rejection; it takes the place of discounting unless `both`
    horizon         last round, or None;  deadline  ((round, chance), ...) instead, where it is uncertain
    final           what each gets when the last round passes without a deal
    rates, period   discounts as exp(-rate * period) instead; period 0 asks for the limit
    rule            unanimity; majority (closed rule, `quota`); open (amendments);  `recognition` chances to propose,
                    None: in turn under unanimity, equal under the others; `random` draws the proposer
    utilities       (outcomes, 2) of the deals to be had, None for a pie of 1; with lotteries between them or without
    """

    parties: tuple[str, ...]
    discounts: Numbers | None = None
    ranges: tuple[tuple[float, float], ...] | None = None
    outside: Numbers | None = None
    inside: Numbers | None = None
    breakdown: float | None = None
    payoffs: Numbers | None = None
    both: bool = False
    cost: Numbers | None = None
    horizon: int | None = None
    deadline: tuple[tuple[int, float], ...] | None = None
    final: Numbers | None = None
    rates: Numbers | None = None
    period: float = 1.0
    rule: Rule = "unanimity"
    random: bool = False
    recognition: Numbers | None = None
    quota: int | None = None
    utilities: NDArray[np.float64] | None = None
    lotteries: bool = True


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class OffersAnswer:
    """shares            (parties,) of the pie, or utilities of the deal where there is a frontier; None without a deal
    agreement_round   from 1; None without a deal
    price_of_haste    (parties,) what each would get with the other's discount factor, less what it gets
    details           further figures of the protocol asked for, as plain values
    notes             how the numbers must be read, in words
    """

    parties: tuple[str, ...]
    shares: Numbers | None
    agreement_round: int | None
    price_of_haste: tuple[float | None, ...]
    details: dict[str, Any]
    notes: tuple[str, ...] = ()


def answer(q: OffersQuestion) -> OffersAnswer:
    """Solve the question. Raises ModelError where it has no answer; no zone of agreement is an answer."""
    if q.rates is not None:
        _length("rates", q.rates, q)
        if min(q.rates) < 0 or q.period < 0:
            raise ModelError("rates and the time between offers are not negative")
        if q.period == 0:
            return _limit(q, replace(q, discounts=tuple(float(np.exp(-r)) for r in q.rates), both=True))
        q = replace(q, discounts=tuple(float(np.exp(-r * q.period)) for r in q.rates))
    try:
        if len(q.parties) == 2 and q.rule == "unanimity" and not q.random and q.recognition is None:
            found = _two_sides(q)
        else:
            found = _many(q)
    except NoBargainingZone as finding:
        return OffersAnswer(
            parties=q.parties, shares=None, agreement_round=None, price_of_haste=(None,) * len(q.parties),
            details={"no_zone": str(finding)}, notes=(str(finding),),
        )  # fmt: skip
    return found


def solve(inputs: OffersQuestion, *, seed: int | None = None, **changes: Any) -> OffersAnswer:
    """The answer with some fields of the question changed; nothing here is drawn, so `seed` changes nothing."""
    return answer(replace(inputs, **changes))


def terms_of(q: OffersQuestion) -> Terms:
    """The two-sided terms of the question: breakdown takes the place of discounting unless both are asked for."""
    for name in ("discounts", "outside", "inside", "payoffs", "cost", "final"):
        given = getattr(q, name)
        if given is not None:
            _length(name, given, q)

    def pair(values: Numbers | None, default: float) -> tuple[float, float]:
        return (default, default) if values is None else (values[0], values[1])

    waiting = q.both or q.breakdown is None
    if q.discounts is None and q.breakdown is None and q.cost is None and q.horizon is None and q.deadline is None:
        raise ModelError("nothing is said about waiting; give discount factors, a risk of breakdown, or a last round")
    return Terms(
        discount=pair(q.discounts, 1.0) if waiting else (1.0, 1.0),
        outside=pair(q.outside, 0.0),
        inside=pair(q.inside, 0.0),
        breakdown=q.breakdown or 0.0,
        payoffs=pair(q.payoffs, 0.0),
        cost=pair(q.cost, 0.0),
    )


def _two_sides(q: OffersQuestion) -> OffersAnswer:
    terms, frontier, notes = terms_of(q), _frontier(q), []
    if q.breakdown is not None and q.discounts is not None and not q.both:
        notes.append("The risk of breakdown takes the place of discounting; the discount factors are not used.")
    frictionless = terms.discount == (1.0, 1.0) and not any(terms.cost)
    if q.breakdown == 0 and frictionless and q.horizon is None and q.deadline is None and frontier is None:
        return _limit(q, replace(q, breakdown=0.5))
    solve = _solver(q, frontier)
    deal = solve(terms)
    if 0 in terms.discount:
        notes.append("A discount factor of 0: that side accepts anything rather than wait.")
    if 1 in terms.discount and frictionless is False and frontier is None:
        notes.append("A discount factor of 1 is the limit of a side that loses nothing by waiting.")
    if terms.breakdown == 1:
        notes.append("Breakdown is certain after a rejection: the first offer is the only one.")
    if not deal.unique:
        notes.append(
            "Several equilibria: the gaps between deals are wider than what a round of waiting costs; "
            "the least for the first side is shown, `worst` and `best` bound all."
        )
    haste = price_of_haste(terms, solve)
    details: dict[str, Any] = {
        "accepts": list(deal.accepts), "binding": list(deal.binding), "if_second_proposes": list(deal.other),
        "credible_delay": list(haste.delay), "better_outside": list(haste.outside),
        "more_patience": list(haste.patience),
    }  # fmt: skip
    if frontier is None and q.horizon is None and q.deadline is None:
        limit = short_period_limit(terms)
        details["limit_shares"] = None if limit is None else list(limit)
    if not deal.unique and deal.worst is not None and deal.best is not None:
        details |= {"unique": False, "worst": list(deal.worst), "best": list(deal.best)}
    if q.utilities is not None:
        details["outcome"] = _nearest(q.utilities, deal.payoffs)
    if q.ranges is not None and (q.both or q.breakdown is None):
        details["share_ranges"] = _share_ranges(terms, q.ranges, solve)
    return OffersAnswer(
        parties=q.parties, shares=deal.payoffs, agreement_round=deal.round, price_of_haste=haste.price,
        details=details, notes=tuple(notes),
    )  # fmt: skip


def _solver(q: OffersQuestion, frontier: Frontier | None) -> Callable[[Terms], Agreement]:
    final = (0.0, 0.0) if q.final is None else (q.final[0], q.final[1])
    if q.deadline is not None:
        horizon, hazards = uncertain_deadline([r for r, _ in q.deadline], [c for _, c in q.deadline])
        return lambda terms: finite(terms, horizon, frontier, hazards=hazards, final=final)
    if q.horizon is not None:
        last = q.horizon
        return lambda terms: finite(terms, last, frontier, final=final)
    return lambda terms: stationary(terms, frontier)


def _frontier(q: OffersQuestion) -> Frontier | None:
    if q.utilities is None:
        return None
    return Curve.of(q.utilities, hull=True) if q.lotteries else Deals.of(q.utilities)


def _nearest(utilities: NDArray[np.float64], payoffs: tuple[float, float]) -> int:
    return int(np.abs(utilities - np.array(payoffs)).max(axis=1).argmin())


def _share_ranges(
    terms: Terms, ranges: tuple[tuple[float, float], ...], solve: Callable[[Terms], Agreement]
) -> list[list[float]]:
    """Least and greatest share over the corners of the ranges: with two sides shares are monotone in patience."""
    seen = []
    for first, second in itertools.product(*ranges):
        try:
            seen.append(solve(terms.with_discount(0, first).with_discount(1, second)).payoffs)
        except ModelError:
            continue
    corners = np.array(seen) if seen else np.array([solve(terms).payoffs])
    return [[float(c.min()), float(c.max())] for c in corners.T]


def _limit(q: OffersQuestion, stand_in: OffersQuestion) -> OffersAnswer:
    """The answer as the time between offers (or the risk of breakdown) goes to zero."""
    if len(q.parties) != 2:
        raise ModelError("the limit of frequent offers is given for two sides")
    terms = terms_of(stand_in)
    shares = short_period_limit(terms)
    if shares is None:
        raise ModelError("this limit depends on how it is approached: give rates of which at least one is above 0")
    prices: list[float | None] = []
    for side in (0, 1):
        other = short_period_limit(terms.with_discount(side, terms.discount[1 - side]))
        prices.append(None if other is None else other[side] - shares[side])
    return OffersAnswer(
        parties=q.parties, shares=shares, agreement_round=1, price_of_haste=tuple(prices),
        details={"limit_shares": list(shares)},
        notes=("A limit: the time between offers, or the risk of breakdown, goes to zero.",),
    )  # fmt: skip


def _many(q: OffersQuestion) -> OffersAnswer:
    n = len(q.parties)
    if q.utilities is not None or q.horizon is not None or q.deadline is not None or q.breakdown is not None or q.cost:
        raise ModelError(
            "a frontier of deals, a last round, a risk of breakdown and fixed costs are solved for two sides who "
            "offer in turn; drop them, or name two parties"
        )
    if q.discounts is None:
        raise ModelError(f"{n} parties need discount factors")
    d = np.array(q.discounts * n if len(q.discounts) == 1 else q.discounts, dtype=float)
    if d.shape != (n,):
        raise ModelError(f"discounts has {len(q.discounts)} numbers for {n} parties; give one for all or one for each")
    shares, details, notes = _many_shares(q, d)
    prices: list[float | None] = []
    for i in range(n):
        other = float(np.delete(d, i).max())
        if other == d[i]:
            prices.append(0.0)
            continue
        changed = d.copy()
        changed[i] = other
        try:
            prices.append(_many_shares(q, changed)[0][i] - shares[i])
        except (ModelError, NoBargainingZone):
            prices.append(None)
    if n > 2:
        notes = (*notes, "The price of haste compares with the most patient of the others.")
    return OffersAnswer(
        parties=q.parties, shares=shares, agreement_round=1, price_of_haste=tuple(prices), details=details, notes=notes
    )


def _many_shares(q: OffersQuestion, d: NDArray[np.float64]) -> tuple[Numbers, dict[str, Any], tuple[str, ...]]:
    n = len(q.parties)
    if q.rule == "unanimity":
        if q.random or q.recognition is not None:
            deal = at_random(d, recognition=q.recognition, outside=q.outside)
        else:
            deal = in_turn(d, outside=q.outside)
        details = {
            "expected": deal.expected.tolist(), "proposals": deal.proposals.tolist(), "binding": deal.binding.tolist(),
        }  # fmt: skip
        notes = ("The stationary equilibrium; with more than two parties there are others.",) if n > 2 else ()
        return tuple(deal.shares.tolist()), details, notes
    if q.outside is not None:
        raise ModelError("outside options are solved under unanimity; a legislature here has none")
    if q.rule == "majority":
        vote = closed_rule(n, d, quota=q.quota, recognition=q.recognition)
        passes = 1.0
    else:
        if (d != d[0]).any() or q.recognition is not None or q.quota is not None:
            raise ModelError("the open rule is solved for equal members, one discount factor and simple majority")
        vote, passes = open_rule(n, float(d[0]))
    bought = vote.shares[1:][vote.shares[1:] > 0]
    details = {
        "proposer": float(vote.proposer[0]), "partner": float(bought[0]) if bought.size else None,
        "partners": vote.partners, "proposers": vote.proposer.tolist(), "prices": vote.price.tolist(),
        "expected": vote.expected.tolist(), "passes_at_once": passes,
    }  # fmt: skip
    return tuple(vote.shares.tolist()), details, ("Votes that cost the same are bought in the order of the members.",)


def _length(name: str, values: Numbers, q: OffersQuestion) -> None:
    if len(values) != len(q.parties):
        raise ModelError(f"{name} has {len(values)} numbers for {len(q.parties)} parties; give one for each")
