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
from winset.services.alignment import alignment
from winset.services.attention import attention
from winset.services.difference import difference
from winset.services.positions import beside, precedents, with_suggestions
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
        """One row a position with the days between which it holds, also those that the record suggests where nobody judged."""
        case, found = with_suggestions(self.path)
        return _frame(
            (*self._positions, *(found.positions or beside(self.path, case, found).positions)),
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

    @property
    def precedents(self) -> Frame:
        """One row an earlier deal and term (one without terms where none is known), as `winset precedents` sets them beside today."""
        rows = [
            (one, issue, term) for one in precedents(self.path) for issue, term in (list(one["terms"].items()) or [(None, None)])
        ]  # fmt: skip
        return _frame(
            tuple(rows),
            name=lambda r: r[0]["name"], date=lambda r: date.fromisoformat(r[0]["date"]) if r[0]["date"] else None,
            parties=lambda r: ", ".join(r[0]["parties"]), kept=lambda r: r[0]["kept"], broken_by=lambda r: ", ".join(r[0]["broken_by"]),
            issue=lambda r: r[1], term=lambda r: None if r[2] is None else str(r[2]),
            against_today=lambda r: r[0]["against_today"].get(r[1]), suggested=lambda r: r[0]["suggested"],
        )  # fmt: skip

    def alignment(self, *, at: date | None = None) -> Frame:
        """One row a pair of parties: how far apart they stand (None without a shared issue), and on which share of the issues."""
        found = alignment(self.path, at=at)
        names = found["parties"]
        pairs = [(a, b) for a in range(len(names)) for b in range(a + 1, len(names))]
        return _frame(
            tuple(pairs),
            a=lambda p: names[p[0]], b=lambda p: names[p[1]], distance=lambda p: found["distance"][p[0]][p[1]],
            basis=lambda p: found["basis"][p[0]][p[1]],
        )  # fmt: skip

    def changes(self, since: date, *, at: date | None = None) -> Frame:
        """One row a number that moved since a day, as `winset diff` has them: what, before, after, why."""
        found = difference(self.path, since=since, at=at)["numbers"]
        return _frame(
            tuple(found), what=lambda n: n["what"], before=lambda n: n["before"], after=lambda n: n["after"], why=lambda n: n["why"]
        )  # fmt: skip

    def attention(self, *, at: date | None = None) -> Frame:
        """One row a party and issue that it speaks of: its share of the party's sayings, with an interval (9 of 10 draws)."""
        found = attention(self.path, at=at)["parties"]
        return _frame(
            tuple((row, one) for row in found for one in row["issues"]),
            party=lambda r: r[0]["party"], issue=lambda r: r[1]["issue"], statements=lambda r: r[1]["statements"],
            share=lambda r: r[1]["share"], low=lambda r: r[1]["interval"][0], high=lambda r: r[1]["interval"][1],
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
