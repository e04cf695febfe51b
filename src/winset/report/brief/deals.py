"""What could be agreed, and who gains from waiting: results of runs in words."""

from winset.report import words
from winset.report.blocks import Block, Cell, Items, Paragraph, Section, Table
from winset.report.brief.content import Brief
from winset.report.brief.notes import Notes

NAMES = {
    "nash": "Nash",
    "kalai_smorodinsky": "Kalai–Smorodinsky",
    "egalitarian": "Egalitarian",
    "utilitarian": "Utilitarian",
}


def section(brief: Brief, notes: Notes) -> Section | None:
    """The deals of a bargaining run; nothing where none could be run."""
    if brief.deals is None:
        return None
    result = brief.deals.result
    blocks: list[Block] = []
    solutions = result.get("solutions")
    if solutions:
        parties = result["parties"]
        names = {party.id: party.name for party in brief.case.parties}
        rows = []
        for key, name in NAMES.items():
            one = solutions.get(key)
            if not one:
                continue
            terms = "; ".join(_term(brief, issue, value) for issue, value in one["outcome"].items())
            rows.append(
                (
                    Cell(line=(name,), head=True),
                    Cell(line=(terms,), state="computed"),
                    *(Cell(line=(words.number(u),)) for u in one["utilities"]),
                )
            )
        blocks.append(
            Table(
                caption="Deals that the named rules pick, with what each is worth to each party",
                head=("Rule", "Deal", *(names.get(p, p) for p in parties)),
                rows=tuple(rows),
                numeric=frozenset(range(2, 2 + len(parties))),
            )
        )
        zone, outcomes = result.get("zone"), result.get("outcomes")
        title = (
            f"{zone:,} of {outcomes:,} outcomes are better than no deal for everybody"
            if zone is not None
            else "A deal is possible"
        )
    else:
        title = "No outcome is acceptable to everybody"
        blocks.append(Paragraph(("On these judgements the agreement zone is empty.",), "caution"))
    rests = f"These numbers rest on {words.count(len(brief.deals.assumptions), 'assumption')}, listed below; other judgements give other deals."
    blocks.append(Paragraph((rests,), "remark"))
    return Section(id="deals", title=title, nav="Deals", blocks=tuple(blocks))


def _term(brief: Brief, issue_id: str, value: str | float) -> str:
    """An issue's question with the label of the point or option."""
    issue = brief.case.issue(issue_id)
    label = value if isinstance(value, str) else issue.label(value) or words.number(value)
    return f"{issue.question} {label}"


def waiting(brief: Brief, notes: Notes) -> Section | None:
    """Shares under alternating offers and the price of haste."""
    if brief.patience is None:
        return None
    result = brief.patience.result
    shares = " to ".join(words.number(100 * s) for s in result["shares"])
    return Section(
        id="waiting",
        title="Who gains from waiting",
        nav="Waiting",
        blocks=(
            Paragraph((f"Under alternating offers the surplus divides {shares}.",)),
            Items(tuple((a.text,) for a in brief.patience.assumptions)),
        ),
    )
