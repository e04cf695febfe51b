"""Reviewing: what people decide about statements and judgements, one at a time or all that a list shows."""

import json
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from winset.domain.case import Case
from winset.domain.estimates import Judgement
from winset.domain.plain.estimates import judgement_to
from winset.domain.plain.fields import Fields, record
from winset.domain.plain.references import Names, judgement_problems
from winset.domain.plain.reviews import review_from, review_to
from winset.domain.plain.statements import statement_from, statement_to
from winset.domain.reviews import VERDICTS, Review, Verdict, judgement_target, statement_target
from winset.errors import CaseError, UsageError
from winset.evidence.reviewed import corrected, corrected_judgement, latest
from winset.services import cases
from winset.services.review_order import Next, Rests, following, in_order
from winset.services.sources import load_case
from winset.store.casefile import CaseFile
from winset.store.queue import ORDERS, Order, Wanted

__all__ = [
    "ORDERS", "VERDICTS", "Next", "Rests", "Seen", "Wanted", "changes_from", "following", "judgement_target", "statement_target",
]  # fmt: skip
MOST_AT_ONCE = 1000
SUGGESTED = ("proposal", "answer", "precedent", "pointer")  # beside statements and judgements


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A statement as its reviewer sees it: as read, as corrected, its text, and what was decided so far.

    version  of that review, 0 for none: to be given back with the next verdict
    """

    id: str
    read: dict[str, Any]
    now: dict[str, Any]
    text: str
    title: str
    day: str | None
    language: str | None
    review: dict[str, Any] | None
    version: int


def listed(path: Path) -> list[dict[str, Any]]:
    """The review that counts of each target, in the order in which they were first made, and those that are unsettled."""
    reviews = load_case(path).reviews
    counting = set(map(id, latest(reviews).values()))
    return [review_to(one) for one in reviews if id(one) in counting or one.unsettled]


def wanted(
    path: Path, *, state: str | None = None, order: str = "case", doc: str | None = None, who: str | None = None,
    issue: str | None = None, phrase: str | None = None, suggested: Sequence[str] = (),
) -> Wanted:  # fmt: skip
    """What to review and in which order. Of an issue: the statements that judgements on it rest on, and those `suggested`.

    Raises UsageError, naming the orders and states there are.
    """
    known: dict[str, Order] = {one: one for one in ORDERS}
    if order not in known:
        raise UsageError(f"no order {order!r}; there are {', '.join(ORDERS)}")
    if state not in (None, "any", *VERDICTS):
        raise UsageError(f"no state {state!r}; there are any, {', '.join(VERDICTS)}")
    only = None
    if issue:
        with CaseFile.open(path) as file:
            held = file.page("judgements", count=-1)
        grounds = [ground for one in held if one.get("issue") == issue for ground in one.get("grounds") or []]
        only = tuple(dict.fromkeys([*(str(one["statement"]) for one in grounds if one.get("statement")), *suggested]))
    return Wanted(state=state, order=known[order], doc=doc or None, who=who or None, only=only, phrase=phrase or None)


def page(path: Path, which: Wanted, *, start: int = 0, count: int = 50) -> list[Seen]:
    """`count` statements of the queue from the `start`-th on."""
    return page_and_rests(path, which, start=start, count=count)[0]


def page_and_rests(path: Path, which: Wanted, *, start: int = 0, count: int = 50) -> tuple[list[Seen], Rests | None]:
    """As `page`, with what the order rests on; None for the order of the case."""
    with CaseFile.open(path) as file:
        rows, rests = in_order(file, which, start=start, count=count)
        return [_seen(file, one["id"]) for one in rows], rests


def waiting(path: Path, which: Wanted) -> tuple[list[dict[str, Any]], Rests | None]:
    """All statements that are wanted, in order and as they were read, each with its target, its review and that review's version,
    and what the order rests on; None for the order of the case."""
    with CaseFile.open(path) as file:
        rows, rests = in_order(file, which, count=-1)
        made = file.reviews_of(statement_target(""))
    shown = []
    for one in rows:
        target = statement_target(str(one["id"]))
        review, version = made.get(target, (None, 0))
        shown.append({"target": target, "statement": one, "review": review, "version": version})
    return shown, rests


def number(path: Path, which: Wanted) -> int:
    """How many statements are wanted."""
    with CaseFile.open(path) as file:
        return file.number_waiting(which)


def choices(path: Path) -> dict[str, list[tuple[str, str]]]:
    """What the queue can be narrowed to, each as (id, what it is called): documents, speakers' parties (or speakers), issues."""
    with CaseFile.open(path) as file:
        docs, voices = file.docs_and_voices()
        parties = {str(one["id"]): str(one.get("name") or one["id"]) for one in file.page("parties", count=-1)}
        titles = file.titles(docs)
        issues = [(str(one["id"]), str(one.get("question") or one["id"])) for one in file.page("issues", count=-1)]
    return {
        "docs": [(id, titles.get(id, id)) for id in docs],
        "voices": [(id, parties.get(id, id)) for id in voices],
        "issues": issues,
    }


