"""What people say about waiting, as discount factors: "a deal in half a year is worth three quarters of one today".

Three kinds of saying are understood: what a later deal is worth (a part of one today, after a time), what waiting costs
(a part, per unit of time), and a hard date. A number said in words is a rounded number: what it leaves open is written
down with it, so that a discount factor comes with its ends.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from winset.errors import FormulationError
from winset.models.offers.patience import Factor, from_cost, from_worth

DAYS = {"day": 1.0, "week": 7.0, "fortnight": 14.0, "month": 30.4375, "quarter": 91.3125, "year": 365.25}
_COUNTS = {
    word: float(n)
    for n, word in enumerate(
        ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
    )
} | {"a": 1.0, "an": 1.0, "half": 0.5, "some": 3.0, "several": 4.0, "a few": 3.0}  # fmt: skip
_PARTS = {"half": 1 / 2, "third": 1 / 3, "quarter": 1 / 4, "fifth": 1 / 5, "tenth": 1 / 10}
_LOOSE = re.compile(r"\b(?:about|around|roughly|perhaps|some|almost|nearly|maybe)\b")
_UNIT = r"(days?|weeks?|fortnights?|months?|quarters?(?!\sof)|years?)"
_COUNT = r"(\d{1,4}(?:\.\d{1,4})?|a few|half an?|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_AFTER = re.compile(rf"\b(?:in|after|within)\s(?:about\s|around\s)?{_COUNT}\s{_UNIT}\b")
_EACH = re.compile(rf"\b(?:a|per|each|every)\s{_UNIT}\b")
_BETWEEN = re.compile(r"\b(\d{1,3})\s?(?:%|percent)?\s(?:and|to)\s(\d{1,3}\s?(?:%|percent\b|per cent\b))")
_PERCENT = re.compile(r"\b(\d{1,3}(?:\.\d{1,4})?)\s?(?:%|percent\b|per cent\b|points?\b)")
_FRACTION = re.compile(r"\b(?:(an?|one|two|three|four|nine)\s)?(half|thirds?|quarters?|fifths?|tenths?)\sof\b")
_DECIMAL = re.compile(r"\b(0?\.\d{1,6}|1\.0{0,6}|1|0)\b")
_DATE = re.compile(r"\b(\d{4}-\d{2}-\d{2})\b")
_LONGEST = 500

Kind = Literal["worth", "cost", "deadline"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """kind    worth of a later deal, cost of waiting, or a hard date
    value   low, likely, high part of a deal (0..1); empty for a date
    days    after which the worth holds, or for which the cost is paid
    day     the date after which there is no deal
    """

    kind: Kind
    value: tuple[float, float, float] = (0.0, 0.0, 0.0)
    days: float = 0.0
    day: date | None = None

    def factor(self, round_days: float) -> Factor:
        """The discount factor of a round of so many days. Raises FormulationError for a hard date, which is none."""
        if self.kind == "worth":
            return from_worth(self.value, self.days, round_days)
        if self.kind == "cost":
            return from_cost(self.value, round_days / self.days)
        raise FormulationError(f"a last day ({self.day}) says when talks end, not what waiting costs; give both")


def said(text: str) -> Saying:
    """What a sentence says about waiting. Raises FormulationError with examples where it says nothing that is known."""
    plain = " ".join(text[:_LONGEST].lower().replace(",", " ").split())
    day = _DATE.search(plain)
    if day is not None and any(word in plain.split() for word in ("by", "before", "until", "deadline")):
        try:
            return Saying(kind="deadline", day=date.fromisoformat(day.group(1)))
        except ValueError:
            raise FormulationError(f"{day.group(1)!r} is no day of the calendar; write it as 2025-06-30") from None
    after = _AFTER.search(plain)
    rest = plain if after is None else f"{plain[: after.start()]} ; {plain[after.end() :]}"
    parts = _parts(rest)
    each = _EACH.search(plain)
    if after is not None and parts:
        return Saying(kind="worth", value=_ends(parts, rest), days=length(after.group(1), after.group(2)))
    if each is not None and parts:
        return Saying(kind="cost", value=_ends(parts, rest), days=DAYS[each.group(1).rstrip("s")])
    raise FormulationError(
        f"{text[:80]!r} says nothing about waiting that is understood; say for instance: a deal in half a year is worth "
        "three quarters of one today; waiting costs 2 percent a week; by 2025-06-30"
    )


def length(count: str, unit: str) -> float:
    """Days of "half a year", "4 weeks"."""
    word = "half" if count.startswith("half") else count
    number = _COUNTS[word] if word in _COUNTS else float(word)
    return number * DAYS[unit.rstrip("s")]


def span(text: str) -> float:
    """Days of a length of time such as "4 weeks" or "a month". Raises FormulationError."""
    found = re.fullmatch(rf"{_COUNT}\s{_UNIT}", " ".join(text[:60].lower().split()))
    days = length(found.group(1), found.group(2)) if found else 0.0
    if days <= 0:
        raise FormulationError(f"{text[:60]!r} is no length of time; say for instance: 4 weeks, a month, half a year")
    return days


def _parts(text: str) -> list[tuple[float, float]]:
    """(part of a deal, half the step to which such a number is rounded), at most two of them."""
    found: list[tuple[int, float, float]] = []
    text = _BETWEEN.sub(r"\1 percent and \2", text)
    for match in _PERCENT.finditer(text):
        value = float(match.group(1)) / 100
        if "." in match.group(1):
            step = 10.0 ** -(len(match.group(1).partition(".")[2]) + 2)
        else:
            step = (
                0.1 if value * 10 % 1 == 0 and value >= 0.2 else 0.05 if value * 20 % 1 == 0 and value >= 0.1 else 0.01
            )
        found.append((match.start(), value, step / 2))
    for match in _FRACTION.finditer(text):
        unit = _PARTS[match.group(2).rstrip("s") if match.group(2) != "half" else "half"]
        value = unit * (_COUNTS[match.group(1)] if match.group(1) else 1.0)
        found.append((match.start(), value, unit / 2 if unit < 0.5 else 0.125))
    if not found:
        for match in _DECIMAL.finditer(text):
            digits = len(match.group(1).partition(".")[2])
            found.append((match.start(), float(match.group(1)), 0.5 * 10.0**-digits if digits else 0.0))
    return [(value, half) for _, value, half in sorted(found)[:2]]


def _ends(parts: list[tuple[float, float]], text: str) -> tuple[float, float, float]:
    """Low, likely, high: two numbers are the ends; one is as loose as it was rounded, twice that after "about"."""
    if any(value > 1 for value, _ in parts):
        raise FormulationError(f"a part of a deal lies in 0..1 (0 to 100 percent), got {max(parts)[0]:g}")
    if len(parts) == 2 and (" and " in text or " to " in text):
        low, high = sorted(value for value, _ in parts)
        return low, (low + high) / 2, high
    value, half = parts[0]
    if _LOOSE.search(text):
        half *= 2
    half = min(half, value, 1 - value)  # never so loose that nothing or everything is within it
    return value - half, value, value + half
