"""Stability where better and worse are not all there is: strength of preference, unknown pairs, coalitions.

Sets of states are bits of an integer: everything here needs a list of all moves.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import combinations

import numpy as np

from winset.errors import ModelError, TooLarge
from winset.models.stability.conflict import Conflict, better_sets, members, reach_sets
from winset.models.stability.moves import Flags

CONCEPTS = ("nash", "gmr", "smr", "seq")
EXTENSIONS = ("a", "b", "c", "d")
"""Of unknown preference: whether it tempts (a, c: yes) and whether it deters (c, d: yes)."""
MOST_COALITION_PARTIES = 6
_MOST_JOINT = 1 << 17
Row = Sequence[int]


def joint(rows: Sequence[Row], start: int) -> int:
    """Where movers get from `start` by legal sequences; rows[mover][state] = bits of where it can go."""
    found = 0
    seen = [0] * len(rows)
    todo = [(start, -1)]
    while todo:
        state, last = todo.pop()
        for mover, row in enumerate(rows):
            if mover != last:
                new = row[state] & ~seen[mover]
                seen[mover] |= new
                found |= new
                todo += [(s, mover) for s in members(new)]
    return found


def _stable(
    own: Row, gains: Row, deterring: Row, moved: Callable[[int], int], improved: Callable[[int], int]
) -> dict[str, list[bool]]:
    """Per concept and state: gains[s] and deterring[s] are sets of states, moved(t) and improved(t) the others' answers."""
    found: dict[str, list[bool]] = {c: [] for c in CONCEPTS}
    for s in range(len(own)):
        targets = list(members(gains[s]))
        low = deterring[s]
        found["nash"].append(not targets)
        found["gmr"].append(all(moved(t) & low for t in targets))
        found["smr"].append(all(any(not own[r] & ~low for r in members(moved(t) & low)) for t in targets))
        found["seq"].append(all(improved(t) & low for t in targets))
    return found


def _gather(per_party: Sequence[dict[str, list[bool]]]) -> dict[str, Flags]:
    return {c: np.array([one[c] for one in per_party], dtype=bool) for c in CONCEPTS}


def strength(conflict: Conflict) -> dict[str, dict[str, Flags]]:
    """{"strong": {concept: (parties, states)}, "weak": ...} under strength of preference.

    Strongly stable: every improvement, mild or strong, meets a sanction that is strongly worse than the state (and,
    for SMR, everything still in reach is). Weakly stable: stable, but not strongly. Nash knows no degrees.
    Raises ModelError where the conflict gives no strength.
    Source: Hamouda, Kilgour and Hipel 2004, Group Decision and Negotiation 13.
    """
    if conflict.strength is None:
        raise ModelError('no strength of preference is given; put ">>" between the states of a ranking')
    reach = reach_sets(conflict, "strength of preference")
    n = len(conflict.labels)
    above = [better_sets(v) for v in conflict.worth]
    gains = [[r & a for r, a in zip(rows, aboves, strict=True)] for rows, aboves in zip(reach, above, strict=True)]
    strong, plain = [], []
    for i, blocks in enumerate(conflict.strength):
        others = conflict.others(i)
        far_below = [sum(1 << r for r in range(n) if blocks[r] < blocks[s]) for s in range(n)]
        not_above = [~a & (1 << n) - 1 for a in above[i]]
        moved = _answers([reach[j] for j in others])
        improved = _answers([gains[j] for j in others])
        strong.append(_stable(reach[i], gains[i], far_below, moved, improved))
        plain.append(_stable(reach[i], gains[i], not_above, moved, improved))
    hard, soft = _gather(strong), _gather(plain)
    return {"strong": hard, "weak": {c: soft[c] & ~hard[c] for c in CONCEPTS}}


