"""Actor tables of other tools: BdM scripts' CSV (one issue) and KTAB CSV (several), read into a case."""

import csv
import io
import math

from winset.domain.actors import Party, slug
from winset.domain.case import Case
from winset.domain.estimates import Exact, Judgement
from winset.domain.issues import Issue
from winset.errors import FormatError, ReadingError
from winset.formats.cells import decoded, fits
from winset.reading.archive import open_archive
from winset.reading.limits import Limits

SYNONYMS = {
    "actor": "actor", "party": "actor", "name": "actor", "stakeholder": "actor",
    "capability": "capability", "influence": "capability", "power": "capability", "weight": "capability",
    "position": "position", "salience": "salience",
}  # fmt: skip


def read_actors(data: bytes, name: str) -> Case:
    """A case from a table of actors: KTAB's if its second line names actor and description, else BdM's.

    Raises FormatError with file, line, value and way out.
    """
    text = decoded(data)
    try:
        lines = text.split("\n", 2)[:2]  # KTAB's first line is free text, so its headings say what stands between cells
        mark = max(",;\t", key=lambda one: max(line.count(one) for line in lines))
        reader = csv.reader(io.StringIO(text), skipinitialspace=True, delimiter=mark)
        rows = [[c.strip() for c in row] for row in reader]
    except csv.Error as error:
        raise FormatError(f"{name}: not a CSV file that can be read ({error}); save it as CSV UTF-8 again") from None
    return _either(rows, name)


def read_actor_sheet(data: bytes, name: str) -> Case:
    """The same from the first sheet of an XLSX file; formulas count by their last value."""
    import openpyxl  # slow to import, and needed by few

    try:
        open_archive(data, limits=Limits()).close()
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        try:
            cells = book.worksheets[0].iter_rows(values_only=True)
            rows = [["" if c is None else str(c).strip() for c in row] for row in cells]
        finally:
            book.close()
    except ReadingError as error:
        raise FormatError(f"{name}: {error}") from None
    except Exception as error:  # openpyxl raises whatever its XML parser and its guesses come to
        raise FormatError(f"{name}: not an XLSX file that can be read ({error}); save it again as .xlsx") from None
    return _either(rows, name)


def _either(rows: list[list[str]], name: str) -> Case:
    while rows and not any(rows[-1]):
        rows.pop()
    if len(rows) < 2:
        raise FormatError(f"{name}: needs a line of headings and one line an actor")
    if (
        len(rows) > 2
        and len(rows[1]) >= 5
        and rows[1][0].casefold().startswith("actor")
        and "descr" in rows[1][1].casefold()
    ):
        return _ktab(rows, name)
    return _bdm(rows, name)


def _cell(row: list[str], column: int, line: int, heading: str, name: str) -> float:
    text = row[column] if column < len(row) else ""
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        shown = "is empty" if not text else f"is {text!r}, not a number"
        raise FormatError(f"{name}, line {line}, column {heading}: {shown}; write a number")
    return value


def _some(values: list[float], lines: list[int], what: str, name: str) -> None:
    if values and not any(v > 0 for v in values):
        raise FormatError(
            f"{name}, lines {lines[0]} to {lines[-1]}: every {what} is 0, so nobody counts; set one above 0"
        )


def _parties(names: list[str], lines: list[int], name: str) -> tuple[Party, ...]:
    seen: dict[str, int] = {}
    parties = []
    for actor, line in zip(names, lines, strict=True):
        if not actor:
            raise FormatError(f"{name}, line {line}: the actor has no name; give it one")
        if actor in seen:
            raise FormatError(f"{name}, line {line}: {actor!r} is also in line {seen[actor]}; rename one")
        seen[actor] = line
        parties.append(Party(id=actor, name=actor))
    return tuple(parties)


