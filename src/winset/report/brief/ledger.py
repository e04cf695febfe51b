"""The ledger of forecasts: questions with their rules, who said what, what came of it, and what the record is worth."""

from typing import Any

from winset.report import words
from winset.report.blocks import Block, Cell, Paragraph, Section, Table
from winset.report.brief.content import Brief
from winset.report.brief.notes import Notes
from winset.report.charts.calibration import calibration
from winset.report.forecasts import came as came_of
from winset.report.forecasts import said as said_in
from winset.report.forecasts import score_text

LATE = " (rule written later: not graded)"


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
        result = came_of(question, came)
    told = "; ".join(
        f"{author}: {said_in(one)}{LATE if one.get('rule_came_later') else ''}" for author, one in last.items()
    )
    return (Cell(line=(question["text"],), head=True), Cell(line=(question["rule"],)), Cell(line=(question["closes"],)),
            Cell(line=(told or "none",)), Cell(line=(result,)))  # fmt: skip
