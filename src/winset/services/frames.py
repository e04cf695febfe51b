"""A case for notebooks: its records as tables of plain values, handed to Arrow, pandas or polars, and its charts."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from winset.domain.case import Case
from winset.domain.estimates import Table as Options
from winset.domain.forecasts import Ledger
from winset.domain.reviews import statement_target
from winset.domain.text import Document
from winset.errors import UsageError
from winset.evidence import ledger, reviewed, timeline
from winset.report import forecasts as telling
from winset.report.brief import matrix
from winset.report.brief.content import Brief
from winset.report.charts.positions import position_chart
from winset.report.charts.timeline import issue_timeline
from winset.services.alignment import alignment
from winset.services.attention import attention
from winset.services.difference import difference
from winset.services.positions import beside, precedents, with_suggestions
from winset.services.sources import load_case
from winset.services.tables import Frame, Picture, frame


class Opened:
    """A case opened for reading, with its reviews in force: what is rejected is not there, what is corrected is so.

    Read anew with `winset.open` after a change. Days are dates or texts such as "2025-02-18" (UsageError for others).
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        written = load_case(path)
        self._written = written
        self._verdicts = reviewed.latest(written.reviews)
        self.case: Case = reviewed.lay(written)
        self._positions = timeline.histories(self.case.judgements)

    def document(self, id: str) -> Document:
        """One document, whose `text` the statements' places count in. Raises CaseError, naming those there are."""
        return self.case.document(id)

    @property
    def parties(self) -> Frame:
        """One row a party, other names and people in one text each."""
        return frame(
            self.case.parties,
            id=lambda p: p.id, name=lambda p: p.name, aliases=lambda p: "; ".join(p.aliases),
            people=lambda p: "; ".join(f"{one.name}, {one.role}" if one.role else one.name for one in p.people),
        )  # fmt: skip

    @property
    def issues(self) -> Frame:
        """One row an issue; its points or options in one text, `low` and `high` the ends of its scale where it has one."""

        def end(which: Callable[[list[float]], float]) -> Callable[[Any], float | None]:
            return lambda i: float(which(ends)) if (ends := [*(i.range or ()), *(p.value for p in i.scale)]) else None

        return frame(
            self.case.issues,
            id=lambda i: i.id, question=lambda i: i.question, kind=lambda i: i.kind,
            points=lambda i: "; ".join([f"{p.value:g} {p.label}" for p in i.scale] or i.options),
            low=end(min), high=end(max), status_quo=lambda i: None if i.status_quo is None else str(i.status_quo),
        )  # fmt: skip

    @property
    def reviews(self) -> Frame:
        """One row a verdict of a person on what the record suggests, the one that stands."""
        return frame(
            self._verdicts.values(),
            target=lambda r: r.target, verdict=lambda r: r.verdict, by=lambda r: r.by, at=lambda r: r.at, why=lambda r: r.why,
        )  # fmt: skip

    @property
    def forecasts(self) -> Frame:
        """One row a forecast in the ledger, with its question and what came; `probability` of yes/no questions (a range by
        its middle), `forecast` in words for all."""
        held = Ledger.of(self._written.forecasts)

        def asked(one: Any) -> Any:
            return held.questions.get(one["question"], {})

        def chance(one: Any) -> float | None:
            given = one.get("range") or ([one["probability"]] if one.get("probability") is not None else None)
            return sum(given) / len(given) if given else None

        def came(one: Any) -> str | None:
            outcome = held.outcomes.get(one["question"])
            return telling.came(asked(one), outcome) if outcome else None

        return frame(
            held.forecasts,
            n=lambda f: f["n"], question=lambda f: f["question"], text=lambda f: asked(f).get("text"), kind=lambda f: asked(f).get("type"),
            author=lambda f: f["author"], sealed=lambda f: datetime.fromisoformat(f["at"]), probability=chance, forecast=telling.said, outcome=came,
            closes=lambda f: _day_of(asked(f).get("closes")), resolves=lambda f: _day_of(asked(f).get("resolves")),
        )  # fmt: skip

    @property
    def documents(self) -> Frame:
        """One row a document, without its text (`document(id).text`)."""
        return frame(
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

        return frame(
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

        return frame(
            self.case.judgements,
            quantity=lambda j: j.quantity, party=lambda j: j.party, issue=lambda j: j.issue, as_of=lambda j: j.as_of,
            low=of(lambda v: v.ends[0]), best=of(lambda v: v.best), high=of(lambda v: v.ends[1]),
            by=lambda j: j.by, suggested=lambda j: j.suggested, note=lambda j: j.note,
        )  # fmt: skip

    @property
    def positions(self) -> Frame:
        """One row a position with the days between which it holds, also those that the record suggests where nobody judged."""
        case, found = with_suggestions(self.path)
        return frame(
            (*self._positions, *(found.positions or beside(self.path, case, found).positions)),
            party=lambda p: p.party, issue=lambda p: p.issue, valid_from=lambda p: p.valid_from,
            valid_to=lambda p: p.valid_to, low=lambda p: float(p.value.ends[0]), best=lambda p: float(p.value.best),
            high=lambda p: float(p.value.ends[1]), voice=lambda p: p.voice, by=lambda p: p.by,
        )  # fmt: skip

    @property
    def moves(self) -> Frame:
        """One row a move; `answers` is how many moves answered it, `weight` its share of the scale times own salience."""
        return frame(
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
        return frame(
            tuple(rows),
            name=lambda r: r[0]["name"], date=lambda r: date.fromisoformat(r[0]["date"]) if r[0]["date"] else None,
            parties=lambda r: ", ".join(r[0]["parties"]), kept=lambda r: r[0]["kept"], broken_by=lambda r: ", ".join(r[0]["broken_by"]),
            issue=lambda r: r[1], term=lambda r: None if r[2] is None else str(r[2]),
            against_today=lambda r: r[0]["against_today"].get(r[1]), suggested=lambda r: r[0]["suggested"],
        )  # fmt: skip

    def alignment(self, *, at: date | str | None = None) -> Frame:
        """One row a pair of parties: how far apart they stand (None without a shared issue), and on which share of the issues."""
        found = alignment(self.path, at=_day_of(at))
        names = found["parties"]
        pairs = [(a, b) for a in range(len(names)) for b in range(a + 1, len(names))]
        return frame(
            tuple(pairs),
            a=lambda p: names[p[0]], b=lambda p: names[p[1]], distance=lambda p: found["distance"][p[0]][p[1]],
            basis=lambda p: found["basis"][p[0]][p[1]],
        )  # fmt: skip

    def changes(self, since: date | str, *, at: date | str | None = None) -> Frame:
        """One row a number that moved since a day, as `winset diff` has them: what, before, after, why."""
        found = difference(self.path, since=_day_of(since), at=_day_of(at))["numbers"]
        return frame(
            tuple(found), what=lambda n: n["what"], before=lambda n: n["before"], after=lambda n: n["after"], why=lambda n: n["why"]
        )  # fmt: skip

    def attention(self, *, at: date | str | None = None) -> Frame:
        """One row a party and issue that it speaks of: its share of the party's sayings, with an interval (9 of 10 draws)."""
        found = attention(self.path, at=_day_of(at))["parties"]
        return frame(
            tuple((row, one) for row in found for one in row["issues"]),
            party=lambda r: r[0]["party"], issue=lambda r: r[1]["issue"], statements=lambda r: r[1]["statements"],
            share=lambda r: r[1]["share"], low=lambda r: r[1]["interval"][0], high=lambda r: r[1]["interval"][1],
        )  # fmt: skip

    def position_chart(self, *, at: date | str | None = None, since: date | str | None = None) -> Picture:
        """Where parties stand on each issue. Raises UsageError where nothing can be compared."""
        brief = Brief(
            case=self.case, as_of=_day_of(at) or self.case.as_of, since=_day_of(since), positions=self._positions
        )
        chart = position_chart(brief, matrix.shown_parties(brief), matrix.shown_issues(brief))
        return Picture.of(chart, "no two parties have a known position on one issue")

    def timeline(self, issue: str) -> Picture:
        """One issue over time. Raises CaseError for an unknown issue, UsageError where no position on it is dated."""
        held = {p.party for p in self._positions}
        parties = [party for party in self.case.parties if party.id in held]
        chart = issue_timeline(self.case.issue(issue), parties, self._positions, self.case.as_of)
        return Picture.of(chart, f"{issue} has no scale with ends, or none of its positions is judged and dated")

    def __repr__(self) -> str:
        case = self.case
        return f"<{case.title}: {len(case.documents)} documents, {len(case.statements)} statements, {len(case.judgements)} judgements>"


def _day_of(given: date | str | None) -> date | None:
    """The day; of a point in time its date. Raises UsageError for a text that is no date."""
    if isinstance(given, datetime):
        return given.date()
    if not isinstance(given, str):
        return given
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise UsageError(f"expected a date such as 2025-02-18, got {given[:40]!r}") from None
