"""Forecasts voiced in the sources, each with its author; never a position of the party foretold."""

from winset.domain.statements import Statement
from winset.evidence.foretelling import foretells
from winset.report import words
from winset.report.blocks import Faint, Items, Line, Section
from winset.report.brief.content import Brief
from winset.report.brief.notes import Notes
from winset.report.brief.record import said_words


def voiced(brief: Brief) -> tuple[Statement, ...]:
    """The statements of the record that foretell something; what sets its speaker's own position is in his own hand."""
    own = {(ground.statement, p.party) for p in brief.positions if p.voice == "own" for ground in p.grounds}
    documents = {document.id: document for document in brief.case.documents}
    return tuple(
        one
        for one in brief.statements
        if (one.id, one.speaker.party) not in own
        and foretells(one, " ".join(span.of(documents[one.doc].text) for span in one.content))
    )


def section(brief: Brief, notes: Notes) -> Section | None:
    """One line a forecast."""
    told = voiced(brief)
    if not told:
        return None
    documents = {d.id: d for d in brief.case.documents}
    lines: list[Line] = []
    for s in told:
        hedge = words.MODALITIES.get(s.modality)
        lines.append(
            (
                f"{words.speaker(s.speaker)}: ",
                *said_words(documents[s.doc], s),
                Faint(f" ({words.day(documents[s.doc].date)}" + (f", {hedge})" if hedge else ")")),
                *notes.ref(s.id),
            )
        )
    return Section(
        id="forecasts",
        title=f"{words.count(len(told), 'forecast')} to be resolved later",
        nav="Forecasts",
        blocks=(Items(tuple(lines)),),
    )
