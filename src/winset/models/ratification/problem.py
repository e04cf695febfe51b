"""Which deals pass at home, which of them the table would choose, and how sure that is."""

import itertools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from winset.errors import ModelError
from winset.models.ratification.chambers import Chamber, pivotal, ratified
from winset.models.ratification.chances import consents, passes

ROUNDING = 9
Interval = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RatificationInputs:
    """Deals are rows. Utilities fall with the salience-weighted distance from a party's or ratifier's position.

    parties, ratifiers  names;  issues  ids
    deals       (deals, issues) in units of each issue's own scale; on a line, only a grid for `by_deal`
    line        (low, high) of the scale where there is one continuous issue, solved exactly; else None
    span        (issues,) length of each scale
    position    (parties, issues);  salience (parties, issues) adding to 1 in a row
    reserve     (parties,) utility without a deal
    low, likely, high   (ratifiers, issues) positions;  their salience  `weight` (ratifiers, issues)
    floor       (ratifiers, 3) low, likely, high reservation utility; where `from_quo`, that of the status quo instead
    quo         (issues,) status quo, nan where there is none
    home        (ratifiers,) the party of each;  outsiders  parties with positions who sign nothing
    """

    parties: tuple[str, ...]
    ratifiers: tuple[str, ...]
    issues: tuple[str, ...]
    deals: NDArray[np.float64]
    line: Interval | None
    span: NDArray[np.float64]
    position: NDArray[np.float64]
    salience: NDArray[np.float64]
    reserve: NDArray[np.float64]
    low: NDArray[np.float64]
    likely: NDArray[np.float64]
    high: NDArray[np.float64]
    weight: NDArray[np.float64]
    floor: NDArray[np.float64]
    from_quo: NDArray[np.bool_]
    quo: NDArray[np.float64]
    chambers: tuple[Chamber, ...]
    home: tuple[str, ...] = ()
    outsiders: "Outsiders | None" = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Outsiders:
    """Parties that hold positions but sign nothing; fields as for `RatificationInputs.parties`."""

    parties: tuple[str, ...]
    position: NDArray[np.float64]
    salience: NDArray[np.float64]
    reserve: NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ratification:
    """win_sets     one a ratifier: a count of deals, or the ends of an interval (None: nothing) on a line
    overlap      what passes all chambers: a count, or the intervals of the line
    agreement    the Nash deal over it, one number an issue; None where the table gains nothing from any
    gains        (parties,) of the agreement over no deal, on a line in its units
    probability  that the agreement is ratified, with its 95 % interval from the draws; None without an agreement
    by_deal      probability of each row of `deals`
    pivotal      names of ratifiers whose consent alone decides the agreement
    free         the Nash deal if nobody had to ratify, and the gains it would bring
    """

    win_sets: tuple[int | Interval | None, ...]
    overlap: int | tuple[Interval, ...]
    agreement: tuple[float, ...] | None
    gains: tuple[float, ...] | None
    probability: float | None
    interval: Interval | None
    by_deal: NDArray[np.float64]
    pivotal: tuple[str, ...]
    free: tuple[tuple[float, ...], tuple[float, ...]] | None


def ratification(x: RatificationInputs, *, draws: int = 2000, rng: np.random.Generator) -> Ratification:
    """Solve at the likely values; draw the rest for probabilities (uniform between two ends, triangular with three).

    An indifferent ratifier consents. Source: Putnam 1988, IO 42(3); Nash 1950 for the choice within the win-set.
    """
    if draws < 1:
        raise ModelError(f"at least one draw is needed, got {draws}")
    likely = _floors(x, x.likely, x.floor[:, 1])
    value = utility(x.deals, x.position, x.salience, x.span)
    if x.line is not None:
        cuts = [_reach(x, i, x.likely[i, 0], likely[i]) for i in range(len(x.ratifiers))]
        pieces = _joint(cuts, x.chambers, x.line)
        chosen = _nash_line(x, pieces)
        free = _nash_line(x, (x.line,))
        win_sets: tuple[int | Interval | None, ...] = tuple(cuts)
        overlap: int | tuple[Interval, ...] = pieces
        deal = None if chosen is None else np.array([chosen])
        open_deal = None if free is None else np.array([free])
    else:
        yes = _yes(x, x.deals, x.likely, likely)
        passes = ratified(yes, x.chambers)
        win_sets = tuple(int(n) for n in yes.sum(axis=0))
        overlap = int(passes.sum())
        row, free_row = _nash_rows(value, x.reserve, passes), _nash_rows(value, x.reserve, np.ones(len(value), bool))
        deal = None if row is None else x.deals[row]
        open_deal = None if free_row is None else x.deals[free_row]
    wanted = x.deals if deal is None else np.vstack([deal[None, :], x.deals])
    chance = chances(x, wanted, draws, rng)
    probability: float | None = None
    interval: Interval | None = None
    decisive: tuple[str, ...] = ()
    if deal is not None:
        probability, interval = float(chance[0]), _wilson(float(chance[0]), draws, _exact(x))
        found = pivotal(_yes(x, deal[None, :], x.likely, likely), x.chambers) if x.ratifiers else []
        decisive = tuple(x.ratifiers[i] for i in found)
    return Ratification(
        win_sets=win_sets, overlap=overlap, agreement=None if deal is None else tuple(float(v) for v in deal),
        gains=None if deal is None else gains_of(x, deal), probability=probability, interval=interval,
        by_deal=chance if deal is None else chance[1:], pivotal=decisive,
        free=None if open_deal is None else (tuple(float(v) for v in open_deal), gains_of(x, open_deal)),
    )  # fmt: skip


