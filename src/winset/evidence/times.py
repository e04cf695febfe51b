"""Whether what is told was held earlier than the document says it: "in 2022", "last spring", "had demanded"."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from winset.domain.text import Document

_YEAR = re.compile(
    r"\b(?:in|of|since|back in|spring of|summer of|during|from|until|before) (?:(?:early|late|mid|\w+)[ -])?((?:19|20)\d\d)\b"
)
_MONTHS = {name: n for n, name in enumerate(
    ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"), 1
)}  # fmt: skip
_MONTH = re.compile(rf"\b(?:in|since|back in|early in|late in|last) ({'|'.join(_MONTHS)})\b(?! (?:to|and|or) )")
_AGO = re.compile(r"\b(\w+) (day|week|month|year|decade)s? (?:ago\b|earlier\b|before\b(?! \w))")
_LAST = re.compile(r"\b(?:last|the previous|in the) (year|month|spring|summer|autumn|fall|winter)\b")
_ONCE = re.compile(
    r"\b(?:originally|initially|at first|once(?! (?:an?|the|its|their|his|her|it|they|we|he|she|both|all|talks|sanctions|\w+ (?:is|are|was|were|has|have|had)))|previously|formerly|earlier|in the past|at the start|in the first round|until recently|used to)\b"
)
_HAD = re.compile(
    r"\bhad (?:also |once |long |then |earlier |even |always |first |originally |initially |still |repeatedly )?"
    r"(?:demand|insist|ask|call|want|reject|refus|rul|offer|propos|sought|accept|agree|oppos|said|threaten|claim|urg|press|request|vow|pledg|promis|block|support|back|put|stood|held)\w*\b"
)
_PAST_VERB = re.compile(
    r"\b(?:had|was|were|demanded|insisted|wanted|rejected|refused|offered|asked|called|proposed|opposed|accepted|ruled out|sought|agreed|stood)\b"
)
_NUMBERS = {
    "a": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
}
_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365, "decade": 3650}
AHEAD, BEHIND = 120, 60  # characters around a phrase in which a time can stand


@dataclass(frozen=True, slots=True)
class Past:
    """An earlier time; `day` as near as the text gives it, None where it gives none."""

    day: date | None


def past(document: Document, start: int, end: int, *, cue: str, lead: str) -> Past | None:
    """The earlier time in which the words around [start, end) put what they tell; None where they tell of the present.

    cue, lead  the verb of saying with the clause, and what stands before the statement in its sentence; lower-case
    """
    left = re.split(r"[.!?\n;]", document.text[max(0, start - AHEAD) : start])[-1].lower()
    right = re.split(r"[.!?\n;,]", document.text[end : end + BEHIND])[0].lower()
    near = f"{lead if lead not in left else ''} {left} … {right}"
    pluperfect = _HAD.search(f"{cue} {left}")
    told = pluperfect or _PAST_VERB.search(f"{cue} {left}")
    today = document.date
    if told and today is not None:
        for year in _YEAR.findall(near):
            if int(year) < today.year:
                return Past(date(int(year), 1, 1))
    if not told:
        return None
    month = _MONTH.search(near)
    if month and pluperfect and today is not None:
        n = _MONTHS[month.group(1)]
        if n != today.month:
            return Past(date(today.year if n < today.month else today.year - 1, n, 1))
    ago = _AGO.search(near)
    if ago and (ago.group(1) in _NUMBERS or ago.group(1).isdigit()) and today is not None:
        count = _NUMBERS.get(ago.group(1)) or min(int(ago.group(1)), 500)
        if count * _DAYS[ago.group(2)] >= 7:
            return Past(_before(today, count * _DAYS[ago.group(2)]))
    last = _LAST.search(near)
    if last and (pluperfect or last.group(1) == "year"):
        return Past(date(today.year - 1, 1, 1) if today is not None and last.group(1) == "year" else None)
    if pluperfect or (_ONCE.search(near) and _PAST_VERB.search(left)):
        return Past(None)
    return None


def _before(today: date, days: int) -> date | None:
    try:
        return today - timedelta(days=days)
    except OverflowError:
        return None
