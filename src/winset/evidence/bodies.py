"""Parties that no word list knows: a state, movement or union shown to be one by the offices and talks it has."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from winset.domain.actors import slug
from winset.domain.statements import Statement, Voice
from winset.domain.text import Document
from winset.evidence.parties import states

_NAME = r"[A-ZÀ-ÖØ-ÞŁŚŽČ][\w-]{2,30}"
_BODY = rf"{_NAME}(?: {_NAME}){{0,2}}"
_PERSON = rf"{_NAME}(?: (?:al|bin|de|la|van|von) )?(?: {_NAME}){{1,2}}"
_KIND = r"(?:prime|foreign|defen[cs]e|finance|interior|chief|deputy|senior|trade|labou?r|energy|top|lead)"
_OFFICE = (
    rf"(?:{_KIND} )*(?:minister|ministers|ministry|premier|president|chancellor|king|queen|government|cabinet|parliament|envoy|"
    r"envoys|delegation|army|navy|negotiator|negotiators|spokesman|spokeswoman|spokesperson|ambassador|leader|leaders|"
    r"leadership|officials|official|secretary|position|demands|team)"
)
_SIGNS = (
    re.compile(rf"\b(?P<body>{_BODY})[’']s {_OFFICE}\b"),
    re.compile(rf"\b(?i:{_OFFICE})(?: {_PERSON})? of (?P<body>{_BODY})\b"),
    re.compile(rf"\b(?i:talks|negotiations|envoys|delegations|negotiators|deal|truce|ceasefire|treaty|summit|dispute|border) (?:between|of) (?P<body>{_BODY}) and (?P<other>{_BODY})\b"),
    re.compile(rf"\b(?P<body>{_BODY}) and (?P<other>{_BODY}) (?:\w+ )?(?:held|hold|began|opened|met|resumed|agreed|signed|ended)\b"),
    re.compile(rf"\b(?P<body>{_BODY}) (?:said|says) it (?:would|will|was|is|had|has|could)\b"),
    re.compile(rf"\b(?P<body>{_BODY}) (?:demanded|offered|rejected|accepted|proposed|refused|insisted|threatened)\b"),
    re.compile(rf"\b(?:[Aa]n?|[Tt]he|[Ss]enior) (?P<body>{_BODY}) (?:official|officials|negotiator|negotiators|delegation|leadership)\b"),
)  # fmt: skip
_HOLDERS = (
    re.compile(rf"\b(?P<body>{_BODY})[’']s {_OFFICE},? (?P<person>{_PERSON})"),
    re.compile(rf"\b(?P<person>{_PERSON}), (?P<body>{_BODY})[’']s {_OFFICE}\b"),
    re.compile(rf"\b(?i:{_OFFICE}) (?P<person>{_PERSON}) of (?P<body>{_BODY})\b"),
    re.compile(rf"\b(?P<person>{_PERSON}),? (?:the |who leads the )?{_OFFICE} of (?P<body>{_BODY})\b"),
)
_TITLED = re.compile(rf"\b(?:President|Premier|Prime Minister|Minister|Judge|Mr|Mrs|Ms|Dr|Secretary|General|Senator|Envoy) (?:{_NAME} )?(?P<last>{_NAME})")  # fmt: skip
_NO_NAMES = frozenset({"The", "Both", "They", "She", "This", "That", "These", "But", "And", "His", "Her", "Its", "Their", "Some", "Each", "State", "States", "Foreign", "Prime", "Supreme", "House", "Senate", "Congress", "Republican", "Democratic", "Party"})  # fmt: skip
_ITS = re.compile(rf"\b[Ii]ts (?:\w+ )?{_OFFICE},? (?P<person>{_PERSON})")
_LEAD = 400  # characters before "its" in which its party stands
_LEAST = 2  # signs that make a body


def bodies(documents: Sequence[Document]) -> dict[str, str]:
    """Name -> party id of the bodies that the texts show at least twice and no word list knows."""
    signs: Counter[str] = Counter()
    surnames: set[str] = set()
    for document in documents:
        surnames.update(found.group("last") for found in _TITLED.finditer(document.text))
        for pattern in _SIGNS:
            for found in pattern.finditer(document.text):
                signs.update(name for key, name in found.groupdict().items() if key in ("body", "other") and name)
        for pattern in _HOLDERS:
            surnames.update(found.group("person").split()[-1] for found in pattern.finditer(document.text))
    return {
        name: slug(name) for name, count in signs.items()
        if count >= _LEAST and not _known(name) and name.split()[-1] not in surnames
    }  # fmt: skip


def _known(name: str) -> bool:
    """Whether the word lists have it, or it is no name but a word that begins a sentence."""
    bare = name.removeprefix("The ")
    return bare in states() or bare.removesuffix("s") in states() or name.split()[0] in _NO_NAMES


def _its_people(text: str, known: dict[str, str]) -> dict[str, str]:
    """Holders of an office that "its" ties to a party: the one that the sentence before, or this one, begins with."""
    found: dict[str, str] = {}
    for one in _ITS.finditer(text):
        sentences = re.split(r"(?<=[.!?”\"])\s+", text[max(0, one.start() - _LEAD) : one.start()])
        for sentence in reversed(sentences[-2:]):
            word = re.match(rf"(?:The )?(?P<body>{_BODY})", sentence)
            name = word.group("body") if word else ""
            party = next(
                (
                    known.get(part) or slug(states()[part])
                    for part in _beginnings(name)
                    if part in known or part in states()
                ),
                None,
            )
            if party is not None:
                found[one.group("person")] = party
                break
    return found


def _beginnings(name: str) -> list[str]:
    """Saudi Arabia Tuesday, Saudi Arabia, Saudi."""
    words = name.split()
    return [" ".join(words[:n]) for n in range(len(words), 0, -1)]


def with_bodies(documents: Sequence[Document], statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """The statements with the parties of voices that belong to such a body, or hold an office that "its" ties to a party.

    Voices that have a party keep it.
    """
    known = bodies(documents)
    people: dict[str, str] = {}
    for document in documents:
        people |= _its_people(document.text, known)
        for pattern in _HOLDERS:
            for found in pattern.finditer(document.text):
                if found.group("body") in known:
                    people[found.group("person")] = known[found.group("body")]
    surnames = {name.split()[-1]: party for name, party in people.items()}

    def resolved(voice: Voice) -> Voice:
        words = voice.name or voice.description or ""
        if voice.party is not None or not words:
            return voice
        party = known.get(words) or people.get(words) or surnames.get(words)
        if party is None and voice.kind in ("collective", "anonymous"):
            party = next((id for name, id in known.items() if re.search(rf"\b{re.escape(name)}\b", words)), None)
        if party is None:
            return voice
        return replace(voice, party=party, kind="collective" if words in known else voice.kind)

    return tuple(replace(one, speaker=resolved(one.speaker)) for one in statements)
