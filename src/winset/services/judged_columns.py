"""All judged positions of a case file as columns, with their reviews in force, however many there are.

Judgements of one number in the very form in which this program writes them are read as text; all others, and those that a
review is about, by the readers that check every field.
"""

import json
import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import NamedTuple

import numpy as np

from winset.domain.case import Case
from winset.domain.estimates import Estimate, Exact, Judgement, Range, Table
from winset.domain.plain.estimates import judgement_from
from winset.domain.plain.fields import Fields, record
from winset.domain.plain.quick import judgement_as_written
from winset.domain.plain.texts import grounds_to
from winset.domain.reviews import Review, target_of
from winset.domain.text import Grounds
from winset.evidence import reviewed
from winset.evidence.courses import Forms, Judged
from winset.evidence.said import Saying, saying
from winset.services.matrix import verdicts_of
from winset.store.casefile import CaseFile

_ID = r'"([^"\\\s][^"\\]*)"'
_NUMBER = r"(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?)"
_AT = r"(0|[1-9]\d{0,14})"
_GROUND = rf'\{{"doc": {_ID}, "statement": (?:null|"([^"\\]*)"), "spans": \[(?:\[{_AT}, {_AT}\])?\]\}}'
_WRITTEN = re.compile(
    rf'^(?:\{{"quantity": "position", "party": {_ID}, "issue": {_ID}, "as_of": (?:null|"(\d{{4}}-\d\d-\d\d)"), '
    rf'(?:"value": {_NUMBER}|"range": \[{_NUMBER}, {_NUMBER}\]), "by": {_ID}, "grounds": \[({_GROUND})?\], '
    rf'"note": (?:null|"(?:[^"\\]|\\.)*")(?:, "score": {_NUMBER})?\}}|(.*))$',
    re.MULTILINE,
)
"""Party, issue, day; value, or lowest and highest; by; the only ground, its document, statement and span; score. A line that is
written otherwise is a group by itself."""
_text = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode


class Ground(NamedTuple):
    """What a judgement rests on, as its JSON text, and the statement in it, empty without one."""

    text: str
    statement: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class JudgedFile:
    """What a case file, or a case in hand, says of positions.

    judged    the positions on numeric values
    grounds   of each the JSON text of what it rests on
    statement the only statement that it rests on, empty without one
    score     how sure each is, 1 where nothing says
    several   those that rest on more than one ground, with all of them
    others    judgements of everything else, in order
    """

    judged: Judged[Ground]
    grounds: Sequence[str]
    statement: Sequence[str]
    score: Sequence[float]
    several: Mapping[int, tuple[Ground, ...]]
    others: tuple[Judgement, ...]

    @property
    def judges_positions(self) -> bool:
        """Whether somebody judged where a party stands."""
        return bool(len(self.judged.day)) or any(one.quantity == "position" for one in self.others)


_GROUPS = 13
_SHORT = 4  # digits and signs of a number that cannot be too large to be one
_Columns = tuple[list[str], ...]


def judged_columns(file: CaseFile) -> JudgedFile:
    """What a case file says of positions, its reviews laid over. Raises CaseError where a judgement or a review is damaged."""
    written = file.lines("judgements")
    verdicts, gone = verdicts_of(file), file.rejected_statements()
    columns = _groups(written)
    aside = _otherwise(columns)
    if verdicts or gone:
        aside |= _reviewed(columns, verdicts, gone)
    if not aside:
        return _judged(columns, {}, ())
    bodies = written.split("\n")
    others: list[Judgement] = []
    made: dict[int, Judgement] = {}
    for n in sorted(aside):
        for one in reviewed.laid_without(_read(bodies[n]), verdicts, gone):
            if _positions(one):
                made[n] = one
            else:
                others.append(one)
    kept = [n for n in range(len(bodies)) if n not in aside or n in made]
    at = {n: place for place, n in enumerate(kept) if n in made}
    return _judged(
        tuple([column[n] for n in kept] for column in columns), {at[n]: one for n, one in made.items()}, tuple(others)
    )


def judged_of(case: Case) -> JudgedFile:
    """The same of a case in hand, whose reviews are laid over it already."""
    made = dict(enumerate(one for one in case.judgements if _positions(one)))
    return _judged(
        tuple([""] * len(made) for _ in range(_GROUPS)), made, tuple(one for one in case.judgements if not _positions(one))
    )  # fmt: skip


def _groups(written: str) -> _Columns:
    """The groups of `_WRITTEN` as columns, a row for each line; empty where a line or a group is otherwise."""
    parts = (
        _WRITTEN.split(written) if written else []
    )  # between any two lines: the groups, and the line if it is otherwise
    columns = [parts[n :: _GROUPS + 2] for n in range(1, _GROUPS + 1)]
    otherwise = parts[_GROUPS + 1 :: _GROUPS + 2]
    if any(otherwise):
        for n, one in enumerate(otherwise):
            if one is not None:
                for column in columns:
                    column[n] = ""
    return tuple([[one or "" for one in each] if None in each else each for each in columns])


