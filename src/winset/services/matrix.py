"""The matrix of a case file as of a date, by reading only the judgements that it rests on, however many there are."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from winset.domain.case import Case
from winset.domain.estimates import Judgement
from winset.domain.plain.estimates import judgement_from
from winset.domain.plain.fields import Fields, record
from winset.domain.plain.quick import judgement_as_written
from winset.domain.plain.reviews import review_from
from winset.domain.positions import Position
from winset.domain.reviews import Review
from winset.evidence import reviewed, timeline
from winset.services.sources import is_case_file
from winset.store.casefile import CaseFile
from winset.store.outline import Judged

_MOVES = frozenset(("party", "issue", "as_of", "quantity", "grounds"))  # corrections that put a judgement elsewhere
_UNREAD = ("documents", "statements", "reviews", "runs", "judgements")


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """Who stands where as of a date, and the latest judgements of each party on each issue that rest on statements.

    case     without documents, statements and judgements
    reviews  those that count of judgements
    """

    case: Case
    rows: tuple[Position, ...]
    recent: tuple[Judgement, ...]


def matrix(path: Path, at: date | None, recent: int) -> Matrix | None:
    """The matrix as of `at` (the case's own day without one) with the `recent` latest judgements of each line.

    None where all judgements have to be read: for a text form, where nobody judged a position, and where a correction puts one
    into another line.
    """
    if not is_case_file(path):
        return None
    with CaseFile.open(path) as file:
        outline = file.judged_positions()
        verdicts = _verdicts(file)
        if not outline or any(
            _MOVES & dict(one.changes).keys() for one in verdicts.values() if one.verdict == "correct"
        ):
            return None
        case = file.case(without=_UNREAD)
        when = at or case.as_of
        lines = _lines(outline, when)
        held = _Held(file, verdicts, file.rejected_statements())
        held.fetch([one.row for line in lines for one in (*line.upto[-recent:], *line.after[:1])])
        rows, latest = [], []
        for line in lines:
            latest += held.latest(line.upto, recent)
            found = timeline.holding(line.party, line.issue, held.days_back(line.upto), held.days(line.after))
            if found is not None:
                rows.append(found)
    return Matrix(case=case, rows=tuple(rows), recent=tuple(latest))


@dataclass(frozen=True, slots=True)
class _Line:
    """One party on one issue: its judgements up to the day and after it, by day, then as written."""

    party: str
    issue: str
    upto: list[Judged]
    after: list[Judged]


def _lines(outline: Sequence[Judged], when: date | None) -> list[_Line]:
    day = when.isoformat() if when is not None else None
    lines: dict[tuple[str, str], _Line] = {}
    for one in outline:
        key = one.party, one.issue
        line = lines.get(key)
        if line is None:
            line = lines[key] = _Line(*key, [], [])
        (line.upto if day is None or one.day <= day else line.after).append(one)
    for line in lines.values():
        line.upto.sort(key=lambda one: one.day)
        line.after.sort(key=lambda one: one.day)
    return list(lines.values())


def _verdicts(file: CaseFile) -> dict[str, Review]:
    """The reviews of judgements that count: every target but those of statements."""
    found = (*file.reviews_of("", "statement:").values(), *file.reviews_of("statement;", "\U0010ffff").values())
    return reviewed.latest(record(Fields(one, f"review of {one['target']}"), review_from) for one, _ in found)


class _Held:
    """Judgements as reviews leave them, read when they are asked for."""

    def __init__(self, file: CaseFile, verdicts: dict[str, Review], gone: set[str]) -> None:
        self._file, self._verdicts, self._gone = file, verdicts, gone
        self._bodies: dict[int, Any] = {}
        self._judged: dict[int, tuple[Judgement, ...]] = {}

    def fetch(self, rows: Sequence[int]) -> None:
        """Reads these together, which is quicker than one after the other."""
        self._bodies |= self._file.bodies(rows)

    def _as_reviewed(self, one: Judged) -> tuple[Judgement, ...]:
        if one.row not in self._judged:
            if one.row not in self._bodies:
                self.fetch([one.row])
            body = self._bodies[one.row]
            judged = judgement_as_written(body) or record(Fields(body, "judgement"), judgement_from)
            self._judged[one.row] = reviewed.laid_without((judged,), self._verdicts, self._gone)
        return self._judged[one.row]

    def days(self, line: Sequence[Judged]) -> Iterator[tuple[date | None, list[Judgement]]]:
        """What was judged day by day; days of which nothing stands are passed over."""
        for _, same in groupby(line, key=lambda one: one.day):
            judged = [found for one in same for found in self._as_reviewed(one)]
            if judged:
                yield judged[0].as_of, judged

    def days_back(self, line: Sequence[Judged]) -> Iterator[tuple[date | None, list[Judgement]]]:
        """The same, the latest day first."""
        for _, same in groupby(reversed(line), key=lambda one: one.day):
            judged = [found for one in reversed(list(same)) for found in self._as_reviewed(one)]
            if judged:
                yield judged[0].as_of, judged

    def latest(self, line: Sequence[Judged], most: int) -> list[Judgement]:
        """The last ones that rest on something, in order."""
        found: list[Judgement] = []
        for one in reversed(line):
            if len(found) == most:
                break
            found += [judged for judged in self._as_reviewed(one) if judged.grounds]
        return found[::-1]
