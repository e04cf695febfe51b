"""Spaces solved without listing, against closed forms and against the same spaces listed."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from winset.models.bargaining.deals import solve_listed
from winset.models.bargaining.problem import Curve, Issue, Problem, Utility
from winset.models.bargaining.solve import solve
from winset.models.bargaining.unlisted import solve_unlisted


def pies(first: list[float], second: list[float], reservation: list[float]) -> Problem:
    """Issues divided 0..1, worth rising for the first party and falling for the second."""
    x = np.array([0.0, 1.0])
    return Problem(
        parties=("a", "b"),
        issues=tuple(Issue(name=f"pie {k}", kind="continuous", low=0.0, high=1.0) for k in range(len(first))),
        utilities=(
            Utility(tables=tuple(Curve(x=x, y=w * x) for w in first)),
            Utility(tables=tuple(Curve(x=x, y=w * (1 - x)) for w in second)),
        ),
        reservation=np.array(reservation),
    )


def test_opposite_priorities_trade() -> None:
    """Weights .8/.2 and .2/.8: each takes the pie it values more, by hand."""
    deals = solve(pies([0.8, 0.2], [0.2, 0.8], [0, 0]))
    assert deals.outcomes is None
    assert deals.zone is None
    assert deals.certificate["holds"]
    for name in ("nash", "kalai_smorodinsky", "egalitarian", "utilitarian"):
        assert deals.solutions[name].choice == pytest.approx((1, 0), abs=1e-6)
        assert deals.solutions[name].utilities == pytest.approx((0.8, 0.8), abs=1e-6)


def test_one_pie_with_a_reservation_value_is_split_over_it() -> None:
    """Nash of x and 1 - x with disagreement (0.5, 0): x = 0.75, by hand."""
    deals = solve(pies([1.0], [1.0], [0.5, 0]))
    assert deals.solutions["nash"].choice[0] == pytest.approx(0.75, abs=1e-3)  # flat at the top: error ~ root of gap
    assert deals.solutions["egalitarian"].choice[0] == pytest.approx(0.75, abs=1e-6)


def test_without_a_zone_the_nearest_deal_is_named() -> None:
    deals = solve(pies([1.0], [1.0], [0.9, 0.3]))
    assert not deals.solutions
    assert deals.no_zone is not None
    assert deals.no_zone["nearest"][0]["shortfall"] == pytest.approx([0.1, 0.1], abs=1e-6)
    assert deals.no_zone["beyond_reach"] == []


@st.composite
def tables(draw: st.DrawFn) -> Problem:
    n = draw(st.integers(2, 3))
    sizes = draw(st.lists(st.integers(1, 4), min_size=1, max_size=3))
    small = st.integers(0, 9)
    return Problem(
        parties=tuple(f"p{i}" for i in range(n)),
        issues=tuple(Issue(name=f"i{k}", values=tuple(range(s))) for k, s in enumerate(sizes)),
        utilities=tuple(
            Utility(tables=tuple(np.array([draw(small) for _ in range(s)], float) for s in sizes)) for _ in range(n)
        ),
        reservation=np.array([draw(st.integers(-3, 12)) for _ in range(n)], float),
    )


@settings(max_examples=25, deadline=None)
@given(tables())
def test_the_same_deals_as_by_listing(p: Problem) -> None:
    listed, unlisted = solve_listed(p), solve_unlisted(p)
    assert set(listed.solutions) == set(unlisted.solutions)
    assert unlisted.certificate["holds"]
    for name, one in listed.solutions.items():
        a = np.array(one.utilities) - p.reservation
        b = np.array(unlisted.solutions[name].utilities) - p.reservation
        if name == "nash" and a.min() > 0:
            assert b.prod() == pytest.approx(a.prod(), rel=2e-6)
        elif name == "utilitarian":
            assert b.sum() == pytest.approx(a.sum())
        else:
            assert unlisted.solutions[name].choice in one.tied or sorted(b) == pytest.approx(sorted(a))
