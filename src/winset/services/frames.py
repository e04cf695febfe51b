"""A case for notebooks: its records as tables of plain values, handed to Arrow, pandas or polars, and its charts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from winset.domain.case import Case
from winset.domain.estimates import Table as Options
from winset.domain.reviews import statement_target
from winset.errors import UsageError
from winset.evidence import ledger, reviewed, timeline
from winset.report.blocks import Chart
from winset.report.brief import matrix
from winset.report.brief.content import Brief
from winset.report.charts.positions import position_chart
from winset.report.charts.timeline import issue_timeline
from winset.services.sources import load_case

_TOKENS = (
    "--paper:#fdfcf9;--ink:#1c1b19;--soft:#5b5852;--line:#d9d5cb;--accent:#0b5394;--content:#fbf1c9;--warn:#8a3b00;"
    "--gap:#b9b4a8;--p0:#0072b2;--p1:#b84d00;--p2:#00734f;--p3:#a5497c;--p4:#7d5f00;--p5:#1f7a9e;--p6:#555;--p7:#000"
)

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Frame:
    """A table: rows with the same keys in the same order, of texts, numbers, dates, truth values and None."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def __len__(self) -> int:
        return len(self.rows)

    def arrow(self) -> Any:
        """A `pyarrow.Table`. Raises UsageError where pyarrow is not installed."""
        pyarrow = _library("pyarrow")
        return pyarrow.table({name: [row[name] for row in self.rows] for name in self.columns})

    def pandas(self) -> Any:
        """A `pandas.DataFrame`, through Arrow. Raises UsageError where one of both is not installed."""
        _library("pandas")
        return self.arrow().to_pandas()

    def polars(self) -> Any:
        """A `polars.DataFrame`, through Arrow. Raises UsageError where one of both is not installed."""
        return _library("polars").from_arrow(self.arrow())


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart that a notebook shows; `data` are its numbers."""

    title: str
    reading: str
    svg: str
    data: Frame

    def _repr_html_(self) -> str:
        return f'<div style="{_TOKENS};background:var(--paper);max-width:46rem;padding:.5rem">{self.svg}</div>'


class Opened:
    """A case opened for reading, with its reviews in force: what is rejected is not there, what is corrected is so.

    Read anew with `winset.open` after a change.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        written = load_case(path)
        self._verdicts = reviewed.latest(written.reviews)
        self.case: Case = reviewed.lay(written)
        self._positions = timeline.histories(self.case.judgements)

    @property
    def documents(self) -> Frame:
        """One row a document, without its text (`case.document(id).text`)."""
        return _frame(
            self.case.documents,
            doc=lambda d: d.id, title=lambda d: d.title, date=lambda d: d.date, language=lambda d: d.language,
            characters=lambda d: len(d.text), sha256=lambda d: d.sha256,
        )  # fmt: skip

    @property
    def statements(self) -> Frame:
        """One row a statement, its content in the source's own words."""
        texts = {d.id: d.text for d in self.case.documents}
        days = {d.id: d.date for d in self.case.documents}

        def verdict(id: str) -> str | None:
            found = self._verdicts.get(statement_target(id))
            return found.verdict if found else None

        return _frame(
            self.case.statements,
            id=lambda s: s.id, doc=lambda s: s.doc, published=lambda s: days.get(s.doc),
            speaker=lambda s: s.speaker.name or s.speaker.description, voice=lambda s: s.speaker.kind,
            party=lambda s: s.speaker.party, act=lambda s: s.act, modality=lambda s: s.modality,
            negated=lambda s: s.negated, kind=lambda s: s.kind, score=lambda s: float(s.score),
            start=lambda s: s.content[0].start, end=lambda s: s.content[-1].end,
            content=lambda s: " … ".join(span.of(texts.get(s.doc, "")) for span in s.content),
            review=lambda s: verdict(s.id), by=lambda s: s.by,
        )  # fmt: skip

    @property
    def judgements(self) -> Frame:
        """One row a judgement; a table of options has no low, best and high."""

        def of(which: Callable[[Any], float]) -> Callable[[Any], float | None]:
            return lambda j: None if isinstance(j.value, Options) else float(which(j.value))

        return _frame(
            self.case.judgements,
            quantity=lambda j: j.quantity, party=lambda j: j.party, issue=lambda j: j.issue, as_of=lambda j: j.as_of,
            low=of(lambda v: v.ends[0]), best=of(lambda v: v.best), high=of(lambda v: v.ends[1]),
            by=lambda j: j.by, suggested=lambda j: j.suggested, note=lambda j: j.note,
        )  # fmt: skip

    @property
    def positions(self) -> Frame:
        """One row a position with the days between which it holds."""
        return _frame(
            self._positions,
            party=lambda p: p.party, issue=lambda p: p.issue, valid_from=lambda p: p.valid_from,
            valid_to=lambda p: p.valid_to, low=lambda p: float(p.value.ends[0]), best=lambda p: float(p.value.best),
            high=lambda p: float(p.value.ends[1]), voice=lambda p: p.voice, by=lambda p: p.by,
        )  # fmt: skip

    @property
    def moves(self) -> Frame:
        """One row a move; `answers` is how many moves answered it, `weight` its share of the scale times own salience."""
        return _frame(
            ledger.moves(self._positions, self.case.issues, judgements=self.case.judgements),
            id=lambda m: m.id, party=lambda m: m.party, issue=lambda m: m.issue, date=lambda m: m.date,
            start=lambda m: m.start, end=lambda m: m.end, toward=lambda m: m.toward, status=lambda m: m.status,
            size=lambda m: m.size, share=lambda m: m.share, weight=lambda m: m.weight,
            answers=lambda m: len(m.answered_by),
        )  # fmt: skip

    def position_chart(self, *, at: date | None = None, since: date | None = None) -> Picture:
        """Where parties stand on each issue. Raises UsageError where nothing can be compared."""
        brief = Brief(case=self.case, as_of=at or self.case.as_of, since=since, positions=self._positions)
        return _picture(position_chart(brief, matrix.shown_parties(brief), matrix.shown_issues(brief)))

    def timeline(self, issue: str) -> Picture:
        """One issue over time. Raises CaseError for an unknown issue, UsageError where no position on it is dated."""
        held = {p.party for p in self._positions}
        parties = [party for party in self.case.parties if party.id in held]
        return _picture(issue_timeline(self.case.issue(issue), parties, self._positions, self.case.as_of))

    def __repr__(self) -> str:
        case = self.case
        return f"<{case.title}: {len(case.documents)} documents, {len(case.statements)} statements, {len(case.judgements)} judgements>"


def _frame(records: tuple[Any, ...], **columns: Callable[[Any], Any]) -> Frame:
    rows = tuple({name: value(one) for name, value in columns.items()} for one in records)
    return Frame(tuple(columns), rows)


def _picture(chart: Chart | None) -> Picture:
    if chart is None:
        raise UsageError("there is nothing to draw: no two parties have a known position on one issue")
    rows = tuple(
        {name: "".join(str(part) for part in cell.line) for name, cell in zip(chart.data.head, row, strict=True)}
        for row in chart.data.rows
    )
    return Picture(chart.title, chart.reading, chart.svg, Frame(chart.data.head, rows))


def _library(name: str) -> Any:
    import importlib

    try:
        return importlib.import_module(name)
    except ImportError:
        raise UsageError(f"{name} is not installed; pip install {name}, or winset[frames] for pyarrow") from None
