"""What could be agreed: the deals that rules pick, issue by issue, and the deal space as a picture."""

from collections.abc import Mapping
from typing import Any

from winset.report import deals_worth, words
from winset.report.blocks import Block, Cell, Paragraph, Section, Table
from winset.report.brief.content import Brief
from winset.report.brief.notes import Notes
from winset.report.charts.deals import NAMES

NOW = "Status quo"


def section(brief: Brief, notes: Notes) -> Section | None:
    """The deals of a bargaining run; nothing where none could be run."""
    if brief.deals is None:
        return None
    result = brief.deals.result
    blocks: list[Block] = [brief.deal_space] if brief.deal_space else []
    if result.get("solutions"):
        blocks.append(_table(brief, result))
    else:
        blocks.append(Paragraph(("On these judgements the agreement zone is empty.",), "caution"))
    blocks += deals_worth.blocks(
        result, {p.id: p.name for p in brief.case.parties}, {i.id: i.question for i in brief.case.issues},
        lambda issue, value: _label(brief, issue, value), looked_at="the status quo",
    )  # fmt: skip
    rests = (
        f"These numbers rest on {words.count(len(brief.deals.assumptions), 'assumption')}, listed below; "
        "other judgements give other deals."
    )
    blocks.append(Paragraph((rests,), "remark"))
    return Section(id="deals", title=finding(brief) or "", nav="Deals", blocks=tuple(blocks))


def finding(brief: Brief) -> str | None:
    """Whether a deal is possible, in a line; None where that was not computed."""
    if brief.deals is None:
        return None
    result = brief.deals.result
    if not result.get("solutions"):
        return "No outcome is acceptable to everybody"
    zone, outcomes = result.get("zone"), result.get("outcomes")
    if zone is None or outcomes is None:
        return "A deal is possible"
    return f"{zone:,} of {outcomes:,} outcomes are better than no deal for everybody"


def _table(brief: Brief, result: Mapping[str, Any]) -> Table:
    """Deals as columns, each once under the names of all rules that pick it; issues and each party's worth as rows."""
    deals: list[tuple[list[str], Mapping[str, Any]]] = []
    picked = [(name, result["solutions"].get(key)) for key, name in NAMES.items()]
    for name, one in [*picked, (NOW, result.get("proposal"))]:
        if not one:
            continue
        same = next((names for names, other in deals if other["outcome"] == one["outcome"]), None)
        same.append(name) if same else deals.append(([name], one))
    names = {party.id: party.name for party in brief.case.parties}
    rows = [
        (
            Cell(line=(brief.case.issue(issue).question,), head=True),
            *(Cell(line=(_label(brief, issue, one["outcome"][issue]),)) for _, one in deals),
        )
        for issue in result["issues"]
    ]
    for at, party in enumerate(result["parties"]):
        reservation = words.number(result["reservation"][at])
        rows.append(
            (
                Cell(line=(f"Worth to {names.get(party, party)} (no deal: {reservation})",), head=True),
                *(Cell(line=(words.number(one["utilities"][at]),), state="computed") for _, one in deals),
            )
        )
    return Table(
        caption="The deals that named rules pick. Worths of different parties cannot be compared.",
        head=("Issue", *(", ".join(found) for found, _ in deals)),
        rows=tuple(rows),
    )


def _label(brief: Brief, issue_id: str, value: str | float) -> str:
    """The label of a point or option, else the number."""
    if isinstance(value, str):
        return value
    return brief.case.issue(issue_id).label(value) or words.number(value)
