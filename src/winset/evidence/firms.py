"""Which names of a record are firms, and which of several "the company" speaks of at a place."""

import re
from bisect import bisect_left
from collections.abc import Collection, Sequence

Place = tuple[int, int, str]  # start, end, party

_STAFF = (
    r"(?:staff|workers|employees|workforce|drivers|crews?|pilots|miners|engineers|nurses|managers?|management|shareholders|investors|shifts|jobs|layoffs|redundancies|"
    r"strikes?|walkouts?|stoppages?|picket lines?|union members)"
)
_WORKS_AT = re.compile(rf"\b{_STAFF} (?:at|of) (?:the )?\Z", re.IGNORECASE)
_IN_BUSINESS = re.compile(
    r",? (?:which |also |has |had |will |would )*(?:(?:report|book|post)(?:s|ed)? (?:an?|its|their|record|falling|rising|higher|lower) (?:[\w-]+ ){0,2}?(?:loss(?:es)?|profits?|sales|earnings|orders)|"
    r"(?:lost|made) money\b|(?:wholly |partly |majority-|part-)?owned by |employs? |(?:laid|lay|lays) off |went bankrupt|(?:filed|files) for (?:bankruptcy|protection)|\(?listed (?:on|in) |, whose shares )"
)
_HEADED = re.compile(
    r"(?! ?[(—–-])[^.;\n“”\"]{3,200}, its (?:new |former |acting |deputy )?(?:chief (?:executive|financial officer|operating officer)|managing director|finance director|head of (?:personnel|human resources)|owner)\b"
)  # "Tarn would pay a lump sum, its chief executive said"


def in_business(text: str, start: int, end: int, *, opens: bool) -> bool:
    """Whether the words around a name say that it is a firm: "staff at Tarn Glass", "Tarn Glass reported a loss"."""
    return bool(
        _WORKS_AT.search(text, max(0, start - 40), start)
        or _IN_BUSINESS.match(text, end)
        or (opens and _HEADED.match(text, end))
    )


_ASIDE = re.compile(
    r"\b(?:unlike|like|than|from|rivals?|competitors?|suppliers?|customers?|neighbou?rs?|analysts? at|economists? at|bankers? at|compared with|as at|(?:days?|weeks?|months?|hours?) (?:after|before))"
    r"(?: (?:its|their|the|an?|such as|arch-?))*(?: [a-z-]+)? \Z",
    re.IGNORECASE,
)
_BARGAINS = re.compile(
    r"(?:,? (?:which|who)(?: [\w’'-]+){1,6},)? (?:(?:has|have|had|is|was|would|will|could|also|now|since|then|still|not|never|again) )*"
    r"(?:offer\w*|propos\w*|rais\w+ (?:its|the) (?:offer|bid)|refus\w*|reject\w*|accept\w*|agree\w*|insist\w*|pay|improve|concede\w*|settle|turn\w* down|"
    r"prepared to|ready to|willing to|want\w*|put (?:forward|\d)|tabled)\b"
)
_SENTENCE = 600  # characters in which a sentence begins and ends
_STOPS = (". ", "\n", "? ", "! ", ".” ", '." ', "?” ")


def _begin(text: str, at: int) -> int:
    """Where the sentence begins in which a place stands."""
    found = max(
        (
            text.rfind(mark, max(0, at - _SENTENCE), at) + len(mark)
            for mark in _STOPS
            if mark in text[max(0, at - _SENTENCE) : at]
        ),
        default=0,
    )
    return max(found, 0) if found else max(0, at - _SENTENCE) if at > _SENTENCE else 0


def employers(text: str, places: Sequence[Place], firms: Collection[str], unions: Collection[str]) -> set[str]:
    """The firms that a text names in one sentence with a union, and not only beside another one."""
    found: set[str] = set()
    starts = [start for start, _, _ in places]
    for start, _, id in places:
        if id not in unions:
            continue
        begin = _begin(text, start)
        limit = start + _SENTENCE
        stop = min((at for mark in _STOPS if (at := text.find(mark, start, limit)) >= 0), default=limit)
        for k in range(bisect_left(starts, begin), bisect_left(starts, stop)):
            if places[k][2] in firms and not aside(text, places[k]):
                found.add(places[k][2])
    return found


def aside(text: str, place: Place) -> bool:
    """Whether a firm is only named beside another: "unlike Bexley Glass", "buys its sand from Orrell Minerals"."""
    return _ASIDE.search(text, max(0, place[0] - 50), place[0]) is not None


def meant(
    text: str, places: Sequence[Place], start: int, end: int, fits: Collection[str], bargaining: Collection[str]
) -> str | None:  # fmt: skip
    """The firm of `fits` that "the company" on [start, end) stands for by what is named before it; None where nothing is.

    The subject of the sentences before counts, not who is named beside it; where the words bargain or speak of the union, the one firm
    that is `bargaining` with a union does.
    """
    index = bisect_left(places, (start, 0, ""))
    at, here = start, True
    first: str | None = None
    for _ in range(_BACK):
        begin = _begin(text, at)
        opening = bisect_left(places, (begin, 0, ""))
        named = [place for place in places[opening:index] if place[2] in fits]
        plain = [place for place in named if not aside(text, place)]
        if plain:
            first = plain[0][2] if not here or len({place[2] for place in plain}) == 1 else plain[-1][2]
            break
        here = False
        index = opening
        if begin <= 0:
            break
        at = begin - 1
    if here and first is not None:
        return first
    if len(bargaining) == 1 and _BARGAINS.match(text, end):
        return next(iter(bargaining))
    return first


_BACK = 12  # sentences in which the firm is looked for
