"""What words suggest of haste, guarantees, trust, consent, backing and tactics, not yet judged by anybody."""

from collections.abc import Mapping

from winset.domain.pointers import KINDS, Pointer
from winset.domain.text import Document
from winset.report import words
from winset.report.blocks import Cell, Inline, Paragraph, Quote, Section, Table
from winset.report.brief.content import Brief
from winset.report.brief.notes import Notes

TITLES = {
    "haste": "Haste and deadlines", "no deal": "What no deal means", "reward": "Rewards from outside", "guarantee": "Guarantees",
    "trust": "Trust and broken deals", "consent": "Who must consent or may sign", "backing": "Who backs whom",
    "tactic": "Tactics, as others describe them",
}  # fmt: skip
MOST = 40  # rows; the command lists all
LONGEST = 180  # characters of the words shown


def section(brief: Brief, notes: Notes) -> Section | None:
    """One row a pointer, by kind; nothing where there is none."""
    if not brief.pointers:
        return None
    names = {party.id: party.name for party in brief.case.parties}
    texts = {document.id: document for document in brief.case.documents}
    ordered = sorted(brief.pointers, key=lambda one: KINDS.index(one.kind))
    rows: list[tuple[Cell, ...]] = []
    last = ""
    for one in ordered[:MOST]:
        toward = f", toward {names.get(one.toward, one.toward)}" if one.toward else ""
        said = _said(one, texts, notes)
        rows.append(
            (
                Cell(line=(TITLES[one.kind] if one.kind != last else "",), head=True),
                Cell(line=(f"{names.get(one.party, one.party)}: {one.direction}{toward}",), state="suggested" if one.suggested else "reviewed"),
                Cell(line=said),
                Cell(line=("itself" if one.voice == "own" else f"{names.get(one.ascribed_by or '', one.ascribed_by or 'somebody')}" + (", foretold" if one.voice == "forecast" else ""),)),
            )
        )  # fmt: skip
        last = one.kind
    waiting = sum(one.suggested for one in brief.pointers)
    opening = f"{words.count(len(brief.pointers), 'saying bears', 'sayings bear')} on what has to be judged; {waiting} not yet reviewed. No number here is computed from them."
    more = (f" The first {MOST} are shown.",) if len(ordered) > MOST else ()
    return Section(
        id="pointers", title="Suggested by words, not yet judged", nav="Suggested",
        blocks=(Paragraph((opening, *more)), Table(caption="Who is meant, the words, and who says so",
                head=("Bears on", "Of whom", "Words", "Said by"), rows=tuple(rows))),
    )  # fmt: skip


def _said(one: Pointer, texts: Mapping[str, Document], notes: Notes) -> tuple[Inline, ...]:
    found: list[Inline] = []
    for ground in one.grounds[:1]:
        document = texts[ground.doc]
        for span in ground.spans[:1]:
            text = document.quote(span)
            cut = text if len(text) <= LONGEST else text[:LONGEST].rpartition(" ")[0]
            found.append(Quote(cut, document.language))
            if cut != text:
                found.append(" …")
    return (*found, *notes.refs(one.grounds, 1))
