"""The ledger of a case: who moved on what, toward whom, what came back, and how that adds up over a period."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from json import JSONEncoder
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from winset.domain.case import Case
from winset.domain.plain.positions import inducement_to, move_to
from winset.domain.positions import Move, MoveStatus, Told
from winset.domain.text import Grounds
from winset.evidence import ledger as moves_of
from winset.evidence.courses import courses
from winset.evidence.drafts import Draft
from winset.evidence.inducements import ACTS, inducements
from winset.evidence.ledger import Gives, Taken
from winset.evidence.parties import names_of
from winset.evidence.steps import NOBODY, Ints
from winset.evidence.tellings import Telling, told, told_of
from winset.report.move_texts import MoveTexts
from winset.report.written import Written
from winset.services.collecting import uncollected
from winset.services.judged_columns import Ground, JudgedFile, judged_columns, judged_of, together
from winset.services.positions import with_suggestions
from winset.services.sources import acting, is_case_file, tellings
from winset.store.casefile import CaseFile

_UNREAD = ("documents", "statements", "reviews", "runs", "judgements")
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
    if case is None:
        case, suggested = with_suggestions(path, upto=lambda case: until)
        judged = judged_of(case)
    if suggested.moves:
        moved = _suggested(path, case, suggested, inside, until, window)
    else:
        moved = _of_judged(path, case, judged, since, until, window)
    documents, statements = acting(path, case, ACTS)
    lines = inducements(
        documents, statements, names_of(case.parties), seated=case.seats(until) or suggested.seated,
        dealt_with=moved.dealt_with() if statements else (),
    )  # fmt: skip
    return {
        "moves": moved.moves,
        "balance": [
            {
                "a": one.a, "b": one.b, "a_gave": one.a_gave, "b_gave": one.b_gave,
                "unanswered_a": one.unanswered_a, "unanswered_b": one.unanswered_b,
                "a_weight": one.a_weight, "b_weight": one.b_weight, "a_spent": one.a_spent, "b_spent": one.b_spent,
                "a_took_back": one.a_took_back, "b_took_back": one.b_took_back,
            }
            for one in moves_of.balance(moved.gives)
        ],
        "inducements": [inducement_to(one) for one in lines if inside(one.date)],
        "pace": [
            {
                "party": one.party, "gives": one.gives, "gave": one.gave, "per_month": one.per_month,
                "trend": one.trend, "word": one.word,
            }
            for one in moves_of.paces(moved.gives)
        ],
        "window_days": window.days,
    }  # fmt: skip


class _Moved(NamedTuple):
    """The moves of a period, what balance and pace need, and on which statements any position rests that the ledger took a move
    from."""

    moves: Written
    gives: Gives
    dealt_with: Callable[[], set[str]]


def _suggested(
    path: Path, case: Case, suggested: Draft, inside: Callable[[date | None], bool], until: date | None, window: timedelta
) -> _Moved:  # fmt: skip
    """Those that a record suggests."""
    found = moves_of.upto(suggested.moves, until, window=window)
    kept: Sequence[Move] = [move for move in found if inside(move.date)]
    kept = told(kept, tellings(path, case, {id for move in kept for id in _statements(move.grounds)}))
    return _Moved(
        Written(len(kept), lambda begin, end: [_text(move_to(move)) for move in kept[begin:end]]), moves_of.gives(kept),
        lambda: {id for each in (suggested.positions, found) for one in each for id in _statements(one.grounds)},
    )  # fmt: skip


def _of_judged(
    path: Path, case: Case, file: JudgedFile, since: date | None, until: date | None, window: timedelta
) -> _Moved:
    """Those between judged positions, from columns to text: there may be 100,000."""
    over_time = courses(file.judged)
    found = moves_of.taken(over_time.stands, case.issues, moves_of.Saliences(file.others), window=window, until=until)
    kept = np.flatnonzero(found.steps.day > (0 if since is None else since.toordinal()))
    at = found.steps.at[kept]
    alone = over_time.rests_on[at]
    rests_on, score = alone.tolist(), file.score[alone]
    why = ["[]"] * len(kept)
    several: dict[int, tuple[Ground, ...]] = {}
    if file.several:
        several = {n: file.several[one] for n, one in enumerate(rests_on) if one in file.several}
    for n in np.flatnonzero(alone < 0).tolist():
        one = over_time.several[int(at[n])]
        several[n], score[n], why[n] = one.grounds, one.score, _text(list(one.why))
    whole = len(kept) == len(found.steps.at)
    asked = list(file.statement) if whole else [file.statement[n] for n in rests_on]
    words = tellings(path, case, [*asked, *(one.statement for each in several.values() for one in each)])
    ways = _ways(found, kept, alone, file.statement, several, words)
    spent = np.zeros(len(found.steps.at), dtype=bool)
    spent[kept] = [status == "spent" for _, status in ways]

    def dealt_with() -> set[str]:
        alone = over_time.rests_on[found.steps.at]
        held = [over_time.several[one].grounds for one in found.steps.at[alone < 0].tolist()]
        held += [file.several[one] for one in alone.tolist() if one in file.several]
        return {file.statement[one] for one in alone[alone >= 0].tolist()} | {
            one.statement for each in held for one in each
        }

    def grounds(n: int) -> str:
        return together(several[n]) if n in several else file.grounds(rests_on[n])

    texts = MoveTexts(found, kept, ways=ways, grounds=grounds, score=score, why=why)
    return _Moved(texts.written(), found.gives(kept, spent), dealt_with)


Way = tuple[Told | None, MoveStatus]


def _ways(
    found: Taken, kept: Ints, rests_on: Ints, statement: Sequence[str], several: Mapping[int, Sequence[Ground]],
    words: Mapping[str, Telling],
) -> list[Way]:  # fmt: skip
    """How each step was told and what became of it, from the words under it: the statement of the judgement that it rests on, or
    `several` grounds. Most are told like many others."""
    each = [*map(words.get, statement), None]  # the last for steps that rest on several
    _, first, alike = np.unique(np.fromiter(map(id, each), np.int64, len(each)), return_index=True, return_inverse=True)
    heard = [() if (one := each[n]) is None else (one,) for n in first.tolist()]
    which = alike[rests_on]
    mover, toward = found.steps.party[kept], found.steps.toward[kept]
    tell = cache(told_of)

    def way(party: int, nobody: bool, said: tuple[Telling, ...]) -> Way:
        status = moves_of.status(None, NOBODY if nobody else 0)
        return tell(found.stands.parties[party], status, said) if said else (None, status)

    codes = ((mover * len(heard) + which) * 2 + (toward == NOBODY)).tolist()
    different = {one: way(one // 2 // len(heard), bool(one % 2), heard[one // 2 % len(heard)]) for one in set(codes)}
    ways = [different[one] for one in codes]
    for n, rests in several.items():
        said = tuple([words[one.statement] for one in rests if one.statement in words])
        ways[n] = way(int(mover[n]), toward[n] == NOBODY, said)
    return ways


def _statements(grounds: Iterable[Grounds]) -> list[str]:
    return [ground.statement for ground in grounds if ground.statement]
