"""The axioms that each solution satisfies over lotteries of deals, and, by example, those that it does not."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from winset.models.bargaining.deals import solve_listed
from winset.models.bargaining.lotteries import Hull, hull_solutions
from winset.models.bargaining.problem import Issue, Problem, Utility

small = st.integers(0, 12)
deals = st.lists(st.tuples(small, small), min_size=2, max_size=8, unique=True)
RULES = ("nash", "kalai_smorodinsky", "egalitarian", "raiffa")


def gains(found: Hull, rule: str) -> np.ndarray:
    return np.array(getattr(found, rule).utilities)


def solved(vectors: object, d: tuple[float, float] = (0.0, 0.0)) -> Hull:
    return hull_solutions(np.array(vectors, float), d)


def everyone_can_gain(vectors: list[tuple[int, int]]) -> bool:
    return any(a > 0 and b > 0 for a, b in vectors)


@given(deals)
def test_no_lottery_is_better_for_both(vectors: list[tuple[int, int]]) -> None:
    """Of Nash and Raiffa; the others are weakly so: nothing is better for both at once."""
    assume(everyone_can_gain(vectors))
    found, points = solved(vectors), np.array(vectors, float)
    for rule in RULES:
        here = gains(found, rule)
        for a in points:
            for b in points:
                for share in np.linspace(0, 1, 11):
                    assert not (share * a + (1 - share) * b > here + 1e-6).all()


@given(deals, st.integers(1, 9), st.integers(1, 9), st.integers(-5, 5), st.integers(-5, 5))
def test_units_and_zeros_do_not_matter_to_nash_kalai_smorodinsky_and_raiffa(
    vectors: list[tuple[int, int]], p: int, q: int, a: int, b: int
) -> None:
    assume(everyone_can_gain(vectors))
    plain, turned = solved(vectors), solved(np.array(vectors) * [p, q] + [a, b], (a, b))
    for rule in ("nash", "kalai_smorodinsky", "raiffa"):
        assert gains(turned, rule) == pytest.approx(gains(plain, rule) * [p, q] + [a, b], abs=1e-6)


def test_units_matter_to_egalitarian_and_utilitarian() -> None:
    plain, turned = solved([(0, 1), (1, 0)]), solved([(0, 1), (3, 0)])
    assert gains(plain, "egalitarian") == pytest.approx([0.5, 0.5])
    assert gains(turned, "egalitarian") == pytest.approx([0.75, 0.75])  # and not (1.5, 0.5)

    def utilitarian(tables: list[list[float]]) -> float:
        p = Problem(
            parties=("a", "b"), issues=(Issue(name="i", values=("x", "y")),),
            utilities=tuple(Utility(tables=(np.array(t, float),)) for t in tables), reservation=np.zeros(2),
        )  # fmt: skip
        return solve_listed(p).solutions["utilitarian"].choice[0]

    assert utilitarian([[0, 2], [3, 0]]) == 0
    assert utilitarian([[0, 6], [3, 0]]) == 1


@given(deals)
def test_parties_that_change_places_change_shares(vectors: list[tuple[int, int]]) -> None:
    assume(everyone_can_gain(vectors))
    there, back = solved(vectors), solved([(b, a) for a, b in vectors])
    for rule in RULES:
        assert gains(back, rule)[::-1] == pytest.approx(gains(there, rule), abs=1e-6)


@given(deals, st.data())
def test_what_is_not_chosen_does_not_matter_to_nash_and_egalitarian(
    vectors: list[tuple[int, int]], data: st.DataObject
) -> None:
    """Deals outside the lottery that is chosen may go."""
    assume(everyone_can_gain(vectors))
    found = solved(vectors)
    for rule in ("nash", "egalitarian"):
        needed = {row for row, _ in getattr(found, rule).mix}
        kept = [v for row, v in enumerate(vectors) if row in needed or data.draw(st.booleans())]
        if rule == "nash" or len(needed) > 1:
            assert gains(solved(kept), rule) == pytest.approx(gains(found, rule), abs=1e-6)


def test_what_is_not_chosen_matters_to_kalai_smorodinsky() -> None:
    """Without (10, 0) the first party's ideal falls from 10 to 5, and the solution moves against it."""
    whole, part = solved([(0, 10), (5, 8), (10, 0)]), solved([(0, 10), (5, 8)])
    assert gains(part, "kalai_smorodinsky")[0] < gains(whole, "kalai_smorodinsky")[0] - 0.1


@given(deals, st.tuples(small, small))
def test_more_deals_hurt_nobody_under_the_egalitarian_rule(
    vectors: list[tuple[int, int]], more: tuple[int, int]
) -> None:
    assume(everyone_can_gain(vectors))
    assert gains(solved([*vectors, more]), "egalitarian").min() >= gains(solved(vectors), "egalitarian").min() - 1e-9


@given(deals, st.tuples(small, small))
def test_more_deals_hurt_nobody_under_kalai_smorodinsky_while_the_others_ideal_stays(
    vectors: list[tuple[int, int]], more: tuple[int, int]
) -> None:
    assume(everyone_can_gain(vectors))
    before, after = solved(vectors), solved([*vectors, more])
    for i in range(2):
        if after.ideal[1 - i] == before.ideal[1 - i]:
            assert gains(after, "kalai_smorodinsky")[i] >= gains(before, "kalai_smorodinsky")[i] - 1e-9


def test_more_deals_may_hurt_under_nash() -> None:
    """With (10, 5) the second party falls from 8 to 5.5, by hand: 11 - 0.6 x times x is largest at x = 55/6."""
    before, after = solved([(0, 10), (5, 8), (10, 0)]), solved([(0, 10), (5, 8), (10, 5), (10, 0)])
    assert gains(before, "nash") == pytest.approx([5, 8])
    assert gains(after, "nash") == pytest.approx([55 / 6, 5.5])
