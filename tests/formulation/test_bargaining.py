"""A case becomes a bargaining problem: losses from positions and saliences, each assumption told."""

import numpy as np
import pytest

from winset.domain.actors import Party
from winset.domain.case import Case
from winset.domain.estimates import Exact, Judgement, Likely, Table
from winset.domain.issues import Issue, ScalePoint
from winset.errors import FormulationError
from winset.formulation.bargaining import formulate
from winset.formulation.drawn.bargaining import Bargaining
from winset.formulation.drawn.numbers import NotTogether
from winset.formulation.uncertainty import uncertain
from winset.models.bargaining.problem import Curve


def case(saliences: dict[str, float], *, kind: str = "ordered", points: int = 4) -> Case:
    """Party a stands at the upper end of every issue."""
    scale = tuple(ScalePoint(float(n), f"point {n}") for n in range(points))
    issues = tuple(
        Issue(id=id, question="?", kind="ordered", scale=scale)
        if kind == "ordered"
        else Issue(id=id, question="?", kind="continuous", range=(0.0, float(points - 1)))
        for id in saliences
    )
    judged = [
        Judgement(quantity=quantity, party="a", issue=id, value=Exact(value), by="x")
        for id, salience in saliences.items()
        for quantity, value in (("position", float(points - 1)), ("salience", salience))
    ]
    return Case(parties=(Party(id="a", name="A"),), issues=issues, judgements=tuple(judged))


def test_linear_and_quadratic_losses_by_hand() -> None:
    """Two issues of salience 60 and 20 on a scale 0..3: weights 3/4 and 1/4, the loss one or two thirds, squared or not."""
    for loss, short in (("linear", 1 / 3), ("quadratic", 1 / 9)):
        p = formulate(case({"x": 60, "y": 20}), loss=loss).inputs  # type: ignore[arg-type]  # a literal
        assert p.utilities[0].at((3, 3)) == pytest.approx(1)
        assert p.utilities[0].at((2, 3)) == pytest.approx(1 - 0.75 * short)
        assert p.utilities[0].at((3, 2)) == pytest.approx(1 - 0.25 * short)


def test_a_curved_loss_over_a_continuous_issue_tells_how_far_it_is_off() -> None:
    made = formulate(case({"x": 50}, kind="continuous"), loss="quadratic")
    curve = made.inputs.utilities[0].tables[0]
    assert isinstance(curve, Curve)
    for point in np.linspace(0, 3, 50).tolist():
        assert curve.at(point) == pytest.approx(1 - ((3 - point) / 3) ** 2, abs=4e-6)
    assert any("off by at most 4e-06" in note.text for note in made.assumptions)


def test_a_more_salient_issue_counts_before_all_others() -> None:
    """Every pair of outcomes is ordered as the tuples of points, the most salient first."""
    made = formulate(case({"x": 20, "y": 70, "z": 40}), loss="lexicographic")
    utility = made.inputs.utilities[0]
    outcomes = [(x, y, z) for x in range(4) for y in range(4) for z in range(4)]
    ranked = sorted(outcomes, key=utility.at)
    assert ranked == sorted(outcomes, key=lambda o: (o[1], o[2], o[0]))
    assert utility.at((3, 3, 3)) == pytest.approx(1)
    assert any("the most salient first: y, z, x" in note.text for note in made.assumptions)


def test_an_order_that_is_finer_than_utilities_are_compared_by_is_refused() -> None:
    with pytest.raises(FormulationError, match="finer steps"):
        formulate(case({f"i{n}": 90.0 - n for n in range(12)}, points=8), loss="lexicographic")
    with pytest.raises(FormulationError, match="needs steps"):
        formulate(case({"x": 50}, kind="continuous"), loss="lexicographic")


def test_a_table_on_no_issue_is_added_where_options_hold_together() -> None:
    """By hand: both issues weigh alike; at the party's best points 1, and 0.5 less where the lower two of one go with it."""
    given = case({"x": 50, "y": 50})
    beside = Judgement(
        quantity="utility", party="a", issue=None, by="x", value=Table((("x=point 0|point 1, y=point 3", -0.5),))
    )
    found = formulate(given.with_(judgements=(*given.judgements, beside)), None)
    assert found.inputs.worth((3, 3)) == [1.0]
    assert found.inputs.worth((0, 3)) == [0.0]
    assert found.inputs.worth((1, 2)) == pytest.approx([0.5])
    assert any("together" in note.text for note in found.assumptions)
    for options, says in ((("z=1", 1.0), "no issue 'z'"), (("x=point 9", 1.0), "no option 'point 9'")):
        odd = Judgement(quantity="utility", party="a", issue=None, by="x", value=Table((options,)))
        with pytest.raises(FormulationError, match=says):
            formulate(given.with_(judgements=(*given.judgements, odd)), None)
    number = Judgement(quantity="utility", party="a", issue=None, by="x", value=Exact(1.0))
    with pytest.raises(FormulationError, match="a table of combinations is needed"):
        formulate(given.with_(judgements=(*given.judgements, number)), None)


def test_draws_do_not_pass_over_what_counts_together() -> None:
    given = case({"x": 50, "y": 50})
    beside = Judgement(quantity="utility", party="a", issue=None, by="x", value=Table((("x=point 0, y=point 3", 1.0),)))
    unsure = Judgement(quantity="position", party="a", issue="x", by="x", value=Likely(1.0, 2.0, 3.0))
    whole = given.with_(judgements=(*given.judgements, unsure, beside))
    with pytest.raises(NotTogether, match="not plain sums"):
        Bargaining(uncertain(whole, None, "bargaining"))
