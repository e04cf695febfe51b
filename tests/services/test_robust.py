"""Robust choice: against every deal tried in every draw by hand, and on cases whose answer is plain."""

import itertools
import json
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pytest
from click.testing import CliRunner

from winset.cli.main import winset
from winset.errors import FormulationError, ModelError, UsageError
from winset.formulation.uncertainty import uncertain
from winset.models.uncertainty import robust as model
from winset.services import inputs, one_by_one, whatif
from winset.services.robust import robust
from winset.services.schemas import schema
from winset.store.textform import case_from_json

CASE: dict[str, Any] = {
    "schema": "winset-case/1", "title": "Two issues",
    "parties": [{"id": p, "name": p.title()} for p in ("ana", "ben", "cem")],
    "tables": [{"id": "t", "date": None, "seats": ["ana", "ben", "cem"], "must_sign": ["ana", "ben"]}],
    "issues": [
        {"id": "land", "question": "How much land?", "kind": "integer", "range": [0, 4], "status_quo": 4},
        {"id": "port", "question": "Who has the port?", "kind": "ordered", "options": ["ana", "both", "ben"], "status_quo": "ben"},
    ],
    "judgements": [
        {"quantity": "position", "party": "ana", "issue": "land", "range": [0, 1]},
        {"quantity": "position", "party": "ben", "issue": "land", "value": 4},
        {"quantity": "position", "party": "cem", "issue": "land", "value": 2},
        *({"quantity": "position", "party": p, "issue": "port", "value": v} for p, v in (("ana", 0), ("ben", 2), ("cem", 1))),
        *({"quantity": "salience", "party": p, "issue": i, "range": r} for p, i, r in (
            ("ana", "land", [60, 90]), ("ana", "port", [20, 40]), ("ben", "land", [10, 40]), ("ben", "port", [50, 90]),
            ("cem", "land", [40, 60]), ("cem", "port", [40, 60]))),
        *({"quantity": "reservation", "party": p, "issue": None, "range": [0.2, 0.5]} for p in ("ana", "ben", "cem")),
    ],
    "scenarios": [
        {"name": "strong ben", "changes": [{"quantity": "reservation", "party": "ben", "issue": None, "value": {"range": [0.5, 0.8]}}]},
        {"name": "three sign", "changes": [{"must_sign": ["ana", "ben", "cem"]}]},
        {"name": "land only", "changes": [{"drops": "port"}]},
    ],
}  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (one := tmp_path / "case.json").write_text(json.dumps(CASE))
    return one


def by_hand(scenario: str | None, draws: int, seed: int, names: list[str | None]) -> tuple[Any, Any]:
    """(draws, deals of the whole case) worth and whether accepted, from each draw's own case, utility by utility."""
    case = case_from_json(CASE)
    worlds = [inputs.under(case, name)[0] for name in names]
    asked = [uncertain(one, None, "bargaining") for one in worlds]
    x = whatif.paired([one.inputs for one in asked], draws, seed)[names.index(scenario)]
    which = asked[names.index(scenario)]
    worth, yes, best = [], [], []
    for row in x:
        from winset.formulation.bargaining import formulate

        problem = formulate(which.with_values(row), None).inputs
        own = {i.name: list(i.values) for i in problem.issues}
        gains = {}
        for terms in itertools.product(*own.values()):
            at = [own[k].index(v) for k, v in zip(own, terms, strict=True)]
            gains[terms] = [
                round(u.at(at) - r, 9)
                for p, u, r in zip(problem.parties, problem.utilities, problem.reservation, strict=True)
                if p in which.case.signers(None)
            ]
        value = {t: float(np.prod(g)) ** (1 / len(g)) if min(g) >= 0 else 0.0 for t, g in gains.items()}
        best.append(max(value.values()))
        deals = list(itertools.product(range(5), ["ana", "both", "ben"]))
        keys = [tuple(v for v, k in zip(t, ("land", "port"), strict=True) if k in own) for t in deals]
        worth.append([value[k] for k in keys])
        yes.append([min(gains[k]) >= 0 for k in keys])
    return np.array(best)[:, None] - np.array(worth), np.array(yes)


