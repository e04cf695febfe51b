"""The ledger of a case file: append only through undo, and scored as the papers say."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pytest
from click.testing import CliRunner
from scipy.integrate import quad

from winset.cli.forecast import forecast
from winset.domain.forecasts import sealed
from winset.errors import CaseError, UsageError
from winset.models.uncertainty.marginals import Piecewise
from winset.services import cases, forecasts, scores
from winset.services.schemas import schema

START = datetime(2025, 1, 1, tzinfo=UTC)


def asked(id: str, **more: Any) -> dict[str, Any]:
    return {"kind": "question", "id": id, "text": "Is it so?", "rule": "look", "type": "yes/no",
            "closes": "2099-02-01", "resolves": "2099-03-01", **more}  # fmt: skip


def told(question: str, author: str, **form: Any) -> dict[str, Any]:
    return {"kind": "forecast", "question": question, "author": author, **form}


def came(question: str, outcome: Any) -> dict[str, Any]:
    return {"kind": "outcome", "question": question, "outcome": outcome, "source": "the gazette"}


def record(*bodies: dict[str, Any]) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    for n, body in enumerate(bodies):
        made.append(sealed(made, body, at=START + timedelta(minutes=n), by="Ann"))
    return made


FORECASTS = [0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0.9, 0.8, 0.7]
OUTCOMES = [1, 1, 0, 1, 0, 1, 0, 0, 0, 1, 1, 1]


def twelve() -> list[dict[str, Any]]:
    bodies = [asked(f"q{n}") for n in range(12)]
    bodies += [told(f"q{n}", "Ann", probability=p) for n, p in enumerate(FORECASTS)]
    bodies += [told(f"q{n}", "Bob", probability=0.5, method="coin") for n in range(9)]
    return record(*bodies, *(came(f"q{n}", o) for n, o in enumerate(OUTCOMES)))


def test_twelve_forecasts_score_as_by_hand_and_nobody_is_ranked_below_ten() -> None:
    found = scores.score(twelve())
    jsonschema.validate(found, schema("forecast-score"))
    ann = found["by"]["author"]["Ann"]
    p, o = np.array(FORECASTS), np.array(OUTCOMES)
    assert ann["brier"] == pytest.approx(((p - o) ** 2).mean())
    assert ann["murphy"]["uncertainty"] == pytest.approx(o.mean() * (1 - o.mean()))
    assert sum(one["n"] for one in ann["calibration"]) == 12
    assert found["by"]["method"]["coin"]["brier"] == pytest.approx(0.25)
    assert (found["n"], found["questions"], found["ranking"]) == (21, 12, None)


def test_a_range_is_scored_by_its_ends_and_marked() -> None:
    found = scores.score(record(asked("q"), told("q", "Ann", range=[0.6, 0.8]), came("q", 1)))
    assert found["brier"] == pytest.approx(0.09)
    assert found["brier_bounds"] == pytest.approx([0.04, 0.16])
    assert found["ranges"] == 1


def test_crps_of_quantiles_is_the_integral() -> None:
    q = {"0.1": 10.0, "0.5": 20.0, "0.9": 60.0}
    shape = Piecewise((0.1, 0.5, 0.9), (10.0, 20.0, 60.0))
    for y in (-5.0, 15.0, 99.0):
        found = scores.score(record(asked("q", type="number"), told("q", "Ann", quantiles=q), came("q", y)))["crps"]
        below = quad(lambda x: float(shape.cdf(np.array([x]))[0]) ** 2, -20, y, points=[7.5, 10, 20], limit=200)[0]
        above = quad(lambda x: (1 - float(shape.cdf(np.array([x]))[0])) ** 2, y, 120, points=[20, 60, 70], limit=200)[0]
        assert found == pytest.approx(below + above, abs=1e-6)


def test_words_said_before_their_rule_are_marked_and_not_graded() -> None:
    early = told("q", "Zoe", range=[0.55, 0.8], words="likely", mapping="ICD 203", said="2024-12-01")
    found = scores.score(record(asked("q"), early, told("q", "Ann", probability=0.5), came("q", 1)))
    assert (found["n"], found["rule_came_later"]) == (1, ["q"])


def test_an_annulled_question_counts_for_nobody() -> None:
    found = scores.score(record(asked("q"), told("q", "Ann", probability=0.5), came("q", None)))
    assert (found["n"], found["annulled"], found["brier"]) == (0, ["q"], None)


def test_the_last_forecast_before_the_outcome_counts() -> None:
    found = scores.score(
        record(asked("q"), told("q", "Ann", probability=0), told("q", "Ann", probability=1), came("q", 1))
    )
    assert (found["n"], found["brier"]) == (1, 0)


def test_undo_never_reaches_the_ledger_and_a_published_record_scores_the_same(tmp_path: Path) -> None:
    path = tmp_path / "case.winset"
    cases.new(path)
    for body in (asked("q"), told("q", "Ann", probability=0.7), came("q", 1)):
        forecasts.append(path, body)
    assert cases.undo(path, 5) == []
    whole = forecasts.verify(path)
    jsonschema.validate(whole, schema("forecast-verify"))
    assert (whole["ok"], whole["entries"]) == (True, 3)
    jsonschema.validate(forecasts.listed(path), schema("forecast-list"))
    public = tmp_path / "record.jsonl"
    public.write_text(forecasts.publish(path))
    assert forecasts.verify(public, head=whole["head"])["ok"]
    assert forecasts.score(public) == forecasts.score(path)
    lines = public.read_text().splitlines()
    public.write_text("\n".join([lines[0], json.dumps({**json.loads(lines[1]), "probability": 0.9}), lines[2]]))
    assert forecasts.verify(public)["broken_at"] == 1
    with pytest.raises(CaseError, match="broken at entry 1"):
        forecasts.score(public)
    public.write_text("\n".join(lines[:2]))
    assert forecasts.verify(public)["ok"]
    assert not forecasts.verify(public, head=whole["head"])["ok"]


def test_hedges_stand_for_stated_ranges() -> None:
    assert forecasts.from_words("Very  likely", "ICD 203") == [0.8, 0.95]
    with pytest.raises(UsageError, match="ICD 203 has no range for 'perhaps'"):
        forecasts.from_words("perhaps", "ICD 203")


def test_weights_by_record_are_the_stated_sums_and_nobody_with_a_short_record_has_one() -> None:
    outcomes = [n % 3 == 0 for n in range(14)]
    bodies = [asked(f"q{n}") for n in range(14)]
    said = {"Ann": [0.9 if o else 0.2 for o in outcomes], "Bob": [0.6] * 12, "Cem": [0.99] * 9}
    bodies += [told(f"q{n}", who, probability=p) for who, all_ in said.items() for n, p in enumerate(all_)]
    found = scores.expert_weights(record(*bodies, *(came(f"q{n}", int(o)) for n, o in enumerate(outcomes))))
    loss = {who: [(p - o) ** 2 for p, o in zip(all_, outcomes, strict=False)] for who, all_ in said.items()}
    usual = [np.mean([own[n] for own in loss.values() if n < len(own)]) for n in range(14)]
    added = 10 * np.mean([x for own in loss.values() for x in own])
    for who in ("Ann", "Bob"):
        n = len(loss[who])
        assert found[who] == {
            "weight": pytest.approx((added + sum(usual[:n])) / (added + sum(loss[who]))),
            "resolved": n,
        }
    assert found["Ann"]["weight"] > 1 > found["Bob"]["weight"]
    assert found["Cem"] == {"weight": 1.0, "resolved": 9}
    assert scores.expert_weights([]) == {}
    perfect = [asked(f"q{n}") for n in range(10)] + [told(f"q{n}", "Ann", probability=1) for n in range(10)]
    assert scores.expert_weights(record(*perfect, *(came(f"q{n}", 1) for n in range(10))))["Ann"]["weight"] == 1.0


def dated(outcome: str, **quantiles: str) -> float:
    q = asked("q", type="date")
    said = {f"0.{level[1:]}": day for level, day in quantiles.items()}
    return float(scores.score(record(q, told("q", "Ann", quantiles=said), came("q", outcome)))["crps_days"])


def test_a_date_counts_up_to_the_day_on_which_its_question_resolves() -> None:
    end = date(2099, 3, 2).toordinal()  # the day after
    days = (date(2099, 1, 10).toordinal(), date(2099, 2, 10).toordinal(), date(2099, 3, 20).toordinal())
    shape = Piecewise((0.1, 0.5, 0.9), tuple(map(float, days)))
    for outcome in ("2099-01-02", "2099-02-15", "later"):
        y = end if outcome == "later" else date.fromisoformat(outcome).toordinal()
        below = quad(lambda x: float(shape.cdf(np.array([x]))[0]) ** 2, days[0] - 40, y, points=[days[0]], limit=200)[0]
        above = quad(lambda x: (1 - float(shape.cdf(np.array([x]))[0])) ** 2, y, end, points=[days[1]], limit=200)[0]
        found = dated(outcome, l1="2099-01-10", l5="2099-02-10", l9="2099-03-20")
        assert found == pytest.approx(below + above, abs=1e-6), outcome
    assert dated("later", l1="later", l9="later") == 0
    assert dated("2099-02-28", l1="later", l9="later") == 2


def test_numbers_that_stand_still_are_a_step() -> None:
    q = {"0.1": 10.0, "0.5": 10.0, "0.9": 20.0}
    found = scores.score(record(asked("q", type="number"), told("q", "Ann", quantiles=q), came("q", 12.0)))["crps"]
    shape = Piecewise((0.1, 0.5, 0.9), (10.0, 10.0, 20.0))
    below = quad(lambda x: float(shape.cdf(np.array([x]))[0]) ** 2, 10, 12)[0]
    above = quad(lambda x: (1 - float(shape.cdf(np.array([x]))[0])) ** 2, 12, 22.5, points=[20])[0]
    assert found == pytest.approx(below + above, abs=1e-6)


def test_intervals_are_held_against_what_came_and_options_count_one_by_one() -> None:
    bodies = [asked(f"n{n}", type="number") for n in range(4)] + [asked("o", type="options", options=["a", "b"])]
    bodies += [
        told("n0", "Ann", normal=[0, 1]),
        told("n1", "Ann", normal=[0, 1]),
        told("n2", "Ann", quantiles={"0.1": 0, "0.9": 8}),
    ]
    bodies += [told("n3", "Ann", quantiles={"0.3": 0, "0.7": 8}), told("o", "Ann", options={"a": 0.7, "b": 0.3})]
    bodies += [came("n0", 0.6), came("n1", 1.2), came("n2", 9), came("n3", 1), came("o", "b")]
    found = scores.score(record(*bodies))
    jsonschema.validate(found, schema("forecast-score"))
    assert [(one["level"], one["n"], round(one["held"] * one["n"])) for one in found["coverage"]] == [
        (0.5, 3, 1),
        (0.8, 3, 2),
    ]
    assert [(one["forecast"], one["observed"]) for one in found["calibration_options"]] == [(0.3, 1), (0.7, 0)]


def test_the_command_asks_for_a_date_and_takes_later(tmp_path: Path) -> None:
    cases.new(tmp_path / "c.winset")

    def run(*words: str) -> Any:
        return CliRunner().invoke(forecast, list(words))

    case, dates = str(tmp_path / "c.winset"), ("--closes", "2099-02-01", "--resolves", "2099-03-01")
    assert run("ask", case, "when", "When?", "--rule", "look", "--date", *dates).exit_code == 0
    both = run("ask", case, "x", "X?", "--rule", "look", "--date", "--number", *dates)
    assert (both.exit_code, "give one" in both.output) == (2, True)
    assert run("add", case, "when", "--quantile", "0.1=2099-01-20", "--quantile", "0.9=later").exit_code == 0
    assert isinstance(run("add", case, "when", "--quantile", "0.1=5", "--quantile", "0.9=7").exception, UsageError)
    assert run("resolve", case, "when", "later", "--source", "the gazette").exit_code == 0
    assert "CRPS of dates" in run("score", case).output
