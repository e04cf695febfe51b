"""Where parties stand as of a date, and how they moved."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from winset.domain.estimates import Estimate
from winset.domain.text import Grounds

PositionVoice = Literal["own", "ascribed", "forecast", "past"]
MoveStatus = Literal["offered", "conditional", "delivered", "spent"]
Told = Literal["announced", "reported"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """What a party asks for on an issue from one day to another.

    own       the party said so itself
    ascribed  somebody else said that it asks for this
    forecast  somebody foretold that it would ask for this
    past      it asked for this at an earlier time than the source's
    """

    party: str
    issue: str
    value: Estimate
    voice: PositionVoice
    valid_from: date | None = None
    valid_to: date | None = None
    ascribed_by: str | None = None
    condition: str | None = None
    score: float = 1.0
    grounds: tuple[Grounds, ...] = ()
    why: tuple[str, ...] = ()
    by: str = "reader"
    repeats: tuple[date, ...] = ()  # later days on which it was taken again


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A party's step on an issue, toward another's position or away from it; without an issue where the words tell that
    it gave something up that no issue of the codebook covers.

    offered      it said that it would
    conditional  if something else happens
    delivered    the words tell that it was carried out
    spent        given without a condition: it can no longer be traded for anything
    size         in units of the issue's scale; `share` of that scale; `weight` is the share times the party's own salience
    told         announced by the party itself, or reported by somebody else
    taken_back   the share of the step that the party undid later, by the moves `reversed_by`
    """

    id: str
    party: str
    issue: str | None
    start: float | None  # None where the text tells only that it moved
    end: float | None
    date: date | None
    toward: str | None
    status: MoveStatus
    answered_by: tuple[str, ...] = ()
    grounds: tuple[Grounds, ...] = ()
    score: float = 1.0
    why: tuple[str, ...] = ()
    size: float | None = None
    share: float | None = None
    weight: float | None = None
    told: Told | None = None
    reversed_by: tuple[str, ...] = ()
    taken_back: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Inducement:
    """A reward held out, or a penalty threatened, from outside the matter in dispute."""

    id: str
    kind: Literal["inducement", "penalty"]
    party: str
    toward: str | None
    date: date | None
    status: MoveStatus
    condition: str | None = None
    grounds: tuple[Grounds, ...] = ()
    score: float = 1.0
    why: tuple[str, ...] = ()
