"""Two sides make offers in turn: equilibrium with and without a last round.

Write a_i for the least that side i accepts. It equals what waiting is worth to it,

    a_i = max(outside_i, fixed_i + weight_i * v_i),

where v_i is what i keeps when it proposes in the next round: the best deal that leaves the other side a_j. Without a
last round these two equations are solved as they stand; with one they are solved backward from it.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from winset.errors import ModelError, NoBargainingZone
from winset.models.offers.frontier import Curve, Frontier, Pie, Point
from winset.models.offers.terms import Pair, Terms

TOLERANCE = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """What is agreed, by whose offer it starts, and when.

    payoffs    (2,) undiscounted value of the deal to each side
    round      in which it is agreed, from 1
    accepts    (2,) the least each side would accept as responder
    binding    (2,) whether that is its outside option
    other      (2,) payoffs if the second side proposed first
    unique     False where several stationary equilibria exist (deals with gaps); `worst` and `best` bound them
    worst/best (2,) least and greatest payoff of each side over those equilibria
    """

    payoffs: Pair
    round: int
    accepts: Pair
    binding: tuple[bool, bool]
    other: Pair
    unique: bool = True
    worst: Pair | None = None
    best: Pair | None = None


def stationary(terms: Terms, frontier: Frontier | None = None) -> Agreement:
    """The equilibrium without a last round; agreement comes in round 1.

    Raises NoBargainingZone where no deal gives both what they are sure of without one, and ModelError where nothing
    makes waiting cost anybody anything (every deal is then an equilibrium).
    Sources: Rubinstein 1982, Econometrica 50(1); Shaked & Sutton 1984, Econometrica 52(6) (outside options); Binmore,
    Rubinstein & Wolinsky 1986, RAND Journal 17(2) (breakdown); Muthoo 1999, ch. 3-6 (inside options, any frontier).
    """
    space = Pie() if frontier is None else frontier
    _zone(terms, space)
    if any(terms.cost):
        if isinstance(space, Pie):
            return _fixed_costs(terms)
        raise ModelError("a fixed cost a round is solved without a last round for a pie only; give a horizon")
    if terms.wait(0).weight * terms.wait(1).weight >= 1:
        raise ModelError(
            "nobody loses by waiting (discount factors 1 and no risk of breakdown), so every deal is an equilibrium; "
            "give one side a discount factor below 1, a risk of breakdown, or a last round"
        )
    if isinstance(space, Pie):
        return _on_pie(terms)
    if isinstance(space, Curve) and _concave(space):
        return _on_curve(terms, space)
    return _by_iteration(terms, space)


def finite(
    terms: Terms,
    horizon: int,
    frontier: Frontier | None = None,
    *,
    hazards: ArrayLike | None = None,
    final: Pair = (0.0, 0.0),
) -> Agreement:
    """The equilibrium with a last round `horizon` (>= 1), by backward induction; the first side proposes in odd rounds.

    hazards  (horizon,) chance that round t turns out to be the last once its offer is refused: an uncertain deadline.
             It takes the place of `terms.breakdown`; the last entry counts as 1
    final    (2,) what each side gets when the last round passes without a deal
    `payoffs` are the deal's, undiscounted. Where waiting is better for a proposer than any acceptable offer it waits,
    and `round` says so. Sources: Stahl 1972; Osborne & Rubinstein 1990, ch. 3.
    """
    space = Pie() if frontier is None else frontier
    if horizon < 1:
        raise ModelError(f"a last round is 1 or later, got {horizon}")
    risk = np.full(horizon, terms.breakdown) if hazards is None else np.asarray(hazards, dtype=float)
    if risk.shape != (horizon,) or not ((risk >= 0) & (risk <= 1)).all():
        raise ModelError(f"an uncertain deadline needs a chance in 0..1 for each of {horizon} rounds, got {risk.shape}")
    runs = [_backward(terms, horizon, space, risk.tolist(), final, first) for first in (0, 1)]
    (payoffs, at, accepts, binding), (other, _, other_accepts, other_binding) = runs
    if at == 0:
        raise NoBargainingZone(f"no deal leaves both sides what refusing is worth in any of {horizon} rounds")
    return Agreement(
        payoffs=payoffs, round=at, other=other,
        accepts=(other_accepts, accepts), binding=(other_binding, binding),
    )  # fmt: skip


def uncertain_deadline(rounds: ArrayLike, chances: ArrayLike) -> tuple[int, NDArray[np.float64]]:
    """(last round, hazards) of a deadline that falls on `rounds` (each >= 1) with `chances` (adding to 1)."""
    at, chance = np.asarray(rounds, dtype=int), np.asarray(chances, dtype=float)
    if at.size == 0 or at.shape != chance.shape or at.min() < 1 or (chance < 0).any():
        raise ModelError(f"a deadline needs rounds from 1 on, each with a chance, got {at.tolist()}, {chance.tolist()}")
    if abs(chance.sum() - 1) > 1e-9:
        raise ModelError(f"the chances of a deadline add to 1, got {chance.sum():g}")
    horizon = int(at[chance > 0].max())
    mass = np.bincount(at, weights=chance, minlength=horizon + 1)[1 : horizon + 1]
    left = 1 - np.concatenate(([0.0], np.cumsum(mass)[:-1]))
    hazards = np.clip(np.divide(mass, left, out=np.ones(horizon), where=left > 1e-15), 0, 1)
    hazards[-1] = 1.0
    return horizon, hazards


def short_period_limit(terms: Terms) -> Pair | None:
    """Shares of a pie as the time between offers goes to zero at the same rates; None where the limit depends on how.

    The asymmetric Nash division with powers inverse to the rates (of discounting plus breakdown) over the impasse
    payoffs; outside options only bound it. Source: Binmore, Rubinstein & Wolinsky 1986; Muthoo 1999, ch. 5 and 6.
    """
    if any(terms.cost):
        return None
    with np.errstate(divide="ignore"):
        rates = -np.log(np.array(terms.discount))
        risk = float(-np.log1p(-terms.breakdown)) if terms.breakdown < 1 else np.inf
    speed = rates + risk
    if (speed == 0).all() or np.isinf(speed).all():
        return None
    impasse = []
    for side in (0, 1):
        if np.isinf(speed[side]):
            impasse.append(terms.payoffs[side] if np.isinf(risk) else terms.inside[side])
        elif speed[side] == 0:
            impasse.append(0.0)
        else:
            impasse.append((rates[side] * terms.inside[side] + risk * terms.payoffs[side]) / speed[side])
    if np.isinf(speed[0]) or speed[1] == 0:
        power = 0.0
    elif np.isinf(speed[1]) or speed[0] == 0:
        power = 1.0
    else:
        power = float(speed[1] / (speed[0] + speed[1]))
    surplus = 1 - impasse[0] - impasse[1]
    if surplus < -TOLERANCE or sum(terms.outside) > 1 + TOLERANCE:
        return None
    first = float(min(max(impasse[0] + power * surplus, terms.outside[0]), 1 - terms.outside[1]))
    return first, 1 - first


def _zone(terms: Terms, space: Frontier) -> None:
    sure = terms.fallback()
    best = space.best(0, sure[1])
    if best is None or best[0] < sure[0] - TOLERANCE:
        raise NoBargainingZone(
            f"no deal leaves the sides what they are sure of without one ({sure[0]:g} and {sure[1]:g}); "
            "each takes its own way out"
        )


def _on_pie(terms: Terms) -> Agreement:
    """The two equations on a pie of 1, solved exactly: try which outside options bind."""
    w1, w2 = terms.wait(0), terms.wait(1)
    best: tuple[float, Pair, tuple[bool, bool]] | None = None
    for binds in ((False, False), (False, True), (True, False), (True, True)):
        if all(binds):
            a1, a2 = w1.outside, w2.outside
        elif binds[0]:
            a1 = w1.outside
            a2 = w2.fixed + w2.weight * (1 - a1)
        elif binds[1]:
            a2 = w2.outside
            a1 = w1.fixed + w1.weight * (1 - a2)
        else:
            a2 = (w2.fixed + w2.weight * (1 - w1.fixed - w1.weight)) / (1 - w1.weight * w2.weight)
            a1 = w1.fixed + w1.weight * (1 - a2)
        miss = abs(a1 - w1.worth(1 - a2)) + abs(a2 - w2.worth(1 - a1))
        if best is None or miss < best[0] - TOLERANCE:
            best = miss, (a1, a2), binds
    assert best is not None
    (a1, a2), binds = best[1], best[2]
    a1, a2 = min(max(a1, 0.0), 1.0), min(max(a2, 0.0), 1.0)
    return Agreement(payoffs=(1 - a2, a2), round=1, accepts=(a1, a2), binding=binds, other=(a1, 1 - a1))


def _fixed_costs(terms: Terms) -> Agreement:
    """A fixed cost a round and no other friction: the side with the lower cost decides (Rubinstein 1982, section 5)."""
    others = terms.breakdown or any(terms.inside) or any(terms.outside) or terms.discount != (1.0, 1.0)
    if others:
        raise ModelError(
            "a fixed cost a round is solved without a last round only when nothing else presses; give a horizon"
        )
    c1, c2 = terms.cost
    if c1 == c2:
        raise ModelError(
            f"with equal costs of waiting ({c1:g} a round) every first share from {min(c1, 1):g} to 1 is an "
            "equilibrium; give different costs, discount factors, or a last round"
        )
    if c1 < c2:  # the second side's threat to wait is empty
        payoffs, other, accepts = (1.0, 0.0), (max(1 - c1, 0.0), min(c1, 1.0)), (max(1 - c1, 0.0), 0.0)
    else:
        payoffs, other, accepts = (min(c2, 1.0), max(1 - c2, 0.0)), (0.0, 1.0), (0.0, max(1 - c2, 0.0))
    return Agreement(payoffs=payoffs, round=1, accepts=accepts, binding=(False, False), other=other)


def _respond(terms: Terms, space: Frontier, side: int, other_accepts: float) -> tuple[float, Point | None]:
    """The least `side` accepts when it could propose next to somebody who accepts `other_accepts`."""
    own = space.best(side, other_accepts)
    wait = terms.wait(side)
    return (wait.outside if own is None else wait.worth(own[side])), own


def _by_iteration(terms: Terms, space: Frontier, most: int = 1_000_000) -> Agreement:
    """Least and greatest equilibrium: iterate the monotone pair of equations from either end."""
    found = []
    for start in (0, 1):
        floor = [-np.inf, -np.inf]
        best = space.best(1 - start, -np.inf)  # `start` begins with the deal that is worst for it
        assert best is not None
        floor[start] = terms.wait(start).worth(best[start])
        for _ in range(most):
            second, _ = _respond(terms, space, 1 - start, floor[start])
            first, _ = _respond(terms, space, start, second)
            settled = abs(first - floor[start]) <= 1e-15 and abs(second - floor[1 - start]) <= 1e-15
            floor[start], floor[1 - start] = first, second
            if settled:
                break
        here, there = space.best(0, floor[1]), space.best(1, floor[0])
        if here is None or there is None:
            raise NoBargainingZone("no deal leaves the responder what refusing is worth to it")
        found.append((here, (floor[0], floor[1]), there))
    (low, accepts, other), (high, _, _) = found  # iterated from the first side's worst, then from its best
    unique = max(abs(low[0] - high[0]), abs(low[1] - high[1])) <= 1e-9
    binding = [bool(accepts[i] == terms.outside[i] and terms.outside[i] > 0) for i in (0, 1)]
    return Agreement(
        payoffs=low, round=1, accepts=accepts, binding=(binding[0], binding[1]), other=other, unique=unique,
        worst=(min(low[0], high[0]), min(low[1], high[1])), best=(max(low[0], high[0]), max(low[1], high[1])),
    )  # fmt: skip


def _on_curve(terms: Terms, curve: Curve) -> Agreement:
    """On a concave curve the two equations have one solution: bisect the first side's payoff as proposer."""

    def excess(first: float) -> float:
        """What the second side gets at `first` beyond the least it would accept there."""
        a1 = terms.wait(0).worth(first)
        counter = curve.best(1, a1)
        least = terms.outside[1] if counter is None else terms.wait(1).worth(counter[1])
        return curve.second(first) - least

    low, high = float(curve.points[0, 0]), float(curve.points[-1, 0])
    if excess(high) >= 0:
        low = high
    for _ in range(200):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if excess(middle) >= 0 else (low, middle)
    a1 = terms.wait(0).worth(low)
    other = curve.best(1, a1)
    assert other is not None
    a2 = terms.wait(1).worth(other[1])
    return Agreement(
        payoffs=(low, curve.second(low)), round=1, accepts=(a1, a2), other=other,
        binding=(a1 == terms.outside[0] and a1 > 0, a2 == terms.outside[1] and a2 > 0),
    )  # fmt: skip


