"""What changed since a date: new statements, positions that differ, moves."""

from collections.abc import Mapping
from datetime import date

from winset.domain.statements import Statement
from winset.report import words
from winset.report.blocks import Block, Cell, Line, Paragraph, Section, Table
from winset.report.brief import matrix
from winset.report.brief.content import Brief
from winset.report.brief.notes import Notes


def section(brief: Brief, notes: Notes) -> Section | None:
    """Nothing without a date to compare with."""
    if brief.since is None:
        return None
    days = {d.id: d.date for d in brief.case.documents}
    since = brief.since
    new = [s for s in brief.statements if _after(s, days, since)]
    blocks: list[Block] = [Paragraph((f"{words.count(len(new), 'new statement')} since {words.day(since)}.",))]
    rows = _rows(brief, notes, since)
    if rows:
        caption = f"{words.count(len(rows), 'position')} changed since {words.day(since)}"
        blocks.append(Table(caption=caption, head=("Issue", "Party", "Was", "Is now"), rows=tuple(rows)))
    return Section(id="changes", title=f"What changed since {words.day(since)}", nav="Changes", blocks=tuple(blocks))


def _rows(brief: Brief, notes: Notes, since: date) -> list[tuple[Cell, ...]]:
    """One row a position that differs, issue by issue, with its grounds."""
    now, then = matrix.standing(brief.positions, brief.as_of), matrix.standing(brief.positions, since)
    rows: list[tuple[Cell, ...]] = []
    for issue_id in matrix.shown_issues(brief):
        issue = brief.case.issue(issue_id)
        for party in matrix.shown_parties(brief):
            found = matrix.first(now.get((party, issue_id)))
            if found is None or not matrix.changed(brief, party, issue_id):
                continue
            before = matrix.first(then.get((party, issue_id)))
            was = words.estimate(before.value, issue) if before else "not known"
            is_now: Line = (words.estimate(found.value, issue), *notes.refs(found.grounds))
            rows.append(
                (
                    Cell(line=(issue.question,), head=True),
                    Cell(line=(brief.case.party(party).name,)),
                    Cell(line=(was,)),
                    Cell(line=is_now),
                )
            )
    return rows


def _after(statement: Statement, days: Mapping[str, date | None], since: date) -> bool:
    when = statement.date.start if statement.date else days.get(statement.doc)
    return when is not None and when > since
