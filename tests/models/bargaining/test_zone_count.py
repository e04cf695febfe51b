"""The zone counted without listing it, against a count of every outcome."""

import math
import random

import numpy as np
import pytest

from winset.models.bargaining import zone_count
from winset.models.bargaining.outcomes import outcomes
from winset.models.bargaining.problem import Issue, Problem, Utility
from winset.models.bargaining.zone_count import count_zone


def drawn(draw: random.Random, parties: int, sizes: list[int], kind: str) -> Problem:
    def number() -> float:
        return (
            float(draw.randint(-3, 9))
            if kind == "whole"
            else draw.randint(0, 99) / 100
            if kind == "cents"
            else draw.random()
        )

    utilities = tuple(
        Utility(tables=tuple(np.array([number() for _ in range(n)]) for n in sizes), constant=draw.choice([0.0, 1.5]))
        for _ in range(parties)
    )
    middle = [sum(float(np.median(np.asarray(t))) for t in u.tables) for u in utilities]
    return Problem(
        parties=tuple(f"p{i}" for i in range(parties)),
        issues=tuple(Issue(name=f"i{k}", values=tuple(range(n))) for k, n in enumerate(sizes)),
        utilities=utilities, reservation=np.array([m + draw.choice([0, 0.5, 1, -1, 50, -50]) for m in middle]),
    )  # fmt: skip


def listed(problem: Problem) -> int:
    space = outcomes(problem)
    return int((space.utilities >= space.reservation[:, None]).all(axis=0).sum())


@pytest.mark.parametrize("kind", ["whole", "cents", "real"])
@pytest.mark.parametrize("seed", range(25))
def test_the_count_is_that_of_listing(seed: int, kind: str) -> None:
    draw = random.Random(seed)
    problem = drawn(draw, draw.choice([1, 2, 2, 3, 4]), [draw.randint(1, 5) for _ in range(draw.randint(1, 6))], kind)
    found = count_zone(problem)
    assert found is not None
    assert found.low <= listed(problem) <= found.high
    if kind != "real":
        assert found.low == found.high


@pytest.mark.parametrize("seed", range(30))
def test_with_little_room_the_count_lies_between_the_bounds(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zone_count, "MOST_WORK", 6000)
    monkeypatch.setattr(zone_count, "_moduli", lambda most: [1 << 64, (1 << 36) - 1, (1 << 36) - 5])
    draw = random.Random(seed)
    problem = drawn(draw, draw.choice([1, 2, 3]), [draw.randint(1, 5) for _ in range(draw.randint(1, 6))], "cents")
    found = count_zone(problem)
    if found is not None:
        assert found.low <= listed(problem) <= found.high


def test_where_every_deal_will_do_all_of_a_huge_space_is_counted() -> None:
    whole = drawn(random.Random(1), 2, [7] * 30, "whole")
    content = Problem(
        parties=whole.parties, issues=whole.issues, utilities=whole.utilities, reservation=np.array([-1e3, -1e3])
    )
    found = count_zone(content)
    assert found is not None
    assert found.low == found.high == 7**30


def test_a_count_beyond_64_bits_is_exact() -> None:
    # by hand: 80 issues of two options worth 0 and 1; at least 40 ones among them
    one = Utility(tables=tuple(np.array([0.0, 1.0]) for _ in range(80)))
    problem = Problem(
        parties=("a",), issues=tuple(Issue(name=f"i{k}", values=(0, 1)) for k in range(80)), utilities=(one,),
        reservation=np.array([40.0]),
    )  # fmt: skip
    found = count_zone(problem)
    assert found is not None
    assert found.low == found.high == sum(math.comb(80, k) for k in range(40, 81))
