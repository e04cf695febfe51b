"""Plans, drafts and offers: their versions, what changed, who takes which with what reservations."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from winset.domain.text import Grounds, Span
from winset.report import words
from winset.report.blocks import Block, Cell, Inline, Paragraph, Section, Table
from winset.report.brief.content import Brief
from winset.report.brief.notes import Notes


def section(brief: Brief, notes: Notes) -> Section | None:
    """One row a version, its answers below; nothing where the record tells of no proposal."""
    if brief.proposals is None or not (brief.proposals["proposals"] or brief.proposals["unresolved"]):
        return None
    names = {party.id: party.name for party in brief.case.parties}
    rows = [_row(brief, one, names, notes) for one in brief.proposals["proposals"]]
    blocks: list[Block] = [
        Table(
            caption="Each version with its terms and who takes it; dotted: read by the program, not yet reviewed",
            head=("Proposal", "Terms", "Changed", "Who takes it", "Nearest to it"), rows=tuple(rows),
        )
    ]  # fmt: skip
    for one in brief.proposals["unresolved"]:
        candidates = words.several([_called(brief, id) for id in one["candidates"]])
        does = "accepts" if one["accepts"] else "turns down"
        blocks.append(
            Paragraph(
                (
                    f"{names.get(one['party'], one['party'])} {does} one of {candidates}: the words do not say which.",
                    *_refs(one, notes),
                ),
                "caution",
            )
        )
    return Section(id="proposals", title=finding(brief), nav="Proposals", blocks=tuple(blocks))


def finding(brief: Brief) -> str:
    """Who accepts the latest version of the proposal with most answers, in a line."""
    found = brief.proposals["proposals"] if brief.proposals else []
    names = {party.id: party.name for party in brief.case.parties}
    told = [one for one in found if any(a["voice"] == "own" for a in one["acceptances"])]
    if not told:
        return f"{words.count(len(found), 'proposal')} on the table" if found else "Proposals"
    one = max(told, key=lambda p: (len({a["party"] for a in p["acceptances"]}), p["date"] or ""))
    yes = [
        names.get(a["party"], a["party"])
        for a in one["acceptances"]
        if a["accepts"] and a["voice"] == "own" and a["scope"] == "whole"
    ]
    no = [
        names.get(a["party"], a["party"])
        for a in one["acceptances"]
        if not a["accepts"] and a["voice"] == "own" and a["scope"] == "whole"
    ]
    said = [f"{words.several(list(dict.fromkeys(who)))} {does}" for who, does in (
        (yes, "accepts" if len(set(yes)) == 1 else "accept"), (no, "turns it down" if len(set(no)) == 1 else "turn it down")) if who]  # fmt: skip
    return f"{_name(one)}: {', '.join(said)}" if said else _name(one)


def _name(one: Mapping[str, Any]) -> str:
    return str(one["name"]) if one["version"] == "1" else f"{one['name']}, version {one['version']}"


def _called(brief: Brief, id: str) -> str:
    found = brief.proposals["proposals"] if brief.proposals else []
    return next((_name(one) for one in found if one["id"] == id), id)


def _row(brief: Brief, one: Mapping[str, Any], names: Mapping[str, str], notes: Notes) -> tuple[Cell, ...]:
    whose = [names.get(author, author) for author in one.get("authors") or ([one["author"]] if one["author"] else [])]
    by = f", by {words.several(whose)}" if whose else ""
    by += f", mediated by {names.get(one['mediator'], one['mediator'])}" if one["mediator"] else ""
    gone = f"; withdrawn {one['withdrawn']}" if one.get("withdrawn") else ""
    near = sorted(one["distance"].items(), key=lambda pair: pair[1]["distance"])[:2]
    return (
        Cell(line=(f"{_name(one)} ({words.day(date.fromisoformat(one['date'])) if one['date'] else 'no date'}{by}{gone})", *_refs(one, notes)), head=True,
             state="suggested" if one["suggested"] else None),
        Cell(line=("; ".join(_term(brief, issue, term) for issue, term in one["terms"].items()) or "none stated",)),
        Cell(line=(_changed(brief, one, names),)),
        Cell(line=_answers(one, names, notes), state="suggested" if any(a["suggested"] for a in one["acceptances"]) else None),
        Cell(
            line=(words.several([f"{names.get(p, p)} ({100 * d['distance']:.0f} of 100 away, on {d['issues']} of {d['of']})" for p, d in near]) or "not known",),
            state="computed" if near else "missing",
        ),
    )  # fmt: skip


def _term(brief: Brief, issue: str, term: Any) -> str:
    known = next((one for one in brief.case.issues if one.id == issue), None)
    label = known.label(float(term)) if known and isinstance(term, int | float) else None
    shown = term if isinstance(term, str) else words.number(term)
    return f"{_asked(brief, issue)} {shown} ({label})" if label else f"{_asked(brief, issue)} {shown}"


def _asked(brief: Brief, issue: str) -> str:
    """The question that a term answers, as it stands ahead of the term."""
    known = next((one for one in brief.case.issues if one.id == issue), None)
    return known.question if known else f"{issue}:"


def _changed(brief: Brief, one: Mapping[str, Any], names: Mapping[str, str]) -> str:
    told = []
    for issue, change in one["changes"].items():
        then, now = (_shown(change[key]) for key in ("before", "after"))
        gains = words.several([names.get(party, party) for party in change["nearer"]])
        told.append(f"{_asked(brief, issue)} from {then} to {now}" + (f", nearer to {gains}" if gains else ""))
    return "; ".join(told) or ("nothing on record" if one.get("revises") else "the first version")


def _shown(term: Any) -> str:
    return "nothing" if term is None else term if isinstance(term, str) else words.number(term)


def _answers(one: Mapping[str, Any], names: Mapping[str, str], notes: Notes) -> tuple[Inline, ...]:
    line: list[Inline] = []
    for answer in one["acceptances"]:
        does = "accepts" if answer["accepts"] else "turns down"
        does += " parts of it" if answer["scope"] == "part" else "" if answer["accepts"] else " all of it"
        voice = (
            ""
            if answer["voice"] == "own"
            else f" ({words.VOICES[answer['voice']]}"
            + (f", {answer['ascribed_by']}" if answer.get("ascribed_by") else "")
            + ")"
        )
        reservations = [each for each in answer["reservations"] if each != "in principle"]
        kept = " in principle" if len(reservations) < len(answer["reservations"]) else ""
        if reservations:
            kept += f", {'but for' if answer['accepts'] and answer['scope'] == 'whole' else 'namely'} {words.several(reservations)}"
        hangs = f", if {answer['condition']}" if answer.get("condition") else ""
        line += [
            "; " if line else "",
            f"{names.get(answer['party'], answer['party'])} {does}{voice}{kept}{hangs}",
            *_refs(answer, notes),
        ]
    return tuple(line) if line else ("nobody on record",)


def _refs(one: Mapping[str, Any], notes: Notes) -> tuple[Inline, ...]:
    grounds = [
        Grounds(doc=g["doc"], statement=g.get("statement"), spans=tuple(Span(*span) for span in g.get("spans") or ()))
        for g in one["grounds"]
    ]  # fmt: skip
    return notes.refs(grounds, 1)
