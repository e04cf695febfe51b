"""A deal in steps ends where somebody has more from stopping."""

import numpy as np
import pytest

from winset.errors import ModelError
from winset.models.bargaining.problem import Issue, Problem, Utility
from winset.models.bargaining.steps import in_steps


def exchange(*, third: tuple[float, float] = (1.0, 1.0)) -> Problem:
    """Prisoners (6 to a, -2 to b), money (-3 to a, 5 to b), ties (as said); nothing done is worth 0."""
    gains = {"prisoners": (6.0, -2.0), "money": (-3.0, 5.0), "ties": third}
    return Problem(
        parties=("a", "b"),
        issues=tuple(Issue(name=name, values=("no", "yes")) for name in gains),
        utilities=tuple(Utility(tables=tuple(np.array([0.0, g[i]]) for g in gains.values())) for i in range(2)),
        reservation=np.zeros(2),
    )


def test_who_has_been_served_first_stops() -> None:
    """After the prisoners a has 6 and would end with 4: it stops, so b, who would be left with -2, never begins."""
    found = in_steps(exchange(), (1, 1, 1), (0, 0, 0), [["prisoners"], ["money"], ["ties"]])
    assert found.worth == ((0, 0), (6, -2), (3, 3), (4, 4))
    assert found.stops == (("b",), ("a",), ())
    assert found.ends_after == 0
    assert not found.carried_through
    assert found.holding is None  # money first has b at 5, and it stops


def test_a_large_enough_end_holds_the_steps_together() -> None:
    found = in_steps(exchange(third=(4.0, 4.0)), (1, 1, 1), (0, 0, 0), [["prisoners"], ["money"]])
    assert found.steps == (("prisoners",), ("money",), ("ties",))  # what is in no step comes last
    assert found.carried_through
    assert found.stops == ((), (), ())


def test_another_order_may_hold() -> None:
    """Ties first (worth -1 and 3) leave b wanting no more; prisoners and money together hold, ties last do not."""
    p = exchange(third=(-1.0, 3.0))
    found = in_steps(p, (1, 1, 1), (0, 0, 0), [["prisoners", "money"], ["ties"]])
    assert found.ends_after == 1
    assert found.stops[1] == ("a",)
    assert found.holding == (("ties",), ("prisoners", "money"))


def test_a_known_walk_away_value_counts_instead() -> None:
    found = in_steps(exchange(), (1, 1, 1), (0, 0, 0), [["prisoners", "money"], ["ties"]], {("b", 1): 9.0})
    assert found.worth[1] == (3, 9)
    assert found.stops[1] == ("b",)
    with pytest.raises(ModelError, match="no point after 7 steps"):
        in_steps(exchange(), (1, 1, 1), (0, 0, 0), [["ties"]], {("b", 7): 1.0})
    with pytest.raises(ModelError, match="no issue 'x'"):
        in_steps(exchange(), (1, 1, 1), (0, 0, 0), [["x"]])
    with pytest.raises(ModelError, match="in two steps"):
        in_steps(exchange(), (1, 1, 1), (0, 0, 0), [["ties"], ["ties"]])
