"""Spaces solved without listing, against closed forms and against the same spaces listed."""

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from winset.errors import TooLarge
from winset.models.bargaining.deals import solve_listed
from winset.models.bargaining.problem import Box, Curve, Extreme, Interaction, Issue, Problem, Utility
from winset.models.bargaining.programme import Programme
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


def test_a_reservation_value_far_beyond_every_deal_is_said_to_be_out_of_reach() -> None:
    deals = solve(pies([0.8, 0.2], [0.2, 0.8], [1e20, 0]))
    assert deals.no_zone is not None
    assert deals.no_zone["proven"]
    assert deals.no_zone["beyond_reach"] == ["a"]


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
    assert deals.solutions["nash"].choice[0] == pytest.approx(0.75, abs=1e-9)
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


@st.composite
def tangled(draw: st.DrawFn) -> Problem:
    """Tables over two issues, boxes, the largest or smallest of boxes, a largest total, forbidden combinations."""
    p = draw(tables())
    sizes = p.shape
    places = lambda k: tuple(sorted(draw(st.sets(st.integers(0, sizes[k] - 1), min_size=1))))  # noqa: E731  # short
    box = lambda: Box(  # noqa: E731  # short
        places={k: places(k) for k in range(len(sizes)) if draw(st.booleans())}, worth=draw(st.integers(-6, 9))
    )
    utilities = []
    for u in p.utilities:
        tied = ()
        if len(sizes) > 1 and draw(st.booleans()):
            shape = (sizes[0], sizes[-1])
            numbers = [draw(st.integers(-5, 9)) for _ in range(shape[0] * shape[1])]
            tied = (Interaction(issues=(0, len(sizes) - 1), table=np.array(numbers, float).reshape(shape)),)
        groups = ()
        if draw(st.booleans()):
            how = draw(st.sampled_from(["max", "min"]))
            groups = (Extreme(how=how, boxes=tuple(box() for _ in range(draw(st.integers(1, 3))))),)
        utilities.append(
            Utility(
                tables=u.tables, constant=draw(st.integers(-2, 2)), interactions=tied, extremes=groups,
                boxes=tuple(box() for _ in range(draw(st.integers(0, 2)))),
                most=draw(st.sampled_from([np.inf, 6.0, 11.0])),
            )
        )  # fmt: skip
    ruled_out = ()
    if len(sizes) > 1 and draw(st.booleans()):
        ruled_out = ({0: (0,), len(sizes) - 1: (sizes[-1] - 1,)},)
    allowed = np.prod(sizes) > 1
    return Problem(
        parties=p.parties, issues=p.issues, utilities=tuple(utilities), reservation=p.reservation,
        forbidden=ruled_out if allowed else (),
    )  # fmt: skip


@settings(max_examples=20, deadline=None)
@given(tangled())
def test_what_counts_together_is_solved_as_by_listing(p: Problem) -> None:
    listed, unlisted = solve_listed(p), solve_unlisted(p)
    assert set(listed.solutions) == set(unlisted.solutions)
    assert unlisted.certificate["holds"]
    if len(p.parties) == 2 and unlisted.certificate["frontier_complete"]:
        assert unlisted.frontier.tolist() == listed.frontier.tolist()
    for name, one in listed.solutions.items():
        a = np.array(one.utilities) - p.reservation
        b = np.array(unlisted.solutions[name].utilities) - p.reservation
        assert p.allows(unlisted.solutions[name].choice)
        assert (b >= 0).all()
        if name == "nash" and a.min() > 0:
            assert b.prod() == pytest.approx(a.prod(), rel=2e-6)
        elif name == "utilitarian":
            assert b.sum() == pytest.approx(a.sum())
        else:
            assert unlisted.solutions[name].choice in one.tied or sorted(b) == pytest.approx(sorted(a))


@settings(max_examples=8, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20), st.integers(-9, 9)), min_size=1, max_size=3), st.data()
)
def test_boxes_over_a_real_issue_count_as_over_its_points(
    ends: list[tuple[int, int, int]], data: st.DataObject
) -> None:
    """Straight worth and boxes with whole ends: the best is at a whole point or beside one, so listing finds it."""
    slopes = [data.draw(st.integers(-3, 3)) for _ in range(2)]
    boxes = tuple(Box(places={}, ranges={0: (min(a, b), max(a, b))}, worth=w) for a, b, w in ends)
    x = np.array([0.0, 20.0])
    p = Problem(
        parties=("a", "b"), issues=(Issue(name="i", kind="continuous", low=0, high=20),),
        utilities=tuple(
            Utility(tables=(Curve(x=x, y=s * x),), boxes=own) for s, own in zip(slopes, (boxes, ()), strict=True)
        ),
        reservation=np.array([-1000.0, -1000.0]),
    )  # fmt: skip
    deals = solve_unlisted(p)
    near = [at + d for at in range(21) for d in (-1e-9, 0, 1e-9) if 0 <= at + d <= 20]
    most = max(sum(p.worth((at,))) for at in near)
    assert sum(deals.solutions["utilitarian"].utilities) == pytest.approx(most, abs=1e-5)
    assert deals.certificate["in_zone"]
    assert deals.certificate["utilitarian"]


