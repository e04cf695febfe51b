"""Positions that a record suggests, made the case's own: those that a person accepted, with what all suggestions name."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from winset.domain.actors import Party
from winset.domain.case import Case
from winset.domain.estimates import Judgement
from winset.domain.issues import Issue
from winset.domain.plain.estimates import judgement_to
from winset.domain.reviews import Review, judgement_target
from winset.errors import UsageError
from winset.evidence import reviewed
from winset.evidence.drafts import Draft
from winset.services import cases
from winset.services.drafting import judges_positions, unreviewed
from winset.services.naming import needed
from winset.services.sources import load_case
from winset.store.casefile import CaseFile

KEPT = ("accept", "correct")


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """What a record suggests of positions, which no method computes with.

    open       positions that nobody has decided about
    accepted   positions accepted or corrected that are no judgements of the case yet
    judged     whether somebody judged a position
    """

    parties: tuple[Party, ...]
    issues: tuple[Issue, ...]
    open: int
    accepted: int
    judged: bool


def waiting(path: Path) -> Waiting:
    """What the record at `path` suggests of positions, and how far it was reviewed."""
    case = load_case(path)
    known, found = unreviewed(case)
    verdicts = reviewed.latest(case.reviews)
    parties, issues = _named(found)
    return Waiting(
        parties=tuple(one for one in known.parties if one.id in parties),
        issues=tuple(one for one in known.issues if one.id in issues),
        open=sum(judgement_target(one) not in verdicts for one in found.judgements),
        accepted=len(_accepted(found, verdicts)),
        judged=judges_positions(reviewed.lay(case)),
    )


def take_over(path: Path) -> list[dict[str, Any]]:
    """Makes accepted and corrected positions judgements of the case, with all parties and issues that its suggestions name, as
    one operation that can be undone; the judgements as they were read, over which the reviews stay laid.

    Raises UsageError where none is accepted.
    """
    case = load_case(path)
    known, found = unreviewed(case)
    verdicts = reviewed.latest(case.reviews)
    chosen = _accepted(found, verdicts)
    if not chosen:
        raise UsageError(
            "no suggested position is accepted that the case does not hold; `winset reviews --judgements` lists them, "
            "`winset review CASE TARGET --accept` accepts one"
        )
    laid = reviewed.laid(chosen, verdicts)
    extra = _beside(case, known, found, {one.party for one in laid}, {one.issue for one in laid if one.issue})
    bodies = [judgement_to(one) for one in chosen]
    records = [*extra, *(("judgements", one) for one in bodies)]
    label = f"took over {len(bodies)} suggested position{'' if len(bodies) == 1 else 's'}"
    at = cases.now()
    with CaseFile.open(path, at=at) as file:
        file.review((), at=at, author=cases.author(), label=label, records=records)
    return bodies


def beside_judgement(path: Path, party: str, issue: str | None) -> list[tuple[str, dict[str, Any]]]:
    """The records (kind, body) to write before a person's own judgement of a party on an issue, where the case has them only by
    suggestion; nothing where it holds both. Raises UsageError, naming those there are."""
    with CaseFile.open(path) as file:
        held = file.case(without=("documents", "statements", "reviews", "runs", "judgements"))
    there = {one.id for one in held.issues}
    if any(one.id == party for one in held.parties) and (issue is None or issue in there):
        return []
    case = load_case(path)
    known, found = unreviewed(case)
    return _beside(case, known, found, {party}, {issue} if issue else set())


def beside_party(path: Path, issue: str | None = None) -> list[tuple[str, dict[str, Any]]]:
    """The same before a party that nothing suggests, and a judgement of it on an issue where one is given."""
    case = load_case(path)
    known, found = unreviewed(case)
    return _beside(case, known, found, set(), {issue} if issue else set())


def _accepted(found: Draft, verdicts: Mapping[str, Review]) -> tuple[Judgement, ...]:
    kept = {target for target, one in verdicts.items() if one.verdict in KEPT}
    return tuple(one for one in found.judgements if judgement_target(one) in kept)


def _beside(
    case: Case, known: Case, found: Draft, parties: set[str], issues: set[str]
) -> list[tuple[str, dict[str, Any]]]:
    """What the case then has to hold: suggestions of parties and issues that it does not have would else be gone once a position
    is judged."""
    all_parties, all_issues = _named(found)
    return needed(case, known, [*all_parties, *sorted(parties)], [*all_issues, *sorted(issues)])


def _named(found: Draft) -> tuple[list[str], list[str]]:
    """The parties and issues that suggested positions name, in their order."""
    parties = dict.fromkeys(one.party for one in found.judgements)
    return list(parties), list(dict.fromkeys(one.issue for one in found.judgements if one.issue))
