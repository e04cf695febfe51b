"""The challenge model in several dimensions at once, in the form of the KAPSARC toolkit (KTAB), with its parameters.

Written from the papers and from a description of the model, not from its program. Where they leave a choice, the words
of `Parameters` say which was made. Positions and saliences count on 0..1 in every dimension.
"""

from dataclasses import dataclass, fields
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from winset.errors import ModelError
from winset.models.spatial.election import Chain, Victory, probabilities, strengths

Floats = NDArray[np.float64]
LEAST_GAIN = 1e-5
NOISE = 1e-8  # added to the strength of every coalition
STILL = 0.02  # of the first round's movement
MOST_ROUNDS = 100
DECIMALS = 4  # of offers, on 0..1
BATCH = 1 << 21  # cells worked on at once


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """Choices by the toolkit's names; the defaults are its own. Raises ModelError on a value that is not offered.

    VictoryProbModel  chance of the stronger coalition: its share of both, of their squares, ..., or all
    VotingRule        Prop: weight x difference of utilities; Cubic: its third power; Binary: its sign
    PCEModel          how probabilities of options follow from contests
    StateTransitions  Deterministic: the likeliest bargain; Stochastic: one drawn by its probability
    BigRRange         risk attitude of the weakest: Min 0, Mid -1/2, Max -1; that of the strongest is 1
    BigRAdjust        what h takes from i's own attitude when it guesses it: None 0, OneThird, Half, TwoThirds, Full 1
    ThirdPartyCommit  No: who joins a side keeps its position; SemiCommit: if that side loses it is moved;
                      FullCommit: it takes the winner's position either way
    InterVecBrgn      weights of the two positions in an offer: salience x chance, or their squares
    BargnModel        who makes offers: the challenger; both, each in its own view; both, joined by their power
    """

    VictoryProbModel: Literal["Linear", "Square", "Quartic", "Octic", "Binary"] = "Linear"
    VotingRule: Literal["Prop", "Cubic", "Binary"] = "Prop"
    PCEModel: Literal["Conditional", "MarkovIncentive", "MarkovUniform"] = "Conditional"
    StateTransitions: Literal["Deterministic", "Stochastic"] = "Deterministic"
    BigRRange: Literal["Min", "Mid", "Max"] = "Mid"
    BigRAdjust: Literal["None", "OneThird", "Half", "TwoThirds", "Full"] = "OneThird"
    ThirdPartyCommit: Literal["No", "SemiCommit", "FullCommit"] = "SemiCommit"
    InterVecBrgn: Literal["S1P1", "S2P2"] = "S2P2"
    BargnModel: Literal["InitOnlyInterp", "InitRcvrInterp", "PWCompInterp"] = "InitOnlyInterp"

    def __post_init__(self) -> None:
        for field in fields(self):
            offered, value = get_args(field.type), getattr(self, field.name)
            if value not in offered:
                raise ModelError(f"{field.name} is {value!r}; offered are {', '.join(offered)}")


