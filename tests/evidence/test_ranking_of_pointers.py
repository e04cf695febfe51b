"""Scores of words that bear on judgements, learned from the verdicts on some of them."""

from datetime import UTC, datetime

from winset.domain.pointers import Pointer, PointerKind
from winset.domain.reviews import Review, pointer_target
from winset.domain.text import Grounds, Span
from winset.evidence.ranking import LEAST, ranked_pointers

AT = datetime(2026, 1, 1, tzinfo=UTC)


def pointer(number: int, kind: PointerKind, direction: str) -> Pointer:
    return Pointer(
        toward=None, ascribed_by=None, date=None, kind=kind, direction=direction, party=f"p{number % 3}", voice="own", score=0.6, by="reader 1", why=("",),
        grounds=(Grounds(doc=f"d{number % 5}", statement=None, spans=(Span(number * 10, number * 10 + 5),)),),
    )  # fmt: skip


FOUND = [pointer(n, "haste", "hurries") if n % 2 else pointer(n, "trust", "broke") for n in range(80)]


def verdicts(count: int, wrong: str) -> dict[str, Review]:
    return {
        pointer_target(one): Review(
            target=pointer_target(one), verdict="reject" if one.kind == wrong else "accept", by="ann", at=AT
        )
        for one in FOUND[:count]
    }


def test_a_kind_that_is_always_rejected_falls_behind() -> None:
    scored, rest_on, groups = ranked_pointers(FOUND, verdicts(40, "haste"))
    assert rest_on == 40
    assert groups
    left = scored[40:]
    assert max(one.score or 0 for one in left if one.kind == "haste") < min(
        one.score or 0 for one in left if one.kind == "trust"
    )
    assert ranked_pointers(FOUND, verdicts(40, "haste")) == (scored, rest_on, groups)


def test_a_few_verdicts_or_ones_without_a_pattern_leave_scores_as_they_were_read() -> None:
    assert ranked_pointers(FOUND, verdicts(LEAST - 1, "haste"))[0] == FOUND
    assert ranked_pointers(FOUND, verdicts(40, "nothing"))[0] == FOUND
    assert ranked_pointers([], {}) == ([], 0, ())
