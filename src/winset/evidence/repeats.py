"""The same statement told again, in one article or in several: folded under the first, with what the tellings disagree on."""

from collections import Counter
from collections.abc import Mapping, Sequence
from heapq import nsmallest
from typing import Literal

from rapidfuzz.fuzz import ratio

from winset.domain.statements import Statement, Voice
from winset.domain.text import Document
from winset.evidence.sayings import Saying, apart, holds, keys, maimed, saying

Difference = Literal["speaker", "wording"]

ALIKE = 88.0  # of 100, by characters, after case and punctuation are dropped
REPORTED = 85.0  # of 100: so near are what somebody says and what is reported of it, persons and tenses taken as one
QUOTED = 90.0  # of 100: so near, two long quotations are one saying whoever they are laid to
LONG = 8  # words of a quotation that two people do not use by chance
TRIMMED = 5  # words that must be left of one person's quotation
SHORTEST = 4  # words; shorter sayings are too common to be one
SHARED = 4  # words in a row that two tellings must share before they are compared
COMMON = 60  # tellings that share such words, beyond which they say nothing
MOST = 12  # first tellings that one statement is compared with


def fold(documents: Sequence[Document], statements: Sequence[Statement]) -> dict[str, tuple[str, ...]]:
    """Statement id -> ids of its repeats. Each statement stands under one first telling, or under none.

    Tellings are compared only where they share SHARED words in a row, so that cost stays linear; both speakers must be
    the same party or name, or one of them unnamed, unless a long quotation is nearly the same word for word or a
    trimmed one stands in the other: copy is trimmed, and laid to somebody else. Another number, day or name, a negation
    or an opposite makes it another saying.
    """
    texts = {document.id: document.text for document in documents}
    first: list[tuple[Statement, Saying]] = []
    index: dict[tuple[str, ...], list[int]] = {}
    folded: dict[str, tuple[str, ...]] = {}
    for statement in statements:
        if statement.speaker.kind == "author":
            continue
        told = words_of(statement, texts)
        if len(told.words) < SHORTEST:
            continue
        marks = keys(told, SHARED)
        shared = Counter(at for mark in marks for at in index.get(mark, ())[:COMMON])
        near = sorted(
            nsmallest(MOST, shared, key=lambda at: (-shared[at], at))
        )  # of those that share as much, the earliest
        match = next((at for at in near if _same(statement, told, *first[at])), None)
        if match is None:
            for mark in marks:
                index.setdefault(mark, []).append(len(first))
            first.append((statement, told))
        else:
            id = first[match][0].id
            folded[id] = (*folded.get(id, ()), statement.id)
    return folded


def words_of(statement: Statement, texts: Mapping[str, str]) -> Saying:
    """The words of a content, made comparable; two stretches of it are parts of one saying."""
    return saying(" … ".join(span.of(texts[statement.doc]) for span in statement.content))


def differences(one: Statement, two: Statement, texts: Mapping[str, str]) -> tuple[Difference, ...]:
    """What two tellings of one saying disagree on: to whom it is laid, how it is worded. A trimmed telling
    agrees, unless its condition or its negation is what was trimmed."""
    found: list[Difference] = []
    a, b = one.speaker, two.speaker
    named = a.kind not in ("anonymous", "none") and b.kind not in ("anonymous", "none")
    if a.id != b.id and (one.doc == two.doc or named) and not (named and _office_of(a, b)):
        found.append("speaker")
    short, long = sorted((words_of(one, texts), words_of(two, texts)), key=lambda told: len(told.words))
    if not holds(long, short) or maimed(long, short):
        found.append("wording")
    return tuple(found)


def _office_of(a: Voice, b: Voice) -> bool:
    """Whether one names a person and the other the party that the person speaks for."""
    return a.party is not None and a.party == b.party and "collective" in (a.kind, b.kind)


def _same(a: Statement, told: Saying, b: Statement, other: Saying) -> bool:
    """Whether two tellings are of one saying; a quotation may be laid to different speakers, which stays to be seen."""
    short, long = sorted((told, other), key=lambda one: len(one.words))
    quoted = "indirect" not in (a.kind, b.kind)
    length = len(short.words)
    one_voice = _one_voice(a, b, length)
    if not one_voice and not (quoted and length >= LONG):
        return False
    if quoted and length >= TRIMMED and holds(long, short):
        return True
    if quoted or a.kind == b.kind:
        alike = ratio(told.plain, other.plain) >= (ALIKE if one_voice else QUOTED)
    else:
        alike = ratio(told.reported, other.reported) >= REPORTED
    return alike and not apart(told, other, quoted=quoted or a.kind == b.kind)


def _one_voice(a: Statement, b: Statement, length: int) -> bool:
    """Whether both may have been said by one voice; of an unnamed one few words tell too little to lay them to somebody else."""
    one, two = a.speaker, b.speaker
    if "anonymous" in (one.kind, two.kind) or "none" in (one.kind, two.kind):
        if a.doc == b.doc:
            return one.id == two.id
        return length >= LONG or (one.kind, one.description) == (two.kind, two.description)
    return one.id == two.id or (one.party is not None and one.party == two.party)
