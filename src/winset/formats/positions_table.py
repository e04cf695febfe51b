"""The table that analysts start from: who wants what on which issue, how much it matters, with what weight behind it.

Columns `party, issue, date, position, salience, capability, note`, in any order; only `party` has to be there. A cell
holds a number, `40..60` (a range) or `40..50..60` (low, most likely, high).
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from winset.domain.actors import Party, slug
from winset.domain.case import Case
from winset.domain.estimates import Estimate, Exact, Judgement, Likely, Range, Table
from winset.domain.issues import Issue
from winset.domain.plain.fields import plain_number
from winset.domain.plain.references import Names, judgement_problems
from winset.errors import CaseError, FormatError, ReadingError
from winset.formats.cells import decoded, guarded, unguarded
from winset.reading.archive import open_archive
from winset.reading.limits import Limits

COLUMNS = ("party", "issue", "date", "position", "salience", "capability", "note")
QUANTITIES = ("position", "salience", "capability")
MOST_ROWS, LONGEST_FIELD = 1_000_000, 1 << 20
_SHOWN_ERRORS = 12
_NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?")
Cells = Sequence[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the table; `number` is its row in the file."""

    number: int
    party: str
    issue: str | None
    day: date | None
    values: tuple[tuple[str, Estimate], ...]
    note: str | None


def read_csv(data: bytes, name: str) -> list[Row]:
    """Rows of a CSV file, comma, semicolon or tab between the cells. Raises FormatError naming every wrong cell."""
    text = decoded(data)
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    csv.field_size_limit(LONGEST_FIELD)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        return _rows(([unguarded(cell) for cell in line] for line in reader), name)
    except csv.Error as error:
        raise FormatError(f"{name}: not a CSV file that can be read ({error}); save it as CSV UTF-8 again") from None


def read_xlsx(data: bytes, name: str) -> list[Row]:
    """Rows of the first sheet of an XLSX file; formulas count by their last value. Raises FormatError as above."""
    import openpyxl

    try:
        open_archive(data, limits=Limits()).close()
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        try:
            return _rows(book.worksheets[0].iter_rows(values_only=True), name)
        finally:
            book.close()
    except FormatError:
        raise
    except ReadingError as error:
        raise FormatError(f"{name}: {error}") from None
    except Exception as error:  # openpyxl raises whatever its XML parser and its guesses come to
        raise FormatError(f"{name}: not an XLSX file that can be read ({error}); save it again as .xlsx") from None


def told_once(rows: Iterable[Row], name: str, *, notes_differ: bool = False) -> list[Row]:
    """The rows, where no two of them say a quantity of the same party, issue and day. Raises FormatError naming both.

    A party's capability may stand in several rows, if it is the same. With `notes_differ` rows with different notes are
    different judgements.
    """
    seen: dict[tuple[str, str, str | None, date | None, str | None], tuple[int, Estimate]] = {}
    kept, wrong = list(rows), []
    for row in kept:
        for quantity, value in row.values:
            own = quantity == "capability"
            issue = None if own or row.issue is None else row.issue.casefold()
            key = (quantity, row.party.casefold(), issue, row.day, row.note if notes_differ else None)
            earlier = seen.setdefault(key, (row.number, value))
            if earlier[0] == row.number or (own and earlier[1] == value):
                continue
            on = "" if own or row.issue is None else f" on {row.issue}"
            ways = "leave one out, rename the party, date both" + (" or tell them apart by a note" * notes_differ)
            wrong.append(f"{name}: row {row.number}: the {quantity} of {row.party}{on} is {_shown(value)}, and "
                         f"{_shown(earlier[1])} in row {earlier[0]}; {ways}")  # fmt: skip
    _raise(wrong)
    return kept


