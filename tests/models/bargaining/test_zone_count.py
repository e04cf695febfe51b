"""The zone counted without listing it, against a count of every outcome."""

import math
import random

import numpy as np
import pytest
from tests.models.bargaining.drawn import looked_at_one_by_one, tangled

from winset.models.bargaining import diagram, zone_count
from winset.models.bargaining.outcomes import outcomes
from winset.models.bargaining.problem import Issue, Problem, Utility
from winset.models.bargaining.solve import solve
from winset.models.bargaining.zone_count import count_allowed, count_zone


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


@pytest.mark.parametrize("kind", ["whole", "cents", "real"])
@pytest.mark.parametrize("seed", range(60))
def test_what_ties_issues_and_what_is_forbidden_is_counted(seed: int, kind: str) -> None:
    problem = tangled(seed, kind=kind)
    allowed, inside = looked_at_one_by_one(problem)
    assert count_allowed(problem) == (allowed, allowed)
    found = count_zone(problem)
    assert found.low <= inside <= found.high
    if kind == "whole":
        assert found.low == found.high


@pytest.mark.parametrize("seed", range(60))
def test_what_is_too_tangled_is_bounded(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(diagram, "MOST_EDGES", 4)
    problem = tangled(seed, kind="cents")
    allowed, inside = looked_at_one_by_one(problem)
    low, high = count_allowed(problem)
    assert low <= allowed <= high
    found = count_zone(problem)
    assert found.low <= inside <= found.high


@pytest.mark.parametrize("seed", range(60))
def test_with_hardly_any_room_pairs_and_single_parties_bound_the_zone(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("MOST_WORK", 6000), ("_ONE_BY_ONE", 4000), ("_PAIR_BY_PAIR", 20000), ("_EDGE", 1)):
        monkeypatch.setattr(zone_count, name, value)
    problem = tangled(seed, kind="cents", parties=3)
    found = count_zone(problem)
    assert found.low <= looked_at_one_by_one(problem)[1] <= found.high


def test_a_huge_space_with_ties_and_forbidden_combinations_is_counted_exactly() -> None:
    # by hand: 40 issues of two options worth 0 and 1; two neighbours are never both 1: Fibonacci(42) such outcomes, and
    # those with at least 10 ones are sums of binomials C(41 - k, k)
    n = 40
    one = Utility(tables=tuple(np.array([0.0, 1.0]) for _ in range(n)))
    problem = Problem(
        parties=("a",), issues=tuple(Issue(name=f"i{k}", values=(0, 1)) for k in range(n)), utilities=(one,),
        reservation=np.array([10.0]), forbidden=tuple({k: (1,), k + 1: (1,)} for k in range(n - 1)),
    )  # fmt: skip
    assert count_allowed(problem) == (267914296, 267914296)
    found = count_zone(problem)
    assert found.low == found.high == sum(math.comb(n + 1 - k, k) for k in range(10, 21))


def test_without_listing_the_zone_of_a_tied_space_is_that_of_listing(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = tangled(4, kind="whole", parties=2)
    listed_answer = solve(problem)
    monkeypatch.setattr("winset.models.bargaining.solve.MOST", 1)
    answer = solve(problem)
    assert (answer.outcomes, answer.zone) == (listed_answer.outcomes, listed_answer.zone)
    assert answer.certificate["holds"]
