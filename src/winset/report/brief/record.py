"""The record: who said what, by party and speaker, each line leading to its sentence."""

from collections.abc import Iterable, Sequence
from datetime import date

from winset.domain.reviews import statement_target
from winset.domain.statements import Statement, Voice
from winset.domain.text import Document, tidy
from winset.report import words
from winset.report.blocks import Block, Inline, Paragraph, Quote, Record, Saying, Section
from winset.report.brief.content import Brief, Repeat
from winset.report.brief.notes import Notes

LONGEST = 420  # characters of one saying shown in the record; the note shows the whole sentence


def section(brief: Brief, notes: Notes) -> Section:
    """Every saying once, grouped by party, then speaker, then day."""
    shown = [s for s in brief.statements if s.speaker.kind != "author"]
    if not shown:
        return Section(id="record", title="The record is empty", nav="Record", blocks=(_why_empty(brief),))
    named = {party.id: party.name for party in brief.case.parties}
    groups: dict[str, dict[str, list[Statement]]] = {}
    for statement in shown:
        party = statement.speaker.party
        title = named.get(party, party) if party else _unaligned(statement.speaker)
        groups.setdefault(title, {}).setdefault(_who(statement), []).append(statement)
    documents = {document.id: document for document in brief.case.documents}
    order = sorted(groups, key=lambda title: (title in UNALIGNED, -sum(map(len, groups[title].values())), title))
    inner = tuple(
        Section(
            id=f"record-{number}",
            title=title,
            blocks=tuple(_record(brief, said, documents, named, notes) for said in _by_size(groups[title])),
        )
        for number, title in enumerate(order, 1)
    )
    voices = len({(s.doc if s.speaker.kind == "anonymous" else "", _who(s)) for s in shown})
    unnamed = sum(s.speaker.kind == "anonymous" for s in shown)
    opening = (
        f"{words.count(len(shown), 'statement')} by {words.count(voices, 'speaker')} in "
        f"{words.count(len(brief.case.documents), 'document')}"
        + (f"; {unnamed} of them by people whom the source does not name." if unnamed else ".")
    )
    first: Block = Paragraph((" ".join(filter(None, (opening, _review_state(brief, shown)))),))
    return Section(id="record", title="Who said what", nav="Record", blocks=(first, *inner))


def _review_state(brief: Brief, shown: Sequence[Statement]) -> str:
    """How much of the record a person has looked at, and what was left out; nothing where nobody has begun."""
    looked = [brief.reviews.get(statement_target(s.id)) for s in shown]
    done = sum(review is not None and review.verdict in ("accept", "correct") for review in looked)
    out = sum(r.verdict == "reject" and r.target.startswith(statement_target("")) for r in brief.reviews.values())
    if not done and not out:
        return ""
    said = f"A person reviewed {done} of {len(shown)}"
    return said + (f" and rejected {out} more, left out here." if out else ".")


def _reviewed(brief: Brief, id: str) -> tuple[str, ...]:
    review = brief.reviews.get(statement_target(id))
    word = {"accept": "reviewed", "correct": "corrected"}.get(review.verdict) if review else None
    return (f"{word} by {review.by}",) if review and word else ()


UNALIGNED = ("Unnamed voices", "Others", "No source given")


def _unaligned(voice: Voice) -> str:
    return {"anonymous": "Unnamed voices", "none": "No source given"}.get(voice.kind, "Others")


def _who(statement: Statement) -> str:
    voice = statement.speaker
    return f"{statement.doc}:{voice.id}" if voice.kind in ("anonymous", "none") else words.speaker(voice)


def _by_size(speakers: dict[str, list[Statement]]) -> Iterable[list[Statement]]:
    return sorted(speakers.values(), key=lambda said: (-len(said), words.speaker(said[0].speaker)))


def _record(
    brief: Brief, said: list[Statement], documents: dict[str, Document], named: dict[str, str], notes: Notes
) -> Record:
    voice = max((s.speaker for s in said), key=lambda v: (len(v.role or ""), len(v.name or "")))
    ordered = sorted(said, key=lambda s: (_day(s, documents), s.doc, s.content[0].start))
    return Record(
        speaker=words.speaker(voice),
        described=words.described(voice, named.get(voice.party or "")),
        sayings=tuple(_saying(brief, statement, documents[statement.doc], notes) for statement in ordered),
    )


def _day(statement: Statement, documents: dict[str, Document]) -> date:
    if statement.date:
        return statement.date.start
    return documents[statement.doc].date or date.max


def _saying(brief: Brief, statement: Statement, document: Document, notes: Notes) -> Saying:
    when = words.period(statement.date) if statement.date else words.day(document.date)
    others = brief.also.get(statement.id, ())
    number = notes.number(statement.id)
    return Saying(
        statement=statement.id,
        when=when,
        act=statement.act,
        words=said_words(document, statement),
        remarks=words.remarks(statement) + _reviewed(brief, statement.id),
        number=number,
        also=tuple(_titles(others, brief.case.documents)),
    )


def _titles(repeats: Sequence[Repeat], documents: Sequence[Document]) -> list[str]:
    """The documents that tell it again, each with what it tells otherwise."""
    titles = {document.id: document.title or document.id for document in documents}
    return list(dict.fromkeys(titles.get(one.doc, one.doc) + _otherwise(one) for one in repeats))


def _otherwise(repeat: Repeat) -> str:
    parts = [f"there laid to {repeat.speaker or 'somebody else'}"] if "speaker" in repeat.differs else []
    parts += ["in other words"] if "wording" in repeat.differs else []
    return f" ({', '.join(parts)})" if parts else ""


def said_words(document: Document, statement: Statement) -> tuple[Inline, ...]:
    """The content, exactly as the source has it; a gap between two stretches is an ellipsis of ours."""
    found: list[Inline] = []
    left = LONGEST
    for span in tidy(statement.content):
        text = document.quote(span)
        if found:
            found.append(" … ")
        if len(text) > left:
            cut = text.rfind(" ", 0, max(left, 1))
            found += [Quote(text[: cut if cut > 0 else left], document.language), " …"]
            break
        found.append(Quote(text, document.language))
        left -= len(text)
    if statement.translation:
        found.append(f" — {statement.translation}")
    return tuple(found)


def _why_empty(brief: Brief) -> Paragraph:
    if not brief.case.documents:
        return Paragraph(("No document could be read. Add articles with “winset add”.",), "caution")
    foreign = [d for d in brief.case.documents if d.language not in ("en", "und")]
    if len(foreign) == len(brief.case.documents):
        return Paragraph(
            ("All documents are in languages that are not extracted automatically; code them by hand.",), "caution"
        )
    return Paragraph(("No attributed statement was found in the documents.",), "caution")
