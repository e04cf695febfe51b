"""One question about patience, whichever protocol it names, and its one answer."""

import itertools
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from winset.errors import ModelError, NoBargainingZone
from winset.models.offers.alternating import Agreement, finite, short_period_limit, stationary, uncertain_deadline
from winset.models.offers.drawn import drawn
from winset.models.offers.frontier import Curve, Deals, Frontier
from winset.models.offers.haste import price_of_haste
from winset.models.offers.inputs import Numbers, OffersAnswer, OffersQuestion, matching
from winset.models.offers.several import many_sides
from winset.models.offers.terms import Terms


def answer(q: OffersQuestion) -> OffersAnswer:
    """Solve the question. Raises ModelError where it has no answer; no zone of agreement is an answer."""
    if q.rates is not None:
        matching("rates", q.rates, q)
        if min(q.rates) < 0 or q.period < 0:
            raise ModelError("rates and the time between offers are not negative")
        if q.period == 0:
            return _limit(q, replace(q, discounts=tuple(float(np.exp(-r)) for r in q.rates), both=True))
        q = replace(q, discounts=tuple(float(np.exp(-r * q.period)) for r in q.rates))
    try:
        found = _two_sides(q) if len(q.parties) == 2 and q.rule == "unanimity" else many_sides(q)
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
            matching(name, given, q)

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
    if q.random or q.recognition is not None:
        chance = 0.5 if q.recognition is None else q.recognition[0]
        pairs = zip(deal.payoffs, deal.other, strict=True)
        details["expected"] = [chance * here + (1 - chance) * there for here, there in pairs]
    elif frontier is None and q.horizon is None and q.deadline is None:
        limit = short_period_limit(terms)
        details["limit_shares"] = None if limit is None else list(limit)
    if not deal.unique and deal.worst is not None and deal.best is not None:
        details |= {"unique": False, "worst": list(deal.worst), "best": list(deal.best)}
    if q.utilities is not None:
        details["outcome"] = _nearest(q.utilities, deal.payoffs)
    if q.ranges is not None and (q.both or q.breakdown is None):
        details["share_ranges"] = _share_ranges(terms, q.ranges, solve)
    return OffersAnswer(
        parties=q.parties, shares=deal.payoffs, agreement_round=deal.round or None, price_of_haste=haste.price,
        details=details, notes=tuple(notes),
    )  # fmt: skip


def _solver(q: OffersQuestion, frontier: Frontier | None) -> Callable[[Terms], Agreement]:
    final = (0.0, 0.0) if q.final is None else (q.final[0], q.final[1])
    if q.random or q.recognition is not None:
        return _drawn(q, frontier, final)
    if q.deadline is not None:
        horizon, hazards = uncertain_deadline([r for r, _ in q.deadline], [c for _, c in q.deadline])
        return lambda terms: finite(terms, horizon, frontier, hazards=hazards, final=final)
    if q.horizon is not None:
        last = q.horizon
        return lambda terms: finite(terms, last, frontier, final=final)
    return lambda terms: stationary(terms, frontier)


def _drawn(q: OffersQuestion, frontier: Frontier | None, final: tuple[float, float]) -> Callable[[Terms], Agreement]:
    chances = (0.5, 0.5) if q.recognition is None else q.recognition
    matching("recognition", chances, q)
    if min(chances) < 0 or abs(sum(chances) - 1) > 1e-9:
        raise ModelError(f"chances to propose are not negative and add to 1, got {list(chances)}")
    horizon, hazards = q.horizon, None
    if q.deadline is not None:
        horizon, hazards = uncertain_deadline([r for r, _ in q.deadline], [c for _, c in q.deadline])
    if horizon is not None and horizon < 1:
        raise ModelError(f"a last round is 1 or later, got {horizon}")
    return lambda terms: drawn(terms, chances[0], frontier, horizon=horizon, hazards=hazards, final=final)


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