def solve(inputs: RatificationInputs, *, seed: int = 1, draws: int = 2000) -> Ratification:
    """As `ratification`, with draws of this seed."""
    return ratification(inputs, draws=draws, rng=np.random.default_rng(seed))


def settled(x: RatificationInputs, chambers: tuple[Chamber, ...] | None = None) -> NDArray[np.float64] | None:
    """(issues,) the Nash deal over what passes at the likely values; with other chambers where they are given."""
    rule = x.chambers if chambers is None else chambers
    likely = _floors(x, x.likely, x.floor[:, 1])
    if x.line is not None:
        cuts = [_reach(x, i, x.likely[i, 0], likely[i]) for i in range(len(x.ratifiers))]
        point = _nash_line(x, _joint(cuts, rule, x.line))
        return None if point is None else np.array([point])
    passing = ratified(_yes(x, x.deals, x.likely, likely), rule)
    row = _nash_rows(utility(x.deals, x.position, x.salience, x.span), x.reserve, passing)
    return None if row is None else x.deals[row]


def consent_at(x: RatificationInputs, deal: NDArray[np.float64]) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
    """(ratifiers,) who consents to one deal at the likely values, and how much utility the others are short of it."""
    floor = _floors(x, x.likely, x.floor[:, 1])
    worth = utility(deal[None, :], x.likely, x.weight, x.span)[0]
    yes = np.round(worth, ROUNDING) >= np.round(floor, ROUNDING)
    return np.asarray(yes), np.where(yes, 0.0, floor - worth)


def utility(
    deals: NDArray[np.float64], position: NDArray[np.float64], salience: NDArray[np.float64], span: NDArray[np.float64]
) -> NDArray[np.float64]:
    """(deals, holders) 1 at the position, falling linearly with weighted distance to 0 at the length of the scale."""
    loss = np.zeros((len(deals), len(position)))
    for k in range(deals.shape[1]):
        loss += salience[:, k] * np.abs(deals[:, k, None] - position[None, :, k]) / span[k]
    return 1 - loss


def _floors(x: RatificationInputs, at: NDArray[np.float64], floor: NDArray[np.float64]) -> NDArray[np.float64]:
    """(ratifiers,) what no deal is worth to each: its reservation utility, or that of the status quo."""
    if not x.from_quo.any():
        return floor
    quo = np.where(np.isnan(x.quo), 0.0, x.quo)
    return np.where(x.from_quo, utility(quo[None, :], at, x.weight, x.span)[0], floor)


def _yes(
    x: RatificationInputs, deals: NDArray[np.float64], at: NDArray[np.float64], floor: NDArray[np.float64]
) -> NDArray[np.bool_]:
    worth = np.round(utility(deals, at, x.weight, x.span), ROUNDING)
    return np.asarray(worth >= np.round(floor, ROUNDING))


def _reach(x: RatificationInputs, i: int, ideal: float, floor: float) -> Interval | None:
    """Ends of one ratifier's win-set on the line."""
    assert x.line is not None
    far = abs(x.quo[0] - ideal) if x.from_quo[i] else (1 - floor) * x.span[0] / max(x.weight[i, 0], 1e-12)
    if far < -1e-9:
        return None
    low, high = max(ideal - far, x.line[0]), min(ideal + far, x.line[1])
    return (float(low), float(high)) if low <= high + 1e-9 else None


def _joint(cuts: list[Interval | None], chambers: tuple[Chamber, ...], line: Interval) -> tuple[Interval, ...]:
    """The parts of the line that every chamber passes: tested at all ends of win-sets and between them."""
    ends = sorted({line[0], line[1], *(e for cut in cuts if cut for e in cut if line[0] <= e <= line[1])})
    probes = [ends[0]]
    for a, b in itertools.pairwise(ends):
        probes += [(a + b) / 2, b]
    yes = np.array([[cut is not None and cut[0] - 1e-9 <= p <= cut[1] + 1e-9 for cut in cuts] for p in probes], bool)
    passes = ratified(yes.reshape(len(probes), len(cuts)), chambers)
    pieces: list[Interval] = []
    for k in range(0, len(probes), 2):
        if not passes[k]:
            continue
        if pieces and k > 0 and passes[k - 1] and pieces[-1][1] == probes[k - 2]:
            pieces[-1] = (pieces[-1][0], probes[k])
        else:
            pieces.append((probes[k], probes[k]))
    return tuple(pieces)


