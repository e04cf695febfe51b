"""Numbers with their unit among the words of a text: "9 per cent", "a three-year deal", "between 4 and 6 per cent", "by 2050"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from winset.evidence.phrases import PhraseIndex

YEAR = "@year"  # a unit that stands for "the number is a year"
BARE = "@bare"  # one that stands for "the number has no unit": "would come down to 450"
CURRENCIES = {
    "$": "dollars",
    "a$": "australian dollars",
    "c$": "canadian dollars",
    "nz$": "new zealand dollars",
    "hk$": "hong kong dollars",
    "s$": "singapore dollars",
    "r$": "reais",
    "€": "euros",
    "£": "pounds",
    "¥": "yen",
}  # a unit "$" or "$ million" is the sign ahead of a number; US$ is read as $
TIMES = {
    "thousand": 1e3, "k": 1e3, "million": 1e6, "m": 1e6, "mn": 1e6, "billion": 1e9, "bn": 1e9, "trillion": 1e12, "tn": 1e12,
}  # fmt: skip
NUMBER_WORDS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_SCALES = {"million": 1e-3, "billion": 1.0, "bn": 1.0, "trillion": 1e3, "tn": 1e3}  # in billions
NO_MONEY = frozenset(
    {
        "cubic", "square", "tonnes", "tons", "barrels", "litres", "liters", "gallons", "bushels", "hectares", "acres", "doses", "people",
        "workers", "jobs", "voters", "viewers", "refugees", "migrants", "trees", "homes", "animals", "kilowatt", "megawatt", "watts",
    }
)  # fmt: skip
_FRACTIONS: dict[tuple[str, ...], float] = {("and", "a", "half"): 0.5, ("and", "a", "quarter"): 0.25}
_DIGITS = re.compile(r"\d{1,12}(?:,\d{3})*(?:\.\d+)?")
_JOINS = frozenset({"to", "and", "or", "–", "—"})


@dataclass(frozen=True, slots=True)
class Amount:
    """A number, or two as a range, on words [start, end) with its unit. `since`: the number from which it came to this one."""

    start: int
    end: int
    low: float
    high: float
    since: float | None = None


def amounts(words: Sequence[str], units: Sequence[str]) -> list[Amount]:
    """Every number followed by one of `units`, in order. `@year` takes a bare year; sums of money are in billions, where no unit
    says in what else ("million crowns")."""
    index = _index(tuple(units))
    signs = _signs(tuple(units))
    base = next(
        (_SCALES[first] for first, _, rest in (unit.partition(" ") for unit in units) if rest and first in _SCALES), 1.0
    )
    if YEAR not in units and BARE not in units and not index.touches(words) and signs.keys().isdisjoint(words):
        return []
    found: list[Amount] = []
    at = 0
    while at < len(words):
        number = _number(words, at)
        if number is None:
            at += 1
            continue
        value, end = number
        if at > 0 and words[at - 1] in CURRENCIES:
            if words[at - 1] in signs:
                found.append(_sum(words, at - 1, signs[words[at - 1]]))
                at = max(found[-1].end, end)
                continue
            if signs:
                at = end
                continue  # of another currency
        if YEAR in units and end == at + 1 and words[at].isdigit() and 2000 <= value <= 2200:
            found.append(Amount(at, end, value, value))
            at = end
            continue
        high, last = value, end
        since: float | None = None
        if last < len(words) and words[last] in _JOINS:
            second = _number(words, last + 1)
            if second is not None:
                joined = words[last]
                high, last = second
                if joined == "to" and at > 0 and words[at - 1] == "from":
                    since, value = value, high  # from 2 to 4: 4 is what it comes to
        elif last < len(words) and words[last] not in CURRENCIES and not 1900 <= value <= 2100:
            second = None if _hyphened(words, last) is None else _number(words, last)
            if second is not None and value < second[0]:
                high, last = second  # "10-12 million euros"
        unit = _unit(words, last, index)
        if unit is None and last != end:
            value, since = (value, None) if since is None else (since, None)
            unit, high, last = _unit(words, end, index), value, end
        if unit is not None and last == end and at > 0 and words[at - 1] == "from":
            reached = _reached(words, unit, index)
            if reached is not None:
                since = value
                value, last, unit = reached
                high = value
        if unit is not None:
            scale = _SCALES[words[last]] / base if words[last] in _SCALES else 1.0
            if since is None and value == high and at > 0 and words[at - 1] == "to":
                since = _came_from(words, unit)
            found.append(
                Amount(at, unit, min(value, high) * scale, max(value, high) * scale, None if since is None else since * scale)
            )  # fmt: skip
        elif BARE in units and _bare(words, at, end):
            found.append(Amount(at, end, value, value))
        at = max(unit or 0, end)
    return found


@lru_cache(maxsize=512)
def _index(units: tuple[str, ...]) -> PhraseIndex[str]:
    return PhraseIndex((unit, unit) for unit in units if unit not in (YEAR, BARE) and not _sign_of(unit))


@lru_cache(maxsize=512)
def _signs(units: tuple[str, ...]) -> dict[str, float]:
    """Signs of currencies among units, and what one of the unit is worth in single ones: "$ million"."""
    return {sign: TIMES.get(unit.removeprefix(sign).strip(), 1.0) for unit in units if (sign := _sign_of(unit))}


def _sign_of(unit: str) -> str:
    """The sign of a currency that a unit is or begins with, else empty."""
    sign = unit.partition(" ")[0]
    return sign if sign in CURRENCIES else ""


def _sum(words: Sequence[str], sign: int, base: float) -> Amount:
    """The sum of money whose sign stands at a word: "$150 million", "$10 to $12", "from $9 to $10.50"."""

    def value_at(at: int) -> tuple[float, int, bool] | None:
        number = _number(words, at)
        if number is None:
            return None
        value, end = number
        scaled = end < len(words) and words[end] in TIMES
        return value * (TIMES[words[end]] if scaled else 1.0) / base, end + scaled, scaled

    first = value_at(sign + 1)
    if first is None:
        return Amount(sign, sign + 1, 0.0, 0.0)
    low, end, scaled = first
    span = _hyphened(words, end)
    if span is not None and (upper := value_at(span)) is not None:
        high, stop, too = upper
        if too and not scaled:
            low *= TIMES[words[stop - 1]]
        if low < high:
            return Amount(sign, stop, low, high)  # "$10-12 million", "$10m-$12m"
        low, end, scaled = first
    if end + 1 < len(words) and words[end] in _JOINS:
        second = value_at(end + 1 + (words[end + 1] == words[sign]))
        if second is not None and words[end + 1] in (words[sign], *([] if words[end] == "or" else [words[end + 1]])):
            high, stop, too = second
            if too and not scaled:
                low *= TIMES[words[stop - 1]]  # "$10 to $12 million"
            if words[end] == "to" and sign > 0 and words[sign - 1] == "from":
                return Amount(sign, stop, high, high, low)
            if words[end + 1] == words[sign] and (words[end] != "and" or (sign > 0 and words[sign - 1] == "between")):
                return Amount(sign, stop, min(low, high), max(low, high))
    since = None
    if sign > 0 and words[sign - 1] == "to":
        for at in range(end, min(end + _AHEAD, len(words) - 1)):
            if words[at] == "from":
                told = value_at(at + 1 + (words[at + 1] == words[sign]))
                since = told[0] if told else None
                break
            if words[at] in (".", ";", "!", "?", "and", "but", "to"):
                break
    return Amount(sign, end, low, low, since)


def _hyphened(words: Sequence[str], at: int) -> int | None:
    """Where the number begins that follows another with no word between, as where a hyphen joins them: "10-12", "$10-$12"."""
    start = at + (at < len(words) and words[at] in CURRENCIES)
    return start if start < len(words) and words[start][0].isdigit() else None


_AFTER_BARE = frozenset(
    {
        "if",
        "but",
        "and",
        "or",
        "in",
        "when",
        "provided",
        "only",
        "as",
        "for",
        "unless",
        "while",
        "although",
        ".",
        ",",
        ";",
        "?",
        "!",
        "”",
        '"',
    }
)
_BEFORE_BARE = frozenset(
    {
        "to",
        "at",
        "accept",
        "accepted",
        "offer",
        "offered",
        "below",
        "above",
        "than",
        "about",
        "around",
        "for",
        "on",
        "of",
        "is",
        "was",
        "demanded",
        "ask",
        "asked",
    }
)


def _bare(words: Sequence[str], at: int, end: int) -> bool:
    """Whether the number on words [at, end) is written in digits, is no year or day, and counts nothing that stands behind it."""
    if end != at + 1 or not words[at][0].isdigit() or at == 0 or words[at - 1] not in _BEFORE_BARE:
        return False
    value = float(words[at].replace(",", ""))
    return value >= 32 and not 1900 <= value <= 2100 and (end == len(words) or words[end] in _AFTER_BARE)


def _reached(words: Sequence[str], at: int, index: PhraseIndex[str]) -> tuple[float, int, int] | None:
    """ "(from 9 per cent) to 6.5 per cent": the number it comes to, where its unit begins and where that ends."""
    number = _number(words, at + 1) if at < len(words) and words[at] == "to" else None
    unit = None if number is None else _unit(words, number[1], index)
    return None if number is None or unit is None else (*number, unit)


def _came_from(words: Sequence[str], at: int) -> float | None:
    """ "(to 5.5 per cent), up from 4.2": the number that follows "from" in the same clause."""
    for start in range(at, min(at + _AHEAD, len(words))):
        if words[start] == "from":
            number = _number(words, start + 1)
            return number[0] if number else None
        if words[start] in (".", ";", "!", "?", "and", "but", "to"):
            return None
    return None


_UNIT_WORDS = 9  # of the longest unit: "million dollars per thousand cubic metres"
_AHEAD = 7  # words behind a number within which it is told from where it came


def _unit(words: Sequence[str], at: int, index: PhraseIndex[str]) -> int | None:
    """The end of the unit that stands at a word."""
    ends = [one.end for one in index.found_at(list(words[at : at + _UNIT_WORDS]), 0)] if at < len(words) else []
    if ends and max(ends) == 1 and words[at] in _SCALES and at + 1 < len(words) and words[at + 1] in NO_MONEY:
        return None  # "15 billion cubic metres" is no sum
    return at + max(ends) if ends else None


def _number(words: Sequence[str], at: int) -> tuple[float, int] | None:
    """The number that begins at a word, and where it ends."""
    if at >= len(words):
        return None
    word = words[at]
    if word in NUMBER_WORDS:
        value, end = float(NUMBER_WORDS[word]), at + 1
        if value >= 20 and end < len(words) and 0 < NUMBER_WORDS.get(words[end], 0) < 10:
            value, end = value + NUMBER_WORDS[words[end]], end + 1
        if end < len(words) and words[end] == "hundred":
            value, end = value * 100, end + 1
    elif _DIGITS.fullmatch(word):
        value, end = float(word.replace(",", "")), at + 1
    else:
        return None
    more = _FRACTIONS.get(tuple(words[end : end + 3]))
    return (value, end) if more is None else (value + more, end + 3)
