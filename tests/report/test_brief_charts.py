"""The brief's charts of one issue over time and of who stands near whom."""

from datetime import date

from winset.domain.actors import Party
from winset.domain.estimates import Exact
from winset.domain.issues import Issue, ScalePoint
from winset.domain.positions import Position, PositionVoice
from winset.report.charts.nearness import Apart, nearness
from winset.report.charts.timeline import issue_timeline

TAX = Issue(id="tax", question="How high is the tax?", kind="continuous", range=(0, 500), codebook="b")
PARTIES = (Party(id="a", name="Arden"), Party(id="b", name="Belmar"))


def stood(party: str, day: int, value: float, voice: PositionVoice = "own") -> Position:
    return Position(
        party=party, issue="tax", value=Exact(value), valid_from=date(2026, 3, day), voice=voice, by="ana", score=1.0,
        ascribed_by=None if voice == "own" else "Corvia",
    )  # fmt: skip


def test_what_others_say_of_a_party_is_no_step_of_its_line() -> None:
    own = [stood("a", 1, 40), stood("a", 9, 30), stood("b", 2, 20)]
    plain = issue_timeline(TAX, PARTIES, own, date(2026, 3, 20))
    told = issue_timeline(TAX, PARTIES, [*own, stood("a", 5, 25, "forecast")], date(2026, 3, 20))
    assert plain is not None
    assert told is not None
    assert plain.svg.count("<path") == told.svg.count("<path"), "no line leads to it"
    assert told.svg.count('fill="var(--paper)"') == plain.svg.count('fill="var(--paper)"') + 1
    assert "Hollow marks" in told.reading
    assert "Hollow" not in plain.reading
    assert "Arden, 5 Mar 2026: 25 (foretold by others)" in told.description
    assert told.title == "Arden moved on “How high is the tax”, 1 Mar 2026 to 20 Mar 2026"


def test_a_counted_scale_runs_over_the_numbers_taken() -> None:
    chart = issue_timeline(TAX, PARTIES, [stood("a", 1, 40), stood("b", 2, 20)], date(2026, 3, 20))
    assert chart is not None
    assert ">500<" not in chart.svg
    assert ">40<" in chart.svg
    assert chart.title.startswith("Nobody moved on ")


def test_marks_are_the_points_within_the_ends_and_the_ends_where_the_scale_is_cut() -> None:
    hours = Issue(
        id="h",
        question="?",
        kind="continuous",
        range=(20, 60),
        scale=(ScalePoint(35, "shorter"), ScalePoint(40, "as it is")),
    )
    assert hours.marks(20, 60) == [(35, "shorter"), (40, "as it is")]
    assert hours.marks(36, 40) == [(36, "36"), (40, "as it is")]
    assert TAX.marks(20, 40) == []


def test_pairs_that_rest_on_few_issues_look_unsure_in_grey_and_in_words() -> None:
    pairs = [
        Apart(a="Arden", b="Belmar", now=0.2, then=0.6, issues=3),
        Apart(a="Arden", b="Corvia", now=0.7, then=0.5, issues=1),
        Apart(a="Belmar", b="Corvia", now=0.1, then=None, issues=1),
    ]
    chart = nearness(pairs, 4, "5 Mar 2026", 0.5)
    assert chart.title == "1 of 3 pairs of parties came nearer since 5 Mar 2026, 1 drew apart"
    assert "Arden and Belmar 0.20, before 0.60, on 3 issues" in chart.description
    assert "on 1 of 4 issues" in chart.svg
    assert [len(row) for row in chart.data.rows] == [4, 4, 4]
    assert chart.data.rows[2][1].line == ("not known",)
    alone = nearness(pairs[:1], 4, None, 0.5)
    assert alone.title == "How far apart 1 pair of parties stands"
    assert len(alone.data.head) == 3
