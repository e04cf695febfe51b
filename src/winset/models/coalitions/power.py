"""Power indices of a voting rule: exact where that can be had, by seeded sampling with its error beyond."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, product

import numpy as np
from numpy.typing import NDArray

from winset.models.coalitions.dummies import dummies as never_decisive
from winset.models.coalitions.enumeration import fits
from winset.models.coalitions.enumeration import shapley_and_swings as enumerated
from winset.models.coalitions.generating import shapley_and_swings
from winset.models.coalitions.profiles import Sums, Types, count, types
from winset.models.coalitions.quadrature import doubles
from winset.models.coalitions.rules import VotingRule
from winset.models.coalitions.shares import minimal_blocking

INDICES = ("shapley_shubik", "banzhaf", "banzhaf_absolute", "johnston", "deegan_packel", "holler")
PROFILES = 1 << 21  # at most so many profiles are counted one by one
BITS = 200  # at most so many players in a cell
CELLS = 12_000_000  # at most so many (size, weight) cells, of as many bits as there are players
DOUBLES = 100_000_000  # at most so many (player, weight) cells in double precision
SAMPLES = 20_000
WORK = 200_000_000  # sampled coalitions x players x players, about a second
LISTED = 1_000
BLOCKING = 16  # at most so many players for the list of blocking coalitions

Value = Fraction | float


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """One index, a value a player. `error` is None of an exact one, twice the largest standard error of a
    sampled one, a bound for one in double precision."""

    values: tuple[Value, ...] | None
    exact: bool
    error: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Power:
    """What the rule gives to whom. Minimal winning coalitions are None where they were not counted."""

    players: tuple[str, ...]
    indices: dict[str, Index]
    minimal: int | None
    listed: tuple[tuple[str, ...], ...] | None
    winning: int | None
    vetoes: tuple[str, ...]
    dummies: tuple[str, ...]
    blocking: tuple[tuple[str, ...], ...] | None = None  # smallest coalitions that can stop the rest; None if too many
    dummies_known: bool = True  # False where a player neither listed nor seen to matter is left


def _normalised(values: Sequence[int | Fraction]) -> tuple[Fraction, ...]:
    total = sum(values)
    return tuple(Fraction(v) / total if total else Fraction(0) for v in values)


def _spread(t: Types, values: Sequence[Fraction | int], n: int) -> tuple[Fraction, ...]:
    """From one value a type to one a player."""
    flat = [Fraction(0)] * n
    for group, value in zip(t.members, values, strict=True):
        for i in group:
            flat[i] = Fraction(value)
    return tuple(flat)


def _listing(rule: VotingRule, t: Types, sums: Sums) -> tuple[tuple[str, ...], ...] | None:
    """Minimal winning coalitions by name, in the order of the players, or None where there are too many."""
    if sums.minimal_profiles is None or sums.minimal > LISTED:
        return None
    found = [
        tuple(sorted(i for part in choice for i in part))
        for row in sums.minimal_profiles
        for choice in product(*(combinations(g, d) for g, d in zip(t.members, row, strict=True)))
    ]
    return tuple(tuple(rule.players[i] for i in members) for members in sorted(found))


def _exact(values: tuple[Fraction, ...]) -> Index:
    return Index(values=values, exact=True)


def _near(values: NDArray[np.float64], error: float) -> Index:
    return Index(values=tuple(map(float, values)), exact=False, error=error)


def _from_sums(rule: VotingRule, t: Types, sums: Sums) -> dict[str, Index]:
    n = len(rule.players)
    swings = _spread(t, sums.swings, n)
    johnston = None if sums.johnston is None else _normalised(_spread(t, sums.johnston, n))
    return {
        "shapley_shubik": _exact(_spread(t, sums.shapley, n)),
        "banzhaf": _exact(_normalised(swings)),
        "banzhaf_absolute": _exact(tuple(s / 2 ** (n - 1) for s in swings)),
        "johnston": Index(values=johnston, exact=johnston is not None),
        "deegan_packel": _exact(_normalised(_spread(t, sums.deegan_packel, n))),
        "holler": _exact(_normalised(_spread(t, sums.holler, n))),
    }


def _wins(rule: VotingRule, masks: NDArray[np.bool_]) -> NDArray[np.bool_]:
    result = np.zeros(len(masks), dtype=bool)
    for way in rule.ways:
        met = np.ones(len(masks), dtype=bool)
        for condition in way:
            weights, quota = condition.whole()
            met &= masks @ np.array(weights, dtype=float) >= quota
        result |= met
    return result


def _sampled(rule: VotingRule, rng: np.random.Generator, samples: int = SAMPLES) -> dict[str, Index]:
    """Shapley-Shubik from random orders; Banzhaf and Johnston from random coalitions."""
    n = len(rule.players)
    pivots = np.zeros(n)
    rows = np.arange(samples)
    order = rng.permuted(np.tile(np.arange(n), (samples, 1)), axis=1)
    low, high = np.zeros(samples, dtype=int), np.full(samples, n)  # the first `high` win, the first `low` lose
    place = np.argsort(order, axis=1)
    while (high - low > 1).any():
        middle = (low + high) // 2
        won = _wins(rule, place < middle[:, None])
        low, high = np.where(won, low, middle), np.where(won, middle, high)
    np.add.at(pivots, order[rows, high - 1], 1)
    shapley = pivots / samples
    masks = rng.random((samples, n)) < 0.5
    won = _wins(rule, masks)
    critical = np.zeros((samples, n), dtype=bool)
    for i in range(n):
        other = masks.copy()
        other[:, i] = ~other[:, i]
        critical[:, i] = _wins(rule, other) != won
    absolute = critical.mean(axis=0)
    mine = critical & masks & won[:, None]
    shared = mine / np.maximum(mine.sum(axis=1, keepdims=True), 1)
    weight = float(shared.sum())

    def error(share: NDArray[np.float64], times: float) -> float:
        return float(2 * np.sqrt((share * (1 - share)).max() / times))

    total = float(absolute.sum())
    return {
        "shapley_shubik": Index(values=tuple(map(float, shapley)), exact=False, error=error(shapley, samples)),
        "banzhaf": Index(values=tuple(map(float, absolute / total)) if total else None, exact=False,
                         error=error(absolute, samples) / total if total else None),
        "banzhaf_absolute": Index(values=tuple(map(float, absolute)), exact=False, error=error(absolute, samples)),
        "johnston": Index(values=tuple(map(float, shared.sum(axis=0) / weight)) if weight else None, exact=False,
                          error=2 / np.sqrt(weight) if weight else None),
        "deegan_packel": Index(values=None, exact=False),
        "holler": Index(values=None, exact=False),
    }  # fmt: skip


def _blocking(rule: VotingRule) -> tuple[tuple[str, ...], ...] | None:
    n = len(rule.players)
    if n > BLOCKING or any(sum(w) >= 2**53 for way in rule.ways for w, _ in (c.whole() for c in way)):
        return None
    bits = (np.arange(1 << n)[:, None] >> np.arange(n) & 1).astype(bool)
    found = minimal_blocking(_wins(rule, bits).tolist())
    if len(found) > LISTED:
        return None
    members = sorted(tuple(i for i in range(n) if k >> i & 1) for k in found)
    return tuple(tuple(rule.players[i] for i in one) for one in members)


def _seen_to_matter(rule: VotingRule, sampled: dict[str, Index]) -> frozenset[int]:
    """Players decisive in a sampled coalition; nobody where weights are too large to sum exactly in an array."""
    if any(sum(weights) >= 2**53 for way in rule.ways for weights, _ in (c.whole() for c in way)):
        return frozenset()
    drawn = (sampled["shapley_shubik"].values or (), sampled["banzhaf_absolute"].values or ())
    return frozenset(i for values in drawn for i, v in enumerate(values) if v > 0)


def power(rule: VotingRule, *, rng: np.random.Generator) -> Power:
    """All indices, exact by counting profiles or by generating functions, else sampled.

    Sources: Shapley and Shubik 1954; Banzhaf 1965; Johnston 1978; Deegan and Packel 1978; Holler 1982.
    """
    t = types(rule)
    n = len(rule.players)
    everybody = frozenset(range(n))
    vetoes = tuple(p for i, p in enumerate(rule.players) if not rule.wins(everybody - {i}))
    if t.profiles <= PROFILES:
        sums = count(t, listed=LISTED)
        swings = _spread(t, sums.swings, n)
        return Power(
            players=rule.players, indices=_from_sums(rule, t, sums), minimal=sums.minimal,
            listed=_listing(rule, t, sums), winning=sums.winning, vetoes=vetoes, blocking=_blocking(rule),
            dummies=tuple(p for p, s in zip(rule.players, swings, strict=True) if s == 0),
        )  # fmt: skip
    indices = _sampled(rule, rng, max(1_000, min(SAMPLES, WORK // n**2)))
    seen = _seen_to_matter(rule, indices)
    winning: int | None = None
    exactly: tuple[list[Fraction], list[int]] | None = None
    if len(rule.ways) == 1 and len(rule.ways[0]) == 1:
        weights, quota = rule.ways[0][0].whole()
        if n * min(quota, sum(weights) - quota + 1) <= CELLS and n <= BITS:
            exactly = shapley_and_swings(weights, quota)
        elif n * max(quota, sum(weights)) <= DOUBLES:
            near = doubles(weights, quota)
            total, scale = float(near.banzhaf_absolute.sum()), near.banzhaf_error
            indices["shapley_shubik"] = _near(near.shapley, near.shapley_error)
            indices["banzhaf_absolute"] = _near(near.banzhaf_absolute, scale)
            indices["banzhaf"] = _near(near.banzhaf_absolute / total, (n + 1) * scale / total)
    if exactly is None and fits(rule):
        shapley, counted, winning = enumerated(rule)
        exactly = shapley, counted
    if exactly is not None:
        shapley, counted = exactly
        indices["shapley_shubik"] = _exact(tuple(shapley))
        indices["banzhaf"] = _exact(_normalised(counted))
        indices["banzhaf_absolute"] = _exact(tuple(Fraction(s, 2 ** (n - 1)) for s in counted))
        idle, known = tuple(i for i, s in enumerate(counted) if s == 0), True
    else:
        idle, known = never_decisive(rule, seen)
    return Power(players=rule.players, indices=indices, minimal=None, listed=None, winning=winning,
                 vetoes=vetoes, dummies=tuple(rule.players[i] for i in idle), dummies_known=known)  # fmt: skip


def solve(inputs: VotingRule, *, seed: int | None = None) -> Power:
    """`power` with a generator of this seed, 0 where none is given."""
    return power(inputs, rng=np.random.default_rng(seed or 0))
