"""Exchange model: two parties trade support across two issues, each giving where it cares less.

The outcome of an issue is the mean of voting positions weighted by capability x salience. On two issues on which two
parties stand on opposite sides of the outcome, i moves its voting position on p toward j, and j its own on q toward i.
Outcomes move by e_p and e_q; who cares s gains s e. Both gain alike if e_q / e_p = (s_ip + s_jp) / (s_iq + s_jq), and
each gains (s_jp s_iq - s_jq s_ip) e_p / (s_iq + s_jq): positive just where i cares relatively less about p than j.
The trade is as large as voting positions allow. Variant `equal-gain, best first`: the trade with the largest gain is
made, both voting positions are bound by it, outcomes are recomputed, until no trade gains anything.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from winset.models.spatial.inputs import SpatialInputs

Floats = NDArray[np.float64]
VARIANT = "equal-gain, best first"
LEAST = 1e-9  # gains up to this share of the largest salience x width are none


@dataclass(frozen=True, slots=True, kw_only=True)
class Trade:
    """`giver` moved on `gives` toward `taker`, who moved on `takes` toward it; gains in salience x share of the scale."""

    giver: str
    taker: str
    gives: str  # issue
    takes: str  # issue
    giver_from: float
    giver_to: float
    taker_from: float
    taker_to: float
    gain: float  # the same for both
    others: tuple[tuple[str, float], ...]  # what it does to everybody else


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """Outcomes by issue before and after all trades, in the order the trades were made."""

    variant: str
    before: dict[str, float]
    after: dict[str, float]
    trades: tuple[Trade, ...]


@dataclass(slots=True, eq=False)
class _Table:
    """Parties x issues on scales of width 1; salience 0 where a party has no position."""

    ideal: Floats
    voting: Floats
    salience: Floats
    share: Floats  # of each issue's whole weight
    free: NDArray[np.bool_]

    @property
    def outcome(self) -> Floats:
        return np.asarray((self.share * self.voting).sum(axis=0), dtype=float)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Offer:
    gain: float
    i: int
    j: int
    p: int
    q: int
    e_p: float  # signed change of the outcome
    e_q: float


def _best_on(t: _Table, outcome: Floats, p: int, q: int) -> _Offer | None:
    """The best trade in which i gives on p and j gives on q, the first in order among equals."""
    side = t.ideal - outcome
    s, k = t.salience, t.share
    opposite = (np.outer(side[:, p], side[:, p]) < 0) & (np.outer(side[:, q], side[:, q]) < 0)
    willing = opposite & np.outer(t.free[:, p], t.free[:, q])
    rate = np.divide(s[:, p, None] + s[None, :, p], s[:, q, None] + s[None, :, q],
                     out=np.zeros(willing.shape), where=willing)  # fmt: skip
    # i can move the outcome of p by its whole way to j, but not past j; so can j on q
    far_p = np.minimum(k[:, p, None] * np.abs(t.ideal[None, :, p] - t.voting[:, p, None]), np.abs(side[None, :, p]))
    far_q = np.minimum(k[None, :, q] * np.abs(t.ideal[:, q, None] - t.voting[None, :, q]), np.abs(side[:, q, None]))
    e_p = np.minimum(far_p, np.divide(far_q, rate, out=np.zeros_like(rate), where=rate > 0))
    gain = np.where(willing, s[None, :, p] * e_p - s[None, :, q] * e_p * rate, -np.inf)
    at = int(gain.argmax())
    i, j = divmod(at, len(gain))
    if not gain[i, j] > LEAST * max(float(s.max()), 1e-300):
        return None
    return _Offer(gain=float(gain[i, j]), i=i, j=j, p=p, q=q, e_p=float(e_p[i, j] * np.sign(side[j, p])),
                  e_q=float(e_p[i, j] * rate[i, j] * np.sign(side[i, q])))  # fmt: skip


def exchange(inputs: Mapping[str, SpatialInputs]) -> Exchange:
    """All trades over the issues of `inputs`; parties that share no two issues cannot trade.

    Sources: Stokman and Van Oosten 1994, in Bueno de Mesquita and Stokman, European Community Decision Making, ch. 5;
    Dijkstra, Van Assen and Stokman 2008, Journal of Theoretical Politics 20(1).
    """
    issues = list(inputs)
    parties = list(dict.fromkeys(p for x in inputs.values() for p in x.parties))
    shape = (len(parties), len(issues))
    ideal, salience, weight, there = (np.zeros(shape) for _ in range(4))
    for m, x in enumerate(inputs.values()):
        rows = [parties.index(p) for p in x.parties]
        low, width = x.scale[0], (x.scale[1] - x.scale[0]) or 1.0
        ideal[rows, m], salience[rows, m], weight[rows, m] = (x.position - low) / width, x.salience, x.weight
        there[rows, m] = 1
    t = _Table(ideal=ideal, voting=ideal.copy(), salience=salience, share=weight / weight.sum(axis=0),
               free=(weight > 0) & (there > 0))  # fmt: skip
    scales = [(x.scale[0], (x.scale[1] - x.scale[0]) or 1.0) for x in inputs.values()]

    def shown(m: int, v: float) -> float:
        return float(scales[m][0] + v * scales[m][1])

    before = t.outcome
    trades: list[Trade] = []
    offers = {(p, q): _best_on(t, before, p, q) for p in range(len(issues)) for q in range(len(issues)) if p != q}
    while True:
        outcome = t.outcome
        standing = [o for o in offers.values() if o is not None]
        if not standing:
            break
        best = max(standing, key=lambda o: (round(o.gain, 12), -o.i, -o.j, -o.p, -o.q))
        i, j, p, q = best.i, best.j, best.p, best.q
        old = float(t.voting[i, p]), float(t.voting[j, q])
        t.voting[i, p] += best.e_p / t.share[i, p]
        t.voting[j, q] += best.e_q / t.share[j, q]
        t.free[i, p] = t.free[j, q] = False
        after = t.outcome
        effect = (t.salience * (np.abs(t.ideal - outcome) - np.abs(t.ideal - after))).sum(axis=1)
        trades.append(Trade(
            giver=parties[i], taker=parties[j], gives=issues[p], takes=issues[q],
            giver_from=shown(p, old[0]), giver_to=shown(p, float(t.voting[i, p])),
            taker_from=shown(q, old[1]), taker_to=shown(q, float(t.voting[j, q])), gain=best.gain,
            others=tuple((parties[k], float(effect[k])) for k in range(len(parties)) if k not in (i, j)),
        ))  # fmt: skip
        offers = {
            (a, b): _best_on(t, after, a, b) if {a, b} & {p, q} else kept for (a, b), kept in offers.items()
        }  # fmt: skip
    after = t.outcome
    return Exchange(
        variant=VARIANT, trades=tuple(trades),
        before={name: shown(m, float(before[m])) for m, name in enumerate(issues)},
        after={name: shown(m, float(after[m])) for m, name in enumerate(issues)},
    )  # fmt: skip
