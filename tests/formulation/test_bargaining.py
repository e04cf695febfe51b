"""A case becomes a bargaining problem: losses from positions and saliences, each assumption told."""

import itertools
import json
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from winset.cli.main import winset
from winset.domain.actors import Party
from winset.domain.case import Case
from winset.domain.estimates import Exact, Judgement, Likely, Table
from winset.domain.issues import Issue, ScalePoint
from winset.domain.terms import Forbidden
from winset.errors import FormulationError, ModelError
from winset.formulation import ratification
from winset.formulation.bargaining import formulate
from winset.formulation.drawn.bargaining import Bargaining
from winset.formulation.drawn.numbers import NotTogether
from winset.formulation.uncertainty import uncertain
from winset.formulation.whatif import with_changes
from winset.models.bargaining.problem import Curve
from winset.services import robust
from winset.services.space import space as deal_space
from winset.store.casefile import CaseFile
from winset.store.textform import dump

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


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


def two(forbidden: tuple[Forbidden, ...]) -> Case:
    """Opposed on three points of x and on three options of y."""
    points = tuple(ScalePoint(float(n), f"point {n}") for n in range(3))
    issues = (
        Issue(id="x", question="?", scale=points, status_quo=0.0),
        Issue(id="y", question="?", kind="discrete", options=("few", "some", "many"), status_quo="few"),
    )
    judged = []
    for party, x, y in (("a", 2.0, (0.0, 1.0, 3.0)), ("b", 0.0, (2.0, 2.5, 0.0))):
        judged += [
            Judgement(quantity="position", party=party, issue="x", value=Exact(x), by="x"),
            Judgement(
                quantity="utility", party=party, issue="y", by="x",
                value=Table(tuple(zip(("few", "some", "many"), y, strict=True))),
            ),
            Judgement(quantity="reservation", party=party, issue=None, value=Exact(0.0), by="x"),
        ]  # fmt: skip
    parties = (Party(id="a", name="A"), Party(id="b", name="B"))
    return Case(parties=parties, issues=issues, judgements=tuple(judged), forbidden=forbidden)


OUT = (
    Forbidden(terms=(("x", ("point 1", 2.0)), ("y", ("some",))), by="Ann", note="the law"),
    Forbidden(terms=(("y", ("many",)),)),
)


def test_what_a_case_forbids_is_no_deal() -> None:
    made = formulate(two(OUT))
    possible = {(x, y) for x in range(3) for y in range(3) if not ((x > 0 and y == 1) or y == 2)}
    assert {c for c in itertools.product(range(3), range(3)) if made.inputs.allows(c)} == possible
    assert any(
        "no deal has x: point 1 or point 2, y: some, says Ann (the law)" in note.text for note in made.assumptions
    )
    drawn = Bargaining(uncertain(two(OUT), None, "bargaining"))
    assert drawn.allowed is not None
    assert drawn.allowed.reshape(3, 3).tolist() == [[(x, y) in possible for y in range(3)] for x in range(3)]


def test_a_case_file_keeps_what_is_forbidden_and_every_door_respects_it(tmp_path: Path) -> None:
    text, file = tmp_path / "case.json", tmp_path / "case.winset"
    text.write_text(dump(two(OUT)), encoding="utf-8")
    run = CliRunner().invoke(winset, ["import", str(file), str(text)])
    assert run.exit_code == 0, run.output
    exported = CliRunner().invoke(winset, ["export", str(file), "--format", "json"])
    assert json.loads(exported.stdout)["forbidden"] == json.loads(text.read_text())["forbidden"]
    for source in (text, file):
        told = CliRunner().invoke(winset, ["solve", "bargaining", str(source), "--json"])
        found = json.loads(told.stdout)
        assert found["outcomes"] == 4
        assert found["forbidden"] == [{"x": [1.0, 2.0], "y": ["some"]}, {"y": ["many"]}]
        words = CliRunner().invoke(winset, ["solve", "bargaining", str(source), "--deal", "x=2", "--deal", "y=many"])
        assert "Cannot be: x: 1.0 or 2.0 with y: some." in words.stdout
        assert "forbidden: it has a combination that cannot be" in words.stdout
    assert deal_space(file).result["outcomes"] == 4
    done = CliRunner().invoke(winset, ["convert", str(file), "--to", "table", "--into", str(tmp_path / "out")])
    assert done.exit_code == 0, done.output
    table = next((tmp_path / "out").iterdir())
    again = json.loads(CliRunner().invoke(winset, ["solve", "bargaining", str(table), "--json"]).stdout)
    assert again["outcomes"] == 4
    for other in ("genius", "geniusweb", "negmas"):
        refused = CliRunner().invoke(winset, ["convert", str(file), "--to", other, "--into", str(tmp_path / other)])
        assert refused.exit_code != 0
        assert "forbidden" in str(refused.exception)
        assert "table" in str(refused.exception)


def test_undoing_takes_a_forbidden_combination_back(tmp_path: Path) -> None:
    with CaseFile.create(tmp_path / "case.winset", title="?", at=NOON, author="Ann") as file:
        file.replace(two(()), at=NOON, author="Ann", label="the case")
        file.replace(two(OUT), at=NOON, author="Ann", label="what cannot be")
        assert file.case().forbidden == OUT
        file.undo(at=NOON, author="Ann")
        assert file.case().forbidden == ()


def test_ratifiers_are_asked_about_possible_deals_only() -> None:
    case = two((Forbidden(terms=(("x", (1.0,)),)), OUT[1]))
    made = ratification.formulate(case.with_(issues=case.issues[:1], forbidden=case.forbidden[:1]))
    assert made.inputs.deals.tolist() == [[0.0], [2.0]]
    assert any("left aside" in note.text for note in ratification.formulate(case).assumptions)


def test_a_scenario_forbids_more_and_a_dropped_issue_takes_its_combinations_along() -> None:
    more = with_changes(two(OUT), [{"adds": {"forbidden": [{"terms": {"x": 0}}]}}], None)
    assert len(more.forbidden) == 3
    assert formulate(with_changes(two(OUT), [{"drops": "y"}], None)).inputs.forbidden == ()


def test_a_million_whole_numbers_and_numbers_beyond_measure_are_refused() -> None:
    base = two(())
    years = Issue(id="x", question="?", kind="integer", range=(0.0, 1e9))
    with pytest.raises(FormulationError, match=r"issue x: 1,000,000,001 whole numbers .* larger units"):
        formulate(base.with_(issues=(years, base.issues[1])))
    huge = Judgement(
        quantity="utility", party="a", issue="y", by="x", value=Table((("few", 0.0), ("some", 1.0), ("many", 1e308)))
    )
    with pytest.raises(ModelError, match=r"a, y: a utility is .*e\+30\d; give numbers up to 1e\+100"):
        formulate(base.with_(judgements=(*base.judgements, huge)))
    far = Judgement(quantity="reservation", party="a", issue=None, by="x", value=Exact(-1e300))
    with pytest.raises(ModelError, match=r"a: the reservation value is -1e\+300"):
        formulate(base.with_(judgements=(*base.judgements, far)))


def test_no_forbidden_deal_is_robust() -> None:
    """Everybody accepts all nine deals; four of them can be."""
    free, bound = (robust.over([(name, case, None) for name in ("one", "other")]) for case in (two(()), two(OUT)))
    assert (free["acceptable_in_all"], bound["acceptable_in_all"]) == (9, 4)
    for one in bound["robust"][:4]:
        assert one["deal"]["y"] == "few" or (one["deal"]["x"], one["deal"]["y"]) == (0, "some")
