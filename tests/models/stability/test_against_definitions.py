"""Every concept against the definitions, on random conflicts of options and of arcs."""

import random
from typing import Any

import pytest
from tests.models.stability.reference import Plain, stable

from winset.errors import FormatError
from winset.formats.gmcr import conflict
from winset.models.stability.conflict import Conflict, from_sets
from winset.models.stability.proof import Proof, prove
from winset.models.stability.stability import VARIANTS, solve

CONCEPTS = ("nash", "gmr", "smr", "seq", "sim", "symmetric_seq", "policy", "maximin:1", "maximin:2", "maximin:3",
            "maximin:4", "limited_move:1", "limited_move:2", "limited_move:3")  # fmt: skip


def drawn_options(draw: random.Random, most: int) -> dict[str, Any]:
    """A conflict in option form with infeasible patterns, one-way options and prioritised statements."""
    parties = draw.randint(1, 4)
    m = draw.randint(parties, max(parties, most))
    owner = [*range(parties), *(draw.randrange(parties) for _ in range(m - parties))]
    draw.shuffle(owner)

    def cond(size: int) -> list[list[Any]]:
        return [[o, draw.choice("YN")] for o in draw.sample(range(m), min(m, size))]

    makers = []
    for i in range(parties):
        wishes: list[Any] = [cond(draw.randint(1, 2)) for _ in range(draw.randint(1, 4))]
        if draw.random() < 0.3:
            wishes.append({"compound": True, "members": [cond(2), cond(1)]})
        makers.append({
            "name": f"p{i}", "options": [o for o in range(m) if owner[o] == i], "preferences": wishes,
            "preferenceWeights": [draw.choice([1, 2, 3.5]) for _ in wishes],
            "misperceptions": [cond(3)] if draw.random() < 0.1 else [],
        })  # fmt: skip
    return {
        "options": [
            {"name": f"o{k}", "permittedDirection": draw.choice(["both", "both", "both", "fwd", "back"])}
            for k in range(m)
        ],
        "decisionMakers": makers,
        "infeasibles": [cond(draw.randint(2, 3)) for _ in range(draw.randint(0, 3))],
    }


def plain_of_options(data: dict[str, Any]) -> Plain:
    """The same conflict read independently, state by state."""
    m = len(data["options"])
    order = [o for maker in data["decisionMakers"] for o in maker["options"]]

    def meets(state: dict[int, bool], pairs: Any) -> bool:
        return all(state[o] == (a == "Y") for o, a in pairs)

    states = []
    for code in range(1 << m):
        state = {o: bool(code >> k & 1) for k, o in enumerate(order)}
        if not any(meets(state, p) for p in data["infeasibles"]):
            states.append(state)
    arcs, v = [], []
    for maker in data["decisionMakers"]:
        own = set(maker["options"])
        rows = []
        hidden = [any(meets(s, p) for p in maker["misperceptions"]) for s in states]
        for a, s in enumerate(states):
            row = set()
            for b, t in enumerate(states):
                changed = {o for o in range(m) if s[o] != t[o]}
                allowed = all(
                    data["options"][o]["permittedDirection"] in ("both", "fwd" if t[o] else "back") for o in changed
                )
                if changed and changed <= own and allowed and not hidden[a] and not hidden[b]:
                    row.add(b)
            rows.append(row)
        arcs.append(rows)
        score = [
            sum(
                w for w, wish in zip(maker["preferenceWeights"], maker["preferences"], strict=True)
                if any(meets(s, p) for p in (wish["members"] if isinstance(wish, dict) else [wish]))
            )
            for s in states
        ]  # fmt: skip
        v.append([round(x * 2) for x in score])
    return Plain(arcs, v)


def drawn_arcs(draw: random.Random, most: int) -> Plain:
    parties, n = draw.randint(1, 4), draw.randint(1, most)
    density = draw.choice([0.1, 0.25, 0.5])
    arcs = [[{t for t in range(n) if t != s and draw.random() < density} for s in range(n)] for _ in range(parties)]
    return Plain(arcs, [[draw.randrange(draw.choice([2, n])) for _ in range(n)] for _ in range(parties)])


