"""Where it is not certain who said a statement of a document: who else may be meant, to whom others lay the same words."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from winset.domain.plain.fields import Fields, record
from winset.domain.plain.statements import statement_from
from winset.domain.plain.texts import document_from
from winset.domain.reviews import statement_target
from winset.domain.statements import Statement
from winset.domain.text import Document
from winset.errors import CaseError
from winset.evidence.repeats import LONG, differences, fold
from winset.report import words
from winset.services.reviews import as_corrected
from winset.store.casefile import CaseFile

MOST = 200  # statements of a document whose words are looked for elsewhere
FOUND = 12  # statements in which a stretch of words is looked for
RARE = 3  # words of a stretch that are searched for, its longest
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """What speaks for somebody else as the speaker of one statement.

    candidates  who may be meant, the likeliest first: `{"name", "score", "why"}`; none where only one is
    laid        where the same words are laid to somebody else: `{"statement", "doc", "title", "speaker"}`
    read        whom the reader took for the speaker, where a reviewer says otherwise
    """

    candidates: tuple[Mapping[str, Any], ...] = ()
    laid: tuple[Mapping[str, Any], ...] = ()
    read: str | None = None


def doubts(path: Path, doc: str, only: str | None = None) -> dict[str, Doubt]:
    """Statement id -> what speaks for another speaker, of the statements of a document where anything does.

    only  this statement alone
    """
    with CaseFile.open(path) as file:
        if only is None:
            read = [one for one in file.within("statements", f"{doc}#") if one["doc"] == doc]
        else:
            read = [found[0]] if (found := file.get("statements", only)) else []
        made = {target: review for target, (review, _) in file.reviews_of(f"statement:{doc}#").items()}
        now = {one["id"]: as_corrected(one, made.get(statement_target(one["id"]))) for one in read}
        laid = _laid_elsewhere(file, [one for one in now.values() if _verdict(made, one["id"]) != "reject"][:MOST])
    found_doubts = {}
    for one in read:
        was, speaker = one["speaker"], now[one["id"]]["speaker"]
        candidates = was.get("candidates") or []
        doubt = Doubt(
            candidates=tuple(candidates) if len(candidates) > 1 else (),
            laid=laid.get(one["id"], ()),
            read=_called(was) if _called(was) != _called(speaker) else None,
        )
        if doubt != Doubt():
            found_doubts[one["id"]] = doubt
    return found_doubts


def _laid_elsewhere(file: CaseFile, statements: Sequence[dict[str, Any]]) -> dict[str, tuple[Mapping[str, Any], ...]]:
    """Of each statement with a long quotation the tellings in other statements that lay it to somebody else."""
    documents: dict[str, Document] = {}
    laid: dict[str, tuple[Mapping[str, Any], ...]] = {}
    for plain in statements:
        text = _document(file, plain["doc"], documents).text
        said = _WORD.findall(" ".join(text[a:b] for a, b in plain["content"]))
        if plain["kind"] == "indirect" or len(said) < LONG:
            continue
        near: dict[str, None] = {}
        for at in range(0, len(said) - LONG + 1, LONG):
            rare = sorted(set(said[at : at + LONG]), key=lambda word: (-len(word), word))[:RARE]
            near |= dict.fromkeys(file.search(" ".join(rare), kind="statements", count=FOUND))
        near.pop(plain["id"], None)
        mine = record(Fields(plain, f"statement {plain['id']}"), statement_from)
        told = [one for id in near if (one := _standing(file, id)) and _differs(file, mine, one, documents)]
        if told:
            laid[plain["id"]] = tuple(_telling(one, documents[one.doc]) for one in told)
    return laid


def _differs(file: CaseFile, mine: Statement, other: Statement, documents: dict[str, Document]) -> bool:
    """Whether both tell one saying, and lay it to different speakers."""
    both = {one.doc: _document(file, one.doc, documents) for one in (mine, other)}
    texts = {id: one.text for id, one in both.items()}
    return bool(fold(tuple(both.values()), (mine, other))) and "speaker" in differences(mine, other, texts)


def _document(file: CaseFile, doc: str, known: dict[str, Document]) -> Document:
    if doc not in known:
        held = file.get("documents", doc)
        if held is None:
            raise CaseError(f"{file.path}: no document {doc!r}, though a statement stands in it; see winset doctor")
        known[doc] = record(Fields(held[0], f"document {doc}"), document_from)
    return known[doc]


def _standing(file: CaseFile, id: str) -> Statement | None:
    """A statement as its review leaves it; None where it was rejected."""
    held = file.get("statements", id)
    target = statement_target(id)
    review = file.reviews_of(target).get(target, (None, 0))[0]
    if held is None or (review and review["verdict"] == "reject"):
        return None
    return record(Fields(as_corrected(held[0], review), f"statement {id}"), statement_from)


def _telling(one: Statement, document: Document) -> Mapping[str, Any]:
    return {
        "statement": one.id, "doc": one.doc, "title": document.title or one.doc,
        "speaker": words.speaker(one.speaker),
    }  # fmt: skip


def _called(speaker: Mapping[str, Any]) -> str:
    return str(speaker.get("name") or speaker.get("description") or words.UNNAMED[speaker["kind"]])


def _verdict(made: Mapping[str, Any], id: str) -> str | None:
    review = made.get(statement_target(id))
    return str(review["verdict"]) if review else None
