"""The brief says how sure its answers are: intervals, what decides them, what-ifs, and the ledger with its calibration."""

import json
from datetime import UTC, datetime
from typing import Any

from winset.domain.forecasts import sealed
from winset.report import markdown
from winset.services import brief
from winset.store.textform import case_from_json

AT = datetime(2031, 1, 2, tzinfo=UTC)


def judged(quantity: str, party: str, value: Any, issue: str | None = "x") -> dict[str, Any]:
    form = {"range": value} if isinstance(value, list) else {"value": value}
    return {"quantity": quantity, "party": party, "issue": issue, **form, "by": "Ann"}


LINE: dict[str, Any] = {
    "schema": "winset-case/1", "as_of": "2031-03-01",
    "parties": [{"id": p, "name": p.upper()} for p in "ab"],
    "issues": [{"id": "x", "question": "Where?", "kind": "integer", "range": [0, 10], "status_quo": 5}],
    "judgements": [judged("position", "a", [0, 2]), judged("position", "b", 10),
                   judged("reservation", "a", [0.1, 0.6], None), judged("reservation", "b", [0.1, 0.6], None)],
    "scenarios": [{"name": "firm", "changes": [judged("reservation", "a", 0.55, None)]}],
}  # fmt: skip


def ledger() -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = []
    for n, p in enumerate((0.1, 0.2, 0.9)):
        entries.append(sealed(entries, {
            "kind": "question", "id": f"q{n}", "text": f"Question {n}?", "rule": "as announced", "type": "yes/no",
            "options": [], "closes": "2031-02-01", "resolves": "2031-02-02", "base_rate": None,
        }, at=AT, by="Ann"))  # fmt: skip
        said = {"kind": "forecast", "question": f"q{n}", "author": "Ann", "probability": p}
        entries.append(sealed(entries, said, at=AT, by="Ann"))
        came = {"kind": "outcome", "question": f"q{n}", "outcome": int(p > 0.5), "source": "a site"}
        entries.append(sealed(entries, came, at=AT, by="Ann"))
    return entries


def test_every_number_has_its_interval_and_the_methods_error_stands_apart() -> None:
    found = brief.brief(case_from_json(LINE))
    assert found.doubts is not None
    zone = found.doubts.runs["bargaining"]["outputs"]["zone"]["mean"]
    assert 0 < zone < 1
    report = brief.as_report(found)
    (section,) = [one for one in report.sections if one.id == "doubt"]
    assert section.title == f"In {100 * zone:.0f} % of draws a deal is possible"
    text = markdown.as_markdown(report)
    assert "With the method's error, 8 in 10" in text
    assert "That error is known from a record for spatial only." in text
    assert "Gain of A" in text
    assert "| firm | bargaining | A deal exists that is better than no deal for all who must sign |" in text, (
        "what-ifs that are kept are beside the case as it stands"
    )
    assert "depends most on reservation of" in text
    assert "would narrow the spread by" in text


def test_the_ledger_is_in_the_brief_with_rules_outcomes_and_calibration() -> None:
    found = brief.brief(case_from_json({**LINE, "forecasts": ledger()}))
    report = brief.as_report(found)
    (section,) = [one for one in report.sections if one.id == "ledger"]
    assert section.title == "3 questions in the ledger of forecasts, 3 resolved"
    text = markdown.as_markdown(report)
    assert "Brier score 0.0200" in text  # by hand: (0.01 + 0.04 + 0.01) / 3
    assert "Ann: 90 %" in text
    assert "What was said fits what came" in text
    assert [one["kind"] for one in brief.as_json(found)["forecasts"]][:3] == ["question", "forecast", "outcome"]


def test_a_ledger_that_was_altered_is_said_and_not_graded() -> None:
    entries = ledger()
    entries[1] = {**entries[1], "probability": 0.5}
    text = markdown.as_markdown(brief.as_report(brief.brief(case_from_json({**LINE, "forecasts": entries}))))
    assert "The ledger is not as it was sealed (entry 1: it is not what was sealed)" in text
    assert "Brier" not in text


def test_without_ranges_every_draw_is_the_same_and_the_brief_says_so() -> None:
    exact = [
        {**one, "value": one["range"][0]} if "range" in one else one
        for one in json.loads(json.dumps(LINE["judgements"]))
    ]
    for one in exact:
        one.pop("range", None)
    text = markdown.as_markdown(
        brief.as_report(brief.brief(case_from_json({**LINE, "judgements": exact, "scenarios": []})))
    )
    assert "No judgement that these methods use has a range" in text
