"""Which states of a conflict nobody would leave (Fang, Hipel and Kilgour 1993). Sets of states are bits of an int."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from winset.errors import ModelError, TooLarge

VARIANTS = ("legal_sequences", "single_step_sanctions")
MOST = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """labels of states; reach[party][state] = bits reachable in one move; rank[party][state], 0 is best.

    taken[state] = bits of the `options` taken in it; empty for a conflict given as a graph.
    """

    parties: tuple[str, ...]
    labels: tuple[str | int, ...]
    options: tuple[str, ...]
    reach: tuple[tuple[int, ...], ...]
    rank: tuple[tuple[int, ...], ...]
    taken: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stability:
    """stable[party][concept] = bits of states; `sim` is there only with two parties."""

    conflict: Conflict
    variant: str
    stable: tuple[dict[str, int], ...]


def members(bits: int) -> Iterator[int]:
    """The indices of the set bits, rising."""
    while bits:
        low = bits & -bits
        yield low.bit_length() - 1
        bits ^= low


def better(rank: Sequence[int]) -> list[int]:
    """For each state, the bits of those strictly preferred to it."""
    groups: dict[int, int] = {}
    for state, place in enumerate(rank):
        groups[place] = groups.get(place, 0) | 1 << state
    above, total = {}, 0
    for place in sorted(groups):
        above[place] = total
        total |= groups[place]
    return [above[place] for place in rank]


def joint(moves: Sequence[Sequence[int]], start: int, single: bool) -> int:
    """What movers reach from `start` by sequences in which nobody moves twice running, or by one move."""
    found = 0
    seen = [0] * len(moves)
    todo = [(start, -1)]
    while todo:
        state, last = todo.pop()
        for mover, reach in enumerate(moves):
            if mover != last:
                found |= reach[state]
                if not single:
                    new = reach[state] & ~seen[mover]
                    seen[mover] |= new
                    todo += [(s, mover) for s in members(new)]
    return found


def solve(conflict: Conflict, *, variant: str = VARIANTS[0]) -> Stability:
    """Nash, GMR, SMR, SEQ and, for two parties, SIM. Raises ModelError on an unknown variant, TooLarge past 4096."""
    if variant not in VARIANTS:
        raise ModelError(f"no variant {variant!r}; there are {', '.join(VARIANTS)}")
    n, single = len(conflict.labels), variant == VARIANTS[1]
    if n > MOST:
        raise TooLarge(f"{n:,} states are more than {MOST:,}; add infeasible patterns or leave out options")
    above = [better(rank) for rank in conflict.rank]
    gains = [[r & b for r, b in zip(rs, bs, strict=True)] for rs, bs in zip(conflict.reach, above, strict=True)]
    stable = []
    for i in range(len(conflict.parties)):
        others = [j for j in range(len(conflict.parties)) if j != i]
        moved: dict[int, int] = {}
        improved: dict[int, int] = {}
        for target in {t for bits in gains[i] for t in members(bits)}:
            moved[target] = joint([conflict.reach[j] for j in others], target, single)
            improved[target] = joint([gains[j] for j in others], target, single)
        concepts = dict.fromkeys(("nash", "gmr", "smr", "seq"), 0)
        if len(others) == 1:
            concepts["sim"] = 0
        for s in range(n):
            good, bit, own = above[i][s], 1 << s, conflict.reach[i]
            targets = list(members(gains[i][s]))
            held = {
                "nash": not targets,
                "gmr": all(moved[t] & ~good for t in targets),
                "smr": all(any(not own[r] & good for r in members(moved[t] & ~good)) for t in targets),
                "seq": all(improved[t] & ~good for t in targets),
            }
            if "sim" in concepts:
                j = others[0]
                held["sim"] = all(
                    any(conflict.reach[j][t] & own[r] & ~good for r in members(gains[j][s])) for t in targets
                )
            for concept, holds in held.items():
                if holds:
                    concepts[concept] |= bit
        stable.append(concepts)
    return Stability(conflict=conflict, variant=variant, stable=tuple(stable))
