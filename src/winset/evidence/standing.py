"""What kind of position a description claims for its bearer."""

import re
from functools import lru_cache

from winset.domain.statements import Standing

_STANDINGS: tuple[tuple[Standing, re.Pattern[str]], ...] = (
    ("former official", re.compile(r"\b(?:former|ex|retired|then|one-time|onetime|ousted)[- ](?!rebel|fighter|student|wife|husband|player)", re.I)),
    ("person familiar", re.compile(r"\b(?:familiar with|briefed|(?:with|has|had|having) (?:direct |first-?hand |some )?knowledge|close to|insider|who (?:has|have|had) (?:discussed|spoken|seen|attended|worked|been)|who (?:attended|took part|was (?:in|at|present)|were (?:in|at|present)|saw|knows?)|involved in|privy to|who asked not)\b", re.I)),
    ("diplomat", re.compile(r"\b(?:diplomats?|ambassadors?|envoys?|consul|embassy|charg[eé] d|attach[eé])", re.I)),
    ("official", re.compile(r"\b(?:officials?|minister|ministers|ministry|president|spokes\w+|secretary|government|aides?|advis[eo]rs?|chancellor|premier|general|colonel|admiral|commander|senator|governor|mayor|negotiators?|king|queen|emir|sultan|chief of staff|commissioner|lawmakers?|congress\w*|representative|delegat\w+|mediators?|rapporteur|parliament|army|military|presidency|palace|kremlin|authorit\w+|judge|speaker of|officers?|administration|chief|deputy|head of (?:state|government|the delegation|mission)|leader)\b", re.I)),
    ("expert", re.compile(r"\b(?:professors?|analysts?|experts?|fellow|historians?|economists?|scholars?|researchers?|think[- ]tank|institute|university|lecturer|strategist|pollster|scientist|specialist|director of the|cent(?:er|re)\b(?! (?-i:[A-ZÀ-Þ])))\b", re.I)),
    ("person familiar", re.compile(r"\b(?:persons?|people(?![’'])|someone|somebody|sources?)\b", re.I)),
    ("other", re.compile(r"\b(?:residents?|voters?|protesters?|witness(?:es)?|critics|supporters|students?|farmers?|teachers?|workers?|businessm[ae]n|activists?|journalists?|reporters?|editor|editors|correspondent|lawyers?|candidates?|bishop|pope|imam|player|actor|actress|singer|author|writer|man|woman|neighbou?rs?|soldiers?|fighters?|rebels?|families|families|relatives|mother|father|wife|husband|son|daughter|host|manager)\b", re.I)),
)  # fmt: skip


@lru_cache(maxsize=4096)
def standing_of(text: str) -> Standing | None:
    """The first kind that the words name; what somebody was outweighs what they are, and a body outweighs a person's trade."""
    expert = re.search(
        r"\b(?:fellow|professor|analyst|historian|researcher|scholar|institute|university|think[- ]tank)\b", text, re.I
    )
    official = re.search(r"\b(?:minist|president of|government|spokes|ambassador to|parliament)", text, re.I)
    for kind, pattern in _STANDINGS:
        if pattern.search(text):
            if kind == "official" and expert and not official:
                return "expert"
            return kind
    return None


_SPEAKS_FOR = re.compile(
    r"\b(?:minister|premier|president|chancellor|commissioner|secretary|negotiator|spokes\w+|chief (?:executive|operating|financial|commercial)|managing director|steward|convenor|boss|"
    r"chair(?:man|woman)?|leader|director|governor)\b", re.IGNORECASE
)  # fmt: skip
_FOR_NOBODY = re.compile(
    r"\b(?:former|ex-\w+|opposition|mediator|analyst|think tank|institute|professor|un|united nations|judge|group)\b",
    re.IGNORECASE,
)


def speaks_for_some_party(who: str) -> bool:
    """Whether words about a voice name an office that speaks for a party, be it not said for which."""
    return _SPEAKS_FOR.search(who) is not None and _FOR_NOBODY.search(who) is None
