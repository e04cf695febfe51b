"""Statements of a case that say something like given words, found by meaning."""

from pathlib import Path
from typing import Any

import numpy as np

from winset.errors import UsageError
from winset.language.meaning import Meanings
from winset.services.kept_meanings import KeptMeanings
from winset.services.sources import reviewed_case

MOST = 10


def find(
    path: Path, words: str, *, most: int = MOST, party: str | None = None, meanings: Meanings | None = None
) -> list[dict[str, Any]]:
    """The statements whose content means most nearly what `words` do, the nearest first; repeats of one wording once.

    words  a sentence, or the id of a statement of the case, which is then left out
    party  only statements whose speaker belongs to this party

    `likeness` (-1 to 1) orders; it does not say that two statements make the same point, since for and against are
    near each other. What statements mean is computed once and kept in the user's cache (`services/kept_meanings.py`).
    Raises UsageError for empty words, an id that no statement has or a party that nobody speaks for,
    ResourceError where the weights are missing.
    """
    case = reviewed_case(path)
    texts = {document.id: document for document in case.documents}
    said = {one.id: " ".join(span.of(texts[one.doc].text) for span in one.content) for one in case.statements}
    asked = said.get(words, words).strip()
    doc, mark, number = words.strip().rpartition("#")
    if words not in said and mark and number.isdigit() and doc in texts:
        raise UsageError(f"find: document {doc} has no statement {words.strip()}")
    if not asked:
        raise UsageError("find: there are no words to look for; give a sentence or the id of a statement")
    parties = sorted({one.speaker.party for one in case.statements if one.speaker.party})
    if party is not None and party not in parties:
        raise UsageError(
            f"find: nobody speaks for {party!r} here; parties with statements: {', '.join(parties) or 'none'}"
        )
    among = [one for one in case.statements if one.id != words and party in (None, one.speaker.party)]
    wordings = list(dict.fromkeys(said[one.id] for one in among))
    kept = KeptMeanings(path, list(said.values()), meanings)
    near = dict(zip(wordings, (kept.vectors(wordings) @ kept.of(asked)).tolist(), strict=True)) if wordings else {}
    order = np.argsort([-near[said[one.id]] for one in among], kind="stable").tolist()
    found: dict[str, dict[str, Any]] = {}
    for at in order:
        one = among[at]
        if len(found) == most and said[one.id] not in found:
            break
        if said[one.id] in found:
            found[said[one.id]]["also"].append(one.id)
            continue
        day = one.date.start if one.date else texts[one.doc].date
        found[said[one.id]] = {
            "statement": one.id, "doc": one.doc, "date": day.isoformat() if day else None,
            "speaker": one.speaker.name or one.speaker.description, "party": one.speaker.party, "act": one.act,
            "likeness": round(near[said[one.id]], 4), "words": said[one.id], "also": [],
        }  # fmt: skip
    return list(found.values())
