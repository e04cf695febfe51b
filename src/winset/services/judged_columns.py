"""All judged positions of a case file as columns, with their reviews in force, however many there are.

Judgements of one number in the very form in which this program writes them are read as text; all others, and those that a
review is about, by the readers that check every field.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence, Set
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
from winset.evidence.steps import Floats
from winset.services.matrix import verdicts_of
from winset.store.casefile import CaseFile

_ID = r'"([^"\\\s][^"\\]*+)"'
_WORDS = _ID.replace("(", "(?:", 1)  # one that nobody asks for: texts that are not made take half of the time
_NUMBER = r"-?(?:0|[1-9]\d*+)(?:\.\d++)?+(?:[eE][-+]?\d++)?+"
_SPAN = r"((?:0|[1-9]\d{0,14}), (?:0|[1-9]\d{0,14}))"
_WRITTEN = re.compile(
    rf'\{{"quantity": "position", "party": {_ID}, "issue": {_ID}, "as_of": (?:null|"(\d{{4}}-\d\d-\d\d)"), '
    rf'"(?:value": (?=[-\d])|range": (?=\[))({_NUMBER}|\[{_NUMBER}, {_NUMBER}\]), "by": {_WORDS}, '
    rf'"grounds": \[(?:\{{"doc": {_WORDS}, "statement": (?:null|"([^"\\]*+)"), "spans": \[(?:\[{_SPAN}\])?\]\}})?\], '
    rf'"note": (?:null|"(?:[^"\\]|\\.)*+")(?:, "score": ({_NUMBER}))?\}}'
)
"""Party, issue, day; the value, or lowest and highest in brackets; the statement of the only ground and its span; score."""
_RESTS = re.compile(r'"by": "([^"]+)", "grounds": \[(\{"doc": "([^"]+)".*?\})?\], "note": ')
"""Of one that is written so: by, its ground, the ground's document. No name holds a quotation mark, so the first is the one."""
_text = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode


class Ground(NamedTuple):
    """What a judgement rests on, as its JSON text, and the statement in it, empty without one."""

    text: str
    statement: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class JudgedFile:
    """What a case file, or a case in hand, says of positions.

    judged    the positions on numeric values
    grounds   of one its JSON text of what it rests on, made when it is asked for
    statement the only statement that it rests on, empty without one
    score     how sure each is, 1 where nothing says
    several   those that rest on more than one ground, with all of them
    others    judgements of everything else, in order
    """

    judged: Judged[Ground]
    grounds: Callable[[int], str]
    statement: Sequence[str]
    score: Floats
    several: Mapping[int, tuple[Ground, ...]]
    others: tuple[Judgement, ...]

    @property
    def judges_positions(self) -> bool:
        """Whether somebody judged where a party stands."""
        return bool(len(self.judged.day)) or any(one.quantity == "position" for one in self.others)


_GROUPS = _WRITTEN.groups
_NOT_SO = ("",) * _GROUPS
_SHORT = 4  # characters of a number that cannot be too large to be one, and of none in brackets that could be
_Columns = Sequence[list[str]]


def judged_columns(file: CaseFile) -> JudgedFile:
    """What a case file says of positions, its reviews laid over. Raises CaseError where a judgement or a review is damaged."""
    bodies = file.written("judgements")
    verdicts, gone = verdicts_of(file), file.rejected_statements()
    columns = _groups(bodies)
    aside = _otherwise(columns)
    if verdicts or gone:
        aside |= _reviewed(columns, verdicts, gone)
    if not aside:
        return _judged(bodies, columns, {}, ())
    others: list[Judgement] = []
    made: dict[int, Judgement] = {}
    left_out: list[int] = []
    for n in sorted(aside):
        found = reviewed.laid_without(_read(bodies[n]), verdicts, gone)
        if found and _positions(found[0]):
            made[n - len(left_out)] = found[0]
        else:
            others += found
            left_out.append(n)
    kept, *columns = (_without(each, left_out) for each in (bodies, *columns))
    return _judged(kept, columns, made, tuple(others))


def judged_of(case: Case) -> JudgedFile:
    """The same of a case in hand, whose reviews are laid over it already."""
    made = dict(enumerate(one for one in case.judgements if _positions(one)))
    nothing = [""] * len(made)
    others = tuple(one for one in case.judgements if not _positions(one))
    return _judged(nothing, [nothing.copy() for _ in range(_GROUPS)], made, others)


def _groups(bodies: Sequence[str]) -> _Columns:
    """The groups of `_WRITTEN` as columns, a row for each body; empty where a body or a group is otherwise."""
    rows = [_NOT_SO if found is None else found.groups("") for found in map(_WRITTEN.fullmatch, bodies)]
    return list(map(list, zip(*rows, strict=False))) if rows else [[] for _ in _NOT_SO]


def _without(column: list[str], left_out: Sequence[int]) -> list[str]:
    """A column without some of its rows, whose numbers rise: most are kept, and next to each other."""
    kept: list[str] = []
    begin = 0
    for n in left_out:
        if n > begin:
            kept += column[begin:n]
        begin = n + 1
    return kept + column[begin:]


def _positions(one: Judgement) -> bool:
    return one.quantity == "position" and bool(one.issue) and not isinstance(one.value, Table)


