"""What changed since a date: sources, words said for the first time and again, positions, and numbers with what moved them."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from winset.domain.estimates import Exact, Range
from winset.domain.issues import Issue
from winset.domain.statements import Statement
from winset.domain.text import Document
from winset.report import words
from winset.report.blocks import Block, Cell, Faint, Inline, Items, Line, Paragraph, Quote, Section, Strong, Table
from winset.report.brief.content import Brief
from winset.report.brief.notes import Notes

MOST = 12  # sayings of each kind that are listed; the record at the end has all
TELLING = (
    "concession",
    "offer",
    "commitment",
    "demand",
    "refusal",
    "threat",
    "accusation",
    "forecast",
    "praise",
    "assessment",
    "report",
)
"""Acts, those that change a negotiation first."""
_SAYS = re.compile(r"\b(?:said|says?|saying|told|tells?|added|adds?|according)\b")


def section(brief: Brief, notes: Notes) -> Section | None:
    """Nothing without a date to compare with."""
    found, since = brief.changes, brief.since
    if found is None or since is None:
        return None
    names = {party.id: party.name for party in brief.case.parties}
    issues = {issue.id: issue for issue in brief.case.issues}
    said = found["statements"]
    blocks: list[Block] = [Paragraph((_counted(found),))]
    if found["sources"]:
        blocks.append(Items(tuple(_source(one) for one in found["sources"][:MOST])))
    if found["positions"]:
        blocks.append(_positions(found["positions"], names, issues, notes))
    if found["numbers"]:
        blocks.append(_numbers(found["numbers"], names, issues))
    by_id = {one.id: one for one in brief.case.statements}
    if new := [by_id[id] for id in said["new"] if id in by_id]:
        blocks += _sayings(brief, new, "Said for the first time", notes)
    if again := [by_id[id] for id in said["repeated"] if id in by_id]:
        blocks += _sayings(brief, again, "Said before, and again", notes)
    return Section(id="changes", title=_title(found, names, since), nav="Changes", blocks=tuple(blocks))


def _title(found: Mapping[str, Any], names: Mapping[str, str], since: date) -> str:
    moved = Counter(one["party"] for one in found["positions"] if one["before"] and one["after"])
    first = sum(one["before"] is None for one in found["positions"])
    if moved:
        on = [f"{names.get(party, party)} changed position on {words.count(n, 'issue')}" for party, n in moved.items()]
        return (
            f"Since {words.day(since)}, {words.several(on[:3])}"
            if len(on) < 4
            else f"Since {words.day(since)}, {len(on)} parties changed position"
        )
    if first:
        return f"Since {words.day(since)}, {words.count(first, 'position')} became known"
    said = found["statements"]
    told = "no position changed" if said["new"] or said["repeated"] or found["numbers"] else "nothing changed"
    return f"Since {words.day(since)}, {told}"


def _counted(found: Mapping[str, Any]) -> str:
    new, again, sources = len(found["statements"]["new"]), len(found["statements"]["repeated"]), len(found["sources"])
    if not new and not again:
        return (
            f"{words.count(sources, 'source')} added, no statement."
            if sources
            else "No source and no statement was added."
        )
    told = f"{words.count(new, 'statement')} made for the first time" if new else "Nothing said for the first time"
    repeats = f"{again} repeating what was said before" if again else "none that repeats what was said before"
    return f"{words.count(sources, 'source')} added: {told}, {repeats}."


def _source(one: Mapping[str, Any]) -> Line:
    day = words.day(date.fromisoformat(one["date"])) if one["date"] else "no date"
    return (one["title"] or one["doc"], Faint(f", {day}"))


def _positions(
    changed: Sequence[Mapping[str, Any]], names: Mapping[str, str], issues: Mapping[str, Issue], notes: Notes
) -> Table:
    """One row a position that differs, issue by issue, with its grounds before and after."""
    order = {id: n for n, id in enumerate(dict.fromkeys(one["issue"] for one in changed))}
    first = sum(one["before"] is None for one in changed)
    moved = len(changed) - first
    counted = [f"{words.count(moved, 'position')} changed"] if moved else []
    counted += [f"{words.count(first, 'position')} known for the first time"] if first else []
    rows, last = [], None
    for one in sorted(changed, key=lambda one: (order[one["issue"]], one["before"] is None)):
        issue = issues.get(one["issue"])
        question = issue.question if issue else one["issue"]
        rows.append(
            (
                Cell(line=("" if question == last else question,), head=True),
                Cell(line=(names.get(one["party"], one["party"]),)),
                _standing(one["before"], issue, notes),
                _standing(one["after"], issue, notes),
            )
        )
        last = question
    return Table(caption=words.several(counted), head=("Issue", "Party", "Was", "Is now"), rows=tuple(rows))


def _standing(row: Mapping[str, Any] | None, issue: Issue | None, notes: Notes) -> Cell:
    if row is None:
        return Cell(line=("not known",), state="missing")
    value = Exact(row["value"]) if "value" in row else Range(*row["range"])
    line: list[Inline] = [words.estimate(value, issue)]
    if row["condition"]:
        line.append(Faint(f" {words.condition(row['condition'])}"))
    line.extend(notes.of_plain(row["grounds"]))
    return Cell(line=tuple(line), state="suggested" if str(row.get("by") or "").startswith("reader") else None)


def _numbers(numbers: Sequence[Mapping[str, Any]], names: Mapping[str, str], issues: Mapping[str, Issue]) -> Table:
    rows = [
        (
            Cell(line=(_what(one, names),), head=True),
            Cell(line=(_figure(one["before"]),)),
            Cell(line=(_figure(one["after"]),)),
            Cell(line=(_because(one, names, issues),)),
        )
        for one in numbers
    ]
    return Table(
        caption="Numbers that moved, and what moved them. Not known: it could not be computed on what was known then.",
        head=("Number", "Was", "Is now", "Because of"), rows=tuple(rows), numeric=frozenset({1, 2}),
    )  # fmt: skip


def _what(one: Mapping[str, Any], names: Mapping[str, str]) -> str:
    if one.get("pair"):
        a, b = (names.get(party, party) for party in one["pair"])
        return (
            f"Distance between {a} and {b}"
            if one["method"] == "alignment"
            else f"Given by {a} to {b}, in shares of a scale"
        )
    told = " ".join(names.get(word, word) for word in one["what"].partition(": ")[2].split(" "))
    return f"{told[:1].upper()}{told[1:]}"


def _figure(value: float | None) -> str:
    return (
        "not known"
        if value is None
        else words.number(value)
        if abs(value) < 1e-9 or abs(value) >= 10
        else f"{value:.2f}".replace("-", "\u2212")
    )


def _because(one: Mapping[str, Any], names: Mapping[str, str], issues: Mapping[str, Issue]) -> str:
    """Whose judgements differ: the issues by name where they are few, else counted."""
    because = one["because"]
    if not because:
        return str(one["why"])
    by: dict[tuple[str, str], list[str]] = {}
    for each in because:
        by.setdefault((each["quantity"], each["party"]), []).append(each["issue"] or "")
    told = [
        f"{quantity} of {names.get(party, party)}{_on(on, issues, len(because) < 3)}"
        for (quantity, party), on in by.items()
    ]
    if one["why"].endswith("others sit at the table"):
        told.append("others at the table")
    return "; ".join(told)


def _on(on: list[str], issues: Mapping[str, Issue], named: bool) -> str:
    on = [one for one in on if one]
    if not on:
        return ""
    if named:
        asked = [issues[one].question.rstrip("?") if one in issues else one for one in on]
        return f" on {words.several([f'“{one}”' for one in asked])}"
    return f" on {words.count(len(on), 'issue')}"


def _sayings(brief: Brief, said: Iterable[Statement], title: str, notes: Notes) -> list[Block]:
    """The most telling of them, in the source's words."""
    documents = {document.id: document for document in brief.case.documents}
    every = list(said)
    order = {act: n for n, act in enumerate(TELLING)}
    shown = sorted(every, key=lambda one: order.get(one.act, len(order)))[:MOST]
    kept = {one.id for one in shown}
    lines: list[Line] = []
    for one in (each for each in every if each.id in kept):
        document = documents[one.doc]
        quoted = " … ".join(span.of(document.text) for span in one.content)
        verb, who = _verb(document, one), words.speaker(one.speaker)
        lines.append(
            (
                Strong(f"{who[:1].upper()}{who[1:]}"), f", {one.act}: ", *([Faint(f"{verb} ")] if verb else []),
                Quote(quoted, document.language), *notes.ref(one.id),
            )
        )  # fmt: skip
    left = f", the {len(shown)} most telling of {len(every)}" if len(shown) < len(every) else ""
    return [Paragraph((f"{title}{left}:",)), Items(tuple(lines))]


def _verb(document: Document, one: Statement) -> str | None:
    """The words that lead to what is said, where it is read wrongly without them: "dropped its demand", "rejected"."""
    last = one.cue[-1] if one.cue else None
    if one.kind == "direct" or last is None or not 0 <= one.content[0].start - last.end <= 1:
        return None
    verb = " ".join(document.text[last.start : last.end].split())
    return None if _SAYS.search(verb) or len(verb) > 60 else verb
