"""Earlier deals beside where parties stand today."""

from winset.domain.text import Grounds, Span
from winset.report import words
from winset.report.blocks import Cell, Line, Section, Table
from winset.report.brief.content import Brief
from winset.report.brief.notes import Notes

COMPARED = {"tougher": "tougher", "same": "as then", "softer": "softer"}


def section(brief: Brief, notes: Notes) -> Section | None:
    """One row a precedent and issue: its term, today's positions against it, and each party against its own earlier round."""
    if not brief.precedents:
        return None
    names = {party.id: party.name for party in brief.case.parties}
    questions = {issue.id: issue for issue in brief.case.issues}
    rows: list[tuple[Cell, ...]] = []
    for one in brief.precedents:
        grounds = [
            Grounds(
                doc=ground["doc"],
                statement=ground.get("statement"),
                spans=tuple(Span(*span) for span in ground.get("spans") or ()),
            )
            for ground in one["grounds"]
        ]
        head: Line = (_headline(one, names), *notes.refs(grounds, 2))
        for issue_id, term in one["terms"].items() or [("", "")]:
            issue = questions.get(issue_id)
            today = one["against_today"].get(issue_id)
            shown = term if isinstance(term, str) else words.number(term)
            if issue and isinstance(term, int | float) and (label := issue.label(float(term))):
                shown = f"{shown} ({label})"
            rounds = {
                party: str(issues.get(issue_id, {}).get("own_round") or "") for party, issues in one["by_party"].items()
            }
            own = [f"{names.get(party, party)} {COMPARED[word]}" for party, word in rounds.items() if word]
            rows.append(
                (
                    Cell(line=head, head=True),
                    Cell(line=(issue.question if issue else issue_id or "no terms on record",)),
                    Cell(line=(shown,)),
                    Cell(line=(COMPARED[today],), state="computed")
                    if today
                    else Cell(line=("not comparable",), state="missing"),
                    Cell(line=(words.several(own) if own else "not known",), state="computed" if own else "missing"),
                )
            )
            head = ("",)
    return Section(
        id="precedents", title="Earlier deals beside today", nav="Precedents",
        blocks=(
            Table(
                caption="Tougher: somebody now asks for more than was agreed. Softer: all are nearer to each other than to the term.",
                head=("Deal", "Issue", "Term then", "Parties today", "Each against its own round then"), rows=tuple(rows),
            ),
        ),
    )  # fmt: skip


def _headline(one: dict[str, object], names: dict[str, str]) -> str:
    kept, broken = one["kept"], one["broken_by"]
    fate = "" if kept is None else ", kept" if kept else ", not kept"
    if isinstance(broken, list) and broken:
        fate += f", broken by {words.several([names.get(str(p), str(p)) for p in broken])}"
    invoked = one["invoked_for"]
    said = ""
    if isinstance(invoked, list) and invoked:
        told = [names.get(str(i["by"]), str(i["by"])) + (f" for {i['for']}" if i["for"] else "") for i in invoked]
        said = f"; invoked by {words.several(told)}"
    state = "; suggested by words, not reviewed" if one["suggested"] else ""
    return f"{one['name']} ({one['date'] or 'no date'}{fate}){said}{state}"
