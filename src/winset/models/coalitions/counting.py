"""Indices counted exactly by diagrams, for as many players as a rule's states allow."""

from dataclasses import dataclass
from fractions import Fraction
from math import factorial, lcm

from winset.models.coalitions.diagram import STATES, grow
from winset.models.coalitions.paths import listing, primes_needed, weigh
from winset.models.coalitions.rules import VotingRule

WORK = 120_000_000  # at most so many states x primes, some fifteen seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Swings:
    """Number of winning coalitions, if counted, and of swings a player; Shapley-Shubik values if sizes were told apart."""

    winning: int | None
    swings: tuple[int, ...]
    shapley: tuple[Fraction, ...] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Least:
    """Number of minimal winning coalitions, of those with each player, each player's sum of 1/size over those with it
    (None where sizes could not be told apart), and the coalitions as sorted indexes, None where too many."""

    count: int
    member: tuple[int, ...]
    shared: tuple[Fraction, ...] | None
    listed: tuple[tuple[int, ...], ...] | None


def _most(primes: int) -> int:
    return min(STATES, WORK // primes)


def swings(rule: VotingRule) -> Swings | None:
    """Exact swings and Shapley-Shubik values under any rule; None where its diagram is too large.

    A winning coalition without a player wins with it: the swings are those with the player, less those without.
    """
    n = len(rule.players)
    even = [1] * (n + 1)
    diagram = grow(rule, minimal=False, sized=False, most=_most(primes_needed(n, [even])))
    if diagram is None:
        return None
    (all_,) = weigh(diagram, [even])
    counted = tuple(2 * m - all_.whole for m in all_.member)
    joins = [0, *(factorial(k - 1) * factorial(n - k) for k in range(1, n + 1))]
    stays = [*(factorial(k) * factorial(n - k - 1) for k in range(n)), 0]
    diagram = grow(rule, minimal=False, sized=True, most=_most(primes_needed(n, [joins, stays])))
    shapley = None
    if diagram is not None:
        won, without = weigh(diagram, [joins, stays])
        shapley = tuple(
            Fraction(a - (without.whole - b), factorial(n)) for a, b in zip(won.member, without.member, strict=True)
        )
    return Swings(winning=all_.whole, swings=counted, shapley=shapley)


def least(rule: VotingRule, *, listed: int, sizes: bool = True) -> Least | None:
    """Minimal winning coalitions counted exactly under any rule, and listed if there are at most `listed` of them; None
    where their diagram is too large. Without `sizes` the sums of 1/size are left out."""
    n = len(rule.players)
    even = [1] * (n + 1)
    diagram = grow(rule, minimal=True, sized=False, most=_most(primes_needed(n, [even])))
    if diagram is None:
        return None
    (all_,) = weigh(diagram, [even])
    found = tuple(listing(diagram)) if all_.whole <= listed else None
    whole = lcm(*range(1, n + 1))
    parts = [0, *(whole // k for k in range(1, n + 1))]
    shared = None
    if sizes and (diagram := grow(rule, minimal=True, sized=True, most=_most(primes_needed(n, [parts])))) is not None:
        (by_size,) = weigh(diagram, [parts])
        shared = tuple(Fraction(m, whole) for m in by_size.member)
    return Least(count=all_.whole, member=all_.member, shared=shared, listed=found)
