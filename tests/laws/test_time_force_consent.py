"""Laws of time, force and consent, for any inputs in their range."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from winset.models.crisis.guarantee import holding
from winset.models.crisis.information import private_cost
from winset.models.crisis.ranges import bargaining_range
from winset.models.crisis.trust import kept_share, survival
from winset.models.offers.alternating import short_period_limit, stationary
from winset.models.offers.frontier import Curve
from winset.models.offers.terms import Terms
from winset.models.ratification.chambers import Chamber
from winset.models.ratification.chances import passes

unit = st.floats(0, 1)
factor = st.floats(0.05, 0.98)
option = st.floats(0, 0.45)
ENDS = np.linspace(0, 1, 401)


@st.composite
def convex_frontiers(draw: st.DrawFn) -> Curve:
    """First side's share x, the second's (1 - x^a)^(1 / b): concave for a >= 1, b >= 1."""
    a, b = draw(st.floats(1, 4)), draw(st.floats(1, 4))
    return Curve.of(np.c_[ENDS, (1 - ENDS**a) ** (1 / b)])


@given(convex_frontiers(), factor, factor, option, option, unit, st.floats(0, 0.05))
def test_patience_and_a_way_out_never_hurt_on_any_convex_frontier(
    curve: Curve, a: float, b: float, v: float, w: float, more: float, better: float
) -> None:
    base = stationary(Terms(discount=(a, b), outside=(v, w)), curve).payoffs
    calmer = stationary(Terms(discount=(a + more * (0.99 - a), b), outside=(v, w)), curve).payoffs
    freer = stationary(Terms(discount=(a, b), outside=(v + better, w)), curve).payoffs
    assert calmer[0] >= base[0] - 1e-9
    assert freer[0] >= base[0] - 1e-9


@given(st.floats(0.05, 1), st.floats(0.05, 1), st.floats(0, 0.3), st.floats(0, 0.3), option, option)
def test_frequent_offers_go_to_the_asymmetric_nash_division_with_ways_out_as_bounds(
    r: float, s: float, i: float, j: float, v: float, w: float
) -> None:
    step = 1e-6
    terms = Terms(discount=(float(np.exp(-r * step)), float(np.exp(-s * step))), inside=(i, j), outside=(v, w))
    limit = short_period_limit(terms)
    assert limit is not None
    assert stationary(terms).payoffs == pytest.approx(limit, abs=1e-5)


@given(unit, unit, unit, st.floats(0.3, 3), st.floats(0.3, 3), st.floats(0, 0.5))
def test_a_dearer_war_never_narrows_the_range_whatever_the_attitude_to_risk(
    p: float, a: float, b: float, first: float, second: float, more: float
) -> None:
    narrow = bargaining_range(p, (a, b), risk=(first, second)).range
    wide = bargaining_range(p, (a + more, b + more), risk=(first, second)).range
    if narrow is not None:
        assert wide is not None
        assert wide[0] <= narrow[0] + 1e-12
        assert wide[1] >= narrow[1] - 1e-12


@given(unit, unit, st.floats(0.05, 1), st.floats(0, 0.9))
def test_who_fears_war_more_demands_less_and_risks_less(p: float, own: float, highest: float, more: float) -> None:
    bold, timid = private_cost(p, own, highest), private_cost(p, own + more, highest)
    assert timid.offer <= bold.offer + 1e-12
    assert timid.war_probability <= bold.war_probability + 1e-12


@given(unit, st.floats(0, 0.95), st.lists(unit, min_size=1, max_size=5), unit, unit, st.floats(0, 30), st.floats(0, 9))
def test_a_stronger_guarantee_never_undoes_a_deal(
    deal: float, d: float, path: list[float], a: float, b: float, penalty: float, more: float
) -> None:
    weak = holding(deal, d, tuple(path), (a, b), penalty=penalty)
    strong = holding(deal, d, tuple(path), (a, b), penalty=penalty + more)
    assert strong.sufficient or not weak.sufficient
    assert weak.needed == strong.needed
    if weak.needed is not None:
        assert holding(deal, d, tuple(path), (a, b), penalty=weak.needed + 1e-9).sufficient


@given(st.lists(st.tuples(st.floats(0, 20), st.booleans()), min_size=1, max_size=25), st.floats(0, 20), st.floats(0, 5))
def test_trust_falls_with_time_and_lies_in_its_interval(
    rows: list[tuple[float, bool]], at: float, later: float
) -> None:
    found = survival([t for t, _ in rows], [e for _, e in rows])
    now, (low, high) = found.at(at)
    assert found.at(at + later)[0] <= now + 1e-12
    assert low - 1e-12 <= now <= high + 1e-12


@given(st.integers(0, 30), st.integers(0, 30))
def test_another_kept_deal_never_lowers_trust(kept: int, broken: int) -> None:
    assert kept_share(kept + 1, broken)[0] > kept_share(kept, broken)[0]


@given(st.lists(st.tuples(unit, st.integers(1, 4)), min_size=1, max_size=6), st.integers(0, 5), unit)
def test_a_likelier_consent_never_lowers_the_chance_of_ratification(
    rows: list[tuple[float, int]], which: int, more: float
) -> None:
    chamber = Chamber(
        name="h", kind="majority", members=tuple(range(len(rows))), weights=tuple(float(w) for _, w in rows)
    )
    chance = np.array([[p] for p, _ in rows])
    better = chance.copy()
    i = which % len(rows)
    better[i] += more * (1 - better[i])
    assert passes(better, (chamber,))[0] >= passes(chance, (chamber,))[0] - 1e-12
