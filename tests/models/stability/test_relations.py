"""Strength, unknown preference, coalitions, the status quo and inverse analysis, against their definitions."""

import random
from dataclasses import replace
from itertools import chain, combinations

import numpy as np
import pytest
from tests.models.stability.reference import Plain, sequences, stable, subsets
from tests.models.stability.test_against_definitions import drawn_arcs, of_arcs

from winset.models.stability.inverse import _by_programme, conditions, smallest_demotion, smallest_together
from winset.models.stability.relations import coalitions, strength, unknown
from winset.models.stability.stability import solve
from winset.models.stability.status_quo import status_quo


@pytest.mark.parametrize("seed", range(40))
def test_strength(seed: int) -> None:
    draw = random.Random(seed)
    g = drawn_arcs(draw, 6)
    cut = [draw.randrange(7) for _ in g.parties]
    blocks = [[int(x >= c) for x in v] for v, c in zip(g.v, cut, strict=True)]
    found = strength(replace(of_arcs(g), strength=np.array(blocks)))

    def strongly(concept: str, i: int, s: int) -> bool:
        others = [j for j in g.parties if j != i]

        def step(j: int, x: int) -> set[int]:
            return {t for t in g.arcs[j][x] if concept != "seq" or g.v[j][t] > g.v[j][x]}

        def far(r: int) -> bool:
            return blocks[i][r] < blocks[i][s]

        gains = [t for t in g.arcs[i][s] if g.v[i][t] > g.v[i][s]]
        if concept == "nash":
            return not gains
        return all(
            any(far(r) and (concept != "smr" or all(map(far, g.arcs[i][r]))) for r in sequences(t, others, step, False))
            for t in gains
        )

    plain = solve(of_arcs(g)).stable
    for concept, flags in found["strong"].items():
        for i in g.parties:
            for s in g.states:
                assert flags[i, s] == strongly(concept, i, s), (concept, i, s)
                assert found["weak"][concept][i, s] == (plain[concept][i, s] and not flags[i, s])


@pytest.mark.parametrize("seed", range(40))
def test_unknown_preference(seed: int) -> None:
    draw = random.Random(seed)
    g = drawn_arcs(draw, 6)
    pairs = [{frozenset(p) for p in combinations(g.states, 2) if draw.random() < 0.3} for _ in g.parties]
    rows = tuple(frozenset((a, b) for p in one for a in p for b in p if a != b) for one in pairs)
    found = unknown(replace(of_arcs(g), unknown=rows))

    def relation(i: int, s: int, t: int) -> str:
        if frozenset((s, t)) in pairs[i]:
            return "?"
        return "+" if g.v[i][t] > g.v[i][s] else "-"

    for extension, (tempting, deterring) in {
        "a": ("+?", "-"),
        "b": ("+", "-"),
        "c": ("+?", "-?"),
        "d": ("+", "-?"),
    }.items():
        for i in g.parties:
            others = [j for j in g.parties if j != i]
            for s in g.states:
                gains = [t for t in g.arcs[i][s] if relation(i, s, t) in tempting]

                def low(r: int, i: int = i, s: int = s, deterring: str = deterring) -> bool:
                    return relation(i, s, r) in deterring

                def may(j: int, x: int) -> set[int]:
                    return {t for t in g.arcs[j][x] if relation(j, x, t) in "+?"}

                def move(j: int, x: int) -> set[int]:
                    return g.arcs[j][x]

                by_moves = {t: sequences(t, others, move, False) for t in gains}
                expected = {
                    "nash": not gains,
                    "gmr": all(any(map(low, by_moves[t])) for t in gains),
                    "smr": all(any(low(r) and all(map(low, g.arcs[i][r])) for r in by_moves[t]) for t in gains),
                    "seq": all(any(map(low, sequences(t, others, may, False))) for t in gains),
                }
                assert {k: bool(found[extension][k][i, s]) for k in expected} == expected


def by_coalition(g: Plain, concept: str, group: tuple[int, ...], s: int) -> bool:
    rest = [j for j in g.parties if j not in group]

    def move(j: int, x: int) -> set[int]:
        return g.arcs[j][x]

    def gains(members: tuple[int, ...], x: int) -> set[int]:
        return {t for t in sequences(x, members, move, False) if all(g.v[k][t] > g.v[k][x] for k in members)}

    def low(r: int) -> bool:
        return any(g.v[k][r] <= g.v[k][s] for k in group)

    parts = subsets(rest)
    for t in gains(group, s):
        if concept == "nash":
            return False
        if concept == "seq":
            answers = sequences(t, range(len(parts)), lambda n, x: gains(parts[n], x), False)
        else:
            answers = sequences(t, rest, move, False)
        if not any(
            low(r) and (concept != "smr" or all(low(q) for q in sequences(r, group, move, False))) for r in answers
        ):
            return False
    return True


