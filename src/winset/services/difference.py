"""What changed in a case since a day, an undo point or another case: words, positions, sources, and the numbers that rest on them."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from winset.domain.case import Case
from winset.domain.plain.positions import position_to
from winset.domain.positions import Move, Position
from winset.domain.runs import Run
from winset.domain.statements import Statement
from winset.domain.text import Document
from winset.errors import UsageError, WinsetError
from winset.evidence import reviewed, timeline
from winset.evidence.drafts import Draft
from winset.evidence.ledger import moves
from winset.evidence.repeats import fold
from winset.formulation.alignment import formulate
from winset.formulation.uncertainty import USED_BY
from winset.models.similarity.distances import distances
from winset.report.words import speaker
from winset.services.drafting import drafted
from winset.services.sources import reviewed_case
from winset.store.casefile import CaseFile

LEAST = 1e-9  # a smaller change of a number is none
SHOWN = 200  # new statements whose words a page shows


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _State:
    """A case with its positions, as of a day; `suggested` where nobody judged any of them, with the moves that the record suggests."""

    case: Case
    histories: tuple[Position, ...]
    moves: tuple[Move, ...]
    suggested: bool
    day: date | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Shown:
    """What a page on a difference needs: the case without its record, the answer, and the words of its statements.

    found      None where there is nothing to compare with yet
    statement  id -> who says it (`speaker`), its words, its document's title and day
    marks      names of the undo points there are, the newest first
    """

    case: Case
    found: dict[str, Any] | None
    statement: dict[str, dict[str, Any]]
    marks: tuple[str, ...]


def difference(
    path: Path, *, since: date | None = None, mark: str | None = None, against: Path | None = None, at: date | None = None
) -> dict[str, Any]:  # fmt: skip
    """`{"statements", "first_said", "gone", "positions", "sources", "numbers"}`: what holds at `at` (the case's own day, else the last on record) and did not at `since`, or did
    not when the undo point `mark` was set, or does not in the case `against`.

    statements  "new": ids first said in between; "repeated": ids told in between of what was said before
    first_said  which statement said what a repeated one says
    gone        ids of statements that the undo point had and a review or a change took away
    positions   per party and issue the row before (null where none) and after (null where none holds any more), with their grounds
    numbers     what methods answer at either where that differs (of suggested positions only distances and what was given), and the
                judgements that differ between them
    Raises UsageError where `since` is not before `at`, where no undo point has that name, or where not just one of the three is given.
    """
    return _between(path, reviewed_case(path), since, mark, at, against)[1]


def shown(
    path: Path, *, since: date | None = None, mark: str | None = None, against: Path | None = None, at: date | None = None
) -> Shown:  # fmt: skip
    """As `difference`, with what a page shows of it; without `since` and `mark` the last day before the newest sources."""
    case = reviewed_case(path)
    with CaseFile.open(path) as file:
        marks = tuple(file.marks())
    if since is None and mark is None and against is None:
        days = sorted({one.date for one in case.documents if one.date and (at is None or one.date <= at)})
        if not days:
            return Shown(case=case.with_(documents=(), statements=()), found=None, statement={}, marks=marks)
        since = days[-2] if len(days) > 1 else days[0] - timedelta(days=1)
        at = at or days[-1]
    known, found = _between(path, case, since, mark, at, against)
    said = found["statements"]
    wanted = {*said["new"][:SHOWN], *said["repeated"][:SHOWN], *found["first_said"].values()}
    documents = {one.id: one for one in known.documents}
    words_of = {
        one.id: {
            "speaker": speaker(one.speaker), "doc": one.doc, "title": documents[one.doc].title or one.doc,
            "date": documents[one.doc].date, "words": " … ".join(span.of(documents[one.doc].text) for span in one.content),
        }
        for one in known.statements if one.id in wanted and one.doc in documents
    }  # fmt: skip
    return Shown(case=known.with_(documents=(), statements=()), found=found, statement=words_of, marks=marks)


def _between(
    path: Path, case: Case, since: date | None, mark: str | None, at: date | None, against: Path | None = None
) -> tuple[Case, dict[str, Any]]:
    if sum(one is not None for one in (since, mark, against)) != 1:
        raise UsageError("compare with a day, with an undo point or with another case, with one of them")
    now = _state(case, at)
    if since is not None:
        if now.day is not None and since >= now.day:
            raise UsageError(f"{since} is not before {now.day}, the day the case is read at; choose an earlier day")
        return now.case, _since(now, since)
    if against is not None:
        then = _state(reviewed_case(against), at)
        since = then.day
    else:
        with CaseFile.open(path) as file:
            before, since = file.case_at(mark or "")
        then = _state(reviewed.lay(before), at)
    had, have = _held(then.case), _held(now.case)
    documents = {one.id: one.sha256 for one in then.case.documents}
    return now.case, _told_between(
        then, now, since,
        told=[one for one in now.case.statements if one.id not in had or had[one.id] != have[one.id]],
        sources=[one for one in now.case.documents if documents.get(one.id) != one.sha256],
        gone=[id for id, whole in had.items() if have.get(id) != whole],
        mark=mark, against=against,
    )  # fmt: skip


def since_day(
    case: Case, found: Draft, positions: tuple[Position, ...], since: date, at: date | None
) -> dict[str, Any]:
    """As `difference` since a day, of a case in hand with what its record suggests and the positions drawn from both."""
    if at is not None and since >= at:
        raise UsageError(f"{since} is not before {at}, the day the case is read at; choose an earlier day")
    return _since(
        _State(case=case, histories=positions, moves=found.moves, suggested=bool(found.positions), day=at), since
    )


def _since(now: _State, since: date) -> dict[str, Any]:
    day_of = _told(now.case)
    return _told_between(
        replace(now, day=since), now, since,
        told=[one for one in now.case.statements if _inside(day_of(one), since, now.day)],
        sources=[one for one in now.case.documents if _inside(one.date, since, now.day)],
    )  # fmt: skip


def _held(case: Case) -> dict[str, str]:
    """Statement -> the digest of its document, which tells apart statements of one id in two cases."""
    whole = {one.id: one.sha256 for one in case.documents}
    return {one.id: whole.get(one.doc, "") for one in case.statements}


def _told_between(
    then: _State, now: _State, since: date | None, *, told: Sequence[Statement], sources: Sequence[Document],
    gone: Sequence[str] = (), mark: str | None = None, against: Path | None = None,
) -> dict[str, Any]:  # fmt: skip
    first = _first_said(now.case)
    suggested = now.suggested or then.suggested
    return {
        "since": since.isoformat() if since else None, "mark": mark, "against": str(against) if against else None,
        "as_of": now.day.isoformat() if now.day else None,
        "statements": {
            "new": [one.id for one in told if one.id not in first],
            "repeated": [one.id for one in told if one.id in first],
        },
        "first_said": {one.id: first[one.id] for one in told if one.id in first}, "gone": list(gone),
        "positions": _positions(then, now),
        "sources": [
            {"doc": one.id, "title": one.title, "date": one.date.isoformat() if one.date else None} for one in sources
        ],
        "numbers": [*([] if suggested else _numbers(then, now)), *_between_parties(then, now)],
    }  # fmt: skip


def _state(case: Case, at: date | None) -> _State:
    until = at or case.as_of
    known, found = drafted(case, until=until)
    days = [document.date for document in case.documents if document.date]
    days += [one.as_of for one in case.judgements if one.as_of]
    return _State(
        case=known, histories=found.positions or timeline.histories(timeline.upto(known.judgements, until)), moves=found.moves,
        suggested=bool(found.positions),
        day=at or case.as_of or max(days, default=None),
    )  # fmt: skip


def _inside(day: date | None, since: date, until: date | None) -> bool:
    return day is not None and since < day and (until is None or day <= until)


def _told(case: Case) -> Callable[[Statement], date | None]:
    """The day on which a statement was told: its document's, else its own."""
    days = {document.id: document.date for document in case.documents}
    return lambda one: days.get(one.doc) or (one.date.start if one.date else None)


def _first_said(case: Case) -> dict[str, str]:
    """Statement -> the earlier one that it repeats."""
    told = _told(case)
    order = sorted(case.statements, key=lambda one: told(one) or date.min)
    return {id: first for first, group in fold(case.documents, order).items() for id in group}


def _standing(state: _State) -> dict[tuple[str, str], Position]:
    """Where each party stands of itself on the day of a state."""
    own = [one for one in state.histories if one.voice == "own"]
    return {(one.party, one.issue): one for one in timeline.as_of(own, state.day)}


def _positions(then: _State, now: _State) -> list[dict[str, Any]]:
    before, after = _standing(then), _standing(now)
    changed = [
        key for key, one in after.items()
        if key not in before or (before[key].value, before[key].condition) != (one.value, one.condition)
    ]  # fmt: skip
    return [
        {
            "party": party, "issue": issue,
            "before": position_to(before[party, issue]) if (party, issue) in before else None,
            "after": position_to(after[party, issue]) if (party, issue) in after else None,
        }
        for party, issue in (*changed, *(key for key in before if key not in after))
    ]  # fmt: skip


def _numbers(then: _State, now: _State) -> Iterable[dict[str, Any]]:
    """What the methods that run on either answer otherwise."""
    from winset.services import (  # load these methods, which a brief without a day to compare with need not wait for
        bargaining,
        offers,
    )

    asked: tuple[tuple[str, Callable[[Case, date | None], Run], Callable[[Any], dict[str, float]]], ...] = (
        ("bargaining", bargaining.of_case, _of_deals),
        ("offers", offers.of_case, _of_offers),
    )
    for method, of_case, read in asked:
        before, after = _answer(of_case, read, then), _answer(of_case, read, now)
        if before is None and after is None:
            continue
        because, seated = _because(then, now, USED_BY[method]), then.case.signers(then.day) != now.case.signers(now.day)
        why = _why(because, seated=method == "offers" and seated)
        for name in dict.fromkeys((*(before or {}), *(after or {}))):
            a, b = (before or {}).get(name), (after or {}).get(name)
            if a is None or b is None or abs(a - b) > LEAST:
                yield {
                    "what": f"{method}: {name}",
                    "method": method,
                    "before": a,
                    "after": b,
                    "why": why,
                    "because": because,
                }


def _between_parties(then: _State, now: _State) -> Iterable[dict[str, Any]]:
    """How far each pair of parties stands apart and what each gave the other, where that differs."""
    for method, read, words, nothing, quantities in (
        ("alignment", _apart, "distance between {} and {}", None, ("position", "salience")),
        ("ledger", _given, "what {} gave {}, in shares of a scale", 0.0, ("position",)),
    ):
        before, after, because = read(then), read(now), _because(then, now, quantities)
        for pair in dict.fromkeys((*before, *after)):
            was, was_on = before.get(pair, (nothing, frozenset()))
            is_now, now_on = after.get(pair, (nothing, frozenset()))
            if was is None or is_now is None or abs(was - is_now) > LEAST:
                theirs = [one for one in because if one["party"] in pair]
                on = was_on | now_on
                rests = [one for one in theirs if one["issue"] in on] or theirs or because
                yield {
                    "what": f"{method}: {words.format(*pair)}", "method": method, "pair": list(pair), "before": was,
                    "after": is_now, "why": _why(rests, read=now.suggested), "because": rests,
                }  # fmt: skip


Between = dict[tuple[str, str], tuple[float, frozenset[str]]]  # pair of parties -> a number and the issues it rests on


def _apart(state: _State) -> Between:
    """How far apart each pair stands that shares an issue, and the issues on which both have a position."""
    inputs = formulate(state.case, state.day, positions=state.histories).inputs
    apart, parties, known = distances(inputs).distance, inputs.parties, ~np.isnan(inputs.position)
    return {
        (a, b): (float(apart[n, k]), frozenset(inputs.issues[m] for m in np.flatnonzero(known[n] & known[k])))
        for n, a in enumerate(parties) for k, b in enumerate(parties) if n < k and not np.isnan(apart[n, k])
    }  # fmt: skip


def _given(state: _State) -> Between:
    """What each party gave another in shares of scales, over all moves up to the day, and the issues it moved on."""
    found: Between = {}
    made = state.moves or moves(state.histories, state.case.issues)
    for one in made:
        if (
            one.toward is not None
            and one.share is not None
            and one.date
            and (state.day is None or one.date <= state.day)
        ):
            given, on = found.get((one.party, one.toward), (0.0, frozenset()))
            found[one.party, one.toward] = given + one.share, on | ({one.issue} if one.issue else frozenset())
    return found


def _answer(
    of_case: Callable[[Case, date | None], Run], read: Callable[[Any], dict[str, float]], state: _State
) -> dict[str, float] | None:
    """None where the method cannot run on what was known then."""
    try:
        return read(of_case(state.case, state.day).result)
    except WinsetError:
        return None


_CALLED = {"nash": "Nash", "kalai_smorodinsky": "Kalai-Smorodinsky"}  # solutions named after people


def _of_deals(result: Any) -> dict[str, float]:
    found: dict[str, float] = {}
    if result.get("zone") is not None:
        found["outcomes better than no deal for everybody"] = float(result["zone"])
    for name, one in (result.get("solutions") or {}).items():
        if one:
            found |= {
                f"{_CALLED.get(name, name)} deal, worth to {party}": float(worth)
                for party, worth in zip(result["parties"], one["utilities"], strict=True)
            }
    return found


def _of_offers(result: Any) -> dict[str, float]:
    if result["shares"] is None:
        return {}
    return {f"share of {party}": float(x) for party, x in zip(result["parties"], result["shares"], strict=True)}


def _because(then: _State, now: _State, quantities: Collection[str]) -> list[dict[str, Any]]:
    """Which judgements of these quantities say something else: quantity, party, issue, and how."""
    told = []
    judgements = (*then.case.judgements, *now.case.judgements)
    read = [_standing(one) for one in (then, now)] if then.suggested and now.suggested else None
    for quantity, party, issue in dict.fromkeys(
        (j.quantity, j.party, j.issue) for j in judgements if j.quantity in quantities
    ):
        was: object
        is_now: object
        if read is not None and quantity == "position" and issue is not None:  # the latest holds, reviewed or not
            was, is_now = (stood.value if (stood := held.get((party, issue))) else None for held in read)
        else:
            was, is_now = (
                found.value if (found := one.case.judgement(quantity, party, issue, one.day)) else None
                for one in (then, now)
            )
        if was != is_now:
            how = "first judged" if was is None else "no longer judged" if is_now is None else "judged anew"
            told.append({"quantity": quantity, "party": party, "issue": issue, "how": how})
    return told


def _why(because: Iterable[dict[str, Any]], *, seated: bool = False, read: bool = False) -> str:
    """The same in words, and whether others sit at the table; `read` where nobody judged, and the record suggests."""
    told = [
        f"{one['quantity']} of {one['party']}{f' on {issue}' if (issue := one['issue']) else ''} {one['how']}"
        for one in because
    ]
    said = (
        "; ".join([*told, *(["others sit at the table"] if seated else [])])
        or "nothing that this method uses was judged anew"
    )
    return said.replace(" judged", " read") if read else said
