"""What the pages of the workbench show and change: a page of a list at a time, never the whole case."""

import hashlib
import re
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from winset.domain.reviews import statement_target
from winset.errors import UsageError
from winset.report.html import visible
from winset.report.words import UNNAMED
from winset.services.files import Source
from winset.services.reviews import as_corrected
from winset.store.casefile import CaseFile

__all__ = ["PAGE", "add_file", "document", "documents", "search", "visible"]
PAGE = 100
_SEAL = re.compile(r"[0-9a-f]{64}")
BEFORE, BEHIND = 80, 160  # characters shown around what was searched for
LONGEST_NAME = 100  # characters of a file's name before its ending, and of the ending
RECORDS = {
    "judgements": "/consent", "proposals": "/deals", "precedents": "/positions/precedents", "deals": "/deals",
    "ratifiers": "/consent", "scenarios": "/scenarios", "forecasts": "/forecasts", "comments": "/brief",
}  # fmt: skip
POINTING = frozenset(("grounds", "doc", "statement"))  # fields that name other records and say nothing themselves
"""Kinds that are searched record by record, as they are few, and the page that shows each."""


def documents(path: Path, start: int = 0) -> list[dict[str, Any]]:
    """`PAGE` documents from the `start`-th on: id, title, date, language, length; without their texts."""
    with CaseFile.open(path) as file:
        return [_brief_form(one) for one in file.page("documents", start=start, count=PAGE)]


def document(path: Path, doc: str) -> dict[str, Any]:
    """`{"document", "statements", "reviews"}` of one document, corrected statements as corrected, each with its verdict.

    Raises UsageError where there is none of that id.
    """
    with CaseFile.open(path) as file:
        found = file.get("documents", doc)
        if found is None:
            raise UsageError(f"no document {doc!r} in this case")
        read = [one for one in file.within("statements", f"{doc}#") if one["doc"] == doc]
        made = {target: review for target, (review, _) in file.reviews_of(f"statement:{doc}#").items()}
    by_id = {one["id"]: made.get(statement_target(one["id"])) for one in read}
    return {
        "document": found[0],
        "statements": [as_corrected(one, by_id[one["id"]]) for one in read],
        "reviews": {id: review["verdict"] if review else None for id, review in by_id.items()},
    }


def search(path: Path, words: str) -> dict[str, list[dict[str, Any]]]:
    """What holds all the words: `{"documents", "statements", "parties", "issues", "records"}`, best first, 50 of each at
    most; a record is any other entry of the case, with its `kind`, a link and what it says."""
    first = (words.split() or [""])[0].casefold()
    asked = words.casefold().split()

    def named(kind: str, *keys: str) -> list[dict[str, Any]]:
        texts = ((one, " ".join(str(one.get(key) or "") for key in keys).casefold()) for one in held[kind])
        return [one for one, text in texts if asked and all(word in text for word in asked)][:50]

    with CaseFile.open(path) as file:
        documents = [found[0] for key in file.search(words, count=50) if (found := file.get("documents", key))]
        said = [
            found[0]
            for key in file.search(words, kind="statements", count=50)
            if (found := file.get("statements", key))
        ]
        held = {kind: file.page(kind, count=-1) for kind in ("parties", "issues", *RECORDS)}
        said_why = file.reasons()
        of_said = {one["doc"]: found[0] for one in said if (found := file.get("documents", one["doc"]))}
    texts, dates = ({doc: one.get(key) for doc, one in of_said.items()} for key in ("text", "date"))
    return {
        "documents": [{**_brief_form(one), "around": _around(one["text"], first)} for one in documents],
        "statements": [
            {
                "id": one["id"], "doc": one["doc"], "who": _who(one), "date": _day(one, dates),
                "words": " … ".join(texts.get(one["doc"], "")[a:b] for a, b in one["content"])[:300],
            }
            for one in said
        ],
        "parties": named("parties", "id", "name", "aliases"),
        "issues": named("issues", "id", "question"),
        "records": _records({**held, "reviews": said_why}, asked),
    }  # fmt: skip


def _day(statement: dict[str, Any], dates: dict[str, Any]) -> str | None:
    """When it was said, or else when its document was written."""
    said = statement.get("date")
    return str(said["from"]) if said else dates.get(statement["doc"])


