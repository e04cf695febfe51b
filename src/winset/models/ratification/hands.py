"""What consent at home does at the table: tied hands, defection against one's will, payments, and those left out."""

import itertools
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from winset.models.ratification.chambers import Chamber, ratified
from winset.models.ratification.chances import consents
from winset.models.ratification.problem import (
    ROUNDING,
    RatificationInputs,
    chances,
    consent_at,
    gains_of,
    settled,
    utility,
)

Floats = NDArray[np.float64]
STEP = 0.05  # by which a win-set is narrowed: ratifiers ask that much more utility
_TRIED = 18  # members of one chamber whose payments are tried in every combination


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """One party's ratifiers: what they bring it at the table, and what they risk.

    party, ratifiers
    free         the deal if none of them had to consent, None where there is none;  gain what the party gains by having
                 to ask them (its gain now less its gain then), None where there is no deal on one side
    defection    chance that the agreement fails at this party's own chambers although it wants it
    narrower     by `step` less room for its ratifiers: (what the party gains at the table, probability of ratification
                 then), None where no deal is left;  gains  what that moves for every party at the table
    Source: Schelling 1960; Putnam 1988, 440-441
    """

    party: str
    ratifiers: tuple[str, ...]
    free: tuple[float, ...] | None
    gain: float | None
    defection: float | None
    narrower: tuple[float, float] | None
    gains: tuple[float, ...] | None = None
    step: float = STEP


@dataclass(frozen=True, slots=True, kw_only=True)
class Without:
    """If this ratifier's consent were not needed: the deal, its probability, and the parties' gains over no deal."""

    ratifier: str
    agreement: tuple[float, ...] | None
    probability: float | None
    gains: tuple[float, ...] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """Utility (of its own, 0 to 1) that would make a ratifier consent to the deal that the table alone would choose."""

    ratifier: str
    amount: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Outsider:
    """A party without a signature: how much worse than no deal the agreement leaves it (0: not), the share of the deals
    that pass which do, and which: rows of the deals, on a line the ends of the stretches between grid points."""

    party: str
    loss: float | None
    share: float
    rows: tuple[int, ...] = ()
    stretches: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """hands by party with ratifiers;  without by ratifier;  payments None where nothing need be paid, empty where no
    payment helps"""

    hands: tuple[Hand, ...]
    without: tuple[Without, ...]
    payments: tuple[Payment, ...] | None
    outsiders: tuple[Outsider, ...]


def home(x: RatificationInputs, *, draws: int, rng: np.random.Generator) -> Home:
    """Everything above for one question; each figure is the same problem solved again with one thing changed."""
    now = settled(x)
    gains = None if now is None else gains_of(x, now)
    return Home(
        hands=tuple(_hand(x, party, now, gains, draws, rng) for party in dict.fromkeys(x.home)),
        without=tuple(_without(x, i, draws, rng) for i in range(len(x.ratifiers))) if x.home else (),
        payments=_payments(x),
        outsiders=_outsiders(x, now),
    )


def _hand(
    x: RatificationInputs, party: str, now: Floats | None, gains: tuple[float, ...] | None, draws: int,
    rng: np.random.Generator,
) -> Hand:  # fmt: skip
    own = [i for i, name in enumerate(x.home) if name == party]
    free = settled(x, tuple(c for c in x.chambers if not set(c.members) <= set(own)))
    at = x.parties.index(party) if party in x.parties else None
    gain, defection, narrower, moved = None, None, None, None
    if now is not None and gains is not None:
        mine = tuple(c for c in x.chambers if set(c.members) <= set(own))
        defection = 1 - float(chances(replace(x, chambers=mine), now[None, :], draws, rng)[0])
        if at is not None:
            gain = None if free is None else gains[at] - gains_of(x, free)[at]
            tighter = _tighter(x, own)
            deal = settled(tighter)
            if deal is not None:
                passes = float(chances(tighter, deal[None, :], draws, rng)[0])
                moved = tuple(a - b for a, b in zip(gains_of(x, deal), gains, strict=True))
                narrower = moved[at], passes
    return Hand(
        party=party, ratifiers=tuple(x.ratifiers[i] for i in own), free=None if free is None else tuple(free.tolist()),
        gain=gain, defection=defection, narrower=narrower, gains=moved,
    )  # fmt: skip


def _tighter(x: RatificationInputs, own: list[int]) -> RatificationInputs:
    """The same with each of these ratifiers asking STEP more than now."""
    floor, from_quo = x.floor.copy(), x.from_quo.copy()
    quo = np.where(np.isnan(x.quo), 0.0, x.quo)
    for i in own:
        if from_quo[i]:
            floor[i] = utility(quo[None, :], x.likely[i : i + 1], x.weight[i : i + 1], x.span)[0, 0]
            from_quo[i] = False
        floor[i] = floor[i] + STEP
    return replace(x, floor=floor, from_quo=from_quo)


