"""A spreadsheet of what each option is worth to each party: parties as columns, options as rows.

Columns `issue, option`, then one a party. An empty issue cell means the issue above. Five words in the first column
are no issues: `reservation` (what no deal is worth), `weight` with an issue in the second column (by which its options
are multiplied, 1 by default), `power`, and two with options of several issues in the second column, as in
`pay=high|mid, days=few`: `together` (what is added where all of these hold) and `forbidden` (they cannot hold at once).
"""

import csv
import io
import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from winset.errors import FormatError, ModelError, ReadingError
from winset.formats.cells import decoded, guarded, unguarded
from winset.formats.profiles import MOST_OPTIONS, Joined, kept, number
from winset.models.bargaining.problem import MOST_PARTIES, Box, Curve, Issue, Problem, Utility
from winset.models.bargaining.together import SIGNS, Places, places_of
from winset.reading.archive import open_archive
from winset.reading.limits import Limits

_SPECIAL = ("reservation", "weight", "power")
_TOGETHER, _FORBIDDEN = "together", "forbidden"
_MOST_ROWS = 10 * MOST_OPTIONS


def read_option_csv(data: bytes, source: str) -> Joined:
    """A problem from CSV; comma, semicolon or tab between the cells. Raises FormatError naming file, cell and value."""
    text = decoded(data)
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    csv.field_size_limit(1 << 16)
    try:
        lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        return _problem(([unguarded(cell) for cell in line] for line in lines), source)
    except csv.Error as error:
        raise FormatError(f"{source}: not a CSV file that can be read ({error}); save it as CSV UTF-8 again") from None


def read_option_xlsx(data: bytes, source: str) -> Joined:
    """The same from the first sheet of an XLSX file; formulas count by their last value."""
    import openpyxl

    try:
        open_archive(data, limits=Limits()).close()
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        try:
            return _problem(book.worksheets[0].iter_rows(values_only=True), source)
        finally:
            book.close()
    except FormatError:
        raise
    except ReadingError as error:
        raise FormatError(f"{source}: {error}") from None
    except Exception as error:  # openpyxl raises whatever its XML parser and its guesses come to
        raise FormatError(f"{source}: not an XLSX file that can be read ({error}); save it again as .xlsx") from None


def write_option_csv(problem: Problem) -> bytes:
    """The table of a problem of options. Raises FormatError where it has more than a table can say."""
    if problem.continuous or any(u.extremes for u in problem.utilities):
        raise FormatError("a table of options cannot say continuous issues or the largest or smallest of boxes")
    for party, utility in zip(problem.parties, problem.utilities, strict=True):
        if utility.most < utility.bounds[1]:
            raise FormatError(
                f"{party}: a table of options cannot say a largest total ({utility.most:g}) that cuts others"
            )
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(["issue", "option", *(guarded(kept(p, "party")) for p in problem.parties)])
    for k, issue in enumerate(problem.issues):
        if issue.name.casefold() in (*_SPECIAL, _TOGETHER, _FORBIDDEN):
            raise FormatError(f"issue {issue.name!r}: the word has a meaning of its own in a table; rename the issue")
        name = guarded(kept(issue.name, "issue"))
        for at, value in enumerate(issue.values):
            worth = []
            for utility in problem.utilities:
                table = utility.tables[k]
                assert not isinstance(table, Curve)
                worth.append(repr(float(table[at]) + (utility.constant if k == 0 else 0.0)))
            writer.writerow([name, guarded(kept(str(value), f"issue {issue.name!r}, option")), *worth])
    for places, worths in _added(problem).items():
        writer.writerow([_TOGETHER, guarded(_said(problem, dict(places))), *(repr(w) for w in worths)])
    for pattern in problem.forbidden:
        writer.writerow([_FORBIDDEN, guarded(_said(problem, pattern)), *([""] * len(problem.parties))])
    writer.writerow(["reservation", "", *(repr(float(r)) for r in problem.reservation)])
    if problem.power is not None:
        writer.writerow(["power", "", *(repr(float(w)) for w in problem.power)])
    return out.getvalue().encode("utf-8-sig")


def _added(problem: Problem) -> dict[tuple[tuple[int, tuple[int, ...]], ...], list[float]]:
    """Places on several issues -> what is added there to each party."""
    found: dict[tuple[tuple[int, tuple[int, ...]], ...], list[float]] = {}

    def add(at: int, places: Places, worth: float) -> None:
        key = tuple(sorted(places.items() or {0: tuple(range(len(problem.issues[0].values)))}.items()))
        found.setdefault(key, [0.0] * len(problem.parties))[at] += worth

    for at, utility in enumerate(problem.utilities):
        for part in utility.interactions:
            for cell in zip(*np.nonzero(part.table), strict=True):
                add(at, {k: (int(p),) for k, p in zip(part.issues, cell, strict=True)}, float(part.table[cell]))
        for box in utility.boxes:
            if all(box.places.values()):  # a box without places on an issue holds nothing
                add(at, box.places, box.worth)
    return found


def _said(problem: Problem, places: Places) -> str:
    terms = []
    for k, held in sorted(places.items()):
        issue = problem.issues[k]
        for text in (issue.name, *(str(issue.values[p]) for p in held)):
            if any(sign in text for sign in SIGNS):
                raise FormatError(f"{text[:60]!r}: {' '.join(SIGNS)} have a meaning of their own where options count together; "
                                  "rename it")  # fmt: skip
        terms.append(f"{issue.name}={'|'.join(str(issue.values[p]) for p in held)}")
    return ", ".join(terms)


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "" if cell is None else str(cell).strip()


