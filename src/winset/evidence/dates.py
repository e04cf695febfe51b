"""The day on which something was said, read off the words around the cue and the article's date."""

import re
from datetime import date, timedelta

from winset.domain.text import Period

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")  # fmt: skip
_MONTH = r"(?P<month>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|March|April|May|June|July|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
_FULL = re.compile(
    rf"\b(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)? {_MONTH}|{_MONTH.replace('month', 'month2')} (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?)\b(?:,? (?P<year>\d{{4}}))?"
)
_IN_MONTH = re.compile(rf"\b(?:in|since|early|late|last) {_MONTH}\b(?: (?P<year>\d{{4}}))?")
_WEEKDAY = re.compile(
    r"\b(?:on |late |early |last )?(?P<day>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b"
)


def said_on(words: str, article: date | None) -> Period | None:
    """The period that `words` (of source and cue's surroundings, not of the content) give; None where they say nothing.

    Without the article's date only full dates with a year are resolved.
    """
    found = _FULL.search(words)
    if found:
        month = _month(found.group("month") or found.group("month2"))
        year = int(found.group("year")) if found.group("year") else _year(article, month)
        return _day(year, month, int(found.group("d1") or found.group("d2"))) if year else None
    found = _IN_MONTH.search(words)
    if found:
        month = _month(found.group("month"))
        year = int(found.group("year")) if found.group("year") else _year(article, month)
        if year is None:
            return None
        last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        return Period(date(year, month, 1), last)
    if article is None:
        return None
    low = words.lower()
    if "yesterday" in low:
        return Period(article - timedelta(days=1), article - timedelta(days=1))
    if re.search(r"\b(?:today|this morning|this evening|tonight)\b", low):
        return Period(article, article)
    if "last week" in low:
        monday = article - timedelta(days=article.weekday() + 7)
        return Period(monday, monday + timedelta(days=6))
    if re.search(r"earlier this (?:week|month)|this week", low):
        start = article - timedelta(days=article.weekday()) if "week" in low else article.replace(day=1)
        return Period(start, article)
    found = _WEEKDAY.search(words)
    if found:
        back = (article.weekday() - _DAYS.index(found.group("day").lower())) % 7
        day = article - timedelta(days=back)
        return Period(day, day)
    return None


def _month(name: str) -> int:
    short = name.lower()[:3]
    return next(n for n, full in enumerate(_MONTHS, 1) if full.startswith(short))


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
