"""Tables of roll calls: one line a vote, one column a voter, `yes`, `no`, `abstain` or an empty cell."""

import csv
import io
from dataclasses import dataclass
from datetime import date

from winset.errors import FormatError

CODES = {"yes": 1.0, "y": 1.0, "abstain": 2.0, "abstention": 2.0, "a": 2.0, "no": 3.0, "n": 3.0}
CODING = "yes 1, abstain 2, no 3; an empty cell is no vote"
SCALE = (1.0, 3.0)
_NAMES = frozenset({"rcid", "id", "unres", "resolution", "title", "vote", "rollcall", "description", "session"})
_ABSENT = frozenset({"", "absent", "na", "n/a", "-", "not voting"})
_SHOWN = 8
LARGEST = 1_000_000  # rows, and votes in all times ten


@dataclass(frozen=True, slots=True, kw_only=True)
class RollCalls:
    """`votes[v]` holds the codes of voter `v`, one a roll call, None where it did not vote."""

    voters: tuple[str, ...]
    days: tuple[date | None, ...]
    votes: tuple[tuple[float | None, ...], ...]

    def between(self, first: date | None, last: date | None) -> "RollCalls":
        """Only the roll calls from `first` to `last`, both included; without either end, all are kept on that side."""
        if first is None and last is None:
            return self
        kept = [
            at for at, day in enumerate(self.days)
            if day is not None and (first is None or first <= day) and (last is None or day <= last)
        ]  # fmt: skip
        return RollCalls(
            voters=self.voters,
            days=tuple(self.days[at] for at in kept),
            votes=tuple(tuple(votes[at] for at in kept) for votes in self.votes),
        )


def read_roll_calls(data: bytes, name: str) -> RollCalls:
    """The table in `data` (CSV with commas, semicolons or tabs; the first line names the columns).

    A column `date` holds days; columns with other known names (`rcid`, `title`, ...) are passed over; every other column is
    a voter. Raises FormatError naming line, column and value for anything that is neither a vote nor empty.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FormatError(f"{name}: not UTF-8 at byte {error.start}; save the table as UTF-8") from None
    head = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise FormatError(f"{name}: not a table: {error}") from None
    if len(rows) < 2:
        raise FormatError(f"{name}: needs a line of column names and at least one roll call below it")
    if len(rows) > LARGEST:
        raise FormatError(f"{name}: {len(rows):,} lines are more than the {LARGEST:,} that are read; split the table")
    names = [cell.strip() for cell in rows[0]]
    columns = [at for at, one in enumerate(names) if one.casefold() not in _NAMES and one.casefold() != "date"]
    voters = [names[at] for at in columns]
    twice = sorted({one for one in voters if voters.count(one) > 1 or not one})
    if twice:
        raise FormatError(f"{name}: line 1: the column {twice[0]!r} occurs twice or has no name; name each voter once")
    if len(voters) < 2:
        raise FormatError(
            f"{name}: line 1: needs a column for each of at least two voters, got {', '.join(voters) or 'none'}"
        )
    day_at = next((at for at, one in enumerate(names) if one.casefold() == "date"), None)
    wrong: list[str] = []
    days: list[date | None] = []
    votes: list[list[float | None]] = [[] for _ in voters]
    for number, row in enumerate(rows[1:], 2):
        if not any(cell.strip() for cell in row):
            continue
        if len(row) != len(names):
            wrong.append(f"line {number}: has {len(row)} cells where line 1 has {len(names)}")
            continue
        days.append(_day(row[day_at], number, wrong) if day_at is not None else None)
        for voter, at in enumerate(columns):
            votes[voter].append(_vote(row[at], number, voters[voter], wrong))
    if wrong:
        more = [f"and {len(wrong) - _SHOWN} more"] if len(wrong) > _SHOWN else []
        raise FormatError("\n".join(f"{name}: {one}" for one in wrong[:_SHOWN] + more))
    return RollCalls(voters=tuple(voters), days=tuple(days), votes=tuple(tuple(one) for one in votes))


def _vote(cell: str, number: int, voter: str, wrong: list[str]) -> float | None:
    plain = cell.strip().casefold()
    if plain in _ABSENT:
        return None
    if plain not in CODES:
        wrong.append(f"line {number}, column {voter}: {cell!r} is no vote; use yes, no, abstain or an empty cell")
        return None
    return CODES[plain]


def _day(cell: str, number: int, wrong: list[str]) -> date | None:
    if not cell.strip():
        return None
    try:
        return date.fromisoformat(cell.strip())
    except ValueError:
        wrong.append(f"line {number}, column date: {cell!r} is no date; write YYYY-MM-DD")
        return None
