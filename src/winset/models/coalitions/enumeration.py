"""Exact Shapley-Shubik and Banzhaf for up to some thirty players under any rule, by looking at every coalition once.

A rule is monotone: who joins a winning coalition leaves it winning. So the coalitions of size k that need player i are
the winning ones of size k with i, less the winning ones of size k - 1 without i: it is enough to count winning
coalitions by size and member. The first players' coalitions are one array, sorted by size; the others are gone through.
"""

from fractions import Fraction
from math import factorial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from winset.models.coalitions.rules import VotingRule

TOGETHER = 17  # players whose coalitions are one array, small enough to stay in the cache
MOST = 30


def winning_by_size(rule: VotingRule) -> tuple[list[int], list[list[int]]]:
    """Numbers of winning coalitions by size 0..n, and the same with each player in them."""
    n = len(rule.players)
    a = min(n, TOGETHER)
    index = np.arange(1 << a)
    bits = (index[:, None] >> np.arange(a) & 1).astype(np.float64)
    order = np.argsort(bits.sum(axis=1), kind="stable")
    bits = bits[order]
    starts = np.searchsorted(bits.sum(axis=1), np.arange(a + 1))
    ends = [*starts[1:].tolist(), 1 << a]
    ways = [[condition.whole() for condition in way] for way in rule.ways]
    known: dict[tuple[int, ...], NDArray[np.integer[Any]]] = {}
    for way in ways:
        for weights, quota in way:
            if weights not in known or known[weights].dtype != np.int64:
                narrow = np.int32 if max(sum(weights), abs(quota)) < 2**30 else np.int64
                known[weights] = (bits @ np.array(weights[:a], dtype=np.float64)).astype(narrow)
    rest = n - a
    tally = np.zeros((rest + 1, 1 << a), dtype=np.uint16)  # by number of others taking part: how often each wins
    sizes = [slice(start, end) for start, end in zip(starts.tolist(), ends, strict=True)]
    total = [0] * (n + 1)
    member = [[0] * (n + 1) for _ in range(n)]
    for others in range(1 << rest):
        joined = [a + i for i in range(rest) if others >> i & 1]
        won = np.zeros(1 << a, dtype=bool)
        for way in ways:
            met = np.ones(1 << a, dtype=bool)
            for weights, quota in way:
                met &= known[weights] >= quota - sum(weights[i] for i in joined)
            won |= met
        tally[len(joined)] += won
        for s, part in enumerate(sizes):
            times = int(np.count_nonzero(won[part]))
            total[s + len(joined)] += times
            for i in joined:
                member[i][s + len(joined)] += times
    for more in range(rest + 1):
        for s, part in enumerate(sizes):
            for i, times in enumerate((tally[more, part].astype(np.float64) @ bits[part]).tolist()):
                member[i][s + more] += int(times)
    return total, member


def fits(rule: VotingRule) -> bool:
    """Whether all coalitions can be gone through: few enough players, and weights that sum exactly in an array."""
    whole = (condition.whole() for way in rule.ways for condition in way)
    return len(rule.players) <= MOST and all(max(sum(w), abs(q)) < 2**52 for w, q in whole)


def shapley_and_swings(rule: VotingRule) -> tuple[list[Fraction], list[int], int]:
    """Shapley-Shubik values, numbers of swings, and the number of winning coalitions; see `fits`."""
    n = len(rule.players)
    total, member = winning_by_size(rule)
    share = [factorial(k - 1) * factorial(n - k) for k in range(1, n + 1)]
    values, swings = [], []
    for mine in member:
        pivots = [mine[k] - (total[k - 1] - mine[k - 1]) for k in range(1, n + 1)]
        values.append(Fraction(sum(p * s for p, s in zip(pivots, share, strict=True)), factorial(n)))
        swings.append(sum(pivots))
    return values, swings, sum(total)
