"""A person's own words in front of the parts of a brief, told apart from what is computed."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from winset.domain.comments import Comment
from winset.report import words
from winset.report.blocks import Faint, Paragraph, Report, Section


def about(found: Iterable[Comment], *, party: str | None = None, issue: str | None = None) -> tuple[Comment, ...]:
    """Those that belong to the brief of everything or to the dossier of a party, an issue or both."""
    return tuple(one for one in found if (one.party, one.issue) == (party, issue))


def commented(report: Report, found: Sequence[Comment]) -> Report:
    """The report with each comment at the head of its part, under its author's name and day.

    One on a part that this report does not have is left out.
    """
    said = {one.part: one for one in found}

    def told(section: Section) -> Section:
        one = said.get(section.id)
        if one is None or not one.text.strip():
            return section
        paragraphs = [" ".join(text.split()) for text in re.split(r"\n\s*\n", one.text) if text.strip()]
        lines = [Paragraph((text,), "comment") for text in paragraphs[:-1]]
        whose = Faint(f" ({one.by}, {words.day(one.at.date())})")
        return replace(section, blocks=(*lines, Paragraph((paragraphs[-1], whose), "comment"), *section.blocks))

    return replace(report, sections=tuple(told(section) for section in report.sections))
