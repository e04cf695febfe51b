"""Deals on paper: proposals with versions, precedents, a deal's terms."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

from winset.domain.estimates import Estimate
from winset.domain.positions import PositionVoice
from winset.domain.text import Grounds

Term = str | float
Terms = tuple[tuple[str, Term], ...]  # (issue id, option or point)


TermGrounds = tuple[tuple[str, tuple[Grounds, ...]], ...]  # (issue id, the words that state its term)
Scope = Literal["whole", "part"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """Who said yes or no to one version, with which reservations.

    scope   "whole": all of it, but for the `reservations`; "part": only the parts that `reservations` name
    issues  issues that the reservations are about
    voice   own: the party said so or did so; ascribed, forecast: somebody else says so or foresees it; past: of an earlier time
    """

    party: str
    accepts: bool
    reservations: tuple[str, ...] = ()
    date: dt.date | None = None
    grounds: tuple[Grounds, ...] = ()
    scope: Scope = "whole"
    issues: tuple[str, ...] = ()
    condition: str | None = None
    voice: PositionVoice = "own"
    ascribed_by: str | None = None
    by: str | None = None  # a person, or the reader; None where an older case does not say
    score: float | None = None
    why: tuple[str, ...] = ()

    @property
    def suggested(self) -> bool:
        """Whether a program read it and no person has taken it over."""
        return self.by is not None and self.by.startswith("reader")


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A plan, draft, offer or framework: one version of it.

    kind     what it is called: plan, draft, offer, framework, ...
    authors  everybody whose proposal it is, where there is more than one; `author` is the first
    to       to whom it was handed
    revises  id of the version that it takes the place of; answers: id of the proposal that it counters
    dropped  issues on which the earlier version had a term and this one has none
    """

    id: str
    name: str
    version: str = "1"
    author: str | None = None
    mediator: str | None = None
    date: dt.date | None = None
    terms: Terms = ()
    acceptances: tuple[Acceptance, ...] = ()
    grounds: tuple[Grounds, ...] = ()
    kind: str | None = None
    authors: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    revises: str | None = None
    answers: str | None = None
    dropped: tuple[str, ...] = ()
    withdrawn: dt.date | None = None
    term_grounds: TermGrounds = ()
    by: str | None = None  # a person, or the reader; None where an older case does not say
    score: float | None = None
    why: tuple[str, ...] = ()
    note: str | None = None

    @property
    def suggested(self) -> bool:
        """Whether a program read it and no person has taken it over."""
        return self.by is not None and self.by.startswith("reader")

    @property
    def everybody(self) -> tuple[str, ...]:
        """Its authors."""
        return self.authors or ((self.author,) if self.author else ())

    def stated_by(self, issue: str) -> tuple[Grounds, ...]:
        """The words that state its term on an issue; those of the proposal where none are kept apart."""
        return next((grounds for of, grounds in self.term_grounds if of == issue), self.grounds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Invocation:
    """Who pointed to a precedent, and for what."""

    by: str
    purpose: str | None = None
    grounds: tuple[Grounds, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """That a party kept or broke an earlier deal, and who says so; `by` is None where the report tells it itself."""

    party: str
    kept: bool
    by: str | None = None
    grounds: tuple[Grounds, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Precedent:
    """An earlier round or deal of the same or a similar dispute.

    told  who kept or broke it in whose words; where voices contradict each other `kept` is None and nobody is in `broken_by`
    """

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
    broken_on: dt.date | None = None
    told: tuple[Fate, ...] = ()
    grounds: tuple[Grounds, ...] = ()
    term_grounds: TermGrounds = ()
    by: str | None = None  # a person, or the reader; None where an older case does not say
    score: float | None = None
    why: tuple[str, ...] = ()

    @property
    def suggested(self) -> bool:
        """Whether a program read it and no person has taken it over."""
        return self.by is not None and self.by.startswith("reader")


@dataclass(frozen=True, slots=True, kw_only=True)
class Deal:
    """A deal that an analyst wants looked at: one term an issue."""

    name: str
    terms: Terms
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Forbidden:
    """A combination that cannot be: no deal has one of these options (or points) on every issue named."""

    terms: tuple[tuple[str, tuple[Term, ...]], ...]
    by: str | None = None
    note: str | None = None
    grounds: tuple[Grounds, ...] = ()

    def __post_init__(self) -> None:
        if not self.terms:
            raise ValueError("a forbidden combination names at least one issue; give terms {issue: [options]}")
        for issue, options in self.terms:
            if not options:
                raise ValueError(f"a forbidden combination names no option of {issue}; give one or leave the issue out")


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
    by: str | None = None  # who wrote it down; None where an older case does not say
    grounds: tuple[Grounds, ...] = ()


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
