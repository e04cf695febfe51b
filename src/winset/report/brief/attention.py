"""What parties speak of, what nobody speaks of, and who outside the table matters."""

from collections.abc import Mapping
from typing import Any

from winset.report import words
from winset.report.blocks import Block, Cell, Items, Line, Paragraph, Section, Table
from winset.report.brief.content import Brief
from winset.report.brief.notes import Notes

MOST = 4  # issues of a party shown


def section(brief: Brief, notes: Notes) -> Section | None:
    """Nothing where no saying takes a stand and nobody is absent."""
    found = brief.attention
    if found is None or not any(found[part] for part in ("parties", "affected", "unheard", "can_block")):
        return None
    names = {party.id: party.name for party in brief.case.parties}
    questions = {issue.id: issue.question for issue in brief.case.issues}
    rows: list[tuple[Cell, ...]] = []
    for row in found["parties"]:
        head = f"{names.get(row['party'], row['party'])} ({words.count(row['statements'], 'saying')}, {words.count(row['articles'], 'article')})"
        for one in sorted(row["issues"], key=lambda each: -each["share"])[:MOST]:
            low, high = (words.number(round(100 * end)) for end in one["interval"])
            least, likely, most = (words.number(round(end)) for end in one["suggested_salience"])
            rows.append((
                Cell(line=(head,), head=True), Cell(line=(questions.get(one["issue"], one["issue"]),)),
                Cell(line=(f"{words.number(round(100 * one['share']))} ({low} to {high})",), state="computed"),
                Cell(line=(f"{likely} ({least} to {most})",), state="suggested"),
            ))  # fmt: skip
            head = ""
    blocks: list[Block] = []
    if rows:
        blocks.append(Table(
            caption="Of 100 sayings of each party that take a stand, how many go to an issue; in brackets 9 of 10 draws over articles",
            head=("Party", "Issue", "Of 100", "Salience that this suggests"), rows=tuple(rows),
        ))  # fmt: skip
        blocks.append(Paragraph((found["warning"],), "caution"))
    lines: list[Line] = []
    if found["unspoken"]:
        lines.append((f"Nobody speaks of: {words.several([questions.get(one, one) for one in found['unspoken']])}.",))
    for one in found["affected"]:
        often = words.times(one["sayings"])
        lines.append((f"Spoken of without a seat: {names.get(one['party'], one['party'])}, {often}.",
                      *notes.of_plain(one["grounds"][:1])))  # fmt: skip
    for one in found["unheard"]:
        lines.append((f"Said not to be heard: {names.get(one['party'], one['who'])}.", *notes.of_plain(one["grounds"])))
    for one in found["can_block"]:
        said = " (suggested by words, not reviewed)" if one["suggested"] else ""
        lines.append((f"{names.get(one['party'], one['party'])} could block from outside the table: {_why(one['why'], names)}{said}.",
                      *notes.of_plain(one["grounds"][:1])))  # fmt: skip
    if lines:
        blocks.append(Items(tuple(lines)))
    return Section(id="attention", title=_title(found, names), nav="Attention", blocks=tuple(blocks))


def _why(why: str, names: Mapping[str, str]) -> str:
    return " ".join(names.get(word, word) for word in why.split(" "))


def _title(found: Mapping[str, Any], names: Mapping[str, str]) -> str:
    outside = list(dict.fromkeys(names.get(one["party"], one["party"]) for one in found["can_block"]))
    if outside:
        return f"Outside the table, {words.several(outside[:3])} could block what is agreed"
    return "What parties speak of, and who is absent"
