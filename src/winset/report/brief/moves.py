"""Who moved, and what came back."""

from winset.report import words
from winset.report.blocks import Cell, Paragraph, Section, Table
from winset.report.brief.content import Brief
from winset.report.brief.notes import Notes


def section(brief: Brief, notes: Notes) -> Section | None:
    """The ledger: every move with what answered it."""
    if not brief.moves:
        return None
    names = {p.id: p.name for p in brief.case.parties}
    questions = {i.id: i for i in brief.case.issues}
    rows = []
    for move in brief.moves:
        issue = questions.get(move.issue)
        step = (
            "moved"
            if move.start is None or move.end is None
            else f"{words.number(move.start)} to {words.number(move.end)}"
        )
        rows.append(
            (
                Cell(line=(words.day(move.date),)),
                Cell(line=(names.get(move.party, move.party),), head=True),
                Cell(line=(issue.question if issue else move.issue,)),
                Cell(line=(step, *notes.refs(move.grounds)), state="suggested"),
                Cell(line=(names.get(move.toward or "", move.toward or "nobody named"),)),
                Cell(line=(move.status,)),
                Cell(line=(words.count(len(move.answered_by), "answer") if move.answered_by else "none",)),
            )
        )
    movers: dict[str, int] = {}
    for move in brief.moves:
        movers[move.party] = movers.get(move.party, 0) + 1
    told = words.several(
        [f"{names.get(p, p)} moved {'once' if n == 1 else words.count(n, 'time')}" for p, n in movers.items()]
    )
    return Section(
        id="moves",
        title="Who moved, and what came back",
        nav="Moves",
        blocks=(
            Paragraph(
                (
                    f"{told}; {sum(not m.answered_by for m in brief.moves)} of {len(brief.moves)} moves have no recorded answer.",
                )
            ),
            Table(
                caption="Moves on each issue's own scale. Sizes on different issues cannot be compared.",
                head=("Date", "Party", "Issue", "Step", "Toward", "Status", "Answered"),
                rows=tuple(rows),
            ),
        ),
    )