def test_every_number_is_what_trying_each_deal_in_each_draw_gives(path: Path) -> None:
    found = robust([str(path)], draws=64, top=15, seed=4)
    jsonschema.validate(found, schema("scenario-robust"))
    names = [None, "strong ben", "three sign", "land only"]
    hand = {n or "as it stands": by_hand(n, 64, 4, names) for n in names}
    deals = list(itertools.product(range(5), ["ana", "both", "ben"]))
    assert [one["name"] for one in found["scenarios"]] == list(hand)
    expected = sum(regret for regret, _ in hand.values()) / 4
    ranks = []
    for one in found["robust"]:
        k = deals.index((one["deal"]["land"], one["deal"]["port"]))
        for told in one["by_scenario"]:
            regret, yes = hand[told["scenario"]]
            assert told["regret"] == pytest.approx(regret[:, k].mean(), abs=1e-7)
            assert told["acceptable"] == yes[:, k].mean()
        assert one["expected_regret"] == pytest.approx(expected[:, k].mean(), abs=1e-7)
        ranks.append((-one["acceptable_in"], one["max_regret"], one["expected_regret"]))
        if one["beside_first"]:
            first = deals.index(tuple(found["robust"][0]["deal"].values()))
            gap = expected[:, k] - expected[:, first]
            assert one["beside_first"]["mean"] == pytest.approx(gap.mean(), abs=1e-7)
            assert one["beside_first"]["interval"] == pytest.approx(np.quantile(gap, [0.05, 0.95]).tolist(), abs=1e-7)
    assert [(a, round(b, 8), round(c, 8)) for a, b, c in ranks] == sorted(
        (a, round(b, 8), round(c, 8)) for a, b, c in ranks
    )
    largest = np.max([regret.mean(axis=0) for regret, _ in hand.values()], axis=0)
    assert found["least_regret"]["maximal"]["regret"] == pytest.approx(largest.min(), abs=1e-7)
    assert found["acceptable_in_all"] == int(np.all([yes.mean(axis=0) > 0.5 for _, yes in hand.values()], axis=0).sum())


def test_the_best_worth_of_a_draw_is_that_of_the_nash_deal_which_another_routine_finds(path: Path) -> None:
    asked = uncertain(case_from_json(CASE), None, "bargaining")
    x = whatif.paired([asked.inputs], 16, 1)[0]
    from winset.formulation.drawn.bargaining import Bargaining
    from winset.models.bargaining.many import gains_many

    made = Bargaining(asked)
    worth, _ = model.values([g * 1e-9 for g in gains_many(*made.worths(x))], "nash")
    for row, most in zip(x, worth.max(axis=1), strict=True):
        alone = one_by_one.answer(asked, "bargaining", "nash", row)
        assert most == pytest.approx((alone["gain:ana"] * alone["gain:ben"] * alone["gain:cem"]) ** (1 / 3), abs=1e-7)


def test_chances_count_and_a_seed_repeats(path: Path) -> None:
    certain = robust([str(path)], draws=64, chances={"strong ben": 1.0})
    one = certain["robust"][0]
    assert one["expected_regret"] == pytest.approx(
        next(s["regret"] for s in one["by_scenario"] if s["scenario"] == "strong ben")
    )
    assert robust([str(path)], draws=64) == robust([str(path)], draws=64)
    two = robust([str(path), f"{path}@strong ben"], draws=64, measure="utilitarian")
    assert [s["name"] for s in two["scenarios"]] == ["as it stands", "strong ben"]


def test_what_does_not_fit_is_said(path: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"sum to 1, got .* \(sum 0.7\)"):
        robust([str(path)], draws=64, chances={"strong ben": 0.7})
    with pytest.raises(UsageError, match=r"no scenario 'x'; there are 'as it stands', 'strong ben'"):
        robust([str(path)], draws=64, chances={"x": 1.0})
    (alone := tmp_path / "alone.json").write_text(json.dumps({**CASE, "scenarios": []}))
    with pytest.raises(UsageError, match="two scenarios or more"):
        robust([str(alone)])
    with pytest.raises(UsageError, match="--draws lies in"):
        robust([str(path)], draws=3)
    line = {**CASE, "issues": [{**CASE["issues"][0], "kind": "continuous"}, CASE["issues"][1]]}
    (endless := tmp_path / "line.json").write_text(json.dumps(line))
    with pytest.raises(FormulationError, match="give continuous issues steps"):
        robust([str(endless)])
    with pytest.raises(ModelError, match="no measure 'x'"):
        model.values([np.zeros((1, 1))], "x")  # type: ignore[arg-type]


def test_a_linked_issue_stays_as_it_stands_and_without_a_status_quo_it_is_asked_for(tmp_path: Path) -> None:
    def linked(quo: Any) -> Path:
        more = {"issues": [{"id": "aid", "question": "Aid?", "kind": "ordered", "options": ["no", "yes"], "status_quo": quo}],
                "judgements": [{"quantity": "position", "party": p, "issue": "aid", "value": 1} for p in ("ana", "ben", "cem")]}  # fmt: skip
        (one := tmp_path / f"{quo}.json").write_text(
            json.dumps({**CASE, "scenarios": [{"name": "aid", "changes": [{"adds": more}]}]})
        )
        return one

    found = robust([str(linked("no"))], draws=64, top=15)
    assert all(s["regret"] > 0 for one in found["robust"] for s in one["by_scenario"] if s["scenario"] == "aid")
    with pytest.raises(FormulationError, match=r"aid: aid comes to the table there .* \(its status quo\)"):
        robust([str(linked(None))], draws=64)


def test_through_the_command_line(path: Path) -> None:
    done = CliRunner().invoke(winset, ["scenario", "robust", str(path), "--draws", "64", "--json"])
    assert (done.exit_code, json.loads(done.stdout)) == (0, robust([str(path)], draws=64))
    said = CliRunner().invoke(winset, ["scenario", "robust", str(path), "--draws", "64", "--top", "2"]).output
    assert "Most robust: land" in said
    assert "beside the first" in said
