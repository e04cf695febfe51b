"""The log in words: an undo is told as one, an entry of the ledger by what it says and not by its seal."""

from pathlib import Path

from winset.services import cases, forecasts


def test_the_log_says_what_was_done_and_undone_and_forecast(tmp_path: Path) -> None:
    case = tmp_path / "a.winset"
    cases.new(case)
    question = {"kind": "question", "id": "signed", "text": "Is it signed?", "rule": "the gazette", "type": "yes/no", "options": [],
                "closes": "2999-01-01", "resolves": "2999-02-01"}  # fmt: skip
    forecasts.append(case, question)
    forecasts.append(case, {"kind": "forecast", "question": "signed", "author": "Ann", "probability": 0.25})
    forecasts.append(case, {"kind": "outcome", "question": "signed", "outcome": 1, "source": "press"})
    cases.mark(case, "Monday")
    (tmp_path / "p.csv").write_text("party,issue,position\nA,wages,3\n", encoding="utf-8")
    cases.import_case(case, tmp_path / "p.csv")
    cases.undo(case)
    cases.redo(case)
    said = [line["words"] for line in cases.history(case)]
    imported = said[2]
    assert said == [
        f"did again: {imported}", f"took back: {imported}", imported, "undo point “Monday”",
        "answer to “Is it signed?”: yes", "forecast of “Is it signed?” by Ann: 25 %", "asked: Is it signed?", "new case",
    ]  # fmt: skip
