"""Rewards held out and penalties threatened from outside the matter in dispute: lines of the ledger of their own."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from winset.domain.actors import slug
from winset.domain.positions import Inducement
from winset.domain.statements import Statement
from winset.domain.text import Document, Grounds
from winset.evidence.carried_out import carried_out
from winset.evidence.lexicon import load
from winset.evidence.phrases import PhraseIndex, Words

_REWARDING = frozenset({"offer", "concession", "commitment"})
_THREATENING = frozenset({"threat"})
ACTS = _REWARDING | _THREATENING  # only statements with such a first act are looked at


@cache
def _phrases(kind: str) -> PhraseIndex[str]:
    return PhraseIndex((entry["phrase"], entry["phrase"]) for entry in load("incentives")[kind])


def inducements(
    documents: Iterable[Document], statements: Iterable[Statement], names: Mapping[str, str], *,
    seated: Sequence[str] = (), dealt_with: Iterable[str] = (),
) -> tuple[Inducement, ...]:  # fmt: skip
    """One line for each saying by which a party holds out a reward or threatens a penalty, by day.

    names       lower-case names -> party ids, as `parties.names_of` gives them
    seated      who is at the table: toward whom, where the words name nobody and one other sits there
    dealt_with  ids of statements that are read as a step on an issue of the case; what they hold out is no line of its own, what they
                threaten is
    """
    by_id = {document.id: document for document in documents}
    on_issues = set(dealt_with)
    found: list[tuple[date, Inducement]] = []
    for one in statements:
        party, document = _government(one.speaker.name, names) or one.speaker.party, by_id.get(one.doc)
        if (
            party is None
            or document is None
            or (one.id in on_issues and one.acts[0] not in _THREATENING)
            or one.about not in (None, party, one.speaker.party)
        ):
            continue
        reward, threat = one.acts[0] in _REWARDING and not one.negated, one.acts[0] in _THREATENING
        if not (reward or threat) or one.modality == "denied":
            continue
        text = " ".join(span.of(document.text) for span in one.content)
        words = Words(text)
        hits = [
            one
            for one in _phrases("reward" if reward else "pressure").find(words.lower)
            if not _turned(words, one.start)
        ]
        if not hits:
            continue
        named = [id for id in _named(words, names) if id != party]
        across = [id for id in seated if id != party]
        day = one.date.start if one.date else document.date
        condition = one.condition or (one.modality == "conditional" or None)
        found.append((
            day or date.max,
            Inducement(
                id="", kind="inducement" if reward else "penalty", party=party,
                toward=named[0] if named else across[0] if len(across) == 1 else None, date=day,
                status="conditional" if condition else "delivered" if one.tense == "past" and reward and carried_out(text)
                else "offered",
                condition=one.condition, grounds=(Grounds(doc=one.doc, statement=one.id, spans=one.content),),
                score=round(one.score * (0.8 if named else 0.6), 4),
                why=(f"“{' '.join(words.lower[hits[0].start : hits[0].end])}” in {'an offer' if reward else 'a threat'}",),
            ),
        ))  # fmt: skip
    found.sort(key=lambda one: one[0])
    return tuple(replace(one, id=f"i{n}") for n, (_, one) in enumerate(found, 1))


_GOVERNMENT = re.compile(
    r"(?:[Tt]he )?(?P<whose>[A-ZÀ-Þ][\w’'-]{1,40}(?: [A-ZÀ-Þ][\w’'-]{1,40}){0,5}) (?:government|cabinet|administration|authorities)"
)


def _government(name: str | None, names: Mapping[str, str]) -> str | None:
    """Whose a government is by its own name, also one that no list names: it is none of the sides spoken of before it."""
    found = _GOVERNMENT.fullmatch(name or "")
    if found is None:
        return None
    words = found.group("whose").lower().replace("’", "'").removesuffix("'s").split()
    own = names.get(" ".join(words))
    if own is not None:
        return own
    known = any(" ".join(words[at:to]) in names for at in range(len(words)) for to in range(at + 1, len(words) + 1))
    return None if known else slug(re.sub(r"\A[Tt]he ", "", name or ""))


_NEGATIONS = frozenset({"never", "not", "no", "without", "cannot", "neither", "nor", "refuse", "refuses", "refused"})
_BEFORE = 4  # words ahead of a phrase, in its clause, that can turn it


def _turned(words: Words, at: int) -> bool:
    """Whether a phrase that begins at a word is negated: "would never recognise" holds nothing out."""
    ahead = [
        word
        for n in range(max(at - _BEFORE, 0), at)
        if words.clauses[n] == words.clauses[at]
        for word in (words.lower[n],)
    ]
    return any(word in _NEGATIONS or word.endswith("n't") for word in ahead)


def _named(words: Words, names: Mapping[str, str]) -> list[str]:
    """Parties named in a saying, in order; names of up to four words that begin with a capital ("US", never "us")."""
    found: list[str] = []
    for at in range(len(words)):
        if not words.written[at][:1].isupper():
            continue
        for length in (4, 3, 2, 1):
            id = names.get(" ".join(words.lower[at : at + length]))
            if id is not None and id not in found:
                found.append(id)
    return found
