"""What people decided about suggestions, laid over the case: rejected ones are gone, corrected ones say the correction.

A review never changes what it is about; it is laid over it each time. Only a target's last review counts.
"""

from collections.abc import Iterable, Mapping, Set
from dataclasses import replace
from typing import Any

from winset.domain.case import Case
from winset.domain.estimates import Judgement
from winset.domain.plain.estimates import FORMS, judgement_from, judgement_to
from winset.domain.plain.fields import Fields, record
from winset.domain.plain.pointers import POINTER_FIELDS, pointer_from, pointer_to
from winset.domain.plain.statements import statement_from, statement_to
from winset.domain.plain.terms import (
    ANSWER_FIELDS,
    PRECEDENT_FIELDS,
    PROPOSAL_FIELDS,
    acceptance_from,
    acceptance_to,
    precedent_from,
    precedent_to,
    proposal_from,
    proposal_to,
)
from winset.domain.pointers import Pointer
from winset.domain.reviews import (
    Review,
    acceptance_target,
    judgement_target,
    pointer_target,
    precedent_target,
    proposal_target,
    statement_target,
)
from winset.domain.statements import Statement
from winset.domain.terms import Acceptance, Precedent, Proposal
from winset.domain.text import Grounds
from winset.errors import CaseError

_OF_STATEMENT = statement_target("")


def latest(reviews: Iterable[Review]) -> dict[str, Review]:
    """Target -> the review of it that counts; one that is unsettled does not."""
    return {review.target: review for review in reviews if not review.unsettled}


def lay(case: Case) -> Case:
    """The case as its reviews leave it; laying them a second time changes nothing.

    A rejected statement or judgement is left out, and with a statement every suggested judgement that rests on
    nothing else. An accepted or corrected judgement counts as the reviewer's own. Raises CaseError where a correction
    does not fit its record.
    """
    verdicts = latest(case.reviews)
    if not verdicts:
        return case
    return replace(
        case, statements=tuple(_kept_statements(case, verdicts)), judgements=laid(case.judgements, verdicts),
        proposals=laid_proposals(case.proposals, verdicts), precedents=laid_precedents(case.precedents, verdicts),
    )  # fmt: skip


def laid_proposals(proposals: Iterable[Proposal], verdicts: Mapping[str, Review]) -> tuple[Proposal, ...]:
    """Proposals and the answers to them as the reviews that count leave them. Raises CaseError as `lay`."""
    gone = _rejected(verdicts)
    found: list[Proposal] = []
    before: dict[str, tuple[Proposal, Proposal]] = {}  # id -> as it was read, as it is reviewed
    for one in proposals:
        review = verdicts.get(proposal_target(one))
        answers = tuple(
            laid for answer in one.acceptances
            if (laid := _answered(answer, verdicts.get(acceptance_target(one, answer)), gone)) is not None
        )  # fmt: skip
        if review is not None and review.verdict == "reject":
            continue
        now = replace(one, acceptances=answers)
        if review is not None and review.verdict in ("accept", "correct"):
            now = replace(corrected_proposal(now, review), acceptances=answers)
        elif one.revises in before:
            now = _inheriting(now, *before[one.revises])
        before[one.id] = one, now
        found.append(now)
    return tuple(found)


def _inheriting(one: Proposal, read: Proposal, now: Proposal) -> Proposal:
    """A version nobody reviewed, with what it only takes over from the one before as that is reviewed."""
    then, today = dict(read.terms), dict(now.terms)
    kept = {
        issue: today.get(issue) if issue in then and then[issue] == term and read.stated_by(issue) == one.stated_by(issue) else term
        for issue, term in one.terms
    }  # fmt: skip
    return replace(one, terms=tuple((issue, term) for issue, term in kept.items() if term is not None))


def corrected_proposal(proposal: Proposal, review: Review) -> Proposal:
    """The proposal with the fields that a review changes, as the reviewer's own."""
    changes = _known(review, PROPOSAL_FIELDS)
    why = {"note": review.why} if review.why and "note" not in changes else {}
    return record(
        _fields({**proposal_to(proposal), **changes, **why, "id": proposal.id, "by": review.by}, review), proposal_from
    )


def _answered(answer: Acceptance, review: Review | None, gone: set[str]) -> Acceptance | None:
    if review is not None and review.verdict == "reject":
        return None
    if review is not None and review.verdict in ("accept", "correct"):
        return corrected_answer(answer, review)
    if answer.suggested and answer.grounds and all(ground.statement in gone for ground in answer.grounds):
        return None
    return answer


def corrected_answer(answer: Acceptance, review: Review) -> Acceptance:
    """An answer to a proposal with the fields that a review changes, as the reviewer's own."""
    changes = _known(review, ANSWER_FIELDS)
    return record(_fields({**acceptance_to(answer), **changes, "by": review.by}, review), acceptance_from)


def laid_precedents(precedents: Iterable[Precedent], verdicts: Mapping[str, Review]) -> tuple[Precedent, ...]:
    """Earlier deals as the reviews that count leave them. Raises CaseError as `lay`."""
    found = []
    for one in precedents:
        review = verdicts.get(precedent_target(one))
        if review is not None and review.verdict == "reject":
            continue
        found.append(corrected_precedent(one, review) if review and review.verdict in ("accept", "correct") else one)
    return tuple(found)


def corrected_precedent(precedent: Precedent, review: Review) -> Precedent:
    """An earlier deal with the fields that a review changes, as the reviewer's own."""
    changes = _known(review, PRECEDENT_FIELDS)
    why = {"note": review.why} if review.why and "note" not in changes else {}
    return record(_fields({**precedent_to(precedent), **changes, **why, "by": review.by}, review), precedent_from)