def case_with(case: Case, rows: Iterable[Row], *, by: str, name: str) -> Case:
    """The case with one judgement a filled cell; parties and issues that it lacks are added, repeats are left out.

    Raises FormatError naming each cell that does not fit the case, such as a position off the issue's scale.
    """
    parties, issues = list(case.parties), list(case.issues)
    known_parties = {key.casefold(): p.id for p in parties for key in (p.id, p.name, *p.aliases)}
    known_issues = {key.casefold(): i.id for i in issues for key in (i.id, i.question)}
    there, wrong = set(case.judgements), []
    judgements = list(case.judgements)
    names = Names(frozenset(p.id for p in parties), {i.id: i for i in issues})
    for row in rows:
        party = known_parties.get(row.party.casefold())
        if party is None:
            party = _free(slug(row.party), names.parties)
            parties.append(Party(id=party, name=row.party))
            names = Names(names.parties | {party}, names.issues)
            known_parties[row.party.casefold()] = party
        issue = None
        if row.issue is not None:
            issue = known_issues.get(row.issue.casefold())
            if issue is None:
                issue = _free(slug(row.issue), names.issues)
                issues.append(Issue(id=issue, question=row.issue, kind="continuous"))
                names.issues[issue] = issues[-1]
                known_issues[row.issue.casefold()] = issue
        for quantity, value in row.values:
            where = f"{name}: cell {_column(quantity)}, row {row.number}"
            on = None if quantity == "capability" else issue
            if quantity != "capability" and issue is None:
                wrong.append(f"{where}: a {quantity} needs an issue in the same row")
                continue
            try:
                made = Judgement(
                    quantity=quantity, party=party, issue=on, value=value, by=by, as_of=row.day, note=row.note
                )
            except ValueError as error:
                wrong.append(f"{where}: {error}")
                continue
            wrong += list(judgement_problems(made, names, where))
            if made not in there:
                there.add(made)
                judgements.append(made)
    _raise(wrong)
    try:
        return case.with_(parties=tuple(parties), issues=tuple(issues), judgements=tuple(judgements))
    except CaseError as error:
        raise FormatError(f"{name}: {error}") from None


def table_of(case: Case) -> list[list[str | float | int | None]]:
    """The table of a case, without its heading: a row for each party, issue, date and note. Numbers stay numbers."""
    found: dict[tuple[Any, ...], dict[str, str | float | int]] = {}
    parties = {p.id: p.name for p in case.parties}
    for judgement in case.judgements:
        if judgement.quantity in QUANTITIES and not isinstance(judgement.value, Table):
            day = judgement.as_of.isoformat() if judgement.as_of else None
            key: tuple[Any, ...] = (parties[judgement.party], judgement.issue, day, judgement.note)
            again = 0
            while judgement.quantity in found.get((*key, again), {}):
                again += 1
            found.setdefault((*key, again), {})[judgement.quantity] = _shown(judgement.value)
    return [
        [party, issue, day, *(values.get(quantity) for quantity in QUANTITIES), note]
        for (party, issue, day, note, _), values in found.items()
    ]


