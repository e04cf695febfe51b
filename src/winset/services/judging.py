"""A judgement made of words that bear on it: what a person takes from a pointer, with its words as grounds and a number of their own."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from winset.domain.case import Case
from winset.domain.plain.actors import relation_from, relation_to
from winset.domain.plain.estimates import judgement_from, judgement_to
from winset.domain.plain.fields import Fields, plain_day, record
from winset.domain.plain.references import Names, ratifier_problems
from winset.domain.plain.reviews import review_to
from winset.domain.plain.terms import ratifier_from, ratifier_to
from winset.domain.plain.texts import grounds_to
from winset.domain.pointers import Pointer
from winset.domain.reviews import Review, judgement_target, pointer_target
from winset.errors import CaseError, ConflictError, UsageError
from winset.evidence import reviewed
from winset.services import cases, pointers
from winset.services.naming import needed
from winset.services.proposals import with_proposals
from winset.services.sources import load_case
from winset.store.casefile import CaseFile

_SAME = {
    "judgements": ("quantity", "party", "issue", "as_of", "grounds"),
    "relations": ("kind", "of", "to", "as_of", "grounds"),
    "ratifiers": ("party", "name", "grounds"),
}


def judge(
    path: Path, target: str, what: str, given: Mapping[str, str] | None = None, *, expected: int | None = None,
    why: str | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Accepts a pointer and writes down what a person judges from it, as one operation that can be undone; the record, and
    those of the same name judged from the pointer before, whose place it takes (`instead`).

    what   "haste=0.4", "trust=0.2..0.5", "discount=0.8,0.9,0.95", "relation=0.6" (a strength of 0..1) or "ratifier"
    given  of a ratifier: `name`, `chamber`, `weight`, `reservation`, and `position.ISSUE`, `salience.ISSUE`

    Raises UsageError where the pointer is not there, nothing of that name follows from it, or a number that it needs is missing.
    """
    by, at = cases.author(), cases.now()
    case = load_case(path)
    pointer = _pointer(case, target)
    name, _, number = (part.strip() for part in what.partition("="))
    known = pointers.possible(pointer)
    if name not in known:
        kept = "it stays evidence: review it with --accept" if not known else f"there are {', '.join(known)}"
        raise UsageError(f"no {name or 'judgement'!r} follows from “{pointer.kind}, {pointer.direction}”; {kept}")
    ground = {"grounds": grounds_to(pointer.grounds), "by": by}
    more = dict(given or {})
    try:
        if name == "relation":
            kind, body = "relations", _relation(pointer, number, why, ground)
        elif name == "ratifier":
            kind, body = "ratifiers", _ratifier(pointer, more, ground)
        else:
            kind, body = "judgements", _judgement(pointer, name, number, why, ground)
        draft = with_proposals(reviewed.lay(case))[0]
        extra = needed(case, draft, _parties(pointer, name), [key.partition(".")[2] for key in more if "." in key])
        if name == "ratifier" and (
            wrong := list(
                ratifier_problems(record(Fields(body, "ratifier"), ratifier_from), _names(case, draft), "ratifier")
            )
        ):
            raise UsageError("\n".join(wrong))
        review = review_to(Review(target=target, verdict="accept", by=by, at=at, why=why))
        with CaseFile.open(path, at=at) as file:
            if expected is None:
                expected = file.reviews_of(target).get(target, (None, 0))[1]
            before = _before(file, kind, body)
            file.review(
                [(review, expected)],
                at=at,
                author=by,
                records=[*extra, (kind, body)],
                instead=[*((kind, key) for key in before), *_verdicts_on(file, kind, before.values())],
                label=f"judged {what} from {target}" + (", in place of what was judged before" if before else ""),
            )
    except ConflictError:
        raise
    except CaseError as error:
        raise UsageError(str(error)) from None
    return {"target": target, "kind": kind, "record": body, "instead": list(before.values())}


