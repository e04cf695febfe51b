"""Power indices of a voting rule: exact where that can be had, by seeded sampling with its error beyond."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, product

import numpy as np
from numpy.typing import NDArray

from winset.models.coalitions import counting, enumeration, lattice, sampling
from winset.models.coalitions.dummies import dummies as never_decisive
from winset.models.coalitions.generating import shapley_and_swings
from winset.models.coalitions.growing import minimal_under_any
from winset.models.coalitions.profiles import Sums, Types, count, types
from winset.models.coalitions.quadrature import doubles
from winset.models.coalitions.rules import VotingRule, blocking

INDICES = ("shapley_shubik", "banzhaf", "banzhaf_absolute", "johnston", "deegan_packel", "holler")
PROFILES = 1 << 21  # at most so many profiles are counted one by one
PACKED = 10_000_000_000  # at most so many bits x players to count minimal winning coalitions
BITS = 200  # at most so many players in a cell, and in a diagram
CELLS = 12_000_000  # at most so many (size, weight) cells, of as many bits as there are players
DOUBLES = 20_000_000_000  # at most so many (point, player, weight) cells in double precision
FEW = 12  # players whose profiles are counted sooner than a block of coalitions is set up
TABLE = 20_000_000  # at most so many (player, weight) cells to draw minimal winning coalitions from
LISTED = 1_000
WAYS = 64  # at most so many ways to keep a rule from being met
QUICK = 1 << 14  # profiles counted sooner than a diagram grows

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
    """What the rule gives to whom. Counts and lists of coalitions are None where there are too many.

    `blocking` are the smallest coalitions without which the others do not win.
    """

    players: tuple[str, ...]
    indices: dict[str, Index]
    minimal: int | None
    listed: tuple[tuple[str, ...], ...] | None
    winning: int | None
    vetoes: tuple[str, ...]
    dummies: tuple[str, ...]
    blocking: int | None = None
    blocking_listed: tuple[tuple[str, ...], ...] | None = None
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
        **_from_swings(_spread(t, sums.shapley, n), _swings(t, sums, n)),
        "johnston": Index(values=johnston, exact=johnston is not None),
        "deegan_packel": _exact(_normalised(_spread(t, sums.deegan_packel, n))),
        "holler": _exact(_normalised(_spread(t, sums.holler, n))),
    }


def _estimated(found: sampling.Estimate | None) -> Index:
    if found is None:
        return Index(values=None, exact=False)
    return Index(values=tuple(map(float, found.values)), exact=False, error=found.error)


def _one_quota(rule: VotingRule) -> tuple[tuple[int, ...], int] | None:
    """Weights and quota in whole numbers, where the rule is no more than that."""
    return rule.ways[0][0].whole() if len(rule.ways) == 1 and len(rule.ways[0]) == 1 else None


def _named(rule: VotingRule, listed: Sequence[tuple[int, ...]] | None) -> tuple[tuple[str, ...], ...] | None:
    return None if listed is None else tuple(tuple(rule.players[i] for i in members) for members in listed)


def _packed(rule: VotingRule) -> int | None:
    """Number of minimal winning coalitions under one quota, None under others or where the numbers are too long."""
    alone, n = _one_quota(rule), len(rule.players)
    return sampling.minimal_count(*alone) if alone is not None and n * (n + 1) * alone[1] <= PACKED else None


def _blocking(rule: VotingRule) -> tuple[int | None, tuple[tuple[str, ...], ...] | None]:
    """How many smallest blocking coalitions there are, and which."""
    against = blocking(rule, WAYS)
    if against is None:
        return None, None
    t = types(against)
    if t.profiles > QUICK and len(rule.players) <= BITS:
        found = counting.least(against, listed=LISTED, sizes=False)
        if found is not None:
            return found.count, _named(rule, found.listed)
    if t.profiles > PROFILES:
        return _packed(against), None
    sums = count(t, listed=LISTED)
    return sums.minimal, _listing(against, t, sums)


def _seen_to_matter(rule: VotingRule, sampled: dict[str, Index]) -> frozenset[int]:
    """Players decisive in a sampled coalition; nobody where weights are too large to sum exactly in an array."""
    if any(sum(weights) >= 2**53 for way in rule.ways for weights, _ in (c.whole() for c in way)):
        return frozenset()
    drawn = (sampled["shapley_shubik"].values or (), sampled["banzhaf_absolute"].values or ())
    return frozenset(i for values in drawn for i, v in enumerate(values) if v > 0)


def power(rule: VotingRule, *, rng: np.random.Generator) -> Power:
    """All indices, exact by counting profiles, generating functions or diagrams, else sampled.

    Sources: Shapley and Shubik 1954; Banzhaf 1965; Johnston 1978; Deegan and Packel 1978; Holler 1982.
    """
    t = types(rule)
    n = len(rule.players)
    alike = not (n > FEW and 1 << n <= 4 * t.profiles)
    if t.profiles <= PROFILES and (alike or not lattice.fits(rule)):
        sums = count(t, listed=LISTED)
        swings = _swings(t, sums, n)
        return _told(
            rule, _from_sums(rule, t, sums), minimal=sums.minimal, listed=_listing(rule, t, sums), winning=sums.winning,
            idle=[i for i, s in enumerate(swings) if s == 0],
        )  # fmt: skip
    return _one_by_one(rule) if lattice.fits(rule) else _of_many(rule, rng)


def _told(
    rule: VotingRule, indices: dict[str, Index], *, minimal: int | None, listed: tuple[tuple[str, ...], ...] | None,
    winning: int | None, idle: Sequence[int], known: bool = True,
) -> Power:  # fmt: skip
    blockers, named = _blocking(rule)
    return Power(
        players=rule.players, indices=indices, minimal=minimal, listed=listed, winning=winning,
        vetoes=tuple(rule.players[i] for i in rule.vetoes()),
        dummies=tuple(rule.players[i] for i in idle), dummies_known=known, blocking=blockers, blocking_listed=named,
    )  # fmt: skip


def _one_by_one(rule: VotingRule) -> Power:
    """Every index exactly, Johnston's coalition by coalition."""
    swings = _exact_swings(rule)
    assert swings is not None, "so few players can be gone through"
    least = lattice.minimal(rule, listed=LISTED)
    listed = None
    if least.listed is not None:
        listed = sorted(tuple(i for i in range(len(rule.players)) if k >> i & 1) for k in least.listed)
    return _told(
        rule,
        {
            **_from_swings(swings.shapley, swings.swings),
            "johnston": _exact(_normalised(least.johnston)),
            "deegan_packel": _exact(_normalised(least.deegan_packel)),
            "holler": _exact(_normalised(least.holler)),
        },
        minimal=least.count, listed=_named(rule, listed), winning=swings.winning,
        idle=[i for i, s in enumerate(swings.swings) if s == 0],
    )  # fmt: skip