def _concave(curve: Curve) -> bool:
    if len(curve.points) < 3:
        return True
    slopes = np.diff(curve.points[:, 1]) / np.diff(curve.points[:, 0])
    return bool((np.diff(slopes) <= 1e-9 * np.abs(slopes[1:]) + 1e-12).all())


def _backward(
    terms: Terms, horizon: int, space: Frontier, risk: list[float], final: Pair, first: int
) -> tuple[Pair, int, float, bool]:
    """(deal, its round or 0, what the first responder accepts, whether that is its outside option)."""
    value = final  # of the game from the next round on
    deal, at = final, 0
    accepts, binding = 0.0, False
    for t in range(horizon, 0, -1):
        proposer = (t - 1 + first) % 2
        responder = 1 - proposer
        if t == horizon:
            go_on = [final[0], final[1]]
        else:
            waits = (terms.wait(0, risk[t - 1]), terms.wait(1, risk[t - 1]))
            go_on = [waits[i].fixed + waits[i].weight * value[i] for i in (0, 1)]
        leaves = terms.outside[responder] > go_on[responder]
        accepts = max(terms.outside[responder], go_on[responder])
        binding = leaves
        refused = terms.outside[proposer] if leaves else go_on[proposer]  # to the proposer, if refused
        offer = space.best(proposer, accepts)
        if offer is not None and offer[proposer] >= refused - TOLERANCE:
            value, deal, at = offer, offer, t
        else:
            waiting = [refused, accepts] if proposer == 0 else [accepts, refused]
            value = (waiting[0], waiting[1])
            if leaves or t == horizon:
                deal, at = value, 0
    return deal, at, accepts, binding
