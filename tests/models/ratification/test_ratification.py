"""Consent at home: counting against plain draws and plain enumeration, Schelling on a line, payments, refusals."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from winset.models.ratification.chambers import Chamber, ratified
from winset.models.ratification.chances import consents, passes
from winset.models.ratification.hands import cheapest, home
from winset.models.ratification.problem import Outsiders, RatificationInputs, chances, ratification


@given(st.integers(0, 2**32), st.integers(1, 4), st.booleans())
def test_counted_consents_are_the_plain_count(seed: int, issues: int, whole: bool) -> None:
    rng = np.random.default_rng(seed)
    deals = rng.integers(0, 5, (30, issues)).astype(float)
    position = rng.integers(0, 5, (40, issues)).astype(float) if whole else rng.uniform(0, 4, (40, issues))
    weight = rng.dirichlet(np.ones(issues))
    span = np.full(issues, 4.0)
    least = rng.choice([0.25, 0.5, 0.75, 1.0, 1.1], 40)
    worth = 1 - (np.abs(deals[:, None, :] - position) / span * weight).sum(axis=2)
    plain = (worth >= least - 0.5e-9).mean(axis=1)
    assert consents(deals, position, weight, span, least) == pytest.approx(plain, abs=1e-12)


@given(st.lists(st.tuples(st.floats(0, 1), st.integers(1, 5)), min_size=1, max_size=6), st.data())
def test_votes_add_up_as_over_every_combination(rows: list[tuple[float, int]], data: st.DataObject) -> None:
    weights = tuple(float(w) for _, w in rows)
    quota = data.draw(st.one_of(st.none(), st.floats(0.1, 1.0), st.floats(1.01, sum(weights) + 1)))
    kind = "supermajority" if quota is not None else "majority"
    chamber = Chamber(name="h", kind=kind, members=tuple(range(len(rows))), weights=weights, quota=quota)
    total = 0.0
    for votes in itertools.product((False, True), repeat=len(rows)):
        if ratified(np.array([votes]), (chamber,))[0]:
            total += float(np.prod([p if v else 1 - p for v, (p, _) in zip(votes, rows, strict=True)]))
    found = passes(np.array([[p] for p, _ in rows]), (chamber,))
    assert found[0] == pytest.approx(total, abs=1e-12)


def line(ratifiers: dict[str, tuple[str, float]], **changes: object) -> RatificationInputs:
    """Home wants 0, foreign wants 10, the status quo is 14 on a line from 0 to 30; ratifiers by name, party, ideal."""
    n = len(ratifiers)
    ideal = np.array([[at] for _, at in ratifiers.values()]).reshape(n, 1)
    fields = {
        "parties": ("home", "foreign"), "ratifiers": tuple(ratifiers), "issues": ("x",),
        "deals": np.linspace(0, 30, 301)[:, None], "line": (0.0, 30.0), "span": np.array([30.0]),
        "position": np.array([[0.0], [10.0]]), "salience": np.ones((2, 1)),
        "reserve": 1 - np.array([14.0, 4.0]) / 30, "low": ideal, "likely": ideal, "high": ideal,
        "weight": np.ones((n, 1)), "floor": np.zeros((n, 3)), "from_quo": np.ones(n, bool), "quo": np.array([14.0]),
        "chambers": tuple(
            Chamber(name=name, kind="leader", members=(i,), weights=(1.0,)) for i, name in enumerate(ratifiers)
        ),
        "home": tuple(party for party, _ in ratifiers.values()),
    } | changes  # fmt: skip
    return RatificationInputs(**fields)  # type: ignore[arg-type]


def test_a_foreign_hand_that_is_tied_wins_at_the_table() -> None:
    # without ratifiers both gain 4 at x = 10; a ratifier of the foreign side at 13 only accepts 12 to 14, which
    # costs both: a hand tied in the wrong direction. One of the home side at 8 accepts 2 to 14 and changes nothing.
    found = home(line({"house": ("foreign", 13.0)}), draws=1, rng=np.random.default_rng(1))
    assert found.hands[0].gain == pytest.approx(-2)
    assert found.without[0].agreement == pytest.approx((10,))
    assert home(line({"h": ("home", 8.0)}), draws=1, rng=np.random.default_rng(1)).hands[0].gain == pytest.approx(0)
    # now the sides pull apart: 0 and 10, no deal worth nothing to either; a ratifier of the first at 0 who needs
    # x <= 3 moves the deal from the middle of the product's flat stretch to its own side
    apart = line({"house": ("home", 0.0)}, reserve=np.array([0.5, 0.5]), from_quo=np.array([False]),
                 floor=np.full((1, 3), 0.9))  # fmt: skip
    found = home(apart, draws=1, rng=np.random.default_rng(1))
    assert found.hands[0].gain == pytest.approx(2)  # from x = 5 to x = 3
    assert found.hands[0].narrower is not None
    assert found.hands[0].narrower[0] == pytest.approx(1.5)  # and to x = 1.5


def test_side_payments_buy_the_cheapest_majority() -> None:
    chamber = Chamber(name="h", kind="majority", members=(0, 1, 2, 3), weights=(3.0, 2.0, 2.0, 1.0))
    yes = np.array([False, False, False, True])
    assert cheapest(chamber, yes, np.array([0.5, 0.2, 0.2, 0.0])) == (1, 2)
    assert cheapest(chamber, yes, np.array([0.3, 0.2, 0.2, 0.0])) == (1, 2)  # 3 + 1 is no more than half of 8
    many = Chamber(name="m", kind="majority", members=tuple(range(21)), weights=(1.0,) * 21)
    assert cheapest(many, np.zeros(21, bool), np.linspace(0.1, 0.3, 21)) == tuple(range(11))


def test_what_the_table_would_choose_is_paid_for() -> None:
    found = home(line({"house": ("home", 13.0)}), draws=1, rng=np.random.default_rng(1))
    assert found.payments is not None
    assert [(one.ratifier, one.amount) for one in found.payments] == [("house", pytest.approx(2 / 30))]
    assert home(line({"house": ("home", 9.0)}), draws=1, rng=np.random.default_rng(1)).payments is None


def test_those_who_sign_nothing_are_told_apart_by_what_they_lose() -> None:
    left = Outsiders(parties=("glad", "sorry"), position=np.array([[10.0], [14.0]]), salience=np.ones((2, 1)),
                     reserve=np.array([0.5, 1.0]))  # fmt: skip
    found = home(line({}, outsiders=left), draws=1, rng=np.random.default_rng(1)).outsiders
    assert [one.loss for one in found] == pytest.approx([0, 4 / 30])
    assert found[1].share > found[0].share
    # the second would lose by every point but its own, which lies between two points of the grid
    assert all(low <= high and not low <= 14.0 <= high for low, high in found[1].stretches)
    assert len(found[1].rows) == round(found[1].share * len(line({}).deals))


def test_uncertain_ratifiers_pass_as_often_as_they_should() -> None:
    # the ratifier's ideal is uniform on 10 to 14 and the status quo 14: it consents to 12 where its ideal is below 13
    x = line({"house": ("home", 12.0)}, low=np.array([[10.0]]), likely=np.array([[np.nan]]), high=np.array([[14.0]]))
    found = chances(x, np.array([[12.0]]), 100_000, np.random.default_rng(1))
    assert found[0] == pytest.approx(0.75, abs=0.01)


def test_more_draws_of_a_sure_thing_change_nothing() -> None:
    x = line({"house": ("home", 12.0), "senate": ("foreign", 11.0)})
    few, many = (ratification(x, draws=n, rng=np.random.default_rng(1)) for n in (1, 500))
    assert few.agreement == many.agreement
    assert few.by_deal == pytest.approx(many.by_deal)
    assert few.interval == (1.0, 1.0)
