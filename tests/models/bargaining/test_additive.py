"""The frontier issue by issue, against the same spaces listed and against an integer programme."""

import numpy as np
import pytest
from hypothesis import given, settings
from tests.models.bargaining.test_unlisted import tables

from winset.models.bargaining.additive import certified, fits, solve_additive
from winset.models.bargaining.deals import solve_listed
from winset.models.bargaining.problem import Issue, Problem, Utility
from winset.models.bargaining.solve import solve
from winset.models.bargaining.unlisted import solve_unlisted


@settings(max_examples=60, deadline=None)
@given(tables())
def test_the_same_frontier_solutions_and_ties_as_by_listing(p: Problem) -> None:
    if not fits(p):
        assert len(p.parties) != 2
        return
    listed, summed = solve_listed(p), solve_additive(p)
    assert np.array_equal(listed.frontier, summed.frontier)
    assert listed.frontier_outcomes == summed.frontier_outcomes
    assert listed.frontier_choices == summed.frontier_choices
    assert set(listed.solutions) == set(summed.solutions)
    for name, one in listed.solutions.items():
        assert summed.solutions[name].ties == one.ties, name
        assert summed.solutions[name].tied == one.tied, name
        assert summed.solutions[name].utilities == one.utilities, name


def large(seed: int, *, whole: bool) -> Problem:
    """30 issues of 7 options, about 2e25 outcomes."""
    rng = np.random.default_rng(seed)
    draw = (lambda: rng.integers(0, 101, 7).astype(float)) if whole else (lambda: 100 * rng.random(7))
    return Problem(
        parties=("a", "b"),
        issues=tuple(Issue(name=f"i{k}", values=tuple(range(7))) for k in range(30)),
        utilities=tuple(Utility(tables=tuple(draw() for _ in range(30))) for _ in range(2)),
        reservation=np.full(2, 1500.0),
    )


@pytest.mark.parametrize("whole", [True, False])
def test_a_large_space_is_solved_and_certified_by_another_routine(whole: bool) -> None:
    deals = solve(large(1, whole=whole))
    assert deals.outcomes == 7**30
    assert deals.certificate["holds"]
    assert len(deals.frontier) > 100
    assert np.all(np.diff(deals.frontier[:, 0]) < 0)
    assert np.all(np.diff(deals.frontier[:, 1]) > 0)


def test_a_worse_claim_fails_its_certificate() -> None:
    from dataclasses import replace

    p = large(2, whole=True)
    deals, other = solve_additive(p), solve_unlisted(p, frontier=False)
    worse = replace(deals, solutions=deals.solutions | {"utilitarian": deals.solutions["egalitarian"]})
    assert certified(deals, other).certificate["holds"]
    assert not certified(worse, other).certificate["holds"]
    assert not certified(replace(deals, frontier=deals.frontier[:3]), other).certificate["holds"]
