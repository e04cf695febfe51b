"""Who stands near whom, then and now, and whose points were taken over."""

from collections.abc import Mapping
from typing import Any

from winset.models.similarity.distances import NEAR
from winset.report import words
from winset.report.blocks import Block, Cell, Paragraph, Quote, Section, Table
from winset.report.brief.content import Brief
from winset.report.brief.notes import Notes

MOST_ADOPTED = 8

ENOUGH = 0.5
"""Share of the issues on which both of a pair are known, below which nobody is called a bloc."""


def section(brief: Brief, notes: Notes) -> Section | None:
    """Distances now, with those at `since` beside them, blocs, and adopted points side by side; nothing without any."""
    now = brief.alignment
    if now is None:
        return None
    names = {party.id: party.name for party in brief.case.parties}
    then = {(a, b): x for a, b, x, _ in _pairs(brief.alignment_then)} if brief.alignment_then else {}
    rows = [
        (
            Cell(line=(f"{names.get(a, a)} and {names.get(b, b)}",), head=True),
            *([Cell(line=(_number(then.get((a, b))),))] if then else []),
            Cell(line=(_number(x),), changed=bool(then) and _moved(then.get((a, b)), x)),
            Cell(line=(f"{basis:.0%}",)),
        )
        for a, b, x, basis in _pairs(now) if x is not None
    ]  # fmt: skip
    blocks: list[Block] = []
    if rows:
        head = ("Pair", *((f"On {words.day(brief.since)}",) if then else ()), "Now", "Issues it rests on")
        blocks.append(
            Table(
                caption="Distance from 0 (the same on all shared issues) to 1 (opposite ends), weighted by salience. "
                "Few shared issues make it unsure.",
                head=head, rows=tuple(rows), numeric=frozenset(range(1, len(head))),
            )
        )  # fmt: skip
    thin = {frozenset((a, b)) for a, b, _, basis in _pairs(now) if basis < ENOUGH}
    blocs = [
        [names.get(one, one) for one in bloc]
        for bloc in now["blocs"]
        if 1 < len(bloc) < len(now["parties"]) and not any(pair <= set(bloc) for pair in thin)
    ]
    if blocs:
        told = "; ".join(words.several(bloc) for bloc in blocs)
        blocks.append(Paragraph((f"Closest to each other, no two more than {NEAR:g} apart: {told}.",)))
    if now["adopted"]:
        blocks.append(_adopted(now["adopted"], names, brief, notes))
    if not blocks:
        return None
    return Section(id="alignment", title=_title(rows, now, names), nav="Alignment", blocks=tuple(blocks))


def _title(rows: list[Any], now: Mapping[str, Any], names: Mapping[str, str]) -> str:
    known = [(x, a, b) for a, b, x, _ in _pairs(now) if x is not None]
    if not known:
        return "Points taken over"
    _, a, b = min(known)
    return f"{names.get(a, a)} and {names.get(b, b)} stand nearest" if len(known) > 1 else "How far apart they stand"


def _adopted(points: list[dict[str, Any]], names: Mapping[str, str], brief: Brief, notes: Notes) -> Table:
    languages = {document.id: document.language for document in brief.case.documents}
    shown = sorted(points, key=lambda one: -max(one["wording"], one["meaning"]))[:MOST_ADOPTED]
    left = f" ({len(points) - len(shown)} weaker ones are left out)" if len(points) > len(shown) else ""
    return Table(
        caption=f"Points that one party voiced after another{left}. Likeness does not prove that one heard the other.",
        head=("Who took over from whom", "Said before", "Said later", "Wording", "Meaning"),
        numeric=frozenset({3, 4}),
        rows=tuple(
            (
                Cell(line=(f"{names.get(one['by'], one['by'])} from {names.get(one['from'], one['from'])}",), head=True),
                Cell(line=(Quote(one["earlier_words"], languages.get(one["earlier"].rpartition("#")[0], "und")), *notes.ref(one["earlier"]))),
                Cell(line=(Quote(one["later_words"], languages.get(one["later"].rpartition("#")[0], "und")), *notes.ref(one["later"]))),
                Cell(line=(f"{one['wording']:.0%}",), state="suggested"),
                Cell(line=(f"{one['meaning']:.0%}",), state="suggested"),
            )
            for one in shown
        ),
    )  # fmt: skip


def _pairs(found: Mapping[str, Any] | None) -> list[tuple[str, str, float | None, float]]:
    if found is None:
        return []
    parties = found["parties"]
    return [
        (parties[a], parties[b], found["distance"][a][b], found["basis"][a][b])
        for a in range(len(parties)) for b in range(a + 1, len(parties))
    ]  # fmt: skip


def _number(x: float | None) -> str:
    return "not known" if x is None else f"{x:.2f}"


def _moved(before: float | None, now: float | None) -> bool:
    return before is not None and now is not None and abs(before - now) >= 0.005
