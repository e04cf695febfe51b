"""A conflict: who can move where, and who prefers what."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from winset.errors import ModelError, TooLarge
from winset.models.stability.moves import ArcMoves, Moves, Values

MOST_LISTED = 4096
"""States up to which moves are also kept as sets; concepts beyond the plain ones need that."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Conflict:
    """Decision makers, states, moves and preferences.

    parties     their names
    labels      names of the states, in order
    options     names of the options, first option first; empty for a graph
    moves       one a party
    worth       (parties, states) ordinal: the larger the better, equal where indifferent
    codes       (states,) which options are taken, bit k for option k; None for a graph
    owners      the party of each option
    strength    (parties, states) or None: a state of a higher block is strongly preferred to one of a lower
    unknown     one a party, pairs of states whose order is not known; they overrule `worth` where asked for
    believed    (parties, parties, states) or None: believed[i][j] is what i takes for j's worth
    one_way     (options that cannot be given up, options that cannot be taken up) as bits
    """

    parties: tuple[str, ...]
    labels: tuple[str | int, ...]
    options: tuple[str, ...] = ()
    moves: tuple[Moves, ...]
    worth: Values
    codes: Values | None = None
    owners: tuple[int, ...] = ()
    strength: Values | None = None
    unknown: tuple[frozenset[tuple[int, int]], ...] | None = None
    believed: Values | None = None
    one_way: tuple[int, int] = (0, 0)
    status_quo: int | None = None
    coalitions: tuple[tuple[int, ...], ...] = ()

    def __post_init__(self) -> None:
        if self.worth.shape != (len(self.parties), len(self.labels)) or len(self.moves) != len(self.parties):
            raise ModelError(
                f"{len(self.parties)} parties and {len(self.labels)} states need preferences of that shape and one set "
                f"of moves each, not {self.worth.shape} and {len(self.moves)}"
            )

    def others(self, party: int) -> list[int]:
        """Everybody else."""
        return [j for j in range(len(self.parties)) if j != party]

    @cached_property
    def rank(self) -> tuple[tuple[int, ...], ...]:
        """rank[party][state], 0 is best, without gaps."""
        places = [np.unique(-v, return_inverse=True)[1] for v in self.worth]
        return tuple(tuple(int(p) for p in row) for row in places)

    @cached_property
    def reach(self) -> tuple[tuple[int, ...], ...]:
        """reach[party][state] = bits of the states one move away. Raises TooLarge past MOST_LISTED states."""
        return tuple(tuple(row) for row in reach_sets(self, "a set of moves for each state"))

    @property
    def taken(self) -> tuple[int, ...]:
        """The options taken in each state as bits; empty for a graph."""
        return () if self.codes is None else tuple(int(code) for code in self.codes)

    def code(self, state: int) -> int | None:
        """The options taken in a state as bits."""
        return None if self.codes is None else int(self.codes[state])


def from_sets(
    parties: Sequence[str], labels: Sequence[str | int], reach: Sequence[Sequence[int]], rank: Sequence[Sequence[int]]
) -> Conflict:
    """A conflict of reach[party][state] = bits of the states one move away, and rank[party][state], 0 is best."""
    n = len(labels)
    moves: list[Moves] = []
    for rows in reach:
        arcs = [(s, t) for s, bits in enumerate(rows) for t in members(bits)]
        moves.append(ArcMoves(n, [a for a, _ in arcs], [b for _, b in arcs]))
    return Conflict(
        parties=tuple(parties), labels=tuple(labels), moves=tuple(moves), worth=-np.array(rank, dtype=np.int64)
    )


def members(bits: int) -> Iterator[int]:
    """The indices of the set bits, rising."""
    while bits:
        low = bits & -bits
        yield low.bit_length() - 1
        bits ^= low


def bits_of(states: Sequence[int]) -> int:
    """The set of these states as bits of one integer."""
    found = 0
    for s in states:
        found |= 1 << s
    return found


def flags_of(bits: int, n: int) -> NDArray[np.bool_]:
    """(n,) whether each state is in the set."""
    return np.array([bool(bits >> s & 1) for s in range(n)], dtype=bool)


def reach_sets(conflict: Conflict, why: str) -> list[list[int]]:
    """[party][state] = bits of the states one move away. Raises TooLarge past MOST_LISTED, naming `why`."""
    n = len(conflict.labels)
    if n > MOST_LISTED:
        raise TooLarge(
            f"{why} needs a list of all moves, for {n:,} states up to {n * n * len(conflict.parties) >> 23:,} MiB; at "
            f"most {MOST_LISTED:,} states are listed: rule out states or leave out options"
        )
    return [[bits_of(moves.targets(s)) for s in range(n)] for moves in conflict.moves]


def better_sets(worth: Values) -> list[int]:
    """For each state, the bits of those strictly preferred to it; worth (states,)."""
    groups: dict[int, int] = {}
    for state, value in enumerate(worth.tolist()):
        groups[value] = groups.get(value, 0) | 1 << state
    above, total = {}, 0
    for value in sorted(groups, reverse=True):
        above[value] = total
        total |= groups[value]
    return [above[value] for value in worth.tolist()]
