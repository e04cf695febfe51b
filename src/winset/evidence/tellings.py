"""What the words on which a move rests tell of it: announced or reported, an offer or carried out. Loads no arrays."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from winset.domain.positions import Move, MoveStatus, Told
from winset.domain.statements import Statement
from winset.evidence.carried_out import DEED


class Telling(NamedTuple):
    """What a statement tells about a move that rests on it; `parties` are its speaker's."""

    parties: tuple[str | None, ...]
    act: str
    modality: str
    tense: str | None
    conditional: bool


def telling(statement: Statement) -> Telling:
    """Of a statement."""
    voice = statement.speaker
    return Telling(
        (voice.party, *voice.members), statement.act, statement.modality, statement.tense, bool(statement.condition)
    )


def told(found: Iterable[Move], words: Mapping[str, Telling]) -> tuple[Move, ...]:
    """The same moves with what their words tell: announced or reported, still an offer or carried out already."""
    found = [_done(move) for move in found]
    return tuple(
        _told(move, [words[g.statement] for g in move.grounds if g.statement and g.statement in words])
        for move in found
    )


def _done(move: Move) -> Move:
    """A step that is a deed and no words is carried out, as reported."""
    if DEED not in move.why:
        return move
    return replace(move, told="reported", status=move.status if move.status == "conditional" else "delivered")


def _told(move: Move, words: Sequence[Telling]) -> Move:
    if not words:
        return move
    told, status = told_of(move.party, move.status, words)
    return replace(move, told=told, status=status)


def told_of(party: str, status: MoveStatus, words: Sequence[Telling]) -> tuple[Told, MoveStatus]:
    """How a move of a party was told by some words, at least one, and what these make of its status."""
    own = any(party in one.parties for one in words)
    if status in ("conditional", "delivered"):
        pass
    elif any(one.modality == "conditional" or one.conditional for one in words):
        status = "conditional"
    elif any(one.tense == "past" and one.act in ("concession", "commitment", "report") for one in words):
        status = "delivered"
    elif any(one.act == "offer" or one.modality == "possible" for one in words):
        status = "offered"
    return "announced" if own else "reported", status