def of_arcs(g: Plain) -> Conflict:
    reach = [[sum(1 << t for t in row) for row in rows] for rows in g.arcs]
    return from_sets([f"p{i}" for i in g.parties], list(g.states), reach, [[-x for x in row] for row in g.v])


def check(found: Conflict, g: Plain, draw: random.Random) -> None:
    for variant in VARIANTS:
        single = variant == "single_step_sanctions"
        got = solve(found, variant=variant, concepts=CONCEPTS)
        for concept, flags in got.stable.items():
            if single and concept.startswith("limited"):
                continue
            # the recursion of long horizons and the fixed point are dear: a few states of each conflict
            few = concept.startswith(("maximin:4", "limited", "policy", "maximin:3"))
            states = draw.sample(list(g.states), min(len(g.states), 6)) if few else g.states
            for i in g.parties:
                for s in states:
                    assert flags[i, s] == stable(g, concept, i, s, single), (concept, variant, i, s)
        for s in draw.sample(list(g.states), min(len(g.states), 3)):
            for i in g.parties:
                for concept in ("nash", "gmr", "smr", "seq", "symmetric_seq", "sim"):
                    if concept in got.stable:
                        proof = prove(found, concept, i, s, variant=variant)
                        assert proof.stable == got.stable[concept][i, s]
                        checked(proof, g)


def checked(proof: Proof, g: Plain) -> None:
    """A proof holds: what it calls improvements are all there are, and each path is legal and ends badly."""
    i, s, v = proof.party, proof.state, g.v[proof.party]
    assert {a.target for a in proof.answers} == {t for t in g.arcs[i][s] if v[t] > v[s]}
    for answer in proof.answers:
        at, last = answer.target, i
        if proof.concept == "sim":
            if answer.path:
                (first, end) = answer.path
                j = first.mover
                assert j is not None
                assert j != i
                assert first.to in g.arcs[j][s]
                assert g.v[j][first.to] > g.v[j][s]
                assert end.to in g.arcs[j][answer.target] & g.arcs[i][first.to]
                assert v[end.to] <= v[s]
            continue
        assert proof.variant == "legal_sequences" or len(answer.path) <= 1
        for step in answer.path:
            j = step.mover
            assert j is not None
            assert j not in (i, last)
            assert step.to in g.arcs[j][at]
            if "seq" in proof.concept:
                assert g.v[j][step.to] > g.v[j][at]
            at, last = step.to, j
        if answer.path:
            assert v[at] <= v[s]
            if proof.concept in ("smr", "symmetric_seq"):
                assert all(v[q] <= v[s] for q in g.arcs[i][at])


def run_options(seed: int, most: int) -> None:
    draw = random.Random(seed)
    data = drawn_options(draw, most)
    g = plain_of_options(data)
    if not g.states:
        with pytest.raises(FormatError, match="no state is feasible"):
            conflict(data, "drawn")
        return
    found = conflict(data, "drawn")
    assert len(found.labels) == len(g.states)
    for i in g.parties:
        assert [set(found.moves[i].targets(s)) for s in g.states] == g.arcs[i]
    check(found, g, draw)


@pytest.mark.parametrize("seed", range(60))
def test_options(seed: int) -> None:
    run_options(seed, 5)


@pytest.mark.parametrize("seed", range(100))
def test_arcs(seed: int) -> None:
    draw = random.Random(1000 + seed)
    g = drawn_arcs(draw, 7)
    check(of_arcs(g), g, draw)


@pytest.mark.slow
@pytest.mark.parametrize("block", range(20))
def test_thousands(block: int) -> None:
    for seed in range(100):
        draw = random.Random(10_000 + 100 * block + seed)
        g = drawn_arcs(draw, 10)
        check(of_arcs(g), g, draw)
    for seed in range(50):
        run_options(20_000 + 100 * block + seed, 6 if seed % 10 else 8)
