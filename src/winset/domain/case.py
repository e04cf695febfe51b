"""One negotiation: everything known, said and judged about it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Protocol, TypeVar

from winset.domain.actors import Party, Relation, Table
from winset.domain.comments import Comment
from winset.domain.estimates import Judgement
from winset.domain.issues import Issue
from winset.domain.reviews import Review
from winset.domain.runs import Run
from winset.domain.statements import Statement
from winset.domain.terms import Deal, Forbidden, Precedent, Proposal, Ratifier, Rule
from winset.domain.text import Document, Grounds
from winset.domain.vocabulary import Codebook
from winset.errors import CaseError


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One negotiation. Orders are those of the file; ids are unique within their kind."""

    title: str = "Untitled case"
    as_of: date | None = None
    parties: tuple[Party, ...] = ()
    tables: tuple[Table, ...] = ()
    issues: tuple[Issue, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    ratifiers: tuple[Ratifier, ...] = ()
    rules: tuple[Rule, ...] = ()
    relations: tuple[Relation, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    precedents: tuple[Precedent, ...] = ()
    deals: tuple[Deal, ...] = ()
    forbidden: tuple[Forbidden, ...] = ()
    codebook: Codebook | None = None  # by which its record is read; without one, the packaged ones that fit
    conflict: dict[str, Any] | None = None  # options, patterns and preferences, as `formats.gmcr` writes them
    documents: tuple[Document, ...] = ()
    statements: tuple[Statement, ...] = ()
    reviews: tuple[Review, ...] = ()
    correlations: tuple[dict[str, Any], ...] = ()  # judgements that move together, as `formulation.uncertainty` reads
    scenarios: tuple[dict[str, Any], ...] = ()
    forecasts: tuple[dict[str, Any], ...] = ()
    runs: tuple[Run, ...] = ()  # answers kept, each with its question
    comments: tuple[Comment, ...] = ()  # a person's own words for the brief

    def __post_init__(self) -> None:
        for kind, ids in (
            ("party", [p.id for p in self.parties]),
            ("issue", [i.id for i in self.issues]),
            ("table", [t.id for t in self.tables]),
            ("document", [d.id for d in self.documents]),
            ("statement", [s.id for s in self.statements]),
            ("run", [r.id for r in self.runs]),
        ):
            seen: set[str] = set()
            for one in ids:
                if one in seen:
                    raise CaseError(f"the {kind} {one!r} occurs twice; give the second another id")
                seen.add(one)

    def party(self, id: str) -> Party:
        """The party with this id. Raises CaseError, naming those there are."""
        return _find(self.parties, id, "party")

    def issue(self, id: str) -> Issue:
        """The issue with this id. Raises CaseError, naming those there are."""
        return _find(self.issues, id, "issue")

    def document(self, id: str) -> Document:
        """The document with this id. Raises CaseError, naming those there are."""
        return _find(self.documents, id, "document")

    def judgement(self, quantity: str, party: str, issue: str | None, at: date | None) -> Judgement | None:
        """The judgement that holds at `at`: a person's before a reader's, then the latest, then the last written.

        One without a date holds always but gives way to any dated one. `at` None means the latest of all.
        """
        found = [
            j
            for j in self.judgements
            if j.quantity == quantity and j.party == party and j.issue == issue
            and (at is None or j.as_of is None or j.as_of <= at)
        ]  # fmt: skip
        if not found:
            return None
        order = enumerate(found)
        return max(order, key=lambda p: (not p[1].suggested, p[1].as_of or date.min, p[0]))[1]

    def seats(self, at: date | None) -> tuple[str, ...]:
        """Who sits at the tables of the latest day up to `at`, in their order; tables without a day always count."""
        held = [table for table in self.tables if table.date is None or at is None or table.date <= at]
        latest = max((table.date for table in held if table.date), default=None)
        return tuple(dict.fromkeys(seat for table in held if table.date in (None, latest) for seat in table.seats))

    def signers(self, at: date | None) -> tuple[str, ...]:
        """Whose signature a deal needs at the tables of the latest day up to `at` that name any; seats where none do."""
        held = [t for t in self.tables if t.must_sign and (t.date is None or at is None or t.date <= at)]
        latest = max((table.date for table in held if table.date), default=None)
        named = tuple(dict.fromkeys(one for table in held if table.date in (None, latest) for one in table.must_sign))
        return named or self.seats(at)

    def until(self, day: date | None) -> "Case":
        """What was known by the end of a day: without documents dated later, statements in them or said later, and later
        judgements, proposals and answers. What has no day stays; None leaves everything."""
        if day is None:
            return self

        def known(when: date | None) -> bool:
            return when is None or when <= day

        gone = {one.id for one in self.documents if not known(one.date)}
        statements = tuple(
            one for one in self.statements if one.doc not in gone and known(one.date.start if one.date else None)
        )
        left = {one.id for one in self.statements} - {one.id for one in statements}

        def reported(grounds: tuple[Grounds, ...]) -> tuple[Grounds, ...]:
            return tuple(one for one in grounds if one.doc not in gone and one.statement not in left)

        return replace(
            self, documents=tuple(one for one in self.documents if one.id not in gone), statements=statements,
            judgements=tuple(
                one if (kept := reported(one.grounds)) == one.grounds else replace(one, grounds=kept)
                for one in self.judgements if known(one.as_of)
            ),
            proposals=tuple(
                replace(one, acceptances=tuple(answer for answer in one.acceptances if known(answer.date)))
                for one in self.proposals if known(one.date)
            ),
        )  # fmt: skip

    def with_(self, **changes: Any) -> "Case":
        """The same case with other values in the named fields."""
        return replace(self, **changes)


class _Named(Protocol):
    @property
    def id(self) -> str: ...


N = TypeVar("N", bound=_Named)


def _find(records: Iterable[N], id: str, kind: str) -> N:
    known = []
    for record in records:
        if record.id == id:
            return record
        known.append(record.id)
    raise CaseError(f"no {kind} {id!r}; there {'is' if len(known) == 1 else 'are'} {', '.join(known) or 'none'}")
