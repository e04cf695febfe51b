"""Earlier deals read off invented articles: terms, fate, who points to them; near misses."""

from collections.abc import Callable
from datetime import date, datetime

import pytest

from winset.domain.case import Case
from winset.domain.reviews import Review, precedent_target
from winset.domain.terms import Precedent
from winset.services.precedents import with_precedents

Told = Callable[..., Case]


def deals(case: Case) -> tuple[Precedent, ...]:
    return with_precedents(case).precedents


def test_terms_who_broke_it_when_and_who_invokes_it(told: Told) -> None:
    (one,) = deals(
        told(
            "Under the 1994 accord, all prisoners were to be exchanged and sanctions were to be lifted, which Belmar broke in 1996. "
            "Arden's envoy pointed to the 1994 accord to demand a ceasefire."
        )
    )
    assert (one.name, one.date, one.kept, one.broken_by, one.broken_on) == (
        "1994 accord",
        date(1994, 1, 1),
        False,
        ("belmar",),
        date(1996, 1, 1),
    )
    assert dict(one.terms) == {"prisoners-and-displaced-people": 100.0, "sanctions-and-trade": 0.0}
    assert [(said.by, said.purpose) for said in one.invocations] == [("arden", "demand a ceasefire")]
    assert one.suggested
    assert one.grounds


@pytest.mark.parametrize(
    ("text", "kept", "broken"),
    [
        ("Belmar violated the Lindholm Treaty of 2003, Arden's president said.", False, ("belmar",)),
        ("The 2015 ceasefire was broken by Corvia within a year.", False, ("corvia",)),
        ("Corvia honoured the 1998 agreement with Arden to the letter.", True, ()),
        ("The truce of 2011 between Arden and Corvia has held.", True, ()),
        ("Arden tore up the 2007 pact, Belmar's envoy recalled.", False, ("arden",)),
    ],
)
def test_what_became_of_it(told: Told, text: str, kept: bool, broken: tuple[str, ...]) -> None:
    (one,) = deals(told(text))
    assert (one.kept, one.broken_by) == (kept, broken)


@pytest.mark.parametrize(
    "text",
    [
        "The ministers discussed a draft treaty and a possible peace deal.",
        "Arden denied that it had broken the 2011 truce.",
        "If Belmar breaks the 2011 truce, war will follow.",
        "A treaty of 2031 is what Arden dreams of, and Corvia broke its promise.",
        "The 1990 census was wrong.",
        "Arden signed the 1994 accord in a hotel.",
    ],
)
def test_what_is_no_earlier_deal_with_a_fate(told: Told, text: str) -> None:
    assert deals(told(text)) == ()


def test_what_is_written_stands_and_reviews_are_laid_over_the_rest(told: Told) -> None:
    case = told("Belmar broke the 1994 accord. Arden tore up the 2007 pact.")
    written = Precedent(name="Accord of the lakes", parties=("arden", "belmar"), date=date(1994, 5, 1))
    first, second = deals(case.with_(precedents=(written,)))
    assert first == written, "the same year and parties: what somebody wrote down counts"
    at = datetime.fromisoformat("2026-04-01T12:00:00+00:00")
    review = Review(
        target=precedent_target(second), verdict="correct", by="ann", at=at, changes=(("broken_by", ["belmar"]),)
    )
    (_, now) = deals(case.with_(precedents=(written,), reviews=(review,)))
    assert (now.broken_by, now.by) == (("belmar",), "ann")
    gone = Review(target=precedent_target(second), verdict="reject", by="ann", at=at)
    assert deals(case.with_(precedents=(written,), reviews=(gone,))) == (written,)
