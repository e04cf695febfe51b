"""Earlier deals beside where parties stand today."""

from collections.abc import Mapping
from typing import Any

from winset.domain.issues import Issue
from winset.report import words
from winset.report.blocks import Block, Cell, Faint, Inline, Items, Line, Section, Strong, Table
from winset.report.brief.content import Brief
from winset.report.brief.notes import Notes
from winset.report.precedents import COMPARED, OWN_ROUND, fate, invoked, year_or_day


def section(brief: Brief, notes: Notes) -> Section | None:
    """What became of each deal and who points to it; then one row a term, set beside today's positions and each side's own round."""
    if not brief.precedents:
        return None
    names = {party.id: party.name for party in brief.case.parties}
    for one in brief.precedents:
        names = {**one["names"], **names}
    issues = {issue.id: issue for issue in brief.case.issues}
    blocks: list[Block] = [Items(tuple(_told(one, names, notes) for one in brief.precedents))]
    rows = [row for one in brief.precedents for row in _rows(one, names, issues, notes)]
    if rows:
        blocks.append(
            Table(
                caption="What was agreed then, and what its sides ask for today. Tougher: farther from the other side than the term, by more "
                "than a tenth of the scale. Together: tougher where somebody asks for more than was agreed, softer where all are nearer to "
                "each other than to the term.",
                head=("Deal", "Issue", "Agreed then", "Together, today", "Each side today"), rows=tuple(rows),
            )
        )  # fmt: skip
    return Section(id="precedents", title=_title(brief.precedents), nav="Earlier deals", blocks=tuple(blocks))


def _title(deals: tuple[dict[str, Any], ...]) -> str:
    broken = sum(one["kept"] is False for one in deals)
    known = sum(one["kept"] is not None for one in deals)
    if not known:
        return f"{words.count(len(deals), 'earlier deal')} beside today"
    if len(deals) == 1:
        return f"An earlier deal, which was {'not kept' if broken else 'kept'}, beside today"
    of = "" if known == len(deals) else f" of {known} whose end is told"
    return f"{words.count(len(deals), 'earlier deal')} beside today; {broken or 'none'}{of} {'was' if broken == 1 else 'were'} broken"


def _told(one: Mapping[str, Any], names: Mapping[str, str], notes: Notes) -> Line:
    """One deal in a sentence or two: between whom, what became of it, who points to it."""
    day = year_or_day(one["date"])
    between = f", between {words.several([names.get(p, p) for p in one['parties']])}" if len(one["parties"]) > 1 else ""
    line: list[Inline] = [Strong(one["name"]), f"{'' if day in one['name'] else f' ({day})'}{between}"]
    became = fate(one, names)
    line.append(f": {became}." if became else ".")
    line.extend(notes.of_plain([ground for each in one["told"] for ground in each["grounds"]]))
    for said in invoked(one, names):
        line.append(f" {said}.")
    line.extend(notes.of_plain(one["grounds"]) if not one["told"] else ())
    if one["note"]:
        line.append(f" {one['note'].rstrip('.')}.")
    if one["source"]:
        line.append(Faint(f" Source: {one['source'].rstrip('.')}."))
    if one["suggested"]:
        line.append(Faint(" Read off the words, not reviewed."))
    return tuple(line)


def _rows(
    one: Mapping[str, Any], names: Mapping[str, str], issues: Mapping[str, Issue], notes: Notes
) -> list[tuple[Cell, ...]]:
    rows: list[tuple[Cell, ...]] = []
    head = one["name"]
    for issue_id, term in one["terms"].items():
        issue, today = issues.get(issue_id), one["against_today"].get(issue_id)
        shown = term if isinstance(term, str) else (issue and issue.label(float(term))) or words.number(float(term))
        said = notes.of_plain(one["term_grounds"].get(issue_id) or ())
        sides = _sides(one, issue_id, names)
        rows.append(
            (
                Cell(line=(head,), head=True),
                Cell(line=(issue.question if issue else issue_id,)),
                Cell(line=(shown, *said), state="suggested" if one["suggested"] else None),
                Cell(line=(COMPARED[today],), state="computed") if today else Cell(line=("not comparable",), state="missing"),
                Cell(line=(sides,)) if sides else Cell(line=("not known",), state="missing"),
            )
        )  # fmt: skip
        head = ""
    return rows


def _sides(one: Mapping[str, Any], issue: str, names: Mapping[str, str]) -> str:
    """Each side against the term and against itself in that round."""
    told = []
    for party, found in one["by_party"].items():
        against = found.get(issue, {})
        each = [COMPARED[against["term"]]] if against.get("term") else []
        each += [OWN_ROUND[against["own_round"]]] if against.get("own_round") else []
        if each:
            told.append(f"{names.get(party, party)} {words.several(each)}")
    return "; ".join(told)