def _nash_line(x: RatificationInputs, pieces: tuple[Interval, ...]) -> float | None:
    """The point with the largest product of the parties' gains: on each straight stretch by the sign of its slope."""
    if not len(x.parties):
        return None
    ideals, s = x.position[:, 0], x.salience[:, 0] / x.span[0]

    def gains(at: float) -> NDArray[np.float64]:
        return np.asarray(1 - s * np.abs(at - ideals) - x.reserve)

    spots: list[float] = []
    for low, high in pieces:
        knots = sorted({low, high, *(float(i) for i in ideals if low < i < high)})
        spots += knots
        for a, b in itertools.pairwise(knots):
            slope = np.where((a + b) / 2 < ideals, s, -s)
            left, right = a, b
            for _ in range(200):
                middle = (left + right) / 2
                here = gains(middle)
                if (here <= 0).any():  # move toward the side on which the worst-off gains
                    rising = slope[int(here.argmin())] > 0
                else:
                    rising = bool((slope / here).sum() > 0)
                left, right = (middle, right) if rising else (left, middle)
            spots.append((left + right) / 2)
    table = np.array([gains(at) for at in spots]).reshape(len(spots), len(x.parties))
    row = _nash_rows(table, np.zeros(len(x.parties)), np.ones(len(spots), bool))
    return None if row is None else float(spots[row])


def _nash_rows(value: NDArray[np.float64], reserve: NDArray[np.float64], among: NDArray[np.bool_]) -> int | None:
    """Row with the largest product of gains; where every product is nil the leximin of gains; first of equals."""
    gains = np.round(value - reserve, ROUNDING)
    rows = np.flatnonzero(among & (gains >= 0).all(axis=1))
    if rows.size == 0:
        return None
    exact = np.maximum((value - reserve)[rows], 0.0)
    with np.errstate(divide="ignore"):
        score = np.where((gains[rows] > 0).all(axis=1), np.log(exact).sum(axis=1), -np.inf)
    if np.isneginf(score).all():
        ranked = np.sort(gains[rows], axis=1)
        best = max(map(tuple, ranked))
        return int(rows[int(np.flatnonzero((ranked == best).all(axis=1))[0])])
    return int(rows[int(np.flatnonzero(score >= score.max() - 1e-15)[0])])


def gains_of(x: RatificationInputs, deal: NDArray[np.float64]) -> tuple[float, ...]:
    gain = utility(deal[None, :], x.position, x.salience, x.span)[0] - x.reserve
    scale = x.span[0] if x.line is not None else 1.0
    return tuple(float(g) for g in gain * scale)


def _exact(x: RatificationInputs) -> bool:
    return bool((x.low == x.high).all() and (x.floor[:, 0] == x.floor[:, 2]).all())


def chances(
    x: RatificationInputs, deals: NDArray[np.float64], draws: int, rng: np.random.Generator
) -> NDArray[np.float64]:
    """(deals,) chance that each is ratified: each ratifier's consent over its own draws, added up exactly."""
    times = 1 if _exact(x) else draws
    consent = np.empty((len(x.ratifiers), len(deals)))
    for i in range(len(x.ratifiers)):
        if times == 1:
            at, floor = x.likely[i : i + 1], x.floor[i : i + 1, 1]
        else:
            shape = (times, x.low.shape[1])
            low, likely, high = (np.broadcast_to(part[i], shape) for part in (x.low, x.likely, x.high))
            at = _draw(low, likely, high, rng)
            least, expected, most = (np.full(times, value) for value in x.floor[i])
            floor = _draw(least, expected, most, rng)
        if x.from_quo[i]:
            quo = np.where(np.isnan(x.quo), 0.0, x.quo)
            floor = 1 - (np.abs(quo - at) * (x.weight[i] / x.span)).sum(axis=1)
        consent[i] = consents(deals, at, x.weight[i], x.span, floor)
    return passes(consent, x.chambers)


def _draw(
    low: NDArray[np.float64], likely: NDArray[np.float64], high: NDArray[np.float64], rng: np.random.Generator
) -> NDArray[np.float64]:
    """Triangular with the mode at `likely`, uniform where there is none (nan)."""
    u = rng.random(low.shape)
    width = high - low
    flat = np.isnan(likely) | (width <= 0)
    mode = np.where(flat, low, likely)
    cut = np.divide(mode - low, width, out=np.zeros_like(low), where=width > 0)
    rising = low + np.sqrt(u * cut) * width
    falling = high - np.sqrt((1 - u) * (1 - cut)) * width
    return np.where(flat, low + u * width, np.where(u < cut, rising, falling))


def _wilson(share: float, n: int, exact: bool) -> Interval:
    """95 % interval of a share seen in n draws; the share itself where nothing was drawn."""
    if exact:
        return share, share
    z = 1.959963984540054
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z * np.sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return float(max(0.0, middle - half)), float(min(1.0, middle + half))
