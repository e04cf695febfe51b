"""What a record suggests, one at a time: positions, proposals, answers, earlier deals and pointers, narrowed and sorted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from winset.domain.case import Case
from winset.domain.plain.estimates import judgement_to
from winset.domain.reviews import VERDICTS, judgement_target
from winset.errors import UsageError
from winset.services import suggestions
from winset.services.drafting import unreviewed
from winset.services.sources import load_case
from winset.store.casefile import CaseFile

KINDS = ("position", "proposal", "answer", "precedent", "pointer")
ORDERS = ("case", "doubt", "sure")


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """One thing to be decided, as it was read: `plain` are its fields as in the text form.

    of       the proposal that an answer is to, as it is called
    score    0 to 1, how sure the reader is; None where it does not say
    why      reasons, in words
    """

    target: str
    kind: str
    plain: Mapping[str, Any]
    parties: tuple[str, ...]
    issues: tuple[str, ...]
    docs: tuple[str, ...]
    score: float | None
    why: tuple[str, ...]
    of: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Suggestions:
    """All of a record's suggestions in its order, with the case (without its record) that names their parties and issues."""

    case: Case
    rows: tuple[Suggestion, ...]
    titles: Mapping[str, str]


def suggested(path: Path) -> Suggestions:
    """Everything that the record suggests, whatever was decided about it."""
    case = load_case(path)
    known, found = unreviewed(case)
    positions = [("position", judgement_target(one), judgement_to(one), None) for one in found.judgements]
    records = [(one.kind, one.target, one.plain, one.of) for one in suggestions.reviewable(case) if _read(one.plain)]
    return Suggestions(
        case=known.with_(documents=(), statements=()),
        rows=tuple(_suggestion(*one) for one in (*positions, *records)),
        titles={one.id: one.title or one.id for one in case.documents},
    )


def _read(plain: Mapping[str, Any]) -> bool:
    """Whether a program read it; what a person wrote down needs no second opinion."""
    return str(plain.get("by") or "").startswith("reader")


def _suggestion(kind: str, target: str, plain: Mapping[str, Any], of: str | None) -> Suggestion:
    parties = [plain.get("party"), plain.get("author"), *(plain.get("parties") or ()), plain.get("toward")]
    issues = [plain.get("issue"), *(plain.get("terms") or ()), *(plain.get("issues") or ())]
    reasons = plain.get("why") or ([plain["note"]] if plain.get("note") else [])
    return Suggestion(
        target=target, kind=kind, plain=plain,
        parties=tuple(dict.fromkeys(one for one in parties if one)),
        issues=tuple(dict.fromkeys(one for one in issues if one)),
        docs=tuple(dict.fromkeys(one["doc"] for one in plain.get("grounds") or ())),
        score=plain.get("score"), why=tuple(reasons), of=of,
    )  # fmt: skip


def chosen(
    rows: Sequence[Suggestion], made: Mapping[str, Mapping[str, Any]], *, state: str | None = None, order: str = "case",
    kind: str | None = None, who: str | None = None, issue: str | None = None, doc: str | None = None,
) -> list[Suggestion]:  # fmt: skip
    """Those wanted, in the order wanted; `made` as `reviews.made_of` gives it.

    state  None means not reviewed yet, "any" all of them, else a verdict. Raises UsageError, naming what there is.
    """
    if order not in ORDERS:
        raise UsageError(f"no order {order!r}; there are {', '.join(ORDERS)}")
    if state not in (None, "any", *VERDICTS):
        raise UsageError(f"no state {state!r}; there are any, {', '.join(VERDICTS)}")
    if kind not in (None, *KINDS):
        raise UsageError(f"no kind {kind!r}; there are {', '.join(KINDS)}")
    wanted = [
        one for one in rows
        if (state == "any" or _verdict(made, one.target) == state)
        and (kind is None or one.kind == kind) and (who is None or who in one.parties)
        and (issue is None or issue in one.issues) and (doc is None or doc in one.docs)
    ]  # fmt: skip
    if order != "case":
        sign = 1 if order == "doubt" else -1
        wanted.sort(key=lambda one: sign * (1.0 if one.score is None else one.score))
    return wanted


def following(rows: Sequence[Suggestion], all_rows: Sequence[Suggestion], after: str | None) -> Suggestion | None:
    """The first of `rows` behind the suggestion `after`, from the top after the last one; None where there is none.

    all_rows  every suggestion in the same order, `after` among them whether it is still wanted or not
    """
    places = {one.target: n for n, one in enumerate(all_rows)}
    at = places.get(after or "", -1)
    return next((one for one in rows if places[one.target] > at), rows[0] if rows else None)


def _verdict(made: Mapping[str, Mapping[str, Any]], target: str) -> str | None:
    return made[target]["review"]["verdict"] if target in made else None


def text_of(path: Path, doc: str) -> str:
    """The text of one document. Raises UsageError where it is not there."""
    with CaseFile.open(path) as file:
        held = file.get("documents", doc)
    if held is None:
        raise UsageError(f"no document {doc!r} in this case")
    return str(held[0]["text"])
