"""Writing a brief in the format that a file's name asks for."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Lock

from winset.errors import UsageError
from winset.report.blocks import Report
from winset.report.brief.content import Brief
from winset.report.html import as_html
from winset.report.markdown import as_markdown
from winset.report.pdf import as_pdf
from winset.report.word import as_docx
from winset.services.brief import as_json, as_report, brief, dossier
from winset.services.cases import write_whole
from winset.services.sources import load_case

FORMATS: dict[str, Callable[[Report], bytes] | None] = {
    ".html": lambda report: as_html(report).encode("utf-8", "replace"),
    ".md": lambda report: as_markdown(report).encode("utf-8", "replace"),
    ".docx": as_docx,
    ".pdf": as_pdf,
    ".json": None,  # not of the report but of the brief itself
}


class _Last:
    """The brief that was made last, so that a page and the preview on it, or a file after it, rest on one computation."""

    def __init__(self) -> None:
        self._making = Lock()
        self._asked: tuple[object, ...] | None = None
        self._brief: Brief | None = None

    def of(self, path: Path, at: date | None, since: date | None) -> Brief:
        """The brief of the case as it is now; whoever asks for the same at the same time waits for it."""
        with self._making:
            there = path.stat() if path.is_file() else None
            asked = (path, at, since, *((there.st_ino, there.st_size, there.st_mtime_ns) if there else (object(),)))
            if self._brief is None or asked != self._asked:
                self._brief = None  # two at once are one too many for the memory
                self._brief, self._asked = brief(load_case(path), as_of=at, since=since), asked
            return self._brief


_LAST = _Last()


def render(found: Brief, ending: str, parts: Sequence[str] | None = None) -> bytes:
    """The brief's bytes in the format of a file name's ending; of its `parts` only those named, in that order.

    Raises UsageError, naming the formats or the parts there are. JSON always holds everything.
    """
    if ending not in FORMATS:
        raise UsageError(f"a brief cannot be written as {ending or 'a file without ending'}; use {', '.join(FORMATS)}")
    write = FORMATS[ending]
    if write is None:
        return (json.dumps(as_json(found), ensure_ascii=False, indent=2) + "\n").encode("utf-8", "replace")
    report = as_report(found)
    return write(report if parts is None else with_parts(report, parts))


def with_parts(report: Report, parts: Sequence[str]) -> Report:
    """The report with some of its sections, in the order named. Raises UsageError, naming those there are."""
    sections = {section.id: section for section in report.sections}
    for part in parts:
        if part not in sections:
            raise UsageError(f"the brief has no part {part!r}; there are {', '.join(sections)}")
    return replace(report, sections=tuple(sections[part] for part in dict.fromkeys(parts)))


def write(found: Brief, target: Path) -> None:
    """Writes the whole file or nothing. Raises UsageError or StoreError."""
    write_whole(target, render(found, target.suffix.lower()), force=True)


def of_file(
    path: Path, ending: str, *, at: date | None = None, since: date | None = None, parts: Sequence[str] | None = None,
    party: str | None = None, issue: str | None = None,
) -> bytes:  # fmt: skip
    """The brief of the case, or a dossier of a party or an issue, in the format of a file name's ending.

    parts  those named, in that order; all of them where None

    Raises UsageError, naming the formats, parts, parties or issues.
    """
    found = _LAST.of(path, at, since)
    if party or issue:
        found = dossier(found, party=party, issue=issue)
        if parts is not None:
            there = {section.id for section in as_report(found).sections}
            parts = [part for part in parts if part in there]
    return render(found, ending, parts)


def parts_of(path: Path) -> dict[str, list[tuple[str, str, str]] | list[tuple[str, str]]]:
    """What the brief of this case can be made of: `parts` as (id, short name, heading), `parties` and `issues` as
    (id, name)."""
    found = _LAST.of(path, None, None)
    return {
        "parts": [(one.id, one.nav or one.title, one.title) for one in as_report(found).sections],
        "parties": [(one.id, one.name) for one in found.case.parties],
        "issues": [(one.id, one.question) for one in found.case.issues],
    }
