"""Conflicts as textbooks print them: options in rows, states in columns.

    decision maker, option,  direction, 1, 2, 3
    Ministry,       modify,  fwd,       N, Y, -
    Company,        abandon, fwd,       N, N, Y
    rank,           Ministry,,          2, 1, 3

A cell is Y, N (or 1, 0), or - where the option does not matter any more: such a column is several situations made one.
`direction` may be left out; a row whose first cell is "rank" ranks the states for a decision maker, 1 is best.
"""

import csv
import io
from typing import Any

from winset.errors import FormatError
from winset.formats.cells import guarded
from winset.formats.sheets import csv_rows, xlsx_bytes, xlsx_rows
from winset.models.stability.conflict import Conflict

_ANSWERS = {"y": "Y", "1": "Y", "n": "N", "0": "N", "-": "-", "\u2013": "-", "": "-"}
_ZIP = b"PK\x03\x04"
MOST_COLUMNS = 16_000


def read_table(data: bytes, where: str) -> dict[str, Any]:
    """The table, CSV or XLSX by its first bytes, as a graph, with `options` beside. Raises FormatError naming row and column."""
    return of_rows(xlsx_rows(data, where) if data.startswith(_ZIP) else csv_rows(data, where), where)


def of_rows(rows: list[list[str]], where: str) -> dict[str, Any]:
    """As `read_table`, of cells as text."""
    if not rows or [c.lower() for c in rows[0][:2]] != ["decision maker", "option"]:
        raise FormatError(f"{where}: the first row has to begin with 'decision maker, option' and then name the states")
    first = 3 if len(rows[0]) > 2 and rows[0][2].lower() == "direction" else 2
    labels = [int(c) if c.isascii() and c.isdigit() and len(c) < 10 else c for c in rows[0][first:]]
    while labels and labels[-1] == "":
        labels.pop()
    options: list[tuple[str, str, str, list[str]]] = []
    ranks: dict[str, list[Any]] = {}
    for number, row in enumerate(rows[1:], start=2):
        if not any(row):
            continue
        cells = (row[first:] + [""] * len(labels))[: len(labels)]
        if row[0].lower() == "rank":
            if row[1] in ranks:
                raise FormatError(f"{where}: row {number} ranks the states for {row[1]!r} again; leave one such row")
            ranks[row[1]] = _ranked(cells, labels, f"{where}: row {number}")
            continue
        way = (row[2].lower() or "both") if first == 3 else "both"
        if way not in ("both", "fwd", "back"):
            raise FormatError(f"{where}: row {number} has direction {row[2]!r}; both, fwd or back")
        answers = []
        for label, cell in zip(labels, cells, strict=True):
            if cell.lower() not in _ANSWERS:
                raise FormatError(f"{where}: row {number}, state {label}: {cell!r} is not Y, N or -")
            answers.append(_ANSWERS[cell.lower()])
        options.append((row[0], row[1], way, answers))
    parties = list(dict.fromkeys(owner for owner, *_ in options)) or list(ranks)
    arcs = {
        p: [[a, b] for s, a in enumerate(labels) for t, b in enumerate(labels) if s != t and _moves(p, s, t, options)]
        for p in parties
    }
    return {
        "decision_makers": parties, "states": labels, "arcs": arcs, "preferences": ranks,
        "options": [name for _, name, _, _ in options],
    }  # fmt: skip


def _ranked(cells: list[str], labels: list[Any], where: str) -> list[Any]:
    groups: dict[float, list[Any]] = {}
    for label, cell in zip(labels, cells, strict=True):
        if not (cell.isascii() and cell.isdigit() and 0 < len(cell) < 10):
            raise FormatError(f"{where}, state {label}: {cell!r} is no rank; write 1 for the best, the same for ties")
        groups.setdefault(int(cell), []).append(label)
    return [groups[place] for place in sorted(groups)]


def _moves(party: str, s: int, t: int, options: list[tuple[str, str, str, list[str]]]) -> bool:
    """Whether some situation of column s becomes one of column t by this party's options alone."""
    changed = False
    for owner, _, way, answers in options:
        a, b = answers[s], answers[t]
        if a == b or "-" in (a, b):
            changed = changed or (owner == party and a != b)
            continue
        if owner != party or way == ("back" if b == "Y" else "fwd"):
            return False
        changed = True
    return changed


def table(conflict: Conflict) -> list[list[Any]]:
    """The conflict as rows. Raises FormatError for a graph, or where there are more states than a sheet has columns."""
    if conflict.codes is None:
        raise FormatError("a graph has no options to put into rows; save it as .json")
    if len(conflict.labels) > MOST_COLUMNS:
        raise FormatError(
            f"{len(conflict.labels):,} states are more columns than a sheet has, {MOST_COLUMNS:,}; save it as .gmcr"
        )
    forward, backward = conflict.one_way
    rows: list[list[Any]] = [["decision maker", "option", "direction", *conflict.labels]]
    for k, name in enumerate(conflict.options):
        way = "fwd" if forward >> k & 1 else "back" if backward >> k & 1 else "both"
        marks = ["Y" if code >> k & 1 else "N" for code in conflict.taken]
        rows.append([conflict.parties[conflict.owners[k]], name, way, *marks])
    for party, places in zip(conflict.parties, conflict.rank, strict=True):
        rows.append(["rank", party, "", *(place + 1 for place in places)])
    return rows


def table_csv(conflict: Conflict) -> bytes:
    """The table as CSV; a text that a spreadsheet might run gets an apostrophe in front."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([guarded(c) if isinstance(c, str) else c for c in row] for row in table(conflict))
    return out.getvalue().encode("utf-8-sig")


def table_xlsx(conflict: Conflict) -> bytes:
    """The table as a workbook."""
    return xlsx_bytes(table(conflict), "conflict")
