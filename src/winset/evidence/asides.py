"""What the words of a sentence say of a stance that no phrase shows: given up, guessed at, of an earlier time, or the other side's."""

import re
from bisect import bisect_left
from collections.abc import Sequence

from winset.domain.positions import PositionVoice
from winset.evidence.holders import Place

_GIVEN_UP = re.compile(
    r"\b(?:g[ai]v(?:e|es|en|ing) up|let(?:s|ting)? go of|no longer (?:\w+ )?(?:demand|ask|insist|seek|want|request|hold(?:s|ing)? out|part of|on (?:the|its|their|his|her) )\w*|"
    r"abandon(?:s|ed|ing)?|withdr[ae]w(?:s|n|ing)? (?:its|their|his|her|the) (?:\w+ ){0,2}?(?:call|demand|claim|offer|request|objection|opposition|proposal)|"
    r"mov(?:e|es|ed|ing) away from|(?:off|from) the table|shelv(?:e|es|ed|ing)|not return to (?:its|their|his|her)|for(?:go|goes|went|gone) (?:its|their|the)|renounc(?:e|es|ed|ing))\b"
)
_GUESSED = re.compile(
    r"\b(?:probably|presumably|in all likelihood|likely to|we suspect|(?:[Mm]y|[Oo]ur) (?:guess|bet|hunch)|I(?:[’']d)? (?:expect|guess|bet|would bet)|"
    r"will in the end|may yet|could be brought to|bound to|sooner or later|before long|I am told|one suspects)\b"
)
_BEFORE = re.compile(
    r"\b(?:until (?:then|now|this|last)|had (?:\w+ )?(?:opposed|come|asked|demanded|insisted|wanted|refused|sought|rejected|proposed|called|favou?red|preferred)|"
    r"used to|(?:started|began) (?:out )?(?:from|at|with)|(?:last|two|three) (?:year|autumn|spring|summer|winter|month)s? (?:ago )?(?:\w+ ){1,3}(?:proposed|asked|demanded|called|stood|wanted|campaigned|sought|insisted|refused|opposed)|was a mistake)\b"
)
_THEY = re.compile(r"\W{0,3}(?:But |And |Then |So )?(?:They|He|She)\b(?! (?:say|said|tell|told)\b)")
_STOPS = re.compile(r"[.!?][”\"’)]{0,2}\s|\n")
_REACH = 400  # characters of a sentence ahead of a clause that are read
_BACK = 600  # characters ahead in which the other side is named


def sentence(text: str, start: int, end: int) -> str:
    """The sentence in which a clause stands, as far as it is near."""
    begin = max(0, start - _REACH)
    for stop in _STOPS.finditer(text, begin, start):
        begin = stop.end()
    after = _STOPS.search(text, end, min(len(text), end + _REACH))
    return text[begin : after.start() if after else min(len(text), end + _REACH)]


def given_up(words: str) -> bool:
    """Whether a clause says that what it is about is not asked for any more."""
    return _GIVEN_UP.search(words) is not None


def voice_of_report(words: str) -> PositionVoice:
    """The voice of what a report itself tells of a party: a guess, what it asked for before, or its own."""
    return "forecast" if _GUESSED.search(words) else "past" if _BEFORE.search(words) else "own"


def other_side(text: str, places: Sequence[Place], start: int, speaker: str | None) -> str | bool | None:
    """Whose a clause in somebody's own mouth is that begins with "They" or "He": the party named last before that is not the speaker's,
    None where none is; False where it begins otherwise."""
    if _THEY.match(text, start) is None:
        return False
    for at in range(bisect_left(places, (start, 0, "")) - 1, -1, -1):
        if places[at][0] < start - _BACK:
            return None
        if places[at][2] != speaker:
            return places[at][2]
    return None
