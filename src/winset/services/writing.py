"""Statements that a person adds, and voices that a person puts together or takes apart."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from winset.domain.plain.fields import Fields, record
from winset.domain.plain.reviews import review_to
from winset.domain.plain.statements import statement_from, statement_to
from winset.domain.reviews import Review, statement_target
from winset.domain.statements import ACTS
from winset.errors import CaseError, UsageError
from winset.services import cases
from winset.services.reviews import as_corrected
from winset.store.casefile import CaseFile

LONGEST_NAME = 300
LONGEST_TRANSLATION = 20_000


def add_statement(
    path: Path, doc: str, *, content: Sequence[Sequence[int]], source: Sequence[Sequence[int]] = (),
    cue: Sequence[Sequence[int]] = (), name: str = "", party: str = "", act: str = "report",
    translation: str = "",
) -> str:  # fmt: skip
    """Writes a statement that somebody read themselves: the places of its words in the document, who said it, and what
    is done by saying it; its id. Without a name the words of the source describe the speaker. A translation is the
    user's own and stands beside the words, never in their place.

    Raises UsageError where the document is not there or a place lies outside it.
    """
    if act not in ACTS:
        raise UsageError(f"no act {act[:40]!r}; there are {', '.join(ACTS)}")
    by, at = cases.author(), cases.now()
    with CaseFile.open(path, at=at) as file:
        found = file.get("documents", doc)
        if found is None:
            raise UsageError(f"no document {doc!r} in this case")
        text = found[0]["text"]
        _inside(text, content, source, cue)
        numbers = [one["id"].rpartition("#")[2] for one in file.within("statements", f"{doc}#")]
        id = f"{doc}#{1 + max((int(n) for n in numbers if n.isdecimal()), default=0)}"
        body = {
            "id": id, "doc": doc, "content": content, "source": source, "cue": cue, "act": act, "acts": [act],
            "kind": "direct" if text[content[0][0]] in "\"'“”«»„" else "indirect", "by": by, "score": 1.0,
            "speaker": _speaker(text, source, name.strip()[:LONGEST_NAME], party), "why": ["read by a person"],
            **translated(translation, by),
        }  # fmt: skip
        try:
            made = record(Fields(body, "statement"), statement_from)
        except CaseError as error:
            raise UsageError(str(error)) from None
        file.put("statements", statement_to(made), at=at, author=by, label=f"added the statement {id}")
    return id


def translated(words: str, by: str) -> dict[str, str | None]:
    """A statement's fields of a translation: its words and whose they are, both None where there are no words.

    Raises UsageError where it is longer than `LONGEST_TRANSLATION` characters.
    """
    said = words.strip()
    if len(said) > LONGEST_TRANSLATION:
        raise UsageError(f"a translation has at most {LONGEST_TRANSLATION:,} characters, this one {len(said):,}")
    return {"translation": said or None, "translator": by if said else None}


def _inside(text: str, content: Sequence[Sequence[int]], *others: Sequence[Sequence[int]]) -> None:
    if not content:
        raise UsageError("a statement needs the place of its content")
    for start, end in [*content, *(one for spans in others for one in spans)]:
        if not 0 <= start < end <= len(text):
            raise UsageError(f"{start}-{end} is no place in this document; it has {len(text):,} characters")


def _speaker(text: str, source: Sequence[Sequence[int]], name: str, party: str) -> dict[str, Any]:
    words = " ".join(text[a:b] for a, b in source)
    if name:
        return {"id": name, "kind": "named", "name": name, "party": party or None, "description": words or None}
    if words:
        return {"id": words, "kind": "anonymous", "description": words, "party": party or None}
    return {"id": "none", "kind": "none", "party": party or None}


def voices(path: Path, doc: str) -> dict[str, list[dict[str, Any]]]:
    """Voice -> its statements in a document, as corrected; in order of first appearance."""
    with CaseFile.open(path) as file:
        made = {target: review for target, (review, _) in file.reviews_of(f"statement:{doc}#").items()}
        found: dict[str, list[dict[str, Any]]] = {}
        for one in file.within("statements", f"{doc}#"):
            review = made.get(statement_target(one["id"]))
            if one["doc"] == doc and not (review and review["verdict"] == "reject"):
                now = as_corrected(one, review)
                found.setdefault(str(now["speaker"]["id"]), []).append(now)
    return found


def merge(path: Path, doc: str, voice: str, into: str) -> int:
    """Says that one voice of a document is another: its statements are corrected to that speaker; how many."""
    known = voices(path, doc)
    for one in (voice, into):
        if one not in known:
            raise UsageError(f"no voice {one[:60]!r} in {doc!r}; there are {', '.join(list(known)[:12])}")
    if voice == into:
        raise UsageError("a voice is merged into another, not into itself")
    speaker = known[into][0]["speaker"]
    return _correct(path, [one["id"] for one in known[voice]], speaker, f"merged the voice {voice} into {into}")


def split(path: Path, doc: str, ids: Sequence[str], name: str) -> int:
    """Gives statements of a document a speaker of their own; how many."""
    inside = {one["id"] for said in voices(path, doc).values() for one in said}
    if not ids or not set(ids) <= inside:
        raise UsageError("choose one or more statements of this document")
    if not 0 < len(name.strip()) <= LONGEST_NAME:
        raise UsageError(f"a speaker's name has 1 to {LONGEST_NAME} characters")
    speaker: dict[str, Any] = {"id": name.strip(), "kind": "named", "name": name.strip(), "candidates": [], "party": None, "role": None,
               "description": None, "standing": None, "members": []}  # fmt: skip
    return _correct(path, ids, speaker, f"gave {len(ids)} statements the speaker {name.strip()}")


def _correct(path: Path, ids: Sequence[str], speaker: Mapping[str, Any], label: str) -> int:
    by, at = cases.author(), cases.now()
    with CaseFile.open(path, at=at) as file:
        bodies = []
        for id in ids:
            target = statement_target(id)
            before, version = file.reviews_of(target).get(target, (None, 0))
            changes = {**(before["changes"] if before else {}), "speaker": dict(speaker)}
            review = Review(target=target, verdict="correct", by=by, at=at, changes=tuple(changes.items()))
            bodies.append((review_to(review), version))
        file.review(bodies, at=at, author=by, label=label[:300])
    return len(bodies)
