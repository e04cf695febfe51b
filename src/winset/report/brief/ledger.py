"""The ledger of forecasts: questions with their rules, who said what, what came of it, and what the record is worth."""

from typing import Any

from winset.report import words
from winset.report.blocks import Block, Cell, Paragraph, Section, Table
from winset.report.brief.content import Brief
from winset.report.brief.notes import Notes
from winset.report.charts.calibration import calibration
from winset.report.forecasts import score_text


def section(brief: Brief, notes: Notes) -> Section | None:
    """Nothing where the ledger is empty."""
    doubts = brief.doubts
    if doubts is None or not (doubts.ledger or doubts.broken):
        return None
    if doubts.broken:
        said = Paragraph(
            (f"The ledger is not as it was sealed ({doubts.broken}); nothing in it is graded.",), "caution"
        )
        return Section(id="ledger", title="The ledger of forecasts is broken", nav="Ledger", blocks=(said,))
    questions = [one for one in doubts.ledger if one["kind"] == "question"]
    rows = tuple(_row(one, doubts.ledger) for one in questions)
    blocks: list[Block] = [
        Table(caption="Questions, written down with their rules before anybody forecast them",
              head=("Question", "Rule", "Closes", "Forecasts", "Came"), rows=rows),
    ]  # fmt: skip
    resolved = 0
    if doubts.score is not None and doubts.score["n"]:
        resolved = doubts.score["questions"]
        chart = calibration(doubts.score["calibration"])
        blocks += [chart] if chart else []
        blocks += [
            Paragraph((line.strip(),))
            for line in score_text(doubts.score).splitlines()
            if not line.startswith("  said")
        ]
    else:
        blocks.append(Paragraph(("No forecast is resolved yet; nothing can be graded.",), "remark"))
    title = f"{words.count(len(questions), 'question')} in the ledger of forecasts, {resolved} resolved"
    return Section(id="ledger", title=title, nav="Ledger", blocks=tuple(blocks))


def _row(question: dict[str, Any], entries: tuple[dict[str, Any], ...]) -> tuple[Cell, ...]:
    said = [one for one in entries if one["kind"] == "forecast" and one["question"] == question["id"]]
    last = {one["author"]: one for one in said}
    came = next((one for one in entries if one["kind"] == "outcome" and one["question"] == question["id"]), None)
    if came is None:
        result = "overdue" if question["overdue"] else question["state"]
    else:
        result = "annulled" if came["outcome"] is None else _outcome(came["outcome"], question)
    told = "; ".join(f"{author}: {_forecast(one)}" for author, one in last.items())
    return (Cell(line=(question["text"],), head=True), Cell(line=(question["rule"],)), Cell(line=(question["closes"],)),
            Cell(line=(told or "none",)), Cell(line=(result,)))  # fmt: skip


def _outcome(value: Any, question: dict[str, Any]) -> str:
    return ("yes" if value else "no") if question["type"] == "yes/no" else str(value)


def _forecast(one: dict[str, Any]) -> str:
    marked = " (rule written later: not graded)" if one.get("rule_came_later") else ""
    if one.get("probability") is not None:
        return f"{100 * one['probability']:.0f} %{marked}"
    if one.get("range") is not None:
        low, high = one["range"]
        hedge = f" “{one['words']}”, {one['mapping']}" if one.get("words") else ""
        return f"{100 * low:.0f} to {100 * high:.0f} %{hedge}{marked}"
    if one.get("options") is not None:
        return ", ".join(f"{name} {100 * p:.0f} %" for name, p in one["options"].items()) + marked
    if one.get("normal") is not None:
        return f"{words.number(one['normal'][0])} ± {words.number(one['normal'][1])}{marked}"
    points = sorted(one["quantiles"].items(), key=lambda pair: float(pair[0]))
    return f"{words.number(points[0][1])} to {words.number(points[-1][1])}{marked}"
