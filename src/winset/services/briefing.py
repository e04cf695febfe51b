"""Writing a brief in the format that a file's name asks for."""

import json
from collections.abc import Callable
from pathlib import Path

from winset.errors import UsageError
from winset.report.brief.content import Brief
from winset.report.html import as_html
from winset.report.markdown import as_markdown
from winset.report.word import as_docx
from winset.services.brief import as_json, as_report
from winset.services.cases import write_whole

FORMATS: dict[str, Callable[[Brief], bytes]] = {
    ".html": lambda found: as_html(as_report(found)).encode("utf-8", "replace"),
    ".md": lambda found: as_markdown(as_report(found)).encode("utf-8", "replace"),
    ".docx": lambda found: as_docx(as_report(found)),
    ".json": lambda found: (json.dumps(as_json(found), ensure_ascii=False, indent=2) + "\n").encode("utf-8", "replace"),
}


def render(found: Brief, ending: str) -> bytes:
    """The brief's bytes in the format of a file name's ending. Raises UsageError, naming the formats."""
    if ending not in FORMATS:
        raise UsageError(f"a brief cannot be written as {ending or 'a file without ending'}; use {', '.join(FORMATS)}")
    return FORMATS[ending](found)


def write(found: Brief, target: Path) -> None:
    """Writes the whole file or nothing. Raises UsageError or StoreError."""
    write_whole(target, render(found, target.suffix.lower()), force=True)