def _bdm(rows: list[list[str]], name: str) -> Case:
    columns = {SYNONYMS.get(heading.casefold(), heading.casefold()): i for i, heading in enumerate(rows[0])}
    for needed in ("actor", "position"):
        if needed not in columns:
            raise FormatError(f"{name}, line 1: no column {needed}; headings are {', '.join(rows[0])}")
    for i, heading in enumerate(rows[0]):
        known = SYNONYMS.get(heading.casefold())
        if known is not None and columns[known] != i:
            other = rows[0][columns[known]]
            raise FormatError(f"{name}, line 1: both {heading!r} and {other!r} say {known}; leave one out")
    for line, row in enumerate(rows[1:], 2):
        fits(row, len(rows[0]), line, name)
    body = [(line, row + [""] * (len(rows[0]) - len(row))) for line, row in enumerate(rows[1:], 2) if any(row)]
    parties = _parties([row[columns["actor"]] for _, row in body], [line for line, _ in body], name)
    issue = "position"
    values: dict[str, list[float]] = {
        quantity: [_cell(row, columns[quantity], line, quantity, name) for line, row in body]
        for quantity in ("position", "salience", "capability")
        if quantity in columns
    }
    for quantity, limit in (("salience", 100.0), ("capability", math.inf)):
        for (line, row), v in zip(body, values.get(quantity, []), strict=False):
            if not 0 <= v <= limit:
                lies = "is 0 or more" if limit == math.inf else f"lies in 0 to {limit:g}"
                raise FormatError(f"{name}, line {line}: {quantity} of {row[columns['actor']]} is {v:g}; it {lies}")
    for quantity in ("salience", "capability"):
        _some(values.get(quantity, [1.0]), [line for line, _ in body], quantity, name)
    if values.get("salience") and max(values["salience"]) <= 1:  # the format's own scale is 0 to 1
        values["salience"] = [100 * v for v in values["salience"]]
    return Case(
        title=name, parties=parties,
        issues=(Issue(id=issue, question=f"Position in {name}", kind="continuous"),),
        judgements=tuple(
            Judgement(quantity=q, party=p.id, issue=issue, value=Exact(v), by=name)
            for q, column in values.items() for p, v in zip(parties, column, strict=True)
        ),
    )  # fmt: skip


def _ktab(rows: list[list[str]], name: str) -> Case:
    title = rows[0][0] or name
    count, dimensions = int(_cell(rows[0], 2, 1, "actors", name)), int(_cell(rows[0], 3, 1, "dimensions", name))
    body = [(line, row) for line, row in enumerate(rows[2:], 3) if any(row)]
    if len(body) != count:
        raise FormatError(f"{name}, line 1: says {count} actors, but there are {len(body)}; correct the number")
    if not 1 <= dimensions <= len(rows[1]):
        raise FormatError(
            f"{name}, line 1: says {dimensions} dimensions; line 2 has headings for {(len(rows[1]) - 3) // 2}"
        )
    parties = _parties([row[0] for _, row in body], [line for line, _ in body], name)
    headings = rows[1] + [""] * 2 * dimensions
    issues: list[Issue] = []
    judgements: list[Judgement] = []
    for line, row in body:
        power = _cell(row, 2, line, "capability", name)
        if power < 0:
            raise FormatError(f"{name}, line {line}: capability of {row[0]} is {power:g}; it is 0 or more")
        judgements.append(Judgement(quantity="capability", party=row[0], issue=None, value=Exact(power), by=name))
    for d in range(dimensions):
        heading = headings[3 + 2 * d] or f"dimension {d + 1}"
        question = heading.removesuffix("Position").strip() or heading
        key = slug(question)
        key = key if all(i.id != key for i in issues) else f"{key}-{d + 1}"
        issues.append(Issue(id=key, question=question, kind="continuous", range=(0.0, 100.0)))
        for line, row in body:
            for quantity, column in (("position", 3 + 2 * d), ("salience", 4 + 2 * d)):
                value = _cell(row, column, line, headings[column] or quantity, name)
                if not 0 <= value <= 100:
                    raise FormatError(f"{name}, line {line}: {quantity} of {row[0]} is {value:g}; it lies in 0 to 100")
                judgements.append(Judgement(quantity=quantity, party=row[0], issue=key, value=Exact(value), by=name))
    return Case(title=title, parties=parties, issues=tuple(issues), judgements=tuple(judgements))
