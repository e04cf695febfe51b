"""The lexicon of words by which something is attributed to somebody."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from winset.domain.statements import Act


@dataclass(frozen=True, slots=True)
class Cue:
    """What a cue does (`act`) and what may follow it (`frame`: say, hear, to)."""

    act: Act
    frame: str


@cache
def lexicon() -> dict[str, Cue]:
    """Word form -> what it does. Loaded once from `lexicons/cues.toml`."""
    data = tomllib.loads(files("winset.evidence").joinpath("lexicons", "cues.toml").read_text(encoding="utf-8"))
    return {form: Cue(entry["act"], entry["frame"]) for entry in data["cue"] for form in entry["forms"]}


@cache
def pattern() -> re.Pattern[str]:
    """Any cue with the auxiliaries and adverbs that belong to it, or "according to"."""
    forms = "|".join(sorted(lexicon(), key=len, reverse=True))
    helpers = r"(?:(?:has|have|had|also|later|then|repeatedly|previously|earlier|now|once|first|recently|publicly|privately|openly|again) ){0,3}"
    return re.compile(rf"\b(?:according to|(?P<help>{helpers})(?P<verb>{forms}))\b", re.IGNORECASE)
