"""Exact sums over the ways through a diagram: how many coalitions, and how many with each player, weighed by size.

Each way to a state, times each way on from it with the player, is a coalition with that player. Numbers are whole and large;
they are computed by their remainders to several primes at once and put together (the Chinese remainder theorem).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count, islice
from math import isqrt

import numpy as np
from numpy.typing import NDArray

from winset.models.coalitions.diagram import WON, Diagram

Whole = NDArray[np.int64]
PRIME = 2**31  # primes below it: products of two remainders fit 64 bits, sums of millions of remainders 53


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """The sum of a weight of the size over all coalitions, and over those with each player, in the players' order."""

    whole: int
    member: tuple[int, ...]


def _primes() -> Iterator[int]:
    """Primes downwards from PRIME."""
    for candidate in count(PRIME - 1, -2):
        if all(candidate % d for d in range(3, isqrt(candidate) + 1, 2)):
            yield candidate


def primes_needed(players: int, weights: Sequence[Sequence[int]]) -> int:
    """How many primes `weigh` computes with: enough that no sum of a weight over 2^players coalitions reaches their product."""
    bits = players + max(max(w) for w in weights).bit_length()
    return bits // (PRIME.bit_length() - 2) + 1  # each prime has as many bits as PRIME - 1, the highest of them set


def weigh(d: Diagram, weights: Sequence[Sequence[int]]) -> tuple[Weighed, ...]:
    """For each of `weights` (one number >= 0 for each size from 0 to all players): sums over the diagram's coalitions.

    A diagram whose states are not told apart by size takes weights that are the same for every size.
    """
    n = len(d.levels)
    product, found = 1, [[0] * (n + 1) for _ in weights]
    for p in islice(_primes(), primes_needed(n, weights)):
        for values, rests in zip(found, _remainders(d, weights, p), strict=True):
            for i, rest in enumerate(rests):
                values[i] += product * ((rest - values[i]) * pow(product, -1, p) % p)
        product *= p
    place = {player: at for at, player in enumerate(d.order)}
    return tuple(Weighed(whole=values[-1], member=tuple(values[place[i]] for i in range(n))) for values in found)


def _remainders(d: Diagram, weights: Sequence[Sequence[int]], p: int) -> list[list[int]]:
    """For each weight: the sum with each player in the order of deciding, then the whole sum, each modulo p."""
    n = len(d.levels)
    ahead = [np.ones(1, dtype=np.int64)]
    for at, level in enumerate(d.levels[:-1]):
        ahead.append(_forward(level.skip, level.take, ahead[-1], len(d.levels[at + 1].take), p))
    return [_backward(d, ahead, w, p) for w in weights] if n else []


def _forward(skip: NDArray[np.int32], take: NDArray[np.int32], ways: Whole, states: int, p: int) -> Whole:
    found = np.zeros(states)
    for edge in (skip, take):
        on = edge >= 0
        found += np.bincount(edge[on], weights=ways[on].astype(np.float64), minlength=states)  # exact below 2^53
    return found.astype(np.int64) % p


def _backward(d: Diagram, ahead: list[Whole], weight: Sequence[int], p: int) -> list[int]:
    n = len(d.levels)
    member, later = [0] * n, [0] * n  # later[i]: what player i and all after it get from coalitions that won before
    # by size when won: the weight of that coalition with any of the players left; of a minimal one with nobody
    follow = np.array([w % p for w in weight], dtype=np.int64)
    with_one = np.zeros(n + 1, dtype=np.int64)
    behind = np.zeros(0, dtype=np.int64)
    for i in range(n - 1, -1, -1):
        level = d.levels[i]
        won, on, stays = level.take == WON, level.take >= 0, level.skip >= 0
        sizes = np.ones(int(won.sum()), dtype=np.intp) if level.size is None else level.size[won].astype(np.intp) + 1
        taken = np.zeros(len(level.take), dtype=np.int64)
        taken[on] = behind[level.take[on]]
        taken[won] = follow[sizes]
        member[i] = _dot(ahead[i], taken, p)
        if not d.minimal:
            if i + 1 < n:
                later[i + 1] = _dot(ahead[i][won], with_one[sizes], p)
            with_one = np.append(follow[1:], 0)  # and one given player of those left, one player more of whom decides
            follow = (follow + with_one) % p
        taken[stays] += behind[level.skip[stays]]
        behind = taken % p
    share = 0
    for i in range(n):
        share += later[i]
        member[i] = (member[i] + share) % p
    return [*member, int(behind[0])]


def _dot(a: Whole, b: Whole, p: int) -> int:
    return int((a * b % p).sum() % p)


def listing(d: Diagram) -> list[tuple[int, ...]]:
    """The coalitions of a diagram of minimal ones, each as the sorted indexes of its players, in their order."""
    alive = [np.zeros(0, dtype=bool)]
    for level in reversed(d.levels):
        here = level.take == WON
        for edge in (level.skip, level.take):
            on = edge >= 0
            here[on] |= alive[-1][edge[on]]
        alive.append(here)
    alive.reverse()
    found: list[tuple[int, ...]] = []
    open_: list[tuple[int, int, tuple[int, ...]]] = [(0, 0, ())]
    while open_:
        i, state, members = open_.pop()
        level, joined = d.levels[i], (*members, d.order[i])
        if (to := int(level.take[state])) == WON:
            found.append(tuple(sorted(joined)))
        elif to >= 0 and alive[i + 1][to]:
            open_.append((i + 1, to, joined))
        if (to := int(level.skip[state])) >= 0 and alive[i + 1][to]:
            open_.append((i + 1, to, members))
    return sorted(found)
