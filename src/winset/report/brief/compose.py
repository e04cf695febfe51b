"""The brief as a report: its parts in the order in which an analyst asks."""

from winset.domain.statements import Statement
from winset.report import passages, words
from winset.report.blocks import Report
from winset.report.brief import (
    alignment,
    attention,
    changes,
    collective,
    deals,
    doubt,
    forecasts,
    gaps,
    ledger,
    leverage,
    moves,
    parties,
    pointers,
    positions,
    precedents,
    proposals,
    record,
    summary,
    waiting,
)
from winset.report.brief.content import Brief
from winset.report.brief.notes import Notes

PARTS = {
    "changes": changes.section,
    "summary": summary.section,
    "positions": positions.section,
    "moves": moves.section,
    "alignment": alignment.section,
    "parties": parties.section,
    "attention": attention.section,
    "deals": deals.section,
    "collective": collective.section,
    "power": collective.power,
    "waiting": waiting.section,
    "proposals": proposals.section,
    "precedents": precedents.section,
    "leverage": leverage.section,
    "doubt": doubt.section,
    "forecasts": forecasts.section,
    "ledger": ledger.section,
    "pointers": pointers.section,
    "gaps": gaps.section,
    "record": record.section,
}
"""What makes each part, by its id, in the order of the brief."""


def report(brief: Brief, *, made: str) -> Report:
    """The whole brief as a report. `made` says by what and from what it was made."""
    notes = Notes(brief)
    sections = tuple(part for part in (make(brief, notes) for make in PARTS.values()) if part is not None)
    said: dict[str, list[Statement]] = {}
    for statement in brief.case.statements:
        said.setdefault(statement.doc, []).append(statement)
    return Report(
        title=brief.case.title,
        subtitle=summary.subtitle(brief),
        made=made,
        sections=sections,
        notes=notes.all(),
        sources=tuple(
            passages.source(
                document,
                said.get(document.id, []),
                title=document.title or document.id,
                where=", ".join(filter(None, (words.day(document.date), document.file))),
                places=notes.places(document.id),
            )
            for document in brief.case.documents
        ),
    )
