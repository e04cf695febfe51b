"""Who stands near whom, then and now, and whose points were taken over."""

from collections.abc import Mapping
from typing import Any

from winset.models.similarity.distances import NEAR
from winset.report import words
from winset.report.blocks import Block, Cell, Paragraph, Quote, Section, Table
from winset.report.brief.content import Brief
from winset.report.brief.notes import Notes
from winset.report.charts.nearness import Apart, nearness

MOST_ADOPTED = 8

ENOUGH = 0.5
"""Share of the issues on which both of a pair are known, below which nobody is called a bloc."""


def section(brief: Brief, notes: Notes) -> Section | None:
    """Distances now, with those at `since` beside them, blocs, and adopted points side by side; nothing without any."""
    now = brief.alignment
    if now is None:
        return None
    names = {party.id: party.name for party in brief.case.parties}
    pairs = _known(now, brief.alignment_then, names)
    blocks: list[Block] = []
    if pairs:
        blocks.append(nearness(pairs, now["issues"], words.day(brief.since) if brief.alignment_then else None, ENOUGH))
    if told := _blocs(now, names):
        before = _blocs(brief.alignment_then, names) if brief.alignment_then else told
        said = f"Closest to each other, no two more than {NEAR:g} apart: {told}."
        if before != told:
            said += f" On {words.day(brief.since)}: {before or 'nobody'}."
        blocks.append(Paragraph((said,)))
    if now["adopted"]:
        blocks.append(_adopted(now["adopted"], names, brief, notes))
    if not blocks:
        return None
    return Section(id="alignment", title=_title(pairs, now["issues"]), nav="Alignment", blocks=tuple(blocks))


def _known(now: Mapping[str, Any], then: Mapping[str, Any] | None, names: Mapping[str, str]) -> list[Apart]:
    """The pairs whose distance is known, those that rest on most issues first, then the nearest."""
    before = {(a, b): x for a, b, x, _ in _pairs(then)}
    found = [
        Apart(a=names.get(a, a), b=names.get(b, b), now=x, then=before.get((a, b)), issues=round(basis * now["issues"]))
        for a, b, x, basis in _pairs(now) if x is not None
    ]  # fmt: skip
    return sorted(found, key=lambda one: (-one.issues, one.now))


def _blocs(found: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Who stands together, but for pairs that rest on few issues and for one bloc of all."""
    thin = {frozenset((a, b)) for a, b, _, basis in _pairs(found) if basis < ENOUGH}
    blocs = [
        [names.get(one, one) for one in bloc]
        for bloc in found["blocs"]
        if 1 < len(bloc) < len(found["parties"]) and not any(pair <= set(bloc) for pair in thin)
    ]
    return "; ".join(words.several(bloc) for bloc in blocs)


def _title(pairs: list[Apart], of: int) -> str:
    if not pairs:
        return "Points taken over"
    sure = [one for one in pairs if one.issues >= ENOUGH * of]
    if not sure:
        return "Too few issues are shared to say who stands near whom"
    if len(sure) == 1:
        return f"{sure[0].a} and {sure[0].b} stand {_far(sure[0].now)}"
    near = min(sure, key=lambda one: one.now)
    return f"{near.a} and {near.b} stand nearest"


def _far(distance: float) -> str:
    return "close together" if distance <= NEAR else "far apart" if distance >= 0.5 else "some way apart"


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