def _positions(one: Judgement) -> bool:
    return one.quantity == "position" and bool(one.issue) and not isinstance(one.value, Table)


def _judged(columns: _Columns, made: Mapping[int, Judgement], others: tuple[Judgement, ...]) -> JudgedFile:
    """Of judgements as groups of `_WRITTEN`, and of those that are `made` already, at their places."""
    party, issue, days, values, lows, highs, by, texts, docs, statement, _, _, scores = columns
    forms = Forms()
    ordinals = {day: _ordinal(day) for day in set(days)}
    day = np.array([ordinals[one] for one in days], dtype=np.int64)
    value, score = np.array(_floats(values, 0.0), dtype=np.float64), _floats(scores, 1.0)
    low, high, form = value.copy(), value.copy(), np.zeros(len(value), dtype=np.int64)
    grounds = [f"[{one}]" for one in texts]
    several: dict[int, tuple[Ground, ...]] = {}

    def put(n: int, one: Estimate) -> None:
        value[n], (low[n], high[n]), form[n] = one.best, one.ends, forms.of(one)

    if any(lows):
        for n, lowest in enumerate(lows):
            if lowest:
                put(n, Range(float(lowest), float(highs[n])))
    for n, one in made.items():
        assert not isinstance(one.value, Table)
        put(n, one.value)
        party[n], issue[n], day[n] = one.party, one.issue or "", one.as_of.toordinal() if one.as_of else 0
        score[n] = 1.0 if one.score is None else one.score
        rests = tuple([_ground(ground) for ground in one.grounds])
        grounds[n] = together(rests)
        statement[n] = rests[0].statement if len(rests) == 1 else ""
        if len(rests) > 1:
            several[n] = rests

    def said(n: int) -> Saying[Ground]:
        if n in made:
            one = saying(made[n])
            return Saying(
                one.value, one.condition, one.source, one.score, tuple([_ground(ground) for ground in one.grounds]), one.by
            )  # fmt: skip
        rests = (Ground(texts[n], statement[n]),) if texts[n] else ()
        point = Range(float(low[n]), float(high[n])) if lows[n] else Exact(float(value[n]))
        return Saying(point, None, docs[n] if rests else (n,), score[n], rests, by[n])

    parties, issues = ({name: n for n, name in enumerate(dict.fromkeys(column))} for column in (party, issue))
    return JudgedFile(
        judged=Judged(
            parties=tuple(parties), issues=tuple(issues), day=day, value=value, low=low, high=high, form=form, forms=forms,
            party=np.array([parties[one] for one in party], dtype=np.int64),
            issue=np.array([issues[one] for one in issue], dtype=np.int64), saying=said,
        ),
        grounds=grounds, statement=statement, score=score, several=several, others=others,
    )  # fmt: skip


def together(grounds: Sequence[Ground]) -> str:
    """Grounds as one JSON text."""
    return f"[{', '.join([one.text for one in grounds])}]"


def _floats(column: Sequence[str], nothing: float) -> list[float]:
    numbers = {one: float(one) if one else nothing for one in set(column)}
    return [numbers[one] for one in column]


def _ground(one: Grounds) -> Ground:
    return Ground(_text(grounds_to((one,))[0]), one.statement or "")


def _read(body: str) -> tuple[Judgement]:
    value = json.loads(body)
    return (judgement_as_written(value) or record(Fields(value, "judgement"), judgement_from),)


def _ordinal(day: str) -> int:
    """Of a day as it is written, 0 for an unknown one, below 0 where there is no such day."""
    try:
        return date.fromisoformat(day).toordinal() if day else 0
    except ValueError:
        return -1


def _otherwise(columns: _Columns) -> set[int]:
    """The judgements that are not written as `_WRITTEN`, or are but cannot be meant so."""
    party, _, days, values, lows, highs, _, _, _, _, starts, ends, scores = columns
    nowhere = {day for day in set(days) if _ordinal(day) < 0}
    found = {n for n, one in enumerate(party) if not one} if "" in party else set()
    if nowhere:
        found |= {n for n, one in enumerate(days) if one in nowhere}
    for column in (values, lows, highs, scores):
        if huge := {one for one in set(column) if len(one) > _SHORT and not isfinite(float(one))}:
            found |= {n for n, one in enumerate(column) if one in huge}
    if any(lows):
        found |= {n for n, one in enumerate(lows) if one and float(one) > float(highs[n])}
    start, end = (
        np.fromstring(",".join([one or "-1" for one in each] if "" in each else each), np.int64, sep=",")
        for each in (starts, ends)
    )
    return found | set(np.flatnonzero((start >= end) & (end >= 0)).tolist())


def _reviewed(columns: _Columns, verdicts: Mapping[str, Review], gone: Set[str]) -> set[int]:
    """The judgements that a review is about, or that rest on a statement that was rejected."""
    party, issue, days, *_, statements, _, _, _ = columns
    return {
        n for n, (whose, what, day, statement) in enumerate(zip(party, issue, days, statements, strict=True))
        if statement in gone or target_of("position", whose, what, day, statement) in verdicts
    }  # fmt: skip
