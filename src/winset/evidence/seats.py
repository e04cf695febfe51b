"""Capitals whose names stand for a government where no list knows them: "Port Hallam refused" is told of the state whose seat it is.

A name that acts as only a party does and that the record uses as a city, too, is joined to the state that the record tells: "its capital,
Port Hallam", a minister who speaks there at no talks; nobody's capital is where envoys of the state travel to. Where one state alone
is left, it is its; else nothing is concluded, and the name stays what it was. Where it stands as a place ("in Port Hallam") it is one.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from winset.domain.actors import slug
from winset.evidence.capitals import names
from winset.evidence.holders import People, Place
from winset.evidence.lexicon import given_names
from winset.evidence.organisations import LISTS, PAPER, Side, is_body
from winset.evidence.parties import states
from winset.evidence.wording import any_name

_REALM = re.compile(
    r"\b(?:Market|Community|Commission|Commonwealth|Confederation|Federation|Islands|States|Republic|Kingdom|Emirates?|Sultanate|Principality|Nations|Territories|Government)\b"
)  # what bodies are called that have a seat of government
_WHERE = re.compile(
    r"\b(?:in|at|near|from|outside|inside|to|into|via|around|through|over|for|of|reach(?:es|ed)?|le(?:ave|aves|aving|ft)|visit(?:s|ed|ing)?) (?:central |downtown )?\Z",
    re.IGNORECASE,
)
_CITY_AHEAD = re.compile(
    r"\b(?:capital(?: city)?,?|streets of|outskirts of|suburbs? (?:of|in)|residents of|mayor of|city of|port of|"
    r"(?:ministry|ministries|parliament|palace|embassy|embassies|government|authorities|administration|court|hotel|airport|square|stadium|circulat\w+|reporters|journalists|briefing|news conference|press conference|newspapers?) (?:in|at|outside|near)|"
    r"(?:landed|arriv\w+|due|back) in|(?:flew|fly|flying|drove|drive|returned) (?:in)?to|(?:leave|leaves|leaving|left|reached)) \Z",
    re.IGNORECASE,
)
_CITY_BEHIND = re.compile(
    r",? (?:airport|streets?|suburbs?|stock exchange|bourse|hotel|harbou?r|town hall|city hall|police)\b|[’']s (?:streets|mayor|suburbs|airport|old town|main square|squares|cafes)\b|"
    r", (?:the |its |their |[A-ZÀ-Þ][\w’-]{1,30} )(?:\w+ )?capital\b| is (?:the |its |[A-ZÀ-Þ][\w’-]{1,30} )capital\b"
)
_DATELINE = re.compile(r"(?:,? \d{1,2} [A-Z][a-z]+|, [A-Z][a-z]+\.? \d{1,2}| \([A-Z][\w &]{1,20}\))?,? (?:[–—-]+|--) ")
_CAPITAL_AHEAD = re.compile(
    r"\b(?:(?P<its>[Ii]ts|[Tt]heir|whose) )?capital(?: city)?(?: of (?:the )?(?P<of>[^.;:,“”\"\n]{2,40}))?,? (?:of )?\Z"
)
_CAPITAL_BEHIND = re.compile(
    r",? (?:is )?(?:(?:the |their )?(?:\w+ )?capital(?: city)? of (?:the )?|(?=[A-ZÀ-Þ])|(?P<its>its |their ))(?P<of>[^.;:,“”\"\n]{0,40}?)(?= capital\b|[.,;:\n]|\Z)"
)
_SPEAKS = re.compile(
    r"\b(?:said|says|told|announced|spoke|speaking|warned|briefing|news conference|press conference|statement|speech|interview|declared|insisted|signed)\b",
    re.IGNORECASE,
)
_VENUE = re.compile(
    r"\b(?:talks|negotiations|negotiators|delegations|summit|conference of|round|meeting|met|meet|mediators?|mediation|both sides|two sides|visit\w*|guest)\b",
    re.IGNORECASE,
)
_TRAVELS = re.compile(
    r"\b(?:due in|(?:flew|fly|flies|flying|travel\w*|went|go|goes|came|come|trip|visit|delegation|envoys?|ambassador|sailed|drove|letter|note) (?:in)?to|arriv\w+ in|(?:embassy|ambassador|envoys?) in|"
    r"visit\w*|landed in|(?:heads?|headed|left|leaves|set off|bound) for|leav\w+|left|(?:returned|back|home|recalled [\w ]{0,30}) from) \Z",
    re.IGNORECASE,
)
_HOME = re.compile(r"\b(?:returned|return|home|recalled|back) (?:to|in) \Z", re.IGNORECASE)
_BESIDE = re.compile(r"\A[^.;:“”\"]{0,80}\b(?:with|against) (?:the )?\Z")  # nobody's capital has a dispute with it
_NO_PARTY = re.compile(
    r" (?:airport|summit|talks|round|accords?|agreement|declaration|protocol|stock exchange|bourse|hotel|harbou?r|port|conference|meeting|process|police|university|[A-ZÀ-Þ])"
)
_STOP = re.compile(r"[.!?](?:[”\"’])?\s|\n")
_MAIN = 0.34  # of the mentions of the state named most, those of a state that a capital is looked for
_REACH = 400  # characters in which a sentence begins and ends


def acting(texts: Mapping[str, str], acts: re.Pattern[str], sides: Mapping[str, Side], people: Collection[str], known: Collection[str]) -> set[str]:  # fmt: skip
    """Names that do what only parties do and may be capitals: nobody's name, no body's, of no state that a list or the words know."""
    taken = {name for side in sides.values() for name in side.names if side.country or side.id in known or side.kind != "state" or name != side.name}  # fmt: skip
    found: set[str] = set()
    for text in texts.values():
        for one in names(text):
            name = " ".join(one.words)
            if one.titles or one.owned or name in found or len(one.words) > 3 or not acts.match(text, one.end):
                continue
            if name in taken or name in states() or name in people or is_body(name) or PAPER.search(name):
                continue
            if one.words[0] in LISTS["not_names"] or one.words[0] in given_names():
                continue
            found.add(name)
    return found


def of_states(
    texts: Mapping[str, str], places: Mapping[str, Sequence[Place]], people: Mapping[str, str], sides: Mapping[str, Side], acted: set[str]
) -> dict[str, str]:  # fmt: skip
    """Capital -> the state, of the names that `acted`; `places` are where each text names parties."""
    if not acted:
        return {}
    pattern = re.compile(rf"(?<![\w’'-])(?P<name>{any_name(acted)})(?![\w-])")
    mentions = Counter(one["name"] for text in texts.values() for one in pattern.finditer(text))
    city = {one["name"] for text in texts.values() for one in pattern.finditer(text) if _is_city(text, *one.span())}
    held = {side.id for side in sides.values() if side.name not in city and (side.kind == "state" or _REALM.search(side.name))}  # fmt: skip
    counts = Counter(id for each in places.values() for _, _, id in each if id in held)
    most = max(counts.values(), default=0)
    main = {id for id, count in counts.items() if count >= _MAIN * most}
    speakers = People(people)
    told: dict[str, Counter[str]] = {name: Counter() for name in acted}
    spoke: dict[str, Counter[str]] = {name: Counter() for name in acted}
    abroad: dict[str, set[str]] = {name: set() for name in acted}
    venues: set[str] = set()
    for doc, text in texts.items():
        here = sorted(one for one in {*places.get(doc, ()), *speakers.named(text)} if one[2] in held)
        for one in pattern.finditer(text):
            name, start, end = one["name"], one.start(), one.end()
            ahead = text[max(0, start - 60) : start]
            first, last = _sentence(text, start, end)
            around = here[bisect_left(here, (first, 0, "")) : bisect_left(here, (last, 0, ""))]
            near = here[bisect_left(here, (start - _REACH, 0, "")) : bisect_left(here, (end + _REACH, 0, ""))]
            if (state := _told(text, near, start, end)) is not None:
                told[name][state] += 1
            subject = next((id for at, _, id in around if at < start and not _WHERE.search(text, max(0, at - 14), at)), None)  # fmt: skip
            sentence = text[first:last]
            if _HOME.search(ahead) and subject is not None:
                spoke[name][subject] += 1
            elif _TRAVELS.search(ahead):
                if subject is not None:
                    abroad[name].add(subject)
            elif re.search(r"\b[Ii]n \Z", ahead):
                if _VENUE.search(sentence):
                    venues.add(name)
                elif _SPEAKS.search(sentence):
                    who = subject or (around[0][2] if around and start - first < len("In  ") else None)
                    if who is not None:
                        spoke[name][who] += 1
            for at, stop, id in around:
                gap = text[stop:start] if stop <= start else text[end:at]
                if gap in (" and ", " and the ", " or ") or (at > start and _BESIDE.search(gap)):
                    abroad[name].add(id)
    fits = {
        name: set() if slug(name) in held else {id for id in held if counts[id] > mentions[name]} - abroad[name]
        for name in acted
    }  # a party that nothing shows to be a city may be a state itself
    return _settled(told, spoke, fits, city, venues, main)


def _is_city(text: str, start: int, end: int) -> bool:
    """Whether words around a name are those around a city's: "streets of", "flew to", "airport"."""
    begins = start == 0 or text[start - 1] == "\n"
    ahead = _CITY_AHEAD.search(text, max(0, start - 60), start)
    return bool(ahead or _CITY_BEHIND.match(text, end) or (begins and _DATELINE.match(text, end)))


