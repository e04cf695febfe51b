"""The matrix of a case file as of a date, by reading only the judgements that it rests on, however many there are."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, islice
from pathlib import Path
from typing import Any, NamedTuple

from winset.domain.case import Case
from winset.domain.estimates import Judgement, Table
from winset.domain.plain.estimates import judgement_from
from winset.domain.plain.fields import Fields, record
from winset.domain.plain.quick import judgement_as_written
from winset.domain.plain.reviews import review_from
from winset.domain.positions import Position
from winset.domain.reviews import Review, target_of
from winset.evidence import reviewed, timeline
from winset.evidence.factions import Voiced, factions, names_of, several_voices
from winset.services.sources import ids_corrected, is_case_file, speakers
from winset.store.casefile import CaseFile
from winset.store.outline import Judged

_MOVES = frozenset(("party", "issue", "as_of", "quantity", "grounds"))  # corrections that put a judgement elsewhere
_UNREAD = ("documents", "statements", "reviews", "runs", "judgements")
_BACK = 2  # judgements of a line that are read with those of all others: the one that holds and the one before it


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """Who stands where as of a date.

    case    without documents, statements, judgements and reviews
    undated those of an unknown day in whose place known ones hold, see `timeline.undated`
    spoken  ids of the statements under the latest judgements of each party on each issue
    inside  (party, issue) -> voices of a party among these that differ, see `factions`
    """

    case: Case
    rows: tuple[Position, ...]
    undated: tuple[Position, ...]
    spoken: tuple[str, ...]
    inside: dict[tuple[str, str], tuple[Voiced, ...]]


def matrix(path: Path, at: date | None, recent: int) -> Matrix | None:
    """The matrix as of `at` (the case's own day without one), and the voices in the `recent` latest judgements of each line.

    None where all judgements have to be read: for a text form, where nobody judged a position, and where a correction puts one
    into another line.
    """
    if not is_case_file(path):
        return None
    with CaseFile.open(path) as file:
        case = file.case(without=_UNREAD)
        when = at or case.as_of
        lines = _lines(file, when, recent)
        verdicts = verdicts_of(file)
        if not lines or any(_MOVES & dict(one.changes).keys() for one in verdicts.values() if one.verdict == "correct"):
            return None
        held = _Held(file, verdicts, file.rejected_statements())
        held.fetch([one.row for line in lines for one in line.upto[:_BACK]])
        rows, latest = [], []
        for line in lines:
            found = timeline.holding(line.party, line.issue, held.days_back(line.back(file)))
            if found is not None:
                rows.append(found)
            latest += held.latest(line, line.back(file), recent)
        unknown = file.judged_undated()
        held.fetch([one.row for one in unknown])
        undated = timeline.histories([judged for one in unknown for judged in held.as_reviewed(one)])
        spoken = sorted({id for one in latest for id in one.statements})
        heard = file.voices(spoken) | {id: id for id in ids_corrected(path, spoken)}
        names: dict[tuple[str, str], set[str]] = {}
        for one in latest:
            names.setdefault((one.party, one.issue), set()).update(heard[id] for id in one.statements if id in heard)
        several = [
            one for one in latest if len(names[one.party, one.issue]) > 1
        ]  # where only one speaks nobody differs
        said = speakers(path, case, {id for one in several for id in one.statements})
        called = names_of(case.parties)
        apart = several_voices(((one.party, one.issue, id) for one in several for id in one.statements), said, called)
        differing = [one.judged for one in several if (one.party, one.issue) in apart]
        held.fetch([one.row for one in differing])
        inside = factions((found for one in differing for found in held.as_reviewed(one)), said, called)
    return Matrix(
        case=case, rows=tuple(rows), undated=timeline.undated(undated, rows), spoken=tuple(spoken), inside=inside
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """One party on one issue: its latest judgements up to the day, the latest first."""

    party: str
    issue: str
    day: str | None
    upto: list[Judged]
    read: int

    def back(self, file: CaseFile) -> Iterator[Judged]:
        """All up to the day, the latest first; those that are not in hand are read when they are asked for."""
        yield from self.upto
        if len(self.upto) == self.read:
            yield from islice(file.judged_upto(self.party, self.issue, self.day), self.read, None)


def _lines(file: CaseFile, when: date | None, recent: int) -> list[_Line]:
    day, read = when.isoformat() if when is not None else None, max(recent, _BACK + 1)
    return [
        _Line(party=party, issue=issue, day=day, upto=upto, read=read)
        for (party, issue), upto in file.judged_lines(day, read).items()
    ]


class _Latest(NamedTuple):
    """One of the latest judgements of a party on an issue, and the statements that it rests on."""

    party: str
    issue: str
    judged: Judged
    statements: tuple[str, ...]


def verdicts_of(file: CaseFile) -> dict[str, Review]:
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

    def as_reviewed(self, one: Judged) -> tuple[Judgement, ...]:
        """The judgement of a point or range as reviews leave it; nothing where none stands."""
        if one.row not in self._judged:
            if one.row not in self._bodies:
                self.fetch([one.row])
            body = self._bodies[one.row]
            judged = judgement_as_written(body) or record(Fields(body, "judgement"), judgement_from)
            found = reviewed.laid_without((judged,), self._verdicts, self._gone)
            self._judged[one.row] = tuple(j for j in found if not isinstance(j.value, Table))
        return self._judged[one.row]

    def days_back(self, line: Iterable[Judged]) -> Iterator[tuple[date | None, list[Judgement]]]:
        """What was judged day by day on a line that is read from its end; days of which nothing stands are passed over."""
        for _, same in groupby(line, key=lambda one: one.day):
            judged = [found for one in reversed(list(same)) for found in self.as_reviewed(one)]
            if judged:
                yield judged[0].as_of, judged

    def latest(self, line: _Line, back: Iterable[Judged], most: int) -> list[_Latest]:
        """The last ones that rest on something, in order. What an outline tells of them is not read."""
        found: list[_Latest] = []
        for one in back:
            target = target_of("position", line.party, line.issue, one.day, one.statement)
            if one.grounds == 1 and target not in self._verdicts and one.statement not in self._gone:
                found.append(_Latest(line.party, line.issue, one, (one.statement,) if one.statement else ()))
            elif one.grounds:
                found += [
                    _Latest(line.party, line.issue, one, tuple(g.statement for g in judged.grounds if g.statement))
                    for judged in self.as_reviewed(one) if judged.grounds
                ]  # fmt: skip
            if len(found) == most:
                break
        return found[::-1]
