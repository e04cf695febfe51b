"""Power given positions: who is decisive where coalitions form along a line and not at random.

In each of three ways players join one after another, nearest first, and the one with whom the coalition first wins
holds the power. `ends`: from the one end of the line and from the other, half each (the spatial value of Owen and
Shapley on one dimension). `proposals`: around every point of the scale, all equally likely to be proposed. Players at
one place join in any order. `connected` are the smallest winning coalitions without a gap between their members.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import comb

from winset.errors import ModelError
from winset.models.coalitions.rules import VotingRule

TOGETHER = 12  # at most so many players at one place have their orders counted
MOST = 120  # at most so many places: the line falls into as many stretches as there are pairs of them


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Shares in the order of the players; `proposals` None where there are too many places."""

    ends: tuple[Fraction, ...]
    proposals: tuple[Fraction, ...] | None
    connected: tuple[tuple[int, ...], ...]


def placed(rule: VotingRule, position: Sequence[Fraction], scale: tuple[Fraction, Fraction]) -> Placed:
    """The rule's power on one issue; players with equal positions stand at one place.

    Sources: Axelrod 1970, Conflict of Interest, ch. 8; Shapley 1977; Owen and Shapley 1989, IJGT 18(3). Raises
    ModelError where positions and players differ in number.
    """
    n = len(rule.players)
    if len(position) != n:
        raise ModelError(f"{len(position)} positions for {n} players; give one each")
    spots: dict[Fraction, list[int]] = {}
    for i, x in enumerate(position):
        spots.setdefault(x, []).append(i)
    places = sorted(spots)
    groups = [spots[x] for x in places]
    ends = [Fraction(0)] * n
    for line in (groups, groups[::-1]):
        for i, share in _pivots(rule, line):
            ends[i] += share / 2
    return Placed(
        ends=tuple(ends), proposals=_proposals(rule, places, groups, scale, n), connected=_connected(rule, groups)
    )


def _proposals(
    rule: VotingRule, places: list[Fraction], groups: list[list[int]], scale: tuple[Fraction, Fraction], n: int
) -> tuple[Fraction, ...] | None:
    """Shares over all points of the scale; the order of nearness changes only half way between two places."""
    low, high = min(scale[0], places[0]), max(scale[1], places[-1])
    if len(places) > MOST:
        return None
    shares = [Fraction(0)] * n
    if high == low:
        for i, share in _pivots(rule, groups):
            shares[i] += share
        return tuple(shares)
    halves = {(a + b) / 2 for k, a in enumerate(places) for b in places[k + 1 :]}
    for a, b in pairwise(sorted({low, high, *halves})):
        middle = (a + b) / 2
        near = sorted(range(len(places)), key=lambda k: abs(places[k] - middle))
        for i, share in _pivots(rule, [groups[k] for k in near]):
            shares[i] += share * (b - a) / (high - low)
    return tuple(shares)


def _pivots(rule: VotingRule, line: list[list[int]]) -> list[tuple[int, Fraction]]:
    """With whom the coalition first wins as groups join in this order, each group's members in any order."""
    joined: frozenset[int] = frozenset()
    for group in line:
        if rule.wins(joined | set(group)):
            return _within(rule, joined, group)
        joined |= set(group)
    raise AssertionError("everybody together wins under every rule")


def _within(rule: VotingRule, joined: frozenset[int], group: list[int]) -> list[tuple[int, Fraction]]:
    g = len(group)
    if g == 1:
        return [(group[0], Fraction(1))]
    if g > TOGETHER:  # too many orders: alike among those without whom the rest might not do
        return [(i, Fraction(1, g)) for i in group]
    wins = [rule.wins(joined | {group[k] for k in range(g) if mask >> k & 1}) for mask in range(1 << g)]
    found = []
    for k, i in enumerate(group):
        share = sum(
            (Fraction(1, g * comb(g - 1, mask.bit_count())) for mask in range(1 << g)
             if not mask >> k & 1 and not wins[mask] and wins[mask | 1 << k]),
            Fraction(0),
        )  # fmt: skip
        found.append((i, share))
    return found


def _connected(rule: VotingRule, groups: list[list[int]]) -> tuple[tuple[int, ...], ...]:
    """Smallest runs of places whose players win together, from the low end on."""
    found: list[tuple[int, int]] = []
    stop = 0
    for start in range(len(groups)):
        stop = max(stop, start)
        while stop < len(groups) and not rule.wins(frozenset(i for g in groups[start : stop + 1] for i in g)):
            stop += 1
        if stop == len(groups):
            break
        found.append((start, stop))
    smallest = [(a, b) for k, (a, b) in enumerate(found) if k + 1 == len(found) or found[k + 1][1] > b]
    return tuple(tuple(sorted(i for g in groups[a : b + 1] for i in g)) for a, b in smallest)
