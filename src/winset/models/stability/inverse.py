"""Which preferences would make a state last, and the smallest change that does.

Inverse graph model: a state s is stable for a party exactly if, for each move t it has, it prefers t no more than s, or
the others can answer. Each way of answering is a set of states that the party must not prefer to s. So stability is a
list of conditions, each a choice between such sets; nothing else about the party's preferences matters.
Source: Kinsara, Petersons, Hipel and Kilgour 2015, Group Decision and Negotiation 24.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from winset.errors import ModelError, TooLarge
from winset.models.stability.conflict import Conflict, better_sets, members, reach_sets
from winset.models.stability.moves import Moves, OptionMoves
from winset.models.stability.relations import joint
from winset.models.stability.stability import solve

CONCEPTS = ("nash", "gmr", "smr", "seq")
_MOST_TRIED = 200_000
_MOST_OPTIONS_TRIED = 12


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


def smallest_demotion(conflict: Conflict, concept: str, party: int, state: int) -> frozenset[int]:
    """A smallest set of states that the party would have to stop preferring to `state`, for it to be stable; exact.

    Raises TooLarge where the search grows past 200,000 steps.
    """
    v = conflict.worth[party]
    asked = [
        [frozenset(x for x in choice if v[x] > v[state]) for choice in one.choices]
        for one in conditions(conflict, concept, party, state)
    ]
    asked = sorted((one for one in asked if frozenset() not in one), key=len)
    best = frozenset().union(*(one[0] for one in asked)) if asked else frozenset()
    tried = 0

    def search(at: int, chosen: frozenset[int]) -> None:
        nonlocal best, tried
        tried += 1
        if tried > _MOST_TRIED:
            raise TooLarge(f"the smallest change was not found in {_MOST_TRIED:,} steps; rule out states")
        while at < len(asked) and any(choice <= chosen for choice in asked[at]):
            at += 1
        if at == len(asked):
            if len(chosen) < len(best):
                best = chosen
            return
        for choice in sorted(set(asked[at]), key=lambda c: (len(c - chosen), sorted(c))):
            if len(chosen | choice) < len(best):
                search(at + 1, chosen | choice)

    search(0, frozenset())
    return best


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
