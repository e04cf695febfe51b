"""Records in the very form in which this program writes them, read without asking for one field after the other.

A large case holds 100,000 of a kind. Each function gives what the reader of the same name in `estimates` or `statements` gives, or
None for anything that is written in another way or is wrong: that reader then reads it, and says what is wrong with it.
"""

import math
from datetime import date
from functools import lru_cache
from itertools import pairwise
from sys import intern
from typing import Any, get_args

from winset.domain.estimates import Exact, Judgement
from winset.domain.statements import ACTS, Kind, Modality, Standing, Statement, Tense, Voice, VoiceKind
from winset.domain.text import Grounds, Period, Span, Spans

_JUDGEMENT = frozenset(("quantity", "party", "issue", "as_of", "value", "by", "grounds", "note"))
_SCORED = _JUDGEMENT | {"score"}
_GROUND = frozenset(("doc", "statement", "spans"))
_STATEMENT = frozenset(
    (
        "doc", "id", "source", "cue", "content", "kind", "speaker", "act", "acts", "modality", "negated", "tense", "about",
        "within", "condition", "event", "date", "score", "by", "why", "translation", "translator",
    )
)  # fmt: skip
_VOICE = frozenset(("id", "kind", "name", "description", "standing", "role", "party", "members", "candidates"))
_PERIOD = frozenset(("from", "to"))
_KINDS, _MODALITIES = frozenset(get_args(Kind)), frozenset(get_args(Modality))
_VOICES, _ACTS = frozenset(get_args(VoiceKind)), frozenset(ACTS)
_TENSES, _STANDINGS = frozenset((None, *get_args(Tense))), frozenset((None, *get_args(Standing)))


class _OtherwiseError(Exception):
    """Written in another way."""


def judgement_as_written(value: Any) -> Judgement | None:
    """A judgement of one exact number."""
    try:
        keys = value.keys()
        if keys != _JUDGEMENT and keys != _SCORED:
            return None
        issue, day = value["issue"], value["as_of"]
        return Judgement(
            quantity=_text(value["quantity"]), party=_id(value["party"]), issue=None if issue is None else _id(issue),
            value=Exact(_number(value["value"])), by=_id(value["by"]), as_of=None if day is None else _day(day),
            grounds=tuple([_ground(one) for one in _list(value["grounds"])]), note=_text_or_none(value["note"]),
            score=_number(value["score"]) if "score" in keys else None,
        )  # fmt: skip
    except (_OtherwiseError, ValueError, TypeError, AttributeError):
        return None


def statement_as_written(value: Any) -> Statement | None:
    """A statement with nobody else who may have said it."""
    try:
        if value.keys() != _STATEMENT:
            return None
        voice, acts, when = value["speaker"], value["acts"], value["date"]
        if (
            voice.keys() != _VOICE
            or voice["candidates"]
            or not acts
            or acts[0] != value["act"]
            or type(value["negated"]) is not bool
        ):
            return None
        if not (
            value["kind"] in _KINDS and value["modality"] in _MODALITIES and value["tense"] in _TENSES and _ACTS.issuperset(acts)
            and voice["kind"] in _VOICES and voice["standing"] in _STANDINGS
        ):  # fmt: skip
            return None
        return Statement(
            id=_id(value["id"]), doc=_id(value["doc"]), source=_spans(value["source"]), cue=_spans(value["cue"]),
            content=_spans(value["content"]), kind=value["kind"],
            speaker=Voice(
                id=_text(voice["id"]), kind=voice["kind"], name=_text_or_none(voice["name"]),
                description=_text_or_none(voice["description"]), standing=voice["standing"],
                role=_text_or_none(voice["role"]), party=_text_or_none(voice["party"]), members=_texts(voice["members"]),
            ),
            acts=tuple(_list(acts)), modality=value["modality"], negated=value["negated"], tense=value["tense"],
            about=_text_or_none(value["about"]), within=_text_or_none(value["within"]),
            condition=_text_or_none(value["condition"]), event=_text_or_none(value["event"]),
            date=None if when is None else _period(when), score=_number(value["score"]), why=_texts(value["why"]),
            by=_text(value["by"]), translation=_text_or_none(value["translation"]),
            translator=_text_or_none(value["translator"]),
        )  # fmt: skip
    except (_OtherwiseError, ValueError, TypeError, AttributeError):
        return None


def _text(value: Any) -> str:
    """The text; equal ones are one object, because parties, issues and names recur in every record."""
    if type(value) is not str:
        raise _OtherwiseError
    if not value.isascii():
        value.encode()  # half of a surrogate pair raises
    return intern(value) if len(value) < 64 else value


def _text_or_none(value: Any) -> str | None:
    return None if value is None else _text(value)


def _id(value: Any) -> str:
    if not _text(value).strip():
        raise _OtherwiseError
    return intern(value)


def _list(value: Any) -> list[Any]:
    if type(value) is not list:
        raise _OtherwiseError
    return value


def _texts(value: Any) -> tuple[str, ...]:
    return tuple([_text(one) for one in _list(value)])


def _number(value: Any) -> float:
    if type(value) is not int and type(value) is not float:
        raise _OtherwiseError
    try:
        found = float(value)
    except OverflowError:
        raise _OtherwiseError from None
    if not math.isfinite(found):
        raise _OtherwiseError
    return found


@lru_cache(maxsize=8192)
def _day(value: str) -> date:
    if len(value) != 10 or value[4] != "-":
        raise _OtherwiseError
    return date.fromisoformat(value)


def _period(value: Any) -> Period:
    if value.keys() != _PERIOD:
        raise _OtherwiseError
    return Period(_day(value["from"]), _day(value["to"]))


def _ground(value: Any) -> Grounds:
    if value.keys() != _GROUND:
        raise _OtherwiseError
    return Grounds(doc=_id(value["doc"]), statement=_text_or_none(value["statement"]), spans=_pairs(value["spans"]))


def _pairs(value: Any) -> Spans:
    found = []
    for start, end in _list(value):
        if type(start) is not int or type(end) is not int:
            raise _OtherwiseError
        found.append(Span(start, end))
    return tuple(found)


def _spans(value: Any) -> Spans:
    """Sorted and apart; others are tidied by the reader."""
    found = _pairs(value)
    if any(a.end >= b.start for a, b in pairwise(found)):
        raise _OtherwiseError
    return found
