"""Several parties that do one thing: "the Workers' Party and the Liberals", "both sides", and "they" after these."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from winset.evidence.holders import Place

_AND = re.compile(r"(?:, (?:which|who) [^,.;]{3,60},)?(?:,? and|,) (?:the )?")
_NO_SUBJECT = re.compile(r"\b(?:between|with|of|from|for|to|against|by|on|in|over|at|that) (?:the )?\Z")
BOTH = re.compile(
    r"\b(?:[Bb]oth|[Tt]he two|[Aa]ll(?: three)?) (?:sides|parties|governments|camps|delegations|countries|states)\b"
)
_BACK = 700  # characters ahead in which those whom "both sides" means are named
_FEW = 90  # characters in which one name of a list and the next stand


def of_source(text: str, places: Sequence[Place], start: int, end: int) -> tuple[str, ...]:
    """The parties of a list that the words [start, end) are, from one end to the other; none where they are anything else."""
    inside = places[bisect_left(places, (start, 0, "")) : bisect_left(places, (end, 0, ""))]
    inside = [one for one in inside if one[1] <= end]
    if len(inside) < 2 or not re.fullmatch(r"(?:[Bb]oth )?(?:[Tt]he )?", text[start : inside[0][0]]):
        return ()
    if text[inside[-1][1] : end].strip(" ,"):
        return ()
    found = dict.fromkeys([inside[0][2]])
    for before, after in pairwise(inside):
        if not _AND.fullmatch(text, before[1], after[0]):
            return ()
        found[after[2]] = None
    return tuple(found) if len(found) > 1 else ()


def ahead_of(text: str, places: Sequence[Place], at: int) -> tuple[int, tuple[str, ...]]:
    """Where the list begins that the party named at a place ends ("Karst and the Front"), and the others of that list in order."""
    index = bisect_left(places, (at, 0, ""))
    found: dict[str, None] = {}
    start = at
    while index > 0:
        begin, end, party = places[index - 1]
        gap = text[end:start]
        if start - end > _FEW or not _AND.fullmatch(gap) or ("and" not in gap and start == at):
            break
        found[party] = None
        start, index = begin, index - 1
    if _NO_SUBJECT.search(text[max(0, start - 14) : start]):
        return at, ()
    return start, tuple(reversed(found))


def heading(text: str, places: Sequence[Place], start: int, end: int) -> tuple[str, ...]:
    """The parties of the list that the words [start, end) begin with; none where they begin with one party or another thing."""
    found: dict[str, None] = {}
    last = start
    for at, until, party in places[bisect_left(places, (start, 0, "")) : bisect_left(places, (end, 0, ""))]:
        if not (
            _AND.fullmatch(text, last, at) if found else text[start:at].lower() in ("", "the ", "both ", "both the ")
        ):
            break
        found[party], last = None, until
    return tuple(found) if len(found) > 1 else ()


_SENTENCE_BEFORE = re.compile(r"(?:\A|[.!?\n])[ \t\r\n]{0,4}(?P<words>[^\s.!?](?:[^.!?\n]|\.(?=\d)){0,400}[.!?]\s)\Z")


def they(text: str, places: Sequence[Place], at: int) -> tuple[str, ...]:
    """The parties of the list that the sentence before "They" at a place begins with."""
    before = _SENTENCE_BEFORE.search(text, max(0, at - 420), at) if text[at : at + 4].lower() == "they" else None
    return () if before is None else heading(text, places, before.start("words"), at)


def both(text: str, places: Sequence[Place], at: int) -> tuple[str, ...]:
    """The two parties that "both sides" at a place means: two that were joined shortly before, else the only two spoken of there."""
    named: dict[str, None] = {}
    for index in range(bisect_left(places, (at, 0, "")) - 1, -1, -1):
        if places[index][0] < at - _BACK:
            break
        _, others = ahead_of(text, places, places[index][0])
        if len(others) == 1 and others[0] != places[index][2]:
            return (*others, places[index][2])
        named[places[index][2]] = None
    return tuple(reversed(named)) if len(named) == 2 else ()
