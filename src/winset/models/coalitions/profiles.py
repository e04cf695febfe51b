"""Exact counts over coalitions, players with the same weights everywhere taken together.

A profile says how many of each type of player take part. With t types of n_1, ..., n_t players there are
(n_1 + 1) ... (n_t + 1) profiles, each standing for a product of binomials of coalitions: 536 players of three types
need 88,072 profiles, 27 different players 2^27. All indices are sums over profiles, of whole numbers or fractions.
"""

from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from math import comb, prod
from operator import mul

import numpy as np
from numpy.typing import NDArray

from winset.models.coalitions.rules import VotingRule

BLOCK = 1 << 18  # profiles looked at together


@dataclass(frozen=True, slots=True, kw_only=True)
class Types:
    """Groups of players whom no condition tells apart: members by index, and the whole-number conditions a type."""

    members: tuple[tuple[int, ...], ...]
    ways: tuple[tuple[tuple[tuple[int, ...], int], ...], ...]  # (weight of one of each type, quota)

    @property
    def sizes(self) -> tuple[int, ...]:
        return tuple(len(group) for group in self.members)

    @property
    def profiles(self) -> int:
        return prod(n + 1 for n in self.sizes)


def types(rule: VotingRule) -> Types:
    """Players grouped by their weights in all conditions, in the order of their first member."""
    whole = [[condition.whole() for condition in way] for way in rule.ways]
    groups: dict[tuple[int, ...], list[int]] = {}
    for i in range(len(rule.players)):
        key = tuple(weights[i] for way in whole for weights, _ in way)
        groups.setdefault(key, []).append(i)
    first = [group[0] for group in groups.values()]
    return Types(
        members=tuple(map(tuple, groups.values())),
        ways=tuple(tuple((tuple(weights[i] for i in first), quota) for weights, quota in way) for way in whole),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """Per type: Shapley-Shubik, swings, shares of Johnston, Deegan-Packel and Holler; and counts of the game."""

    shapley: tuple[Fraction, ...]
    swings: tuple[int, ...]
    johnston: tuple[Fraction, ...] | None
    deegan_packel: tuple[Fraction, ...]
    holler: tuple[int, ...]  # minimal winning coalitions with one given player of the type
    winning: int
    minimal: int
    minimal_profiles: tuple[tuple[int, ...], ...] | None  # None where there are more than asked for


def _winning(t: Types, digits: NDArray[np.int64]) -> NDArray[np.bool_]:
    result = np.zeros(len(digits), dtype=bool)
    for way in t.ways:
        met = np.ones(len(digits), dtype=bool)
        for weights, quota in way:
            whole = np.int64 if sum(w * n for w, n in zip(weights, t.sizes, strict=True)) < 2**62 else object
            met &= np.asarray(digits.astype(whole) @ np.array(weights, dtype=whole) >= quota, dtype=bool)
        result |= met
    return result


def count(t: Types, *, listed: int = 10_000) -> Sums:
    """All sums over the profiles of `t`, exactly; the work grows with `t.profiles`."""
    sizes = np.array(t.sizes, dtype=np.int64)
    n, k = int(sizes.sum()), len(sizes)
    radix = sizes + 1
    steps = np.concatenate([[1], np.cumprod(radix)[:-1]]).astype(np.int64)
    plain = bool((sizes == 1).all())
    factorials = list(accumulate(range(1, n + 1), mul, initial=1))
    pivots: list[dict[int, int]] = [{} for _ in range(k)]  # type -> size without the pivot -> coalitions
    sharing: list[dict[int, int]] = [{} for _ in range(k)]  # type -> number of critical players -> coalitions
    minimal: list[dict[int, int]] = [{} for _ in range(k)]  # type -> size -> coalitions
    winning = total_minimal = 0
    kept: list[tuple[int, ...]] | None = []
    for start in range(0, t.profiles, BLOCK):
        at = np.arange(start, min(start + BLOCK, t.profiles), dtype=np.int64)
        digits = at[:, None] // steps % radix
        wins = _winning(t, digits)
        digits, at = digits[wins], at[wins]
        if not len(digits):
            continue
        critical = np.zeros(digits.shape, dtype=bool)
        for i in range(k):
            has = digits[:, i] > 0
            lower = digits[has].copy()
            lower[:, i] -= 1
            critical[has, i] = ~_winning(t, lower)
        size = digits.sum(axis=1)
        pressed = np.where(critical, digits, 0).sum(axis=1)
        least = (critical | (digits == 0)).all(axis=1)
        if plain:
            winning += len(digits)
            total_minimal += int(least.sum())
            for i in range(k):
                for where, key, store in (
                    (critical[:, i], size, pivots), (critical[:, i], pressed, sharing),
                    (least & (digits[:, i] > 0), size, minimal),
                ):  # fmt: skip
                    for value, times in enumerate(np.bincount(key[where])):
                        if times:
                            store[i][value] = store[i].get(value, 0) + int(times)
        else:
            for row, marks, is_least, s, c in zip(digits.tolist(), critical.tolist(), least.tolist(),
                                                  size.tolist(), pressed.tolist(), strict=True):  # fmt: skip
                ways = prod(comb(m, d) for m, d in zip(t.sizes, row, strict=True))
                winning += ways
                total_minimal += ways if is_least else 0
                for i in range(k):
                    if marks[i]:
                        mine = ways * row[i] // t.sizes[i]  # of these coalitions, those with one given player
                        pivots[i][s] = pivots[i].get(s, 0) + mine
                        sharing[i][c] = sharing[i].get(c, 0) + mine
                        if is_least:
                            minimal[i][s] = minimal[i].get(s, 0) + mine
        if kept is not None:
            kept.extend(tuple(row) for row in digits[least].tolist())
            kept = None if len(kept) > listed else kept
    return Sums(
        shapley=tuple(
            Fraction(sum(c * factorials[s - 1] * factorials[n - s] for s, c in d.items()), factorials[n])
            for d in pivots
        ),
        swings=tuple(sum(d.values()) for d in pivots),
        johnston=tuple(sum((Fraction(c, s) for s, c in d.items()), Fraction(0)) for d in sharing),
        deegan_packel=tuple(sum((Fraction(c, s) for s, c in d.items()), Fraction(0)) for d in minimal),
        holler=tuple(sum(d.values()) for d in minimal),
        winning=winning,
        minimal=total_minimal,
        minimal_profiles=None if kept is None else tuple(kept),
    )