def parties(path: Path) -> list[tuple[str, str]]:
    """(id, name) of the parties that a speaker can be told to speak for."""
    with CaseFile.open(path) as file:
        return [(str(one["id"]), str(one.get("name") or one["id"])) for one in file.page("parties", count=-1)]


def seen(path: Path, id: str) -> Seen:
    """One statement for its reviewer. Raises UsageError where there is none of that id."""
    with CaseFile.open(path) as file:
        return _seen(file, id)


def _seen(file: CaseFile, id: str) -> Seen:
    found = file.get("statements", id)
    if found is None:
        raise UsageError(f"no statement {id!r} in this case")
    read = found[0]
    held = file.get("documents", read["doc"])
    target = statement_target(id)
    review, version = file.reviews_of(target).get(target, (None, 0))
    return Seen(
        id=id, read=read, now=as_corrected(read, review), review=review, version=version,
        text=held[0]["text"] if held else "", language=held[0].get("language") if held else None, day=held[0].get("date") if held else None, title=str((held[0].get("title") if held else None) or read["doc"]),
    )  # fmt: skip


def as_corrected(read: dict[str, Any], review: dict[str, Any] | None) -> dict[str, Any]:
    """A statement's plain values, with the correction laid over them where its review is one."""
    if review is None or review["verdict"] != "correct":
        return read
    made = record(Fields(review, "review"), review_from)
    return statement_to(corrected(record(Fields(read, f"statement {read['id']}"), statement_from), made))


