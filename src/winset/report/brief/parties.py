"""Who is at the table, and who is absent."""

from winset.report import words
from winset.report.blocks import Items, Line, Section
from winset.report.brief.content import Brief
from winset.report.brief.notes import Notes


def at_table(brief: Brief, party: str) -> bool | None:
    """Whether the party has a seat at some table; None where no table is known and nobody says that it is kept out."""
    if party in brief.absent:
        return False
    return party in brief.seated if brief.seated else None


def section(brief: Brief, notes: Notes) -> Section | None:
    """Parties with the people who speak for them, those absent marked."""
    if not brief.case.parties:
        return None
    lines: list[Line] = []
    for party in brief.case.parties:
        seated = at_table(brief, party.id)
        people = [f"{p.name}, {p.role}" if p.role else p.name for p in party.people if p.name != party.name][:6]
        where = {True: "at the table", False: "spoken of, not at a table", None: "no table is known"}[seated]
        lines.append((f"{party.name}: {where}" + (f"; speaking: {words.several(people)}" if people else "") + ".",))
    title = f"{words.count(len(brief.case.parties), 'party', 'parties')}" + (
        f", {len(brief.absent)} absent" if brief.absent else ""
    )
    return Section(id="parties", title=title, nav="Parties", blocks=(Items(tuple(lines)),))
