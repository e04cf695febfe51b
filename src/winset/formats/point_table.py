"""Points of two parties on the same items: a table `item, PARTY, PARTY`, or JSON."""

import csv
import io
from fractions import Fraction
from typing import Any

from winset.errors import FormatError
from winset.formats.cells import decoded, unguarded
from winset.formats.profiles import parse_json
from winset.models.bargaining.adjusted_winner import Points

_MOST_ITEMS = 10_000
_LONGEST = 40


def read_point_csv(data: bytes, source: str) -> Points:
    """From CSV with a head row. Raises FormatError naming file, row and value."""
    text = decoded(data)
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    csv.field_size_limit(1 << 16)
    try:
        rows = [
            (n, [unguarded(cell.strip()) for cell in row])
            for n, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True), 1)
            if any(cell.strip() for cell in row)
        ]
    except csv.Error as error:
        raise FormatError(f"{source}: not a CSV file that can be read ({error}); save it as CSV UTF-8 again") from None
    if not rows or len(rows[0][1]) != 3 or not all(rows[0][1]) or rows[0][1][1] == rows[0][1][2]:
        raise FormatError(f"{source}: row 1: the first row is item and the names of two parties")
    if len(rows) > _MOST_ITEMS + 1:
        raise FormatError(f"{source}: {len(rows) - 1:,} items; at most {_MOST_ITEMS:,} are read")
    first: dict[str, Fraction] = {}
    second: dict[str, Fraction] = {}
    for at, row in rows[1:]:
        if len(row) != 3 or not row[0]:
            raise FormatError(f"{source}: row {at}: an item and two numbers are needed")
        if row[0] in first:
            raise FormatError(f"{source}: row {at}: the item {row[0]!r} is there twice; remove one")
        first[row[0]], second[row[0]] = (points(row[k], f"{source}: row {at}, {rows[0][1][k]!r}") for k in (1, 2))
    if not first:
        raise FormatError(f"{source}: no items; add a row for each")
    return Points(parties=(rows[0][1][1], rows[0][1][2]), first=first, second=second)


def read_point_json(data: bytes, source: str) -> Points:
    """From {"first", "second": names, "points_first", "points_second": {item: points}}."""
    value = parse_json(data, source)
    if not isinstance(value, dict):
        raise FormatError(f"{source}: expected an object with points_first and points_second")
    tables: list[dict[str, Fraction]] = []
    for key in ("points_first", "points_second"):
        table = value.get(key)
        if not isinstance(table, dict) or not 0 < len(table) <= _MOST_ITEMS:
            raise FormatError(f"{source}: {key} is no object of 1 to {_MOST_ITEMS:,} items; give {{item: points}}")
        tables.append({item: points(given, f"{source}: {key} of {item!r}") for item, given in table.items()})
    odd = set(tables[0]) ^ set(tables[1])
    if odd:
        raise FormatError(f"{source}: the item {min(odd)!r} is in one list of points only; add it to the other")
    names = tuple(str(value.get(key, key)) for key in ("first", "second"))
    return Points(parties=(names[0], names[1]), first=tables[0], second={i: tables[1][i] for i in tables[0]})


def points(given: Any, where: str) -> Fraction:
    """An exact number of points, decimals and fractions as written. Raises FormatError."""
    text = str(given).strip()
    plain = text.replace("/", "").replace(".", "").replace("-", "").replace("+", "").isdecimal()
    if isinstance(given, bool) or not plain or len(text) > _LONGEST:
        raise FormatError(f"{where} is {text[:60]!r}; write a number of points, 0 or more")
    try:
        found = Fraction(text)
    except (ValueError, ZeroDivisionError):
        raise FormatError(f"{where} is {text[:60]!r}; write a number of points, 0 or more") from None
    if found < 0:
        raise FormatError(f"{where} is {text}; points are 0 or more")
    return found
