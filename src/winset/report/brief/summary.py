"""In short: the findings of a brief in a few lines, each with its grounds."""

from winset.report import words
from winset.report.blocks import Inline, Items, Line, Section
from winset.report.brief import collective, deals, leverage, matrix, moves, waiting
from winset.report.brief.content import Brief
from winset.report.brief.forecasts import voiced
from winset.report.brief.notes import Notes


def subtitle(brief: Brief) -> str:
    """What the brief rests on, and as of when."""
    documents = brief.case.documents
    dated = sorted(d.date for d in documents if d.date)
    span = ""
    if dated:
        span = (
            f" of {words.day(dated[0])}"
            if dated[0] == dated[-1]
            else f", {words.day(dated[0])} to {words.day(dated[-1])}"
        )
    return f"As of {words.day(brief.as_of)} · {words.count(len(documents), 'document')}{span}"


def section(brief: Brief, notes: Notes) -> Section | None:
    """Counts, the widest gap, unanswered moves, absent parties, forecasts."""
    lines: list[Line] = [_record_line(brief)]
    lines += [line for line in (_moves(brief, notes), _absent(brief), _computed(brief), _forecasts(brief)) if line]
    if not brief.positions:
        lines.append(
            ("No issue of the codebook is spoken of in a way that shows where a party stands; the record follows.",)
        )
    return Section(id="summary", title="In short", nav="In short", blocks=(Items(tuple(lines)),))


def _record_line(brief: Brief) -> Line:
    said = [s for s in brief.statements if s.speaker.kind != "author"]
    unnamed = sum(s.speaker.kind == "anonymous" for s in said)
    issues = len(matrix.shown_issues(brief))
    line = f"{words.count(len(said), 'statement')} on record"
    if unnamed:
        line += f", {unnamed} by people whom the source does not name"
    if issues:
        line += f"; positions on {words.count(issues, 'issue')}"
    return (line + ".",)


def _moves(brief: Brief, notes: Notes) -> Line | None:
    unanswered = [m for m in brief.moves if m.toward is not None and not m.answered_by]
    if not unanswered:
        return None
    grounds: list[Inline] = []
    for move in unanswered:
        grounds.extend(notes.refs(move.grounds, 1))
    names = {p.id: p.name for p in brief.case.parties}
    return (f"Without a recorded answer: {words.joined(moves.moved(unanswered, names))}.", *grounds[:4])


def _absent(brief: Brief) -> Line | None:
    if not brief.absent:
        return None
    names = {p.id: p.name for p in brief.case.parties}
    return (f"Spoken of but not at a table: {words.several([names.get(a, a) for a in brief.absent])}.",)


def _computed(brief: Brief) -> Line | None:
    """What could be agreed and whom haste costs, on the judgements of the case."""
    told = [f"{one}." for make in _FINDINGS if (one := make(brief))]
    return (f"On the judgements of this case: {' '.join(told)}",) if told else None


_FINDINGS = (deals.finding, collective.finding, waiting.finding, leverage.finding)


def _forecasts(brief: Brief) -> Line | None:
    told = voiced(brief)
    return (f"{words.count(len(told), 'forecast')} voiced, each with its author.",) if told else None
