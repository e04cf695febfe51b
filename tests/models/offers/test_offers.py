"""Alternating offers: hand calculations, one routine against another, laws, refusals."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from winset.errors import ModelError, NoBargainingZone
from winset.models.offers.alternating import finite, short_period_limit, stationary, uncertain_deadline
from winset.models.offers.frontier import Curve, Deals
from winset.models.offers.legislature import closed_rule, open_rule
from winset.models.offers.terms import Terms
from winset.models.offers.unanimity import at_random, in_turn

factor = st.floats(0.05, 0.98)
option = st.floats(0, 0.45)


@given(factor, factor, option, option)
def test_a_far_last_round_leads_to_the_stationary_shares(a: float, b: float, v: float, w: float) -> None:
    terms = Terms(discount=(a, b), outside=(v, w))
    assert finite(terms, 1500).payoffs == pytest.approx(stationary(terms).payoffs, abs=1e-9)


@given(factor, factor, option, option)
def test_the_pie_and_its_line_of_deals_agree(a: float, b: float, v: float, w: float) -> None:
    terms = Terms(discount=(a, b), outside=(v, w), inside=(0.1, 0.2))
    line = Curve.of([[0.0, 1.0], [1.0, 0.0]])
    assert stationary(terms, line).payoffs == pytest.approx(stationary(terms).payoffs, abs=1e-9)
    assert in_turn([a, b], outside=[v, w]).shares == pytest.approx(
        stationary(Terms(discount=(a, b), outside=(v, w))).payoffs, abs=1e-9
    )


@given(factor, factor, option, option, st.floats(0, 0.9), st.floats(0, 0.09))
def test_patience_and_a_better_way_out_never_hurt(
    a: float, b: float, v: float, w: float, more: float, better: float
) -> None:
    base = stationary(Terms(discount=(a, b), outside=(v, w))).payoffs[0]
    assert stationary(Terms(discount=(a + more * (1 - a), b), outside=(v, w))).payoffs[0] >= base - 1e-12
    assert stationary(Terms(discount=(a, b), outside=(v + better, w))).payoffs[0] >= base - 1e-12


@given(st.floats(0.01, 1), st.floats(0.01, 1))
def test_frequent_offers_lead_to_the_asymmetric_nash_deal(r: float, s: float) -> None:
    x = np.linspace(0, 1, 4001)
    curve = Curve.of(np.c_[x, np.sqrt(1 - x)])
    terms = Terms(discount=(float(np.exp(-r * 1e-5)), float(np.exp(-s * 1e-5))))
    nash = x[
        np.argmax(np.where(x > 0, x, 0) ** (1 / r / (1 / r + 1 / s)) * np.sqrt(1 - x) ** (1 / s / (1 / r + 1 / s)))
    ]
    assert stationary(terms, curve).payoffs[0] == pytest.approx(nash, abs=2e-3)
    limit = short_period_limit(terms)
    assert limit is not None
    assert limit[0] == pytest.approx(s / (r + s), abs=1e-9)


def test_deals_with_gaps_say_that_there_are_several_equilibria() -> None:
    found = stationary(Terms(discount=(0.99, 0.99)), Deals.of([[0, 1], [0.5, 0.5], [1, 0]]))
    assert not found.unique
    assert found.worst == (0, 0)
    assert found.best == (1, 1)


@given(st.lists(st.tuples(factor, st.integers(1, 9)), min_size=3, max_size=7), st.data())
def test_a_legislature_is_in_equilibrium(rows: list[tuple[float, int]], data: st.DataObject) -> None:
    d = np.array([row[0] for row in rows])
    r = np.array([row[1] for row in rows], dtype=float)
    r /= r.sum()
    n = len(d)
    q = data.draw(st.integers(2, n))
    found = closed_rule(n, d, quota=q, recognition=r)
    # Everybody's expectation is what proposing brings plus being bought: the chances implied must be possible.
    chance = np.divide(found.expected - r * found.proposer, found.price)
    assert (chance >= -1e-9).all()
    assert (chance <= 1 - r + 1e-9).all()
    assert chance.sum() == pytest.approx(q - 1, abs=1e-8)
    assert found.expected.sum() == pytest.approx(1, abs=1e-9)


def test_unanimity_by_quota_is_unanimity_at_random() -> None:
    d, r = [0.9, 0.8, 0.7, 0.95], [0.1, 0.2, 0.3, 0.4]
    by_vote = closed_rule(4, d, quota=4, recognition=r)
    assert by_vote.expected == pytest.approx(at_random(d, recognition=r).expected, abs=1e-12)


def test_the_open_rule_of_three_buys_one_above_root_three_less_one() -> None:
    # Baron and Ferejohn 1989: with three members the proposer satisfies both others below sqrt(3) - 1, one above
    below, above = (open_rule(3, np.sqrt(3) - 1 + step)[0] for step in (-1e-6, 1e-6))
    assert (below.partners, above.partners) == (2, 1)
    assert open_rule(3, 1.0)[0].shares == pytest.approx([0.6, 0.4, 0])


def test_a_certain_deadline_is_a_last_round() -> None:
    horizon, hazards = uncertain_deadline([4], [1.0])
    terms = Terms(discount=(0.9, 0.9))
    assert finite(terms, horizon, hazards=hazards).payoffs == pytest.approx(finite(terms, 4).payoffs)


def test_what_cannot_be_answered_is_said() -> None:
    with pytest.raises(ModelError, match="nobody loses by waiting"):
        stationary(Terms(discount=(1, 1)))
    with pytest.raises(ModelError, match=r"0\.\.1"):
        Terms(discount=(1.5, 0.5))
    with pytest.raises(NoBargainingZone):
        stationary(Terms(discount=(0.9, 0.9), outside=(0.6, 0.6)))
