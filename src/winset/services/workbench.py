"""What the pages of the workbench show and change: a page of a list at a time, never the whole case."""

import hashlib
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from winset.domain.plain.reviews import review_to
from winset.domain.reviews import Review, Verdict
from winset.errors import UsageError
from winset.report.html import visible
from winset.services import adding, annotators, brief, briefing, cases
from winset.services.files import Source
from winset.services.sources import load_case
from winset.store.casefile import CaseFile

__all__ = [
    "add_file",
    "brief_in",
    "document",
    "documents",
    "next_statement",
    "review",
    "search",
    "statement",
    "visible",
]

VERDICTS: tuple[Verdict, ...] = ("accept", "reject", "skip")
PAGE = 100


def documents(path: Path, start: int = 0) -> list[dict[str, Any]]:
    """`PAGE` documents from the `start`-th on: id, title, date, language, length; without their texts."""
    with CaseFile.open(path) as file:
        return [_brief_form(one) for one in file.page("documents", start=start, count=PAGE)]


def document(path: Path, doc: str) -> dict[str, Any]:
    """`{"document", "statements", "reviews"}` of one document. Raises UsageError where there is none of that id."""
    with CaseFile.open(path) as file:
        found = file.get("documents", doc)
        if found is None:
            raise UsageError(f"no document {doc!r} in this case")
        statements = [one for one in file.within("statements", f"{doc}#") if one["doc"] == doc]
        verdicts = {target: one["verdict"] for target, (one, _) in file.reviews_of(f"statement:{doc}#").items()}
    return {
        "document": found[0],
        "statements": statements,
        "reviews": {one["id"]: verdicts.get(f"statement:{one['id']}") for one in statements},
    }


def statement(path: Path, id: str) -> dict[str, Any]:
    """`{"statement", "text", "review", "version"}`; version 0 where nobody has reviewed it. Raises UsageError."""
    with CaseFile.open(path) as file:
        found = file.get("statements", id)
        if found is None:
            raise UsageError(f"no statement {id!r} in this case")
        held = file.get("documents", found[0]["doc"])
        review, version = file.reviews_of(f"statement:{id}").get(f"statement:{id}", (None, 0))
    return {
        "statement": found[0], "text": held[0]["text"] if held else "", "review": review, "version": version,
    }  # fmt: skip


def next_statement(path: Path, after: str | None = None) -> str | None:
    """The id of the next statement that nobody has reviewed, in the order of the case; from the top after the last."""
    with CaseFile.open(path) as file:
        found = file.next_unreviewed(after) or (file.next_unreviewed() if after else None)
    return str(found["id"]) if found else None


def review(path: Path, id: str, verdict: str, *, expected: int) -> None:
    """Writes one verdict on a statement, at once and as an operation that can be undone.

    `expected` is the version of the review that was shown, 0 for none. Raises UsageError, ConflictError, StoreError.
    """
    if verdict not in VERDICTS:
        raise UsageError(f"no verdict {verdict!r}; there are {', '.join(VERDICTS)}")
    statement(path, id)
    by, at = cases.author(), cases.now()
    body = review_to(Review(target=f"statement:{id}", verdict=verdict, by=by, at=at))
    with CaseFile.open(path, at=at) as file:
        file.review(body, expected=expected, at=at, author=by, label=f"{verdict} {id}")


def search(path: Path, words: str) -> list[dict[str, Any]]:
    """Documents that hold all the words, best first, each with the words around the first of them."""
    with CaseFile.open(path) as file:
        held = [file.get("documents", key) for key in file.search(words, count=50)]
    first = (words.split() or [""])[0].casefold()
    return [{**_brief_form(one[0]), "around": _around(one[0]["text"], first)} for one in held if one]


def add_file(path: Path, name: str, data: bytes) -> dict[str, Any]:
    """Reads one file given as bytes into the case: what was added, held already or set aside, as `winset add` says."""
    safe = (
        Path(name.replace("\\", "/")).name.lstrip(".").replace("\0", "")[:120] or hashlib.sha256(data).hexdigest()[:12]
    )
    with tempfile.TemporaryDirectory(prefix="winset-") as folder:
        kept = Path(folder) / safe
        try:
            kept.write_bytes(data)
        except OSError:
            kept = Path(folder) / hashlib.sha256(data).hexdigest()[:12]
            kept.write_bytes(data)
        chosen = annotators.choose_or_say(None, lambda _: None)
        return adding.add(path, [Source(file=str(kept))], chosen).as_json()


def brief_in(path: Path, ending: str, at: date | None = None) -> bytes:
    """The brief of the case in the format of a file name's ending. Raises UsageError, naming the formats."""
    return briefing.render(brief.brief(load_case(path), as_of=at), ending)


def _brief_form(one: dict[str, Any]) -> dict[str, Any]:
    return {
        "doc": one["doc"], "title": one.get("title") or one["doc"], "date": one.get("date"),
        "language": one.get("language"), "length": len(one["text"]),
    }  # fmt: skip


def _around(text: str, word: str) -> str:
    at = max(text.casefold().find(word), 0)
    return " ".join(text[max(at - 80, 0) : at + 160].split())
