"""The same statement told again, in one article or in several: folded under the first, with what the tellings disagree on."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Literal

from rapidfuzz.fuzz import ratio

from winset.domain.statements import Statement, Voice
from winset.domain.text import Document

Difference = Literal["speaker", "wording"]

ALIKE = 88.0  # of 100, by characters, after case and punctuation are dropped
QUOTED = 90.0  # of 100: so near, two long quotations are one saying whoever they are laid to
LONG = 6  # words of a quotation that two people do not use by chance
SHORTEST = 4  # words; shorter sayings are too common to be one
SHARED = 4  # words in a row that two tellings must share before they are compared
COMMON = 60  # tellings that share such words, beyond which they say nothing
MOST = 12  # first tellings that one statement is compared with


def fold(documents: Sequence[Document], statements: Sequence[Statement]) -> dict[str, tuple[str, ...]]:
    """Statement id -> ids of its repeats. Each statement stands under one first telling, or under none.

    Tellings are compared only where they share SHARED words in a row, so that cost stays linear; both speakers must be
    the same party or name, or one of them unnamed, unless a long quotation is nearly the same word for word or a
    trimmed one stands in the other: copy is trimmed, and laid to somebody else.
    """
    texts = {document.id: document.text for document in documents}
    first: list[tuple[Statement, str]] = []
    index: dict[tuple[str, ...], list[int]] = {}
    folded: dict[str, tuple[str, ...]] = {}
    for statement in statements:
        plain = words_of(statement, texts)
        words = plain.split()
        if len(words) < SHORTEST or statement.speaker.kind == "author":
            continue
        keys = {tuple(words[at : at + SHARED]) for at in range(len(words) - SHARED + 1)}
        shared = Counter(at for key in keys for at in index.get(key, ())[:COMMON])
        near = sorted(at for at, _ in shared.most_common(MOST))
        match = next((at for at in near if _same(statement, plain, *first[at])), None)
        if match is None:
            for key in keys:
                index.setdefault(key, []).append(len(first))
            first.append((statement, plain))
        else:
            id = first[match][0].id
            folded[id] = (*folded.get(id, ()), statement.id)
    return folded


def words_of(statement: Statement, texts: Mapping[str, str]) -> str:
    """The words of a content in lower case, without marks."""
    said = " ".join(span.of(texts[statement.doc]) for span in statement.content)
    return " ".join(re.findall(r"\w+", said.casefold()))


def differences(one: Statement, two: Statement, texts: Mapping[str, str]) -> tuple[Difference, ...]:
    """What two tellings of one saying disagree on: to whom it is laid, how it is worded. A trimmed telling agrees."""
    found: list[Difference] = []
    a, b = one.speaker, two.speaker
    named = a.kind not in ("anonymous", "none") and b.kind not in ("anonymous", "none")
    if a.id != b.id and (one.doc == two.doc or named) and not (named and _office_of(a, b)):
        found.append("speaker")
    short, long = sorted((words_of(one, texts), words_of(two, texts)), key=len)
    if short not in long:
        found.append("wording")
    return tuple(found)


def _office_of(a: Voice, b: Voice) -> bool:
    """Whether one names a person and the other the party that the person speaks for."""
    return a.party is not None and a.party == b.party and "collective" in (a.kind, b.kind)


def _same(a: Statement, words: str, b: Statement, others: str) -> bool:
    """Whether two tellings are of one saying; a quotation may be laid to different speakers, which stays to be seen."""
    short, long = sorted((words, others), key=len)
    held = short in long and len(short.split()) >= LONG
    alike = ratio(words, others)
    quoted = "indirect" not in (a.kind, b.kind)
    if quoted and len(short.split()) >= LONG and (held or alike >= QUOTED):
        return True
    return (alike >= ALIKE or (held and quoted)) and _one_voice(a, b)


def _one_voice(a: Statement, b: Statement) -> bool:
    one, two = a.speaker, b.speaker
    if "anonymous" in (one.kind, two.kind) or "none" in (one.kind, two.kind):
        return a.doc != b.doc or one.id == two.id
    return one.id == two.id or (one.party is not None and one.party == two.party)
