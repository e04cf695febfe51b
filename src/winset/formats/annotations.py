"""Statements as W3C Web Annotations (JSON-LD): each a target in its source, by place and by words, with its reading as bodies."""

import json
from typing import Any
from urllib.parse import quote

from winset.domain.case import Case
from winset.domain.plain.fields import Fields, record
from winset.domain.plain.statements import statement_from, statement_to
from winset.domain.statements import Statement
from winset.domain.text import Document, Span
from winset.errors import CaseError, FormatError

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
OURS = {"winset": "urn:winset:", "winset:statement": {"@id": "winset:statement", "@type": "@json"}}
AROUND = 32  # characters before and behind that help to find the words again in another edition


def as_annotations(case: Case) -> bytes:
    """An annotation page with one annotation a statement; places are code points of the source's text.

    The target's source is `urn:sha256:` and the hash of the document's bytes. The whole reading stands in `winset:statement` as a JSON literal,
    from which `read_annotations` makes an equal statement.
    """
    documents = {document.id: document for document in case.documents}
    items = [_annotation(one, documents[one.doc]) for one in case.statements if one.doc in documents]
    page = {
        "@context": [CONTEXT, OURS], "id": "urn:winset:annotations", "type": "AnnotationPage",
        "items": items,
    }  # fmt: skip
    return (json.dumps(page, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def _annotation(one: Statement, document: Document) -> dict[str, Any]:
    who = one.speaker.name or one.speaker.description or one.speaker.kind
    return {
        "id": f"urn:winset:{document.sha256[:16]}:{quote(one.id, safe='#', errors='replace')}", "type": "Annotation", "motivation": "classifying",
        "creator": {"type": "Person" if _is_person(one.by) else "Software", "name": one.by},
        "body": [
            *({"type": "TextualBody", "purpose": "tagging", "value": act} for act in one.acts),
            {"type": "TextualBody", "purpose": "describing", "value": f"{who}: {one.act}", "format": "text/plain"},
        ],
        "target": [
            {
                "source": f"urn:sha256:{document.sha256}",
                "selector": [
                    {"type": "TextPositionSelector", "start": span.start, "end": span.end},
                    {
                        "type": "TextQuoteSelector", "exact": document.quote(span),
                        "prefix": document.text[max(0, span.start - AROUND) : span.start],
                        "suffix": document.text[span.end : span.end + AROUND],
                    },
                ],
            }
            for span in one.content
        ],
        "winset:statement": statement_to(one),
    }  # fmt: skip


def _is_person(by: str) -> bool:
    return not by.startswith(("rules", "model", "reader"))


def read_annotations(data: bytes, documents: tuple[Document, ...], name: str) -> tuple[list[Statement], list[str]]:
    """The statements of a page that `as_annotations` wrote, and which annotations have no place in `documents`.

    An annotation goes to the document with its source's hash; its quoted words must stand where it says, otherwise it is an
    orphan: listed, never moved. Raises FormatError where the file is no such page.
    """
    try:
        page = json.loads(data.decode("utf-8-sig"))
        items = page["items"] if isinstance(page, dict) else page
        if not isinstance(items, list):
            raise TypeError
    except (ValueError, KeyError, TypeError, RecursionError):
        raise FormatError(f"{name}: no page of W3C annotations; give a JSON-LD file with 'items'") from None
    by_hash = {f"urn:sha256:{document.sha256}": document for document in documents}
    found, orphans = [], []
    for at, item in enumerate(items):
        where = f"{name}: items[{at}]"
        value = item.get("winset:statement") if isinstance(item, dict) else None
        if not isinstance(value, dict):
            orphans.append(f"{where}: holds no reading of winset; left out")
            continue
        targets = item.get("target")
        document = (
            next((by_hash[t["source"]] for t in targets if _known(t, by_hash)), None)
            if isinstance(targets, list)
            else None
        )
        if document is None:
            orphans.append(f"{where}: its source is not in this case; add the document first")
            continue
        if not all(_in_place(target, document) for target in targets):
            orphans.append(f"{where}: its words do not stand there in {document.id}; left out")
            continue
        try:
            one = record(Fields({**value, "doc": document.id}, where), statement_from)
        except CaseError as error:
            raise FormatError(str(error)) from None
        if one.extent.end > len(document.text):
            orphans.append(f"{where}: reaches past the end of {document.id}; left out")
            continue
        found.append(one)
    return found, orphans


def _known(target: Any, by_hash: dict[str, Document]) -> bool:
    return isinstance(target, dict) and isinstance(target.get("source"), str) and target["source"] in by_hash


def _in_place(target: Any, document: Document) -> bool:
    try:
        place, words = target["selector"]
        return bool(document.quote(Span(place["start"], place["end"])) == words["exact"])
    except (TypeError, KeyError, ValueError):
        return False
