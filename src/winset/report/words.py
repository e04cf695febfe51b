"""Dates, numbers and names of things as a reader sees them."""

import math
import re
from collections.abc import Sequence
from datetime import date

from winset.domain.estimates import Estimate, Exact
from winset.domain.issues import Issue
from winset.domain.positions import PositionVoice
from winset.domain.statements import Statement, Voice
from winset.domain.text import Period

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
UNNAMED = {
    "author": "the text itself", "none": "no source given", "anonymous": "an unnamed voice", "named": "somebody named",
    "collective": "a body",
}  # fmt: skip
"""What a voice of each kind is called where it has neither name nor description."""
VOICES: dict[PositionVoice, str] = {
    "own": "in its own words",
    "ascribed": "according to others",
    "forecast": "foretold by others",
    "past": "earlier position",
}
MODALITIES = {"likely": "held likely", "possible": "held possible", "conditional": "on a condition", "denied": "denied"}


def day(when: date | None) -> str:
    """18 Feb 2025, or that there is no date."""
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}" if when else "no date"


def period(when: Period | None) -> str:
    """One day, or the two ends."""
    if when is None:
        return "no date"
    return day(when.start) if when.start == when.end else f"{day(when.start)} to {day(when.end)}"


def number(x: float) -> str:
    """At most three significant digits after the point, none that say nothing."""
    text = f"{x:.3g}" if abs(x) < 100 else f"{x:.0f}"
    return text.replace("-", "\u2212")


def on_scale(x: float, issue: Issue, *, labelled: bool = True) -> str:
    """A value of an issue: where `labelled` the label of the point of its scale, else a number to a hundredth of the scale."""
    label = issue.label(x) if labelled else None
    if label:
        return f"“{label}”"
    low, high = issue.bounds or (0.0, 0.0)
    digits = max(0, 2 - math.floor(math.log10(high - low))) if high > low else 2
    text = f"{x:.{digits}f}"
    return (text.rstrip("0").rstrip(".") if digits else text).replace("-", "\u2212")


def several(names: Sequence[str]) -> str:
    """A, B and C."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def count(n: int, one: str, many: str | None = None) -> str:
    """1 statement, 2 statements."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def times(n: int) -> str:
    """Once, twice, 3 times."""
    return {1: "once", 2: "twice"}.get(n, f"{n:,} times")


def joined(told: Sequence[str]) -> str:
    """A, B and C; apart by semicolons where one of them has an "and" or a comma of its own."""
    inner = any(" and " in one or ", " in one for one in told)
    return "; ".join(told) if inner else several(told)


def estimate(value: Estimate, issue: Issue | None = None) -> str:
    """A value with its doubt, and the label of the scale point where it lies on one; on a scale that counts, the number too."""
    if isinstance(value, Exact):
        return _point(value.value, issue) or number(value.value)
    low, high = value.ends
    labels = [_point(end, issue) for end in (low, high)]
    if all(labels):
        return f"{labels[0]} to {labels[1]}"
    unit = f" of {number(issue.bounds[1])}" if issue and issue.bounds and issue.range is None else ""
    return f"{number(low)} to {number(high)}{unit}"


def _point(value: float, issue: Issue | None) -> str | None:
    """What a point of a scale is called: "a shorter week (35)", "lowered"."""
    label = issue.label(value) if issue else None
    return f"{label} ({number(value)})" if label and issue and issue.range is not None else label


def speaker(voice: Voice) -> str:
    """Who speaks, in the words of the source where there is no name."""
    if voice.kind == "author":
        return "The reporter"
    if voice.kind == "none":
        return "No source given"
    if voice.kind == "anonymous":
        return _shortened(voice.description) or "Unnamed source"
    return voice.name or _shortened(voice.description) or "Unnamed source"


_ASIDE = re.compile(
    r",? (?:(?:in|of|on|for|through|from|to|with|under|by|at) )?(?:who|whom|whose|which|where)\b.*\Z", re.DOTALL
)


def _shortened(description: str | None) -> str | None:
    """What a voice is called, without what a clause tells of it besides: "the mayor of Sarn, whose people ..."."""
    return (_ASIDE.sub("", description) or description) if description else None


def described(voice: Voice, party: str | None) -> str:
    """What is known of a speaker: role, party, standing, and whether the name was resolved."""
    parts = []
    if voice.role:
        parts.append(voice.role)
    if party and party != speaker(voice):
        parts.append(party)
    if voice.kind == "anonymous":
        parts.append("unnamed" + (f", {voice.standing}" if voice.standing else ""))
    elif voice.standing and not voice.role:
        parts.append(voice.standing)
    if voice.members:
        parts.append("speaking jointly")
    if len(voice.candidates) > 1:
        parts.append("could also be " + several([one.name for one in voice.candidates if one.name != voice.name]))
    return " · ".join(parts)


def condition(said: str) -> str:
    """A condition as part of a sentence: with "if" where its own conjunction is not kept; what is given in exchange in its own words."""
    if said.startswith("in exchange for: "):
        return f"in exchange for “{said.removeprefix('in exchange for: ')}”"
    return (
        said
        if said.startswith(("unless ", "until ", "once ", "before ", "only ", "in exchange ", "in return "))
        else f"if {said}"
    )


def remarks(statement: Statement) -> tuple[str, ...]:
    """What a reader must know about how something was said."""
    found: list[str] = [statement.kind] if statement.kind != "direct" else []
    if statement.modality in MODALITIES:
        found.append(MODALITIES[statement.modality])
    if statement.negated:
        found.append("negated")
    if statement.within:
        found.append("as reported by another speaker")
    if statement.translator:
        found.append(f"translated by {statement.translator}")
    return tuple(found)
