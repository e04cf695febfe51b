"""The same statement told twice: near-equal words in several places, folded under the first."""

import re
from collections.abc import Sequence

from rapidfuzz.fuzz import ratio

from winset.domain.statements import Statement
from winset.domain.text import Document

ALIKE = 88.0  # of 100, by characters, after case and punctuation are dropped
QUOTED = 97.0  # of 100: so near, two long quotations are one saying whoever they are laid to
LONG = 6  # words of a quotation that two people do not use by chance
SHORTEST = 4  # words; shorter sayings are too common to be one


def fold(documents: Sequence[Document], statements: Sequence[Statement]) -> dict[str, tuple[str, ...]]:
    """Statement id -> ids of its repeats. Each statement stands under one first telling, or under none.

    Two tellings are compared only where they share their first or last four words, so that cost stays linear; both
    speakers must be the same party or name, or one of them unnamed, unless a long quotation is the same word for word or a trimmed one stands in the other.
    """
    texts = {document.id: document.text for document in documents}
    first: list[tuple[Statement, str]] = []
    index: dict[tuple[str, ...], list[int]] = {}
    folded: dict[str, tuple[str, ...]] = {}
    for statement in statements:
        words = re.findall(r"\w+", " ".join(span.of(texts[statement.doc]) for span in statement.content).casefold())
        if len(words) < SHORTEST:
            continue
        plain = " ".join(words)
        keys = {("^", *words[:4]), ("$", *words[-4:])}
        near = {at for key in keys for at in index.get(key, ())}
        match = next(
            (at for at in sorted(near) if _same(statement, plain, *first[at])),
            None,
        )
        if match is None:
            for key in keys:
                index.setdefault(key, []).append(len(first))
            first.append((statement, plain))
        else:
            id = first[match][0].id
            folded[id] = (*folded.get(id, ()), statement.id)
    return folded


def _same(a: Statement, words: str, b: Statement, others: str) -> bool:
    """Whether two tellings are of one saying; a quotation may be laid to different speakers, which stays to be seen."""
    alike = ratio(words, others)
    short, long = sorted((words, others), key=len)
    if (
        a.kind == b.kind == "direct"
        and a.doc != b.doc
        and len(short.split()) >= LONG
        and (alike >= QUOTED or short in long)
    ):
        return True
    return alike >= ALIKE and _one_voice(a, b)


def _one_voice(a: Statement, b: Statement) -> bool:
    one, two = a.speaker, b.speaker
    if "anonymous" in (one.kind, two.kind) or "none" in (one.kind, two.kind):
        return True
    return one.id == two.id or (one.party is not None and one.party == two.party)
