"""A report as one self-contained page: no script, no outside file, every source text escaped."""

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined

from winset.report.blocks import Report, Section, Table
from winset.report.direction import direction, turned

# Characters that change how their neighbours look, or that nobody can see: shown as their code point.
UNSEEN = re.compile(
    r"[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]"
)


def visible(text: str) -> Iterator[tuple[str, str | None]]:
    """Runs of ordinary text, and unseen characters with their code point."""
    at = 0
    for found in UNSEEN.finditer(text):
        if found.start() > at:
            yield text[at : found.start()], None
        yield found.group(), f"U+{ord(found.group()):04X}"
        at = found.end()
    if at < len(text):
        yield text[at:], None


def _computed(section: Section) -> bool:
    """Whether a part shows numbers marked as computed."""
    return any(
        _computed(block)
        if isinstance(block, Section)
        else isinstance(block, Table) and any(cell.state == "computed" for row in block.rows for cell in row)
        for block in section.blocks
    )


def _states_assumptions(report: Report) -> bool:
    return any(
        isinstance(block, Section) and block.id == "assumptions" for part in report.sections for block in part.blocks
    )


@cache
def _page() -> tuple[Environment, str]:
    env = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    env.filters["visible"] = visible
    env.filters |= {"direction": direction, "turned": turned}
    env.tests["computed"] = _computed
    env.tests["stating_assumptions"] = _states_assumptions
    return env, files("winset.report").joinpath("templates", "report.css").read_text(encoding="utf-8")


def as_html(report: Report) -> str:
    """The page. The same report always gives the same characters."""
    env, css = _page()
    template = env.from_string(files("winset.report").joinpath("templates", "report.html").read_text(encoding="utf-8"))
    return template.render(report=report, css=css) + "\n"