def decide(
    path: Path, target: str, verdict: str, *, expected: int | None = None, changes: Mapping[str, Any] | None = None,
    why: str | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Writes one review, at once and as an operation that can be undone; the review.

    target    "statement:ID" or a judgement's, as `judgement_target` forms it; a bare id is a statement's
    expected  the version of the review that was shown, 0 for none; None means whatever there is now
    changes   of "correct": fields of the text form; of `speaker` only those that change

    Raises UsageError for an unknown target or a correction that does not fit, ConflictError where another was faster.
    """
    known: dict[str, Verdict] = {one: one for one in VERDICTS}
    if verdict not in known:
        raise UsageError(f"no verdict {verdict!r}; there are {', '.join(VERDICTS)}")
    if bool(changes) != (verdict == "correct"):
        raise UsageError("a correction names the fields it changes; no other verdict does")
    by, at = cases.author(), cases.now()
    target = target if ":" in target.partition("#")[0] else statement_target(target)
    review = Review(
        target=target, verdict=known[verdict], by=by, at=at, why=why, changes=tuple((changes or {}).items())
    )
    with CaseFile.open(path, at=at) as file:
        _fits(file, review)
        if expected is None:
            expected = file.reviews_of(target).get(target, (None, 0))[1]
        body = review_to(review)
        file.review([(body, expected)], at=at, author=by, label=f"{verdict} {target.removeprefix('statement:')}")
    return body


def decide_all(path: Path, verdict: str, ids: Sequence[tuple[str, int]]) -> int:
    """One verdict on many statements as one operation: all of them or, after a conflict, none; how many.

    ids  (statement, version of the review that was shown)
    """
    known: dict[str, Verdict] = {one: one for one in VERDICTS if one != "correct"}
    if verdict not in known:
        raise UsageError(f"no verdict {verdict!r} for many at once; there are {', '.join(known)}")
    if not 0 < len(ids) <= MOST_AT_ONCE:
        raise UsageError(f"1 to {MOST_AT_ONCE} statements are decided at once, not {len(ids)}")
    by, at = cases.author(), cases.now()
    with CaseFile.open(path, at=at) as file:
        bodies = []
        for id, version in ids:
            review = Review(target=statement_target(id), verdict=known[verdict], by=by, at=at)
            _fits(file, review)
            bodies.append((review_to(review), version))
        file.review(bodies, at=at, author=by, label=f"{verdict} {len(ids)} statements")
    return len(ids)


def _fits(file: CaseFile, review: Review) -> None:
    """Raises UsageError where the target is not there or the correction does not fit it."""
    kind, _, id = review.target.partition(":")
    try:
        if kind == "statement":
            found = file.get("statements", id)
            if found is None:
                raise UsageError(f"no statement {id!r} in this case")
            held = file.get("documents", found[0]["doc"])
            one = record(Fields(found[0], f"statement {id}"), statement_from)
            if review.verdict == "correct":
                corrected(one, review, length=len(held[0]["text"]) if held else None)
            return
        from winset.services.drafting import unreviewed  # loads NumPy, which statements need not wait for

        if kind in SUGGESTED:
            from winset.services import suggestions as read  # as above

            read.fits(file.case(), review)
            return
        case = file.case(without=("documents", "statements", "reviews", "runs"))
        if not _among(case.judgements, review.target):
            case = unreviewed(file.case())[0]
        for judgement in case.judgements:
            if judgement_target(judgement) == review.target:
                if review.verdict == "correct":
                    _judgement_fits(case, corrected_judgement(judgement, review))
                return
    except CaseError as error:
        raise UsageError(str(error)) from None
    raise UsageError(
        f"nothing in this case is named {review.target!r}; `winset reviews --judgements` and `--suggestions` name them"
    )


def _among(written: Sequence[Judgement], target: str) -> bool:
    return any(judgement_target(one) == target for one in written)


def _judgement_fits(case: Case, judgement: Judgement) -> None:
    if wrong := list(judgement_problems(judgement, Names.of(case), "the correction")):
        raise CaseError("\n".join(wrong))


def targets(path: Path, *, order: str = "case") -> list[dict[str, Any]]:
    """The judgements that can be reviewed, those that the record suggests among them, each with its target, its review and that
    review's version; in the order of the case, or those not reviewed first by their learned scores: least sure first ("doubt")
    or last ("sure"). Raises UsageError for another order.
    """
    if order not in ORDERS:
        raise UsageError(f"no order {order!r}; there are {', '.join(ORDERS)}")
    from winset.services.drafting import suggestions  # as above

    case: Case = load_case(path)
    with CaseFile.open(path) as file:
        made = file.reviews_of("")
    shown: list[dict[str, Any]] = []
    for judgement in (*case.judgements, *suggestions(case)):
        target = judgement_target(judgement)
        review, version = made.get(target, (None, 0))
        shown.append({"target": target, "judgement": judgement_to(judgement), "review": review, "version": version})
    if order != "case":
        sign = 1 if order == "doubt" else -1
        shown.sort(key=lambda one: (one["review"] is not None, sign * one["judgement"].get("score", 1.0)))
    return shown


def made_of(path: Path, kinds: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Target -> its review and that review's version, for the targets of some kinds."""
    with CaseFile.open(path) as file:
        return {
            target: {"review": review, "version": version}
            for kind in kinds
            for target, (review, version) in file.reviews_of(f"{kind}:").items()
        }


def records(path: Path) -> list[dict[str, Any]]:
    """Proposals, answers to them, earlier deals and pointers that can be reviewed, each with its target, its plain form, its review
    and that review's version."""
    from winset.services import suggestions as read  # loads NumPy, which statements need not wait for

    with CaseFile.open(path) as file:
        made = file.reviews_of("")
    return [
        {"target": one.target, "kind": one.kind, "record": one.plain, "review": made.get(one.target, (None, 0))[0],
         "version": made.get(one.target, (None, 0))[1]}
        for one in read.reviewable(load_case(path))
    ]  # fmt: skip


def words_of(line: str) -> list[str]:
    """What was written in one line, apart at blanks that stand in no quotation marks. Raises UsageError for an open one."""
    try:
        return shlex.split(line)
    except ValueError:
        raise UsageError(f"a quotation mark is not closed in {line[:60]!r}") from None


def changes_from(pairs: Sequence[str]) -> dict[str, Any]:
    """`field=value` as the changes of a correction: `act=demand`, `speaker.name=Ann Bell`, `content=[[3, 20]]`.

    A value that is JSON is taken as such, any other as text. Raises UsageError.
    """
    changes: dict[str, Any] = {}
    for pair in pairs:
        name, equals, text = pair.partition("=")
        if not equals or not name.strip():
            raise UsageError(f"a correction is written field=value, not {pair[:60]!r}")
        try:
            value: Any = json.loads(text)
        except (ValueError, RecursionError):
            value = text
        outer, dot, inner = name.strip().partition(".")
        if dot:
            changes.setdefault(outer, {})[inner] = value
        else:
            changes[outer] = value
    return changes
