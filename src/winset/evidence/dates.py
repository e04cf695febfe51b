"""The day on which something was said, read off the words around the cue and the article's date, as precise as they are."""

import re
from datetime import date, timedelta

from winset.domain.text import Period

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")  # fmt: skip
_MONTH = r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|March|April|May|June|July|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
_FULL = re.compile(
    rf"\b(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<m1>{_MONTH})|(?P<m2>{_MONTH}) (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?)(?!\w)(?:,? (?P<year>(?:19|20)\d\d))?"
)
_ISO = re.compile(r"\b(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)\b")
_PART = r"(?:(?P<part>early|mid|late)[ -](?:in )?)?"
_NTH = {"first": 0, "second": 1, "third": 2, "last": -1, "final": -1, "fourth": 3}
_IN_PART = re.compile(
    rf"\b(?:in |at |during |towards? |by )?the (?:(?P<edge>beginning|start|middle|end|close)|(?P<nth>{'|'.join(_NTH)}) (?P<unit>week|days)|(?P<half>first|second) half) of (?P<month>{_MONTH})(?!\w)(?:,? (?P<year>(?:19|20)\d\d))?",
    re.IGNORECASE,
)
_IN_MONTH = re.compile(
    rf"\b(?:in|during|since|of|last|this|back in|earlier in|late in|early in) (?:the (?:month of )?)?{_PART}(?P<month>{_MONTH})(?!\w)(?:,? (?:of )?(?P<year>(?:19|20)\d\d))?|"
    rf"\b(?P<part2>early|mid|late)[ -](?P<month2>{_MONTH})(?!\w)(?: (?P<year2>(?:19|20)\d\d))?",
    re.IGNORECASE,
)
_SEASON = re.compile(
    r"\b(?:in|during|of|(?P<last>last)|this) (?:the )?(?P<season>spring|summer|autumn|fall|winter)(?: of)?(?: (?P<year>(?:19|20)\d\d))?\b",
    re.I,
)
_IN_YEAR = re.compile(r"\b(?:in|of|during|back in|early in|late in) (?P<year>(?:19|20)\d\d)\b", re.I)
_WEEKDAY = re.compile(
    r"\b(?P<last>last |the previous |previous )?(?P<day>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b"
)
_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "several": 0}  # fmt: skip
_AGO = re.compile(
    r"\b(?P<n>\d{1,2}|"
    + "|".join(_NUMBERS)
    + r") (?P<unit>day|week|month|year)s? (?:ago\b|earlier\b|before(?![^\W\d_]| [^\W\d_]))",
    re.I,
)  # "two days before the deadline" counts from the deadline
_NEAR = (
    (re.compile(r"\b(?:the day before yesterday)\b", re.I), 2, 2),
    (re.compile(r"\b(?:yesterday|last night|the previous day|the day before(?! \w)|a day earlier)\b", re.I), 1, 1),
    (re.compile(r"\b(?:today|this morning|this afternoon|this evening|tonight|earlier in the day|hours (?:earlier|later|ago))\b", re.I), 0, 0),
)  # fmt: skip
_HINT = re.compile(
    r"\d|[Dd]ay|[Nn]ight|morning|afternoon|evening|[Ww]eek|[Mm]onth|[Yy]ear|[Hh]ours|[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
)
_AHEAD = 3  # days by which an article's date may lag behind a date without a year
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 2)}
_ONE_DAY = timedelta(days=1)


def said_on(words: str, article: date | None) -> Period | None:
    """The period that `words` (of source and cue's surroundings, not of the content) give; None where they say nothing.

    Without the article's date only dates with a year are resolved. Nothing is said later than the article appeared.
    """
    if not _HINT.search(words):
        return None
    for way in (_full, _part_of_month, _month, _season, _relative, _weekday, _in_year):
        found = way(words, article)
        if found is not None:
            return _not_later(found, article)
    return None


def _not_later(found: Period, article: date | None) -> Period:
    if article is None or found.start > article or found.end <= article:
        return found
    return Period(found.start, article)


def _full(words: str, article: date | None) -> Period | None:
    iso = _ISO.search(words)
    if iso:
        return _day(int(iso.group("year")), int(iso.group("month")), int(iso.group("day")))
    found = _FULL.search(words)
    if found is None:
        return None
    month, day = _number(found.group("m1") or found.group("m2")), int(found.group("d1") or found.group("d2"))
    if found.group("year"):
        return _day(int(found.group("year")), month, day)
    if article is None:
        return None
    this = _day(article.year, month, day)
    if this is not None and this.start <= article + _AHEAD * _ONE_DAY:
        return this
    return _day(article.year - 1, month, day)


