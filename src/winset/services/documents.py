"""What a document is called, of which day it is and where it comes from, put right after it was added."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from winset.domain.case import Case
from winset.domain.plain.fields import Fields, record
from winset.domain.plain.reviews import review_from
from winset.domain.plain.statements import statement_from, statement_to
from winset.domain.plain.texts import document_from
from winset.domain.reviews import judgement_target
from winset.domain.statements import Statement
from winset.errors import ConflictError, UsageError
from winset.services import cases
from winset.store.casefile import CaseFile

FIELDS = ("title", "date", "file")
LONGEST = 2_000
"""Characters of a title or a source."""
FIRST_YEAR = 1000


def described(path: Path, doc: str) -> dict[str, Any]:
    """`{"doc", "title", "date", "file", "language", "version"}` of one document. Raises UsageError for one that is not there."""
    with CaseFile.open(path) as file:
        body, version = _held(file, doc)
    return {"doc": doc, **{key: body[key] for key in (*FIELDS, "language")}, "version": version}


def describe(path: Path, doc: str, changes: Mapping[str, str | None], *, expected: int | None = None) -> dict[str, Any]:
    """Puts the title, date or source of a document right, as one operation that can be undone; what it touched.

    With its day, what rests on it follows: days of statements that its words tell relative to it ("on Tuesday"), judgements of
    that day that rest on one of its statements, and the reviews of what is suggested by it.

    changes   of FIELDS, None or empty where it is not known; a date as 2025-02-18
    expected  the version of the document that was shown, None for whatever there is now

    Raises UsageError for a document that is not there or what does not fit, ConflictError where somebody else was faster.
    """
    wanted = {key: _fitting(key, value) for key, value in changes.items()}
    by, at = cases.author(), cases.now()
    with CaseFile.open(path, at=at) as file:
        body, version = _held(file, doc)
        if expected is not None and version != expected:
            raise ConflictError(
                f"{doc}: changed by somebody else since you read it", {key: body[key] for key in FIELDS}, version
            )
        made = {**body, **wanted}
        if made == body:
            raise UsageError(f"{doc} is described so already; nothing was changed")
        records: list[tuple[str, str, dict[str, Any]]] = [("documents", doc, made)]
        told = {"statements": 0, "judgements": 0, "reviews": 0}
        if made["date"] != body["date"]:
            for kind, key, one in _dated(file, doc, body, made["date"]):
                records.append((kind, key, one))
                told[kind] += 1
        what = ", ".join(key if key != "file" else "source" for key in FIELDS if made[key] != body[key])
        file.rewrite(records, expected=version, at=at, author=by, label=f"{what} of {doc}")
    return described(path, doc) | {"followed": told}


def _held(file: Any, doc: str) -> tuple[dict[str, Any], int]:
    found: tuple[dict[str, Any], int] | None = file.get("documents", doc)
    if found is None:
        raise UsageError(f"no document {doc[:80]!r} in this case; `winset show` counts them, the workbench lists them")
    return found


def _fitting(key: str, value: str | None) -> str | None:
    """A field as it is written. Raises UsageError, saying what would fit."""
    text = " ".join((value or "").split())
    if not text:
        return None
    if key not in FIELDS:
        raise UsageError(f"of a document {', '.join(FIELDS)} can be put right, not {key[:40]!r}")
    if key == "date":
        try:
            day = date.fromisoformat(text)
        except ValueError:
            raise UsageError(f"a document's date is a day such as 2025-02-18, got {text[:40]!r}") from None
        if day.year < FIRST_YEAR:
            raise UsageError(f"a document of the year {day.year} is not meant; write the year in full")
        return day.isoformat()
    if len(text) > LONGEST:
        raise UsageError(
            f"a {'title' if key == 'title' else 'source'} has at most {LONGEST:,} characters, this one {len(text):,}"
        )
    return text


def _dated(file: Any, doc: str, body: dict[str, Any], day: str | None) -> list[tuple[str, str, dict[str, Any]]]:
    """What else is written where a document is of another day: (kind, key, body) of statements, judgements and reviews."""
    from winset.evidence.said_when import dated_anew  # loads what reads sentences

    plain = file.within("statements", f"{doc}#")
    document = record(Fields(body, doc), document_from)
    statements: list[Statement] = [record(Fields(one, one["id"]), statement_from) for one in plain]
    new = date.fromisoformat(day) if day else None
    anew = dated_anew(document, statements, new)
    days: dict[str, tuple[str, str]] = {}  # statement -> the day it told before, and now; empty for none
    found: list[tuple[str, str, dict[str, Any]]] = []
    for one in statements:
        after = replace(one, date=anew[one.id]) if one.id in anew else one
        before_day = one.date.start if one.date else document.date
        after_day = after.date.start if after.date else new
        if before_day != after_day:
            days[one.id] = (before_day.isoformat() if before_day else "", after_day.isoformat() if after_day else "")
        if after != one:
            found.append(("statements", one.id, statement_to(after)))
    of_document = (body["date"] or "", day or "")
    for key, _, judgement in file.keyed("judgements"):
        before, after = days.get(_ground(judgement, doc) or "", of_document)
        if before != after and _ground(judgement, doc) is not None and (judgement.get("as_of") or "") == before:
            found.append(("judgements", key, {**judgement, "as_of": after or None}))
    found += _reviews(file, doc, days, of_document)
    return found


def _ground(judgement: Mapping[str, Any], doc: str) -> str | None:
    """The statement of the document that a judgement rests on, "" for other words of it, None for words of others."""
    grounds = judgement.get("grounds") or ()
    first = next((one["statement"] for one in grounds if one.get("statement")), "")
    of_it = first.startswith(f"{doc}#") if first else bool(grounds) and all(one["doc"] == doc for one in grounds)
    return first if of_it else None


def _reviews(
    file: Any, doc: str, days: Mapping[str, tuple[str, str]], of_document: tuple[str, str]
) -> list[tuple[str, str, dict[str, Any]]]:
    """The reviews whose target names a day and the words it rests on, with the other day; see `domain.reviews`.

    days         the day before and after, by statement
    of_document  the same for words that are named by their place in the document
    """
    held = file.keyed("reviews")
    taken = {review["target"] for _, _, review in held}
    without = _without_statement(file.case(), doc, of_document) if any(one.endswith("/") for one in taken) else {}
    found = []
    for key, _, review in held:
        head, _, ground = review["target"].rpartition("/")
        before, after = days.get(ground, of_document if ground.startswith(f"{doc}@") else ("", ""))
        target = without.get(review["target"])
        if before != after and head.endswith((f"/{before}", f":{before}")):
            target = f"{head[: len(head) - len(before)]}{after}/{ground}"
        if target is not None and target not in taken:
            made = {**review, "target": target}
            record(Fields(made, target), review_from)
            found.append(("reviews", key, made))
    return found


def _without_statement(case: Case, doc: str, of_document: tuple[str, str]) -> dict[str, str]:
    """Of positions that the document suggests by words outside its statements: how a review names them now, and with the other day."""
    from winset.services.drafting import codebook_of, suggestions  # load what reads sentences

    before, after = (date.fromisoformat(one) if one else None for one in of_document)
    about = case.with_(
        documents=(case.document(doc),), statements=tuple(one for one in case.statements if one.doc == doc), judgements=(),
        reviews=(), codebook=codebook_of(case),
    )  # fmt: skip
    return {
        judgement_target(one): judgement_target(replace(one, as_of=after)) for one in suggestions(about)
        if one.as_of == before and not any(ground.statement for ground in one.grounds)
    }  # fmt: skip
