"""Another signature: by hand on a line, and what holds of any."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.models.ratification.test_ratification import line

from winset.models.ratification.problem import Outsiders, settled
from winset.models.ratification.signing import signings


def rng() -> np.random.Generator:
    return np.random.default_rng(1)


def test_who_signs_by_hand() -> None:
    # home wants 0, foreign 10, the house of home 13 and the third party 6; no deal leaves 14. The house takes 12 to 14,
    # so that today's deal is 12
    left = Outsiders(
        parties=("third",), position=np.array([[6.0]]), salience=np.ones((1, 1)), reserve=np.array([1 - 8 / 30])
    )
    x = line({"house": ("home", 13.0)}, outsiders=left)
    assert settled(x) == pytest.approx([12])
    found = {(one.of, one.by): one for one in signings(x, draws=1, rng=rng())}
    assert set(found) == {("home", "house"), ("home", "third"), ("foreign", "third")}
    # the house gains 1 - |x - 13|, foreign 4 - |x - 10|: their product is (x - 12)(14 - x) up to 13 and falls beyond
    house = found["home", "house"]
    assert house.agreement == pytest.approx((13,))
    assert house.gains == pytest.approx({"home": 1, "foreign": 1})
    # the third party asks nobody: (8 - |x - 6|)(4 - |x - 10|) is largest at 10
    third = found["home", "third"]
    assert third.agreement == pytest.approx((10,))
    assert third.gains == pytest.approx({"home": 4, "foreign": 4, "third": 4})
    # in the place of foreign the house is still asked
    assert found["foreign", "third"].agreement == pytest.approx((12,))
    assert found["foreign", "third"].probability == 1


@given(st.lists(st.integers(0, 30), min_size=1, max_size=3), st.integers(0, 30))
def test_who_wants_what_the_party_wants_changes_nothing_but_who_is_asked(houses: list[int], apart: int) -> None:
    left = Outsiders(
        parties=("twin",), position=np.array([[10.0]]), salience=np.ones((1, 1)), reserve=np.array([1 - 4 / 30])
    )
    x = line({f"h{i}": ("home", float(at)) for i, at in enumerate(houses)} | {"own": ("home", 0.0)}, outsiders=left)
    found = {(one.of, one.by): one for one in signings(x, draws=1, rng=rng())}
    now = settled(x)
    for same in (found["home", "own"], found["foreign", "twin"]):
        assert (same.agreement is None) == (now is None)
        if now is not None:
            assert same.agreement == pytest.approx(tuple(now), abs=1e-9)
    free = found["home", "twin"]  # of home's houses none is asked any more
    assert free.agreement == pytest.approx((10,))


def test_of_three_signatures_one_can_be_done_without() -> None:
    x = line({}, parties=("home", "foreign", "third"), position=np.array([[0.0], [10.0], [20.0]]), salience=np.ones((3, 1)),
             reserve=1 - np.array([14.0, 4.0, 6.0]) / 30)  # fmt: skip
    assert settled(x) == pytest.approx([14])  # the third would go up, the first down: nothing gains for both
    found = {one.of: one for one in signings(x, draws=1, rng=rng())}
    assert found["third"].agreement == pytest.approx((10,))
    assert found["third"].gains is not None
    assert found["third"].gains["third"] == pytest.approx(-4)
    assert {one.by for one in found.values()} == {None}
