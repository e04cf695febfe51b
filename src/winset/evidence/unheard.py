"""Who is said not to be heard: "farmers of both countries were not invited", "nobody had asked them", "they have no seat"."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from winset.domain.statements import Statement
from winset.domain.text import Document, Grounds, Span
from winset.evidence import sides
from winset.evidence.scenes import Scene, scenes

_TABLE = r"(?:the |these |any )?(?:\w+ )?(?:table|talks|negotiations?|meetings?|room|discussions?|bargaining|process|summit|conference)"
_NOT_HEARD = re.compile(
    r"(?: who| which)? (?:(?:was|were|is|are|has been|have been|had been)(?: \w+)? (?:not (?:even )?(?:invited|consulted|represented|(?:asked|heard)(?! (?:of|from|about|back|for|to)\b))\b|"
    rf"never (?:consulted|invited|(?:asked|heard)(?! (?:of|from|about|back|for|to)\b))\b|not (?:at|in|part of|a party to) {_TABLE}\b|uninvited\b|unrepresented\b|"
    rf"(?:excluded|absent|missing|shut out|left out|kept out|barred|locked out) (?:from|of) {_TABLE}\b)|"
    r"(?:has|have|had) (?:not|never) been (?:invited|consulted|represented|(?:asked|heard)(?! (?:of|from|about|back|for|to)\b))\b|"
    rf"(?:has|have|had|got) no (?:seat|place|say|voice|part) (?:at|in|on) {_TABLE}?\b)"
)
_NOBODY = re.compile(
    r"\b(?:[Nn]obody|[Nn]o one|[Nn]either side|[Nn]either of them) (?:has |had |have |ever )?(?:ever |even )?(?:asked|consulted|invited|listened to|talked to|spoken to|spoke to) (?:them|us|him|her|me|their \w+|our \w+)\b"
)
_CUT = re.compile(r"[;:“”\"]|, (?:and|but|while|although|though|because)\b|\b(?:that|but|while|although|because) ")
_ASIDE = re.compile(
    r",? (?:(?:in|of|on|for|from|to|with|under) )?(?:who|whom|whose|which|where)\b.*\Z|,.*\Z", re.DOTALL
)
_NOT_WHO = re.compile(
    r"(?:it|they|he|she|we|i|you|this|that|these|those|there|nobody|no one|neither|who|which|both|some|many|others|all|none|what|reporters|journalists|cameras|questions?)\b",
    re.IGNORECASE,
)
LONGEST = 80  # characters of what a group is called


@dataclass(frozen=True, slots=True, kw_only=True)
class Unheard:
    """A group that is said not to be heard, in the words of the source; `party` where it is one that the record knows."""

    who: str
    party: str | None
    grounds: Grounds


def unheard(documents: Sequence[Document], statements: Sequence[Statement], found: sides.Sides) -> tuple[Unheard, ...]:
    """Each group once, in order of time."""
    made: dict[str, Unheard] = {}
    for scene in scenes(documents, statements, found):
        for one in _of_scene(scene):
            made.setdefault(one.party or one.who.casefold(), one)
    return tuple(made.values())


def _of_scene(scene: Scene) -> Iterator[Unheard]:
    starts = [span.start for span in scene.sentences]
    for pattern, read in ((_NOT_HEARD, _subject), (_NOBODY, _speaker)):
        for match in pattern.finditer(scene.text):
            at = bisect_right(starts, match.start()) - 1
            if (
                at < 0
                or match.end() > scene.sentences[at].end
                or scene.text.startswith("?", scene.sentences[at].end - 1)
            ):
                continue
            who = read(scene, scene.sentences[at], match)
            if who is None:
                continue
            said = scene.saying(match.start(), match.end())
            if said is not None and (said.modality in ("denied", "conditional", "possible") or "forecast" in said.acts):
                continue
            name, party = who
            grounds = Grounds(doc=scene.document.id, statement=said.id if said else None, spans=(scene.sentences[at],))
            yield Unheard(who=name, party=party, grounds=grounds)


def _subject(scene: Scene, sentence: Span, match: re.Match[str]) -> tuple[str, str | None] | None:
    """Who is meant: the words ahead of the verb, without what a clause tells of them besides."""
    cuts = list(_CUT.finditer(scene.text, sentence.start, match.start()))
    start = cuts[-1].end() if cuts else sentence.start
    lead = scene.text[start : match.start()]
    start += len(lead) - len(lead.lstrip(" ,"))
    name = _ASIDE.sub("", scene.text[start : match.start()].rstrip(" ,"))
    words = name.split()
    if (
        not words
        or len(name) > LONGEST
        or _NOT_WHO.match(name)
        or len(words) > 10
        or re.search(r"\b(?:said|says|if|would|could)\b", name)
    ):
        return None
    inside = [place for place in scene.between(start, start + len(name)) if place[1] >= start + len(name)]
    whole = inside and not re.search(
        r"\b(?:of|in|from|at|for|near|outside|across) (?:the )?\Z", scene.text[start : inside[0][0]]
    )
    return " ".join(words), inside[0][2] if whole else None


def _speaker(scene: Scene, sentence: Span, match: re.Match[str]) -> tuple[str, str | None] | None:
    """Who says that nobody asked "them" or "us"."""
    said = scene.saying(match.start(), match.end())
    if said is None:
        return None
    voice = said.speaker
    name = voice.name or (voice.description and _ASIDE.sub("", voice.description))
    return (name, voice.party) if name and len(name) <= LONGEST else None