def _before(file: CaseFile, kind: str, body: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Key -> record, for what was judged before of the same from the same words: its number is another, nothing else."""
    same = [one for one in _SAME[kind] if one in body]
    return {
        key: one
        for key, _, one in file.keyed(kind)
        if all(one.get(field) == body[field] for field in same)
    }  # fmt: skip


def _verdicts_on(file: CaseFile, kind: str, before: Iterable[dict[str, Any]]) -> list[tuple[str, str]]:
    """The reviews of judgements that go: they were made on another number."""
    if kind != "judgements":
        return []
    targets = {judgement_target(record(Fields(one, "judgement"), judgement_from)) for one in before}
    return [("reviews", key) for key, _, one in file.keyed("reviews") if one["target"] in targets] if targets else []


def _pointer(case: Case, target: str) -> Pointer:
    """The pointer of a target, as corrected; also one that was judged from before. Raises UsageError."""
    verdicts = reviewed.latest(case.reviews)
    of_statements = case.with_(reviews=tuple(one for one in case.reviews if one.target.startswith("statement:")))
    for one in pointers.read(reviewed.lay(of_statements)):
        if pointer_target(one) == target:
            review = verdicts.get(target)
            return reviewed.corrected_pointer(one, review) if review and review.verdict == "correct" else one
    raise UsageError(f"no pointer is named {target[:120]!r}; `winset pointers` names them")


def _parties(pointer: Pointer, name: str) -> list[str]:
    return [pointer.party, pointer.toward] if name == "relation" and pointer.toward else [pointer.party]


def _names(case: Case, draft: Case) -> Names:
    return Names.of(draft.with_(issues=tuple({one.id: one for one in (*draft.issues, *case.issues)}.values())))


def _number(text: str, what: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise UsageError(f"{what}: a number is needed, not {text[:40]!r}") from None


def _value(text: str, what: str) -> dict[str, Any]:
    """The forms of a judgement's value: one number, `low..high`, or `low,likely,high`."""
    if not text:
        raise UsageError(f"{what} needs a number of yours, such as {what}=0.4, {what}=0.3..0.5 or {what}=0.3,0.4,0.6")
    if ".." in text:
        low, _, high = text.partition("..")
        return {"range": [_number(low, what), _number(high, what)]}
    if "," in text:
        return {"likely": [_number(one, what) for one in text.split(",")]}
    return {"value": _number(text, what)}


def _judgement(pointer: Pointer, quantity: str, number: str, why: str | None, ground: dict[str, Any]) -> dict[str, Any]:
    body = {
        "quantity": quantity, "party": pointer.party, "issue": None, "as_of": plain_day(pointer.date), **_value(number, quantity), **ground,
        "note": why or f"judged from words of {pointer.kind}: {pointer.direction}",
    }  # fmt: skip
    return judgement_to(record(Fields(body, quantity), judgement_from))


def _relation(pointer: Pointer, number: str, why: str | None, ground: dict[str, Any]) -> dict[str, Any]:
    body = {
        "kind": pointer.direction, "of": pointer.party, "to": pointer.toward, "as_of": plain_day(pointer.date),
        "strength": _number(number, "relation") if number else None, "note": why, **ground,
    }  # fmt: skip
    return relation_to(record(Fields(body, "relation"), relation_from))


def _ratifier(pointer: Pointer, given: Mapping[str, str], ground: dict[str, Any]) -> dict[str, Any]:
    body: dict[str, Any] = {"party": pointer.party, **ground, "position": {}, "salience": {}}
    for key, text in given.items():
        field, _, issue = key.partition(".")
        if field in ("position", "salience") and issue:
            form = _value(text.strip(), key)
            body[field][issue] = next(iter(form.values())) if "value" in form else form
        elif key in ("name", "chamber"):
            body[key] = text.strip()
        elif key in ("weight", "reservation"):
            body[key] = _number(text, key)
        else:
            raise UsageError(
                f"a ratifier has no {key[:40]!r}; there are name, chamber, weight, reservation, position.ISSUE, salience.ISSUE"
            )
    if not body.get("name"):
        raise UsageError('a ratifier needs a name: --with name="the parliament of Arden"')
    if not body["position"]:
        raise UsageError("a ratifier needs to stand somewhere: --with position.ISSUE=VALUE, a number of yours")
    return ratifier_to(record(Fields(body, "ratifier"), ratifier_from))
