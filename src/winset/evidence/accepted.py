"""Positions that follow from proposals: who accepts a version takes over its terms, who puts one forward offers them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from winset.domain.estimates import Exact, Judgement
from winset.domain.positions import Position
from winset.domain.terms import Acceptance, Proposal
from winset.domain.text import Grounds

BY = "reader 1"
IN_PRINCIPLE = 0.6  # what agreement "in principle" leaves of a term's score
OFFERED = 0.8  # an author's own proposal tells what it would take, not what it wants most
Points = Mapping[tuple[str, float], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A position that follows from a proposal, and the proposal's id."""

    position: Position
    proposal: str

    @property
    def judgement(self) -> Judgement:
        """The party's own position as a suggested judgement."""
        one = self.position
        return Judgement(
            quantity="position", party=one.party, issue=one.issue, value=one.value, by=one.by, as_of=one.valid_from,
            grounds=one.grounds, score=one.score, note="; ".join(one.why),
        )  # fmt: skip


def taken(
    proposals: Iterable[Proposal], parties: Iterable[str] = (), points: Points = MappingProxyType({})
) -> Iterator[Taken]:  # fmt: skip
    """What follows from every proposal: for each acceptance the terms of that version that it does not except.

    Each rests on the words of the acceptance and on those of the version's term. A part that is accepted brings the terms of
    its issues alone; a rejection, or a plan taken as no more than a basis for talks, brings none. A proposal that a party puts
    forward itself, and no mediator, is an offer of its terms: of each once, by the version that first states it.

    parties  those that may hold positions; all where none are given
    points   (issue, value) -> what it is called; terms that are no named point are told by number
    """
    allowed = set(parties)
    by_id: dict[str, Proposal] = {}
    for proposal in proposals:
        by_id[proposal.id] = proposal
        for answer in proposal.acceptances:
            if answer.accepts and (not allowed or answer.party in allowed):
                yield from _accepted(proposal, answer, points)
        if proposal.mediator is None and proposal.grounds:
            before = dict(by_id[proposal.revises].terms) if proposal.revises in by_id else {}
            for author in proposal.everybody:
                if not allowed or author in allowed:
                    yield from _offered(proposal, author, before, points)


def named(proposal: Proposal) -> str:
    """What a version is called: its name, with its number from the second on."""
    return proposal.name if proposal.version == "1" else f"{proposal.name}, version {proposal.version}"


def _accepted(proposal: Proposal, answer: Acceptance, points: Points) -> Iterator[Taken]:
    for issue, term in proposal.terms:
        if isinstance(term, str) or (issue in answer.issues) == (answer.scope == "whole"):
            continue
        score = (1.0 if answer.score is None else answer.score) * (1.0 if proposal.score is None else proposal.score)
        kept = "" if not answer.reservations else f", with reservations: {'; '.join(answer.reservations)}"
        if "in principle" in answer.reservations:
            score *= IN_PRINCIPLE
        yield Taken(
            proposal=proposal.id,
            position=Position(
                party=answer.party, issue=issue, value=Exact(term), voice=answer.voice, valid_from=answer.date,
                ascribed_by=answer.ascribed_by, condition=answer.condition, score=round(score, 4),
                grounds=_together(answer.grounds, proposal.stated_by(issue)), by=_by(answer.by),
                why=(f"it accepts {named(proposal)}{kept}", f"which says {_told(issue, term, points)}"),
            ),
        )  # fmt: skip


def _offered(
    proposal: Proposal, author: str, before: dict[str, str | float], points: Points
) -> Iterator[Taken]:  # fmt: skip
    for issue, term in proposal.terms:
        if isinstance(term, str) or before.get(issue) == term:
            continue
        yield Taken(
            proposal=proposal.id,
            position=Position(
                party=author, issue=issue, value=Exact(term), voice="own", valid_from=proposal.date,
                score=round((1.0 if proposal.score is None else proposal.score) * OFFERED, 4),
                grounds=_together(proposal.stated_by(issue), proposal.grounds[:1]), by=_by(proposal.by),
                why=(f"it puts forward {named(proposal)}", f"which says {_told(issue, term, points)}"),
            ),
        )  # fmt: skip


def _told(issue: str, term: float, points: Points) -> str:
    label = points.get((issue, term))
    return f"“{label}”" if label else f"{term:g} on {issue}"


def _together(first: Sequence[Grounds], then: Sequence[Grounds]) -> tuple[Grounds, ...]:
    return tuple(dict.fromkeys((*first, *then)))


def _by(who: str | None) -> str:
    return who or BY
