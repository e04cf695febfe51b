"""A case as KTAB's files: the CSV table of actors and the XML scenario with the model's parameters."""

import csv
import io
from collections.abc import Mapping
from datetime import date
from typing import Any

from winset.domain.case import Case
from winset.domain.estimates import Estimate
from winset.domain.issues import Issue
from winset.errors import FormatError
from winset.formats.cells import guarded

NAME = 25  # characters of an actor's name that KTAB takes
ACTORS = (3, 250)
DEFAULTS = {
    "VictoryProbModel": "Linear", "VotingRule": "Prop", "PCEModel": "Conditional",
    "StateTransitions": "Deterministic", "BigRRange": "Mid", "BigRAdjust": "OneThird",
    "ThirdPartyCommit": "SemiCommit", "InterVecBrgn": "S2P2", "BargnModel": "InitOnlyInterp",
}  # fmt: skip

Row = tuple[str, str, float, list[tuple[float, float]]]  # name, description, capability, (position, salience) an issue


def _rows(case: Case, at: date | None) -> tuple[list[Issue], list[Row], list[str]]:
    """Issues with an order, those parties that hold a position on each, and remarks on everything else."""
    issues = [i for i in case.issues if i.kind != "discrete"]
    remarks = [f"{i.id} has no order; left out" for i in case.issues if i.kind == "discrete"]

    def value(quantity: str, party: str, issue: Issue | None) -> float | None:
        for place in (issue.id if issue is not None else None, None):
            held = case.judgement(quantity, party, place, at)
            if held is not None and isinstance(held.value, Estimate):
                return float(held.value.best)
        return None

    scales: list[tuple[float, float]] = []
    for issue in issues:
        held = [x for party in case.parties if (x := value("position", party.id, issue)) is not None]
        ends = issue.bounds or (min([0.0, *held]), max([100.0, *held]))
        if issue.bounds is None and ends != (0.0, 100.0):
            ends = (min(held), max(held)) if min(held) < max(held) else ends
            remarks.append(
                f"{issue.id} states no scale; {ends[0]:g} to {ends[1]:g}, as far as positions reach, is 0 to 100"
            )
        scales.append(ends)

    def behind(party: str) -> float | None:
        """Capability by itself, or the same one on every issue."""
        alone = value("capability", party, None)
        on = {value("capability", party, issue) for issue in issues}
        return alone if alone is not None or len(on) != 1 else on.pop()

    rows: list[Row] = []
    for party in case.parties:
        positions = [value("position", party.id, issue) for issue in issues]
        saliences = [value("salience", party.id, issue) for issue in issues]
        capability = behind(party.id)
        pairs = []
        for (low, high), x, s in zip(scales, positions, saliences, strict=True):
            if x is None or s is None or capability is None:
                break
            pairs.append((100 * (x - low) / (high - low), s))
        if capability is None or len(pairs) < len(issues):
            remarks.append(f"{party.name}: not every position, salience and capability is judged; left out")
            continue
        total = sum(s for _, s in pairs)
        if total > 100:  # the most that KTAB takes for one actor
            remarks.append(f"{party.name}: saliences sum to {total:g}; written as shares of 100")
            pairs = [(x, 100 * s / total) for x, s in pairs]
        if len(party.name) > NAME:
            remarks.append(f"{party.name}: the name is cut to {NAME} characters")
        rows.append((party.name[:NAME], party.name, capability, pairs))
    if not issues or not rows:
        raise FormatError(f"{case.title}: no party has a position, salience and capability on every issue; judge them")
    names = [row[0] for row in rows]
    if twice := next((n for k, n in enumerate(names) if n in names[:k]), None):
        raise FormatError(f"{case.title}: two parties are {twice!r} in {NAME} characters; rename one")
    if not ACTORS[0] <= len(rows) <= ACTORS[1]:
        remarks.append(f"{len(rows)} actor{'s' * (len(rows) != 1)}; KTAB itself takes {ACTORS[0]} to {ACTORS[1]}")
    return issues, rows, remarks


def _plain(value: float) -> str:
    return f"{round(value, 10):.12g}"


def write_ktab_csv(case: Case, at: date | None = None) -> tuple[bytes, list[str]]:
    """The table of actors on KTAB's scale 0 to 100, and remarks on what could not be written as it is."""
    issues, rows, remarks = _rows(case, at)
    out = io.StringIO()
    sheet = csv.writer(out, lineterminator="\n")
    sheet.writerow([guarded(case.title), "", len(rows), len(issues)])
    headings = [guarded(f"{i.question} {what}") for i in issues for what in ("Position", "Salience")]
    sheet.writerow(["Actor", "Description", "Power", *headings])
    for name, description, capability, pairs in rows:
        numbers = [_plain(v) for pair in pairs for v in pair]
        sheet.writerow([guarded(name), guarded(description), _plain(capability), *numbers])
    return out.getvalue().encode(), remarks


def write_ktab_xml(
    case: Case, at: date | None = None, parameters: Mapping[str, str] | None = None
) -> tuple[bytes, list[str]]:
    """The scenario with all nine parameters and an adjustment of ideals for every actor, which KTAB's reader needs."""
    from lxml import etree  # slow to import, and needed by few

    issues, rows, remarks = _rows(case, at)
    root = etree.Element("Scenario")

    def add(parent: Any, tag: str, text: str) -> None:
        try:
            etree.SubElement(parent, tag).text = text
        except ValueError:
            raise FormatError(f"{tag}: {text!r} holds a character that XML cannot; take it out") from None

    add(root, "name", case.title)
    add(root, "desc", "")
    add(root, "prngSeed", "0")
    stated = etree.SubElement(root, "ModelParameters")
    for name, value in {**DEFAULTS, **(parameters or {})}.items():
        add(stated, name, value)
    dimensions = etree.SubElement(root, "Dimensions")
    for issue in issues:
        add(dimensions, "dName", issue.question)
    actors = etree.SubElement(root, "Actors")
    adjustment = etree.SubElement(root, "IdealAdjustment")
    for name, description, capability, pairs in rows:
        actor = etree.SubElement(actors, "Actor")
        add(actor, "name", name)
        add(actor, "description", description)
        add(actor, "capability", _plain(capability))
        for block, tag, place in (("Position", "dCoord", 0), ("Salience", "dSal", 1)):
            parent = etree.SubElement(actor, block)
            for pair in pairs:
                add(parent, tag, _plain(pair[place]))
        adjusted = etree.SubElement(adjustment, "iaPair")
        add(adjusted, "adjustingIdeal", name)
        add(adjusted, "referencePos", name)
        add(adjusted, "adjust", "1.0")
    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return data, remarks
