"""Earlier deals in words: when, what became of them and who says so, who points to them and for what."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from winset.report import words

COMPARED = {"tougher": "tougher", "same": "as agreed", "softer": "softer"}
OWN_ROUND = {
    "tougher": "tougher than in its own round",
    "same": "where it stood then",
    "softer": "softer than in its own round",
}
_OWN_WORDS = ("to ", "as ", "in ", "for ", "when ", "because ", "against ", "of ")


def year_or_day(day: str | None) -> str:
    """ "2019" for the first day of a year, which stands for a year of which no day is known; else 3 May 2019."""
    if day is None:
        return "no date"
    when = date.fromisoformat(day)
    return str(when.year) if (when.month, when.day) == (1, 1) else words.day(when)


def fate(one: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """What became of it, as a clause: "broken by Moland in 2021, the unions say"; nothing where nobody says."""
    told = one.get("told") or []
    if one["broken_by"]:
        on = f" in {year_or_day(one['broken_on'])}" if one.get("broken_on") else ""
        on = on.replace(" in ", " on ") if on.count(" ") > 2 else on
        accused = [each for each in told if not each["kept"] and each["party"] in one["broken_by"]]
        return f"broken by {_named(one['broken_by'], names)}{on}{_say(accused, names)}"
    if one["kept"] is None and told:
        sides = [
            f"{'kept' if each['kept'] else 'broken'} by {_named([each['party']], names)}, {_voice(each['by'], names)} says" for each in told
        ]  # fmt: skip
        return f"disputed: {'; '.join(sides)}"
    if one["kept"] is None:
        return ""
    return "kept" if one["kept"] else "not kept"


def invoked(one: Mapping[str, Any], names: Mapping[str, str]) -> list[str]:
    """Who points to it, for what: "Kestria invokes it to demand a full withdrawal"."""
    purposes: dict[str, list[str]] = {by: [] for by in one["invoked_by"]}
    for each in one["invoked_for"]:
        if each["for"]:
            purposes.setdefault(each["by"], []).append(_for(each["for"]))
    return [f"{_named([by], names)} invokes it{_purposes(told)}" for by, told in purposes.items()]


def _purposes(told: list[str]) -> str:
    return f" {words.several(told)}" if told else ""


def _for(purpose: str) -> str:
    """A purpose as the end of a sentence; one that somebody wrote down as a noun gets its "for"."""
    return purpose if purpose.startswith(_OWN_WORDS) else f"for {purpose}"


def _say(accused: Iterable[Mapping[str, Any]], names: Mapping[str, str]) -> str:
    """Who says so; nothing where the report does, or a person wrote it down."""
    voices = list(dict.fromkeys(each["by"] for each in accused))
    if not voices or None in voices:
        return ""
    told = words.several([_voice(by, names) for by in voices])
    return f", {told} say{'s' if len(voices) == 1 and not told.startswith('the ') else ''}"


def _voice(by: str | None, names: Mapping[str, str]) -> str:
    return "the report" if by is None else names.get(by, by)


def _named(ids: Iterable[str], names: Mapping[str, str]) -> str:
    return words.several([names.get(one, one) for one in ids])
