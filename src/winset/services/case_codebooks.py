"""The codebook that a case keeps: read, put in its place, and what becomes of the reviews made under the one before."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from winset.domain.case import Case
from winset.domain.plain.codebooks import codebook_to
from winset.domain.plain.reviews import review_to
from winset.domain.reviews import Review, judgement_target
from winset.domain.vocabulary import Codebook
from winset.errors import UsageError
from winset.evidence import following
from winset.services import cases
from winset.services.drafting import codebook_of, own_issues, suggestions
from winset.services.sources import load_case
from winset.store.casefile import CaseFile


def of_case(path: Path) -> Codebook:
    """The codebook by which the record of a case is read: its own, else the codes of its issues, else those that fit."""
    return codebook_of(load_case(path))


def put(path: Path, after: Codebook | None) -> dict[str, Any]:
    """Keeps a codebook in a case, or with None none, as one operation that can be undone; what it touches.

    The reviews of its positions follow the issues they were made on (`evidence.following`). Raises UsageError where the case
    has an issue of that id with another scale.
    """
    if after is not None and not after.issues:
        raise UsageError(
            f"codebook {after.id} has no issue, so nothing would be read by it; add one, or use --packaged"
        )
    case = load_case(path)
    before = codebook_of(case)
    now = codebook_of(case.with_(codebook=after))
    case, told = _followed(case, before, now, after)
    changes: dict[str, Any] = {"codebook": codebook_to(after) if after else None}
    at, by = cases.now(), cases.author()
    with CaseFile.open(path, at=at) as file:
        label = f"codebook {after.id}: {_few(before.changed(now))}" if after else "the packaged codebooks that fit"
        file.put_head(changes, [review_to(one) for one in case.reviews], at=at, author=by, label=label)
    return {
        "case": str(path), "codebook": now.id, "touched": list(before.changed(now)),
        "issues": [issue.id for issue in now.issues],
        "not_read": [issue.id for issue in case.issues if issue.id not in {one.id for one in now.issues}], "reviews": told,
    }  # fmt: skip


def _few(touched: Sequence[str]) -> str:
    more = f" and {len(touched) - 3} more" if len(touched) > 3 else ""
    return f"{', '.join(touched[:3])}{more} changed" if touched else "nothing changed"


def used(case: Case, after: Codebook) -> Case:
    """The case as read by another codebook, with its reviews following; nothing is written. Raises as `put`."""
    return _followed(case, codebook_of(case), after, after)[0]


def _followed(case: Case, before: Codebook, now: Codebook, kept: Codebook | None) -> tuple[Case, dict[str, Any]]:
    _scales_agree(case, now)
    after = case.with_(codebook=kept)
    written = {judgement_target(one) for one in case.judgements}
    asked = [one for one in following.affected(case.reviews, before, now) if one.target not in written]
    suggested = {judgement_target(one) for one in suggestions(_about(after, asked))} if asked else set()
    found = following.follow(case.reviews, before, now, suggested, written)
    told = {
        "moved": [{"from": a, "to": b} for a, b in found.moved],
        "unsettled": [{"target": target, "why": why} for target, why in found.unsettled],
        "waiting": list(found.waiting),
    }
    return after.with_(reviews=found.reviews), told


def _about(case: Case, reviews: Sequence[Review]) -> Case:
    """The case with only the documents that the reviews are about, where each names a statement."""
    docs = {one.id: one.doc for one in case.statements}
    named = [next((doc for id, doc in docs.items() if one.target.endswith(f"/{id}")), None) for one in reviews]
    if None in named:
        return case
    return case.with_(
        documents=tuple(one for one in case.documents if one.id in named),
        statements=tuple(one for one in case.statements if one.doc in named),
    )


def _scales_agree(case: Case, codebook: Codebook) -> None:
    known = {issue.id: issue for issue in case.issues}
    for code in codebook.issues:
        issue = known.get(code.id)
        if issue is not None and issue.bounds != code.bounds:
            here = "options without an order" if issue.bounds is None else f"{issue.bounds[0]:g} to {issue.bounds[1]:g}"
            raise UsageError(
                f"{code.id}: the case has {here}, the codebook {code.bounds[0]:g} to {code.bounds[1]:g}; bring both to one "
                "scale, or give the codebook's issue another id"
            )


def described(path: Path) -> dict[str, Any]:
    """What the record of a case is read by: `{"id", "title", "whose", "issues"}`, issues as a codebook's JSON form has them.

    whose  "case": a codebook that the case keeps; "issues": the codes of its own issues; "packaged": the packaged ones that fit what
           is said, joined; "none": nothing fits
    """
    case = load_case(path)
    book = codebook_of(case)
    whose = "case" if case.codebook is not None else "issues" if own_issues(case) else "packaged"
    plain = codebook_to(book)
    return {
        "id": book.id, "title": book.title, "about": book.about, "whose": whose if book.issues else "none",
        "issues": plain["issues"],
    }  # fmt: skip
