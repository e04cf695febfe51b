"""Power indices of a voting rule: exact where that can be had, by seeded sampling with its error beyond."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, product

import numpy as np
from numpy.typing import NDArray

from winset.models.coalitions import enumeration, lattice, sampling
from winset.models.coalitions.dummies import dummies as never_decisive
from winset.models.coalitions.generating import shapley_and_swings
from winset.models.coalitions.growing import minimal_under_any
from winset.models.coalitions.profiles import Sums, Types, count, types
from winset.models.coalitions.quadrature import doubles
from winset.models.coalitions.rules import VotingRule
from winset.models.coalitions.shares import minimal_blocking

INDICES = ("shapley_shubik", "banzhaf", "banzhaf_absolute", "johnston", "deegan_packel", "holler")
PROFILES = 1 << 21  # at most so many profiles are counted one by one
PACKED = 10_000_000_000  # at most so many bits x players to count minimal winning coalitions
BITS = 200  # at most so many players in a cell
CELLS = 12_000_000  # at most so many (size, weight) cells, of as many bits as there are players
DOUBLES = 100_000_000  # at most so many (player, weight) cells in double precision
FEW = 12  # players whose profiles are counted sooner than a block of coalitions is set up
TABLE = 20_000_000  # at most so many (player, weight) cells to draw minimal winning coalitions from
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


def _swings(t: Types, sums: Sums, n: int) -> list[int]:
    return [int(s) for s in _spread(t, sums.swings, n)]


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
    johnston = None if sums.johnston is None else _normalised(_spread(t, sums.johnston, n))
    return {
        **_from_swings(_spread(t, sums.shapley, n), _swings(t, sums, n), n),
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
            whole = float if sum(weights) < 2**53 else object
            met &= np.asarray(masks.astype(whole) @ np.array(weights, dtype=whole) >= quota, dtype=bool)
        result |= met
    return result


def _estimated(found: sampling.Estimate | None) -> Index:
    if found is None:
        return Index(values=None, exact=False)
    return Index(values=tuple(map(float, found.values)), exact=False, error=found.error)


def _sampled(
    rule: VotingRule, alone: tuple[tuple[int, ...], int] | None, rng: np.random.Generator, *, orders: bool
) -> dict[str, Index]:
    """Indices by sampling, as far as the rule allows; Shapley-Shubik where `orders` asks for it."""
    found: dict[str, sampling.Estimate | None] = dict(sampling.coalitions(rule, rng))
    if orders:
        found["shapley_shubik"] = sampling.orders(rule, rng)
    if alone is not None and len(rule.players) * alone[1] <= TABLE:
        found |= sampling.minimal(*alone, rng)
    else:
        found |= minimal_under_any(rule, rng) or {}
    return {name: _estimated(found.get(name)) for name in INDICES}


def _one_quota(rule: VotingRule) -> tuple[tuple[int, ...], int] | None:
    """Weights and quota in whole numbers, where the rule is no more than that."""
    return rule.ways[0][0].whole() if len(rule.ways) == 1 and len(rule.ways[0]) == 1 else None


def _blocking(rule: VotingRule) -> tuple[tuple[str, ...], ...] | None:
    n = len(rule.players)
    if n > BLOCKING:
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
    if n > FEW and lattice.fits(rule) and 1 << n <= 4 * t.profiles:  # hardly two players are alike
        return _one_by_one(rule, vetoes)
    if t.profiles <= PROFILES:
        sums = count(t, listed=LISTED)
        swings = _swings(t, sums, n)
        return Power(
            players=rule.players, indices=_from_sums(rule, t, sums), minimal=sums.minimal,
            listed=_listing(rule, t, sums), winning=sums.winning, vetoes=vetoes, blocking=_blocking(rule),
            dummies=tuple(p for p, s in zip(rule.players, swings, strict=True) if s == 0),
        )  # fmt: skip
    if lattice.fits(rule):
        return _one_by_one(rule, vetoes)
    winning: int | None = None
    exactly: tuple[list[Fraction], list[int]] | None = None
    close: dict[str, Index] = {}
    if (alone := _one_quota(rule)) is not None:
        exactly, close = _of_one_quota(*alone)
    if exactly is None and enumeration.fits(rule):
        shapley, counted, winning = enumeration.shapley_and_swings(rule)
        exactly = shapley, counted
    if exactly is not None:
        close = _from_swings(tuple(exactly[0]), exactly[1], n)
    indices = {**_sampled(rule, alone, rng, orders="shapley_shubik" not in close), **close}
    if exactly is not None:
        idle, known = tuple(i for i, s in enumerate(exactly[1]) if s == 0), True
    else:
        idle, known = never_decisive(rule, _seen_to_matter(rule, indices) if alone is None else frozenset())
    least = None
    if alone is not None and n * (n + 1) * alone[1] <= PACKED:
        least = sampling.minimal_count(*alone)
    return Power(players=rule.players, indices=indices, minimal=least, listed=None, winning=winning,
                 vetoes=vetoes, dummies=tuple(rule.players[i] for i in idle), dummies_known=known)  # fmt: skip


def _of_one_quota(
    weights: tuple[int, ...], quota: int
) -> tuple[tuple[list[Fraction], list[int]] | None, dict[str, Index]]:
    """Shapley-Shubik values and swings exactly, or else both indices in double precision, or nothing of either."""
    n = len(weights)
    if n * min(quota, sum(weights) - quota + 1) <= CELLS and n <= BITS:
        return shapley_and_swings(weights, quota), {}
    if n * max(quota, sum(weights)) > DOUBLES:
        return None, {}
    near = doubles(weights, quota)
    total, scale = float(near.banzhaf_absolute.sum()), near.banzhaf_error
    return None, {
        "shapley_shubik": _near(near.shapley, near.shapley_error),
        "banzhaf_absolute": _near(near.banzhaf_absolute, scale),
        "banzhaf": _near(near.banzhaf_absolute / total, (n + 1) * scale / total),
    }


def _from_swings(shapley: tuple[Fraction, ...], counted: Sequence[int], n: int) -> dict[str, Index]:
    return {
        "shapley_shubik": _exact(shapley),
        "banzhaf": _exact(_normalised(counted)),
        "banzhaf_absolute": _exact(tuple(Fraction(s, 2 ** (n - 1)) for s in counted)),
    }


def _one_by_one(rule: VotingRule, vetoes: tuple[str, ...]) -> Power:
    """Every index exactly, coalition by coalition."""
    n = len(rule.players)
    shapley, counted, winning = enumeration.shapley_and_swings(rule)
    least = lattice.minimal(rule, listed=LISTED)
    listed = None
    if least.listed is not None:
        members = sorted(tuple(i for i in range(n) if k >> i & 1) for k in least.listed)
        listed = tuple(tuple(rule.players[i] for i in one) for one in members)
    return Power(
        players=rule.players,
        indices={
            **_from_swings(tuple(shapley), counted, n),
            "johnston": _exact(_normalised(least.johnston)),
            "deegan_packel": _exact(_normalised(least.deegan_packel)),
            "holler": _exact(_normalised(least.holler)),
        },
        minimal=least.count, listed=listed, winning=winning, vetoes=vetoes, blocking=_blocking(rule),
        dummies=tuple(p for p, s in zip(rule.players, counted, strict=True) if s == 0),
    )  # fmt: skip


def solve(inputs: VotingRule, *, seed: int | None = None) -> Power:
    """`power` with a generator of this seed, 0 where none is given."""
    return power(inputs, rng=np.random.default_rng(seed or 0))
