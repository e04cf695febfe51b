"""What changed since a date: new statements, positions that differ, moves."""

from collections.abc import Mapping
from datetime import date

from winset.domain.statements import Statement
from winset.report import words
from winset.report.blocks import Inline, Items, Line, Paragraph, Section
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
    lines: list[Line] = [(f"{words.count(len(new), 'new statement')} since {words.day(since)}.",)]
    now, then = matrix.standing(brief.positions, brief.as_of), matrix.standing(brief.positions, since)
    for party in matrix.shown_parties(brief):
        for issue_id in matrix.shown_issues(brief):
            if not matrix.changed(brief, party, issue_id):
                continue
            found = matrix.first(now.get((party, issue_id)))
            before = matrix.first(then.get((party, issue_id)))
            if found is None:
                continue
            issue = brief.case.issue(issue_id)
            was = words.estimate(before.value, issue) if before else "not known"
            line: list[Inline] = [
                f"{brief.case.party(party).name}, {issue.question} was {was}, is {words.estimate(found.value, issue)}."
            ]
            lines.append((*line, *notes.refs(found.grounds)))
    blocks = (Items(tuple(lines)),) if lines else (Paragraph(("Nothing new is on record.",)),)
    return Section(id="changes", title=f"What changed since {words.day(since)}", nav="Changes", blocks=blocks)


def _after(statement: Statement, days: Mapping[str, date | None], since: date) -> bool:
    when = statement.date.start if statement.date else days.get(statement.doc)
    return when is not None and when > since
