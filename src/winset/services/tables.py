"""What a notebook is given: tables of plain values for Arrow, pandas and polars, and charts that show themselves."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

from winset.errors import UsageError
from winset.report.blocks import Chart
from winset.services import drawings
from winset.services.cases import write_whole

_TOKENS = (
    "--paper:#fdfcf9;--ink:#1c1b19;--soft:#5b5852;--line:#d9d5cb;--accent:#0b5394;--content:#fbf1c9;--warn:#8a3b00;"
    "--gap:#b9b4a8;--p0:#0072b2;--p1:#b84d00;--p2:#00734f;--p3:#a5497c;--p4:#7d5f00;--p5:#1f7a9e;--p6:#555;--p7:#000"
)
_LOOK = (
    f"{_TOKENS};background:var(--paper);color:var(--ink);max-width:46rem;padding:.5rem;font-family:system-ui,sans-serif"
)
SHOWN = 10
"""Rows of a table that a notebook shows by itself."""
LONGEST = 120
"""Characters of a cell that it shows."""

_DATES = frozenset(("date", "published", "as_of", "valid_from", "valid_to", "closes", "resolves", "said_on"))
_NUMBERS = frozenset(
    ("low", "best", "high", "score", "size", "share", "weight", "distance", "basis", "before", "after", "probability")
)  # fmt: skip
_WHOLE = frozenset(("characters", "statements", "answers", "start", "end", "n"))
_MOMENTS = frozenset(("at", "sealed"))
_TRUTHS = frozenset(("negated", "suggested", "kept"))

Row = dict[str, Any]


@dataclass(frozen=True, slots=True, repr=False)
class Frame:
    """A table: rows with the same keys in the same order, of texts, numbers, dates, truth values and None."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def __len__(self) -> int:
        return len(self.rows)

    def arrow(self) -> Any:
        """A `pyarrow.Table`; a column in which nothing is known is of the type that it else has.

        Raises UsageError where pyarrow is not installed.
        """
        pyarrow = _library("pyarrow")
        columns = {name: pyarrow.array([_sound(row[name]) for row in self.rows]) for name in self.columns}
        empty = [name for name, column in columns.items() if pyarrow.types.is_null(column.type)]
        return pyarrow.table(columns | {name: columns[name].cast(_type(pyarrow, name)) for name in empty})

    def pandas(self) -> Any:
        """A `pandas.DataFrame`, through Arrow. Raises UsageError where one of both is not installed."""
        _library("pandas")
        return self.arrow().to_pandas()

    def polars(self) -> Any:
        """A `polars.DataFrame`, through Arrow. Raises UsageError where one of both is not installed."""
        return _library("polars").from_arrow(self.arrow())

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        """For whatever takes Arrow: `polars.DataFrame(frame)`, `duckdb`, `pyarrow.table(frame)`."""
        return self.arrow().__arrow_c_stream__(requested_schema)

    def __repr__(self) -> str:
        return f"<{len(self.rows)} row{'' if len(self.rows) == 1 else 's'} of {', '.join(self.columns)}; .pandas(), .polars(), .arrow(), .rows>"

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{escape(name)}</th>" for name in self.columns)
        body = "".join(
            f"<tr>{''.join(f'<td>{_cell(row[name])}</td>' for name in self.columns)}</tr>" for row in self.rows[:SHOWN]
        )
        more = f", the first {SHOWN}" if len(self.rows) > SHOWN else ""
        rows = f"{len(self.rows)} row{'' if len(self.rows) == 1 else 's'}{more}"
        return f"<table><caption>{rows}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


@dataclass(frozen=True, slots=True, repr=False)
class Picture:
    """A chart that a notebook shows; `data` are its numbers."""

    title: str
    reading: str
    svg: str
    data: Frame
    _chart: Chart = field(compare=False)

    @classmethod
    def of(cls, chart: Chart | None, why: str) -> "Picture":
        """The chart. Raises UsageError where there is none, saying why."""
        if chart is None:
            raise UsageError(f"there is nothing to draw: {why}")
        columns: list[list[Any]] = [
            ["".join(map(str, row[at].line)) for row in chart.data.rows] for at in range(len(chart.data.head))
        ]
        for at in chart.data.numeric:
            columns[at] = _as_numbers(columns[at])
        rows = tuple(dict(zip(chart.data.head, row, strict=True)) for row in zip(*columns, strict=True))
        return cls(chart.title, chart.reading, chart.svg, Frame(chart.data.head, rows), chart)

    def save(self, path: str | Path) -> Path:
        """Writes the chart as the ending of the name says: `.svg`, `.png`, `.pdf`, or its numbers as `.csv`; the path.

        Raises UsageError for another ending and where vl-convert or Typst are missing, StoreError where the disk refuses.
        """
        target = Path(path)
        ending = target.suffix.removeprefix(".").lower()
        if ending not in drawings.FORMATS:
            raise UsageError(f"{target}: a chart is saved as one of {', '.join(f'.{one}' for one in drawings.FORMATS)}")
        write_whole(target, drawings.FORMATS[ending](self._chart))
        return target

    def __repr__(self) -> str:
        return f"<chart: {self.title}; .data, .save(path)>"

    def _repr_html_(self) -> str:
        title = f'<p style="margin:0 0 .4rem"><b>{escape(self.title)}</b></p>'
        reading = f'<p style="margin:.4rem 0 0;font-size:.875rem;color:var(--soft)">{escape(self.reading)}</p>'
        return f'<div style="{_LOOK}">{title}{self.svg}{reading}</div>'


def frame(records: Iterable[Any], **columns: Callable[[Any], Any]) -> Frame:
    """One row a record, each column by its function of it."""
    return Frame(tuple(columns), tuple({name: value(one) for name, value in columns.items()} for one in records))


def _type(pyarrow: Any, name: str) -> Any:
    if name in _DATES:
        return pyarrow.date32()
    if name in _MOMENTS:
        return pyarrow.timestamp("us", tz="UTC")
    if name in _NUMBERS:
        return pyarrow.float64()
    if name in _WHOLE:
        return pyarrow.int64()
    return pyarrow.bool_() if name in _TRUTHS else pyarrow.string()


def _as_numbers(texts: list[str]) -> list[Any]:
    """The numbers, as far as all of them are; else the texts as they were."""
    try:
        return [float(text.replace("\u2212", "-")) if text.strip() else None for text in texts]
    except ValueError:
        return texts


def _sound(value: Any) -> Any:
    """A value as Arrow takes it: half a surrogate pair, which no encoding can hold, is replaced."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) and not value.isascii() else value


def _cell(value: Any) -> str:
    if value is None:
        return ""
    text = f"{value:.4g}" if isinstance(value, float) else str(value)
    return escape(text if len(text) <= LONGEST else f"{text[:LONGEST]}…")


def _library(name: str) -> Any:
    import importlib

    try:
        return importlib.import_module(name)
    except ImportError:
        raise UsageError(f"{name} is not installed; pip install {name}, or winset[frames] for pyarrow") from None