def write_csv(case: Case, *, raw: bool = False) -> bytes:
    """The table as CSV. A text that a spreadsheet might run gets an apostrophe in front, unless `raw`."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    safe: Callable[[str], str] = str if raw else guarded
    for row in table_of(case):
        writer.writerow([safe(cell) if isinstance(cell, str) else cell for cell in row])
    return out.getvalue().encode("utf-8" if raw else "utf-8-sig")


def write_xlsx(case: Case) -> bytes:
    """The table as XLSX: numbers as numbers, everything else as text, no formula and no link."""
    import xlsxwriter

    out = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"created": datetime(2000, 1, 1)})  # noqa: DTZ001 - a fixed time gives the same bytes
        sheet = book.add_worksheet("positions")
        sheet.freeze_panes(1, 0)
        for y, row in enumerate([COLUMNS, *table_of(case)]):
            for x, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(y, x, cell)
                elif cell is not None:
                    sheet.write_number(y, x, cell)
    return out.getvalue()


def _rows(lines: Iterable[Cells], name: str) -> list[Row]:
    numbered = ((number, line) for number, line in enumerate(lines, 1))
    heading = next(((number, line) for number, line in numbered if any(_text(cell) for cell in line)), None)
    if heading is None:
        raise FormatError(f"{name} is empty; its first row names the columns {', '.join(COLUMNS)}")
    at: dict[str, int] = {}
    for x, cell in enumerate(heading[1]):
        label = _text(cell).casefold()
        if label in at:
            raise FormatError(f"{name}: cell {_letters(x)}{heading[0]}: the column {label!r} is there twice")
        if label in COLUMNS:
            at[label] = x
        elif label:
            where = f"{name}: cell {_letters(x)}{heading[0]}"
            raise FormatError(f"{where}: no column {label!r}; there are {', '.join(COLUMNS)}")
    if "party" not in at:
        raise FormatError(f"{name}: no column 'party' in row {heading[0]}; the columns are {', '.join(COLUMNS)}")
    rows: list[Row] = []
    wrong: list[str] = []
    for number, line in numbered:
        if not any(_text(cell) for cell in line):
            continue
        if len(rows) >= MOST_ROWS:
            raise FormatError(f"{name} has more than {MOST_ROWS:,} rows; split it")
        problems, row = _row(number, {key: line[x] if x < len(line) else None for key, x in at.items()}, at)
        wrong += [f"{name}: {problem}" for problem in problems]
        if row is not None:
            rows.append(row)
    _raise(wrong)
    return rows


def _row(number: int, cells: dict[str, Any], at: dict[str, int]) -> tuple[list[str], Row | None]:
    wrong: list[str] = []

    def said(key: str, problem: str) -> None:
        wrong.append(f"cell {_letters(at[key])}{number} ({key}): {problem}")

    party = _text(cells["party"])
    if not party:
        said("party", "is empty; every row needs a party")
    day = None
    given = cells.get("date")
    if isinstance(given, datetime):
        day = given.date()
    elif _text(given):
        try:
            day = datetime.strptime(_text(given), "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            said("date", f"expected YYYY-MM-DD, got {_text(given)!r}")
    values = []
    for quantity in QUANTITIES:
        if _text(cells.get(quantity)):
            try:
                values.append((quantity, _estimate(cells[quantity])))
            except ValueError as error:
                said(quantity, str(error))
    if not values and not wrong:
        wrong.append(f"row {number}: no position, salience or capability; fill one or remove the row")
    if wrong:
        return wrong, None
    made = Row(
        number=number, party=party, issue=_text(cells.get("issue")) or None, day=day, values=tuple(values),
        note=_text(cells.get("note")) or None,
    )  # fmt: skip
    return [], made


def _estimate(cell: Any) -> Estimate:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return Exact(float(cell))
    text = _text(cell)
    parts = [part.strip() for part in text.split("..")]
    if not all(_NUMBER.fullmatch(part) for part in parts) or len(parts) > 3:
        hint = "; write 75 for 75%" if "%" in text else "; write a point, not a comma" if "," in text else ""
        raise ValueError(f"expected a number, low..high or low..likely..high, got {text!r}{hint}")
    ends = [float(part) for part in parts]
    return Exact(ends[0]) if len(ends) == 1 else Range(*ends) if len(ends) == 2 else Likely(*ends)


def _shown(value: Estimate) -> str | float | int:
    match value:
        case Exact():
            return plain_number(value.value)
        case Range():
            return f"{plain_number(value.low)}..{plain_number(value.high)}"
        case Likely():
            return f"{plain_number(value.low)}..{plain_number(value.likely)}..{plain_number(value.high)}"
        case _:  # a cell has no form for quantiles and chances: their ends and the middle stand for them
            low, high = value.ends
            return f"{plain_number(low)}..{plain_number(value.best)}..{plain_number(high)}"


def _text(cell: Any) -> str:
    return "" if cell is None else str(cell).strip()


def _free(name: str, taken: Iterable[str]) -> str:
    used, found, n = set(taken), name, 2
    while found in used:
        found, n = f"{name}-{n}", n + 1
    return found


def _column(quantity: str) -> str:
    return f"column {quantity!r}"


def _letters(x: int) -> str:
    letters = ""
    while x >= 0:
        x, rest = divmod(x, 26)
        letters = chr(65 + rest) + letters
        x -= 1
    return letters


def _raise(wrong: list[str]) -> None:
    if wrong:
        more: Iterator[str] = iter(["..."] if len(wrong) > _SHOWN_ERRORS else [])
        raise FormatError("\n".join([*wrong[:_SHOWN_ERRORS], *more]))
