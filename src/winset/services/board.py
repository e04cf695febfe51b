"""The positions of a case as the workbench shows them: the matrix of a day, what changed, one party on one issue."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from winset.domain.actors import Party
from winset.domain.case import Case
from winset.domain.estimates import Exact, Judgement, Likely, Range, Value
from winset.domain.issues import Issue
from winset.domain.plain.actors import party_to
from winset.domain.plain.estimates import judgement_to
from winset.domain.plain.fields import Fields, record
from winset.domain.plain.reviews import review_from
from winset.domain.positions import Position
from winset.domain.reviews import judgement_target
from winset.errors import CaseError, UsageError
from winset.evidence import timeline
from winset.evidence.drafts import Draft
from winset.evidence.reviewed import corrected_judgement
from winset.report.blocks import Chart
from winset.report.brief import matrix
from winset.report.brief.content import Brief
from winset.report.brief.positions import finding
from winset.report.charts.positions import position_chart
from winset.report.charts.timeline import issue_timeline
from winset.services import cases, parties
from winset.services.drafting import suggestions
from winset.services.positions import beside, large, with_suggestions
from winset.services.sources import load_case
from winset.services.taking_over import beside_judgement, beside_party
from winset.store.casefile import CaseFile


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Board:
    """The matrix of a day.

    days       on which some position changes, in order
    held       (party, issue) -> the positions that hold, the one that counts first
    before     the same at `since`
    """

    case: Case
    as_of: date | None
    since: date | None
    days: tuple[date, ...]
    parties: tuple[Party, ...]
    issues: tuple[Issue, ...]
    held: matrix.Standing
    before: matrix.Standing
    changed: frozenset[tuple[str, str]]
    absent: tuple[Party, ...]
    chart: Chart | None
    finding: str


def standing(path: Path) -> tuple[Case, Draft]:
    """All that the pages on positions are made of: the case without its record, and what that record suggests."""
    case, suggested = with_suggestions(path)
    return case.with_(documents=(), statements=()), suggested


def beside_judged(path: Path, case: Case, suggested: Draft) -> tuple[Position, ...]:
    """What the record suggests where nobody judged, beside what people judged; both as of `standing`."""
    return beside(path, case, suggested).positions


def board(
    case: Case,
    suggested: Draft,
    beside: tuple[Position, ...] = (),
    *,
    at: date | None = None,
    since: date | None = None,
) -> Board:
    """The matrix as of a day (the case's own, else the last on which a position changed), from `standing`."""
    positions = suggested.positions or timeline.histories(case.judgements)
    days = tuple(sorted({p.valid_from for p in positions if p.valid_from}))
    when = at or case.as_of or (days[-1] if days else None)
    brief = Brief(case=case, as_of=when, since=since, positions=positions, beside=beside)
    parties, issues = matrix.shown_parties(brief), matrix.shown_issues(brief)
    seated = case.seats(when) or suggested.seated
    return Board(
        case=case, as_of=when, since=since, days=days,
        parties=tuple(case.party(id) for id in parties), issues=tuple(case.issue(id) for id in issues),
        held=matrix.standing((*positions, *beside), when), before=matrix.standing(positions, since) if since else {},
        changed=frozenset((p, i) for p in parties for i in issues if matrix.changed(brief, p, i)),
        absent=tuple(one for one in case.parties if one.id not in seated) if seated else (),
        chart=position_chart(brief, parties, issues),
        finding=finding(brief, parties, issues) if issues else "",
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Cell:
    """One party on one issue: its history, the judgements behind it with their reviews, all parties over time; without an issue
    what is judged of the party on none, and `positions` where it stands on each."""

    party: Party
    issue: Issue | None
    history: tuple[Position, ...]
    judgements: tuple["Judged", ...]
    chart: Chart | None
    positions: tuple[tuple[Issue, Position | None], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Judged:
    """A judgement as it was written, as corrected (`now`), the name its reviews use, and the one that counts with its
    version."""

    judgement: Judgement
    now: Judgement
    target: str
    verdict: str | None
    by: str | None
    version: int


def cell(path: Path, party: str, issue: str | None) -> Cell:
    """One party on one issue, or on none. Raises UsageError where the case has no such party or issue."""
    case, suggested = with_suggestions(path)
    try:
        asked, on = case.party(party), case.issue(issue) if issue else None
    except CaseError as error:
        raise UsageError(str(error)) from None
    written = load_judgements(path)
    more = beside(path, case, suggested)
    if not large(path) or not any(one.quantity == "position" for one in written):
        written += suggestions(load_case(path))
    positions = suggested.positions or timeline.histories(case.judgements)
    own = tuple(p for p in (*positions, *more.positions) if p.party == party and p.issue == issue)
    with_positions = {p.party for p in positions}
    shown = [one for one in case.parties if one.id in with_positions]
    judged = []
    with CaseFile.open(path) as file:
        for one in written:
            if one.party == party and one.issue == (issue or None):
                target = judgement_target(one)
                review, version = file.reviews_of(target).get(target, (None, 0))
                verdict, by = (review["verdict"], review["by"]) if review else (None, None)
                now = one
                if review and verdict == "correct":
                    now = corrected_judgement(one, record(Fields(review, f"review of {target}"), review_from))
                judged.append(Judged(judgement=one, now=now, target=target, verdict=verdict, by=by, version=version))
    return Cell(
        party=asked, issue=on, judgements=tuple(judged),
        history=own,
        chart=issue_timeline(on, shown, positions, case.as_of) if on else None,
        positions=() if on else _of_party(case, party, (*positions, *more.positions)),
    )  # fmt: skip


def _of_party(case: Case, party: str, positions: tuple[Position, ...]) -> tuple[tuple[Issue, Position | None], ...]:
    """Where it stands on each issue as of the case's day, None where that is not known."""
    held = {one.issue: one for one in reversed(timeline.as_of(positions, case.as_of)) if one.party == party}
    return tuple((issue, held.get(issue.id)) for issue in case.issues)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class OverTime:
    """One issue over time: every step in order, and the chart whose marks lead to `#step-1`, `#step-2`, ...

    issue  None where the case has none
    """

    case: Case
    issues: tuple[Issue, ...]
    issue: Issue | None
    rows: tuple[Position, ...] = ()
    chart: Chart | None = None


def over_time(path: Path, issue: str | None = None) -> OverTime:
    """An issue of the case, the first on which a party moved where none is asked for. Raises UsageError where there is no such issue."""
    case, suggested = with_suggestions(path)
    positions = (
        *(suggested.positions or timeline.histories(case.judgements)),
        *beside(path, case, suggested).positions,
    )
    bare = case.with_(documents=(), statements=())
    if not case.issues:
        return OverTime(case=bare, issues=(), issue=None)
    steps: dict[str, int] = {}
    for one in positions:
        steps[one.issue] = steps.get(one.issue, 0) + 1
    try:
        on = case.issue(issue) if issue else max(case.issues, key=lambda one: steps.get(one.id, 0))
    except CaseError as error:
        raise UsageError(str(error)) from None
    rows = sorted((one for one in positions if one.issue == on.id), key=lambda one: one.valid_from or date.min)
    places = {id(one): f"#step-{n}" for n, one in enumerate(rows, 1)}
    own = [one for one in rows if one.voice == "own"]
    stood = {one.party for one in own}
    shown = [one for one in case.parties if one.id in stood]
    return OverTime(
        case=bare, issues=case.issues, issue=on, rows=tuple(rows),
        chart=issue_timeline(on, shown, rows, case.as_of, link=lambda one: places[id(one)]),
    )  # fmt: skip


def load_judgements(path: Path) -> tuple[Judgement, ...]:
    """The judgements as they were written, without any review."""
    with CaseFile.open(path) as file:
        return file.case(without=("documents", "statements", "reviews", "runs")).judgements


def judge(
    path: Path, *, quantity: str, party: str, issue: str | None, numbers: tuple[float, ...], as_of: date | None,
    note: str | None, named: str | None = None,
) -> Judgement:  # fmt: skip
    """Writes one judgement of a person's own; an earlier one stays in the case and gives way to it. A party and an issue that only
    the record suggests, or an issue that only the codebook has, are written with it.

    named    the name of a party that is not there yet, in the place of `party`

    numbers  one value, low and high, or low, most likely, high. Raises UsageError or CaseError where it does not fit.
    """
    by, at = cases.author(), cases.now()
    added = parties.new(path, named) if named else None
    party = added.id if added else party
    try:
        made = Judgement(
            quantity=quantity, party=party, issue=issue, value=_value(numbers), by=by, as_of=as_of, note=note or None
        )
    except ValueError as error:
        raise UsageError(str(error)) from None
    where = f"{quantity} of {added.name if added else party}" + (f" on {issue}" if issue else "")
    before = (
        [*beside_party(path, issue), ("parties", party_to(added))] if added else beside_judgement(path, party, issue)
    )
    with CaseFile.open(path, at=at) as file:
        file.put("judgements", judgement_to(made), at=at, author=by, before=before, label=f"judged the {where}")
    return made


def changes_to(numbers: tuple[float, ...], note: str | None, before: str | None) -> dict[str, Any]:
    """What a correction changes: the value where numbers are given, the note where it is another. Raises UsageError where
    that is nothing, or the numbers make no value."""
    changes: dict[str, Any] = {} if (note or None) == (before or None) else {"note": note or None}
    if numbers:
        try:
            _value(numbers)
        except ValueError as error:
            raise UsageError(str(error)) from None
        form = {1: "value", 2: "range", 3: "likely"}[len(numbers)]
        changes[form] = numbers[0] if len(numbers) == 1 else list(numbers)
    if not changes:
        raise UsageError("nothing was changed; write a number or another note first")
    return changes


def _value(numbers: tuple[float, ...]) -> Value:
    match numbers:
        case (one,):
            return Exact(one)
        case (low, high):
            return Range(low, high)
        case (low, likely, high):
            return Likely(low, likely, high)
    raise UsageError("a judgement is one number, low and high, or low, most likely and high")
