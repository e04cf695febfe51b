"""A spreadsheet of what each option is worth to each party: parties as columns, options as rows.

Columns `issue, option`, then one a party. An empty issue cell means the issue above. Three words in the first column
are no issues: `reservation` (what no deal is worth), `weight` with an issue in the second column (by which its options
are multiplied, 1 by default) and `power`.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from winset.errors import FormatError, ReadingError
from winset.formats.cells import decoded, guarded, unguarded
from winset.formats.profiles import MOST_OPTIONS, kept, number
from winset.models.bargaining.problem import MOST_PARTIES, Curve, Issue, Problem, Utility
from winset.reading.archive import open_archive
from winset.reading.limits import Limits

_SPECIAL = ("reservation", "weight", "power")
_MOST_ROWS = 10 * MOST_OPTIONS


def read_option_csv(data: bytes, source: str) -> Problem:
    """A problem from CSV; comma, semicolon or tab between the cells. Raises FormatError naming file, cell and value."""
    text = decoded(data)
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    csv.field_size_limit(1 << 16)
    try:
        lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        return _problem(([unguarded(cell) for cell in line] for line in lines), source)
    except csv.Error as error:
        raise FormatError(f"{source}: not a CSV file that can be read ({error}); save it as CSV UTF-8 again") from None


def read_option_xlsx(data: bytes, source: str) -> Problem:
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
    """The table of an additive problem of options. Raises FormatError where it has more than a table can say."""
    if problem.forbidden or problem.continuous or not all(u.additive for u in problem.utilities):
        raise FormatError("a table of options cannot say interactions, forbidden combinations or continuous issues")
    for party, utility in zip(problem.parties, problem.utilities, strict=True):
        if utility.most < utility.bounds[1]:
            raise FormatError(
                f"{party}: a table of options cannot say a largest total ({utility.most:g}) that cuts others"
            )
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(["issue", "option", *(guarded(kept(p, "party")) for p in problem.parties)])
    for k, issue in enumerate(problem.issues):
        if issue.name.casefold() in _SPECIAL:
            raise FormatError(f"issue {issue.name!r}: the word has a meaning of its own in a table; rename the issue")
        name = guarded(kept(issue.name, "issue"))
        for at, value in enumerate(issue.values):
            worth = []
            for utility in problem.utilities:
                table = utility.tables[k]
                assert not isinstance(table, Curve)
                worth.append(repr(float(table[at]) + (utility.constant if k == 0 else 0.0)))
            writer.writerow([name, guarded(kept(str(value), f"issue {issue.name!r}, option")), *worth])
    writer.writerow(["reservation", "", *(repr(float(r)) for r in problem.reservation)])
    if problem.power is not None:
        writer.writerow(["power", "", *(repr(float(w)) for w in problem.power)])
    return out.getvalue().encode("utf-8-sig")


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "" if cell is None else str(cell).strip()


def _problem(lines: Iterable[Sequence[Any]], source: str) -> Problem:
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
    special: dict[tuple[str, str], list[float]] = {}
    found: dict[str, dict[str, list[float]]] = {}
    issue = ""
    for at, line in numbered:
        if at > _MOST_ROWS:
            raise FormatError(f"{source}: more than {_MOST_ROWS:,} rows; merge options")
        first, option = (_text(line[k]) if k < len(line) else "" for k in range(2))
        row = [
            number(_cell(line[k] if k < len(line) else None), f"{source}: row {at}, column {parties[k - 2]!r}")
            for k in range(2, len(names))
        ]
        if first.casefold() in _SPECIAL:
            key = (first.casefold(), option if first.casefold() == "weight" else "")
            if key in special:
                raise FormatError(f"{source}: row {at}: {' '.join(key).strip()} is given twice; remove one")
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
    utilities = []
    for p in range(len(parties)):
        tables = []
        for name, options in found.items():
            weight = special.get(("weight", name), [1.0] * len(parties))[p]
            tables.append(np.array([row[p] for row in options.values()]) * weight)
        utilities.append(Utility(tables=tuple(tables)))
    problem = Problem(
        parties=tuple(parties),
        issues=tuple(Issue(name=name, values=tuple(options)) for name, options in found.items()),
        utilities=tuple(utilities),
        reservation=np.array(special.get(("reservation", ""), zero)),
    )
    power = special.get(("power", ""))
    return problem if power is None else replace(problem, power=np.array(power))


def _cell(cell: Any) -> Any:
    return cell.strip() if isinstance(cell, str) else cell
