"""A person's decision about a suggestion; it is laid over the suggestion and never overwrites it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from winset.domain.estimates import Judgement
from winset.domain.pointers import Pointer
from winset.domain.terms import Acceptance, Precedent, Proposal

Verdict = Literal["accept", "correct", "reject", "skip"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """Who decided what about which record, when and why. `changes` holds the corrected fields, as in the text form.

    made_on    the target it was made on, where a changed codebook or a merged party has moved it since
    unsettled  why it is laid over nothing for now, though it is kept: what it was about is two things now
    """

    target: str  # "statement:doc#3", "position:russia/nato/2025-02-12/doc#3", ...
    verdict: Verdict
    by: str
    at: datetime
    why: str | None = None
    changes: tuple[tuple[str, object], ...] = ()
    made_on: str | None = None
    unsettled: str | None = None


def statement_target(id: str) -> str:
    """How a review names a statement."""
    return f"statement:{id}"


def judgement_target(judgement: Judgement) -> str:
    """How a review names a judgement: quantity, party, issue, day and the first statement it rests on."""
    day = judgement.as_of.isoformat() if judgement.as_of else ""
    ground = next((one.statement for one in judgement.grounds if one.statement), "")
    return target_of(judgement.quantity, judgement.party, judgement.issue or "", day, ground)


def target_of(quantity: str, party: str, issue: str, day: str, statement: str) -> str:
    """As `judgement_target`, by its parts; empty where there is none."""
    return f"{quantity}:{party}/{issue}/{day}/{statement}"


def issue_of(target: str, issues: Iterable[str]) -> str | None:
    """Which of `issues` the judgement that a target names is on; None where it is on none of them."""
    return next((id for id in issues if _on(id).search(target)), None)


def on_issue(target: str, old: str, new: str) -> str:
    """The target of the judgement on `new` in the place of the one on `old`."""
    return _on(old).sub(lambda found: f"/{new}/{found[1]}/", target, count=1)


def _on(issue: str) -> re.Pattern[str]:
    return re.compile(rf"/{re.escape(issue)}/(\d{{4}}-\d\d-\d\d|)/")


def proposal_target(proposal: Proposal) -> str:
    """How a review names one version of a proposal."""
    return f"proposal:{proposal.id}"


def acceptance_target(proposal: Proposal, acceptance: Acceptance) -> str:
    """How a review names an answer to a version: whose, yes or no, the day and the first words it rests on."""
    day = acceptance.date.isoformat() if acceptance.date else ""
    ground = next(
        (f"{one.doc}@{one.spans[0].start}" if one.spans else one.statement or "" for one in acceptance.grounds), ""
    )
    return f"answer:{proposal.id}/{acceptance.party}/{'yes' if acceptance.accepts else 'no'}:{day}/{ground}"


def pointer_target(pointer: Pointer) -> str:
    """How a review names a pointer: kind, direction, party, and where its words stand."""
    ground = next((f"{one.doc}@{one.spans[0].start}" for one in pointer.grounds if one.spans), "")
    return f"pointer:{pointer.kind}/{pointer.direction}/{pointer.party}:{ground}"


def precedent_target(precedent: Precedent) -> str:
    """How a review names an earlier deal."""
    return f"precedent:{precedent.name}"
