"""Sums that lie half-way between two steps of 1e-9 go the same way, in whatever order they are added."""

import random

import numpy as np
import pytest

from winset.models.bargaining.problem import Issue, Problem, Utility
from winset.models.bargaining.solve import solve


@pytest.mark.parametrize("seed", range(40))
def test_the_second_routine_agrees_where_sums_lie_half_way(seed: int) -> None:
    draw = random.Random(seed)
    sizes = [draw.randint(1, 4) for _ in range(4)]
    utilities = tuple(
        Utility(tables=tuple(np.array([draw.randint(0, 10**9) * 5e-10 for _ in range(n)]) for n in sizes))
        for _ in range(draw.choice([2, 4]))
    )
    problem = Problem(
        parties=tuple(f"p{i}" for i in range(len(utilities))),
        issues=tuple(Issue(name=f"i{k}", values=tuple(range(n))) for k, n in enumerate(sizes)), utilities=utilities,
        reservation=np.array([draw.randint(0, 10**9) * 5e-10 for _ in utilities]),
    )  # fmt: skip
    deals = solve(problem)
    assert deals.certificate["holds"], deals.certificate