def _without(x: RatificationInputs, i: int, draws: int, rng: np.random.Generator) -> Without:
    chambers = []
    for chamber in x.chambers:
        kept = [(m, w) for m, w in zip(chamber.members, chamber.weights, strict=True) if m != i]
        if kept and sum(w for _, w in kept) > 0:
            chambers.append(
                replace(chamber, members=tuple(m for m, _ in kept), weights=tuple(w for _, w in kept))
            )  # its quota stays as it is; a share of the weight is then a share of what is left
    changed = replace(x, chambers=tuple(chambers))
    deal = settled(changed)
    if deal is None:
        return Without(ratifier=x.ratifiers[i], agreement=None, probability=None, gains=None)
    passes = float(chances(changed, deal[None, :], draws, rng)[0])
    return Without(ratifier=x.ratifiers[i], agreement=tuple(deal.tolist()), probability=passes, gains=gains_of(x, deal))


def _payments(x: RatificationInputs) -> tuple[Payment, ...] | None:
    """The least sum of side payments that lets pass what the table would choose if nobody had to consent."""
    free = settled(x, ())
    if free is None or not x.ratifiers:
        return None
    yes, short = consent_at(x, free)
    if ratified(yes[None, :], x.chambers)[0]:
        return None
    paid: list[Payment] = []
    for chamber in x.chambers:
        chosen = cheapest(chamber, yes, short)
        if chosen is None:
            return ()
        paid += [Payment(ratifier=x.ratifiers[i], amount=float(short[i])) for i in chosen]
    return tuple(paid)


def cheapest(chamber: Chamber, yes: NDArray[np.bool_], short: Floats) -> tuple[int, ...] | None:
    """Refusing members whose consent, bought at `short` each, lets the chamber pass for the least sum.

    All combinations are tried up to 18 refusing members; beyond, members are bought by price for their weight, and
    those that turn out not to be needed are dropped again. None where even all together do not pass.
    """

    def passes(bought: tuple[int, ...]) -> bool:
        votes = yes.copy()
        votes[list(bought)] = True
        return bool(chamber.consents(votes[None, :])[0])

    if passes(()):
        return ()
    refuse = [m for m in chamber.members if not yes[m]]
    if not passes(tuple(refuse)):
        return None
    if chamber.kind in ("unanimity", "leader"):
        return tuple(refuse)
    if len(refuse) <= _TRIED:
        sets = (s for n in range(1, len(refuse) + 1) for s in itertools.combinations(refuse, n) if passes(s))
        return min(sets, key=lambda s: (round(float(short[list(s)].sum()), ROUNDING), len(s), s))
    weight = dict(zip(chamber.members, chamber.weights, strict=True))
    order = sorted(refuse, key=lambda m: (short[m] / max(weight[m], 1e-12), m))
    bought = order[: next(n for n in range(1, len(order) + 1) if passes(tuple(order[:n])))]
    for one in sorted(bought, key=lambda m: -short[m]):
        less = tuple(m for m in bought if m != one)
        if passes(less):
            bought = list(less)
    return tuple(sorted(bought))


def _outsiders(x: RatificationInputs, now: Floats | None) -> tuple[Outsider, ...]:
    if x.outsiders is None:
        return ()
    left = x.outsiders
    span = x.span
    likely = [consents(x.deals, x.likely[i : i + 1], x.weight[i], span, _least(x, i)) for i in range(len(x.ratifiers))]
    yes = np.array(likely, dtype=bool).reshape(len(x.ratifiers), len(x.deals)).T
    passing = ratified(yes, x.chambers)
    value = utility(x.deals[passing], left.position, left.salience, span)
    worse = np.round(value, ROUNDING) < np.round(left.reserve, ROUNDING)
    found = []
    for i, party in enumerate(left.parties):
        loss = None
        if now is not None:
            here = utility(now[None, :], left.position[i : i + 1], left.salience[i : i + 1], span)[0, 0]
            loss = max(0.0, float(left.reserve[i] - here))
        rows = np.flatnonzero(passing)[worse[:, i]]
        found.append(Outsider(
            party=party, loss=loss, share=float(worse[:, i].mean()) if passing.any() else 0.0,
            rows=tuple(rows.tolist()), stretches=_stretches(x, rows) if x.line is not None else (),
        ))  # fmt: skip
    return tuple(found)


def _stretches(x: RatificationInputs, rows: NDArray[np.intp]) -> tuple[tuple[float, float], ...]:
    """Neighbouring rows of the grid on a line, taken together."""
    if not rows.size:
        return ()
    parts = np.split(rows, np.flatnonzero(np.diff(rows) > 1) + 1)
    return tuple((float(x.deals[part[0], 0]), float(x.deals[part[-1], 0])) for part in parts)


def _least(x: RatificationInputs, i: int) -> Floats:
    quo = np.where(np.isnan(x.quo), 0.0, x.quo)
    if x.from_quo[i]:
        return np.asarray(utility(quo[None, :], x.likely[i : i + 1], x.weight[i : i + 1], x.span)[0])
    return x.floor[i, 1:2]
