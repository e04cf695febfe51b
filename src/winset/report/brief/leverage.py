"""Leverage in one view: how much of the surplus moves when one number of one party moves by one step."""

from winset.report import words
from winset.report.blocks import Block, Cell, Items, Section, Table
from winset.report.brief.content import Brief
from winset.report.brief.notes import Notes

LEAST = 0.0005  # less than a twentieth of a point is nothing


def section(brief: Brief, notes: Notes) -> Section | None:
    """Nothing where patience is not judged: then there is no division to move from."""
    if brief.leverage is None:
        return None
    found = brief.leverage.result
    names = {party.id: party.name for party in brief.case.parties}
    parties = list(dict.fromkeys(p for row in found["rows"] for p in row["moves"]))
    rows = []
    for row in found["rows"]:
        rows.append((
            Cell(line=(names.get(row["party"], row["party"]),), head=True),
            Cell(line=(row["lever"],)),
            *(Cell(line=(_points(row["moves"].get(p)),), state="computed") for p in parties),
        ))  # fmt: skip
    blocks: list[Block] = [Table(
        caption="What one step moves, in points of 100 of the surplus (of utility, for a win-set)",
        head=("Whose", "What moves by one step", *(names.get(p, p) for p in parties)),
        rows=tuple(rows), numeric=frozenset(range(2, 2 + len(parties))),
    )]  # fmt: skip
    if found["words"]:
        blocks.append(Items(tuple((line,) for line in found["words"])))
    return Section(id="leverage", title=finding(brief) or "", nav="Leverage", blocks=tuple(blocks))


def finding(brief: Brief) -> str | None:
    """The step that brings its own party most, in a line; None where nothing was computed."""
    if brief.leverage is None:
        return None
    found = brief.leverage.result
    names = {party.id: party.name for party in brief.case.parties}
    own = [(row["moves"].get(row["party"]) or 0.0, row) for row in found["rows"] if row["lever"] != "win-set"]
    best = max(own, key=lambda pair: pair[0], default=None)
    if best is None or best[0] <= LEAST:
        return "No single step would move the terms"
    gain, row = best
    return (f"{names.get(row['party'], row['party'])} gains most by its {row['lever']}: "
            f"{_points(gain)} of 100 points a step")  # fmt: skip


def _points(change: float | None) -> str:
    """Signed points of a hundred."""
    if change is None:
        return "no deal"
    if abs(change) < LEAST:
        return "0"
    return ("+" if change > 0 else "") + words.number(round(100 * change, 1))
