"""One mechanism for all methods: draws answered together are the draws answered one by one."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.services.test_forecasts import asked, came, record, told

from winset.cli.main import winset
from winset.domain.case import Case
from winset.domain.terms import Forbidden
from winset.errors import CaseError, FormulationError, UsageError
from winset.models.uncertainty.draws import draw
from winset.services import one_by_one, propagation
from winset.services.blocks import Asked, evaluate
from winset.services.pools import opened
from winset.store.textform import case_from_json

METHODS = ("spatial", "bargaining", "offers", "ratification")
PARTIES = ("a", "b", "c")
ISSUES = {"x": 4, "y": 3}


def estimates(low: float, high: float) -> st.SearchStrategy[dict[str, Any]]:
    number = st.floats(low, high, allow_nan=False).map(lambda v: round(v, 3))
    return st.one_of(
        number.map(lambda v: {"value": v}),
        st.tuples(number, number).map(lambda v: {"range": sorted(v)}),
        st.tuples(number, number, number).map(lambda v: {"likely": sorted(v)}),
        st.tuples(number, number).filter(lambda v: v[0] != v[1]).map(lambda v: {"chances": [[v[0], 0.3], [v[1], 0.7]]}),
    )


@st.composite
def cases(draw_: st.DrawFn) -> Case:
    judged: list[dict[str, Any]] = []
    for p in PARTIES:
        for issue, top in ISSUES.items():
            judged.append({"quantity": "position", "party": p, "issue": issue, **draw_(estimates(0, top))})
            if draw_(st.booleans()):
                judged.append({"quantity": "salience", "party": p, "issue": issue, **draw_(estimates(5, 100))})
        if draw_(st.booleans()):
            judged.append({"quantity": "capability", "party": p, "issue": None, **draw_(estimates(1, 9))})
        if draw_(st.booleans()):
            judged.append({"quantity": "reservation", "party": p, "issue": None, **draw_(estimates(0, 0.7))})
        judged.append({"quantity": "discount", "party": p, "issue": None, **draw_(estimates(0.1, 0.95))})
        if draw_(st.booleans()):
            judged.append({"quantity": "outside option", "party": p, "issue": None, **draw_(estimates(0, 0.4))})
    ratifiers = [
        {"name": "senate", "party": "a", "chamber": "s", "position": {"x": [0, 3], "y": 1}, "salience": {"x": [20, 60]},
         "reservation": [0.2, 0.6]},
        {"name": "court", "party": "b", "chamber": "s", "position": {"y": [0, 1, 2]}},
    ]  # fmt: skip
    quo = draw_(st.sampled_from([None, 1]))
    return case_from_json({
        "schema": "winset-case/1", "parties": [{"id": p, "name": p} for p in PARTIES], "judgements": judged,
        "issues": [{"id": i, "question": i, "kind": "integer", "range": [0, top], "status_quo": quo}
                   for i, top in ISSUES.items()],
        "ratifiers": ratifiers,
    })  # fmt: skip


@settings(max_examples=10)
@given(cases(), st.lists(st.tuples(st.integers(0, 4), st.integers(0, 3)), min_size=1, max_size=6))
def test_together_is_one_by_one_where_combinations_are_forbidden(case: Case, out: list[tuple[int, int]]) -> None:
    forbidden = tuple(Forbidden(terms=(("x", (float(x),)), ("y", (float(y),)))) for x, y in out)
    q = propagation.question(case.with_(forbidden=forbidden), "bargaining")
    assert q.together is not None
    x = draw(q.asked.inputs, 8, 5)
    for row, answer in zip(x, q.together(x), strict=True):
        alone = one_by_one.answer(q.asked, "bargaining", "nash", row)
        expected = [alone.get(name, np.nan) for name in q.names]
        assert answer == pytest.approx(expected, abs=2e-9, nan_ok=True), q.names


@settings(max_examples=14)
@given(cases(), st.sampled_from(METHODS))
def test_together_is_one_by_one(case: Case, method: str) -> None:
    q = propagation.question(case, method)
    assert q.why is None
    assert q.together is not None
    x = draw(q.asked.inputs, 8, 5)
    answers = q.together(x)
    for row, answer in zip(x, answers, strict=True):
        alone = one_by_one.answer(q.asked, method, "nash", row)
        expected = [alone.get(name, np.nan) for name in q.names]
        assert answer == pytest.approx(expected, abs=2e-9, nan_ok=True), q.names


@settings(max_examples=14)
@given(cases())
def test_draws_go_through_the_challenge_model_as_each_would_alone(case: Case) -> None:
    q = propagation.question(case, "spatial", rounds=3)
    assert q.why is None
    assert q.together is not None
    x = draw(q.asked.inputs, 8, 5)
    at = [n for n, name in enumerate(q.names) if name.startswith("challenge scholz-code:")]
    assert len(at) == len(ISSUES)
    for row, answer in zip(x, q.together(x), strict=True):
        alone = one_by_one.answer(q.asked, "spatial", "nash", row, rounds=3)
        assert answer[at] == pytest.approx([alone[q.names[n]] for n in at], abs=2e-9)


@settings(max_examples=8)
@given(cases(), st.sampled_from(["kalai_smorodinsky", "egalitarian", "utilitarian"]))
def test_every_rule_of_bargaining_together_is_one_by_one(case: Case, rule: Any) -> None:
    q = propagation.question(case, "bargaining", rule=rule)
    assert q.together is not None
    x = draw(q.asked.inputs, 8, 5)
    for row, answer in zip(x, q.together(x), strict=True):
        alone = one_by_one.answer(q.asked, "bargaining", rule, row)
        assert answer == pytest.approx([alone.get(name, np.nan) for name in q.names], abs=2e-9, nan_ok=True)


RIVER = {
    "schema": "winset-case/1", "title": "The river",
    "parties": [{"id": "north", "name": "North"}, {"id": "south", "name": "South"}],
    "issues": [{"id": "share", "question": "How much water goes south?", "kind": "integer", "range": [0, 100]}],
    "judgements": [
        {"quantity": "position", "party": "north", "issue": "share", "value": 20},
        {"quantity": "position", "party": "south", "issue": "share", "range": [60, 80]},
        {"quantity": "discount", "party": "north", "issue": None, "range": [0.8, 0.95]},
        {"quantity": "discount", "party": "south", "issue": None, "value": 0.9},
    ],
}  # fmt: skip


@pytest.mark.parametrize("method", METHODS)
def test_the_same_seed_gives_the_same_numbers_at_any_number_of_workers_and_batch_size(method: str) -> None:
    q = propagation.question(case_from_json(RIVER), method)
    whole = propagation.propagate(q, draws=200, seed=4, workers=1)
    for workers, block in ((1, 1), (2, 37), (3, 64)):
        again = propagation.propagate(q, draws=200, seed=4, workers=workers, block=block)
        assert np.array_equal(again.y, whole.y, equal_nan=True)
    assert not np.array_equal(propagation.propagate(q, draws=200, seed=5).x, whole.x)


def crowd(n: int) -> dict[str, Any]:
    """Many parties whose positions, saliences and capabilities are all uncertain, so that challenges abound."""
    rng = np.random.default_rng(3)
    names = [f"p{i}" for i in range(n)]
    judged: list[dict[str, Any]] = []
    for p in names:
        x, s, c = rng.uniform(5, 95), rng.uniform(10, 90), rng.uniform(1, 9)
        judged += [
            {"quantity": "position", "party": p, "issue": "x", "range": [x - 5, x + 5]},
            {"quantity": "salience", "party": p, "issue": "x", "likely": [s - 5, s, s + 10]},
            {"quantity": "capability", "party": p, "issue": None, "range": [c, 1.2 * c]},
        ]
    return {
        "schema": "winset-case/1", "title": "A crowd", "parties": [{"id": p, "name": p} for p in names],
        "issues": [{"id": "x", "question": "How far?", "kind": "continuous", "range": [0, 100]}], "judgements": judged,
    }  # fmt: skip


@pytest.mark.parametrize("parties", [2, 3, 10, 17])
def test_the_challenge_model_gives_each_draw_the_same_bits_in_batches_of_any_size(parties: int) -> None:
    q = propagation.question(case_from_json(crowd(parties)), "spatial", rounds=3)
    whole = propagation.propagate(q, draws=600, seed=4, workers=1)
    at = q.names.index("challenge scholz-code:x")
    assert np.unique(whole.y[:, at]).size > 20
    for workers, block in ((1, 1), (2, 7), (2, 128), (3, 64), (3, 599)):
        again = propagation.propagate(q, draws=600, seed=4, workers=workers, block=block)
        assert np.array_equal(again.y, whole.y)


def test_the_command_draws_the_challenge_model_alike_with_any_number_of_workers(tmp_path: Path) -> None:
    source = tmp_path / "crowd.json"
    source.write_text(json.dumps(crowd(10)))
    told = []
    for workers in ("1", "2", "3"):
        ran = CliRunner().invoke(winset, ["run", "spatial", str(source), "--draws", "1500", "--seed", "9",
                                          "--workers", workers, "--json"])  # fmt: skip
        assert ran.exit_code == 0, ran.output
        told.append(ran.stdout)
    assert len(set(told)) == 1
    found = json.loads(told[0])
    assert found["outputs"]["challenge scholz-code:x"]["sd"] > 0
    assert (
        found["model_error"]["points"]["challenge scholz-code"]["mae"]
        > found["model_error"]["points"]["compromise"]["mae"]
    )
    left = CliRunner().invoke(winset, ["run", "spatial", str(source), "--draws", "64", "--rounds", "0", "--json"])
    assert "challenge scholz-code:x" not in json.loads(left.stdout)["outputs"]


def test_a_pool_of_processes_gives_what_one_process_gives() -> None:
    q = propagation.question(case_from_json(RIVER), "offers")
    x = draw(q.asked.inputs, 160, 1)
    asked = Asked(case=q.asked, method="offers", rule="nash", names=q.names, at_once=None)
    one = asked.answer(x)
    with opened(2) as pool:
        assert np.array_equal(evaluate(asked, x, pool=pool, block=512), one)


def test_the_mean_of_draws_is_the_known_mean_and_the_error_of_the_method_stands_apart() -> None:
    run = propagation.run_case(case_from_json(RIVER), "spatial", draws=1024)
    found = run.result["outputs"]["outcome:share"]
    assert found["mean"] == pytest.approx(45, abs=0.01)  # the mean of 20 and of 60 to 80
    assert found["quantiles"]["0.9"] == pytest.approx((20 + 78) / 2, abs=0.05)
    error = run.result["model_error"]
    wide = error["outputs"]["outcome:share"]["quantiles_with_inputs"]
    assert wide["0.9"] - wide["0.1"] > 5 * (found["quantiles"]["0.9"] - found["quantiles"]["0.1"])
    assert error["record"]["issues"] == 351
    offers = propagation.run_case(case_from_json(RIVER), "offers", draws=64).result
    assert offers["model_error"] is None
    assert "unknown" in offers["model_error_note"]


def test_drawing_goes_on_until_the_error_is_small() -> None:
    q = propagation.question(case_from_json(RIVER), "spatial")
    done = propagation.propagate(q, draws=16, tolerance=0.001)
    assert done.converged
    assert len(done.y) > 16
    assert not propagation.propagate(q, draws=16).converged
    assert propagation.propagate(q, draws=16, tolerance=1e-6, time_limit=0).stopped_by == "the time limit of 0 s"


def test_experts_are_pooled_with_their_weights() -> None:
    value = {**RIVER, "judgements": [
        *RIVER["judgements"],
        {"quantity": "position", "party": "south", "issue": "share", "range": [40, 50], "by": "Ann"},
    ]}  # fmt: skip
    case = case_from_json(value)
    alone = propagation.question(case, "spatial").asked.inputs.marginals[0].ends
    pooled = propagation.question(case, "spatial", pool="linear", weights={"Ann": 3.0})
    assert (alone, pooled.asked.inputs.marginals[0].ends) == ((40, 50), (40, 80))
    x = draw(pooled.asked.inputs, 4096, 1)[:, 0]
    assert (x <= 50).mean() == pytest.approx(0.75, abs=0.002)
    with pytest.raises(FormulationError, match="position of south on share: the experts leave no number in common"):
        propagation.question(case, "spatial", pool="log")


def test_correlations_of_a_case_reach_the_draws() -> None:
    value = {**RIVER, "correlations": [{"members": [
        {"quantity": "position", "party": "south", "issue": "share"}, {"quantity": "discount", "party": "north"},
    ], "rho": 2}]}  # fmt: skip
    with pytest.raises(CaseError, match=r"correlations\[0\]: a correlation lies in -1..1, got 2"):
        propagation.question(case_from_json(value), "spatial")


def test_impossible_numbers_of_draws_are_refused() -> None:
    with pytest.raises(UsageError, match="--draws lies in 8"):
        propagation.propagate(propagation.question(case_from_json(RIVER), "spatial"), draws=3)


def test_experts_are_weighed_by_their_graded_forecasts_and_the_answer_moves_with_the_record(tmp_path: Path) -> None:
    value = {**RIVER, "judgements": [
        {"quantity": "position", "party": "north", "issue": "share", "range": [0, 20], "by": "Ann"},
        {"quantity": "position", "party": "north", "issue": "share", "range": [40, 60], "by": "Bob"},
        {"quantity": "position", "party": "south", "issue": "share", "value": 80, "by": "Ann"},
    ]}  # fmt: skip
    bodies = [asked(f"q{n}") for n in range(10)]
    bodies += [told(f"q{n}", who, probability=p) for n in range(10) for who, p in (("Ann", 0.95), ("Bob", 0.2))]
    (path := tmp_path / "river.json").write_text(
        json.dumps({**value, "forecasts": record(*bodies, *(came(f"q{n}", 1) for n in range(10)))})
    )
    alike, graded = (propagation.run("spatial", path, draws=512, pool="linear", by_record=b) for b in (False, True))
    assert graded.result["outputs"]["outcome:share"]["mean"] < alike.result["outputs"]["outcome:share"]["mean"] - 1
    assert any(
        one["text"].startswith("weights by the record") and "Ann" in one["text"] for one in graded.result["assumptions"]
    )
    by_hand = propagation.run("spatial", path, draws=512, pool="linear", by_record=True, weights={"Ann": 1, "Bob": 1})
    assert by_hand.result["outputs"] == alike.result["outputs"]
    assert set(graded.parts) - set(alike.parts) == {"forecasts"}
    with pytest.raises(UsageError, match="add --pool linear or --pool log"):
        propagation.run("spatial", path, draws=512, by_record=True)
    spoilt = json.loads(path.read_text())
    spoilt["forecasts"][12]["probability"] = 0.01
    path.write_text(json.dumps(spoilt))
    with pytest.raises(CaseError, match="broken at entry 12"):
        propagation.run("spatial", path, draws=512, pool="linear", by_record=True)


@pytest.mark.parametrize(("pool", "weights", "why"), [
    (None, {"Ann": 1.0}, "add --pool"), ("log", {"Zoe": 1.0}, "nobody called 'Zoe'"), ("linear", {"Ann": -1.0}, "0 or more, got -1"),
    ("linear", {"Ann": float("nan")}, "0 or more, got nan"),
])  # fmt: skip
def test_weights_that_cannot_be_are_refused(pool: Any, weights: dict[str, float], why: str) -> None:
    judgements = [{"quantity": "position", "party": "south", "issue": "share", "range": [40, 50], "by": "Ann"}]
    case = case_from_json({**RIVER, "judgements": [*RIVER["judgements"], *judgements]})
    with pytest.raises(UsageError, match=why):
        propagation.question(case, "spatial", pool=pool, weights=weights)
