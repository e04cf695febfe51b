"""Johnston, Deegan-Packel and Holler for up to some thirty players under any rule, exactly, block by block.

Which coalitions win is one array of 2^n marks. A block holds all coalitions of the first players beside one coalition
of the others; a player of a winning coalition is critical where the coalition without it, in the same block or in
another, does not win. Counting by number of critical players, and minimal coalitions by size, gives sums of fractions.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from winset.models.coalitions.rules import VotingRule

TOGETHER = 16  # players within a block
MOST = 28  # 2^28 marks are 0.25 GB


@dataclass(frozen=True, slots=True, kw_only=True)
class Minimal:
    """Per player: Johnston's shares, Deegan-Packel's and Holler's sums, none normalised; and the minimal coalitions.

    `listed` holds them as bits of players, None where there are more than asked for.
    """

    johnston: tuple[Fraction, ...]
    deegan_packel: tuple[Fraction, ...]
    holler: tuple[int, ...]
    count: int
    listed: tuple[int, ...] | None


def fits(rule: VotingRule) -> bool:
    """Whether the marks can be held, and the weights sum exactly in an array."""
    whole = (condition.whole() for way in rule.ways for condition in way)
    return len(rule.players) <= MOST and all(max(sum(w), abs(q)) < 2**52 for w, q in whole)


def winning(rule: VotingRule) -> NDArray[np.bool_]:
    """(2^(n - a), 2^a): whether each coalition wins, the first a players within a row."""
    n = len(rule.players)
    a = min(n, TOGETHER)
    bits = (np.arange(1 << a)[:, None] >> np.arange(a) & 1).astype(np.float64)
    ways = [[condition.whole() for condition in way] for way in rule.ways]
    known: dict[tuple[int, ...], NDArray[np.integer[Any]]] = {}
    for weights in {w for way in ways for w, _ in way}:
        small = max(sum(weights), *(abs(q) for way in ways for w, q in way if w == weights)) < 2**30
        known[weights] = (bits @ np.array(weights[:a], dtype=np.float64)).astype(np.int32 if small else np.int64)
    marks = np.zeros((1 << (n - a), 1 << a), dtype=bool)
    for row in range(len(marks)):
        joined = [a + i for i in range(n - a) if row >> i & 1]
        for way in ways:
            met = np.ones(1 << a, dtype=bool)
            for weights, quota in way:
                met &= known[weights] >= quota - sum(weights[i] for i in joined)
            marks[row] |= met
    return marks


def _grouped(
    critical: NDArray[np.bool_], at: NDArray[np.intp], key: NDArray[np.uint8], into: NDArray[np.int64]
) -> None:
    """Adds to `into` (players, keys) how often each player is marked in the columns `at`, by their key."""
    order = np.argsort(key, kind="stable")
    keys, starts = np.unique(key[order], return_index=True)
    into[:, keys] += np.add.reduceat(critical[:, at[order]], starts, axis=1, dtype=np.int64)


def minimal(rule: VotingRule, *, listed: int = 1_000) -> Minimal:
    """All sums over the winning coalitions of `rule`; see `fits`. Work and memory grow with 2^players."""
    n = len(rule.players)
    marks = winning(rule)
    rows, width = marks.shape
    a = width.bit_length() - 1
    size = np.bitwise_count(np.arange(width, dtype=np.uint32)).astype(np.uint8)
    sharing, least = np.zeros((n, n + 1), dtype=np.int64), np.zeros((n, n + 1), dtype=np.int64)
    critical = np.zeros((n, width), dtype=bool)
    count, kept = 0, list[int]()
    for row in range(rows):
        mine = marks[row]
        if not mine.any():
            continue
        for i in range(a):
            pairs, out = mine.reshape(-1, 2, 1 << i), critical[i].reshape(-1, 2, 1 << i)
            np.greater(pairs[:, 1], pairs[:, 0], out=out[:, 1])  # the half without the player stays unmarked
        for i in range(a, n):
            if row >> (i - a) & 1:
                np.greater(mine, marks[row ^ 1 << (i - a)], out=critical[i])
            else:
                critical[i] = False
        number = critical.sum(axis=0, dtype=np.uint8)
        at = np.flatnonzero(number)
        if not at.size:
            continue
        _grouped(critical, at, number[at], sharing)
        all_needed = at[number[at] == size[at] + row.bit_count()]
        if all_needed.size:
            _grouped(critical, all_needed, number[all_needed], least)
            count += all_needed.size
            if count <= listed:
                kept += (all_needed + (row << a)).tolist()
    return Minimal(
        johnston=_over_size(sharing), deegan_packel=_over_size(least), holler=tuple(map(int, least.sum(axis=1))),
        count=count, listed=tuple(kept) if count <= listed else None,
    )  # fmt: skip


def _over_size(counts: NDArray[np.int64]) -> tuple[Fraction, ...]:
    return tuple(sum((Fraction(c, k) for k, c in enumerate(row) if c), Fraction(0)) for row in counts.tolist())
