"""Title and publication date from a text's own first lines, by plain rules; the text itself is never changed."""

import re
from datetime import date

from winset.reading.months import MONTHS


def _names(text: str) -> frozenset[str]:
    """The words of a text, as a set to look up in."""
    return frozenset(text.split())


_LOOKED_AT = 16  # lines that are not empty
_LONGEST = 200  # characters of a line that may be a headline or hold a byline
_MONTH = r"[^\W\d_]{3,12}"  # looked up in MONTHS afterwards
_YEAR = r"((?:19|20)\d\d)"
_DATES = (
    re.compile(rf"(?<!\d){_YEAR}-(\d\d)-(\d\d)(?!\d)"),
    re.compile(rf"(?<!\d)(\d\d?)(?:st|nd|rd|th|er|\.)?\s(?:of\s|de\s)?({_MONTH})\.?,?\s(?:de\s)?{_YEAR}(?!\d)", re.I),
    re.compile(rf"(?<!\w)({_MONTH})\.?\s(\d\d?)(?:st|nd|rd|th)?,?\s{_YEAR}(?!\d)", re.I),
    re.compile(rf"(?<!\d)(\d\d?)([./])(\d\d?)\2{_YEAR}(?!\d)"),
)
_LABELLED_DATE = re.compile(
    r"[ \t*_#>]{0,4}(?:date|dated|published|publication date|posted|issued|released|sent|datum|fecha|дата)"
    r"(?: on| at)?[*_]{0,2}[ \t]?:?[*_]{0,2}[ \t]",
    re.IGNORECASE,
)
_LABELLED_TITLE = re.compile(r"[ \t*_#>]{0,4}(?:title|headline|subject)[*_]{0,2}:[*_]{0,2}[ \t]{0,4}", re.IGNORECASE)
_HEADING = re.compile(r"#{1,3}[ \t]{1,4}")
_DATELINE_END = re.compile(r"(?:[^\w—–-]{0,4}\([^()]{2,40}\))?[^\w—–-]{0,4}(?:—|–|--?|:)\s?")
_SAID = re.compile(r"\b(?:said|says|told|according to)\b", re.IGNORECASE)
_BYLINE_WORDS = _names(
    "by on at published updated posted issued released modified last first am pm gmt utc est edt cet "
    "bst et monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun and "
    "of the for from date time local"
)


def headline(text: str) -> str | None:
    """The title: a labelled line, a Markdown heading, or a first line that reads like a headline; else None."""
    lines = _first_lines(text)
    for line, _ in lines[:6]:
        labelled = _LABELLED_TITLE.match(line)
        if labelled and line[labelled.end() :].strip():
            return line[labelled.end() :].strip()
    if len(lines) < 2:
        return None
    first, alone = lines[0]
    marked = _HEADING.match(first)
    if marked:
        return first[marked.end() :].strip() or None
    if len(first) > _LONGEST or len(first.split()) > 28 or _LABELLED_DATE.match(first) or _dated(first):
        return None
    if not alone and (len(first) > 120 or lines[1][0][0].islower()):  # a text broken into lines
        return None
    ends = first.rstrip("\"'”’»")[-1:]
    if ends in ",;:" or (not alone and ends in ".!?"):
        return None
    if ends == "." and (_SAID.search(first) or not _capitalised(first)):
        return None
    return first


def publication_date(text: str) -> date | None:
    """The day that the first lines give: a labelled date, a line of little else than a date, or a dateline.

    A date inside a sentence is not the date of the text; a day without its year is no date.
    """
    lines = [line for line, _ in _first_lines(text)]
    for line in lines:
        labelled = _LABELLED_DATE.match(line)
        if labelled:
            found = _find(line[labelled.end() : labelled.end() + 64])
            if found and found[1] <= 24:
                return found[0]
    for line in lines:
        dated = _dated(line)
        if dated:
            return dated
    return None


def _first_lines(text: str) -> list[tuple[str, bool]]:
    """The first lines that are not empty, stripped and cut, and whether each stands alone (an empty line follows)."""
    found: list[tuple[str, bool]] = []
    lines = text[:12_000].splitlines()
    for number, line in enumerate(lines):
        bare = line[: 2 * _LONGEST].strip()
        if bare:
            found.append((bare, number + 1 < len(lines) and not lines[number + 1].strip()))
            if len(found) == _LOOKED_AT:
                break
    return found


def _dated(line: str) -> date | None:
    """The date of a byline ("By Jane Doe, Feb. 18, 2025") or a dateline ("RIYADH, Feb 18, 2025 (Agency) - ...")."""
    found = _find(line[:140])
    if not found:
        return None
    day, start, end = found
    before, after = line[:start], line[end:]
    place = re.findall(r"[^\W\d_]+", before)
    if len(before) <= 60 and all(word[0].isupper() or word.lower() in _BYLINE_WORDS for word in place):
        if place and _DATELINE_END.match(after):
            return day
        rest = re.findall(r"[^\W\d_]+", after[:80])
        if len(after) <= 60 and all(w.lower() in _BYLINE_WORDS or w[0].isupper() for w in rest) and len(rest) <= 8:
            return day
    return None


def _find(line: str) -> tuple[date, int, int] | None:
    """The first date in a short line, with its place in it."""
    best: tuple[date, int, int] | None = None
    for form, pattern in enumerate(_DATES):
        for found in pattern.finditer(line):
            day = _day(form, found)
            if day and (best is None or found.start() < best[1]):
                best = (day, found.start(), found.end())
    return best


def _day(form: int, found: re.Match[str]) -> date | None:
    if form == 0:
        year, month, day = int(found[1]), int(found[2]), int(found[3])
    elif form == 1:
        year, month, day = int(found[3]), MONTHS.get(found[2].casefold(), 0), int(found[1])
    elif form == 2:
        year, month, day = int(found[3]), MONTHS.get(found[1].casefold(), 0), int(found[2])
    else:  # 18.02.2025 is a day first; 02/03/2025 could be either
        one, two, year = int(found[1]), int(found[3]), int(found[4])
        if found[2] == "/" and one <= 12 and two <= 12 and one != two:
            return None
        day, month = (one, two) if two <= 12 else (two, one)
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _capitalised(line: str) -> bool:
    """Whether most longer words begin with a capital, as in a headline with a full stop."""
    words = [word for word in re.findall(r"[^\W\d_]+", line) if len(word) > 3]
    return bool(words) and sum(word[0].isupper() for word in words) >= 0.6 * len(words)
