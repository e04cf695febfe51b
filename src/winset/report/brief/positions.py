"""Who wants what: the matrix of positions as of a date, and the chart of it."""

from winset.domain.positions import Position
from winset.report import words
from winset.report.blocks import Block, Cell, Faint, Inline, Paragraph, Section, Table
from winset.report.brief import matrix
from winset.report.brief.content import Brief
from winset.report.brief.notes import Notes
from winset.report.charts.positions import position_chart
from winset.report.charts.timeline import issue_timeline


def section(brief: Brief, notes: Notes) -> Section | None:
    """The matrix, issues in rows by how contested they are; nothing where no position is known."""
    parties, issues = matrix.shown_parties(brief), matrix.shown_issues(brief)
    if not parties or not issues:
        return None
    now = matrix.standing((*brief.positions, *brief.beside), brief.as_of)
    rows = []
    for issue_id in issues:
        issue = brief.case.issue(issue_id)
        cells = [Cell(line=(issue.question,), head=True)]
        for party in parties:
            cells.append(_cell(brief, now.get((party, issue_id), []), party, issue_id, notes))
        rows.append(tuple(cells))
    names = tuple(brief.case.party(party).name for party in parties)
    table = Table(
        caption=f"Positions as of {words.day(brief.as_of)}. Dotted: read by the program, not yet reviewed. "
        "Hatched: nothing known." + (f" Corner mark: changed since {words.day(brief.since)}." if brief.since else ""),
        head=("Issue", *names),
        rows=tuple(rows),
    )
    blocks: list[Block] = [Paragraph((finding(brief, parties, issues),)), table]
    if shown := sum(each[0] in brief.beside for each in now.values()):
        told = f"{shown} of these positions {'is' if shown == 1 else 'are'} only suggested by the words of the sources"
        told += ", where nobody has judged that party on that issue. Nothing is computed from suggestions."
        blocks.append(Paragraph((told,), "remark"))
    chart = position_chart(brief, parties, issues)
    if chart:
        blocks.insert(1, chart)
    return Section(
        id="positions", title="Who wants what", nav="Positions", blocks=(*blocks, *_over_time(brief, parties, issues))
    )


def _over_time(brief: Brief, parties: list[str], issues: list[str]) -> list[Section]:
    """A timeline for each issue on which somebody's own position changed."""
    moved = {move.issue for move in brief.moves if move.start is not None and move.end is not None}
    shown = [brief.case.party(id) for id in parties]
    charts = [
        chart for id in issues if id in moved
        and (chart := issue_timeline(brief.case.issue(id), shown, brief.positions, brief.as_of)) is not None
    ]  # fmt: skip
    return [Section(id="over-time", title="How it came about", blocks=tuple(charts))] if charts else []


def _cell(brief: Brief, held: list[Position], party: str, issue_id: str, notes: Notes) -> Cell:
    if not held:
        return Cell(line=("not stated",), state="missing")
    issue = brief.case.issue(issue_id)
    line: list[Inline] = []
    for number, position in enumerate(held[:3]):
        if number:
            line.append("; ")
        line.append(words.estimate(position.value, issue))
        if position.voice != "own":
            line.append(Faint(f" ({words.VOICES[position.voice]}{_by(brief, position)})"))
        if position.condition:
            line.append(Faint(f" {words.condition(position.condition)}"))
        line.extend(notes.refs(position.grounds))
    suggested = held[0].by.startswith("reader")
    return Cell(
        line=tuple(line),
        state="suggested" if suggested else "reviewed",
        changed=matrix.changed(brief, party, issue_id),
    )


def finding(brief: Brief, parties: list[str], issues: list[str]) -> str:
    """Where the widest and the smallest gaps are, and how much is not known."""
    now = matrix.standing(brief.positions, brief.as_of)
    by_issue = {id: matrix.apart(brief, id, parties, now) for id in issues}
    apart = [brief.case.issue(id).question for id, gap in by_issue.items() if gap >= matrix.WIDE]
    together = [brief.case.issue(id).question for id, gap in by_issue.items() if 0 <= gap <= matrix.NEAR]
    said = []
    if apart:
        gaps = "gap is" if len(apart[:3]) == 1 else "gaps are"
        said.append(f"The widest {gaps} on {words.several([_lower(q) for q in apart[:3]])}.")
    if together:
        said.append(f"Nobody is far apart on {words.several([_lower(q) for q in together[:3]])}.")
    known = {**matrix.standing(brief.beside, brief.as_of), **now}
    missing = sum((party, issue) not in known for party in parties for issue in issues)
    if missing:
        total = len(parties) * len(issues)
        said.append(f"For {missing} of {total} pairs of party and issue no position is known.")
    return " ".join(said) or "Too few positions are known to compare the parties."


def _lower(question: str) -> str:
    text = question.rstrip("?").strip()
    return f"“{text}”"


def _by(brief: Brief, position: Position) -> str:
    """Who says so, by name; nothing where it is the party itself."""
    if position.ascribed_by in (None, position.party):
        return ""
    return ", " + next((one.name for one in brief.case.parties if one.id == position.ascribed_by), position.ascribed_by)
