"""Probabilistic Condorcet election: no option is sure to win, each wins with a chance that grows with its backers.

Every pair of options meets in a contest that the stronger coalition wins with a chance given by the `victory` model.
A `chain` says how contests follow one another; the probability of an option is the share of time that it is in force.

markov-uniform    any option challenges the one in force, each equally often
markov-incentive  options challenge the more often, the stronger their coalition and the likelier they are to win
conditional       the chance that an option beats all others at once, normalised
"""

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from winset.errors import ModelError

Floats = NDArray[np.float64]
Victory = Literal["linear", "square", "quartic", "octic", "binary"]
Chain = Literal["markov-uniform", "markov-incentive", "conditional"]
VICTORIES: tuple[Victory, ...] = get_args(Victory)
CHAINS: tuple[Chain, ...] = get_args(Chain)
POWERS = {"linear": 1, "square": 2, "quartic": 4, "octic": 8}
SLACK = 1e-9  # of the larger strength: closer than this is a draw under `binary`


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Election:
    """Probabilities of options, ascending by option, under one chain and one victory model."""

    chain: Chain
    victory: Victory
    options: Floats  # (options,)
    probability: Floats  # (options,), summing to 1

    @property
    def mean(self) -> float:
        """Expected outcome."""
        return float(self.options @ self.probability)

    def quantile(self, level: float) -> float:
        """The smallest option at or below which a share `level` lies."""
        at = int(np.argmax(np.cumsum(self.probability) >= level - 1e-12))
        return float(self.options[at])


def strengths(votes: Floats) -> Floats:
    """(i, j) sum of the votes for option i over j, from votes (voters, i, j), positive for i and negative for j."""
    return np.asarray(np.maximum(votes, 0).sum(axis=0), dtype=float)


def victory_chance(strength: Floats, victory: Victory = "square") -> Floats:
    """(i, j) chance that i beats j, from coalition strengths (i, j) >= 0; 1/2 where nobody votes.

    A power of the ratio of strengths, or under `binary` the stronger for sure. Raises ModelError on another model.
    """
    if victory not in VICTORIES:
        raise ModelError(f"no victory model {victory!r}; there are {', '.join(VICTORIES)}")
    c = np.asarray(strength, float)
    top = np.maximum(c, c.T)
    if victory == "binary":
        lead = c - c.T
        return np.where(np.abs(lead) <= SLACK * top, 0.5, (lead > 0).astype(float))
    share = np.divide(c, top, out=np.zeros_like(c), where=top > 0) ** POWERS[victory]
    both = share + share.T
    chance: Floats = np.divide(share, both, out=np.full_like(c, 0.5), where=both > 0)
    np.fill_diagonal(chance, 0.5)
    return chance


def stationary(move: Floats) -> Floats:
    """Stationary distribution of a chain from its chances (from, to) of moving; staying is what is left over.

    By the elimination of Grassmann, Taksar and Heyman (1985), which subtracts nothing, on the states that every state
    can reach. Raises ModelError where no state can be reached from all.
    """
    p = np.array(move, float)
    np.fill_diagonal(p, 0)
    reach = np.eye(len(p), dtype=bool) | (p > 0)
    for k in range(len(p)):
        reach |= reach[:, k, None] & reach[None, k, :]
    kept = np.flatnonzero(reach.all(axis=0))
    if kept.size == 0:
        raise ModelError("the chain falls into separate parts: no option can be reached from all others")
    q = p[np.ix_(kept, kept)]
    for k in range(len(q) - 1, 0, -1):
        out = q[k, :k].sum()
        q[:k, k] /= out
        q[:k, :k] += np.outer(q[:k, k], q[k, :k])
    weight = np.zeros(len(q))
    weight[0] = 1
    for k in range(1, len(q)):
        weight[k] = weight[:k] @ q[:k, k]
    result = np.zeros(len(p))
    result[kept] = weight / weight.sum()
    return result


def probabilities(strength: Floats, *, victory: Victory = "square", chain: Chain = "markov-uniform") -> Floats:
    """Chance of each option from coalition strengths (i, j).

    Source: Wise, Lester and Efird 2015, An Introduction to KTAB using one-dimensional spatial models, KS-1517-DP011A.
    """
    c = np.array(strength, float)
    np.fill_diagonal(c, 0)
    chance = victory_chance(c, victory)
    n = len(c)
    if chain == "conditional":
        np.fill_diagonal(chance, 1)
        log = np.log(np.maximum(chance, 1e-300)).sum(axis=1)
        share = np.exp(log - log.max())
        return np.asarray(share / share.sum(), dtype=float)
    if chain == "markov-uniform":
        return stationary(chance.T / n)
    if chain != "markov-incentive":
        raise ModelError(f"no chain {chain!r}; there are {', '.join(CHAINS)}")
    tried = c.T * chance.T  # from i to j: c_ji P[j beats i]
    np.fill_diagonal(tried, 0)
    total = tried.sum(axis=1, keepdims=True)
    # where nobody would gain from replacing i, all challenge it alike, so that ties stay ties
    tried = np.divide(tried, total, out=np.where(np.eye(n, dtype=bool), 0.0, 1 / max(n - 1, 1)), where=total > 0)
    return stationary(tried * chance.T)


def election(
    position: Floats, weight: Floats, *, victory: Victory = "square", chain: Chain = "markov-uniform"
) -> Election:
    """The election among held positions, each actor voting w (|x - b| - |x - a|) for a over b."""
    held = np.unique(position)
    distance = np.abs(position[:, None] - held)
    votes = weight[:, None, None] * (distance[:, None, :] - distance[:, :, None])
    chances = probabilities(strengths(votes), victory=victory, chain=chain)
    return Election(chain=chain, victory=victory, options=held, probability=chances)