def _exact_swings(rule: VotingRule) -> counting.Swings | None:
    """By a diagram, or else coalition by coalition among few enough players."""
    found = counting.swings(rule)
    if (found is None or found.shapley is None) and enumeration.fits(rule):
        shapley, counted, winning = enumeration.shapley_and_swings(rule)
        found = counting.Swings(winning=winning, swings=tuple(counted), shapley=tuple(shapley))
    return found


def _of_many(rule: VotingRule, rng: np.random.Generator) -> Power:
    """What can be counted exactly among many players, the rest in double precision or sampled."""
    n, alone = len(rule.players), _one_quota(rule)
    swings: counting.Swings | None = None
    least: counting.Least | None = None
    indices: dict[str, Index] = {}
    if alone is not None and n * min(alone[1], sum(alone[0]) - alone[1] + 1) <= CELLS and n <= BITS:
        shapley, counted = shapley_and_swings(*alone)
        swings = counting.Swings(winning=None, swings=tuple(counted), shapley=tuple(shapley))
    elif n <= BITS:
        swings = _exact_swings(rule)
    if swings is not None:
        indices |= _from_swings(swings.shapley, swings.swings)
    elif alone is not None:
        indices |= _in_doubles(*alone)
    if swings is not None and n <= BITS:
        least = counting.least(rule, listed=LISTED)
    if least is not None:
        indices["holler"] = _exact(_normalised(least.member))
        if least.shared is not None:
            indices["deegan_packel"] = _exact(_normalised(least.shared))
    indices = _sampled(rule, alone, rng, indices)
    if swings is not None:
        idle, known = tuple(i for i, s in enumerate(swings.swings) if s == 0), True
    else:
        idle, known = never_decisive(rule, _seen_to_matter(rule, indices) if alone is None else frozenset())
    return _told(rule, indices, minimal=_packed(rule) if least is None else least.count, listed=None if least is None else _named(rule, least.listed),
                 winning=None if swings is None else swings.winning, idle=idle, known=known)  # fmt: skip


def _sampled(
    rule: VotingRule, alone: tuple[tuple[int, ...], int] | None, rng: np.random.Generator, known: dict[str, Index]
) -> dict[str, Index]:
    """Every index: those that are known, the others by sampling, as far as the rule allows."""
    found: dict[str, sampling.Estimate | None] = dict(sampling.coalitions(rule, rng))
    if "shapley_shubik" not in known:
        found["shapley_shubik"] = sampling.orders(rule, rng)
    if "holler" not in known or "deegan_packel" not in known:
        if alone is not None and len(rule.players) * alone[1] <= TABLE:
            found |= sampling.minimal(*alone, rng)
        else:
            found |= minimal_under_any(rule, rng) or {}
    return {name: known[name] if name in known else _estimated(found.get(name)) for name in INDICES}


def _in_doubles(weights: tuple[int, ...], quota: int) -> dict[str, Index]:
    """Both indices of one quota in double precision, nothing of them where its table is too large."""
    n = len(weights)
    if n * n * max(quota, sum(weights)) > DOUBLES:
        return {}
    near = doubles(weights, quota)
    total, scale = float(near.banzhaf_absolute.sum()), near.banzhaf_error
    return {
        "shapley_shubik": _near(near.shapley, near.shapley_error),
        "banzhaf_absolute": _near(near.banzhaf_absolute, scale),
        "banzhaf": _near(near.banzhaf_absolute / total, (n + 1) * scale / total),
    }


def _from_swings(shapley: tuple[Fraction, ...] | None, counted: Sequence[int]) -> dict[str, Index]:
    return {
        **({} if shapley is None else {"shapley_shubik": _exact(shapley)}),
        "banzhaf": _exact(_normalised(counted)),
        "banzhaf_absolute": _exact(tuple(Fraction(s, 2 ** (len(counted) - 1)) for s in counted)),
    }


def solve(inputs: VotingRule, *, seed: int | None = None) -> Power:
    """`power` with a generator of this seed, 0 where none is given."""
    return power(inputs, rng=np.random.default_rng(seed or 0))
