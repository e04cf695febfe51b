"""Officials of whom no words tell whose they are: their party by their office and by what the text around names."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from winset.domain.statements import Statement, Voice
from winset.evidence.holders import PERSON
from winset.evidence.sides import Sides
from winset.evidence.standing import speaks_for_some_party

OFFICES_IN = {
    "firm": re.compile(
        r"\b(?:chief (?:executive|operating|financial|commercial|technology|people)(?: officer)?|managing director|director[- ]general|(?:personnel|human resources|operations|finance|plant|works) "
        r"(?:director|manager|chief)|head of (?:human resources|personnel|operations|staff)|(?:personnel|staff|works) chief)\b",
        re.IGNORECASE,
    ),
    "union": re.compile(
        r"\b(?:general secretary|shop steward|branch secretary|convenor|union (?:leader|president|boss|chief|official|secretary|organi[sz]er|negotiator|spokes\w+)|bargaining committee|strike committee)\b",
        re.IGNORECASE,
    ),
    "state": re.compile(
        r"\b(?:(?:foreign|finance|defen[cs]e|trade|interior|water|energy|environment|climate|agriculture|fisheries|economy|prime|deputy) minister|minister|foreign secretary|ministry|president|premier|chancellor|ambassador)\b",
        re.IGNORECASE,
    ),
}  # offices that only bodies of one kind have
_HEADING = 300  # characters in which a heading ends
_NEAR = 400  # characters ahead of who speaks in which his party is looked for


OF_ANOTHER = re.compile(
    r"\b[A-Z]\w{2,30}(?:an|ese|ish|i|ic) (?:[a-z]{1,20} ){0,2}?(?:minister|president|premier|chancellor|envoy|ambassador|official|negotiator|spokes\w{1,9})\b"
)  # "the Iskan foreign minister" is of a state, though the record may not know of which


_NAMED_OF_ANOTHER = re.compile(rf"{OF_ANOTHER.pattern},? (?P<person>{PERSON})")


def described(one: Statement, voice: Voice, text: str) -> str:
    return f"{voice.role or ''} {voice.description or ''} {' '.join(span.of(text) for span in one.source)}"


def _nearest(one: Statement, text: str, sides: Sides) -> str | None:
    """The party of an official of whom no words tell whose: the only one of the kind that has such an office which the last sentences
    name, else the heading, else the record."""
    who = described(one, one.speaker, text)
    if not one.source or not speaks_for_some_party(who):
        return None
    for kind, office in OFFICES_IN.items():
        if office.search(who):
            fits = {id for id, each in sides.kinds.items() if each == kind}
            at, heading = one.source[0].start, max(0, text.find("\n", 0, _HEADING))
            near = {id for _, _, id in sides.between(one.doc, max(heading, at - _NEAR), at)} & fits
            head = {id for _, _, id in sides.between(one.doc, 0, heading)} & fits
            return next((min(some) for some in (near, head, fits) if len(some) == 1), None)
    return None


def by_office(statements: Sequence[Statement], texts: Mapping[str, str], sides: Sides) -> list[Statement]:
    """With the party of people whose office alone tells it (`_nearest`): the first that it tells holds for all that they say, and nobody
    of another country has one."""
    foreign = {one["person"] for text in texts.values() for one in _NAMED_OF_ANOTHER.finditer(text)}
    held: dict[str, str] = {}
    for one in statements:
        voice = one.speaker
        if voice.kind == "named" and voice.party is None and voice.name and voice.name not in (*foreign, *held):
            party = _nearest(one, texts[one.doc], sides)
            if party is not None:
                held[voice.name] = party
    held |= {
        name: party
        for name, party in _by_what_they_pledge(statements, texts, sides).items()
        if name not in (*foreign, *held)
    }
    return [
        replace(one, speaker=replace(one.speaker, party=held[one.speaker.name]))
        if one.speaker.party is None and one.speaker.kind == "named" and one.speaker.name in held
        else one
        for one in statements
    ]


PLEDGES = re.compile(
    r" (?:would|will|could|can|cannot|is (?:ready|prepared|willing|seeking|asking)|was (?:ready|prepared|willing|seeking|asking)|wanted|wants|needed|needs|had (?:agreed|decided))\b(?! (?:probably|likely|have to|need to))"
)
PRONOUN = re.compile(r"\b(?:he|she|it|they|we|I)\b", re.IGNORECASE)
OBSERVES = re.compile(
    r"\b(?:analysts?|experts?|professor|institute|think[- ]tank|university|economists?|historians?|pollsters?|mediators?|chair of|envoy of the un|residents?|journalists?|editor|bank)\b",
    re.IGNORECASE,
)
OPENING = 30  # characters of what is said within which a party stands that is its subject


def _by_what_they_pledge(statements: Sequence[Statement], texts: Mapping[str, str], sides: Sides) -> dict[str, str]:
    """People of whom nothing is told, and the one party of which all say what it would do ("Ibarra said San Telmo would keep its tax")."""
    of: dict[str, set[str]] = {}
    watches: set[str] = set()
    for one in statements:
        voice, text = one.speaker, texts[one.doc]
        if voice.kind != "named" or voice.party is not None or not voice.name:
            continue
        if voice.standing in ("expert", "other", "person familiar") or OBSERVES.search(described(one, voice, text)):
            watches.add(voice.name)
        guess = one.modality in ("likely", "possible") and one.acts[0] == "forecast" and not one.cue
        if one.kind == "direct" or guess:
            continue
        start = min(span.start for span in one.content)
        for at, end, party in sides.between(one.doc, start, start + OPENING)[:1]:
            if not PRONOUN.search(text, start, at) and PLEDGES.match(text, end):
                of.setdefault(voice.name, set()).add(party)
    return {name: min(parties) for name, parties in of.items() if len(parties) == 1 and name not in watches}
