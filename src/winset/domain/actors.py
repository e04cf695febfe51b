"""Who negotiates, and at which table."""

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from winset.domain.text import Grounds


@lru_cache(maxsize=4096)
def slug(name: str) -> str:
    """A name as an id: lower case, marks dropped, everything but letters and digits a hyphen."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return re.sub(r"[^\w]+|_+", "-", plain).strip("-") or "party"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who speaks or signs for a party; `role` as the source words it."""

    name: str
    role: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A state, body, bloc or person with interests of its own in the case."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    people: tuple[Person, ...] = ()
    fictional: bool = False

    def __post_init__(self) -> None:
        if not self.id or not self.name:
            raise ValueError(f"a party needs an id and a name, got {self.id!r} and {self.name!r}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One place where the case is negotiated: who sits there, and whose signature a deal needs."""

    id: str
    date: dt.date | None = None
    seats: tuple[str, ...] = ()
    must_sign: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """One party backs, funds, arms or depends on another, as of a date."""

    kind: str  # "backs", "funds", "arms", "depends on", "guarantees"
    of: str
    to: str
    as_of: dt.date | None = None
    strength: float | None = None  # 0..1, a judgement
    note: str | None = None
    by: str | None = None  # who judged it; None where an older case does not say
    grounds: tuple[Grounds, ...] = ()
