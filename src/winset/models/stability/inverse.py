"""Which preferences would make a state last, and the smallest change that does.

Inverse graph model: a state s is stable for a party exactly if, for each move t it has, it prefers t no more than s, or
the others can answer. Each way of answering is a set of states that the party must not prefer to s. So stability is a
list of conditions, each a choice between such sets; nothing else about the party's preferences matters.
Source: Kinsara, Petersons, Hipel and Kilgour 2015, Group Decision and Negotiation 24.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from winset.errors import ModelError
from winset.models.quiet import quietly
from winset.models.stability.conflict import Conflict, better_sets, members, reach_sets
from winset.models.stability.moves import Moves, OptionMoves
from winset.models.stability.relations import joint
from winset.models.stability.stability import solve

CONCEPTS = ("nash", "gmr", "smr", "seq")
_MOST_TRIED = 2_000
_SECONDS = 5.0
_MOST_OPTIONS_TRIED = 12
_FEWEST_SOLVED, _MOST_CELLS_SOLVED = 100, 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """About one move to `target`: one of these sets must hold no state that the party prefers to the chosen one."""

    target: int
    choices: tuple[frozenset[int], ...]


def conditions(conflict: Conflict, concept: str, party: int, state: int) -> tuple[Condition, ...]:
    """What the party's preferences must fulfil for the state to be stable; none: it is, whatever the party wants.

    SEQ takes the others' preferences as they are. Raises ModelError on another concept.
    """
    if concept not in CONCEPTS:
        raise ModelError(f"no conditions are written for {concept!r}; for {', '.join(CONCEPTS)} there are")
    reach = reach_sets(conflict, "inverse analysis")
    others = conflict.others(party)
    rows = [reach[j] for j in others]
    if concept == "seq":
        above = [better_sets(conflict.worth[j]) for j in others]
        rows = [[r & a for r, a in zip(row, aboves, strict=True)] for row, aboves in zip(rows, above, strict=True)]
    found = []
    for target in members(reach[party][state]):
        choices = {frozenset({target})}
        if concept != "nash":
            for r in members(joint(rows, target)):
                after = set(members(reach[party][r])) if concept == "smr" else set()
                choices.add(frozenset({r} | after) - {state})
        smallest = [c for c in choices if not any(other < c for other in choices)]
        if frozenset() not in smallest:
            ordered = sorted(smallest, key=lambda c: (len(c), sorted(c)))
            found.append(Condition(target=target, choices=tuple(ordered)))
    return tuple(found)


def smallest_demotion(conflict: Conflict, concept: str, party: int, state: int) -> tuple[frozenset[int], bool]:
    """(states, proven): a smallest set that the party would have to stop preferring to `state`, for it to be stable.

    Small questions are searched through, large ones put to an integer programme; not proven where that ran out of time.
    """
    v = conflict.worth[party]
    asked = [
        [frozenset(x for x in choice if v[x] > v[state]) for choice in one.choices]
        for one in conditions(conflict, concept, party, state)
    ]
    asked = sorted((list(dict.fromkeys(one)) for one in asked if frozenset() not in one), key=len)
    if not asked:
        return frozenset(), True
    best = frozenset().union(*(one[0] for one in asked))
    tried = 0

    def search(at: int, chosen: frozenset[int]) -> None:
        nonlocal best, tried
        tried += 1
        if tried > _MOST_TRIED:
            return
        while at < len(asked) and any(choice <= chosen for choice in asked[at]):
            at += 1
        if at == len(asked):
            if len(chosen) < len(best):
                best = chosen
            return
        for choice in sorted(asked[at], key=lambda c: (len(c - chosen), sorted(c))):
            if len(chosen | choice) < len(best):
                search(at + 1, chosen | choice)

    search(0, frozenset())
    return (best, True) if tried <= _MOST_TRIED else _by_programme(asked, best)


def _by_programme(asked: Sequence[Sequence[frozenset[int]]], known: frozenset[int]) -> tuple[frozenset[int], bool]:
    """The same as an integer programme: a variable a state and one a choice; a choice needs all its states."""
    from scipy.optimize import Bounds, LinearConstraint, milp  # slow to import, and needed by few
    from scipy.sparse import csr_array

    states = sorted(frozenset().union(*(choice for one in asked for choice in one)))
    column = {x: k for k, x in enumerate(states)}
    rows, columns, values, least = [], [], [], []
    n, row = len(states), 0
    for one in asked:
        first = n
        for choice in one:
            for x in choice:  # the state's variable less the choice's is at least 0
                rows += [row, row]
                columns += [column[x], n]
                values += [1.0, -1.0]
                least.append(0.0)
                row += 1
            n += 1
        rows += [row] * (n - first)
        columns += range(first, n)
        values += [1.0] * (n - first)
        least.append(1.0)
        row += 1
    cost = np.zeros(n)
    cost[: len(states)] = 1.0
    matrix = csr_array((values, (rows, columns)), shape=(row, n))
    with quietly():
        found = milp(
            cost, constraints=LinearConstraint(matrix, np.array(least), np.inf), integrality=np.ones(n),
            bounds=Bounds(0, 1), options={"time_limit": _SECONDS},
        )  # fmt: skip
    if found.x is None:
        return known, False
    chosen = frozenset(x for x, k in column.items() if found.x[k] > 0.5)
    return (chosen if len(chosen) < len(known) else known), found.status == 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """demoted[i]: states that party i no longer prefers to the chosen one; then everybody would stay there.

    proven  no smaller change of this kind does it
    """

    demoted: tuple[frozenset[int], ...]
    proven: bool


def smallest_together(conflict: Conflict, concept: str, state: int) -> Together:
    """A smallest number of demotions, over all parties, that makes `state` an equilibrium.

    Under Nash, GMR and SMR each party's stability hangs on its own preferences alone. Under SEQ a demotion also changes
    which sanctions the party would carry out, so sets are tried by their size, at least as many as GMR needs; where
    that takes too long, the change that makes the state Nash is given, not proven to be the smallest.
    """
    parties = range(len(conflict.parties))
    if concept != "seq":
        found = [smallest_demotion(conflict, concept, i, state) for i in parties]
        return Together(demoted=tuple(one for one, _ in found), proven=all(proven for _, proven in found))
    v = conflict.worth
    pairs = [(i, x) for i in parties for x in range(len(conflict.labels)) if v[i][x] > v[i][state]]
    gmr = [smallest_demotion(conflict, "gmr", i, state) for i in parties]
    least = sum(len(one) for one, proven in gmr if proven)
    sure = Together(demoted=tuple(smallest_demotion(conflict, "nash", i, state)[0] for i in parties), proven=True)
    most = sum(map(len, sure.demoted))
    left = max(_FEWEST_SOLVED, _MOST_CELLS_SOLVED // len(conflict.labels))
    for size in range(least, most):
        for chosen in combinations(pairs, size):
            left -= 1
            if left < 0:
                return replace(sure, proven=False)
            worth = v.copy()
            for i, x in chosen:
                worth[i, x] = v[i, state]
            if solve(replace(conflict, worth=worth), concepts=("seq",)).stable["seq"][:, state].all():
                return Together(demoted=tuple(frozenset(x for j, x in chosen if j == i) for i in parties), proven=True)
    return sure


def fixed_options(conflict: Conflict, concept: str, state: int) -> list[tuple[int, ...]] | None:
    """The smallest sets of options that, bound to what they are in `state`, make it stable for everybody.

    [()] where it already is; None for a graph, or where there are more than 12 options.
    """
    if conflict.codes is None or len(conflict.options) > _MOST_OPTIONS_TRIED:
        return None
    every = range(len(conflict.options))
    for size in range(len(every) + 1):
        found = [one for one in combinations(every, size) if _lasts(conflict, concept, state, one)]
        if found:
            return found
    return []


def _lasts(conflict: Conflict, concept: str, state: int, bound: Sequence[int]) -> bool:
    assert conflict.codes is not None
    mask = sum(1 << k for k in bound)
    kept = (conflict.codes & mask) == (conflict.codes[state] & mask)
    codes = conflict.codes[kept]
    moves: list[Moves] = []
    for i, given in enumerate(conflict.moves):
        assert isinstance(given, OptionMoves)
        own = sum(1 << k for k, owner in enumerate(conflict.owners) if owner == i)
        unseen = None if given.unseen is None else given.unseen[kept]
        forward, backward = conflict.one_way
        moves.append(OptionMoves(codes, own, forward=forward, backward=backward, unseen=unseen))
    smaller = replace(
        conflict, labels=tuple(int(code) for code in codes), moves=tuple(moves), worth=conflict.worth[:, kept],
        codes=codes, strength=None, unknown=None, status_quo=None,
    )  # fmt: skip
    at = int(kept[:state].sum())
    return bool(solve(smaller, concepts=(concept,)).stable[concept][:, at].all())