_WEAKEST = {"Min": 0.0, "Mid": -0.5, "Max": -1.0}
_ADJUST = {"None": 0.0, "OneThird": 1 / 3, "Half": 0.5, "TwoThirds": 2 / 3, "Full": 1.0}
_CHAIN: dict[str, Chain] = {
    "Conditional": "conditional", "MarkovIncentive": "markov-incentive", "MarkovUniform": "markov-uniform",
}  # fmt: skip
_POWER = {"Linear": 1, "Square": 2, "Quartic": 4, "Octic": 8}
_VICTORY: dict[str, Victory] = {
    "Linear": "linear", "Square": "square", "Quartic": "quartic", "Octic": "octic", "Binary": "binary",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A bargain: both would stand at `point` (0..1 a dimension); gain and chance as `proposer` sees them."""

    challenger: int
    target: int
    proposer: int
    point: tuple[float, ...]
    gain: float
    chance: float  # of the challenger against the target


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class KtabRound:
    """Positions (actors, dimensions), 0..1, after a round; the offers made in it, and which one each actor took."""

    position: Floats
    offers: tuple[Offer, ...]
    took: tuple[int | None, ...]  # an index into offers for every actor, None where it stayed


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class KtabPath:
    """The start and every round, and whether the movement died down before the rounds were used up."""

    parameters: Parameters
    rounds: tuple[KtabRound, ...]
    settled: bool


def distances(position: Floats, salience: Floats, points: Floats) -> Floats:
    """(i, m): how far point m lies from i, each dimension weighted by i's own salience; 0 for who cares about none."""
    weight = salience**2
    total = weight.sum(axis=1, keepdims=True)
    share = np.divide(weight, total, out=np.zeros_like(weight), where=total > 0)
    gap = (position[:, None, :] - points[None, :, :]) ** 2
    result: Floats = np.sqrt(np.minimum((gap * share[:, None, :]).sum(axis=-1), 1.0))
    return result


def utilities(distance: Floats, risk: Floats) -> Floats:
    """(1 - d)(1 + d R), R for every row."""
    result: Floats = (1 - distance) * (1 + distance * risk)
    return result


def _cast(weight: Floats, difference: Floats, rule: str) -> Floats:
    """Votes under a voting rule."""
    if rule == "Binary":
        return np.asarray(weight * np.sign(np.where(np.abs(difference) < 1e-12, 0, difference)), dtype=float)
    return np.asarray(weight * (difference if rule == "Prop" else difference**3), dtype=float)


def _chance(mine: Floats, theirs: Floats, model: str) -> Floats:
    """Chance that `mine` prevails over `theirs`, both > 0."""
    if model == "Binary":
        top = np.maximum(mine, theirs)
        return np.where(np.abs(mine - theirs) <= 1e-9 * top, 0.5, (mine > theirs).astype(float))
    top = np.maximum(mine, theirs)
    a, b = (mine / top) ** _POWER[model], (theirs / top) ** _POWER[model]
    return np.asarray(a / (a + b), dtype=float)


def _election(utility: Floats, weight: Floats, p: Parameters) -> Floats:
    """Probability of each option from the utilities (voters, options) that weighted voters draw from it."""
    votes = _cast(weight[:, None, None], utility[:, :, None] - utility[:, None, :], p.VotingRule)
    strength = strengths(votes) + NOISE
    return probabilities(strength, victory=_VICTORY[p.VictoryProbModel], chain=_CHAIN[p.PCEModel])


def risks(distance: Floats, capability: Floats, p: Parameters) -> Floats:
    """(n,) risk attitude: 1 for whose position is likeliest, `BigRRange` for the least likely, 0 where all are alike."""
    likely = _election(utilities(distance, np.zeros((len(capability), 1))), capability, p)
    top, bottom = float(likely.max()), float(likely.min())
    if top - bottom <= 1e-12:
        return np.zeros(likely.size)
    low = _WEAKEST[p.BigRRange]
    result: Floats = low + (1 - low) * (likely - bottom) / (top - bottom)
    return result


def challenges(
    distance: Floats, capability: Floats, total: Floats, risk: Floats, p: Parameters, viewer: int
) -> tuple[Floats, Floats]:
    """Chance (i, j) that i prevails over j, and what i gains by challenging j, all as `viewer` sees it.

    distance (n, n), capability (n,), total salience (n,) in 0..1, risk (n,).
    """
    seen = risk[viewer] + _ADJUST[p.BigRAdjust] * (risk - risk[viewer])
    return _contest(distance, capability, total, seen[None, :, None], p, None)


def _contest(
    distance: Floats, capability: Floats, total: Floats, seen: Floats, p: Parameters, rows: NDArray[np.int64] | None
) -> tuple[Floats, Floats]:
    """With `rows`, view v is that of actor rows[v] on its own challenges: results (v, j); else all pairs of one view."""
    n = len(capability)
    who = np.arange(n) if rows is None else rows
    u = utilities(distance[None], seen)  # (views, k, m)
    views = np.zeros(n, dtype=int) if rows is None else np.arange(rows.size)
    w = capability * total
    own = np.einsum("vkk->vk", u)
    uii, uij = u[views, who, who][:, None], u[views, who, :]
    ujj, uji = own[views], u[views, :, who]
    i_side = _cast(w[who][:, None], uii - uij, p.VotingRule)
    j_side = _cast(w[None, :], ujj - uji, p.VotingRule)
    wi, wj, wn = w[who][:, None, None] + NOISE, w[None, :, None] + NOISE, w[None, None, :]
    with_i, with_j = _chance(wi + wn, wj, p.VictoryProbModel), _chance(wi, wj + wn, p.VictoryProbModel)
    to_i = u[views, :, who][:, None, :]  # (v, j, n): what n gets at i's position
    to_j = np.swapaxes(u[views], 1, 2)  # (v, j, n): at j's
    stay = own[views][:, None, :]
    if p.ThirdPartyCommit == "No":
        won_i, won_j, lost_i, lost_j = 2 * to_i + stay, 2 * to_j + stay, 2 * to_j + stay, 2 * to_i + stay
    elif p.ThirdPartyCommit == "SemiCommit":
        won_i, won_j, lost_i, lost_j = 2 * to_i + stay, 2 * to_j + stay, 3 * to_j, 3 * to_i
    else:
        won_i, won_j, lost_i, lost_j = 3 * to_i, 3 * to_j, 3 * to_j, 3 * to_i
    joining_i = with_i * won_i + (1 - with_i) * lost_i
    joining_j = (1 - with_j) * won_j + with_j * lost_j
    votes = _cast(wn, joining_i - joining_j, p.VotingRule)
    third = np.ones(votes.shape, dtype=bool)
    third[np.arange(who.size), :, who] = False
    third[:, np.arange(n), np.arange(n)] = False
    votes = np.where(third, votes, 0.0)
    mine = NOISE + np.maximum(i_side, 0) + np.maximum(-j_side, 0) + np.maximum(votes, 0).sum(axis=-1)
    theirs = NOISE + np.maximum(j_side, 0) + np.maximum(-i_side, 0) + np.maximum(-votes, 0).sum(axis=-1)
    chance = _chance(mine, theirs, p.VictoryProbModel)
    resist = total[None, :]
    gain = (1 - resist) * 2 * uii + resist * 2 * (chance * uii + (1 - chance) * uij) - (uii + uij)
    return chance, gain


def _own_views(
    distance: Floats, capability: Floats, total: Floats, risk: Floats, p: Parameters
) -> tuple[Floats, Floats]:
    """Chance and gain (i, j) of i's challenges, each as i sees it; in batches that bound the memory."""
    n = len(capability)
    step = max(1, BATCH // (n * n))
    parts = []
    for at in range(0, n, step):
        rows = np.arange(at, min(n, at + step))
        seen = risk[rows][:, None] + _ADJUST[p.BigRAdjust] * (risk[None, :] - risk[rows][:, None])
        parts.append(_contest(distance, capability, total, seen[:, :, None], p, rows))
    return np.concatenate([c for c, _ in parts]), np.concatenate([g for _, g in parts])


def _point(x: Floats, s: Floats, i: int, j: int, chance: float, p: Parameters) -> Floats:
    power = 1 if p.InterVecBrgn == "S1P1" else 2
    a, b = (s[i] * chance) ** power, (s[j] * (1 - chance)) ** power
    middle = np.divide(a * x[i] + b * x[j], a + b, out=(x[i] + x[j]) / 2, where=a + b > 0)
    return np.asarray(np.round(middle, DECIMALS), dtype=float)


def _offers(
    x: Floats, s: Floats, capability: Floats, distance: Floats, risk: Floats, p: Parameters
) -> tuple[Offer, ...]:
    """What every actor that hopes to gain offers to the target it gains most from; ties go to the first."""
    total = s.sum(axis=1)
    chance, gain = _own_views(distance, capability, total, risk, p)
    np.fill_diagonal(gain, -np.inf)
    offers = []
    for i, j in enumerate(np.round(gain, 12).argmax(axis=1)):
        if not gain[i, j] > LEAST_GAIN:
            continue
        target, mine = int(j), float(chance[i, j])
        point = _point(x, s, i, target, mine, p)
        if p.BargnModel != "InitOnlyInterp":
            theirs, _ = challenges(distance, capability, total, risk, p, target)
            other = float(theirs[i, target])
            reply = _point(x, s, i, target, other, p)
            if p.BargnModel == "PWCompInterp":
                a, b = (float(capability[k] * total[k]) for k in (i, target))
                point = np.round((a * point + b * reply) / (a + b), DECIMALS) if a + b > 0 else point
            else:
                offers.append(Offer(challenger=i, target=target, proposer=target, point=tuple(map(float, reply)),
                                    gain=float(gain[i, j]), chance=other))  # fmt: skip
        offers.append(Offer(challenger=i, target=target, proposer=i, point=tuple(map(float, point)),
                            gain=float(gain[i, j]), chance=mine))  # fmt: skip
    return tuple(offers)


def step(x: Floats, s: Floats, capability: Floats, p: Parameters, rng: np.random.Generator | None = None) -> KtabRound:
    """One round: offers, and for every actor the bargain that all would most probably settle on for it."""
    n = len(capability)
    distance = distances(x, s, x)
    risk = risks(distance, capability, p)
    offers = _offers(x, s, capability, distance, risk, p)
    if not offers:
        return KtabRound(position=x, offers=(), took=(None,) * n)
    points = np.array([o.point for o in offers])
    now = utilities(distance, risk[:, None])
    there = utilities(distances(x, s, points), risk[:, None])
    ends = np.array([(o.challenger, o.target) for o in offers])
    mean = now.sum(axis=1, keepdims=True)
    after = (mean - now[:, ends[:, 0]] - now[:, ends[:, 1]] + 2 * there) / n
    moved = x.copy()
    taken: list[int | None] = [None] * n
    for i in range(n):
        named = [b for b, o in enumerate(offers) if i in (o.challenger, o.target)]
        if not named:
            continue
        chance = _election(np.column_stack([mean / n, after[:, named]]), capability, p)
        if p.StateTransitions == "Stochastic":
            if rng is None:
                raise ModelError("StateTransitions Stochastic draws at random; give a generator")
            at = int(rng.choice(chance.size, p=chance))
        else:
            at = int(np.round(chance, 12).argmax())
        if at:
            taken[i] = named[at - 1]
            moved[i] = points[named[at - 1]]
    return KtabRound(position=moved, offers=offers, took=tuple(taken))


def ktab(
    position: Floats,
    capability: Floats,
    salience: Floats,
    *,
    parameters: Parameters | None = None,
    rounds: int = MOST_ROUNDS,
    rng: np.random.Generator | None = None,
) -> KtabPath:
    """All rounds, until the movement is below 2 % of the first round's, at least two and at most `rounds`.

    position, salience  (actors, dimensions), 0..1; the saliences of one actor sum to at most 1
    capability          (actors,), >= 0, not all 0
    Sources: Wise, Lester and Efird 2015, KAPSARC KS-1517-DP011A and KS-1524-DP020A; Bueno de Mesquita 1994.
    """  # fmt: skip
    p = parameters or Parameters()
    x, s, c = np.array(position, float), np.asarray(salience, float), np.asarray(capability, float)
    if x.ndim != 2 or x.shape != s.shape or c.shape != x.shape[:1]:
        raise ModelError(f"positions {x.shape}, saliences {s.shape} and capabilities {c.shape} do not fit together")
    if not (np.isfinite(x).all() and ((x >= 0) & (x <= 1)).all()):
        raise ModelError("positions lie in 0 to 1 of each dimension; divide by the width of its scale")
    if (s < 0).any() or (s.sum(axis=1) > 1 + 1e-9).any():
        at = int(np.flatnonzero((s < 0).any(axis=1) | (s.sum(axis=1) > 1 + 1e-9))[0])
        raise ModelError(
            f"the saliences of actor {at + 1} sum to {s[at].sum():g}; they are 0 or more, at most 1 in all"
        )
    if (c < 0).any() or not c.sum() > 0:
        raise ModelError("capabilities are 0 or more, and somebody's is above 0")
    path = [KtabRound(position=x, offers=(), took=(None,) * len(c))]
    first = None
    for number in range(1, rounds + 1):
        path.append(step(path[-1].position, s, c, p, rng))
        movement = float(np.linalg.norm(path[-1].position - path[-2].position, axis=1).sum())
        first = movement if first is None else first
        if number >= 2 and movement <= STILL * first:
            return KtabPath(parameters=p, rounds=tuple(path), settled=True)
    return KtabPath(parameters=p, rounds=tuple(path), settled=False)
