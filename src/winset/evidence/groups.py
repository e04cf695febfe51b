"""Groups that take part without a name of their own: "the pilots", "the works council", "the bondholders"."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from winset.domain.actors import slug
from winset.evidence.holders import CAP
from winset.evidence.lexicon import load
from winset.evidence.organisations import LISTS, Side, is_body, is_of_workers, trade_of
from winset.evidence.wording import any_name

LEAST = {"workers": 2, "bodies": 1, "others": 2}  # times that a group does something before it is a party
_GROUPS = {kind: tuple(words) for kind, words in load("groups").items()}
_KIND = {word: kind for kind, words in _GROUPS.items() for word in words}
_SPOKEN = re.compile(
    rf"(?:\b[Tt]he (?:(?:striking|rebel|local|state[’']s|private|foreign|company[’']s|airline[’']s) )?|(?<=[.\n-] )|(?<=\n)|\A|[’']s |\b(?:but|and|while|as) )(?P<group>(?i:{any_name(_KIND)}))\b"
)
AT_A_PLACE = rf"(?: (?:at|of|in|for|from|on) (?:the )?{CAP}(?: (?:of )?{CAP}){{0,3}})?"
_AT_A_PLACE = re.compile(AT_A_PLACE)


def acting(texts: Iterable[str], acts: re.Pattern[str]) -> dict[str, str]:
    """Group -> "workers", "bodies" or "others", for those that do something (`acts` matches behind them) often enough."""
    signs: Counter[str] = Counter()
    for text in texts:
        for one in _SPOKEN.finditer(text):
            at = _AT_A_PLACE.match(text, one.end())
            if acts.match(text, at.end() if at else one.end()):
                signs[one["group"].lower()] += 1
    return {group: _KIND[group] for group, count in signs.items() if count >= LEAST[_KIND[group]]}


_SPEAKS_FOR = re.compile(
    rf"(?<![\w’'-])(?P<name>{CAP}(?:(?:[’']s?)? (?:(?:of|for|and|&) (?:the )?)?{CAP}){{0,6}})(?: \d{{1,2}})?,? (?:\([\w-]{{2,9}}\),? )?(?:which|that|who) "
    r"(?:[^.,;:\n“”\"]{3,60} and )?(?:represents?|speaks? for|organi[sz]es?|bargains? for|negotiates? for|unites?|is (?:a|the) (?:main |largest |biggest )?(?:union|voice|association|federation|guild) (?:of|for)) "
    r"(?:(?:the|all|most|many|about|some|around|over|nearly|almost|more than) )*(?:[\d.,]+ )?(?:(?!and\b|or\b)[a-z-]{2,20} ){0,2}?(?P<who>[a-z]{4,20}s)\b(?:,? and (?:[a-z-]{2,20} )?(?P<more>[a-z]{4,20}s)\b(?! (?:of|in)\b))?"
)  # "Unitec, which represents technicians and clerks"


def represented(texts: Iterable[str], by_name: Mapping[str, Side]) -> dict[str, str]:
    """Of whom bodies are said to be, and the one party that is so: "technicians" of "Unitec, which represents technicians and clerks"."""
    found: dict[str, set[str]] = {}
    for text in texts:
        for one in _SPEAKS_FOR.finditer(text):
            words = one["name"].split(" ")
            side = next((by_name[name] for n in range(len(words)) if (name := " ".join(words[n:])) in by_name), None)
            if side is not None:
                for who in {one["who"], one["more"]} - {None, *LISTS["no_members"]}:
                    found.setdefault(who, set()).add(side.id)
    return {who: min(ids) for who, ids in found.items() if len(ids) == 1}


_ANYBODY = re.compile(r"\b(?:[Ss]taff|[Ww]orkers|[Ee]mployees|[Ss]ervants)\b")  # of what trade is not said


def tell_kinds(represented: Mapping[str, str], sides: Mapping[str, Side]) -> None:
    """Makes a union of who is said to be of people who work and bears no body's noun."""
    for who, id in represented.items():
        if (sides[id].kind == "state" or not is_body(sides[id].name)) and (trade_of(who) != who or is_of_workers(who)):
            sides[id].kind = "union"


def seat(found: Mapping[str, str], sides: dict[str, Side], represented: Mapping[str, str]) -> dict[str, str]:
    """Group -> party: that in whose name it stands, the one union for people who work of which nothing else is told, else a party of
    its own, added to `sides`."""
    told = {*represented.values()}
    unions = [side.id for side in sides.values() if side.kind == "union"]
    if len(unions) > 1:
        unions = [
            id for id in unions if id not in told and not is_of_workers(_ANYBODY.sub("", sides[id].name))
        ] or unions
    meant: dict[str, str] = {}
    for group, kind in found.items():
        stem = group.removesuffix("s")
        named = [side.id for side in sides.values() if re.search(rf"\b{re.escape(stem)}s?\b", side.name, re.IGNORECASE)]
        if len(named) == 1:
            meant[group] = named[0]
        elif kind == "workers" and len(unions) == 1 and not named:
            meant[group] = unions[0]
        elif not named and (kind != "workers" or not unions):
            id = slug(group)
            sides.setdefault(
                id,
                Side(
                    id,
                    group.capitalize(),
                    "union" if kind in ("workers", "bodies") else "political",
                    {group.capitalize()},
                ),
            )
            meant[group] = id
    return meant
