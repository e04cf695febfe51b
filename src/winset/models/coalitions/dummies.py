"""Who never matters, decided for each kind of player without counting coalitions.

A player is a dummy where no coalition of the others loses without it and wins with it. Under one weighted quota that
asks for a sum of other weights in [quota - w, quota - 1], answered by the set of sums that can be reached, held as the
bits of one whole number; a lighter player than a dummy is a dummy too. Under several quotas the coalition is looked
for as a zero-one programme, and one that is found is checked in whole numbers.
"""

from bisect import bisect_left

import numpy as np

from winset.models.coalitions.rules import VotingRule
from winset.models.quiet import quietly

REACH = 50_000_000  # largest quota whose sums are held as bits
ATTEMPTS = 20  # coalitions refused by the exact check before giving up on one player
SECONDS = 2.0  # of search for one kind of player


def _pivotal_alone(others: list[int], weight: int, quota: int) -> bool:
    """Whether some of the others weigh together at least quota - weight and less than quota."""
    low = max(quota - weight, 0)
    inside = (1 << quota) - 1
    reach = 1
    for w in others:
        if w < quota:
            reach |= reach << w & inside
    return reach >> low != 0


def _one_quota(weights: tuple[int, ...], quota: int) -> tuple[bool, ...]:
    quota = min(quota, sum(weights) - quota + 1)  # the dual game has the same swings
    kinds = sorted(set(weights))

    def matters(w: int) -> bool:
        others = list(weights)
        others.remove(w)
        return w > 0 and _pivotal_alone(others, w, quota)

    first = kinds[at] if (at := bisect_left(kinds, True, key=matters)) < len(kinds) else None
    return tuple(first is None or w < first for w in weights)


def _swing(rule: VotingRule, player: int) -> bool | None:
    """Whether a coalition needs the player, by a zero-one programme for each way to win; None where undecided."""
    from scipy.optimize import Bounds, LinearConstraint, milp  # slow to import, and needed by few

    n = len(rule.players)
    ways = [[condition.whole() for condition in way] for way in rule.ways]
    conditions = [(k, w, q) for k, way in enumerate(ways) for w, q in way]
    size = n + len(conditions)  # who takes part, then which conditions fail without the player
    rows: list[np.ndarray[tuple[int, ...], np.dtype[np.float64]]] = []
    upper: list[float] = []

    def at_most(row: np.ndarray[tuple[int, ...], np.dtype[np.float64]], limit: float) -> None:
        rows.append(row)
        upper.append(limit)

    for c, (_, weights, quota) in enumerate(conditions):
        row = np.zeros(size)
        row[:n] = weights
        row[n + c] = sum(weights) - quota + 1
        at_most(row, sum(weights))
    for k in range(len(ways)):
        row = np.zeros(size)
        row[n:] = [-float(way == k) for way, _, _ in conditions]
        at_most(row, -1)
    limits = np.ones(size)
    limits[player] = 0
    undecided = False
    for way in ways:
        mine, bounds = list(rows), list(upper)
        for weights, quota in way:
            row = np.zeros(size)
            row[:n] = [-w for w in weights]
            mine.append(row)
            bounds.append(weights[player] - quota)
        for _ in range(ATTEMPTS):
            with quietly():
                found = milp(
                    np.zeros(size), integrality=np.ones(size), bounds=Bounds(0, limits),
                    constraints=LinearConstraint(np.array(mine), -np.inf, np.array(bounds)),
                    options={"time_limit": SECONDS},
                )  # fmt: skip
            if found.x is None:
                undecided |= found.status != 2  # 2: there is no such coalition
                break
            members = frozenset(i for i in range(n) if found.x[i] > 0.5)
            if rule.wins(members | {player}) and not rule.wins(members):
                return True
            row = np.zeros(size)  # a coalition let through by rounding: anything but this one
            row[:n] = [1.0 if i in members else -1.0 for i in range(n)]
            mine.append(row)
            bounds.append(len(members) - 1)
        else:
            undecided = True
    return None if undecided else False


def dummies(rule: VotingRule, pivotal: frozenset[int] = frozenset()) -> tuple[tuple[int, ...], bool]:
    """Indexes of players who never matter, and whether every player could be decided.

    `pivotal` are players already seen to matter. An undecided player is not listed.
    """
    ways = [[condition.whole() for condition in way] for way in rule.ways]
    if len(ways) == 1 and len(ways[0]) == 1:
        weights, quota = ways[0][0]
        if min(quota, sum(weights) - quota + 1) <= REACH:
            return tuple(i for i, idle in enumerate(_one_quota(weights, quota)) if idle), True
    rows = list(zip(*(weights for way in ways for weights, _ in way), strict=True))
    matter = {rows[i] for i in pivotal}
    idle: set[tuple[int, ...]] = set()
    known = True
    for i, row in enumerate(rows):
        if row in matter or row in idle:
            continue
        if any(all(a >= b for a, b in zip(row, other, strict=True)) for other in matter):
            continue  # at least as heavy everywhere as one who matters
        if not any(row):
            idle.add(row)
            continue
        answer = _swing(rule, i)
        if answer is False:
            idle.add(row)
        elif answer:
            matter.add(row)
        else:
            known = False
    return tuple(i for i, row in enumerate(rows) if row in idle), known