def _part_of_month(words: str, article: date | None) -> Period | None:
    """ "At the end of March", "in the first week of April": tens of days, weeks of seven, halves."""
    found = _IN_PART.search(words)
    if found is None or found.group("month").islower():
        return None
    month, given = _number(found.group("month")), found.group("year")
    year = int(given) if given else _year(article, month)
    if year is None:
        return None
    first, last = date(year, month, 1), _month_end(year, month)
    if found.group("nth"):
        nth, length = _NTH[found.group("nth").lower()], 7 if found.group("unit").lower() == "week" else 5
        if nth < 0:
            return Period(last - (length - 1) * _ONE_DAY, last)
        return Period(first + nth * length * _ONE_DAY, first + ((nth + 1) * length - 1) * _ONE_DAY)
    if found.group("half"):
        middle = first + (last.day // 2 - 1) * _ONE_DAY
        return Period(first, middle) if found.group("half").lower() == "first" else Period(middle + _ONE_DAY, last)
    edge = found.group("edge").lower()
    if edge in ("beginning", "start"):
        return Period(first, first + 9 * _ONE_DAY)
    return (
        Period(first + 10 * _ONE_DAY, first + 19 * _ONE_DAY)
        if edge == "middle"
        else Period(first + 20 * _ONE_DAY, last)
    )


def _month(words: str, article: date | None) -> Period | None:
    found = _IN_MONTH.search(words)
    if found is None:
        return None
    name = found.group("month") or found.group("month2")
    if name == "may":  # the verb
        return None
    month, given = _number(name), found.group("year") or found.group("year2")
    year = int(given) if given else _year(article, month)
    if year is None:
        return None
    first, last = date(year, month, 1), _month_end(year, month)
    lead = re.search(r"\b(early|mid|late)\b", found.group(), re.IGNORECASE)
    part = lead.group().lower() if lead else ""
    if part == "early":
        last = first + 9 * _ONE_DAY
    elif part == "mid":
        first, last = first + 10 * _ONE_DAY, first + 19 * _ONE_DAY
    elif part == "late":
        first = first + 20 * _ONE_DAY
    return Period(first, last)


def _season(words: str, article: date | None) -> Period | None:
    found = _SEASON.search(words)
    if found is None:
        return None
    first, last = _SEASONS[found.group("season").lower()]
    year = int(found.group("year")) if found.group("year") else _year(article, first)
    if year is None:
        return None
    if (
        article is not None
        and found.group("last")
        and date(year, first, 1) <= article <= _month_end(year + (last < first), last)
    ):
        year -= 1  # "last spring", told in spring
    return Period(date(year, first, 1), _month_end(year + (last < first), last))


def _relative(words: str, article: date | None) -> Period | None:
    if article is None:
        return None
    low = words.lower()
    for pattern, back, until in _NEAR:
        if pattern.search(low):
            return Period(article - back * _ONE_DAY, article - until * _ONE_DAY)
    ago = _AGO.search(low)
    if ago:
        return _ago(ago.group("n"), ago.group("unit"), article)
    monday = article - article.weekday() * _ONE_DAY
    if re.search(r"\b(?:last|the previous) week\b", low):
        return Period(monday - 7 * _ONE_DAY, monday - _ONE_DAY)
    if re.search(r"\b(?:last|the past|this past|over the|at the|this) weekend\b", low):
        saturday = monday - 2 * _ONE_DAY if article.weekday() < 5 else monday + 5 * _ONE_DAY
        return Period(saturday, saturday + _ONE_DAY)
    if re.search(r"\b(?:last|the previous) month\b", low):
        end = article.replace(day=1) - _ONE_DAY
        return Period(end.replace(day=1), end)
    if re.search(r"\b(?:last|the previous) year\b", low):
        return Period(date(article.year - 1, 1, 1), date(article.year - 1, 12, 31))
    if re.search(r"\b(?:earlier |later )?this week\b", low):
        return Period(monday, article)
    if re.search(r"\b(?:earlier |later )?this month\b", low):
        return Period(article.replace(day=1), article)
    if re.search(r"\bearlier this year\b|\bthis year\b", low):
        return Period(date(article.year, 1, 1), article)
    return None


def _ago(number: str, unit: str, article: date) -> Period | None:
    count = _NUMBERS.get(number, 0) or (int(number) if number.isdigit() else 0)
    if not count:
        return None
    if unit == "day":
        return Period(article - count * _ONE_DAY, article - count * _ONE_DAY)
    if unit == "week":
        monday = article - (article.weekday() + 7 * count) * _ONE_DAY
        return Period(monday, monday + 6 * _ONE_DAY)
    if unit == "month":
        months = article.year * 12 + article.month - 1 - count
        return Period(date(months // 12, months % 12 + 1, 1), _month_end(months // 12, months % 12 + 1))
    return Period(date(article.year - count, 1, 1), date(article.year - count, 12, 31))


def _weekday(words: str, article: date | None) -> Period | None:
    found = _WEEKDAY.search(words) if article is not None else None
    if found is None or article is None:
        return None
    back = (article.weekday() - _DAYS.index(found.group("day").lower())) % 7
    if found.group("last") and back == 0:
        back = 7
    return Period(article - back * _ONE_DAY, article - back * _ONE_DAY)


def _in_year(words: str, article: date | None) -> Period | None:
    found = _IN_YEAR.search(words)
    return Period(date(int(found.group("year")), 1, 1), date(int(found.group("year")), 12, 31)) if found else None


def _number(name: str) -> int:
    short = name.lower()[:3]
    return next(n for n, full in enumerate(_MONTHS, 1) if full.startswith(short))


def _month_end(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - _ONE_DAY


def _year(article: date | None, month: int) -> int | None:
    if article is None:
        return None
    return article.year if month <= article.month else article.year - 1


def _day(year: int, month: int, day: int) -> Period | None:
    try:
        when = date(year, month, day)
    except ValueError:
        return None
    return Period(when, when)
