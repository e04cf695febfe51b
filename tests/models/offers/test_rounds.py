"""Last rounds with any number of parties, drawn proposers, risk of breakdown: one routine against another, by hand, laws."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from winset.errors import ModelError, NoBargainingZone
from winset.models.offers.alternating import finite, stationary, uncertain_deadline
from winset.models.offers.drawn import drawn
from winset.models.offers.frontier import Curve
from winset.models.offers.inputs import OffersQuestion
from winset.models.offers.legislature import closed_rule
from winset.models.offers.question import answer
from winset.models.offers.rounds import Waiting, by_quota, unanimous
from winset.models.offers.terms import Terms
from winset.models.offers.unanimity import at_random, in_turn

factor = st.floats(0.1, 0.97)
option = st.floats(0, 0.3)


@given(st.integers(1, 9), factor, factor, option, option, st.floats(0, 0.5), st.floats(0, 0.2))
def test_two_parties_are_the_two_sided_routine(
    horizon: int, a: float, b: float, v: float, w: float, risk: float, paid: float
) -> None:
    terms = Terms(discount=(a, b), outside=(v, w), breakdown=risk, payoffs=(paid, paid), inside=(0.1, 0.05))
    waits = [
        Waiting.of([a, b], outside=[v, w], breakdown=risk, payoffs=[paid, paid], inside=[0.1, 0.05])
        for _ in range(horizon)
    ]
    try:
        solved = finite(terms, horizon)
    except NoBargainingZone:
        return
    found = unanimous(waits)
    assert found.shares == pytest.approx(solved.payoffs, abs=1e-9)
    assert found.round == solved.round


@given(st.lists(st.tuples(factor, st.floats(0, 0.2)), min_size=2, max_size=4), st.booleans())
def test_a_far_last_round_is_none(rows: list[tuple[float, float]], random: bool) -> None:
    d, w = [r[0] for r in rows], [r[1] for r in rows]
    n = len(rows)
    fixed = np.full(n, 0.01)
    wait = Waiting(fixed=fixed, weight=np.array(d), outside=np.array(w))
    recognition = [1 / n] * n if random else None
    try:
        still = at_random(d, outside=w, fixed=fixed) if random else in_turn(d, outside=w, fixed=fixed)
    except NoBargainingZone:  # somebody would rather wait for the outside option than propose: nothing to compare
        return
    found = unanimous([wait] * 1500, recognition=recognition)
    assert found.shares == pytest.approx(still.shares, abs=1e-9)


@given(factor, factor, option, option, st.floats(0.05, 0.95), st.floats(0, 0.4))
def test_a_drawn_proposer_of_two_is_the_same_over_pie_and_frontier(
    a: float, b: float, v: float, w: float, chance: float, risk: float
) -> None:
    terms = Terms(discount=(a, b), outside=(v, w), breakdown=risk, payoffs=(0.1, 0.1))
    pie, line = drawn(terms, chance), drawn(terms, chance, Curve.of([[0.0, 1.0], [1.0, 0.0]]))
    assert line.payoffs == pytest.approx(pie.payoffs, abs=1e-9)
    wait = Waiting.of([a, b], outside=[v, w], breakdown=risk, payoffs=[0.1, 0.1])
    many = at_random(wait.weight, recognition=[chance, 1 - chance], outside=[v, w], fixed=wait.fixed)
    assert many.shares == pytest.approx(pie.payoffs, abs=1e-9)
    last = drawn(terms, chance, horizon=5)
    assert unanimous([wait] * 5, recognition=[chance, 1 - chance]).shares == pytest.approx(last.payoffs, abs=1e-9)


def test_by_hand() -> None:
    # one round: the proposer takes all; two rounds with three parties and factor 0.9: the second proposer would take
    # all, so it alone has to be given 0.9
    wait = Waiting.of([0.9, 0.9, 0.9])
    assert unanimous([wait]).shares.tolist() == [1, 0, 0]
    assert unanimous([wait, wait]).shares == pytest.approx([0.1, 0.9, 0])
    # drawn with equal chances, each expects a third: the others cost 0.3 each
    assert unanimous([wait, wait], recognition=[1 / 3] * 3).shares == pytest.approx([0.4, 0.3, 0.3])
    # by majority one of them suffices (Baron and Ferejohn 1989: the finite session)
    assert by_quota(3, [wait, wait], 2).shares == pytest.approx([0.7, 0.3, 0])


@given(st.integers(3, 7), factor, st.integers(1, 60))
def test_equal_members_divide_by_votes_as_without_a_last_round(n: int, d: float, rounds: int) -> None:
    # with equal members everybody expects 1/n before a round, whatever its number: the last but one is like all before
    found = by_quota(n, [Waiting.of([d] * n)] * (rounds + 1), n // 2 + 1)
    assert found.shares == pytest.approx(closed_rule(n, d).shares, abs=1e-9)
    assert found.expected == pytest.approx(np.full(n, 1 / n))


def test_an_uncertain_deadline_lies_between_its_ends() -> None:
    horizon, hazards = uncertain_deadline([1, 3], [0.5, 0.5])
    wait = [Waiting.of([0.9] * 3, breakdown=float(h)) for h in hazards]
    first = unanimous(wait).shares[0]
    early, late = unanimous([Waiting.of([0.9] * 3)]).shares[0], unanimous([Waiting.of([0.9] * 3)] * 3).shares[0]
    assert min(early, late) <= first <= max(early, late)
    assert horizon == 3


@pytest.mark.parametrize(
    "fields",
    [
        {"discounts": (0.9, 0.8, 0.7), "horizon": 4},
        {"discounts": (0.9, 0.8, 0.7), "deadline": ((2, 0.5), (4, 0.5)), "random": True},
        {"breakdown": 0.1, "payoffs": (0.1, 0.1, 0.2)},
        {"discounts": (0.9,), "rule": "majority", "horizon": 3},
        {"discounts": (0.9, 0.9, 0.9), "inside": (0.1, 0.1, 0.1)},
    ],
)
def test_questions_of_three(fields: dict) -> None:  # type: ignore[type-arg]
    found = answer(OffersQuestion(parties=("a", "b", "c"), **fields))
    assert found.shares is not None
    assert sum(found.shares) == pytest.approx(1)
    assert min(found.shares) >= 0


def test_two_with_a_drawn_proposer_may_have_a_frontier_and_a_last_round() -> None:
    x = np.linspace(0, 1, 101)
    q = OffersQuestion(
        parties=("a", "b"), discounts=(0.9, 0.9), random=True, horizon=4, utilities=np.c_[x, np.sqrt(1 - x)]
    )
    found = answer(q)
    assert found.shares is not None
    assert found.details["expected"][0] < found.shares[0]
    even = answer(OffersQuestion(parties=("a", "b"), discounts=(0.9, 0.9), random=True))
    assert even.details["expected"] == pytest.approx([0.5, 0.5])
    assert stationary(Terms(discount=(0.9, 0.9))).payoffs[0] < (even.shares or (0,))[0]


def test_refusals() -> None:
    with pytest.raises(ModelError, match=r"0\.\.1"):
        drawn(Terms(discount=(0.9, 0.9)), 1.5)
    with pytest.raises(ModelError, match="nobody loses"):
        drawn(Terms(), 0.5)
    with pytest.raises(NoBargainingZone):
        unanimous([Waiting.of([0.9] * 3, outside=[0.5] * 3)] * 2)
    with pytest.raises(ModelError, match="two sides"):
        answer(OffersQuestion(parties=("a", "b", "c"), discounts=(0.9,), utilities=np.eye(2)))
