"""Decided issues with what everybody wanted: the DEU table of EU laws, and a plain table, one line an actor."""

import csv
import io
import math
import re
from dataclasses import dataclass

from winset.domain.actors import Party
from winset.domain.case import Case
from winset.domain.estimates import Exact, Judgement
from winset.domain.issues import Issue
from winset.errors import FormatError
from winset.formats.cells import decoded, fits
from winset.formats.council import INSTITUTIONS, STATES, capabilities, period

PLAIN = ("issue", "group", "actor", "position", "salience", "capability", "reference", "outcome")
SCALE = (0.0, 100.0)
FEWEST = 3
CAPABILITY = (
    "capability of states: Council votes before Nice (to 2004), Nice votes (to 2014), population after; "
    "Commission and Parliament as the strongest state taking part; a state without votes yet as the weakest"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One issue with its outcome; numbers on the scale 0 to 100, one an actor."""

    issue: str
    group: str
    actors: tuple[str, ...]
    position: tuple[float, ...]
    salience: tuple[float, ...]
    capability: tuple[float, ...]
    outcome: float
    reference: float | None
    period: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """The issues kept, the rule by which they were kept, and what had to be assumed."""

    kept: tuple[Decision, ...]
    rule: str
    remarks: tuple[str, ...]


def read_decisions(data: bytes, name: str) -> Decisions:
    """Whichever of the two forms `data` has. Raises FormatError naming file, line and value."""
    text = decoded(data)
    head = text.split("\n", 1)[0]
    mark = "\t" if "\t" in head else ";" if ";" in head else ","
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=mark))
    except csv.Error as error:
        raise FormatError(f"{name}: not a CSV file that can be read ({error}); save it as CSV UTF-8 again") from None
    if len(rows) < 2:
        raise FormatError(f"{name}: needs a line of headings and at least one issue")
    columns = {heading.strip(): i for i, heading in enumerate(rows[0])}
    if "out" in columns and "pcom" in columns:
        return _deu(rows, columns, name)
    return _plain(rows, {h.casefold(): i for h, i in columns.items()}, name)


def headings(data: bytes) -> set[str]:
    """The headings of a table in its first line, lower case, whatever stands between its cells."""
    first = re.split(r"[\r\n]", decoded(data[: 1 << 16]), maxsplit=1)[0]
    mark = max(",;\t", key=first.count)
    try:
        return {cell.strip().casefold() for cell in next(csv.reader([first], delimiter=mark), [])}
    except csv.Error:
        return set()


def are_decisions(data: bytes) -> bool:
    """Whether a table is one of decided issues: DEU's, or with an issue, an actor and an outcome in each line."""
    named = headings(data)
    return {"pcom", "out", "prnr"} <= named or {"issue", "actor", "position", "outcome"} <= named


def decisions_case(data: bytes, name: str) -> Case:
    """The decided issues of a table as a case, the reference point as status quo; outcomes are left out of it."""
    found = read_decisions(data, name)
    if not found.kept:
        raise FormatError(f"{name}: no issue is left; kept are those with {found.rule}")
    parties = dict.fromkeys(actor for d in found.kept for actor in d.actors)
    judgements = [
        Judgement(quantity=quantity, party=actor, issue=d.issue, value=Exact(value), by=name)
        for d in found.kept
        for quantity, column in (("position", d.position), ("salience", d.salience), ("capability", d.capability))
        for actor, value in zip(d.actors, column, strict=True)
    ]
    return Case(
        title=name, parties=tuple(Party(id=actor, name=actor) for actor in parties),
        issues=tuple(
            Issue(id=d.issue, question=d.issue, kind="continuous", range=SCALE, status_quo=d.reference)
            for d in found.kept
        ),
        judgements=tuple(judgements),
    )  # fmt: skip


def _on_scale(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if SCALE[0] <= value <= SCALE[1] else None


def year(text: str) -> int | None:
    """The year of 26-01-00, 14-09-2016 or 2029-09-04; the last is 29-09-04 misread by a spreadsheet."""
    found = re.fullmatch(r"(\d\d)-(\d\d)-(\d{4}|\d\d)", text.strip())
    if found:
        last = int(found[3])
        return last if last > 99 else last + (1900 if last > 50 else 2000)
    found = re.fullmatch(r"(?:19|20)(\d\d)-(\d\d)-(\d\d)", text.strip())
    if found and 1 <= int(found[1]) <= 31:
        last = int(found[3])
        return last + (1900 if last > 50 else 2000)
    return None


def _deu(rows: list[list[str]], columns: dict[str, int], name: str) -> Decisions:
    for needed in ("isnr", "prnr", "finact", "intro", "rp"):
        if needed not in columns:
            raise FormatError(f"{name}, line 1: no column {needed}, which a DEU table has; give the table as published")
    known = (*INSTITUTIONS, *STATES)
    actors = [h[1:] for h in columns if h[:1] == "p" and h[1:] in known and "s" + h[1:] in columns]
    kept, undated = [], 0
    for line, row in enumerate(rows[1:], 2):
        if not row or not row[columns["prnr"]].strip():
            continue  # the line of economic weights that one edition carries
        if len(row) < len(rows[0]):
            raise FormatError(f"{name}, line {line}: {len(row)} cells under {len(rows[0])} headings")
        outcome = _on_scale(row[columns["out"]])
        held = [(a, _on_scale(row[columns["p" + a]]), _on_scale(row[columns["s" + a]])) for a in actors]
        full = [(a, p, s) for a, p, s in held if p is not None and s is not None]
        if outcome is None or len(full) < FEWEST or not any(s > 0 for _, _, s in full):
            continue
        decided = year(row[columns["finact"]])
        undated += decided is None
        when = period(decided or year(row[columns["intro"]]) or 0)
        names = [a for a, _, _ in full]
        kept.append(Decision(
            issue=row[columns["isnr"]], group=row[columns["prnr"]], actors=tuple(names),
            position=tuple(p for _, p, _ in full), salience=tuple(s for _, _, s in full),
            capability=tuple(capabilities(names, when)), outcome=outcome,
            reference=_on_scale(row[columns["rp"]]), period=when,
        ))  # fmt: skip
    return Decisions(
        kept=tuple(kept),
        rule=f"outcome in 0..100 and at least {FEWEST} actors with both a position and a salience in 0..100",
        remarks=(
            CAPABILITY,
            f"{undated} issues without a readable date of decision are dated by their introduction",
        ),
    )


def _plain(rows: list[list[str]], columns: dict[str, int], name: str) -> Decisions:
    for needed in ("issue", "actor", "position", "outcome"):
        if needed not in columns:
            raise FormatError(f"{name}, line 1: no column {needed}; a table has {', '.join(PLAIN)}")
    issues: dict[str, list[tuple[int, list[str]]]] = {}
    for line, row in enumerate(rows[1:], 2):
        if any(c.strip() for c in row):
            fits(row, len(rows[0]), line, name)
            for needed in ("issue", "actor"):
                if columns[needed] >= len(row) or not row[columns[needed]].strip():
                    raise FormatError(f"{name}, line {line}, column {needed}: is empty; every line names its {needed}")
            issues.setdefault(row[columns["issue"]].strip(), []).append((line, row))

    def cell(row: list[str], line: int, column: str, default: float | None) -> float | None:
        text = row[columns[column]].strip() if column in columns and columns[column] < len(row) else ""
        if not text:
            return default
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if not (math.isfinite(value) and (column == "capability" or SCALE[0] <= value <= SCALE[1]) and value >= 0):
            limits = "0 or more" if column == "capability" else "0 to 100"
            raise FormatError(f"{name}, line {line}, column {column}: {text!r}; write a number, {limits}")
        return value

    def one(lines: list[tuple[int, list[str]]], column: str) -> float | None:
        """The number that all lines of an issue say, as far as they say one."""
        said = [(v, line) for line, row in lines if (v := cell(row, line, column, None)) is not None]
        for v, line in said[1:]:
            if v != said[0][0]:
                raise FormatError(f"{name}, line {line}, column {column}: {v:g}, but line {said[0][1]} says "
                                  f"{said[0][0]:g} of the same issue; correct one")  # fmt: skip
        return said[0][0] if said else None

    kept, equal = [], 0
    for issue, lines in issues.items():
        outcome, reference = one(lines, "outcome"), one(lines, "reference")
        seen: dict[str, int] = {}
        for line, row in lines:
            actor = row[columns["actor"]].strip()
            if actor in seen:
                raise FormatError(
                    f"{name}, line {line}: {actor!r} is also in line {seen[actor]} of the issue {issue}; rename one"
                )
            seen[actor] = line
        full = [
            (row[columns["actor"]].strip(), p, s, cell(row, line, "capability", None))
            for line, row in lines
            if (p := cell(row, line, "position", None)) is not None
            and (s := cell(row, line, "salience", None if "salience" in columns else 100.0)) is not None
        ]
        if outcome is None or len(full) < FEWEST or not any(s > 0 for _, _, s, _ in full):
            continue
        stated = all(c is not None for *_, c in full)
        equal += not stated
        kept.append(Decision(
            issue=issue, group=(lines[0][1] + [""] * len(columns))[columns["group"]].strip() or issue
            if "group" in columns else issue,
            actors=tuple(a for a, *_ in full), position=tuple(p for _, p, _, _ in full),
            salience=tuple(s for _, _, s, _ in full),
            capability=tuple(float(c or 0) if stated else 1.0 for *_, c in full), outcome=outcome,
            reference=reference, period="all",
        ))  # fmt: skip
    return Decisions(
        kept=tuple(kept),
        rule=f"an outcome and at least {FEWEST} actors with a position and a salience",
        remarks=(f"{equal} issues without a capability for everybody: all equal there",) if equal else (),
    )
