"""Deals on paper: proposals with versions, precedents, a deal's terms."""

import datetime as dt
from dataclasses import dataclass, field

from winset.domain.estimates import Estimate
from winset.domain.text import Grounds

Term = str | float
Terms = tuple[tuple[str, Term], ...]  # (issue id, option or point)


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """Who said yes or no to one version, with which reservations."""

    party: str
    accepts: bool
    reservations: tuple[str, ...] = ()
    date: dt.date | None = None
    grounds: tuple[Grounds, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A plan, draft, offer or framework: one version of it."""

    id: str
    name: str
    version: str = "1"
    author: str | None = None
    mediator: str | None = None
    date: dt.date | None = None
    terms: Terms = ()
    acceptances: tuple[Acceptance, ...] = ()
    grounds: tuple[Grounds, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Invocation:
    """Who pointed to a precedent, and for what."""

    by: str
    purpose: str | None = None
    grounds: tuple[Grounds, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Precedent:
    """An earlier round or deal of the same or a similar dispute."""

    name: str
    parties: tuple[str, ...]
    date: dt.date | None = None
    terms: Terms = ()
    kept: bool | None = None
    broken_by: tuple[str, ...] = ()
    invoked_by: tuple[str, ...] = ()
    invocations: tuple[Invocation, ...] = ()
    source: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deal:
    """A deal that an analyst wants looked at: one term an issue."""

    name: str
    terms: Terms
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratifier:
    """Somebody whose consent a deal needs at home."""

    name: str
    party: str
    chamber: str
    position: tuple[tuple[str, Estimate], ...] = ()
    salience: tuple[tuple[str, Estimate], ...] = ()
    reservation: Estimate | None = None
    weight: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """How one chamber decides; `quota` a share of the weights (0..1) or a weight above 1."""

    chamber: str
    kind: str = field()  # majority | supermajority | unanimity | leader | referendum
    quota: float | None = None

    def __post_init__(self) -> None:
        kinds = ("majority", "supermajority", "unanimity", "leader", "referendum")
        if self.kind not in kinds:
            raise ValueError(f"chamber {self.chamber}: unknown rule {self.kind!r}; one of {', '.join(kinds)}")
        if self.kind == "supermajority" and self.quota is None:
            raise ValueError(f"chamber {self.chamber}: a supermajority needs a quota")
