"""Sayings that a record tells more than once: where, and what their tellings disagree on."""

from typing import Any

from winset.domain.case import Case
from winset.domain.statements import Statement
from winset.evidence import reviewed
from winset.evidence.repeats import differences, fold


def repeats(case: Case, *, differing: bool = False) -> list[dict[str, Any]]:
    """Each saying that is told again, under its first telling, in the order of the record; reviews are laid over it first.

    differing  only those whose tellings disagree with the first on who speaks or on the words

    `articles` counts the documents that tell it, however often; all of it counts as one saying everywhere.
    """
    case = reviewed.lay(case)
    documents = {one.id: one for one in case.documents}
    texts = {one.id: one.text for one in case.documents}
    by_id = {one.id: one for one in case.statements}

    def told(one: Statement) -> dict[str, Any]:
        day = one.date.start if one.date else documents[one.doc].date
        return {
            "statement": one.id, "doc": one.doc, "title": documents[one.doc].title,
            "date": day.isoformat() if day else None, "speaker": one.speaker.name or one.speaker.description,
            "words": " … ".join(span.of(texts[one.doc]) for span in one.content),
        }  # fmt: skip

    found = []
    for id, again in fold(case.documents, case.statements).items():
        first = by_id[id]
        tellings = [
            {**told(by_id[one]), "differs": list(differences(first, by_id[one], texts))} for one in again
        ]  # fmt: skip
        if differing and not any(one["differs"] for one in tellings):
            continue
        articles = len({first.doc, *(by_id[one].doc for one in again)})
        found.append(
            {**told(first), "party": first.speaker.party, "act": first.act, "articles": articles, "tellings": tellings}
        )
    return found
