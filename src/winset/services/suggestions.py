"""What a record suggests beside positions, for its reviewers: proposals, answers to them, earlier deals, pointers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import Any

from winset.domain.case import Case
from winset.domain.plain.pointers import pointer_to
from winset.domain.plain.references import Names, precedent_problems, proposal_problems
from winset.domain.plain.terms import acceptance_to, precedent_to, proposal_to
from winset.domain.pointers import Pointer
from winset.domain.reviews import (
    Review,
    acceptance_target,
    pointer_target,
    precedent_target,
    proposal_target,
    statement_target,
)
from winset.domain.terms import Acceptance, Precedent, Proposal
from winset.errors import CaseError, UsageError
from winset.evidence import reviewed
from winset.evidence.accepted import named
from winset.services import pointers, precedents
from winset.services.proposals import with_proposals
from winset.services.sources import load_case

FLAGS = {"": None, "yes": True, "no": False}
Reviewable = Proposal | Acceptance | Precedent | Pointer


@dataclass(frozen=True, slots=True)
class Suggested:
    """One record that can be reviewed; `of` is the proposal that an answer is to, as it is called."""

    target: str
    kind: str
    record: Reviewable
    plain: dict[str, Any]
    of: str | None = None


def reviewable(case: Case) -> list[Suggested]:
    """Everything of these kinds as it is read before anybody has reviewed it, written records among it."""
    return list(_all(_unreviewed(case)))


def _unreviewed(case: Case) -> Case:
    of_statements = tuple(one for one in case.reviews if one.target.startswith(statement_target("")))
    known = with_proposals(reviewed.lay(case.with_(reviews=of_statements)))[0]
    return precedents.unreviewed(known)


def _all(case: Case) -> Iterator[Suggested]:
    for proposal in case.proposals:
        yield Suggested(proposal_target(proposal), "proposal", proposal, proposal_to(proposal))
        for answer in proposal.acceptances:
            yield Suggested(
                acceptance_target(proposal, answer), "answer", answer, acceptance_to(answer), named(proposal)
            )
    for precedent in case.precedents:
        yield Suggested(precedent_target(precedent), "precedent", precedent, precedent_to(precedent))
    for pointer in pointers.read(case):
        yield Suggested(pointer_target(pointer), "pointer", pointer, pointer_to(pointer))


def fits(case: Case, review: Review) -> None:
    """Raises UsageError where a review's target is not there, CaseError where its correction does not fit it."""
    known = _unreviewed(case)
    found = next((one for one in _all(known) if one.target == review.target), None)
    if found is None:
        raise UsageError(f"nothing in this case is named {review.target!r}; `winset reviews --suggestions` names them")
    if review.verdict != "correct":
        return
    names = Names.of(known)
    if isinstance(found.record, Proposal):
        wrong = list(proposal_problems(reviewed.corrected_proposal(found.record, review), names, "the correction"))
    elif isinstance(found.record, Acceptance):
        answer = reviewed.corrected_answer(found.record, review)
        wrong = list(names.party(answer.party, "the correction.party"))
        for issue in answer.issues:
            wrong += names.issue(issue, "the correction.issues")
    elif isinstance(found.record, Pointer):
        pointer = reviewed.corrected_pointer(found.record, review)
        wrong = [
            problem
            for party in (pointer.party, pointer.toward)
            if party
            for problem in names.party(party, "the correction")
        ]
    else:
        wrong = list(precedent_problems(reviewed.corrected_precedent(found.record, review), names, "the correction"))
    if wrong:
        raise CaseError("\n".join(wrong))


def changes_to(path: Path, target: str, given: Mapping[str, str]) -> dict[str, Any]:
    """The fields of a form that say something else than the record does: `set.FIELD` its plain fields, `term.ISSUE` its terms.

    Raises UsageError where nothing is named like that, and where nothing was changed.
    """
    found = next((one for one in reviewable(load_case(path)) if one.target == target), None)
    if found is None:
        raise UsageError(f"nothing in this case is named {target[:80]!r}; its page may be of yesterday")
    changes: dict[str, Any] = {}
    for key, value in given.items():
        kind, _, name = key.partition(".")
        if kind == "set" and name in found.plain:
            meant = FLAGS[value.strip()] if name == "kept" and value.strip() in FLAGS else value.strip() or None
            if meant != found.plain[name]:
                changes[name] = meant
    terms = dict(found.plain.get("terms") or {})
    for issue, was in terms.items():
        text = given.get(f"term.{issue}", str(was)).strip()
        terms[issue] = _term(text, was)
    if terms != (found.plain.get("terms") or {}):
        changes["terms"] = terms
    if not changes:
        raise UsageError("nothing was changed; write something else first")
    return changes


def _term(text: str, was: Any) -> Any:
    """A term as the form has it: a number where it is one, what it was where nothing is left."""
    if not text or text == str(was):
        return was
    try:
        found = float(text)
    except ValueError:
        return text
    return found if isfinite(found) else text
