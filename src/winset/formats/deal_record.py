"""A table of past deals: when each was signed, and when it ended or that it still stood.

Own columns `name, signed, ended` (dates; an empty `ended` still stands), or those of the UCDP Peace Agreement Dataset
(`pa_name, pa_date, duration`, with `ended` 1 where it ended). All further columns can be asked for in a reference class.
"""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from winset.errors import FormatError

LONGEST_FIELD = 1 << 20
MOST_ROWS = 1_000_000
_NAMES = {"name": ("name", "pa_name"), "signed": ("signed", "pa_date"), "ended": ("ended_on", "duration", "ended")}
_FLAGS = {"0": False, "0.0": False, "1": True, "1.0": True}


@dataclass(frozen=True, slots=True, kw_only=True)
class PastDeal:
    """ended  the day it ended, None where it stands;  unknown  whether it ended on a day that the table does not give"""

    name: str
    signed: date
    ended: date | None
    unknown: bool
    columns: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """deals in the order of the table;  ucdp  whether the columns are those of the UCDP dataset"""

    deals: tuple[PastDeal, ...]
    columns: tuple[str, ...]
    ucdp: bool


def read_deal_record(data: bytes, source: str) -> Record:
    """The deals of a CSV table. Raises FormatError naming line, column and value."""
    text = data.decode("utf-8-sig", errors="replace")
    first = text.partition("\n")[0]
    csv.field_size_limit(LONGEST_FIELD)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count), strict=True)
    try:
        columns = tuple(name for name in reader.fieldnames or () if name)
    except csv.Error as error:
        raise FormatError(f"{source}: line 1: not CSV ({error}); save the table as CSV again") from None
    signed = next((c for c in _NAMES["signed"] if c in columns), None)
    ended = next((c for c in _NAMES["ended"] if c in columns), None)
    if signed is None or ended is None:
        missing = "the day of signature (signed or pa_date)" if signed is None else "the end (ended or duration)"
        raise FormatError(
            f"{source}: no column for {missing}; there are {', '.join(c[:30] for c in columns[:12]) or 'none'}"
        )
    name = next((c for c in _NAMES["name"] if c in columns), None)
    deals = []
    try:
        for number, row in enumerate(reader, start=2):
            if number > MOST_ROWS:
                raise FormatError(f"{source}: more than {MOST_ROWS:,} lines; split the table")
            plain = {key: (value or "").strip() for key, value in row.items() if isinstance(value, str | None) and key}
            start = _day(plain[signed], source, number, signed)
            if start is None:
                raise FormatError(f"{source}: line {number}, column {signed}: a day such as 1995-12-14 is needed")
            flag = _FLAGS.get(plain.get("ended", ""))
            end = None if ended == "ended" and flag is not None else _day(plain[ended], source, number, ended)
            if end is not None and end < start:
                raise FormatError(f"{source}: line {number}: it ended on {end}, before it was signed on {start}")
            label = plain[name] if name else f"line {number}"
            deals.append(
                PastDeal(name=label, signed=start, ended=end, unknown=end is None and bool(flag), columns=plain)
            )
    except csv.Error as error:
        raise FormatError(f"{source}: not a CSV file that can be read ({error}); save it as CSV UTF-8 again") from None
    if not deals:
        raise FormatError(f"{source}: no deals in the table; add a line for each")
    return Record(deals=tuple(deals), columns=columns, ucdp={"paid", "pa_name", "incompatibility"} <= set(columns))


def _day(cell: str, source: str, number: int, column: str) -> date | None:
    if not cell:
        return None
    try:
        return date.fromisoformat(cell[:10])
    except ValueError:
        raise FormatError(
            f"{source}: line {number}, column {column}: {cell[:40]!r} is no day; write it as 1995-12-14"
        ) from None
