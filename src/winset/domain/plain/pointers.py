"""Pointers as plain JSON values."""

from typing import Any, cast, get_args

from winset.domain.plain.fields import Fields, plain_day
from winset.domain.plain.texts import grounds_from, grounds_to
from winset.domain.pointers import KINDS, Pointer, PointerKind
from winset.domain.positions import PositionVoice

POINTER_FIELDS = (
    "kind", "direction", "party", "toward", "voice", "ascribed_by", "date", "grounds", "score", "why", "by", "note",
)  # fmt: skip


def pointer_to(one: Pointer) -> dict[str, Any]:
    """One pointer."""
    return {
        "kind": one.kind, "direction": one.direction, "party": one.party, "toward": one.toward, "voice": one.voice,
        "ascribed_by": one.ascribed_by, "date": plain_day(one.date), "grounds": grounds_to(one.grounds), "score": one.score,
        "why": list(one.why), "by": one.by, "note": one.note,
    }  # fmt: skip


def pointer_from(fields: Fields) -> Pointer:
    """One pointer. Raises CaseError naming the field."""
    kind, voice = fields.text("kind"), fields.text("voice", "own")
    if kind not in KINDS:
        raise fields.wrong("kind", f"one of {', '.join(KINDS)}")
    if voice not in get_args(PositionVoice):
        raise fields.wrong("voice", f"one of {', '.join(get_args(PositionVoice))}")
    return Pointer(
        kind=cast(PointerKind, kind), direction=fields.text("direction"), party=fields.id("party"),
        toward=fields.text("toward", None), voice=cast(PositionVoice, voice), ascribed_by=fields.text("ascribed_by", None),
        date=fields.day("date"), grounds=grounds_from(fields), score=fields.number("score", 1.0), why=fields.texts("why"),
        by=fields.text("by"), note=fields.text("note", None),
    )  # fmt: skip