def unknown(conflict: Conflict) -> dict[str, dict[str, Flags]]:
    """{extension: {concept: (parties, states)}} where some pairs of states are not ranked.

    a: unknown tempts and does not deter; b: neither; c: both; d: it deters and does not tempt. The sequences of SEQ
    are made of moves that are improvements of their movers or might be, under every extension.
    Raises ModelError where no pair is unknown.
    Source: Li, Hipel, Kilgour and Fang 2004, IEEE Transactions on SMC A 34(4).
    """
    if conflict.unknown is None:
        raise ModelError("no pair of states is unknown; name some under 'unknown'")
    reach = reach_sets(conflict, "unknown preference")
    n = len(conflict.labels)
    full = (1 << n) - 1
    doubt = [[0] * n for _ in conflict.parties]
    for row, pairs in zip(doubt, conflict.unknown, strict=True):
        for s, t in pairs:
            row[s] |= 1 << t
    above = [
        [a & ~d for a, d in zip(better_sets(v), row, strict=True)]
        for v, row in zip(conflict.worth, doubt, strict=True)
    ]  # fmt: skip
    may = [
        [r & (a | d) for r, a, d in zip(rows, aboves, row, strict=True)]
        for rows, aboves, row in zip(reach, above, doubt, strict=True)
    ]  # fmt: skip
    found = {}
    for extension in EXTENSIONS:
        tempts, deters = extension in "ac", extension in "cd"
        per_party = []
        for i in range(len(conflict.parties)):
            others = conflict.others(i)
            gains = may[i] if tempts else [r & a for r, a in zip(reach[i], above[i], strict=True)]
            low = [
                full & ~a & (full if deters else ~d) for a, d in zip(above[i], doubt[i], strict=True)
            ]  # fmt: skip
            per_party.append(
                _stable(reach[i], gains, low, _answers([reach[j] for j in others]), _answers([may[j] for j in others]))
            )
        found[extension] = _gather(per_party)
    return found


def _answers(rows: Sequence[Row]) -> Callable[[int], int]:
    @cache
    def found(start: int) -> int:
        return joint(rows, start)

    return found


def coalitions(
    conflict: Conflict, groups: Sequence[Sequence[int]] | None = None
) -> dict[tuple[int, ...], dict[str, list[bool]]]:
    """{coalition: {concept: whether each state is stable for it}}; every coalition unless `groups` names some.

    A coalition moves by legal sequences of its members; it improves where every member does. A sanction is a state
    that some member does not prefer; SEQ's come by sequences of improvements of sub-coalitions of the others, none
    twice running. Raises ModelError on an empty coalition, TooLarge past six parties or many states.
    Sources: Kilgour, Hipel, Fang and Peng 2001; Inohara and Hipel 2008, Systems Engineering 11.
    """
    everyone = range(len(conflict.parties))
    if len(everyone) > MOST_COALITION_PARTIES:
        raise TooLarge(
            f"{len(everyone)} parties form {(1 << len(everyone)) - 1} coalitions; of at most {MOST_COALITION_PARTIES} "
            "parties are they gone through: join parties that act as one"
        )
    n = len(conflict.labels)
    if n << len(everyone) > _MOST_JOINT:
        raise TooLarge(
            f"the joint moves of {(1 << len(everyone)) - 1} coalitions over {n:,} states are {n << len(everyone):,} "
            f"sets; at most {_MOST_JOINT:,} are made: rule out states"
        )
    reach = reach_sets(conflict, "coalition stability")
    above = [better_sets(v) for v in conflict.worth]
    every = [c for k in range(1, len(everyone) + 1) for c in combinations(everyone, k)]
    moved = {c: [joint([reach[i] for i in c], s) for s in range(n)] for c in every}
    all_better = {c: [_all(above[i][s] for i in c) for s in range(n)] for c in every}
    gains = {c: [m & b for m, b in zip(moved[c], all_better[c], strict=True)] for c in every}
    found = {}
    for given in groups if groups is not None else every:
        group = tuple(sorted(set(given)))
        if not group or not set(group) <= set(everyone):
            raise ModelError(f"coalition {given!r} is not made of parties 0 to {len(everyone) - 1}")
        rest = tuple(i for i in everyone if i not in group)
        inside = [gains[c] for c in every if set(c) <= set(rest)]
        low = [~b & (1 << n) - 1 for b in all_better[group]]
        answers = moved.get(rest, [0] * n)
        found[group] = _stable(moved[group], gains[group], low, answers.__getitem__, _answers(inside))
    return found


def _all(sets: Iterable[int]) -> int:
    """What is in every set."""
    found = -1
    for one in sets:
        found &= one
    return found
