"""What the words on which a move rests tell of it: announced or reported, an offer or carried out. Loads no arrays."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from winset.domain.positions import Move, MoveStatus, Told
from winset.domain.statements import Statement
from winset.domain.text import Document
from winset.evidence.carried_out import DEED, carried_out

_DOING = ("concession", "commitment", "report")  # acts that may tell of a deed


class Telling(NamedTuple):
    """What a statement tells about a move that rests on it; `parties` are its speaker's, `done` that its words tell of a deed."""

    parties: tuple[str | None, ...]
    act: str
    modality: str
    tense: str | None
    conditional: bool
    done: bool = False

    @property
    def may_be_done(self) -> bool:
        """Whether its words could tell of a deed, which only they themselves show."""
        return self.tense == "past" and self.act in _DOING

    def in_words(self, words: str) -> "Telling":
        """The same with what the words of the statement add."""
        return self._replace(done=True) if self.may_be_done and carried_out(words) else self


def telling(statement: Statement, text: str) -> Telling:
    """Of a statement in a document of this text."""
    voice = statement.speaker
    found = Telling(
        (voice.party, *voice.members), statement.act, statement.modality, statement.tense, bool(statement.condition)
    )
    return found.in_words(" ".join(span.of(text) for span in statement.content))


def tellings(statements: Iterable[Statement], documents: Iterable[Document]) -> dict[str, Telling]:
    """Id -> what each statement tells."""
    texts = {document.id: document.text for document in documents}
    return {one.id: telling(one, texts.get(one.doc, "")) for one in statements}


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
    elif any(one.done for one in words):
        status = "delivered"
    elif any(one.act == "offer" or one.modality == "possible" for one in words):
        status = "offered"
    return "announced" if own else "reported", status
