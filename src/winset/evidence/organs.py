"""Names that say an organ, or whoever speaks, ahead of the body that it belongs to: the "Central Committee of the Harvest Party" is the
Harvest Party."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from winset.evidence.holders import CAP
from winset.evidence.organisations import NOUN, is_body
from winset.evidence.parties import demonyms

_RANK = r"(?:Central|National|Federal|General|Executive|Political|Standing|Steering|Governing|Permanent|Administrative|Extraordinary|Annual|Regional|Parliamentary|Provisional)"
_OWN = (
    rf"(?:{_RANK} ){{0,2}}(?:(?:Central|Executive|Political|Steering|Governing|Standing|Administrative) (?:Committee|Council|Board|Bureau|Commission)|Executive|Politburo|Presidium|"
    r"Party (?:Congress|Conference|Executive|Leadership)|Board of (?:Directors|Governors|Trustees|Management)|Parliamentary (?:Group|Party|Caucus))"
)  # what is an organ of something even where nobody says of what
_SOME = rf"(?:(?:{_RANK}|Members’|Delegates’|Policy|Negotiating|Bargaining) ){{0,2}}(?:Committee|Council|Board|Congress|Conference|Secretariat|Commission|Bureau|Assembly|Leadership|Delegation|Directorate|Mission|Embassy|Caucus)"
_OF_STATE = (
    rf"(?:Ministry|Department|Office|Bureau) (?:of|for) (?:the )?{CAP}(?:(?:,| and|, and) {CAP}| {CAP}){{0,3}}|"
    r"(?:Embassy|Permanent Mission|Government|Cabinet|Council of Ministers)"
)  # with of what it is
_AHEAD = re.compile(rf"(?:(?:{_OWN}|{_SOME}|{_OF_STATE}) of (?:the )?)(?=[A-ZÀ-Þ])")
_STRONG = re.compile(rf"(?:{_OWN}|{_OF_STATE}) of (?:the )?")
_BEHIND = re.compile(rf" {_OWN}\Z")
_ALONE = re.compile(rf"(?:{_OWN}|(?:Foreign |Labour |Trade |Finance )?Ministry|Embassy|Cabinet)")
_FOR = re.compile(rf"(?P<who>{CAP} {CAP}(?: {CAP})?) for the (?=[A-ZÀ-Þ])")  # "Lin Castell for the River Towns"
_REALM = re.compile(
    r"(?P<people>[A-ZÀ-Þ][\w’'-]{2,40}) (?:Republic|Kingdom|Federation|Empire|Principality|Commonwealth|Confederation|Sultanate|Emirate)"
)


def body_in(words: str) -> tuple[int, int]:
    """Where in a name the body's own begins and ends, without the organ or the person that speaks for it; the same place twice where
    only an organ is named, and nobody says of what."""
    if _ALONE.fullmatch(words):
        return 0, 0
    spoken_for = _FOR.match(words)
    if spoken_for is not None and not is_body(spoken_for["who"]) and not spoken_for["who"].endswith("s"):
        return spoken_for.end(), len(words)
    ahead = _AHEAD.match(words)
    if ahead is not None:
        body = words[ahead.end() :]
        if _STRONG.fullmatch(ahead.group()) or (ahead.group().endswith(" the ") and " " in body and is_body(body)):
            return ahead.end(), len(words)
    behind = _BEHIND.search(words)
    if behind is not None and NOUN.search(words[: behind.start()]):
        return 0, behind.start()
    return 0, len(words)


def named(names: Mapping[str, int]) -> Counter[str]:
    """What was counted of names, counted of the bodies that they belong to."""
    found: Counter[str] = Counter()
    for name, count in names.items():
        begin, end = body_in(name)
        if begin < end:
            found[name[begin:end]] += count
    return found


def realms(names: Iterable[str], countries: Iterable[str]) -> dict[str, str]:
    """Name that a country is called by in full, by its people -> the country: "Tavian Federation" -> "Tavia"."""
    each = [one for one in countries if " " not in one]
    found: dict[str, str] = {}
    for name in names:
        realm = _REALM.fullmatch(name)
        whose = [
            one
            for one in each
            if realm is not None and one[:3] == name[:3] and demonyms(one).fullmatch(realm["people"])
        ]
        if len(whose) == 1:
            found[name] = whose[0]
    return found
