"""Reviews after a change of the codebook: each follows what it was made on, or says why it cannot."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from winset.domain.reviews import Review, issue_of, on_issue
from winset.domain.vocabulary import Codebook


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """The reviews as they stand now, in order, and what became of those whose issue changed.

    moved      (target before, target now)
    unsettled  (target, why): kept, and laid over nothing until somebody decides
    waiting    targets on issues that are gone: they count again once the issue is back
    """

    reviews: tuple[Review, ...]
    moved: tuple[tuple[str, str], ...]
    unsettled: tuple[tuple[str, str], ...]
    waiting: tuple[str, ...]


def affected(reviews: Iterable[Review], before: Codebook, after: Codebook) -> tuple[Review, ...]:
    """The reviews of judgements on issues that are folded, split or gone: where these belong has to be looked up."""
    return tuple(one for one in reviews if _asked(one, before, after) is not None)


def follow(
    reviews: Iterable[Review], before: Codebook, after: Codebook, suggested: Collection[str], written: Collection[str] = ()
) -> Followed:  # fmt: skip
    """Reviews under `after` that were made under `before`; `suggested` are the targets that the record gives now, `written`
    those of judgements that the case holds, which no codebook moves.

    A review on an issue folded into another moves there. One on an issue that was split moves to the half that the same words
    show now; where they show both, it is unsettled. So is one that meets another review on the same judgement, and a correction
    to a value that the new scale does not have. None is ever dropped.
    """
    held = tuple(reviews)
    taken = {one.target for one in held}
    found, moved, unsettled, waiting = [], [], [], []
    for one in held:
        if one.target in written:
            found.append(one)
            continue
        one = _settled(one, after)
        issue = _asked(one, before, after)
        made, why = one, None
        if issue is not None:
            places = [on_issue(one.target, issue, id) for id in _places(issue, before, after)]
            shown = [target for target in places if target in suggested]
            if not places:
                waiting.append(one.target)
            elif len(shown) > 1:
                halves = " and ".join(
                    id for id in _places(issue, before, after) if on_issue(one.target, issue, id) in shown
                )
                why = f"{issue} was split, and the same words now show {halves}: review the one that was meant"
            elif (target := (shown or places)[0]) != one.target and (shown or issue not in places):
                if target in taken:
                    why = f"{issue} is part of another issue now, where {target} has a review of its own, which counts"
                else:
                    made = replace(one, target=target, made_on=one.made_on or one.target)
                    taken.add(target)
                    moved.append((one.target, target))
        why = why or _off_scale(made, after)
        if why is not None:
            made = replace(one, unsettled=why)
            unsettled.append((one.target, why))
        found.append(made)
    return Followed(reviews=tuple(found), moved=tuple(moved), unsettled=tuple(unsettled), waiting=tuple(waiting))


def _settled(review: Review, codebook: Codebook) -> Review:
    """The review in force again, where the issue that it was made on stands by itself again."""
    issue = issue_of(review.target, [one.id for one in codebook.issues]) if review.unsettled else None
    return replace(review, unsettled=None) if issue is not None and codebook.heirs(issue) == (issue,) else review


def _asked(review: Review, before: Codebook, after: Codebook) -> str | None:
    """The issue of a review, where it is not what it was: folded, gone, or parted."""
    known = [one.id for one in before.issues]
    issue = issue_of(review.target, known)
    return None if issue is None or _places(issue, before, after) == [issue] else issue


def _places(issue: str, before: Codebook, after: Codebook) -> list[str]:
    """The issues on which a review of `issue` may belong now: what carries it on, without halves that were there before."""
    known = {one.id for one in before.issues}
    heirs = after.heirs(issue)
    folded = {one.id for one in after.issues if issue in one.was}
    return [id for id in heirs if id == issue or id in folded or id not in known]


def _off_scale(review: Review, codebook: Codebook) -> str | None:
    """Why a corrected value does not fit the scale of its issue; None where it does."""
    scales = {one.id: one.bounds for one in codebook.issues}
    issue = issue_of(review.target, scales) if review.target.startswith("position:") else None
    if review.verdict != "correct" or issue is None:
        return None
    low, high = scales[issue]
    for value in _numbers(dict(review.changes)):
        if not low <= value <= high:
            return f"its value {value:g} lies off the scale of {issue}, which now runs from {low:g} to {high:g}"
    return None


def _numbers(changes: Mapping[str, object]) -> Iterable[float]:
    for form in ("value", "range", "likely"):
        stated = changes.get(form)
        for one in stated if isinstance(stated, list) else [stated]:
            if isinstance(one, int | float) and not isinstance(one, bool):
                yield float(one)