def _settled(
    told: Mapping[str, Counter[str]], spoke: Mapping[str, Counter[str]], fits: Mapping[str, set[str]], city: set[str], venues: set[str],
    main: set[str],
) -> dict[str, str]:  # fmt: skip
    """The capitals whose state the evidence singles out: what is told first, then who speaks there, then whose alone it can be."""
    found: dict[str, str] = {}
    for name, counts in sorted(told.items()):
        if len(counts) == 1:
            found[name] = next(iter(counts))
    for name in sorted(told.keys() - found.keys() - venues):
        heard = [one for one in spoke[name].most_common() if one[0] in fits[name] - set(found.values())]
        if heard and (len(heard) == 1 or heard[0][1] > heard[1][1]):
            found[name] = heard[0][0]
    while True:
        left = {name: (fits[name] & main) - set(found.values()) for name in sorted((told.keys() & city) - found.keys())}
        alone = {name: min(ids) for name, ids in left.items() if len(ids) == 1}
        once = {name: id for name, id in alone.items() if list(alone.values()).count(id) == 1}
        if not once:
            return found
        found.update(once)


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    first = max((one.end() for one in _STOP.finditer(text, max(0, start - _REACH), start)), default=max(0, start - _REACH))  # fmt: skip
    stop = _STOP.search(text, end, min(len(text), end + _REACH))
    return first, stop.start() if stop else min(len(text), end + _REACH)