def laid_pointers(pointers: Iterable[Pointer], verdicts: Mapping[str, Review]) -> tuple[Pointer, ...]:
    """Pointers as the reviews that count leave them; one that rests on a rejected statement is gone. Raises CaseError as `lay`."""
    gone = _rejected(verdicts)
    found = []
    for one in pointers:
        review = verdicts.get(pointer_target(one))
        if review is not None and review.verdict in ("accept", "correct"):
            found.append(corrected_pointer(one, review))
        elif (review is None or review.verdict == "skip") and not all(g.statement in gone for g in one.grounds):
            found.append(one)
    return tuple(found)


def corrected_pointer(pointer: Pointer, review: Review) -> Pointer:
    """The pointer with the fields that a review changes, as the reviewer's own."""
    changes = _known(review, POINTER_FIELDS)
    why = {"note": review.why} if review.why and "note" not in changes else {}
    return record(_fields({**pointer_to(pointer), **changes, **why, "by": review.by}, review), pointer_from)


def _rejected(verdicts: Mapping[str, Review]) -> set[str]:
    return {target.removeprefix(_OF_STATEMENT) for target, one in verdicts.items() if one.verdict == "reject"}


def laid(judgements: Iterable[Judgement], verdicts: Mapping[str, Review]) -> tuple[Judgement, ...]:
    """Judgements as the reviews that count (see `latest`) leave them. Raises CaseError as `lay`."""
    return laid_without(judgements, verdicts, _rejected(verdicts))


def laid_without(
    judgements: Iterable[Judgement], verdicts: Mapping[str, Review], gone: Set[str]
) -> tuple[Judgement, ...]:  # fmt: skip
    """As `laid`, where the statements that were rejected are known as `gone`."""
    return tuple(
        judged for one in judgements if (judged := _judged(one, verdicts.get(judgement_target(one)), gone)) is not None
    )


def _kept_statements(case: Case, verdicts: Mapping[str, Review]) -> Iterable[Statement]:
    lengths = {document.id: len(document.text) for document in case.documents}
    rejected = {s.id for s in case.statements if _verdict(verdicts, s) == "reject"}
    for statement in case.statements:
        review = verdicts.get(statement_target(statement.id))
        if statement.id in rejected:
            continue
        if review is not None and review.verdict == "correct":
            statement = corrected(statement, review, length=lengths.get(statement.doc))
        yield replace(statement, within=None) if statement.within in rejected else statement


def _verdict(verdicts: Mapping[str, Review], statement: Statement) -> str | None:
    found = verdicts.get(statement_target(statement.id))
    return found.verdict if found else None


def corrected(statement: Statement, review: Review, *, length: int | None = None) -> Statement:
    """The statement with the fields that a review changes; of `speaker` only those named. Its score stays.

    length  of the document's text, which no span may leave
    """
    before = statement_to(statement)
    changes = _known(review, before)
    value = {**before, **changes, "id": statement.id, "doc": statement.doc, "by": review.by}
    value["speaker"] = _speaker(statement, changes.get("speaker"), review)
    if "act" in changes and "acts" not in changes:
        value["acts"] = [changes["act"]]
    elif "acts" in changes and "act" not in changes:
        value["act"] = None  # the first of `acts`
    made = record(_fields(value, review), statement_from)
    if length is not None and made.extent.end > length:
        raise CaseError(
            f"review of {statement.id}: a span ends at {made.extent.end}, but the document has {length} characters"
        )
    return made


def _speaker(statement: Statement, changes: object, review: Review) -> dict[str, Any]:
    voice: dict[str, Any] = statement_to(statement)["speaker"]
    if changes is None:
        return voice
    if not isinstance(changes, dict):
        raise CaseError(f"review of {review.target}: speaker: expected an object, got {str(changes)[:60]!r}")
    return {**voice, **changes}


def _judged(judgement: Judgement, review: Review | None, gone: Set[str]) -> Judgement | None:
    """The judgement as reviewed and without the grounds that were rejected; None where nothing of it stands."""
    if review is not None and review.verdict == "reject":
        return None
    grounds = tuple(ground for ground in judgement.grounds if ground.statement not in gone)
    if judgement.suggested and judgement.grounds and not grounds and (review is None or review.verdict == "skip"):
        return None
    if review is None or review.verdict == "skip":
        return judgement if grounds == judgement.grounds else replace(judgement, grounds=grounds)
    if review.verdict == "correct":
        judgement = corrected_judgement(judgement, review)
    return replace(judgement, by=review.by, grounds=_among(judgement.grounds, gone))


def _among(grounds: tuple[Grounds, ...], gone: Set[str]) -> tuple[Grounds, ...]:
    return tuple(ground for ground in grounds if ground.statement not in gone)


def corrected_judgement(judgement: Judgement, review: Review) -> Judgement:
    """The judgement with the fields that a review changes; a value of any form takes the place of the old one."""
    value = judgement_to(judgement)
    changes = _known(review, {*value, *FORMS})
    if any(form in changes for form in FORMS):
        value = {key: one for key, one in value.items() if key not in FORMS}
    return record(_fields({**value, **changes, "by": review.by}, review), judgement_from)


def _fields(value: dict[str, Any], review: Review) -> Fields:
    return Fields(value, f"review of {review.target}")


def _known(review: Review, known: Iterable[str]) -> dict[str, Any]:
    """The changes of a review. Raises CaseError where a field is none of its record's."""
    fields = set(known)
    for key, _ in review.changes:
        if key not in fields:
            raise CaseError(f"review of {review.target}: no field {key!r}; there are {', '.join(sorted(fields))}")
    return dict(review.changes)
