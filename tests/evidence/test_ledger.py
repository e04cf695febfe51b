"""Position histories and the ledger: hand-made cases and laws."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from winset.domain.estimates import Exact, Judgement, Range
from winset.domain.issues import Issue
from winset.evidence.ledger import balance, moves
from winset.evidence.timeline import as_of, histories

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
    (pair,) = balance(found, [ISSUE])
    assert (round(pair.a_gave, 9), round(pair.b_gave, 9), pair.unanswered_a, pair.unanswered_b) == (0.4, 0.1, 1, 1)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 400), st.integers(0, 100)), max_size=20))
def test_swapping_the_ends_of_the_scale_changes_no_pairing(steps: list[tuple[str, int, int]]) -> None:
    def ledger(flip: bool) -> list[tuple[str, str | None, tuple[str, ...]]]:
        judgements = [judged(p, date(2024, 1, 1) + timedelta(days=d), 100 - v if flip else v) for p, d, v in steps]
        return [(m.party, m.toward, m.answered_by) for m in moves(histories(judgements), [ISSUE])]

    assert ledger(False) == ledger(True)
