"""The frontier issue by issue, against the same spaces listed and against an integer programme."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from tests.models.bargaining.test_unlisted import tables

from winset.models.bargaining.deals import solve_listed
from winset.models.bargaining.diagram import diagram
from winset.models.bargaining.problem import Box, Interaction, Issue, Problem, Utility
from winset.models.bargaining.programme import Programme
from winset.models.bargaining.solve import solve
from winset.models.bargaining.summed import certified, solve_summed
from winset.models.bargaining.sums import Sums
from winset.models.bargaining.unlisted import solve_unlisted


@settings(max_examples=60, deadline=None)
@given(tables())
def test_the_same_frontier_solutions_and_ties_as_by_listing(p: Problem) -> None:
    listed, summed = solve_listed(p), solve_summed(p)
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
    p = large(2, whole=True)
    deals, other = solve_summed(p), solve_unlisted(p, bounds_only=True)
    worse = replace(deals, solutions=deals.solutions | {"utilitarian": deals.solutions["egalitarian"]})
    assert certified(deals, other).certificate["holds"]
    assert not certified(worse, other).certificate["holds"]
    assert not certified(replace(deals, frontier=deals.frontier[:3]), other).certificate["holds"]


def crossed_out(seed: int, *, parties: int, whole: bool) -> Problem:
    """14 issues of 5 options, 6e9 outcomes, with forbidden combinations, tables over two issues and boxes."""
    rng = np.random.default_rng(seed)
    draw = (lambda n: rng.integers(0, 41, n).astype(float)) if whole else (lambda n: 40 * rng.random(n))

    def places(issues: np.ndarray) -> dict[int, tuple[int, ...]]:
        return {int(i): tuple(sorted(rng.choice(5, int(rng.integers(1, 4)), replace=False).tolist())) for i in issues}

    def near() -> np.ndarray:
        return np.sort(rng.choice(4, 2, replace=False)) + int(rng.integers(0, 11))

    return Problem(
        parties=tuple("abcd"[:parties]),
        issues=tuple(Issue(name=f"i{k}", values=tuple(range(5))) for k in range(14)),
        utilities=tuple(
            Utility(
                tables=tuple(draw(5) for _ in range(14)),
                interactions=(Interaction(issues=tuple(map(int, near())), table=draw(25).reshape(5, 5)),),
                boxes=(Box(places=places(near()), worth=-17.0), Box(places=places(near()), worth=12.0)),
            )
            for _ in range(parties)
        ),
        reservation=np.full(parties, 200.0), forbidden=tuple(places(near()) for _ in range(8)),
    )  # fmt: skip


@pytest.mark.parametrize(("parties", "whole"), [(2, True), (2, False), (3, True)])
def test_with_forbidden_combinations_no_deal_that_a_programme_finds_is_missing(parties: int, whole: bool) -> None:
    """The best of one party among deals that give the others at least so much, for levels all over the frontier."""
    p = crossed_out(parties, parties=parties, whole=whole)
    deals = solve_summed(p)
    low, high = deals.frontier.min(axis=0), deals.frontier.max(axis=0)
    assert all(p.allows(choice) for choice in deals.frontier_choices)
    for vector, choice in list(zip(deals.frontier, deals.frontier_choices, strict=True))[::50]:
        assert p.worth(choice) == pytest.approx(vector)
    rng = np.random.default_rng(1)
    programme = Programme(p, 60.0)
    met = 0
    for _ in range(12):
        least = low + rng.random(parties) * (high - low) * 0.8
        rows = [(programme.gain[i], float(least[i] - p.reservation[i] - programme.base[i])) for i in range(1, parties)]
        found = programme.best(programme.gain[0], float(programme.base[0]), rows)
        known = deals.frontier[(deals.frontier[:, 1:] >= least[1:] - 1e-7).all(axis=1), 0]
        assert (found is None) == (known.size == 0)
        if found is not None:
            met += 1
            assert found.bound + p.reservation[0] == pytest.approx(known.max(), abs=1e-5)
    assert met > 4


def test_thirds_and_sevenths_are_exact() -> None:
    """Utilities in thirds for one party and sevenths for the other: sums that are equal as fractions are one vector."""
    rng = np.random.default_rng(5)
    p = Problem(
        parties=("a", "b"),
        issues=tuple(Issue(name=f"i{k}", values=tuple(range(4))) for k in range(6)),
        utilities=tuple(Utility(tables=tuple(rng.integers(0, 9, 4) / parts for _ in range(6))) for parts in (3.0, 7.0)),
        reservation=np.array([2.0, 2.0]),
    )
    listed, summed = solve_listed(p), solve_summed(p)
    assert Sums(p, diagram(p)).exact
    assert listed.frontier_outcomes == summed.frontier_outcomes
    assert {n: s.tied for n, s in listed.solutions.items()} == {n: s.tied for n, s in summed.solutions.items()}


def test_more_ties_than_are_listed_are_counted_without_end() -> None:
    """30 issues on which all 7 options are alike: every one of 7^30 outcomes ties, the lowest first."""
    p = large(1, whole=True)
    p = replace(p, utilities=tuple(Utility(tables=tuple(np.full(7, 100.0) for _ in range(30))) for _ in range(2)))
    deals = solve_summed(p)
    assert deals.frontier_outcomes == deals.solutions["nash"].ties == 7**30
    assert deals.solutions["nash"].choice == (0,) * 30
    assert deals.solutions["nash"].tied[99] == (0,) * 27 + (2, 0, 1)
