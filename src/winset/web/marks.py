"""A text cut where its highlights begin and end: what a template needs to mark them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

ROLES = ("source", "cue", "content", "ground")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of text with one set of roles; `opens` are the statements whose first marked character it begins with."""

    text: str
    roles: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()
    opens: tuple[str, ...] = ()


def pieces(text: str, statements: Sequence[dict[str, Any]], *, start: int = 0, end: int | None = None) -> list[Piece]:
    """The text from `start` to `end` in runs; joined they are that text, character for character."""
    end = len(text) if end is None else min(end, len(text))
    events: dict[int, list[tuple[bool, str, str]]] = {}
    first: dict[int, list[str]] = {}
    for statement in statements:
        spans = [(max(a, start), min(b, end), role) for role in ROLES for a, b in statement.get(role, ())]
        spans = [span for span in spans if span[0] < span[1]]
        for a, b, role in spans:
            events.setdefault(a, []).append((True, role, statement["id"]))
            events.setdefault(b, []).append((False, role, statement["id"]))
        if spans:
            first.setdefault(min(a for a, _, _ in spans), []).append(statement["id"])
    done: list[Piece] = []
    open_now: list[tuple[str, str]] = []
    at = start
    for place in sorted({*events, end}):
        if place > at:
            roles = tuple(role for role in ROLES if any(role == one for one, _ in open_now))
            ids = tuple(dict.fromkeys(id for _, id in open_now))
            done.append(Piece(text=text[at:place], roles=roles, statements=ids, opens=tuple(first.get(at, ()))))
            at = place
        for begins, role, id in events.get(place, ()):
            if begins:
                open_now.append((role, id))
            else:
                open_now.remove((role, id))
    return done
