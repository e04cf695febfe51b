"""Positions as of a date, the ledger of moves, and precedents of a case."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from winset.domain.case import Case
from winset.domain.estimates import Judgement
from winset.domain.plain.positions import position_to, span_to
from winset.domain.plain.terms import fates_to
from winset.domain.plain.texts import grounds_to
from winset.domain.positions import Position
from winset.domain.reviews import precedent_target, statement_target
from winset.domain.statements import Statement
from winset.evidence import ledger as moves_of
from winset.evidence import precedents as earlier
from winset.evidence import reviewed, timeline, weights
from winset.evidence.drafts import Draft
from winset.evidence.factions import Voiced, factions
from winset.evidence.factions import names_of as called
from winset.services import precedents as told_of
from winset.services.collecting import uncollected
from winset.services.drafting import drafted, judges_positions, unjudged
from winset.services.matrix import matrix
from winset.services.sources import (
    is_case_file,
    judged_case,
    load_case,
    reviewed_case,
    reviews_of_statements,
    speakers,
    statements_named,
)
from winset.store.casefile import CaseFile

MOST_BESIDE = 2_000
"""Statements up to which positions are suggested beside judged ones here; the brief has no such limit."""
SHOWN_VOICES = 6  # the latest judgements of a party on an issue that are looked through for voices of its own


@uncollected
def positions(path: Path, *, at: date | None = None, codebook: str | None = None) -> dict[str, Any]:
    """`{"as_of", "rows", "undated", "waiting"}`: who stands where on which issue as of a date (the case's own without one).

    Beside the contract's keys a row says how often and when last the position was taken (`said`, `last_said`), what
    silence since then leaves of it (`silent_days`, `aged`), how much its sources weigh (`sources`), why it is a range
    (`why`), and voices inside the party that say otherwise (`factions`). Positions of an unknown day stay `undated` beside those
    that hold, since nobody knows which is the later. `waiting` counts suggested positions up to that day of parties on issues where
    others were judged, which are not among the rows until they are taken over.

    codebook  by which the record is read instead of the case's own, as `codebooks.load` takes it
    """
    rows: tuple[Position, ...]
    found = matrix(path, at, SHOWN_VOICES) if large(path) else None
    if found is not None:
        suggested, rows, case, undated, waiting = Draft(), found.rows, found.case, found.undated, 0
        spoken, inside = found.spoken, found.inside
        when = at or case.as_of
    else:
        case, suggested = with_suggestions(path, codebook, upto=lambda case: at or case.as_of)
        when = at or case.as_of
        more = beside(path, case, suggested, when)
        histories = suggested.positions or timeline.histories(timeline.upto(case.judgements, when))
        rows = timeline.as_of((*histories, *more.positions), when)
        undated = timeline.undated(histories, rows)
        waiting = len(more.waiting)
        recent = _recent((*case.judgements, *more.judgements), when)
        spoken = tuple(sorted({g.statement for one in recent for g in one.grounds if g.statement}))
        inside = factions(recent, speakers(path, case, spoken), called(case.parties))
    under = {g.statement for one in (*rows, *undated) for g in one.grounds if g.statement}
    if found is not None:
        case = case.with_(reviews=reviews_of_statements(path, {*spoken, *under}))
    judged = {one.target.removeprefix(statement_target("")) for one in case.reviews} & {*spoken}
    words = statements_named(path, case, sorted(under | judged))
    weigh = _weigher(path, case, suggested, words, when)
    return {
        "as_of": when.isoformat() if when else None,
        "rows": [
            {
                **position_to(row), **_standing(row, when), "why": list(row.why), "sources": weigh(row),
                "factions": [_voiced(one) for one in inside.get((row.party, row.issue), ())] if row.voice == "own" else [],
            }
            for row in rows
        ],
        "undated": [
            {**position_to(row), **_standing(row, when), "why": list(row.why), "sources": weigh(row), "factions": []}
            for row in undated
        ],
        "waiting": waiting,
    }  # fmt: skip


def _recent(judgements: Iterable[Judgement], when: date | None) -> tuple[Judgement, ...]:
    """The latest few judged positions of each party on each issue that rest on statements."""
    lines: dict[tuple[str, str | None], list[Judgement]] = {}
    for one in judgements:
        if one.quantity == "position" and one.grounds and (when is None or one.as_of is None or one.as_of <= when):
            lines.setdefault((one.party, one.issue), []).append(one)
    return tuple(
        one for line in lines.values()
        for one in sorted(line, key=lambda j: j.as_of or date.min)[-SHOWN_VOICES:]
    )  # fmt: skip


def _standing(row: Position, when: date | None) -> dict[str, Any]:
    last = timeline.last_said(row, when)
    silent = (when - last).days if when is not None and last is not None else None
    said = sum(when is None or day <= when for day in row.repeats)
    return {
        "said": 1 + said, "last_said": last.isoformat() if last else None, "silent_days": silent,
        "aged": None if silent is None else round(timeline.aged(silent), 4),
    }  # fmt: skip


def _weigher(path: Path, case: Case, suggested: Draft, words: Mapping[str, Statement], when: date | None) -> Any:
    """Row -> the weights of the statements it rests on."""
    verdicts = reviewed.latest(case.reviews)
    records = weights.records(words.values(), verdicts)
    seated = case.seats(when) or suggested.seated
    parties = {party.id for party in case.parties}

    def weigh(row: Position) -> list[dict[str, Any]]:
        found = []
        for id in dict.fromkeys(g.statement for g in row.grounds if g.statement in words):
            tellings = 1 + len(suggested.also.get(str(id), ()))
            one = weights.weigh(
                words[str(id)], row.party, parties=parties, seated=seated, tellings=tellings,
                record=records.get(weights.voice_of(words[str(id)].speaker)),
            )  # fmt: skip
            found.append(
                {
                    "statement": one.statement, "standing": one.standing, "interest": one.interest, "access": one.access,
                    "record": one.record, "independence": round(one.independence, 4), "weight": round(one.weight, 4),
                    "tellings": tellings,
                }
            )  # fmt: skip
        return found

    return weigh


def _voiced(one: Voiced) -> dict[str, Any]:
    return {
        "speaker": one.speaker, "role": one.role, **span_to(one.value),
        "date": one.date.isoformat() if one.date else None, "statement": one.statement,
    }  # fmt: skip


def with_suggestions(
    path: Path, codebook: str | None = None, *, upto: Callable[[Case], date | None] = lambda case: None
) -> tuple[Case, Draft]:  # fmt: skip
    """The case with its reviews in force, without documents and statements where somebody judged a position; else with
    what its record suggests, of what was said up to the day that `upto` names, and these suggestions by themselves."""
    case = judged_case(path)
    if judges_positions(case):
        return case, Draft()
    until = upto(case)
    if codebook is None:
        return drafted(reviewed_case(path), until=until)
    from winset.services import codebooks  # loads readers of files, which other questions need not wait for

    return drafted(reviewed.lay(codebooks.used(load_case(path), codebook)), until=until)


def large(path: Path) -> bool:
    """Whether a case file holds more statements than are read for suggestions beside what people judged."""
    if not is_case_file(path):
        return False
    with CaseFile.open(path) as file:
        return file.holds_more("statements", MOST_BESIDE)


def beside(path: Path, case: Case, suggested: Draft, until: date | None = None) -> Draft:
    """What the record of a case suggests up to a day where nobody judged, beside what people judged (see `drafting.unjudged`); nothing
    where the record is longer than MOST_BESIDE statements, which a page or a list should not wait for. `case` and `suggested` as
    `with_suggestions` gives them."""
    if suggested.positions or not judges_positions(case) or not case.parties or not case.issues:
        return Draft()
    if not case.statements and is_case_file(path):
        with CaseFile.open(path) as file:
            if not 0 < file.counts()["statements"] <= MOST_BESIDE:
                return Draft()
        case = reviewed_case(path)
    return unjudged(case, until) if len(case.statements) <= MOST_BESIDE else Draft()


def precedents(path: Path, *, at: date | None = None) -> list[dict[str, Any]]:
    """Earlier deals beside the matrix of a day, issue by issue: see `evidence.precedents`. Those that only the record tells of by then
    are among them, marked as suggested."""
    case, suggested = with_suggestions(path, upto=lambda case: at or case.as_of)
    told = told_of.with_precedents(reviewed_case(path).until(at or case.as_of))
    listed = {one.id for one in case.parties}
    case = case.with_(
        precedents=told.precedents, parties=(*case.parties, *(one for one in told.parties if one.id not in listed))
    )
    return beside_today(case, suggested.positions or timeline.histories(case.judgements), at or case.as_of)


def beside_today(case: Case, histories: Sequence[Position], at: date | None) -> list[dict[str, Any]]:
    """As `precedents`, for a case in hand."""
    held = timeline.as_of(histories, at)
    names = {one.id: one.name for one in case.parties}
    ends = moves_of.scales(histories, case.issues, (term for one in case.precedents for term in one.terms))
    return [
        {
            "name": one.name, "parties": list(one.parties), "date": one.date.isoformat() if one.date else None,
            "terms": dict(one.terms), "kept": one.kept, "broken_by": list(one.broken_by),
            "invoked_by": list(dict.fromkeys((*one.invoked_by, *(said.by for said in one.invocations)))),
            "invoked_for": [{"by": said.by, "for": said.purpose} for said in one.invocations],
            "source": one.source, "note": one.note, "suggested": one.suggested, "by": one.by, "score": one.score,
            "broken_on": one.broken_on.isoformat() if one.broken_on else None, "grounds": grounds_to(one.grounds),
            "names": {id: names[id] for id in (*one.parties, *one.broken_by, *one.invoked_by) if id in names},
            "told": fates_to(one.told), "term_grounds": {issue: grounds_to(each) for issue, each in one.term_grounds},
            "target": precedent_target(one), "why": list(one.why),
            "against_today": earlier.against_today(one, case.issues, held, ends),
            "by_party": earlier.by_party(one, case.issues, histories, held, ends),
        }
        for one in case.precedents
    ]  # fmt: skip
