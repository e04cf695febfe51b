"""The ledger of a case: who moved on what, toward whom, what came back, and how that adds up over a period."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from functools import cache
from json import JSONEncoder
from pathlib import Path
from typing import Any

from winset.domain.case import Case
from winset.domain.plain.texts import grounds_to
from winset.domain.positions import Move
from winset.domain.text import Grounds
from winset.evidence import ledger as moves_of
from winset.evidence import timeline
from winset.evidence.courses import courses
from winset.evidence.drafting import Draft, names_of
from winset.evidence.inducements import ACTS, inducements
from winset.evidence.ledger import Give
from winset.evidence.steps import NOBODY, Answers, steps
from winset.evidence.tellings import told, told_of
from winset.report.brief.contract import inducement_to, move_to
from winset.report.written import Written
from winset.services.collecting import uncollected
from winset.services.judged_columns import JudgedFile, judged_columns
from winset.services.positions import with_suggestions
from winset.services.sources import acting, is_case_file, tellings
from winset.store.casefile import CaseFile

_UNREAD = ("documents", "statements", "reviews", "runs", "judgements")
_TOLD = {None: "null", "announced": '"announced"', "reported": '"reported"'}
_text = JSONEncoder(ensure_ascii=False, allow_nan=False).encode


def ledger(
    path: Path, *, since: date | None = None, until: date | None = None, window: timedelta = moves_of.WINDOW
) -> dict[str, Any]:
    """`{"moves", "balance", "inducements", "pace"}` of a period: after `since`, up to `until` (the last on record).

    Every move with its size and what answered it within `window`, the balance per pair, rewards and penalties as lines
    of their own, and how fast each party gave. What the words of a case file tell of a move is read for these moves only.
    """
    found = written(path, since=since, until=until, window=window)
    return {**found, "moves": list(found["moves"])}


@uncollected
def written(
    path: Path, *, since: date | None = None, until: date | None = None, window: timedelta = moves_of.WINDOW
) -> dict[str, Any]:
    """As `ledger`, with the moves as `Written`: 100,000 of them are no objects unless they are asked for."""

    def inside(day: date | None) -> bool:
        if since is None and until is None:
            return True
        return day is not None and (since is None or day > since) and (until is None or day <= until)

    case, suggested = None, Draft()
    if is_case_file(path):
        with CaseFile.open(path) as file:
            judged = judged_columns(file)
            case = file.case(without=_UNREAD) if judged.judges_positions else None
    if case is not None:
        moved = _of_columns(path, case, judged, since, until, window)
    else:
        case, suggested = with_suggestions(path)
        moved = _of_case(path, case, suggested, inside, until, window)
    documents, statements = acting(path, case, ACTS)
    lines = inducements(
        documents, statements, names_of(case.parties), seated=case.seats(until) or suggested.seated,
        dealt_with=moved.dealt_with() if statements else (),
    )  # fmt: skip
    return {
        "moves": Written(moved.texts),
        "balance": [
            {
                "a": one.a, "b": one.b, "a_gave": one.a_gave, "b_gave": one.b_gave,
                "unanswered_a": one.unanswered_a, "unanswered_b": one.unanswered_b,
                "a_weight": one.a_weight, "b_weight": one.b_weight, "a_spent": one.a_spent, "b_spent": one.b_spent,
                "a_took_back": one.a_took_back, "b_took_back": one.b_took_back,
            }
            for one in moves_of.balance_of(moved.gives)
        ],
        "inducements": [inducement_to(one) for one in lines if inside(one.date)],
        "pace": [
            {
                "party": one.party, "gives": one.gives, "gave": one.gave, "per_month": one.per_month,
                "trend": one.trend, "word": one.word,
            }
            for one in moves_of.paces_of(moved.gives)
        ],
        "window_days": window.days,
    }  # fmt: skip


class _Moved:
    """The moves of a period: their JSON texts, what balance and pace need, and on which statements any position rests that the
    ledger took a move from."""

    def __init__(self, texts: Sequence[str], gives: Sequence[Give], dealt_with: Callable[[], set[str]]) -> None:
        self.texts, self.gives, self.dealt_with = texts, gives, dealt_with


def _of_case(
    path: Path, case: Case, suggested: Draft, inside: Callable[[date | None], bool], until: date | None, window: timedelta
) -> _Moved:  # fmt: skip
    """Of a text form, or of what a record suggests."""
    if suggested.moves:
        found = moves_of.upto(suggested.moves, until, window=window)
    else:
        found = moves_of.moves(
            timeline.histories(case.judgements), case.issues, judgements=case.judgements, window=window, until=until
        )
    kept: Sequence[Move] = [move for move in found if inside(move.date)]
    kept = told(kept, tellings(path, case, sorted({id for move in kept for id in _statements(move.grounds)})))
    return _Moved(
        [_text(move_to(move)) for move in kept], moves_of.gives(kept),
        lambda: {id for each in (suggested.positions, found) for one in each for id in _statements(one.grounds)},
    )  # fmt: skip


def _of_columns(
    path: Path, case: Case, file: JudgedFile, since: date | None, until: date | None, window: timedelta
) -> _Moved:
    """The same of what is judged in a case file, from columns to text."""
    over_time = courses(file.judged)
    stands, rests_on, several = over_time.stands, over_time.rests_on, over_time.several
    found = steps(stands, moves_of.scales_of(case.issues, stands.seen), None if until is None else until.toordinal())
    answers = Answers(found.party, found.toward, found.day, window.days)
    weights = moves_of.weighed(found, stands, moves_of.Saliences(file.others))
    after = 0 if since is None else since.toordinal()
    kept = [n for n, day in enumerate(found.day) if day > after]
    lone = [(file.statement[one] if one >= 0 else "") for one in rests_on]
    wanted = {lone[found.at[n]] for n in kept}
    wanted |= {id for n in kept if (at := found.at[n]) in several for id in _statements(several[at].grounds)}
    words = tellings(path, case, sorted(wanted - {""}))
    tell = cache(told_of)
    ids = [_text(moves_of.name(n)) for n in range(len(found.at))]
    parties, issues = ([_text(name) for name in names] for names in (stands.parties, stands.issues))
    days = {day: _text(date.fromordinal(day).isoformat()) for day in set(found.day)}
    named = [ids[n] for n in answers.gives]
    texts, gives = [], []
    columns = zip(
        ids, found.at, found.party, found.issue, found.day, found.start, found.end, found.size, found.share, weights,
        found.toward, answers.begin, answers.end, strict=True,
    )  # fmt: skip
    for n, (id, at, mover, issue, day, start, end, size, share, weight, toward, first, last) in enumerate(columns):
        if day <= after:
            continue
        party = stands.parties[mover]
        if at in several:
            one = several[at]
            rests = tuple([words[id] for id in _statements(one.grounds) if id in words])
            grounds, score, why = _text(grounds_to(one.grounds)), one.score, _text(list(one.why))
        else:
            rests = (words[lone[at]],) if lone[at] in words else ()
            grounds, score, why = file.grounds[rests_on[at]], file.score[rests_on[at]], "[]"
        manner, status = (
            tell(party, moves_of.status(None, toward), rests) if rests else (None, moves_of.status(None, toward))
        )
        undone = found.undone.get(n)
        back, taken = (", ".join([ids[k] for k in undone.by]), undone.share) if undone else ("", 0.0)
        texts.append(
            f'{{"id": {id}, "party": {parties[mover]}, "issue": {issues[issue]}, "from": {start!r}, "to": {end!r}, '
            f'"date": {days[day]}, "toward": {"null" if toward == NOBODY else parties[toward]}, "status": "{status}", '
            f'"answered_by": [{", ".join(named[first:last])}], "grounds": {grounds}, "size": {size!r}, "share": {share!r}, '
            f'"weight": {"null" if weight is None else repr(weight)}, "told": {_TOLD[manner]}, "reversed_by": [{back}], '
            f'"taken_back": {round(taken, 9)!r}, "score": {score!r}, "why": {why}}}'
        )  # fmt: skip
        if toward != NOBODY:
            gives.append(
                Give(party, stands.parties[toward], day, share, weight, last > first, status == "spent", taken)
            )  # fmt: skip
    return _Moved(
        texts, gives,
        lambda: {lone[at] for at in found.at} | {id for at in found.at if at in several for id in _statements(several[at].grounds)},
    )  # fmt: skip


def _statements(grounds: Iterable[Grounds]) -> list[str]:
    return [ground.statement for ground in grounds if ground.statement]
