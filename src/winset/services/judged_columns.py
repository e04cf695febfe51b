"""All judged positions of a case file as columns, with their reviews in force, however many there are.

Judgements of one number in the very form in which this program writes them are read as text; all others, and those that a
review is about, by the readers that check every field.
"""

import json
import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from math import isfinite, nan

import numpy as np

from winset.domain.estimates import Judgement, Table
from winset.domain.plain.estimates import judgement_from
from winset.domain.plain.fields import Fields, record
from winset.domain.plain.quick import judgement_as_written
from winset.domain.reviews import Review, target_of
from winset.evidence import reviewed
from winset.evidence.courses import Judged
from winset.services.matrix import verdicts_of
from winset.store.casefile import CaseFile

_ID = r'"([^"\\\s][^"\\]*)"'
_NUMBER = r"-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?"
_GROUND = (
    r'\{"doc": "[^"\\\s][^"\\]*", "statement": (?:null|"([^"\\]*)"), "spans": \[(?:\[(\d{1,15}), (\d{1,15})\])?\]\}'
)
_WRITTEN = re.compile(
    rf'^\{{"quantity": "position", "party": {_ID}, "issue": {_ID}, "as_of": (?:null|"(\d{{4}}-\d\d-\d\d)"), "value": ({_NUMBER}), '
    rf'"by": "[^"\\\s][^"\\]*", "grounds": (\[(?:{_GROUND})?\]), "note": (?:null|"(?:[^"\\]|\\.)*")(?:, "score": ({_NUMBER}))?\}}$',
    re.MULTILINE,
)
"""Party, issue, day, value, grounds; statement and span of the only ground; score."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class JudgedFile:
    """What a case file says of positions.

    judged    the positions on numeric values
    grounds   of each the JSON text of what it rests on, empty where its value is NaN and `judged.judgement` tells
    statement the only statement that it rests on, empty without one
    score     how sure each is, 1 where nothing says
    others    judgements of everything else, in order
    """

    judged: Judged
    grounds: Sequence[str]
    statement: Sequence[str]
    score: Sequence[float]
    others: tuple[Judgement, ...]

    @property
    def judges_positions(self) -> bool:
        """Whether somebody judged where a party stands."""
        return bool(len(self.judged.day)) or any(one.quantity == "position" for one in self.others)


_NOTHING = ("",) * 9


def judged_columns(file: CaseFile) -> JudgedFile:
    """Raises CaseError where a judgement or a review is damaged."""
    bodies = file.bodies_in_order("judgements")
    verdicts, gone = verdicts_of(file), file.rejected_statements()
    rows = _WRITTEN.findall("\n".join(bodies))
    if len(rows) != len(bodies):
        rows = [found.groups("") if (found := _WRITTEN.match(body)) else _NOTHING for body in bodies]
    party, issue, days, values, grounds, statement, start, end, scores = (
        list(column) for column in (zip(*rows, strict=True) if rows else [()] * len(_NOTHING))
    )
    value = [float(one or nan) for one in values]
    score = [float(one or 1) for one in scores]
    ordinals = {day: _ordinal(day) for day in set(days)}
    aside = [
        n for n, number in enumerate(value)
        if not isfinite(number) or ordinals[days[n]] < 0 or not isfinite(score[n]) or (start[n] and int(start[n]) >= int(end[n]))
    ]  # fmt: skip
    if verdicts or gone:
        aside = sorted({*aside, *_reviewed(rows, verdicts, gone)})
    kept = np.ones(len(bodies), dtype=bool)
    others: list[Judgement] = []
    made: dict[int, Judgement] = {}
    day = np.array([ordinals[one] for one in days], dtype=np.int64)
    for n in aside:
        stand = reviewed.laid_without(_read(bodies[n]), verdicts, gone)
        numeric = [
            one for one in stand if one.quantity == "position" and one.issue and not isinstance(one.value, Table)
        ]
        others += [one for one in stand if one not in numeric]
        kept[n] = bool(numeric)
        for one in numeric:
            made[n] = one
            party[n], issue[n], grounds[n], statement[n] = one.party, one.issue or "", "", ""
            day[n] = one.as_of.toordinal() if one.as_of else 0
            value[n] = nan
    numbers = np.flatnonzero(kept)
    if len(numbers) < len(bodies):
        party, issue, value, score, grounds, statement = (
            [column[n] for n in numbers.tolist()] for column in (party, issue, value, score, grounds, statement)
        )
    parties, issues = ({name: n for n, name in enumerate(dict.fromkeys(column))} for column in (party, issue))

    def judgement(at: int) -> Judgement:
        number = int(numbers[at])
        if number not in made:
            (made[number],) = _read(bodies[number])
        return made[number]

    return JudgedFile(
        judged=Judged(
            parties=tuple(parties), issues=tuple(issues), day=day[numbers], value=np.array(value, dtype=np.float64),
            party=np.array([parties[one] for one in party], dtype=np.int64),
            issue=np.array([issues[one] for one in issue], dtype=np.int64), judgement=judgement,
        ),
        grounds=grounds, statement=statement, score=score, others=tuple(others),
    )  # fmt: skip


def _read(body: str) -> tuple[Judgement]:
    value = json.loads(body)
    return (judgement_as_written(value) or record(Fields(value, "judgement"), judgement_from),)


def _ordinal(day: str) -> int:
    """Of a day as it is written, 0 for an unknown one, below 0 where there is no such day."""
    try:
        return date.fromisoformat(day).toordinal() if day else 0
    except ValueError:
        return -1


def _reviewed(rows: Sequence[Sequence[str]], verdicts: Mapping[str, Review], gone: Set[str]) -> list[int]:
    """The judgements that a review is about, or that rest on a statement that was rejected."""
    return [
        n for n, (party, issue, day, _, _, statement, *_) in enumerate(rows)
        if statement in gone or target_of("position", party, issue, day, statement) in verdicts
    ]  # fmt: skip