def _records(held: dict[str, list[dict[str, Any]]], asked: list[str]) -> list[dict[str, Any]]:
    """The entries of every other kind that hold all the words."""
    found = []
    for kind in (*RECORDS, "reviews"):
        for one in held[kind]:
            said = [text for text in _texts(one) if _is_words(text)]
            if asked and all(word in " ".join(said).casefold() for word in asked):
                around = max((text for text in said if asked[0] in text.casefold()), key=len, default=said[0])
                found.append(
                    {"kind": kind, "link": _link(kind, one), "of": _judged(one, held) if kind == "judgements" else None,
                     "around": _around(around, asked[0])}
                )  # fmt: skip
    return found[:50]


def _texts(value: Any) -> list[str]:
    """All that a record says in words."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        value = [one for key, one in value.items() if key not in POINTING]
    return [text for one in value for text in _texts(one)] if isinstance(value, list) else []


def _judged(one: dict[str, Any], held: dict[str, list[dict[str, Any]]]) -> str:
    """What a judgement is of, in words."""
    party = next(
        (str(each.get("name") or each["id"]) for each in held["parties"] if each["id"] == one["party"]), one["party"]
    )
    on = next((str(each["question"]) for each in held["issues"] if each["id"] == one.get("issue")), one.get("issue"))
    return f"{one['quantity']} of {party}" + (f" on {on}" if on else "")


def _is_words(text: str) -> bool:
    """Whether a text says something to a reader: not a number, a day or a seal."""
    return any(map(str.isalpha, text)) and not _SEAL.fullmatch(text)


def _link(kind: str, one: dict[str, Any]) -> str:
    """The page on which a record is shown."""
    if kind == "judgements" and one.get("issue"):
        return f"/positions/on?{urlencode({'party': one['party'], 'issue': one['issue']})}"
    if kind == "reviews" and str(one["target"]).startswith("statement:"):
        return f"/review/{quote(str(one['target']).removeprefix('statement:'), safe='')}"
    if kind == "comments":
        about = {key: one[key] for key in ("party", "issue") if one.get(key)}
        return f"/brief?{urlencode(about)}#in-{one['part']}"
    return RECORDS.get(kind, "/positions")


def _who(statement: dict[str, Any]) -> str:
    speaker = statement["speaker"]
    return str(speaker.get("name") or speaker.get("description") or UNNAMED[speaker["kind"]])


def add_file(path: Path, name: str, data: bytes, keep: Callable[[], bool] = lambda: True) -> dict[str, Any]:
    """Reads one file given as bytes into the case: what was added, held already or set aside, as `winset add` says.

    `keep` is asked once it is read, before anything is written; False leaves the case as it is.
    """
    from winset.services import adding, annotators  # load the reader, which the first page need not wait for

    given = Path(Path(name.replace("\\", "/")).name.lstrip(".").replace("\0", ""))
    safe = f"{given.stem[:LONGEST_NAME]}{given.suffix[:LONGEST_NAME]}" or hashlib.sha256(data).hexdigest()[:12]
    with tempfile.TemporaryDirectory(prefix="winset-") as folder:
        kept = Path(folder) / safe
        try:
            kept.write_bytes(data)
        except OSError:
            kept = Path(folder) / hashlib.sha256(data).hexdigest()[:12]
            kept.write_bytes(data)
        chosen = annotators.choose_or_say(None, lambda _: None)
        return adding.add(path, [Source(file=str(kept), named=safe)], chosen, keep=keep).as_json()


def _brief_form(one: dict[str, Any]) -> dict[str, Any]:
    return {
        "doc": one["doc"], "title": one.get("title") or one["doc"], "date": one.get("date"),
        "language": one.get("language"), "length": len(one["text"]),
    }  # fmt: skip


def _around(text: str, word: str) -> str:
    """The words around the first place where it stands, with … where there is more of the text."""
    at = max(text.casefold().find(word), 0)
    start, end = max(at - BEFORE, 0), min(at + BEHIND, len(text))
    if start and (blank := text.find(" ", start, at)) >= 0:
        start = blank + 1
    if end < len(text) and (blank := text.rfind(" ", at + len(word), end)) >= 0:
        end = blank
    return f"{'… ' if start else ''}{' '.join(text[start:end].split())}{' …' if end < len(text) else ''}"