def _problem(lines: Iterable[Sequence[Any]], source: str) -> Joined:
    numbered = ((n, list(line)) for n, line in enumerate(lines, 1) if any(_text(cell) for cell in line))
    head_at, head = next(numbered, (0, []))
    names = [_text(cell) for cell in head]
    while names and not names[-1]:
        names.pop()
    if [name.casefold() for name in names[:2]] != ["issue", "option"] or len(names) < 3:
        raise FormatError(f"{source}: row {head_at or 1}: the first row is issue, option, then one column a party")
    parties = names[2:]
    if len(parties) > MOST_PARTIES or not all(parties):
        raise FormatError(f"{source}: row {head_at}: {len(parties)} party columns; name each, at most {MOST_PARTIES}")
    twice = next((party for party in parties if parties.count(party) > 1), None)
    if twice is not None:
        raise FormatError(f"{source}: row {head_at}: two columns are named {twice!r}; give the second another name")
    special: dict[tuple[str, str], list[float]] = {}
    found: dict[str, dict[str, list[float]]] = {}
    combined: list[tuple[int, str, list[float]]] = []  # row, options, what they add together
    ruled_out: list[tuple[int, str]] = []
    issue = ""
    for at, line in numbered:
        if at > _MOST_ROWS:
            raise FormatError(f"{source}: more than {_MOST_ROWS:,} rows; merge options")
        first, option = (_text(line[k]) if k < len(line) else "" for k in range(2))
        beyond = next((_text(cell) for cell in line[len(names) :] if _text(cell)), None)
        if beyond is not None:
            raise FormatError(f"{source}: row {at}: {beyond[:60]!r} stands beyond the last party's column; name the column "
                              "in the first row, or put quotation marks around a text with a comma")  # fmt: skip
        if first.casefold() == _FORBIDDEN:
            if any(_text(cell) for cell in line[2:]):
                raise FormatError(f"{source}: row {at}: what is forbidden is worth nothing; leave the cells empty")
            ruled_out.append((at, option))
            continue
        row = [
            number(_cell(line[k] if k < len(line) else None), f"{source}: row {at}, column {parties[k - 2]!r}")
            for k in range(2, len(names))
        ]
        if first.casefold() == _TOGETHER:
            combined.append((at, option, row))
            continue
        if first.casefold() in _SPECIAL:
            key = (first.casefold(), option if first.casefold() == "weight" else "")
            if key in special:
                raise FormatError(f"{source}: row {at}: {' '.join(key).strip()} is given twice; remove one")
            wrong = next(
                (p for p, x in zip(parties, row, strict=True) if x < 0 or (x == 0 and key[0] == "power")), None
            )
            if key[0] != "reservation" and wrong is not None:
                least = "above 0" if key[0] == "power" else "0 or more"
                raise FormatError(
                    f"{source}: row {at}, column {wrong!r} is {row[parties.index(wrong)]:g}; a {key[0]} is {least}"
                )
            special[key] = row
            continue
        issue = first or issue
        if not issue or not option:
            raise FormatError(f"{source}: row {at}: {'no issue' if not issue else 'no option'}; fill the cell")
        options = found.setdefault(issue, {})
        if option in options:
            raise FormatError(f"{source}: row {at}: option {option!r} of {issue!r} is there twice; remove one")
        if len(options) >= MOST_OPTIONS:
            raise FormatError(f"{source}: row {at}: more than {MOST_OPTIONS:,} options of {issue!r}; merge some")
        options[option] = row
    if not found:
        raise FormatError(f"{source}: no options; add a row for each option of each issue")
    for kind, name in special:
        if kind == "weight" and name not in found:
            raise FormatError(f"{source}: a weight for {name!r}, which is no issue; correct the name")
    zero = [0.0] * len(parties)
    issues = tuple(Issue(name=name, values=tuple(options)) for name, options in found.items())
    held = [(_places(text, issues, f"{source}: row {at}"), row) for at, text, row in combined]
    forbidden = tuple(_places(text, issues, f"{source}: row {at}") for at, text in ruled_out)
    utilities = []
    for p in range(len(parties)):
        tables = []
        for name, options in found.items():
            weight = special.get(("weight", name), [1.0] * len(parties))[p]
            tables.append(np.array([row[p] for row in options.values()]) * weight)
        boxes = [Box(places=places, worth=row[p]) for places, row in held if row[p]]
        utilities.append(Utility(tables=tuple(tables), boxes=tuple(boxes)))
    problem = Problem(
        parties=tuple(parties),
        issues=issues,
        utilities=tuple(utilities),
        reservation=np.array(special.get(("reservation", ""), zero)),
        forbidden=forbidden,
    )
    power = special.get(("power", ""))
    return Joined(
        problem=problem if power is None else replace(problem, power=np.array(power)),
        remarks=tuple(_on_weights({name: special.get(("weight", name)) for name in found}, parties, source)),
    )


def _on_weights(weights: dict[str, list[float] | None], parties: Sequence[str], source: str) -> Iterable[str]:
    """Remarks on weights of all issues that sum neither to 1 nor to 100. Raises FormatError where all of a party's are 0."""
    given = [row for row in weights.values() if row is not None]
    for p, party in enumerate(parties):
        total = math.fsum(row[p] for row in given)
        if len(given) < len(weights):
            continue
        if total == 0:
            raise FormatError(f"{source}: every weight of {party!r} is 0; give one issue a weight above 0")
        if min(abs(total - 1), abs(total / 100 - 1)) > 1e-6:
            yield f"{source}: weights of {party!r} sum to {total:.6g}; they are used as they are"


def _places(text: str, issues: Sequence[Issue], where: str) -> Places:
    try:
        return places_of(text, issues)
    except ModelError as error:
        raise FormatError(f"{where}: {error}") from None


def _cell(cell: Any) -> Any:
    return cell.strip() if isinstance(cell, str) else cell