def _judged(
    bodies: Sequence[str], columns: _Columns, made: Mapping[int, Judgement], others: tuple[Judgement, ...]
) -> JudgedFile:
    """Of judgements as groups of `_WRITTEN`, and of those that are `made` already, at their places."""
    party, issue, days, values, statement, _, scores = columns
    forms = Forms()
    day = np.fromiter(map({one: _ordinal(one) for one in set(days)}.__getitem__, days), np.int64, len(days))
    said_values = {one: _value(one) for one in set(values)}
    value = np.fromiter(
        map({one: said.best for one, said in said_values.items()}.__getitem__, values), np.float64, len(values)
    )
    score = np.fromiter(
        map({one: float(one) if one else 1.0 for one in set(scores)}.__getitem__, scores), np.float64, len(scores)
    )
    low, high, form = value.copy(), value.copy(), np.zeros(len(value), dtype=np.int64)
    rests_on: dict[int, tuple[Ground, ...]] = {}

    def put(n: int, one: Estimate) -> None:
        value[n], (low[n], high[n]), form[n] = one.best, one.ends, forms.of(one)

    if any(isinstance(one, Range) for one in said_values.values()):
        for n, one in enumerate(values):
            if one and one[0] == "[":
                put(n, said_values[one])
    for n, judgement in made.items():
        assert not isinstance(judgement.value, Table)
        put(n, judgement.value)
        party[n], issue[n] = judgement.party, judgement.issue or ""
        day[n] = judgement.as_of.toordinal() if judgement.as_of else 0
        score[n] = 1.0 if judgement.score is None else judgement.score
        rests = rests_on[n] = tuple([_ground(ground) for ground in judgement.grounds])
        statement[n] = rests[0].statement if len(rests) == 1 else ""

    def said(n: int) -> Saying[Ground]:
        if n in made:
            one = saying(made[n])
            return Saying(one.value, one.condition, one.source, one.score, rests_on[n], one.by)
        by, rests, doc = _rests(bodies[n])
        ground = (Ground(rests, statement[n]),) if rests else ()
        return Saying(said_values[values[n]], None, doc if rests else (n,), float(score[n]), ground, by)

    def grounds(n: int) -> str:
        return together(rests_on[n]) if n in rests_on else f"[{_rests(bodies[n])[1]}]"

    parties, issues = ({name: n for n, name in enumerate(dict.fromkeys(column))} for column in (party, issue))
    return JudgedFile(
        judged=Judged(
            parties=tuple(parties), issues=tuple(issues), day=day, value=value, low=low, high=high, form=form, forms=forms,
            party=np.fromiter(map(parties.__getitem__, party), np.int64, len(party)),
            issue=np.fromiter(map(issues.__getitem__, issue), np.int64, len(issue)), saying=said,
        ),
        grounds=grounds, statement=statement, score=score, others=others,
        several={n: one for n, one in rests_on.items() if len(one) > 1},
    )  # fmt: skip


def _rests(body: str) -> tuple[str, str, str]:
    """By whom, the JSON text of the only ground and its document, the last two empty without one; of a body as `_WRITTEN`."""
    found = _RESTS.search(body)
    assert found is not None, body
    by, ground, doc = found.groups("")
    return by, ground, doc


def together(grounds: Sequence[Ground]) -> str:
    """Grounds as one JSON text."""
    return f"[{', '.join([one.text for one in grounds])}]"


def _value(written: str) -> Exact | Range:
    """A number, or lowest and highest in brackets, as `_WRITTEN` finds them; 0 where it found none."""
    if written[:1] == "[":
        low, _, high = written[1:-1].partition(", ")
        return Range(float(low), float(high))
    return Exact(float(written or 0))


def _meant(written: str) -> bool:
    """Whether a value can be meant so: its numbers are none too large to be one, and the lowest is not above the highest."""
    if len(written) <= _SHORT:
        return True
    numbers = [float(one) for one in written.strip("[]").split(", ")]
    return all(map(isfinite, numbers)) and numbers == sorted(numbers)


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
    party, _, days, values, _, spans, scores = columns
    found = {n for n, one in enumerate(party) if not one} if "" in party else set()
    for column, meant in (
        (days, lambda one: _ordinal(one) >= 0), (spans, lambda one: not one or not _backwards(one)),
        (values, _meant), (scores, _meant),
    ):  # fmt: skip
        if wrong := {one for one in set(column) if not meant(one)}:
            found |= {n for n, one in enumerate(column) if one in wrong}
    return found


def _backwards(span: str) -> bool:
    """Whether "start, end" does not end behind its start; whole numbers without zeros ahead are in the order of their lengths, then of
    their digits."""
    start, _, end = span.partition(", ")
    return len(start) > len(end) or (len(start) == len(end) and start >= end)


def _reviewed(columns: _Columns, verdicts: Mapping[str, Review], gone: Set[str]) -> set[int]:
    """The judgements that a review is about, or that rest on a statement that was rejected."""
    party, issue, days, _, statements, _, _ = columns
    return {
        n for n, (whose, what, day, statement) in enumerate(zip(party, issue, days, statements, strict=True))
        if statement in gone or target_of("position", whose, what, day, statement) in verdicts
    }  # fmt: skip
