"""Statements and voices as plain JSON values: the very objects that `winset read` prints, and a few keys more."""

from typing import Any, get_args

from winset.domain.plain.fields import Fields, plain_number
from winset.domain.plain.texts import period_from, period_to, spans_from, spans_to
from winset.domain.statements import (
    ACTS,
    Act,
    Candidate,
    Kind,
    Modality,
    Standing,
    Statement,
    Tense,
    Voice,
    VoiceKind,
)
from winset.domain.text import tidy
from winset.errors import CaseError


def voice_to(voice: Voice) -> dict[str, Any]:
    """`speaker` of a statement."""
    return {
        "id": voice.id,
        "kind": voice.kind,
        "name": voice.name,
        "description": voice.description,
        "standing": voice.standing,
        "role": voice.role,
        "party": voice.party,
        "members": list(voice.members),
        "candidates": [{"name": c.name, "score": plain_number(c.score), "why": c.why} for c in voice.candidates],
    }


def voice_from(fields: Fields) -> Voice:
    """A voice; its id may be left out where it has a name."""

    def candidate(one: Fields) -> Candidate:
        return Candidate(name=one.text("name"), score=one.number("score"), why=one.text("why", ""))

    name = fields.text("name", None)
    kind = fields.one_of("kind", get_args(VoiceKind))
    return Voice(
        id=fields.text("id", name or kind),
        kind=kind,
        name=name,
        description=fields.text("description", None),
        standing=fields.one_of("standing", get_args(Standing), None),
        role=fields.text("role", None),
        party=fields.text("party", None),
        members=fields.texts("members"),
        candidates=fields.records("candidates", candidate),
    )


def read_statement_to(statement: Statement) -> dict[str, Any]:
    """One statement exactly as `winset read` prints it."""
    return {
        "id": statement.id,
        "source": spans_to(statement.source),
        "cue": spans_to(statement.cue),
        "content": spans_to(statement.content),
        "kind": statement.kind,
        "speaker": voice_to(statement.speaker),
        "act": statement.act,
        "acts": list(statement.acts),
        "modality": statement.modality,
        "negated": statement.negated,
        "tense": statement.tense,
        "about": statement.about,
        "within": statement.within,
        "condition": statement.condition,
        "event": statement.event,
        "date": period_to(statement.date),
        "score": plain_number(statement.score),
    }


def statement_to(statement: Statement) -> dict[str, Any]:
    """One statement as the case keeps it: as in `winset read`, with its document, author, reasons and translation."""
    return {
        "doc": statement.doc,
        **read_statement_to(statement),
        "by": statement.by,
        "why": list(statement.why),
        "translation": statement.translation,
        "translator": statement.translator,
    }


def statement_from(fields: Fields) -> Statement:
    """One statement. Raises CaseError where a field is of the wrong kind."""
    name = fields.id("id")
    speaker = fields.child("speaker")
    if speaker is None:
        raise CaseError(f"{fields.path}: 'speaker' is missing; a statement without a source has kind \"none\"")
    voice = voice_from(speaker)
    speaker.done()
    acts = _acts_from(fields)
    act: Act | None = fields.one_of("act", ACTS, acts[0] if acts else None)
    if act is None:
        raise CaseError(f"{fields.path}: 'act' is missing; give one of {', '.join(ACTS)}")
    if acts and acts[0] != act:
        raise CaseError(f"{fields.at('act')}: is {act!r}, but 'acts' begins with {acts[0]!r}; make them agree")
    doc = fields.id("doc", name.rpartition("#")[0] or None)
    if not doc:
        raise CaseError(f"{fields.path}: 'doc' is missing; give the id of the document")
    return Statement(
        id=name,
        doc=doc,
        source=tidy(spans_from(fields, "source")),
        cue=tidy(spans_from(fields, "cue")),
        content=tidy(spans_from(fields, "content")),
        kind=fields.one_of("kind", get_args(Kind)),
        speaker=voice,
        acts=acts or (act,),
        modality=fields.one_of("modality", get_args(Modality), "asserted"),
        negated=fields.flag("negated", False),
        tense=fields.one_of("tense", get_args(Tense), None),
        about=fields.text("about", None),
        within=fields.text("within", None),
        condition=fields.text("condition", None),
        event=fields.text("event", None),
        date=period_from(fields, "date"),
        score=fields.number("score", 1.0),
        why=fields.texts("why"),
        by=fields.text("by", "analyst"),
        translation=fields.text("translation", None),
        translator=fields.text("translator", None),
    )


def _acts_from(fields: Fields) -> tuple[Act, ...]:
    known: dict[str, Act] = {act: act for act in ACTS}
    found = fields.texts("acts")
    for n, one in enumerate(found):
        if one not in known:
            raise CaseError(f"{fields.at('acts')}[{n}]: expected one of {', '.join(ACTS)}, got {one!r}")
    return tuple(known[one] for one in found)
