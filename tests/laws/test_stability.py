"""Theorems of the graph model, on random conflicts."""

import random

import pytest

from winset.models.stability.conflict import from_sets
from winset.models.stability.stability import solve


@pytest.mark.parametrize("seed", range(100))
def test_which_concept_implies_which(seed: int) -> None:
    draw, n = random.Random(seed), 7
    parties = draw.choice([2, 3, 4])
    reach = [[draw.getrandbits(n) & draw.getrandbits(n) & ~(1 << s) for s in range(n)] for _ in range(parties)]
    rank = [[draw.randrange(5) for _ in range(n)] for _ in range(parties)]
    concepts = ("nash", "gmr", "smr", "seq", "sim", "symmetric_seq", "policy", "maximin:1", "maximin:2", "maximin:3",
                "maximin:4", "maximin:5", "limited_move:1")  # fmt: skip
    found = solve(from_sets("abcd"[:parties], list(range(n)), reach, rank), concepts=concepts).stable

    def implies(a: str, b: str) -> bool:
        return not (found[a] & ~found[b]).any()

    for stronger, weaker in [
        ("nash", "smr"), ("nash", "symmetric_seq"), ("smr", "gmr"), ("seq", "gmr"), ("symmetric_seq", "seq"),
        ("symmetric_seq", "smr"), ("smr", "policy"), ("policy", "gmr"), ("policy", "maximin:4"), ("maximin:4", "gmr"),
        ("smr", "maximin:5"), ("maximin:5", "policy"),
    ]:  # fmt: skip
        assert implies(stronger, weaker), (stronger, weaker)
    for a, b in [("maximin:1", "nash"), ("maximin:2", "gmr"), ("maximin:3", "smr"), ("limited_move:1", "nash")]:
        assert (found[a] == found[b]).all(), (a, b)
    if parties == 2:
        assert implies("nash", "sim")