@pytest.mark.parametrize("seed", range(25))
def test_coalitions(seed: int) -> None:
    g = drawn_arcs(random.Random(seed), 6)
    found = coalitions(of_arcs(g))
    plain = solve(of_arcs(g)).stable
    assert list(found) == subsets(g.parties)
    for group, per in found.items():
        for concept, flags in per.items():
            assert flags == [by_coalition(g, concept, group, s) for s in g.states], (concept, group)
    for concept in ("nash", "gmr", "smr"):  # not for SEQ
        everyone = [all(per[concept][s] for per in found.values()) for s in g.states]
        assert not (np.array(everyone) & ~plain[concept].all(axis=0)).any()


@pytest.mark.parametrize("seed", range(30))
def test_the_way_from_the_status_quo(seed: int) -> None:
    g = drawn_arcs(random.Random(seed), 8)
    found = status_quo(of_arcs(g), 0)

    def improve(j: int, x: int) -> set[int]:
        return {t for t in g.arcs[j][x] if g.v[j][t] > g.v[j][x]}

    for paths, step in ((found.by_improvements, improve), (found.by_moves, lambda j, x: g.arcs[j][x])):
        assert set(paths) == {0} | sequences(0, g.parties, step, False)
        for end, path in paths.items():
            at, last = 0, -1
            for one in path:
                assert one.mover is not None
                assert one.mover != last
                assert one.to in step(one.mover, at)
                at, last = one.to, one.mover
            assert at == end


@pytest.mark.parametrize("seed", range(40))
def test_inverse_analysis_is_exact_and_its_change_the_smallest(seed: int) -> None:
    draw = random.Random(seed)
    g = drawn_arcs(draw, 5)
    c = of_arcs(g)
    for concept in ("nash", "gmr", "smr", "seq"):
        i, s = draw.choice(list(g.parties)), draw.choice(list(g.states))
        asked = conditions(c, concept, i, s)
        for _ in range(10):
            worth = np.array(g.v)
            worth[i] = [draw.randrange(4) for _ in g.states]
            v = worth[i]
            met = all(any(all(v[x] <= v[s] for x in choice) for choice in one.choices) for one in asked)
            assert met == solve(replace(c, worth=worth), concepts=(concept,)).stable[concept][i, s]
        better = [x for x in g.states if g.v[i][x] > g.v[i][s]]
        sizes = []
        for down in chain.from_iterable(combinations(better, k) for k in range(len(better) + 1)):
            worth = np.array(g.v)
            worth[i, list(down)] = worth[i, s]
            if solve(replace(c, worth=worth), concepts=(concept,)).stable[concept][i, s]:
                sizes.append(len(down))
        least, proven = smallest_demotion(c, concept, i, s)
        assert proven
        assert len(least) == min(sizes)


@pytest.mark.parametrize("seed", range(30))
def test_the_smallest_change_for_all_makes_an_equilibrium_and_no_smaller_one_does(seed: int) -> None:
    draw = random.Random(seed)
    g = drawn_arcs(draw, 4)
    c = of_arcs(g)
    s = draw.choice(list(g.states))
    pairs = [(i, x) for i in g.parties for x in g.states if g.v[i][x] > g.v[i][s]]

    def lasts(concept: str, chosen: set[tuple[int, int]]) -> bool:
        changed = Plain(g.arcs, [[v[s] if (i, x) in chosen else v[x] for x in g.states] for i, v in enumerate(g.v)])
        return all(stable(changed, concept, i, s) for i in g.parties)

    for concept in ("nash", "gmr", "smr", "seq"):
        found = smallest_together(c, concept, s)
        assert found.proven
        chosen = {(i, x) for i, one in enumerate(found.demoted) for x in one}
        assert lasts(concept, chosen), concept
        for size in range(len(chosen)):
            assert not any(lasts(concept, set(some)) for some in combinations(pairs, size)), (concept, size)


@pytest.mark.parametrize("seed", range(30))
def test_the_integer_programme_finds_what_the_search_finds(seed: int) -> None:
    draw = random.Random(seed)
    asked = [
        list({frozenset(draw.sample(range(9), draw.randint(1, 4))) for _ in range(draw.randint(1, 4))})
        for _ in range(draw.randint(1, 6))
    ]
    known = frozenset().union(*(one[0] for one in asked))
    found, proven = _by_programme(asked, known)
    assert proven
    assert all(any(choice <= found for choice in one) for one in asked)
    assert len(found) == min(
        len(some)
        for some in map(frozenset, chain.from_iterable(combinations(range(9), k) for k in range(10)))
        if all(any(choice <= some for choice in one) for one in asked)
    )
