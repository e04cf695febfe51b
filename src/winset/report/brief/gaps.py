"""What the numbers rest on, and what is missing."""

from winset.domain.runs import Assumption
from winset.report import words
from winset.report.blocks import Block, Cell, Items, Section, Table
from winset.report.brief.content import Brief
from winset.report.brief.notes import Notes


def section(brief: Brief, notes: Notes) -> Section | None:
    """Assumptions, gaps and sources set aside."""
    blocks: list[Block | Section] = []
    if brief.assumptions:
        blocks.append(
            Section(
                id="assumptions",
                title="Assumptions",
                blocks=(_assumptions(brief),),
            )
        )
    missing = list(brief.gaps)
    missing += [f"{file} was set aside: {reason}" for file, reason in brief.set_aside]
    undated = [d.title or d.id for d in brief.case.documents if d.date is None]
    if undated:
        missing.append(
            f"No date is known for {words.several(undated[:5])}"
            + (f" and {len(undated) - 5} more" if len(undated) > 5 else "")
            + "."
        )
    for document in brief.case.documents:
        if document.language not in ("en", "und"):
            missing.append(
                f"{document.title or document.id} is in {document.language!r}: kept, but not extracted automatically."
            )
    if missing:
        blocks.append(Section(id="missing", title="What is missing", blocks=(Items(tuple((m,) for m in missing)),)))
    if not blocks:
        return None
    return Section(id="gaps", title="What this rests on, and what is missing", nav="Gaps", blocks=tuple(blocks))


def _assumptions(brief: Brief) -> Table:
    """All assumptions, those on one issue together; each once, however many results rest on it."""
    about: dict[str, list[str]] = {}
    for one in dict.fromkeys(brief.assumptions):
        issue = next((i.question for i in brief.case.issues if i.id == one.issue), "The case as a whole")
        about.setdefault(issue, []).append(_assumed(brief, one))
    return Table(
        caption=f"{words.count(sum(map(len, about.values())), 'assumption')} that the numbers above rest on",
        head=("About", "Assumed"),
        rows=tuple(
            (Cell(line=(issue if first else "",), head=True), Cell(line=(text,)))
            for issue, texts in about.items()
            for first, text in zip([True] + [False] * len(texts), texts, strict=False)
        ),
    )


def _assumed(brief: Brief, assumption: Assumption) -> str:
    """The assumption with names for ids."""
    text = assumption.text
    if assumption.party:
        party = next((p.name for p in brief.case.parties if p.id == assumption.party), assumption.party)
        text = text.replace(assumption.party, party)
    if any(one.id == assumption.issue for one in brief.case.issues):
        text = text.replace(f" on {assumption.issue} lies between ", ": between ")  # the row says which issue
        text = text.replace(f" on {assumption.issue} ", " ")
    return text[:1].upper() + text[1:]