def test_a_reservation_value_is_met_exactly_and_not_within_the_solvers_tolerance() -> None:
    """Thirty issues; the reservation value is a hair above what many deals give the second party."""
    rng = np.random.default_rng(5)
    n = 14
    p = Problem(
        parties=("a", "b"), issues=tuple(Issue(name=f"i{k}", values=("no", "yes")) for k in range(n)),
        utilities=(
            Utility(tables=tuple(np.array([0.0, x]) for x in rng.random(n))),
            Utility(tables=tuple(np.array([1.0, 0.0]) for _ in range(n))),
        ),
        reservation=np.array([0.0, 6.0 + 2e-8]),
    )  # fmt: skip
    listed, unlisted = solve_listed(p), solve_unlisted(p)
    assert unlisted.certificate["in_zone"]
    assert unlisted.solutions["utilitarian"].utilities == pytest.approx(listed.solutions["utilitarian"].utilities)
    assert unlisted.solutions["utilitarian"].utilities[1] >= 7


def test_close_frontier_vectors_of_whole_multiples_are_told_apart() -> None:
    """Hundredths beside thousands: 30,000 times smaller than the largest, but multiples of a unit."""
    p = Problem(
        parties=("a", "b"), issues=(Issue(name="large", values=(0, 1)), Issue(name="small", values=tuple(range(4)))),
        utilities=(
            Utility(tables=(np.array([0.0, 300.0]), np.array([0.0, 0.01, 0.02, 0.03]))),
            Utility(tables=(np.array([300.0, 0.0]), np.array([0.03, 0.02, 0.01, 0.0]))),
        ),
        reservation=np.zeros(2),
    )  # fmt: skip
    found = solve_unlisted(p)
    assert found.certificate["frontier_step"] == pytest.approx(0.005)
    assert len(found.frontier) == len(solve_listed(p).frontier) == 8


def test_out_of_time_the_best_deals_found_stand_with_their_gaps(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the solver never found a deal: deals come from climbing, bounds from each issue at its best."""

    def nothing(*_: object, **__: object) -> None:
        raise TooLarge("no deal found in time")

    rng = np.random.default_rng(2)
    p = Problem(
        parties=("a", "b", "c"), issues=tuple(Issue(name=f"i{k}", values=tuple(range(5))) for k in range(6)),
        utilities=tuple(Utility(tables=tuple(rng.random(5) for _ in range(6))) for _ in range(3)),
        reservation=np.full(3, 2.0),
    )  # fmt: skip
    want = solve_listed(p)
    monkeypatch.setattr(Programme, "best", nothing)
    found = solve_unlisted(p)
    assert set(found.solutions) == set(want.solutions)
    assert found.certificate["in_zone"]
    for name, gap in found.certificate["gap"].items():
        assert gap >= 0
        assert found.certificate[name] == (gap <= 1e-6)
    assert sum(found.solutions["utilitarian"].utilities) == pytest.approx(
        sum(want.solutions["utilitarian"].utilities), rel=0.05
    )
    high = Problem(parties=p.parties, issues=p.issues, utilities=p.utilities, reservation=np.full(3, 5.9))
    told = solve_unlisted(high).no_zone
    assert told is not None
    assert told["proven"]  # each issue at its best is less
    high = Problem(parties=p.parties, issues=p.issues, utilities=p.utilities, reservation=np.full(3, 4.5))
    told = solve_unlisted(high).no_zone
    assert told is not None
    assert not told["proven"]


def test_a_frontier_that_takes_too_long_is_given_in_part_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(2)
    p = Problem(
        parties=tuple("abcdef"), issues=tuple(Issue(name=f"i{k}", values=tuple(range(6))) for k in range(4)),
        utilities=tuple(Utility(tables=tuple(rng.random(6) for _ in range(4))) for _ in range(6)),
        reservation=np.zeros(6),
    )  # fmt: skip
    whole = solve(p)
    now = iter(range(10_000))
    monkeypatch.setattr("winset.models.bargaining.frontier.time.process_time", lambda: 10.0 * next(now))
    part = solve(p)
    monkeypatch.undo()
    assert part.frontier_outcomes is None
    assert part.certificate["frontier_complete"] is None
    assert part.certificate["holds"]
    assert {tuple(v) for v in part.frontier.tolist()} < {tuple(v) for v in whole.frontier.tolist()}
    for name, one in whole.solutions.items():
        assert part.solutions[name].tied == one.tied
        assert part.solutions[name].ties == one.ties


def test_an_issue_of_many_options_is_solved_by_those_worth_having() -> None:
    """Two issues of 2,000 options: the same deals as by listing all four million."""
    rng = np.random.default_rng(4)
    p = Problem(
        parties=("a", "b", "c"), issues=tuple(Issue(name=f"i{k}", values=tuple(range(2_000))) for k in range(2)),
        utilities=tuple(Utility(tables=tuple(rng.random(2_000) for _ in range(2))) for _ in range(3)),
        reservation=np.zeros(3),
    )  # fmt: skip
    start = time.process_time()
    listed, found = solve_listed(p), solve_unlisted(p)
    assert time.process_time() - start < 60
    assert found.certificate["holds"]
    assert found.outcomes == 4_000_000
    for name in ("utilitarian", "egalitarian", "kalai_smorodinsky"):
        assert found.solutions[name].choice in listed.solutions[name].tied
    assert p.worth(found.solutions["nash"].choice) == list(found.solutions["nash"].utilities)
