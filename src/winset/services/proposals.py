"""Proposals of a case: whose they are, in which version, what changed between versions, who takes which, and what follows."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from winset.domain.case import Case
from winset.domain.issues import Issue
from winset.domain.plain.fields import Fields, record
from winset.domain.plain.terms import ANSWER_FIELDS, PROPOSAL_FIELDS, acceptance_to, proposal_from, proposal_to
from winset.domain.positions import Position
from winset.domain.reviews import acceptance_target, proposal_target
from winset.domain.terms import Proposal
from winset.domain.text import Grounds
from winset.errors import CaseError, UsageError
from winset.evidence import accepted, timeline
from winset.evidence.drafts import Draft
from winset.services import cases
from winset.services.drafting import drafted, judges_positions, unjudged
from winset.services.naming import needed
from winset.services.sources import load_case, reviewed_case
from winset.store.casefile import CaseFile


def with_proposals(case: Case) -> tuple[Case, Draft]:
    """The reviewed case with the proposals that its words tell of, also where somebody judged positions; and what was drafted."""
    if not judges_positions(case):
        return drafted(case)
    found = unjudged(case)
    return replace(case, proposals=found.proposals or case.proposals), found


def proposals(path: Path, *, at: date | None = None) -> dict[str, Any]:
    """`{"as_of", "proposals", "unresolved"}`: every version up to a day, and answers that fit more than one proposal."""
    case, found = with_proposals(reviewed_case(path))
    return of_case(case, found, at or case.as_of)


def shown(path: Path) -> tuple[Case, dict[str, Any]]:
    """The case without its documents and statements, and its proposals as `proposals` gives them."""
    case, found = with_proposals(reviewed_case(path))
    return replace(case, documents=(), statements=()), of_case(case, found, case.as_of)


def of_case(case: Case, found: Draft, when: date | None) -> dict[str, Any]:
    """As `proposals`, of a case in hand.

    Beside a proposal's fields each version has its `words`; `changes`, issue by issue, against the version that it takes the
    place of, with who is nearer to the new term and who farther; `distance` of each party's own position from its terms as a share
    of the scale, with the number of issues that this rests on; per answer what follows from it on each issue.
    """
    kept = [one for one in found.proposals or case.proposals if _known(one.date, when)]
    drawn = timeline.histories(case.judgements) if _judged(case) else found.positions
    held = timeline.as_of(drawn, when)
    own = {(one.party, one.issue): one for one in held if one.voice == "own"}
    follows: dict[tuple[str, str], list[accepted.Taken]] = {}
    points = {(issue.id, one.value): one.label for issue in case.issues for one in issue.scale}
    for one in accepted.taken(kept, points=points):
        follows.setdefault((one.proposal, one.position.party), []).append(one)
    words = _words(case)
    by_id = {one.id: one for one in kept}
    return {
        "as_of": when.isoformat() if when else None,
        "proposals": [
            {
                **dict.fromkeys(PROPOSAL_FIELDS), "authors": [], "to": [], "dropped": [], "term_grounds": {}, "why": [],
                **proposal_to(one), "target": proposal_target(one), "suggested": one.suggested,
                "changes": _changes(one, by_id.get(one.revises or ""), case.issues, own),
                "distance": _distances(one, case.issues, own),
                "words": words(one.grounds),
                "acceptances": [
                    {
                        **dict.fromkeys(ANSWER_FIELDS), "why": [],
                        **acceptance_to(answer), "scope": answer.scope, "voice": answer.voice, "issues": list(answer.issues),
                        "target": acceptance_target(one, answer), "suggested": answer.suggested, "words": words(answer.grounds),
                        "follows": [
                            {
                                "issue": taken.position.issue, "value": taken.position.value.best, "score": taken.position.score,
                                "held": _held(own, answer.party, taken.position.issue),
                            }
                            for taken in follows.get((one.id, answer.party), ())
                            if answer.accepts and taken.position.grounds[: len(answer.grounds)] == answer.grounds
                        ],
                    }
                    for answer in one.acceptances if _known(answer.date, when)
                ],
            }
            for one in kept
        ],
        "unresolved": [
            {**acceptance_to(one.acceptance), "candidates": list(one.candidates), "words": words(one.acceptance.grounds)}
            for one in found.unresolved if _known(one.acceptance.date, when)
        ],
    }  # fmt: skip


def _judged(case: Case) -> bool:
    """Whether a person judged a position; suggestions laid into the case do not count."""
    return any(one.quantity == "position" and not one.suggested for one in case.judgements)


def _known(day: date | None, when: date | None) -> bool:
    return day is None or when is None or day <= when


def _words(case: Case) -> Callable[[Iterable[Grounds]], list[dict[str, Any]]]:
    texts = {document.id: document.text for document in case.documents}

    def words(grounds: Iterable[Grounds]) -> list[dict[str, Any]]:
        return [
            {"doc": one.doc, "statement": one.statement, "text": " … ".join(span.of(texts[one.doc]) for span in one.spans)}
            for one in grounds if one.doc in texts and one.spans
        ]  # fmt: skip

    return words


def _held(own: Mapping[tuple[str, str], Position], party: str, issue: str) -> float | None:
    found = own.get((party, issue))
    return found.value.best if found else None


def _width(issues: Sequence[Issue], id: str) -> float | None:
    bounds = next((one.bounds for one in issues if one.id == id), None)
    return bounds[1] - bounds[0] if bounds and bounds[1] > bounds[0] else None


def _changes(
    one: Proposal, before: Proposal | None, issues: Sequence[Issue], own: Mapping[tuple[str, str], Position]
) -> dict[str, Any]:  # fmt: skip
    if before is None:
        return {}
    then, now = dict(before.terms), dict(one.terms)
    found: dict[str, Any] = {}
    for issue in dict.fromkeys((*then, *now)):
        old, new = then.get(issue), now.get(issue)
        if old == new:
            continue
        nearer: list[str] = []
        farther: list[str] = []
        for (party, on), position in own.items():
            if on == issue and isinstance(old, int | float) and isinstance(new, int | float):
                gain = abs(position.value.best - old) - abs(position.value.best - new)
                (nearer if gain > 0 else farther if gain < 0 else []).append(party)
        found[issue] = {"before": old, "after": new, "nearer": nearer, "farther": farther}
    return found


def _distances(
    one: Proposal, issues: Sequence[Issue], own: Mapping[tuple[str, str], Position]
) -> dict[str, dict[str, Any]]:  # fmt: skip
    """Party -> mean distance of its own positions from the terms (0..1 of the scales), and on how many of them it rests."""
    apart: dict[str, list[float]] = {}
    for issue, term in one.terms:
        width = _width(issues, issue)
        if isinstance(term, str) or width is None:
            continue
        for (party, on), position in own.items():
            if on == issue:
                apart.setdefault(party, []).append(min(abs(position.value.best - term) / width, 1.0))
    return {
        party: {"distance": round(sum(each) / len(each), 4), "issues": len(each), "of": len(one.terms)}
        for party, each in apart.items()
    }


def write(path: Path, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Writes a proposal down, or changes one that is written: only the fields given; the whole record.

    One that the record suggests is changed by a review (`reviews.decide`), so that the suggestion stays. It is one operation that
    can be undone. Raises UsageError where it names a party, an issue or another proposal that the case does not have.
    """
    by, at = cases.author(), cases.now()
    id = str(fields.get("id") or "").strip()
    if not id:
        raise UsageError("a proposal needs an id, such as arden-plan")
    case = load_case(path)
    known = with_proposals(reviewed_case(path))[0]
    extra = needed(
        case, known, [*(one["party"] for one in fields.get("acceptances") or ()), *(fields.get("authors") or ()), *([fields["author"]] if fields.get("author") else []), *(fields.get("to") or ())],
        [issue for one in fields.get("acceptances") or () for issue in one.get("issues") or ()], fields.get("terms"),
    )  # fmt: skip
    linked = {name: str(fields[name]) for name in ("revises", "answers") if fields.get(name)}
    if linked:
        revised = {one.id: one.revises for one in known.proposals if one.id != id}
        there = list(revised)
        for named, other in linked.items():
            if other not in there:
                raise UsageError(
                    f"{named}: no other proposal {other!r} in this case; there are {', '.join(there) or 'none'}"
                )
        line = linked.get("revises")
        while line is not None:
            line = revised.get(line)
            if line == id:
                raise UsageError(
                    f"revises: {linked['revises']!r} is itself a later version of {id!r}; a version comes after the one it revises"
                )
    with CaseFile.open(path, at=at) as file:
        key, before = next(
            ((key, one) for key, _, one in file.keyed("proposals") if one["id"] == id), (None, {"id": id})
        )
        try:
            made = record(Fields({**before, **fields, "by": by}, f"proposal {id}"), proposal_from)
            file.put(
                "proposals",
                proposal_to(made),
                at=at,
                author=by,
                key=key,
                label=f"wrote the proposal {id}",
                before=extra,
            )
        except CaseError as error:
            raise UsageError(str(error)) from None
    return proposal_to(made)


def answer(path: Path, id: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Writes down who accepts or turns down a version that is written; the whole proposal. Raises UsageError."""
    held = next((one for one in load_case(path).proposals if one.id == id), None)
    if held is None:
        raise UsageError(
            f"no proposal {id!r} is written in this case; write it first: winset propose {path} {id} --name ..."
        )
    known = with_proposals(reviewed_case(path))[0]
    needed(load_case(path), known, [fields["party"]], fields.get("issues") or ())
    kept = [acceptance_to(one) for one in held.acceptances if one.party != fields["party"]]
    return write(path, {"id": id, "acceptances": [*kept, {**fields, "by": cases.author()}]})


def term_of(text: str) -> tuple[str, str | float]:
    """`ISSUE=VALUE` as an issue and its term. Raises UsageError."""
    issue, equals, value = text.partition("=")
    if not equals or not issue.strip() or not value.strip():
        raise UsageError(f"a term is written ISSUE=VALUE, not {text[:60]!r}")
    try:
        number = float(value)
    except ValueError:
        return issue.strip(), value.strip()
    if not math.isfinite(number):
        raise UsageError(f"the term of {issue.strip()} is a finite number or an option, not {value.strip()[:40]!r}")
    return issue.strip(), number