def _told(text: str, here: Sequence[Place], start: int, end: int) -> str | None:
    """The state whose capital a name is called at a place: "Sarrat's capital, Port Hallam", "Port Hallam, the capital of Sarrat"."""
    ahead = _CAPITAL_AHEAD.search(text, max(0, start - 80), start)
    if ahead is not None:
        low, high = (ahead.start("of"), ahead.end("of")) if ahead["of"] else (ahead.start() - 30, ahead.end())
        inside = [one for one in here if low <= one[0] and one[1] <= high]
        if inside and (ahead["of"] or not re.search(r"[.,;:]", text[inside[-1][1] : ahead.end() - 2])):
            return inside[-1][2]
        if ahead["its"]:
            before = [one for one in here if _sentence(text, start, end)[0] - 200 <= one[0] < start]
            return before[-1][2] if before and len({one[2] for one in before[-2:]}) == 1 else None
        return None
    behind = _CAPITAL_BEHIND.match(text, end, min(len(text), end + 90))
    if behind is None or "capital" not in text[end : behind.end() + len(" capital")]:
        return None
    return next((one[2] for one in here if behind.start("of") <= one[0] and one[1] <= behind.end("of") + 2), None)


def give(
    texts: Mapping[str, str], places: dict[str, tuple[Place, ...]], people: dict[str, str], sides: dict[str, Side], found: Mapping[str, str]
) -> None:  # fmt: skip
    """Lays what capitals do to their states: in `places`, `people` and `sides`, of which a capital is none."""
    if not found:
        return
    gone = {slug(name): id for name, id in found.items()}
    for id in gone:
        sides.pop(id, None)
    for person, id in people.items():
        people[person] = gone.get(id, id)
    pattern = re.compile(rf"(?<![\w’'-])(?P<name>{any_name(found)})(?![\w-])")
    for doc, text in texts.items():
        kept = [one for one in places[doc] if one[2] not in gone]
        kept += [
            (start, end, gone[id]) for start, end, id in places[doc] if id in gone and text[start:end] not in found
        ]
        kept += [
            (one.start(), one.end(), found[one["name"]]) for one in pattern.finditer(text)
            if not _WHERE.search(text, max(0, one.start() - 24), one.start()) and not _NO_PARTY.match(text, one.end())
        ]  # fmt: skip
        places[doc] = tuple(sorted(set(kept)))
