"""Position histories and the ledger: hand-made cases and laws."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from winset.domain.estimates import Exact, Judgement, Range
from winset.domain.issues import Issue
from winset.domain.positions import Move, Position
from winset.evidence.ledger import balance, gives, moves, paces
from winset.evidence.said import together
from winset.evidence.timeline import aged, as_of, histories, last_said

ISSUE = Issue(id="border", question="How much is kept?", kind="continuous", range=(0.0, 100.0))


def judged(party: str, day: date | None, value: float, by: str = "ana") -> Judgement:
    return Judgement(quantity="position", party=party, issue="border", value=Exact(value), by=by, as_of=day)


def test_a_position_holds_until_the_next_one() -> None:
    found = histories([judged("a", date(2025, 1, 1), 80), judged("a", date(2025, 2, 1), 60)])
    assert [p.value.best for p in as_of(found, date(2025, 1, 31))] == [80]
    assert [p.value.best for p in as_of(found, date(2025, 2, 1))] == [60]
    assert as_of(found, date(2024, 12, 31)) == ()


def test_a_contradiction_of_one_day_stays_a_range() -> None:
    (found,) = histories([judged("a", date(2025, 1, 1), 80), judged("a", date(2025, 1, 1), 60)])
    assert found.value == Range(60, 80)


def test_a_person_overrules_a_reader() -> None:
    (found,) = histories([judged("a", date(2025, 1, 1), 80, "reader 1"), judged("a", date(2025, 1, 1), 60)])
    assert found.value == Exact(60)


def test_a_give_and_its_answer_and_one_without() -> None:
    found = moves(
        histories(
            [
                judged("a", date(2025, 1, 1), 100), judged("b", date(2025, 1, 1), 0),
                judged("a", date(2025, 2, 1), 80), judged("b", date(2025, 2, 10), 10),
                judged("a", date(2025, 6, 1), 60),
            ]
        ),
        [ISSUE],
    )  # fmt: skip
    assert [(m.party, m.toward, bool(m.answered_by)) for m in found] == [
        ("a", "b", True), ("b", "a", False), ("a", "b", False),
    ]  # fmt: skip
    (pair,) = balance(gives(found))
    assert (round(pair.a_gave, 9), round(pair.b_gave, 9), pair.unanswered_a, pair.unanswered_b) == (0.4, 0.1, 1, 1)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 400), st.integers(0, 100)), max_size=20))
def test_swapping_the_ends_of_the_scale_changes_no_pairing(steps: list[tuple[str, int, int]]) -> None:
    def ledger(flip: bool) -> list[tuple[str, str | None, tuple[str, ...]]]:
        judgements = [judged(p, date(2024, 1, 1) + timedelta(days=d), 100 - v if flip else v) for p, d, v in steps]
        return [(m.party, m.toward, m.answered_by) for m in moves(histories(judgements), [ISSUE])]

    assert ledger(False) == ledger(True)


def test_the_same_value_again_strengthens_a_position_and_does_not_begin_another() -> None:
    said = [
        Judgement(
            quantity="position", party="a", issue="border", value=Exact(40), by="reader 1", as_of=day, score=0.5
        )
        for day in (date(2025, 1, 1), date(2025, 2, 1))
    ]  # fmt: skip
    (found,) = histories(said)
    assert (found.valid_from, found.valid_to, found.repeats) == (date(2025, 1, 1), None, (date(2025, 2, 1),))
    assert found.score == together((0.5, 0.5)) == 0.75
    assert last_said(found, date(2025, 1, 20)) == date(2025, 1, 1)
    assert last_said(found, date(2025, 3, 1)) == date(2025, 2, 1)
    assert (aged(0), aged(365), aged(730)) == (1.0, 0.5, 0.25)


def test_a_scale_without_stated_ends_runs_over_the_positions_taken() -> None:
    open_ended = Issue(id="border", question="How much?", kind="continuous")
    (found,) = moves(
        histories([judged("b", None, 10), judged("a", date(2025, 1, 1), 30), judged("a", date(2025, 2, 1), 20)]),
        [open_ended],
    )
    assert (found.toward, found.size, found.share) == ("b", 10, 0.5)


def test_an_issue_with_a_single_point_has_no_moves() -> None:
    from winset.domain.issues import ScalePoint

    single = Issue(id="border", question="How much?", scale=(ScalePoint(5, "the only one"),))
    assert moves(histories([judged("a", date(2025, 1, 1), 5), judged("a", date(2025, 2, 1), 5)]), [single]) == ()


def test_own_salience_is_that_of_the_day_and_a_persons_before_a_readers() -> None:
    def salience(value: float, day: date, by: str) -> Judgement:
        return Judgement(quantity="salience", party="a", issue="border", value=Exact(value), by=by, as_of=day)

    judgements = [
        salience(80, date(2025, 1, 1), "ana"), salience(20, date(2025, 3, 1), "ana"),
        salience(99, date(2025, 2, 1), "reader 1"),
        judged("b", date(2025, 1, 1), 0), judged("a", date(2025, 1, 1), 100),
        judged("a", date(2025, 2, 10), 50), judged("a", date(2025, 3, 1), 40),
    ]  # fmt: skip
    found = moves(histories(judgements), [ISSUE], judgements=judgements)
    assert [round(m.weight or 0, 9) for m in found] == [0.5 * 80, 0.1 * 20]
    unjudged = [*judgements[3:], judged("a", date(2024, 12, 1), 90), judgements[0]]
    found = moves(histories(unjudged), [ISSUE], judgements=unjudged)
    assert [m.weight for m in found] == [8.0, 40.0, 8.0]
    early = moves(histories(judgements[3:]), [ISSUE], judgements=[salience(80, date(2025, 2, 20), "ana")])
    assert [round(m.weight, 9) if m.weight is not None else None for m in early] == [None, 8.0]


def test_a_step_taken_back_names_what_took_it_back_and_how_much() -> None:
    found = moves(
        histories([judged("b", date(2024, 1, 1), 0), *(judged("a", date(2025, n, 1), v) for n, v in enumerate((100, 60, 80, 30, 100), 1))]),
        [ISSUE],
    )  # fmt: skip
    told = {(m.start, m.end): (m.reversed_by, round(m.taken_back, 9)) for m in found}
    assert told[100, 60] == (("m2", "m4"), 1.0)
    assert told[60, 80] == (("m3",), 1.0)
    assert told[80, 30] == (("m4",), 1.0)
    assert told[30, 100] == ((), 0.0)


def test_pace_and_its_trend() -> None:
    steps = [(date(2025, 1, 1), 100), (date(2025, 2, 1), 70), (date(2025, 3, 3), 50), (date(2025, 4, 2), 40)]
    found = moves(
        histories([judged("b", date(2024, 1, 1), 0), *(judged("a", day, value) for day, value in steps)]), [ISSUE]
    )
    (pace,) = paces(gives(found))
    assert (pace.gives, round(pace.gave, 9), pace.word) == (3, 0.6, "shrinking")
    assert pace.per_month == pace.gave / 60 * 30
    assert pace.trend is not None
    assert round(pace.trend, 9) == -0.5  # each give a tenth of the scale less than the last, half of their mean


def slow_moves(
    positions: list[Position], window: timedelta
) -> list[tuple[str, float, float, str | None, tuple[str, ...]]]:
    """The ledger read off the definition, one question after another."""
    own = sorted(
        ((n, p) for n, p in enumerate(positions) if p.voice == "own" and p.valid_from),
        key=lambda one: (one[1].valid_from, one[0]),
    )
    order = list(dict.fromkeys(p.party for p in positions))
    found: list[Move] = []
    for _, p in own:
        assert p.valid_from is not None
        earlier = [
            q
            for q in positions
            if (q.party, q.issue) == (p.party, p.issue) and q.valid_from and q.valid_from < p.valid_from
        ]
        if not earlier:
            continue
        start, end = max(earlier, key=lambda q: q.valid_from or date.min).value.best, p.value.best
        if start == end:
            continue
        nearer = {
            q.party: abs(q.value.best - start) - abs(q.value.best - end)
            for q in as_of(positions, p.valid_from) if q.party != p.party and q.issue == p.issue
        }  # fmt: skip
        best = max(nearer.values(), default=0.0)
        toward = next((one for one in order if nearer.get(one, -1.0) == best), None) if best > 0 else None
        found.append(
            Move(
                id=f"m{len(found) + 1}",
                party=p.party,
                issue=p.issue,
                start=start,
                end=end,
                date=p.valid_from,
                toward=toward,
                status="offered",
            )
        )

    def answers(m: Move) -> tuple[str, ...]:
        assert m.date is not None
        return tuple(
            o.id for o in found
            if m.toward is not None and o.party == m.toward and o.toward == m.party and o.date is not None and m.date <= o.date <= m.date + window
        )  # fmt: skip

    return [(m.party, m.start or 0.0, m.end or 0.0, m.toward, answers(m)) for m in found]


@given(
    st.lists(
        st.tuples(st.sampled_from("abcd"), st.sampled_from(["border", "port"]), st.integers(0, 90), st.integers(0, 10)),
        max_size=40,
    ),
    st.integers(0, 60),
)
def test_the_ledger_is_what_its_definition_says(steps: list[tuple[str, str, int, int]], days: int) -> None:
    judgements = [
        Judgement(
            quantity="position", party=party, issue=issue, value=Exact(10 * value), by="ana",
            as_of=date(2024, 1, 1) + timedelta(days=day) if day else None,
        )
        for party, issue, day, value in steps
    ]  # fmt: skip
    issues = [ISSUE, Issue(id="port", question="Who runs it?", kind="continuous", range=(0.0, 100.0))]
    positions, window = histories(judgements), timedelta(days=days)
    fast = moves(positions, issues, window=window)
    assert [(m.party, m.start, m.end, m.toward, m.answered_by) for m in fast] == slow_moves(list(positions), window)


@given(st.lists(st.integers(0, 10), min_size=2, max_size=12))
def test_what_is_taken_back_is_the_ground_gone_over_again(path: list[int]) -> None:
    """Cell by cell: a step's cells are taken back by the first later steps that cross them the other way."""
    found = moves(
        histories([judged("a", date(2025, 1, 1) + timedelta(days=n), 10 * v) for n, v in enumerate(path)]), [ISSUE]
    )
    steps = [(int(m.start or 0) // 10, int(m.end or 0) // 10) for m in found]
    for n, (start, end) in enumerate(steps):
        cells = set(range(min(start, end), max(start, end)))
        left, by = set(cells), []
        for m, (first, last) in enumerate(steps[n + 1 :], n + 1):
            crossed = (
                left & set(range(min(first, last), max(first, last))) if (last > first) != (end > start) else set()
            )
            if crossed:
                left -= crossed
                by.append(f"m{m + 1}")
        assert found[n].reversed_by == tuple(by)
        assert round(found[n].taken_back, 9) == round(1 - len(left) / len(cells), 9)
