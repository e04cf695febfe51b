"""A deal in steps ends where somebody has more from stopping."""

import random

import numpy as np
import pytest

from winset.errors import ModelError
from winset.models.bargaining.problem import Issue, Problem, Utility
from winset.models.bargaining.steps import Known, Steps, in_steps
from winset.models.games.tree import Move, Payoffs, backward_induction


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
    found = in_steps(
        exchange(), (1, 1, 1), (0, 0, 0), [["prisoners", "money"], ["ties"]], Known(walk_away={("b", 1): 9.0})
    )
    assert found.worth[1] == (3, 9)
    assert found.stops[1] == ("b",)
    with pytest.raises(ModelError, match="no point after 7 steps"):
        in_steps(exchange(), (1, 1, 1), (0, 0, 0), [["ties"]], Known(walk_away={("b", 7): 1.0}))
    with pytest.raises(ModelError, match="no issue 'x'"):
        in_steps(exchange(), (1, 1, 1), (0, 0, 0), [["x"]])
    with pytest.raises(ModelError, match="in two steps"):
        in_steps(exchange(), (1, 1, 1), (0, 0, 0), [["ties"], ["ties"]])


def as_game(found: Steps) -> Move | Payoffs:
    """The same steps as a game: at each point each party in turn goes on or stops; then chance says whether the next
    step's condition is met."""
    node: Move | Payoffs = found.worth[-1]
    for point in range(len(found.steps) - 1, -1, -1):
        chance = found.chances[point]
        after: Move | Payoffs = Move(
            mover=None, actions=(("met", node), ("not met", found.worth[point])), chances=(chance, 1 - chance)
        )
        for party in reversed(range(len(found.worth[0]))):
            after = Move(mover=party, actions=(("go on", after), ("stop", found.worth[point])))
        node = after
    return node


def drawn(seed: int) -> tuple[Problem, list[list[str]], Known]:
    draw = random.Random(seed)
    parties, issues = draw.randint(1, 3), draw.randint(1, 5)
    names = [f"i{k}" for k in range(issues)]
    p = Problem(
        parties=tuple("abc"[:parties]), issues=tuple(Issue(name=name, values=("no", "yes")) for name in names),
        utilities=tuple(
            Utility(tables=tuple(np.array([0.0, float(draw.randint(-4, 7))]) for _ in names)) for _ in range(parties)
        ),
        reservation=np.array([float(draw.randint(-3, 3)) for _ in range(parties)]),
    )  # fmt: skip
    order = draw.sample(names, issues)
    cuts = sorted(draw.sample(range(1, issues), draw.randint(0, issues - 1))) if issues > 1 else []
    steps = [order[a:b] for a, b in zip([0, *cuts], [*cuts, issues], strict=True)]
    known = Known(
        walk_away={(draw.choice(p.parties), draw.randrange(len(steps))): float(draw.randint(-3, 6))}
        if draw.random() < 0.4 else {},
        conditions={step: draw.choice([0.25, 0.5, 1.0]) for step in range(1, len(steps) + 1) if draw.random() < 0.4},
    )  # fmt: skip
    return p, steps, known


@pytest.mark.parametrize("seed", range(200))
def test_the_game_of_going_on_or_stopping_has_the_same_end(seed: int) -> None:
    p, steps, known = drawn(seed)
    whole, none = (1,) * len(p.issues), (0,) * len(p.issues)
    found = in_steps(p, whole, none, steps, known)
    expected = found.worth[0] if found.ends_after == 0 else found.ahead[0]
    assert backward_induction(as_game(found)).payoffs == pytest.approx(expected)  # type: ignore[arg-type]  # a tree
    for point, stopping in enumerate(found.stops):
        assert stopping == tuple(
            party for i, party in enumerate(p.parties) if found.worth[point][i] > found.ahead[point][i] + 1e-9
        )
    for step, least in enumerate(found.least_chances, 1):
        if step not in known.conditions:
            continue
        trials = np.linspace(0, 1, 41)[1:]
        held = [
            in_steps(p, whole, none, steps, Known(walk_away=known.walk_away, conditions={**known.conditions, step: c}))
            .carried_through for c in trials
        ]  # fmt: skip
        assert held == [least is not None and c >= least - 1e-6 for c in trials]
    if found.holding is not None:
        chances = {found.holding.index(step) + 1: c for step, c in zip(found.steps, found.chances, strict=True)}
        again = in_steps(p, whole, none, found.holding, Known(conditions=chances))
        assert again.carried_through


def test_a_step_that_waits_for_something_holds_from_a_chance_on() -> None:
    """By hand: after the prisoners a has 6 and then gets 4 + 4 more only if the ties come about: 6 <= 3 + 4p."""
    p = exchange(third=(4.0, 4.0))
    found = in_steps(p, (1, 1, 1), (0, 0, 0), [["prisoners"], ["money"], ["ties"]], Known(conditions={3: 0.5}))
    assert found.ahead[1:] == ((5, 5), (5, 5), (7, 7))
    assert found.stops[:2] == (("b",), ("a",))
    assert found.least_chances == (None, None, pytest.approx(0.75))
    assert found.ends_after == 0
    with pytest.raises(ModelError, match="no step 4 to wait for something; there are 1 to 3"):
        in_steps(p, (1, 1, 1), (0, 0, 0), [["prisoners"], ["money"]], Known(conditions={4: 0.5}))


def test_a_forbidden_combination_on_the_way_is_said() -> None:
    p = exchange()
    p = Problem(
        parties=p.parties, issues=p.issues, utilities=p.utilities, reservation=p.reservation,
        forbidden=({0: (1,), 1: (0,)},),
    )  # fmt: skip
    with pytest.raises(ModelError, match="after the step prisoners stands a forbidden combination"):
        in_steps(p, (1, 1, 1), (0, 0, 0), [["prisoners"], ["money"]])
