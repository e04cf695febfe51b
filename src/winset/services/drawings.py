"""Charts as files: drawings in three formats, and their numbers."""

import csv
import io
from collections.abc import Mapping
from pathlib import Path

from winset.domain.actors import slug
from winset.errors import StoreError, UsageError
from winset.formats.cells import guarded
from winset.report.blocks import Cell, Chart, Report, Table
from winset.report.charts.svg import standalone
from winset.report.pdf import chart_pdf, chart_png, charts_of
from winset.services.cases import write_whole

LONGEST_STEM = 60


def as_svg(chart: Chart) -> bytes:
    """The drawing with its colours written out, its title and its description."""
    told = f"{chart.reading} {chart.description}"
    return standalone(chart.svg, title=chart.title, description=told).encode("utf-8", "replace")


def as_csv(chart: Chart) -> bytes:
    """The numbers of a chart, guarded against spreadsheets that run what looks like a formula."""
    out = io.StringIO()
    sheet = csv.writer(out, lineterminator="\n")
    sheet.writerow([guarded(heading) for heading in chart.data.head])
    for row in chart.data.rows:
        sheet.writerow([_cell(chart.data, at, cell) for at, cell in enumerate(row)])
    return out.getvalue().encode("utf-8", "replace")


FORMATS = {"svg": as_svg, "png": chart_png, "pdf": chart_pdf, "csv": as_csv}
"""How a chart becomes a file, by the ending of its name."""


def save(charts: Mapping[str, Chart], into: Path) -> tuple[Path, ...]:
    """Writes each chart in every format into a new or empty place in a folder, under the name it has here.

    Raises UsageError where a file is there already, StoreError where the disk refuses.
    """
    paths = [(into / f"{stem}.{ending}", chart, ending) for stem, chart in charts.items() for ending in FORMATS]
    if taken := next((path for path, _, _ in paths if path.exists()), None):
        raise UsageError(f"{taken} is there already; name another folder")
    try:
        into.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{into} cannot be made: {error.strerror or error}") from None
    for path, chart, ending in paths:
        write_whole(path, FORMATS[ending](chart))
    return tuple(path for path, _, _ in paths)


def numbered(report: Report) -> dict[str, Chart]:
    """The charts of a report by the name of their files, in its order."""
    return {f"{at}-{slug(chart.id)[:LONGEST_STEM]}": chart for at, chart in enumerate(charts_of(report), 1)}


def _cell(table: Table, at: int, cell: Cell) -> str:
    """A cell's words; in a column of numbers a minus sign that spreadsheets read."""
    words = "".join(one if isinstance(one, str) else getattr(one, "text", "") for one in cell.line)
    number = words.replace("\u2212", "-")
    if at in table.numeric and _is_number(number):
        return number
    return guarded(words)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
